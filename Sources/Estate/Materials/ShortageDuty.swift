import Journal

extension Materials {
    /// What is short is planned for within some days. It is done by the plan, and gone once enough is there.
    static let shortageDuty = DutyRule.perCase(
        "shortage", Label("短缺补货", en: "Shortage"), .keeper, by: PlanStock.self, field: "sku",
        parts: { [$0.$materials] }
    ) { estate in
        estate.materials.items.values.filter(\.isShort).map { item in
            let since = estate.materials.shortSince(item)
            let opens = Day(since, in: estate.zone)
            let plan = estate.materials.plans(of: item.id).first { $0.at >= since }
            return DutyCase(
                id: item.number, subject: "\(item.name) 剩 \(item.amount(item.onHand))", opens: opens,
                due: opens.adding(estate.handbook.materials.shortageDays),
                done: plan.map { Duty.Fulfilment(fact: Ref($0.id.id), at: $0.at, due: nil) }, note: nil)
        }
    }

    /// Since when less of an item is there than its present minimum.
    func shortSince(_ item: StockItem) -> Moment {
        let least = item.least?.scaled ?? 0
        let order = item.ledger.postings.enumerated().sorted {
            ($0.element.entry.at, $0.offset) < ($1.element.entry.at, $1.offset)
        }
        var (balance, since) = (0, item.since)
        for (_, posting) in order {
            let was = balance
            balance += posting.quantity
            if balance < least, was >= least { since = posting.entry.at }
        }
        return since
    }
}
