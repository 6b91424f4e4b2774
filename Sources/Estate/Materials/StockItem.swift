import Journal

/// The kinds of materials.
public enum StockKind: String, NamedChoice {
    case consumable, turnover, equipment

    public var label: Label {
        switch self {
        case .consumable: Label("消耗材料", en: "consumable")
        case .turnover: Label("周转性材料", en: "turnover material")
        case .equipment: Label("设备", en: "equipment")
        }
    }

    public var synonyms: [String] {
        switch self {
        case .consumable: ["消耗品", "耗材", "易耗品", "材料"]
        case .turnover: ["周转", "周转材料", "工具", "工器具"]
        case .equipment: ["固定资产", "器材"]
        }
    }
}

/// The number that an item is given, as it is written on the shelf.
public struct StockCode: TextValue {
    public let text: String

    public init(_ text: String) { self.text = text }

    public static var type: FieldType { .text }
    public static var isFreeText: Bool { false }

    /// As ``normalised(_:zone:)``, and not a number that a spreadsheet program has made a date or a power of ten of.
    public init(text: String, zone: Zone) throws {
        self.text = try StockCode.normalised(text, zone: zone)
        if self.text.wholeMatch(of: /[0-9]{4}[-\/.年][0-9]{1,2}[-\/.月][0-9]{1,2}日?|[0-9]{1,2}月[0-9]{1,2}日/) != nil {
            throw Refusal.damaged("stock.damaged", text, .madeDate)
        }
        if self.text.wholeMatch(of: /[0-9]+(\.[0-9]+)?E[+-][0-9]+/) != nil {
            throw Refusal.damaged("stock.damaged", text, .powerOfTen)
        }
    }

    /// One line of at most 40 characters, in capital letters. Throws ``Refusal`` `stock.number`.
    fileprivate static func normalised(_ text: String, zone: Zone) throws -> String {
        // As most are.
        if (1...40).contains(text.utf8.count), text.utf8.allSatisfy(isPlain) { return text }
        let plain = try String(text: text, zone: zone).oneLine.halfwidth.uppercased()
        if plain.count > 40 {
            throw Refusal.input("stock.number", "编号太长：最多 40 个字", en: "a number has at most 40 characters")
        }
        return plain
    }

    /// A capital letter, a digit or a dash.
    private static func isPlain(_ byte: UInt8) -> Bool {
        (65...90).contains(byte) || (48...57).contains(byte) || byte == UInt8(ascii: "-")
    }
}

/// An item of the store by its number on the shelf or, where only one has it, its name.
public struct StockNumber: TextValue {
    public let text: String

    public init(_ text: String) { self.text = text }

    public static var type: FieldType { .text }
    public static var isFreeText: Bool { false }

    public init(text: String, zone: Zone) throws { self.text = try StockCode.normalised(text, zone: zone) }

    /// By name and place, without any figure: counting is blind.
    public static func candidates(in estate: Estate) -> [Candidate] {
        estate.materials.items.values.map {
            Candidate(
                $0.number, text: $0.name, detail: [$0.number, $0.place].compactMap { $0 }.joined(separator: " "),
                code: $0.number)
        }
    }

    public func check(in estate: Estate) throws { _ = try estate.materials.known(self) }
    public func words(in estate: Estate, _ language: Language) -> String {
        (try? estate.materials.known(self))?.name ?? text
    }
}

/// The units of measure that items have.
public struct Measures: WordList {
    public static func words(in estate: Estate) -> [Candidate] {
        let usual = ["个", "只", "支", "卷", "桶", "袋", "瓶", "套", "双", "米", "kg", "L", "台", "把"]
        let known = estate.materials.items.values.map(\.measure)
        return (known.reversed() + usual).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
            .map { Candidate($0) }
    }
}

/// Who goods are given to: a team or a person. The latest are offered first, then the staff.
public struct StockTakers: WordList {
    public static func words(in estate: Estate) -> [Candidate] {
        let materials = estate.materials
        let issued = materials.issues.values.suffix(200).map { ($0.at, $0.to) }
        let lent = materials.loans.values.suffix(200).map { ($0.at, $0.to) }
        let former = (issued + lent).sorted { $0.0 > $1.0 }.map(\.1)
        let staff = estate.staff.present.filter { $0.role != .manager }.map(\.name)
        return (former + staff).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
            .map { Candidate($0) }
    }
}

/// Places of the store.
public struct Shelves: WordList {
    public static func words(in estate: Estate) -> [Candidate] {
        Set(estate.materials.items.values.compactMap(\.place)).sorted().map { Candidate($0) }
    }
}

/// Who goods are bought from.
public struct Suppliers: WordList {
    public static func words(in estate: Estate) -> [Candidate] {
        let names = estate.materials.receipts.values.suffix(500).reversed().compactMap(\.supplier)
        return names.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }.map { Candidate($0) }
    }
}

/// An item of the store (物资): what it is, where it lies, how much there should be, and its ledger.
public struct StockItem: Entity, Sendable {
    public static let entity = "stockitem"
    public static let label = Label("物资", en: "item")
    public let id: Ref<StockItem>
    /// What is written on the shelf.
    public let number: String
    public internal(set) var name: String
    /// The unit of measure.
    public internal(set) var measure: String
    public internal(set) var kind: StockKind
    /// What may be issued in a month without an approval.
    public internal(set) var quota: StockQuantity?
    public internal(set) var least: StockQuantity?
    public internal(set) var most: StockQuantity?
    public internal(set) var place: String?
    /// Since when it is there; `nil` where it was put when it was entered.
    var placed: Moment?
    /// When it was entered.
    let since: Moment
    /// The moment of its opening balance; nothing moves before.
    var opened: Moment?
    var ledger = StockLedger()
    /// What stands on the bin card, since the last count was settled.
    var card: StockCard?
    /// The last count, settled or not.
    var count: Ref<StockCount>?

