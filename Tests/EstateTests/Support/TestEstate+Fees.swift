import Estate
import TestSupport
import Testing

extension TestEstate {
    /// The members of a bill, by default for 3-2-501.
    func bill(
        unit: String = "3-2-501", period: String = "2026-03", item: String = "物业费", amount: String,
        due: String = "2026-03-31"
    ) -> [String: String] {
        ["unit": unit, "period": period, "item": item, "amount": amount, "due": due]
    }

    /// A handbook with 违约金 of 0.05 % a day after 15 days.
    static let lateFees = ["fees.json": #"{"penalty":{"policy":{"enabled":true}}}"#]

    /// The collection of a period, as of a moment.
    func collection(of period: String, asOf time: String) throws -> CollectionView.Row {
        try #require(show(CollectionView.self, ["period": period], asOf: time).first)
    }
}
