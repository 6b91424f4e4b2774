import Estate
import Screen
import struct Journal.Moment

/// What is to be bought or approved: asks beyond the quota and plans that wait, orders, what is short without a plan, and
/// what has come lately.
struct PurchaseList: ListSource {
    static let name = "purchases"
    static let label = PurchasesView.label
    static let creates: (any Action.Type)? = PlanStock.self
    static let refreshPolicy = RefreshPolicy.always
    static func parts(of estate: Estate) -> [Int] { [estate.$materials, estate.$staff] }
    static let granularity = ClockGranularity.day

    /// Each with its item.
    enum Row: Sendable {
        case ask(StockAsk, StockItem)
        case plan(StockPlan, StockItem)
        case short(StockItem)
    }

    /// The plans that have been received, and the asks that are approved, of which the latest are listed.
    private static let limit = 100

    static func empty(_ context: Context) -> Label {
        Label("没有短缺，也没有采购计划", en: "nothing is short, and nothing is planned")
    }

    static let commands: [Command] = [
        rowCommand(
            "purchases.next", Label("下一步", en: "Next"),
            doc: Label("短缺的写计划，待批的批准，已批的订货，到货的入库", en: "plan, approve, order or receive, as far as it is"),
            keys: [.enter], priority: 9, disabledReason: disabledReason
        ) { row, context in next(row, context) },
        rowCommand(
            "purchases.refuse", Label("不批", en: "Turn down"),
            doc: Label("不批这份计划或申请，写明原因", en: "turn down a plan or an ask, with the reason"),
            keys: [.control("r")], priority: 6, action: ApproveStock.self,
            disabledReason: { row, context in
                row.isToApprove ? disabledReason(row, context) : Label("不是待批的", en: "it does not wait for an answer")
            }
        ) { row, _ in
            let title = Label("不批 · \(row.words)", en: "Turn down · \(row.words)")
            let done = Label("不批：\(row.words)", en: "turned down: \(row.words)")
            switch row {
            case .plan(let plan, _):
                return .form(
                    ApproveStock.self, fixed: ["plan": plan.id], required: ["refused"], title: title, done: done)
            case .ask(let ask, _):
                return .form(ApproveStock.self, fixed: ["ask": ask.id], required: ["refused"], title: title, done: done)
            case .short: return .none
            }
        },
        rowCommand(
            "purchases.contract", Label("采购合同", en: "Contract"),
            doc: Label("按已订货的计划起草采购合同", en: "a draft of the contract for what is ordered"),
            keys: [.control("e")], priority: 5,
            disabledReason: { row, _ in
                row.order == nil ? Label("还没有订货", en: "it is not ordered") : nil
            }
        ) { row, context in
            guard let order = row.order else { return .none }
            return StockList.saved(PurchaseContract(supplier: order.supplier), context)
        },
    ]

    /// What is done next with a row; `nil` if nothing is.
    private static func action(of row: Row) -> (any Action.Type)? {
        switch row {
        case .short: PlanStock.self
        case .ask(let ask, _): ask.approval == nil && ask.refusal == nil ? ApproveStock.self : nil
        case .plan(let plan, _):
            switch plan.state {
            case .planned: ApproveStock.self
            case .approved: OrderStock.self
            case .ordered: ReceiveStock.self
            case .received, .refused: nil
            }
        }
    }

    @Sendable private static func disabledReason(_ row: Row, _ context: Context) -> Label? {
        guard let action = action(of: row) else { return Label("已经办完", en: "nothing is left to be done") }
        if let reason = context.disabledReason(action) { return reason }
        if action == ApproveStock.self, row.asker == context.member?.code {
            return Label("自己申请的要由另一人批准", en: "another than who asked approves it")
        }
        return nil
    }

