import Journal

extension Materials {
    /// The items of which ledger, card and goods do not agree by their last count (6).
    static let indicators = [
        Indicator(
            "stock.differences", Label("帐卡物不符", en: "Stock differences"), unit: Label("种", en: "items"),
            parts: { [$0.$materials] },
            target: { _, _ in .atMost(0) },
            measure: { estate, _, _ in
                IndicatorReading(
                    countOf: estate.materials.items.values.compactMap { item in
                        let verdict = estate.materials.verdict(of: item)
                        guard verdict != .agree, verdict != .uncounted,
                            let count = item.count.flatMap({ estate.materials.counts[$0] })
                        else { return nil }
                        return IndicatorCase(
                            item.id.id, on: Day(count.at, in: estate.zone), at: item.number, Label(verbatim: item.name),
                            verdict.label)
                    })
            })
    ]
}
