import Handbook
import Journal

extension Requests {
    /// Complaints of the month (4, as few as can be), and how requests are driven (5.5).
    static let indicators = [complaints, unassigned, overdue, response]

    /// Complaints per 100 occupied households; a reopened one counts once, in the month in which it was made. How often
    /// any was reopened in the month stands beside.
    private static let complaints = Indicator(
        "complaints", Label("每百户投诉", en: "Complaints per 100"), unit: Label("件", en: "per 100"),
        parts: { [$0.$requests, $0.$people] },
        target: { estate, _ in estate.handbook.indicators.complaints.map { .atMost($0) } },
        measure: { estate, period, moment in
            let zone = estate.zone
            let all = estate.requests.all.values.filter { $0.class == .complaint }
            let month = period.span(in: zone)
            let made = all.filter { month.contains($0.opened) }
            let reopened = all.reduce(0) { $0 + $1.reopenings.count { month.contains($0) } }
            let households = estate.occupiedResidences(at: moment.limit(in: zone)).count
            return IndicatorReading(
                .share(made.count, of: households), made.map { estate.indicatorCase($0, $0.stateLabel) },
                note: Label(
                    "\(made.count) 件，\(households) 户，返工 \(reopened) 次",
                    en: "\(made.count) of \(households) households, reopened \(reopened) times"))
        })

    private static let unassigned = Indicator(
        "requests.unassigned", Label("未派工单", en: "Requests unassigned"), unit: Label("件", en: "requests"),
        parts: { [$0.$requests] }, changesByMinute: true,
        target: { estate, _ in estate.handbook.indicators.unassigned.map { .atMost($0) } },
        measure: { estate, _, moment in
            let waiting = estate.requests.open.compactMap { estate.requests[$0] }.filter { $0.assignment == nil }
            let oldest = waiting.map { $0.reopened ?? $0.opened }.min().map { moment.seconds(since: $0) / 86_400 }
            return IndicatorReading(
                countOf: waiting.map { estate.indicatorCase($0, Label("未派", en: "unassigned")) },
                note: oldest.map { Label("最久 \($0) 天", en: "the oldest \($0) days") })
        })

    private static let overdue = Indicator(
        "requests.overdue", Label("超期工单", en: "Requests overdue"), unit: Label("件", en: "requests"),
        parts: { [$0.$requests] }, changesByMinute: true,
        target: { estate, _ in estate.handbook.indicators.overdue.map { .atMost($0) } },
        measure: { estate, _, moment in
            let late = estate.requests.open.compactMap { estate.requests[$0] }.filter {
                $0.isOverdue(at: moment, in: estate.zone)
            }
            return IndicatorReading(
                countOf: late.map { request in
                    let due = request.dueAt(in: estate.zone).flatMap { $0.isOver(asOf: moment) ? $0 : nil }
                    return estate.indicatorCase(
                        request,
                        due.map { Day(asOf: $0, in: estate.zone) }
                            .map { Label("\($0.short) 到期", en: "due \($0.short)") }
                            ?? Label("未回应", en: "not answered"))
                })
        })

    /// The requests of the month that somebody had within the hours of the policy; those whose hours are not over wait.
    private static let response = Indicator(
        "requests.response", Label("按时派单率", en: "Requests taken up in time"), parts: { [$0.$requests] },
        changesByMinute: true,
        target: { estate, _ in estate.handbook.indicators.response.map { .atLeast($0) } },
        measure: { estate, period, moment in
            let seconds = estate.handbook.indicators.responseHours * 3600
            let month = period.span(in: estate.zone)
            let all = estate.requests.all.values.filter { month.contains($0.opened) }
            let taken = all.map { request in (request, request.takenUp.map { $0.seconds(since: request.opened) }) }
            let matured = taken.filter { $1 != nil || moment.seconds(since: $0.opened) > seconds }
            let times = matured.compactMap(\.1).sorted()
            return IndicatorReading(
                shareOf: matured.map { request, time in
                    estate.indicatorCase(
                        request, time.map(Label.duration) ?? Label("未派", en: "unassigned"),
                        isCounted: time.map { $0 <= seconds } ?? false)
                },
                note: times.isEmpty
                    ? nil
                    : Label(
                        "中位 \(Label.duration(times[times.count / 2]).chinese)",
                        en: "median \(Label.duration(times[times.count / 2]).english)"))
        })
}

extension Request {
    /// When somebody had it first: it was assigned or, without that, done.
    fileprivate var takenUp: Moment? { (assignments.map(\.at) + [firstCompleted].compactMap { $0 }).min() }

    fileprivate var stateLabel: Label { (isOpen ? RequestState.open : .completed).label }
}

extension Estate {
    fileprivate func indicatorCase(_ request: Request, _ state: Label, isCounted: Bool = true) -> IndicatorCase {
        IndicatorCase(
            request.id.id, on: Day(request.opened, in: zone), at: request.unit.text,
            Label(
                "\(request.class.label.chinese)：\(request.text)", en: "\(request.class.label.english): \(request.text)"),
            state, isCounted: isCounted)
    }
}

extension Label {
    /// `25 分钟`, `3 小时 5 分`, `2 天`.
    fileprivate static func duration(_ seconds: Int) -> Label {
        let minutes = seconds / 60
        switch minutes {
        case ..<60: return Label("\(minutes) 分钟", en: "\(minutes) min")
        case ..<1440:
            return Label("\(minutes / 60) 小时 \(minutes % 60) 分", en: "\(minutes / 60) h \(minutes % 60) min")
        default: return Label("\(minutes / 1440) 天", en: "\(minutes / 1440) d")
        }
    }
}
