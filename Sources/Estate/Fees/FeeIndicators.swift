import Handbook
import Journal

extension Fees {
    /// The collection rates of the month and the two before it (5.2), all as of the same moment.
    static let indicators = [
        collection(0, Label("当月收缴率", en: "Collected of the month")),
        collection(1, Label("上月收缴率", en: "Collected of the month before")),
        collection(2, Label("上上月收缴率", en: "Collected of two months before")),
    ]

    private static func collection(_ age: Int, _ label: Label) -> Indicator {
        Indicator(
            "collection.\(age)", label, parts: { [$0.$fees, $0.$billing] },
            target: { estate, _ in estate.handbook.fees.target(age: age).map { .atLeast($0.percent) } },
            measure: { estate, period, _ in
                let month = period.adding(-age)
                let bills = estate.ratedBills(of: month).map(\.bill).filter { $0.voided == nil }
                let sum = Collection(bills)
                return IndicatorReading(
                    .share(sum.received.fen, of: sum.net.fen), bills.map(paidCase),
                    note: sum.households == 0
                        ? nil
                        : Label(
                            "缴清 \(sum.paidHouseholds)/\(sum.households) 户",
                            en: "\(sum.paidHouseholds)/\(sum.households) households paid up"))
            })
    }

    private static func paidCase(_ bill: Bill) -> IndicatorCase {
        let owed = bill.outstanding
        return IndicatorCase(
            bill.id.id, on: bill.due, at: bill.unit.text,
            Label(verbatim: "\(bill.period.text) \(bill.item) \(bill.amount.grouped)"),
            owed > .zero
                ? Label("欠 \(owed.grouped)", en: "\(owed.grouped) owed") : Label("缴清", en: "paid up"),
            isCounted: owed <= .zero)
    }
}
