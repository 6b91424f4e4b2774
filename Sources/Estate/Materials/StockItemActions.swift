import Handbook
import Journal

/// An item of the store, new or corrected. A new one may have an opening balance.
public struct SetStockItem: StockFact {
    public static let name = "stock.item"
    static let kind: StaticString = "stock.itemSet"
    static var merging: Merging<Self> {
        .owned { fact, estate, metadata in
            if let reason = estate.materials.conflictOfNode(metadata, in: estate) { return reason }
            guard let item = fact.known else { return nil }
            return estate.materials.items.holds(item) ? nil : .unknown
        }
    }
    public static let label = Label("登记物资", en: "Set an item of the store")
    public static let introduces: Set<String> = ["sku"]
    /// A quota is raised by a supervisor only.
    public static let roles: Set<Role> = [.keeper, .supervisor]
    var sku = StockCode.placeholder
    var name = ""
    var unit = Word<Measures>.placeholder
    var stockKind = StockKind.consumable
    var quota: StockQuantity?
    var min: StockQuantity?
    var max: StockQuantity?
    var place: Word<Shelves>?
    var opening: StockQuantity?
    var value: Money?
    var price: Rate?
    /// The item that it corrects; `nil` for a new one.
    var known: Ref<StockItem>?

    var item: Ref<StockItem> { known ?? .placeholder }
    var subject: EntryID? { known?.id }

    public init() {}