    public static func known(_ id: Ref<StockItem>, in estate: Estate) -> StockItem? { estate.materials.items[id] }
    public func words(in estate: Estate) -> String { name }

    public var onHand: StockQuantity { StockQuantity(scaled: ledger.quantity) }
    public var value: Money { Money(fen: ledger.value) }
    public var lent: StockQuantity { StockQuantity(scaled: ledger.totals.lent) }
    /// The price of the last receipt, per unit; `nil` if there is none.
    public internal(set) var lastPrice: Rate?

    /// `12 个`
    public func amount(_ quantity: StockQuantity) -> String { "\(quantity.text) \(measure)" }

    /// Whether less is there than there should be at least.
    public var isShort: Bool { least.map { onHand < $0 } ?? false }
    /// When anything was moved last.
    public var moved: Moment? { ledger.last }
}

/// The figure of a bin card (卡), as it stood at the shelf.
struct StockCard: Sendable {
    let quantity: StockQuantity
    let at: Moment
    let by: String
    /// The number of ledger entries that had been recorded.
    let position: Int
}

/// Goods that came in: an opening balance, or what was accepted of a delivery.
public struct StockReceipt: Entity, Sendable {
    public static let entity = "stockreceipt"
    public static let label = Label("入库", en: "receipt")
    public static let isSubject = false
    public let id: Ref<StockReceipt>
    let item: Ref<StockItem>
    public let quantity: StockQuantity
    public internal(set) var value: Money
    /// Per unit; `nil` for an opening balance of which only the value is known.
    public internal(set) var price: Rate?
    public let rejected: StockQuantity?
    public let why: String?
    public let supplier: String?
    let plan: Ref<StockPlan>?
    public let isOpening: Bool
    public let at: Moment
    public let by: String

    public static func candidates(in estate: Estate) -> [Candidate] {
        // An opening balance has no receipt whose price could be wrong.
        estate.materials.receipts.values.suffix(500).reversed().filter { !$0.isOpening && $0.quantity.scaled > 0 }.map {
            let price = $0.price.map { "单价 \($0.text)" }
            let detail = [price, $0.supplier].compactMap { $0 }.joined(separator: " ")
            return Candidate($0.id.id.text, text: $0.words(in: estate), detail: detail)
        }
    }

    public static func known(_ id: Ref<StockReceipt>, in estate: Estate) -> StockReceipt? {
        estate.materials.receipts[id]
    }

    public func words(in estate: Estate) -> String {
        "\(estate.materials.words(item, quantity)) \(Day(at, in: estate.zone).short)"
    }
}

/// Goods that were issued for good.
public struct StockIssue: Entity, Sendable {
    public static let entity = "stockissue"
    public static let label = Label("领用", en: "issue")
    public static let isSubject = false
    public let id: Ref<StockIssue>
    let item: Ref<StockItem>
    public let quantity: StockQuantity
    public let cost: Money
    public let to: String
    public let request: Ref<Request>?
    public let purpose: String?
    let ask: Ref<StockAsk>?
    /// What of it is beyond the month's quota, and charged to the approved ask.
    var excess: StockQuantity
    public let at: Moment
    public let by: String
    public internal(set) var returned = StockQuantity.zero
    public internal(set) var returnedCost = Money.zero

    /// What has not come back.
    public var used: StockQuantity { StockQuantity(scaled: quantity.scaled - returned.scaled) }
    public var usedCost: Money { cost - returnedCost }

    public static func candidates(in estate: Estate) -> [Candidate] {
        estate.materials.issues.values.suffix(500).reversed().filter { $0.used.scaled > 0 }.map {
            Candidate($0.id.id.text, text: $0.words(in: estate), detail: Day($0.at, in: estate.zone).short)
        }
    }

    public var itemID: EntryID { item.id }

    public static func known(_ id: Ref<StockIssue>, in estate: Estate) -> StockIssue? { estate.materials.issues[id] }
    public func words(in estate: Estate) -> String { "\(estate.materials.words(item, quantity)) \(to)" }
}

/// Goods that were lent: turnover materials and tools.
public struct StockLoan: Entity, Sendable {
    public static let entity = "stockloan"
    public static let label = Label("借用", en: "loan")
    public static let isSubject = false
    public let id: Ref<StockLoan>
    let item: Ref<StockItem>
    public let quantity: StockQuantity
    public let to: String
    public let due: Day?
    public let at: Moment
    public let by: String
    public internal(set) var returned = StockQuantity.zero
    public internal(set) var damaged = StockQuantity.zero
    public internal(set) var lost = StockQuantity.zero
    /// When the last of it came back.
    public internal(set) var back: Moment?

    public var outstanding: StockQuantity {
        StockQuantity(scaled: quantity.scaled - returned.scaled - damaged.scaled - lost.scaled)
    }

    public var isOpen: Bool { outstanding.scaled > 0 }
    public func isOverdue(on today: Day) -> Bool { isOpen && (due.map { $0 < today } ?? false) }

    public static func candidates(in estate: Estate) -> [Candidate] {
        estate.materials.loans.values.reversed().filter(\.isOpen).map {
            Candidate($0.id.id.text, text: $0.words(in: estate), detail: Day($0.at, in: estate.zone).short)
        }
    }

    public var itemID: EntryID { item.id }

    public static func known(_ id: Ref<StockLoan>, in estate: Estate) -> StockLoan? { estate.materials.loans[id] }
    public func words(in estate: Estate) -> String { "\(estate.materials.words(item, outstanding)) \(to)" }
}
