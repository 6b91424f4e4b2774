import Handbook
import Journal

extension Calls {
    /// The calls that were answered within three rings (1.1), of those that were answered.
    static let indicators = [
        Indicator(
            "rings", Label("三声内接听", en: "Answered within three rings"), parts: { [$0.$calls, $0.$staff] },
            target: { _, _ in .atLeast(100) },
            measure: { estate, period, _ in
                let limit = estate.handbook.calls.rings.limit
                let answered = estate.calls.since(period.first.start(in: estate.zone))
                    .prefix { Period($0.rang, in: estate.zone) == period }
                    .filter { $0.inTime(limit: limit) != nil }
                let cases = answered.map { call in
                    IndicatorCase(
                        call.id.id, on: Day(call.rang, in: estate.zone), at: call.unit?.text ?? "",
                        Label(verbatim: estate.staff.name(of: call.by)),
                        Label("响 \(call.rings ?? 0) 声", en: "\(call.rings ?? 0) rings"),
                        isCounted: call.inTime(limit: limit) == true)
                }
                return IndicatorReading(shareOf: cases, note: estate.eachMember(of: answered, limit: limit))
            }
        ).namingStaff()
    ]
}

extension Estate {
    /// `陈接待 12/13，李娜 8/8`: in time of those that each member answered, who answered most first.
    fileprivate func eachMember(of calls: [Call], limit: Int) -> Label? {
        let members = Dictionary(grouping: calls, by: \.by).sorted {
            (-$0.value.count, $0.key) < (-$1.value.count, $1.key)
        }
        let each = members.map { member, calls in
            "\(staff.name(of: member)) \(calls.count { $0.inTime(limit: limit) == true })/\(calls.count)"
        }
        return each.isEmpty ? nil : Label(each.joined(separator: "，"), en: each.joined(separator: ", "))
    }
}
