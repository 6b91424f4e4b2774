import Estate
import struct Journal.Moment

extension PurchaseList.Row {
    /// What waits to be approved comes first, then what is to be ordered, what is short, and what is to come.
    var rank: Int {
        switch self {
        case .ask(let ask, _): ask.approval == nil && ask.refusal == nil ? 0 : 6
        case .short: 3
        case .plan(let plan, _):
            switch plan.state {
            case .planned: 1
            case .approved: 2
            case .ordered: 4
            case .received, .refused: 5
            }
        }
    }

    var isToApprove: Bool { rank < 2 }

    var item: StockItem {
        switch self {
        case .ask(_, let item), .plan(_, let item), .short(let item): item
        }
    }

    var quantity: StockQuantity {
        switch self {
        case .ask(let ask, _): ask.quantity
        case .plan(let plan, _): plan.quantity
        case .short(let item): item.onHand
        }
    }

    var why: String {
        switch self {
        case .ask(let ask, _): ask.why
        case .plan(let plan, _): plan.why
        case .short(let item): item.least.map { "最低 \($0.text)" } ?? ""
        }
    }

    /// The code of who asked; empty for what is only short.
    var asker: String {
        switch self {
        case .ask(let ask, _): ask.by
        case .plan(let plan, _): plan.by
        case .short: ""
        }
    }

    var at: Moment? {
        switch self {
        case .ask(let ask, _): ask.at
        case .plan(let plan, _): plan.at
        case .short: nil
        }
    }

    var approval: StockApproval? {
        switch self {
        case .ask(let ask, _): ask.approval
        case .plan(let plan, _): plan.approval
        case .short: nil
        }
    }

    var refusal: StockApproval? {
        switch self {
        case .ask(let ask, _): ask.refusal
        case .plan(let plan, _): plan.refusal
        case .short: nil
        }
    }

    var arrival: Label? { if case .plan(let plan, _) = self { plan.arrival } else { nil } }
    var order: StockPlan.Order? { if case .plan(let plan, _) = self { plan.order } else { nil } }

    /// `角阀 DN15 20 个`
    var words: String { "\(item.name) \(item.amount(quantity))" }
}
