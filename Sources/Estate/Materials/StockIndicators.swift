import Journal

extension Materials {
    /// The items of which ledger, card and goods do not agree by their last count (6).
    static let indicators = [
        Indicator(
            "stock.differences", Label("帐卡物不符", en: "Stock differences"), unit: Label("种", en: "items"),
            parts: { [$0.$materials] }, target: { _, _ in .atMost(0) },
            measure: { estate, _, _ in differences(in: estate) })
    ]

    /// How many were counted without their cards stands beside the figure.
    private static func differences(in estate: Estate) -> IndicatorReading {
        let materials = estate.materials
        let counted = materials.items.values.compactMap { item -> (item: StockItem, count: StockCount)? in
            item.count.flatMap { materials.counts[$0] }.map { (item, $0) }
        }
        // The list is for everybody: of a count that waits it says that it differs, not how.
        let cases = counted.compactMap { item, count -> IndicatorCase? in
            let verdict = materials.verdict(of: item)
            return verdict == .agree
                ? nil
                : IndicatorCase(
                    item.id.id, on: Day(count.at, in: estate.zone), at: item.number, Label(verbatim: item.name),
                    count.settlement == nil ? count.state.label : verdict.label)
        }
        let unread = counted.count { $0.count.isCardless }
        return IndicatorReading(
            countOf: cases, note: unread == 0 ? nil : Label("未抄卡 \(unread)", en: "\(unread) without their cards"))
    }
}
