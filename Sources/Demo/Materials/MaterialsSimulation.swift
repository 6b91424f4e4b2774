import Estate
import Handbook
import Journal

extension Materials: SimulatedFeature {
    /// The store begins with the handbook's items.
    static func prepare(_ simulation: Simulation, _ batch: inout Store.Batch) throws {
        try MaterialsSimulation(simulation: simulation).begin(&batch)
    }

    static func schedule(in simulation: Simulation) { MaterialsSimulation(simulation: simulation).schedule() }
}

/// The keeper's work: issues to teams and requests, loans, purchases of what is short, and a stocktake last month.
final class MaterialsSimulation {
    private static let teams = ["维修班 老高", "维修班 小吴", "保洁班长", "绿化 老秦"]
    private static let suppliers = ["城南五金店", "恒达水电器材", "绿叶劳保用品"]
    private static let shelves = [
        "给排水": "A-1", "电气照明": "A-2", "门窗五金": "A-3", "门禁对讲监控": "A-4", "消防耗材": "B-1", "土建涂料防水": "B-2", "保洁用品": "C-1",
        "绿化养护": "C-2", "劳保工服": "C-3", "办公印刷": "C-4", "防汛应急": "地库", "工具": "D-1", "设备": "D-2",
    ]

    private let simulation: Simulation
    private var timeline: Timeline { simulation.timeline }
    private var random: SeededGenerator
    private var estate: Estate { simulation.store.estate }

    init(simulation: Simulation) {
        self.simulation = simulation
        random = simulation.generator("materials")
    }

    // MARK: Beginning

    fileprivate func begin(_ batch: inout Store.Batch) throws {
        for start in estate.handbook.materials.startingItems {
            guard let kind = StockKind(rawValue: start.kind) else { continue }
            func quantity(_ text: String?) -> StockQuantity? {
                text.flatMap { try? StockQuantity(text: $0, zone: timeline.zone) }
            }
            let least = quantity(start.min)
            let price = price(of: start)
            let most = quantity(start.max) ?? StockQuantity(scaled: 20_000)
            let opening = StockQuantity(scaled: ((least?.scaled ?? 4_000) + most.scaled) / 2 / 1000 * 1000)
            try batch.perform(
                SetStockItem(
                    sku: start.sku, name: start.name, unit: start.unit, kind: kind, quota: quantity(start.quota),
                    min: least, max: quantity(start.max), place: Self.shelves[start.category], opening: opening,
                    value: Money(fen: opening.scaled / 1000 * price.scaled / 100)),
                by: Roster.keeper, at: timeline.founded.adding(minutes: 20))
        }
    }

    /// A price in whole fen, by the category.
    private func price(of item: Handbook.Materials.StartingItem) -> Rate {
        let yuan: ClosedRange<Int> =
            switch item.category {
            case "给排水", "电气照明": 6...38
            case "门窗五金", "门禁对讲监控": 18...120
            case "工具": 90...380
            case "设备": 420...560
            default: 3...45
            }
        return Rate(scaled: random.between(yuan) * 10_000 + random.below(10) * 1000)
    }

    // MARK: Every day

    fileprivate func schedule() {
        for day in timeline.days {
            for _ in 0..<random.between(0...3) { issue(on: day) }
            if random.chance(22) { lend(on: day) }
            if day.civil.day == 8 || day.civil.day == 22 { buy(on: day) }
        }
        let month = timeline.currentMonth.adding(-1)
        if month.first >= timeline.firstDay { takeStock(on: month.first.adding(24)) }
        ask()
        endToday()
    }

