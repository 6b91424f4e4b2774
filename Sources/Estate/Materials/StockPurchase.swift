import Journal

/// What is to be bought: planned, approved by another, ordered, received.
public struct StockPlan: Entity, Sendable {
    public static let entity = "stockplan"
    public static let label = Label("采购计划", en: "purchase plan")
    public static let isSubject = false
    public let id: Ref<StockPlan>
    let item: Ref<StockItem>
    public let quantity: StockQuantity
    public let why: String
    public let at: Moment
    public let by: String
    public internal(set) var approval: StockApproval?
    /// That it was turned down.
    public internal(set) var refusal: StockApproval?
    public internal(set) var order: Order?
    /// What was accepted of it.
    public internal(set) var received = StockQuantity.zero
    /// What was rejected of its deliveries, and why the last time.
    public internal(set) var rejected = StockQuantity.zero
    public internal(set) var rejection: String?

    public struct Order: Sendable {
        public let supplier: String
        public let at: Moment
        public let by: String
    }

    public var state: StockPlanState {
        if refusal != nil { return .refused }
        if received >= quantity { return .received }
        if order != nil { return .ordered }
        return approval == nil ? .planned : .approved
    }

    /// `已到 12/20 拒 3 破损`: what has come of it while more is to come, and what was rejected; `nil` for neither.
    public var arrival: Label? {
        let isPart = received.scaled > 0 && state == .ordered
        if !isPart, rejected.scaled == 0 { return nil }
        let (came, back) = ("\(received.text)/\(quantity.text)", rejected.text)
        let why = rejection.map { " \($0)" } ?? ""
        let rejected = rejected.scaled == 0 ? nil : Label("拒 \(back)\(why)", en: "rejected \(back)\(why)")
        let parts = [Label("已到 \(came)", en: "came \(came)"), rejected].compactMap { $0 }
        return Label(parts.map(\.chinese).joined(separator: " "), en: parts.map(\.english).joined(separator: ", "))
    }

    /// What is still to come.
    public var outstanding: StockQuantity {
        refusal == nil ? StockQuantity(scaled: max(0, quantity.scaled - received.scaled)) : .zero
    }

    public static func candidates(in estate: Estate) -> [Candidate] {
        estate.materials.plans.values.reversed().filter { $0.state != .received && $0.state != .refused }.map {
            Candidate($0.id.id.text, text: $0.words(in: estate), detail: $0.state.label)
        }
    }

    public var itemID: EntryID { item.id }

    public static func known(_ id: Ref<StockPlan>, in estate: Estate) -> StockPlan? { estate.materials.plans[id] }
    public func words(in estate: Estate) -> String { estate.materials.words(item, quantity) }
}

/// Who approved a plan or an ask, or turned it down.
public struct StockApproval: Sendable {
    public let at: Moment
    public let by: String
    /// Why it was turned down; `nil` for an approval.
    public let refused: String?
}

/// How far a purchase is.
public enum StockPlanState: String, NamedChoice {
    case planned, approved, ordered, received, refused

    public var label: Label {
        switch self {
        case .planned: Label("待批", en: "planned")
        case .approved: Label("已批", en: "approved")
        case .ordered: Label("已订货", en: "ordered")
        case .received: Label("已到货", en: "received")
        case .refused: Label("不批", en: "turned down")
        }
    }
}

/// An ask for goods beyond the quota (超定额申请).
public struct StockAsk: Entity, Sendable {
    public static let entity = "stockask"
    public static let label = Label("超定额申请", en: "ask beyond quota")
    public static let isSubject = false
    public let id: Ref<StockAsk>
    let item: Ref<StockItem>
    public let quantity: StockQuantity
    public let why: String
    public let at: Moment
    public let by: String
    public internal(set) var approval: StockApproval?
    /// That it was turned down.
    public internal(set) var refusal: StockApproval?
    /// What was issued on it.
    public internal(set) var used = StockQuantity.zero

    /// What may still be issued on it once it is approved.
    public var left: StockQuantity { StockQuantity(scaled: max(0, quantity.scaled - used.scaled)) }

    public static func candidates(in estate: Estate) -> [Candidate] {
        estate.materials.asks.values.reversed().filter { $0.left.scaled > 0 && $0.refusal == nil }.map {
            Candidate(
                $0.id.id.text, text: $0.words(in: estate),
                detail: $0.approval == nil ? StockPlanState.planned.label : StockPlanState.approved.label)
        }
    }

    public var itemID: EntryID { item.id }

    public static func known(_ id: Ref<StockAsk>, in estate: Estate) -> StockAsk? { estate.materials.asks[id] }
    public func words(in estate: Estate) -> String {
        "\(estate.materials.words(item, quantity)) \(estate.staff.name(of: by))"
    }
}
