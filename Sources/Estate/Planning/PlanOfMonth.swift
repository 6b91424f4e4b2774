import Journal

/// The items of the work plan that a month's report tells, as they stood at its end or, if it runs, at the moment.
struct PlanOfMonth {
    /// Those whose day was past, those that were done in the month, and those that were open; the first due first.
    let late, done, open: [PlanItem]
    /// What was said and done before it counts.
    private let end: Moment
    private let zone: Zone

    init(_ period: Period, in context: ViewContext) {
        let zone = context.zone
        let end = min(Moment(milliseconds: context.moment.milliseconds + 1), period.last.end(in: zone))
        let year = period.first.civil.year
        let known = context.estate.planning.all.values.filter { $0.at < end && $0.due.civil.year <= year }
            .sorted { ($0.due, $0.id.id) < ($1.due, $1.id.id) }
        func isDone(_ item: PlanItem) -> Bool { item.done.map { $0.at < end } ?? false }
        let waiting = known.filter { !isDone($0) }
        late = waiting.filter { $0.due.isOver(asOf: end, in: zone) }
        open = waiting.filter { !$0.due.isOver(asOf: end, in: zone) }
        done = known.filter { item in
            isDone(item) && item.done.map { period.span(in: zone).contains($0.at) } ?? false
        }
        (self.end, self.zone) = (end, zone)
    }

    var isEmpty: Bool { late.isEmpty && done.isEmpty && open.isEmpty }

    /// `逾期 12 天`, `11-20 完成`, `进行中 60%`.
    func state(of item: PlanItem) -> Label {
        if let done = item.done, done.at < end {
            let day = Day(done.at, in: zone).short
            return item.due.isMet(at: done.at, in: zone)
                ? Label("\(day) 完成", en: "done \(day)") : Label("\(day) 逾期完成", en: "done late, \(day)")
        }
        let percent = item.progress.flatMap { $0.at < end ? $0.percent : nil }.map { " \($0)%" } ?? ""
        let days = Day(end, in: zone).days(since: item.due)
        return item.due.isOver(asOf: end, in: zone)
            ? Label("逾期 \(days) 天\(percent)", en: "\(days) days late\(percent)")
            : Label("进行中\(percent)", en: "open\(percent)")
    }
}