    public init(
        sku: String, name: String, unit: String, kind: StockKind, quota: StockQuantity? = nil,
        min: StockQuantity? = nil, max: StockQuantity? = nil, place: String? = nil, opening: StockQuantity? = nil,
        value: Money? = nil
    ) {
        (self.sku, self.name, self.unit, stockKind) = (StockCode(sku), name, Word(unit), kind)
        (self.quota, self.min, self.max, self.place) = (quota, min, max, place.map { Word($0) })
        (self.opening, self.value) = (opening, value)
    }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("sku", &sku, .stockNumber)
        try visitor.field("name", &name, Label("品名", en: "Name"))
        try visitor.field("unit", &unit, .measure)
        try visitor.field("kind", &stockKind, Label("类别", en: "Kind"))
        try visitor.field("quota", &quota, .quota)
        try visitor.field("min", &min, .leastStock)
        try visitor.field("max", &max, .mostStock)
        try visitor.field("place", &place, .shelf)
        try visitor.field("opening", &opening, Label("期初数量", en: "Opening quantity"))
        try visitor.field("value", &value, Label("期初金额", en: "Opening value"))
        try visitor.asked("price", &price, .unitPrice)
        try visitor.derived("stock", &known)
    }

    /// What the opening balance is worth, by its value or its price.
    var openingValue: Money? {
        if let value { return value }
        guard let opening, let price else { return nil }
        return price.cost(of: opening)
    }

    /// The items of the handbook that the store lacks.
    public static func earlier(_ key: String, in estate: Estate) -> [Candidate] {
        guard key == "sku" || key == "name" else { return [] }
        return estate.handbook.materials.startingItems.filter {
            let names = [$0.sku, $0.name.uppercased()]
            return names.allSatisfy { estate.materials.item(StockNumber($0)) == nil }
        }.map { start in
            var others = [
                "sku": start.sku, "name": start.name, "unit": start.unit, "kind": start.kind,
                "quota": start.quota ?? "", "min": start.min ?? "", "max": start.max ?? "",
            ]
            others[key] = nil
            return Candidate(
                key == "sku" ? start.sku : start.name, text: key == "sku" ? start.sku : start.name,
                detail: key == "sku" ? start.name : start.category, others: others.filter { !$0.value.isEmpty })
        }
    }

    /// What stands of an item whose number is typed.
    public static func proposals(
        with values: [String: String], to member: String, in estate: Estate, at moment: Moment
    ) -> [String: String] {
        guard let known = item(in: values, of: estate) else { return [:] }
        let texts: [String: String?] = [
            "name": known.name, "unit": known.measure, "kind": known.kind.rawValue, "quota": known.quota?.text,
            "min": known.least?.text, "max": known.most?.text, "place": known.place,
        ]
        return texts.compactMapValues { $0 }
    }

    /// A number that is there already is corrected, which is told as it is typed.
    public static func cautions(
        with values: [String: String], by member: String, in estate: Estate
    ) -> [String: Label] {
        guard let known = item(in: values, of: estate) else { return [:] }
        return ["sku": Label("已有：\(known.name)，这里是修改它", en: "it is \(known.name), which is corrected here")]
    }

    /// What a correction changes is asked.
    public func confirmation(in estate: Estate, at moment: Moment) -> Confirmation? {
        guard let item = estate.materials.item(StockNumber(sku.text)) else { return nil }
        func change(_ label: Label, _ before: String?, _ after: String?) -> Label? {
            before == after ? nil : .fact(label, "\(before ?? "—") → \(after ?? "—")")
        }
        return Confirmation(
            Label("修改 \(item.number) \(item.name)？", en: "Correct \(item.number) \(item.name)?"),
            [
                change(.itemName, item.name, name), change(.measure, item.measure, unit.text),
                change(.quota, item.quota?.text, quota?.text), change(.leastStock, item.least?.text, min?.text),
                change(.mostStock, item.most?.text, max?.text), change(.shelf, item.place, place?.text ?? item.place),
            ], yes: Label("修改", en: "correct"))
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        try estate.refuseStockElsewhere(plan)
        (name, unit) = (name.oneLine, Word(unit.text.oneLine))
        if let least = min, let most = max, most < least {
            throw Refusal(
                .input, "stock.bounds", "最高库存小于最低库存", en: "the maximum is below the minimum", field: "max")
        }
        if let opening, value == nil, let price {
            guard let fen = price.value(of: opening) else { throw Refusal.stockTooMuch }
            value = Money(fen: fen)
        } else if let opening, let value, let price, price.value(of: opening).map({ Int128($0) }) != value.fen {
            throw Refusal(
                .input, "stock.value", "数量×单价和金额不一致：单价、金额填一个就够",
                en: "quantity × price is not the value: one of them is enough",
                field: "value")
        }
        guard let item = estate.materials.item(StockNumber(sku.text)) else {
            if let opening, opening.scaled > 0, value == nil {
                throw Refusal(
                    .input, "stock.value", "期初数量要有单价或金额", en: "an opening quantity needs its price or value",
                    field: "value")
            }
            if value != nil, opening == nil {
                throw Refusal(
                    .input, "stock.opening", "有期初金额，没有期初数量", en: "a value needs its quantity", field: "opening")
            }
            if let value, value > .zero, opening?.scaled == 0 {
                throw Refusal(.input, "stock.opening", "数量为零，金额也应为零", en: "nothing has no value", field: "value")
            }
            return
        }
        (known, sku) = (item.id, StockCode(item.number))
        if opening != nil || value != nil {
            throw Refusal(
                .rule, "stock.opening", "\(item.number) 已登记，不能再记期初；数量请入库或盘点",
                en: "\(item.number) is there already: quantities are received or counted", field: "opening")
        }
        let isRaised = item.quota.map { former in quota.map { $0 > former } ?? true } ?? false
        if isRaised, estate.staff.members[plan.by]?.role == .keeper {
            throw Refusal(
                .rule, "stock.quota", "提高或取消定额要由客服主管办：原定额 \(item.quota?.text ?? "")",
                en: "a quota is raised or ended by a supervisor: it is \(item.quota?.text ?? "")", field: "quota")
        }
        if item.moved != nil, item.measure != unit.text || item.kind != stockKind {
            throw Refusal(
                .rule, "stock.fixed", "\(item.number) 已有进出，单位和类别不能改；请另设编号",
                en: "\(item.number) has moved: its unit and kind stay; use another number",
                field: item.measure != unit.text ? "unit" : "kind")
        }
    }

    /// A new item has always been one, unless it has an opening balance: goods may be entered that came before.
    func holds(since metadata: Metadata, in zone: Zone) -> Moment {
        known == nil && opening == nil ? .distantPast : metadata.at
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        if let known {
            estate.materials.items.change(known) { item in
                (item.name, item.measure, item.kind) = (name, unit.text, stockKind)
                (item.quota, item.least, item.most) = (quota, min, max)
                if let place, place.text != item.place { (item.place, item.placed) = (place.text, metadata.at) }
            }
            return
        }
        let id = Ref<StockItem>(metadata.id)
        estate.materials.owner = estate.materials.owner ?? metadata.node
        estate.materials.add(
            StockItem(
                id: id, number: sku.text, name: name, measure: unit.text, kind: stockKind, quota: quota, least: min,
                most: max, place: place?.text, since: metadata.at))
        guard let opening, opening.scaled > 0, let value else { return }
        estate.materials.receive(
            StockReceipt(
                id: Ref(metadata.id), item: id, quantity: opening, value: value, price: nil, rejected: nil, why: nil,
                supplier: nil, plan: nil, isOpening: true, at: metadata.at, by: metadata.by), metadata)
    }
}

