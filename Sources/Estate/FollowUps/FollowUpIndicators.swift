import Handbook
import Journal

extension FollowUps {
    /// Satisfaction of the month (4) and the return-visit rates by class (3).
    static let indicators = [satisfaction] + RequestClass.allCases.map(rate)

    private static let satisfaction = Indicator(
        "satisfaction", Label("客户满意率", en: "Satisfaction"),
        parts: { [$0.$followUps, $0.$requests, $0.$surveys, $0.$people] },
        target: { estate, _ in .atLeast(estate.handbook.staff.satisfaction.percent) },
        measure: { estate, period, moment in
            // One answer of a case: attempts are none.
            let month = period.span(in: estate.zone)
            let cases = estate.followUps.all.values.compactMap { visit -> IndicatorCase? in
                guard let report = visit.visit, month.contains(report.at) else { return nil }
                return IndicatorCase(
                    visit.id.id, on: Day(report.at, in: estate.zone), at: visit.unit.text, visit.text(in: estate),
                    report.result.label, isCounted: report.result == .satisfied)
            }
            return IndicatorReading(shareOf: cases, note: estate.lastSurvey(at: moment))
        })

    private static func rate(of requestClass: RequestClass) -> Indicator {
        let name = requestClass.rawValue.split(separator: ".").last.map(String.init) ?? requestClass.rawValue
        return Indicator(
            "visits.\(name)",
            Label("\(requestClass.label.chinese)回访率", en: "Visits: \(requestClass.label.english)"),
            parts: { [$0.$followUps, $0.$requests] },
            target: { estate, period in estate.visitTarget(of: requestClass, in: period).map { .atLeast($0) } },
            measure: { estate, period, moment in
                let zone = estate.zone
                let visits = estate.followUps.cases(of: requestClass, in: period, at: moment, zone: zone)
                let onTime = visits.count { $0.isOnTime(in: zone) }
                let cases = visits.map { visit in
                    IndicatorCase(
                        visit.id.id, on: visit.due, at: visit.unit.text, visit.text(in: estate),
                        visit.state(at: moment, in: zone).label, isCounted: visit.visit != nil)
                }
                return IndicatorReading(
                    shareOf: cases,
                    note: visits.isEmpty
                        ? nil : Label("及时 \(onTime)/\(visits.count)", en: "\(onTime)/\(visits.count) in time"))
            })
    }
}

extension FollowUp {
    fileprivate func text(in estate: Estate) -> Label {
        let kind =
            stage == .single
            ? `class`.label
            : Label(
                "\(`class`.label.chinese)\(stage.label.chinese)", en: "\(`class`.label.english), \(stage.label.english)"
            )
        let text = estate.requests[request]?.text ?? ""
        return Label("\(kind.chinese)：\(text)", en: "\(kind.english): \(text)")
    }
}
