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

    /// What was planned or asked for is answered.
    static let approvalDuty = DutyRule.perCase(
        "stockapproval", Label("物资待批", en: "To approve"), .supervisor, by: ApproveStock.self, field: nil,
        parts: { [$0.$materials] },
        prefill: { duty, estate in
            let id = String(duty.id.dropFirst("stockapproval-".count))
            let isPlan = estate.materials.plans.values.contains { $0.id.id.text == id }
            return [isPlan ? "plan" : "ask": id]
        }
    ) { estate in
        let plans = estate.materials.plans.values.filter { $0.state == .planned }.map {
            ($0.id.id.text, "采购 \($0.words(in: estate))", $0.at)
        }
        let asks = estate.materials.asks.values.filter { $0.approval == nil && $0.refusal == nil }.map {
            ($0.id.id.text, "超定额 \(estate.materials.words($0.item, $0.quantity))", $0.at)
        }
        return (plans + asks).map { id, words, at in
            let opens = Day(at, in: estate.zone)
            return DutyCase(
                id: id, subject: words, opens: opens, due: opens.adding(estate.handbook.materials.shortageDays),
                done: nil, note: nil)
        }
    }

    /// A count is settled.
    static let countDuty = DutyRule.perCase(
        "stockcount", Label("盘点待批", en: "Counts to settle"), .supervisor, by: SettleStock.self, field: "sku",
        parts: { [$0.$materials] }
    ) { estate in
        estate.materials.items.values.compactMap { item in
            guard let count = item.count.flatMap({ estate.materials.counts[$0] }), count.isOpen else {
                return nil
            }
            let opens = Day(count.at, in: estate.zone)
            return DutyCase(
                id: item.number, subject: item.name, opens: opens,
                due: opens.adding(estate.handbook.materials.shortageDays), done: nil, note: nil)
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
