import Handbook
import Journal

extension Renovations {
    /// The formalities of renovations that were due in the month, done in time (5.3).
    static let indicators = [
        Indicator(
            "permits", Label("装修手续按期率", en: "Renovation formalities in time"), parts: { [$0.$renovations] },
            target: { _, _ in .atLeast(100) },
            measure: { estate, period, moment in
                let cases = estate.renovations.all.values.compactMap { renovation -> IndicatorCase? in
                    guard let due = estate.due(of: renovation), period.contains(due),
                        let isInTime = estate.isInTime(renovation, due: due, asOf: moment)
                    else { return nil }
                    return IndicatorCase(
                        renovation.id.id, on: due, at: renovation.unit.text, Label(verbatim: renovation.works.text),
                        isInTime
                            ? Label("按期", en: "in time")
                            : renovation.permit == nil
                                ? Label("未办妥", en: "not done") : Label("超期", en: "late"),
                        isCounted: isInTime)
                }
                return IndicatorReading(shareOf: cases)
            })
    ]
}

extension Estate {
    /// Whether the formalities were done by a day; `nil` while it is not over. As of its 24:00 it is.
    fileprivate func isInTime(_ renovation: RenovationCase, due: Day, asOf moment: Moment) -> Bool? {
        if let permit = renovation.permit { return due.isMet(at: permit.at, in: zone) }
        return renovation.state == .withdrawn || !due.isOver(asOf: moment, in: zone) ? nil : false
    }
}