    /// One of the consumables, to a team or for an open repair; nothing beyond the quota.
    private func issue(on day: Day) {
        let moment = timeline.randomTime(on: day, hours: 8...17, &random)
        let (team, place) = (random.pick(Self.teams), random.below(1000))
        let isRepair = random.chance(55)
        simulation.schedule(at: moment) { [self] batch in
            let items = estate.materials.items.values.filter { $0.kind == .consumable && $0.onHand.scaled >= 2000 }
            guard !items.isEmpty else { return }
            let item = items[place % items.count]
            let quantity = StockQuantity(scaled: place % 5 == 0 ? 2000 : 1000)
            let used = estate.materials.used(in: Period(day), of: item.id, timeline.zone)
            if let quota = item.quota, used.scaled + quantity.scaled > quota.scaled { return }
            let request =
                isRepair
                ? estate.requests.open.lazy.compactMap { self.estate.requests[$0] }
                    .first { $0.class == .minorRepair && $0.opened < moment } : nil
            try batch.perform(
                IssueStock(sku: item.number, qty: quantity, to: team, request: request?.id), by: Roster.keeper,
                at: moment)
        }
    }

    /// A ladder or another tool, mostly back after some days; now and then damaged, once not at all.
    private func lend(on day: Day) {
        let moment = timeline.randomTime(on: day, hours: 8...17, &random)
        let sku = random.pick(["Z-01", "Z-02", "Z-03"])
        let (team, hours) = (random.pick(Self.teams), random.chance(96) ? random.between(3...90) : 24 * 200)
        let isDamaged = random.chance(6)
        simulation.schedule(at: moment) { [self] batch in
            guard let item = estate.materials.item(StockNumber(sku)), item.onHand.scaled >= 1000 else { return }
            let one = StockQuantity(scaled: 1000)
            let loan = Ref<StockLoan>(
                try batch.perform(
                    LendStock(sku: sku, qty: one, to: team, due: day.adding(5)), by: Roster.keeper, at: moment
                ).id)
            let back = timeline.workingTime(from: moment.adding(minutes: hours * 60), &random)
            simulation.schedule(at: back) { batch in
                let none = StockQuantity(scaled: 0)
                try batch.perform(
                    TakeBackStock(loan: loan, qty: isDamaged ? none : one, damaged: isDamaged ? one : nil),
                    by: Roster.keeper, at: back)
            }
        }
    }

    // MARK: Purchases

    /// What is below the middle is planned, approved, ordered and received.
    private func buy(on day: Day) {
        let moment = timeline.moment(day, hour: 9, minute: 10)
        simulation.schedule(at: moment) { [self] batch in
            for item in estate.materials.items.values {
                guard let least = item.least, let most = item.most, item.onHand.scaled * 2 < least.scaled + most.scaled,
                    estate.materials.planned(of: item.id).scaled == 0
                else { continue }
                let quantity = StockQuantity(scaled: most.scaled - item.onHand.scaled)
                let plan = Ref<StockPlan>(
                    try batch.perform(
                        PlanStock(sku: item.number, qty: quantity, why: item.isShort ? "低于最低库存" : "补足库存"),
                        by: Roster.keeper, at: moment
                    ).id)
                order(plan, item, quantity, after: moment)
            }
        }
    }

    private func order(_ plan: Ref<StockPlan>, _ item: StockItem, _ quantity: StockQuantity, after planned: Moment) {
        let supplier = random.pick(Self.suppliers)
        let approved = timeline.workingTime(from: planned.adding(minutes: random.between(300...1800)), &random)
        let ordered = timeline.workingTime(from: approved.adding(minutes: random.between(30...600)), &random)
        let received = timeline.workingTime(from: ordered.adding(minutes: random.between(1500...6000)), &random)
        let last = item.lastPrice ?? Rate(scaled: Int(item.value.fen) * 100 / max(1, item.onHand.scaled / 1000))
        let price = Rate(scaled: max(1000, last.scaled * random.between(96...106) / 100 / 100 * 100))
        let isFlawed = random.chance(7)
        simulation.schedule(at: approved) { batch in
            try batch.perform(ApproveStock(plan: plan), by: Roster.supervisor, at: approved)
        }
        simulation.schedule(at: ordered) { batch in
            try batch.perform(OrderStock(plan: plan, supplier: supplier), by: Roster.keeper, at: ordered)
        }
        simulation.schedule(at: received) { batch in
            var receipt = ReceiveStock(sku: item.number, qty: quantity, price: price, supplier: supplier)
            if isFlawed { receipt.reject(StockQuantity(scaled: 1000), why: "外包装破损，有划痕") }
            try batch.perform(receipt, by: Roster.keeper, at: received)
        }
    }