    private static func next(_ row: Row, _ context: Context) -> Intent {
        switch row {
        case .short(let item):
            return .form(
                PlanStock.self, fixed: ["sku": StockNumber(item.number)],
                title: Label("采购计划 · \(item.name)", en: "Buy · \(item.name)"))
        case .ask(let ask, _):
            return .confirm(
                Label("批准超定额领用 \(row.words)？", en: "Approve \(row.words)?"), about: grounds(of: row, context),
                yes: ApproveStock.label, .perform(ApproveStock(ask: ask.id), done: approved(row)))
        case .plan(let plan, _) where plan.state == .planned:
            return .confirm(
                Label("批准采购 \(row.words)？", en: "Approve buying \(row.words)?"), about: grounds(of: row, context),
                yes: ApproveStock.label, .perform(ApproveStock(plan: plan.id), done: approved(row)))
        case .plan(let plan, _) where plan.state == .approved:
            return .form(
                OrderStock.self, fixed: ["plan": plan.id],
                title: Label("订货 · \(row.words)", en: "Order · \(row.words)"),
                done: Label("已订货：\(row.words)", en: "ordered: \(row.words)"))
        case .plan(_, let item):
            return .form(
                ReceiveStock.self, fixed: ["sku": StockNumber(item.number)], first: "qty",
                title: Label("入库 · \(item.name)", en: "Receive · \(item.name)"))
        }
    }

    private static func approved(_ row: Row) -> Label {
        Label("已批准：\(row.words)", en: "approved: \(row.words)")
    }

    /// What an approval goes by: why, what is there, the maximum or the quota, and what it may cost.
    private static func grounds(of row: Row, _ context: Context) -> [Label] {
        let item = row.item
        let onHand = item.amount(item.onHand)
        var lines = [
            Label("原因：\(row.why)", en: "why: \(row.why)"), Label("库存：\(onHand)", en: "on hand: \(onHand)"),
        ]
        if case .plan(let plan, _) = row {
            if let most = item.most {
                let over = item.onHand.scaled + context.estate.materials.planned(of: item.id).scaled - most.scaled
                let excess = item.amount(StockQuantity(scaled: max(0, over)))
                lines.append(
                    over > 0
                        ? Label("最高库存：\(most.text)，到货后超 \(excess)", en: "at most \(most.text), \(excess) above it then")
                        : Label("最高库存：\(most.text)", en: "at most \(most.text)"))
            }
            if let price = item.lastPrice, let cost = price.cost(of: plan.quantity) {
                lines.append(
                    Label("估计金额：\(cost.grouped) 元（单价 \(price.text)）", en: "about \(cost.grouped) at \(price.text)"))
            }
        } else if let quota = item.quota {
            let used = context.estate.materials.used(
                in: Period(context.today), of: item.id, context.estate.zone)
            lines.append(
                Label("本月已领：\(used.text)，定额 \(quota.text)", en: "\(used.text) issued this month, quota \(quota.text)"))
        }
        return lines
    }

    static let columns: [ListColumn<Row>] = [
        ListColumn("state", Label("状态", en: "State"), .fixed("", 8, priority: 9)) { $0.rank },
        ListColumn("name", .stockName, .filling("", min: 14, priority: 9)) {
            Pinyin.spelled($0.item.name)
        },
        ListColumn("qty", Label("数量", en: "Quantity"), .fixed("", 11, alignment: .right, priority: 8)) { $0.quantity },
        ListColumn("why", Label("原因/到货", en: "Why"), Column("", min: 18, ideal: 22, priority: 5)) { $0.why },
        ListColumn("by", Label("申请人", en: "Asked by"), Column("", min: 6, ideal: 8, priority: 6)) { $0.asker },
        ListColumn("supplier", .supplierOfPurchase, Column("", min: 12, ideal: 14, priority: 2)) {
            $0.order?.supplier ?? ""
        },
        ListColumn("at", Label("时间", en: "At"), .fixed("", 11, priority: 3)) { $0.at ?? .distantPast },
    ]

    static func rows(_ context: Context) -> [Row] {
        let materials = context.estate.materials
        func row(_ plan: StockPlan) -> Row? { materials.item(plan.itemID).map { .plan(plan, $0) } }
        func row(_ ask: StockAsk) -> Row? { materials.item(ask.itemID).map { .ask(ask, $0) } }
        let plans = materials.plans.values.filter { ![.received, .refused].contains($0.state) }.compactMap { row($0) }
        let asks = materials.asks.values.filter { $0.approval == nil && $0.refusal == nil }.compactMap { row($0) }
        let short = StockView().subjects(in: context.view).filter { item in
            item.isShort && materials.planned(of: item.id).scaled == 0
        }.map { Row.short($0) }
        let done =
            materials.plans.values.suffix(limit).filter { [.received, .refused].contains($0.state) }.compactMap {
                row($0)
            }
            + materials.asks.values.suffix(limit).filter { $0.approval != nil || $0.refusal != nil }.compactMap {
                row($0)
            }
        return (asks + plans + short).sorted { $0.rank < $1.rank }
            + done.sorted { ($0.at ?? .distantPast) > ($1.at ?? .distantPast) }
    }