/// An item is kept at another place.
public struct MoveStock: StockFact {
    public static let name = "stock.move"
    static let kind: StaticString = "stock.moved"
    public static let label = Label("物资移位", en: "Move an item")
    var sku = StockNumber.placeholder
    var place = Word<Shelves>.placeholder
    var item = Ref<StockItem>.placeholder

    public init() {}

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("sku", &sku, .stockItem)
        try visitor.field("place", &place, .shelf)
        try visitor.derived("stock", &item)
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        let known = try estate.stockItem(sku, plan)
        (sku, item) = (StockNumber(known.number), known.id)
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        guard let known = estate.materials.items[item] else { return }
        // The last move is that of the latest moment, whichever was entered first.
        let isLast = known.placed.map { $0 <= metadata.at } ?? true
        let note = Label([isLast ? known.place : nil, place.text].compactMap { $0 }.joined(separator: " → "))
        if isLast { estate.materials.items.change(item) { ($0.place, $0.placed) = (place.text, metadata.at) } }
        estate.materials.add(
            StockMovement(
                id: Ref(metadata.id), item: item, what: .moved, quantity: SignedQuantity(scaled: 0), value: .zero,
                issuedValue: .zero, balance: known.onHand, balanceValue: known.value, to: nil, request: nil,
                note: note, at: metadata.at, by: metadata.by))
    }
}

/// Goods are of no use any more and leave the stock.
public struct ScrapStock: StockFact {
    public static let name = "stock.scrap"
    static let kind: StaticString = "stock.scrapped"
    public static let label = Label("物资报废", en: "Scrap goods")
    var sku = StockNumber.placeholder
    var qty = StockQuantity.zero
    var why = ""
    var item = Ref<StockItem>.placeholder

    public init() {}

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("sku", &sku, .stockItem)
        try visitor.field("qty", &qty, .quantity)
        try visitor.field("why", &why)
        try visitor.derived("stock", &item)
    }

    public static func outlook(
        with values: [String: String], in estate: Estate, at moment: Moment
    ) -> [OutlookRow] { item(in: values, of: estate).map { [$0.outlook] } ?? [] }

    public func confirmation(in estate: Estate, at moment: Moment) -> Confirmation? {
        guard let known = estate.materials.item(sku), qty.scaled > 0, qty <= known.onHand else { return nil }
        return Confirmation(
            Label("报废 \(known.name) \(known.amount(qty))？", en: "Scrap \(known.amount(qty)) of \(known.name)?"),
            [
                .fact(Label("金额", en: "Value"), Money(fen: known.ledger.cost(of: qty.scaled)).grouped),
                .fact(Glossary.label(of: "why"), why),
            ], yes: Label("报废", en: "scrap"))
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        let known = try estate.stockItem(sku, plan)
        (sku, item) = (StockNumber(known.number), known.id)
        try estate.refuseTaking(try qty.positive(), of: known, plan)
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        guard let posting = estate.materials.post(metadata.entry(qty, .scrap), of: item) else { return }
        estate.materials.note(posting, of: item, as: .scrapped, by: metadata.by, note: Label(why))
    }
}

extension StockItem {
    /// What a form shows of an item while a quantity is typed; no form of a count does.
    var outlook: OutlookRow {
        OutlookRow(
            Label("库存 \(amount(onHand))", en: "\(amount(onHand)) on hand"),
            Label(place.map { "放在 \($0)" } ?? "没有登记位置", en: place ?? "no place"))
    }
}

extension Refusal {
    static let stockTooMuch = Refusal(.input, "stock.large", "金额太大", en: "the value is too large", field: "price")
}