    /// An ask that was granted, and one that waits.
    private func ask() {
        let asker = Roster.administrators[0]
        let first = timeline.moment(timeline.today.adding(-12), hour: 10, minute: 20)
        simulation.schedule(at: first) { [self] batch in
            let ask = Ref<StockAsk>(
                try batch.perform(
                    AskStock(sku: "S-01", qty: StockQuantity(scaled: 4000), why: "老楼多户角阀漏水"), by: asker, at: first
                ).id)
            let approved = first.adding(minutes: 95)
            simulation.schedule(at: approved) { batch in
                try batch.perform(ApproveStock(ask: ask), by: Roster.supervisor, at: approved)
            }
        }
        let last = timeline.now.adding(minutes: -70)
        simulation.schedule(at: last) { batch in
            try batch.perform(
                AskStock(sku: "W-01", qty: StockQuantity(scaled: 2000), why: "单元门连坏两只"), by: asker, at: last)
        }
    }

    /// What today leaves to be done: vests that have become short, and a plan that waits for the supervisor.
    private func endToday() {
        let moment = timeline.now.adding(minutes: -50)
        simulation.schedule(at: moment) { [self] batch in
            if let vests = estate.materials.item(StockNumber("G-03")), let least = vests.least, vests.onHand >= least {
                let quantity = StockQuantity(scaled: vests.onHand.scaled - least.scaled + 1000)
                try batch.perform(
                    IssueStock(sku: vests.number, qty: quantity, to: "门岗班长"), by: Roster.keeper, at: moment)
            }
            try batch.perform(
                PlanStock(sku: "M-02", qty: StockQuantity(scaled: 2000), why: "雷雨季备用"), by: Roster.keeper,
                at: moment.adding(minutes: 4))
        }
    }

    // MARK: The stocktake

    /// Every item is counted, shelf by shelf. One has too much, one too little, of one a voucher was not posted, of one
    /// the card is wrong; the supervisor settles them but for the voucher that is looked for.
    private func takeStock(on day: Day) {
        let start = timeline.moment(day, hour: 14)
        simulation.schedule(at: start) { [self] batch in
            let items = Array(estate.materials.items.values)
            for (place, item) in items.enumerated() {
                count(item, place, at: start.adding(seconds: 60 + place * 95))
                settle(item, on: day.adding(1), place)
            }
        }
    }

    private func count(_ item: StockItem, _ place: Int, at moment: Moment) {
        simulation.schedule(at: moment) { [self] batch in
            let onHand = estate.materials.item(StockNumber(item.number))?.onHand.scaled ?? 0
            let isEnough = onHand >= 4000
            var (card, count) = (onHand, onHand)
            switch place {
            case 1 where isEnough: count -= 1000
            case 4: count += 1000
            case 7 where isEnough: (card, count) = (onHand - 2000, onHand - 2000)
            case 10: card += 1000
            default: break
            }
            try batch.perform(
                NoteStockCard(sku: item.number, qty: StockQuantity(scaled: card)), by: Roster.keeper, at: moment)
            try batch.perform(
                CountStock(sku: item.number, qty: StockQuantity(scaled: count)), by: Roster.keeper,
                at: moment.adding(seconds: 20))
        }
    }

    private func settle(_ item: StockItem, on day: Day, _ place: Int) {
        let moment = timeline.moment(day, hour: 10).adding(seconds: place * 30)
        simulation.schedule(at: moment) { [self] batch in
            guard let known = estate.materials.item(StockNumber(item.number)),
                [.agree, .surplus, .shortage, .card].contains(estate.materials.verdict(of: known))
            else { return }
            try batch.perform(SettleStock(sku: item.number), by: Roster.supervisor, at: moment)
        }
    }
}
