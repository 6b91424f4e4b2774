import Handbook
import Journal

/// The till (钱箱) of one cashier for one shift at one desk: from the opening float to the daily close (日结).
public struct Till: Entity, Sendable {
    public static let entity = "till"
    public static let label = Label("收银班", en: "till")
    public let id: Ref<Till>
    /// The code of the cashier. What they receive until it is closed passes it.
    public let cashier: String
    public let opened: Moment
    public let float: Money
    /// The node at whose desk it stands, as an index into ``Nodes/all``.
    let node: Int
    /// The index of the first payment that may have passed it.
    let firstPayment: Int
    public internal(set) var counts: [Count] = []
    public internal(set) var closing: Closing?
    /// What came out too much (长款, above zero) or too little (短款), by method.
    public internal(set) var differences: [String: Money] = [:]
    /// Why, by method.
    public internal(set) var reasons: [String: String] = [:]

    /// What was counted of one method, before anything else was shown.
    public struct Count: Sendable {
        public let method: String
        public let counted: Money
        /// What had to be there then.
        public let expected: Money
        /// The number of the settlement or deposit slip.
        public let slip: String?
        public let at: Moment
        public let by: String
    }

    /// The close, with what it froze.
    public struct Closing: Sendable {
        public let at: Moment
        /// The code of the member who took the money over.
        public let receiver: String
        public let lines: [TillLine]
        /// The number of payments recorded before it: of those of the same moment, the others came later.
        let lastPayment: Int
    }

    public var isOpen: Bool { closing == nil }

    /// A cashier at the desk of a node.
    struct Holder: Hashable {
        let cashier: String
        let node: Int
    }

    var holder: Holder { Holder(cashier: cashier, node: node) }

    /// The last count of a method.
    public func count(of method: String) -> Count? { counts.last { $0.method == method } }
}

/// What passed a till by one method.
public struct TillLine: Part, Hashable {
    public var method = ""
    /// The payments that are not voided, without the change that was given back.
    public var received = Money.zero
    public var count = 0
    /// What of these was for deposits (押金), which are no income.
    public var deposits = Money.zero
    public var refunded = Money.zero
    /// What has to be there: for cash with the float.
    public var expected = SignedAmount.zero
    public var counted = SignedAmount.zero

    public init() {}

    init(method: String) { self.method = method }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("method", &method)
        try visitor.field("received", &received)
        try visitor.field("count", &count)
        try visitor.field("deposits", &deposits)
        try visitor.field("refunded", &refunded)
        try visitor.field("expected", &expected)
        try visitor.field("counted", &counted)
    }
}

extension Till {
    /// The latest tills, open ones first.
    public static func candidates(in estate: Estate) -> [Candidate] {
        let latest = estate.tills.all.values.suffix(40).reversed()
        return (latest.filter(\.isOpen) + latest.filter { !$0.isOpen }).map {
            Candidate($0.id.id.text, text: $0.words(in: estate))
        }
    }

    public static func known(_ id: Ref<Till>, in estate: Estate) -> Till? { estate.tills.all[id] }

    public func words(in estate: Estate) -> String {
        "\(estate.staff.name(of: cashier)) \(opened.display(zone: estate.zone, language: .chinese))"
    }
}

/// The tills of the cashiers.
public struct Tills: Sendable {
    public private(set) var all = EntityTable<Till>()
    /// Those that are not closed, in order.
    public private(set) var open: [Ref<Till>] = []
    /// Those who have ever opened one.
    private(set) var holders: Set<Till.Holder> = []

    /// The open tills of a cashier.
    public func open(of member: String) -> [Till] {
        open.compactMap { id in all[id].flatMap { $0.cashier == member ? $0 : nil } }
    }

    func known(_ id: Ref<Till>) throws -> Till {
        guard let till = all[id] else { throw id.unknown }
        return till
    }

    mutating func add(_ till: Till) {
        all.add(till)
        open.append(till.id)
        holders.insert(till.holder)
    }

    mutating func change(_ id: Ref<Till>, _ body: (inout Till) -> Void) {
        all.change(id, body)
        if all[id]?.isOpen != true { open.removeAll { $0 == id } }
    }
}

extension Tills: Feature {
    static let chapters: [any Chapter.Type] = [Handbook.Tills.self]
    static let actions: [any Action.Type] = [OpenTill.self, CountTill.self, CloseTill.self, ExplainTill.self]
    static let facts: [any Fact.Type] = [TillClosed.self, TillDiffered.self]
    static let views: [any View.Type] = [TillsView.self]
    static let reports: [any Report.Type] = [DailyReport.self]
    static let entities: [any Entity.Type] = [Till.self]
    /// What was received tells of debts.
    static let hiddenFrom = Fees.hiddenFrom

    static let warnings = [
        "till.none": Label("没有开收银班，不进日结", en: "no till was open: it is in no daily close")
    ]

    /// Open tills, those of the last days, and the last of each cashier, which tells that they use tills.
    static func retainedIDs(in estate: Estate, _ window: RetentionWindow) -> [EntryID] {
        let tills = estate.tills.all.values
        let last = Dictionary(tills.map { ($0.holder, $0.id) }) { $1 }
        return tills.filter { till in
            till.closing.map { $0.at >= window.since } ?? true || last[till.holder] == till.id
        }.map(\.id.id)
    }

    /// What passed a till may be older than the working set.
    static func isCovered(_ action: any Action, by window: RetentionWindow) -> Bool { action is OpenTill }
}
