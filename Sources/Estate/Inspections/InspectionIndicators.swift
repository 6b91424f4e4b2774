import Handbook
import Journal

extension Inspections {
    /// Inspections done of two a week (5.1), and the rectifications that are open.
    static let indicators = [weekly, rectifications]

    /// Of the weeks that end in the month and are over: a week has as many of the customer areas as are to be done, each
    /// on a day of its own.
    private static let weekly = Indicator(
        "inspections", Label("巡检完成率", en: "Inspections done"), parts: { [$0.$inspections, $0.$staff] },
        target: { _, _ in .atLeast(100) },
        measure: { estate, period, moment in
            let (zone, most) = (estate.zone, estate.handbook.inspections.visits.perWeek)
            guard let founded = estate.founded.map({ Day($0, in: zone) }) else { return IndicatorReading(.none, []) }
            var (done, due) = (0, 0)
            var cases: [IndicatorCase] = []
            for week in period.weeks where week.monday >= founded && week.sunday.isOver(asOf: moment, in: zone) {
                let counted = estate.areaInspections(of: week).prefix(most)
                done += counted.count
                due += most
                let ids = Set(counted.map(\.id))
                let others = estate.inspections.made(in: week).filter {
                    estate.coversAreas($0) && !ids.contains($0.id)
                }
                // As many as are due: those that count, others in place of those that were missed, then nothing.
                let made =
                    counted.map { estate.indicatorCase($0, isCounted: true) }
                    + others.prefix(most - counted.count).map { estate.indicatorCase($0, isCounted: false) }
                cases += made + (made.count..<most).map { estate.missedInspection($0 + 1, of: week) }
            }
            return IndicatorReading(
                .share(done, of: due), cases,
                note: due == 0 ? nil : Label("\(done)/\(due) 次", en: "\(done)/\(due)"))
        })

    private static let rectifications = Indicator(
        "rectifications", Label("待整改", en: "Rectifications open"), unit: Label("项", en: "items"),
        parts: { [$0.$inspections, $0.$followUps, $0.$requests] },
        target: { estate, _ in estate.handbook.indicators.rectifications.map { .atMost($0) } },
        measure: { estate, _, _ in
            IndicatorReading(
                countOf: estate.rectifications(onlyOpen: true).map { one in
                    IndicatorCase(
                        one.subject, part: one.item ?? "", on: Day(one.found, in: estate.zone),
                        at: one.place ?? one.item ?? "",
                        Label(verbatim: [one.text, one.note].compactMap { $0 }.joined(separator: "：")), one.state.label)
                })
        })
}

extension Estate {
    /// One of the inspections of a week that was not made.
    fileprivate func missedInspection(_ number: Int, of week: Week) -> IndicatorCase {
        IndicatorCase(
            nil, part: "\(week.text)-\(number)", on: week.sunday, at: "",
            Label("\(areaTemplate ?? "巡检") 第 \(number) 次", en: "inspection \(number) of the week"),
            Label("没有做", en: "not made"), isCounted: false)
    }

    fileprivate func indicatorCase(_ inspection: Inspection, isCounted: Bool) -> IndicatorCase {
        let state =
            inspection.closed == nil
            ? Label("未结束", en: "not closed")
            : inspection.unmarked > 0
                ? Label("漏检 \(inspection.unmarked) 项", en: "\(inspection.unmarked) unmarked")
                : Label("不合格 \(inspection.failed.count) 项", en: "\(inspection.failed.count) failed")
        return IndicatorCase(
            inspection.id.id, on: Day(inspection.opened, in: zone), at: staff.name(of: inspection.by),
            Label(verbatim: handbook.template(named: inspection.template)?.title ?? inspection.template), state,
            isCounted: isCounted)
    }
}

extension Period {
    /// The weeks whose Sundays lie in the month.
    var weeks: [Week] {
        let first = Week(first)
        return (0...5).map { Week(first.monday.adding(7 * $0)) }.filter { contains($0.sunday) }
    }
}