    static func id(_ row: Row) -> String {
        switch row {
        case .ask(let ask, _): ask.id.id.text
        case .plan(let plan, _): plan.id.id.text
        case .short(let item): item.id.id.text
        }
    }

    static func stage(_ row: Row) -> Int { row.rank }
    static func words(_ row: Row) -> [String] { [row.item.name, row.item.number, row.why, row.order?.supplier ?? ""] }

    static func cells(_ row: Row, _ glyphs: Glyphs, _ context: Context) -> [Line] {
        let (label, style) = state(of: row)
        return [
            Line(context(label), style), Line(row.item.name, .strong),
            Line(row.item.amount(row.quantity)),
            row.arrival.map { Line(context($0), .warning) } ?? Line(row.why, .muted),
            Line(row.asker.isEmpty ? "" : context.estate.staff.name(of: row.asker), .muted),
            Line(row.order?.supplier ?? ""), Line(row.at.map { context.clock($0) } ?? "", .muted),
        ]
    }

    private static func state(of row: Row) -> (Label, Style) {
        switch row {
        case .short: (Label("短缺", en: "short"), .danger)
        case .ask(let ask, _):
            ask.refusal != nil
                ? (Label("超额不批", en: "not granted"), .muted)
                : ask.approval == nil
                    ? (Label("超额待批", en: "ask"), .warning) : (Label("超额已批", en: "granted"), .good)
        case .plan(let plan, _):
            (plan.state.label, plan.state == .planned ? .warning : plan.state == .received ? .good : .info)
        }
    }

    static func tally(_ rows: [Row], _ context: Context) -> Int { rows.count { $0.isToApprove } }
    static func tally(filtered rows: [Row], of all: Int, _ context: Context) -> Int { all }

    static func summary(_ tally: Int, _ glyphs: Glyphs, _ context: Context) -> [Span] {
        tally == 0 ? [] : [Span(context(Label("待批 \(tally)", en: "to approve \(tally)")), .warning)]
    }

    /// Who may approve is told of what waits.
    static func badges(_ tally: Int?, _ context: Context) -> [Badge] {
        guard let tally, tally > 0, context.member != nil, context.disabledReason(ApproveStock.self) == nil else {
            return []
        }
        return [
            Badge(
                line: [Span(context(Label("物资待批 ", en: "to approve ")), .muted), Span("\(tally)", .warning)],
                priority: 4)
        ]
    }

    static func detail(_ row: Row, _ context: Context) -> [Line] {
        func name(_ code: String) -> String { context.estate.staff.name(of: code) }
        var lines = [Line([Span("\(row.words)  ", .strong), Span(context(state(of: row).0), .info)])]
        if !row.why.isEmpty { lines.append(detailLine(context(Label("原因", en: "Why")), row.why)) }
        if let at = row.at {
            lines.append(detailLine(context(Label("申请", en: "Asked")), "\(context.clock(at))  \(name(row.asker))"))
        }
        if let approval = row.approval {
            lines.append(
                detailLine(context(Label("批准", en: "Approved")), "\(context.clock(approval.at))  \(name(approval.by))"))
        }
        if let refusal = row.refusal {
            let words = "\(context.clock(refusal.at))  \(name(refusal.by))  \(refusal.refused ?? "")"
            lines.append(detailLine(context(Label("不批", en: "Turned down")), words))
        }
        if let order = row.order {
            lines.append(
                detailLine(context(Label("订货", en: "Ordered")), "\(context.clock(order.at))  \(order.supplier)"))
        }
        if let arrival = row.arrival {
            lines.append(detailLine(context(Label("到货", en: "Came")), context(arrival)))
        } else if case .plan(let plan, _) = row, plan.received.scaled > 0 {
            lines.append(detailLine(context(Label("已到货", en: "Received")), plan.received.text))
        }
        return lines
    }
}

extension Label {
    fileprivate static let supplierOfPurchase = Label("供应商", en: "Supplier")
}
