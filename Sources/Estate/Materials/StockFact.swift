import Handbook
import Journal

extension Label {
    /// A text that reads the same in every language.
    init(_ text: String) { self.init(text, en: text) }

    static let stockItem = Label("物资", en: "Item")
    static let stockNumber = Label("物资编号", en: "Number")
    static let quantity = Label("数量", en: "Quantity")
    static let measure = Label("单位", en: "Unit of measure")
    static let shelf = Label("存放位置", en: "Kept at")
    static let supplier = Label("供应商", en: "Supplier")
    static let taker = Label("领用人/班组", en: "Given to")
    static let unitPrice = Label("单价", en: "Unit price")
    static let onHand = Label("库存", en: "On hand")
    static let quota = Label("月定额", en: "Quota a month")
    static let leastStock = Label("最低库存", en: "Minimum")
    static let mostStock = Label("最高库存", en: "Maximum")
    static let stockCounted = Label("实盘数", en: "Counted")
    static let onCard = Label("卡片数", en: "On the card")
}

private let keepers: Set<Role> = [.keeper]

/// A fact about one item of the store. The stock belongs to one node: what another records is kept and changes nothing.
protocol StockFact: ActionFact {
    var item: Ref<StockItem> { get }
}

extension StockFact {
    public static var roles: Set<Role> { keepers }
    var subject: EntryID? { item.id }
    var answer: EntryID? { nil }

    static var merging: Merging<Self> {
        .owned { fact, estate, metadata in estate.materials.conflict(of: fact.item, metadata, in: estate) }
    }

    public static func disabledReason(in estate: Estate, on node: String) -> Label? {
        estate.materials.isElsewhere(from: node, in: estate)
    }

    /// The item that a form names; `nil` if it names none.
    static func item(in values: [String: String], of estate: Estate) -> StockItem? {
        (try? StockNumber(text: values["sku"] ?? "", zone: estate.zone)).flatMap { estate.materials.item($0) }
    }

    /// The quantity that a form has by now.
    static func quantity(in values: [String: String], _ key: String = "qty", of estate: Estate) -> StockQuantity? {
        try? StockQuantity(text: values[key] ?? "", zone: estate.zone)
    }
}

extension Materials {
    /// That the stock belongs to another node, and what to do; `nil` on the node whose it is.
    func isElsewhere(from node: String, in estate: Estate) -> Label? {
        guard let name = owner.map({ estate.nodes.name(of: $0) }), name != node else { return nil }
        return Label(
            "物资由节点 \(name) 管，请到那里办理；那台机器不用了，由经理 F9 接管物资",
            en: "the stock belongs to \(name): it is done there, or a manager takes it over (F9) if that is gone")
    }

    /// What a fact about an item meets.
    func conflict(of item: Ref<StockItem>, _ metadata: Metadata, in estate: Estate) -> Conflict.Reason? {
        if let reason = conflictOfNode(metadata, in: estate) { return reason }
        return items.holds(item) ? nil : .unknown
    }

    /// What a fact meets that another node recorded than the one whose stock it is.
    func conflictOfNode(_ metadata: Metadata, in estate: Estate) -> Conflict.Reason? {
        guard let owner, owner != metadata.node else { return nil }
        let name = estate.nodes.name(of: owner)
        return .doubled(Label("物资由节点 \(name) 管", en: "the stock belongs to \(name)"))
    }
}

extension Estate {
    /// Throws ``Refusal`` `node.owner` on another node than the one whose stock it is.
    func refuseStockElsewhere(_ plan: Plan) throws {
        guard let words = materials.isElsewhere(from: plan.node, in: self) else { return }
        throw Refusal.ofOwner(words.chinese, en: words.english)
    }

    /// An item that the present node may move. Throws ``Refusal`` `node.owner` or `stock.unknown`.
    func stockItem(_ number: StockNumber, _ plan: Plan) throws -> StockItem {
        try refuseStockElsewhere(plan)
        let item = try materials.known(number)
        if let opened = item.opened { try plan.refuse(before: opened, Label("期初", en: "the opening balance")) }
        return item
    }

    /// Throws ``Refusal`` `stock.insufficient` where a quantity may not be taken at the moment of an action.
    func refuseTaking(_ quantity: StockQuantity, of item: StockItem, _ plan: Plan) throws {
        let available = item.ledger.available(at: plan.at)
        if quantity.scaled <= available { return }
        let left = item.amount(StockQuantity(scaled: available))
        if quantity.scaled <= item.ledger.quantity(at: plan.at) {
            throw Refusal(
                .rule, "stock.insufficient", "\(item.name)那时只可出 \(left)：再多，后面的结存会成负数",
                en: "\(left) of \(item.name) could leave then: more would take a later balance below zero", field: "qty"
            )
        }
        throw Refusal(
            .rule, "stock.insufficient", "库存不足：\(item.name)只有 \(left)", en: "there are only \(left) of \(item.name)",
            field: "qty")
    }
}

extension Metadata {
    /// The entry of the ledger that a fact is.
    func entry(_ quantity: StockQuantity, _ event: StockLedger.Event) -> StockLedger.Entry {
        StockLedger.Entry(id: id, at: at, quantity: quantity.scaled, event: event)
    }
}
