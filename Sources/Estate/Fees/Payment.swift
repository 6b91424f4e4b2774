import Journal

/// Money received (收款).
public struct Payment: Entity, Sendable {
    public static let entity = "payment"
    public static let label = Label("收款", en: "payment")
    public let id: Ref<Payment>
    public internal(set) var unit: UnitCode
    public let amount: Money
    public let received: Moment
    /// The code of the member who received it.
    public let by: String
    public let method: String?
    /// The number of its slip, by which it is known again.
    public let slip: String?
    /// Who paid, where it is said.
    let payer: Particular<String?>
    /// What was handed over in cash, of which the change was given back.
    public let tendered: Money?
    /// The number of its receipt (收据), of its node; 0 if it has none.
    public let receipt: Int
    /// The bills that it paid when it was posted, as its receipt shows them.
    public let posted: [Allocation]
    /// What of it paid 违约金 of bills; this stays as it was posted.
    public let lateFees: [Allocation]
    /// The moment whose account it belongs to: when it was received, or that of the bill it was designated for.
    let since: Moment
    /// The part that is neither allocated to a bill nor refunded (预收).
    public internal(set) var prepaid: Money
    /// The part that was paid back.
    public internal(set) var refunded = Money.zero
    public internal(set) var voided: Moment?
    /// The node that received it, as an index into ``Nodes/all``.
    let node: Int
}

extension Payment {
    /// The latest payments.
    public static func candidates(in estate: Estate) -> [Candidate] {
        estate.fees.payments.values.suffix(2000).reversed().filter { $0.voided == nil }.map {
            Candidate(
                $0.id.id.text, text: $0.words(in: estate),
                detail: [
                    $0.received.display(zone: estate.zone, language: .chinese), $0.method ?? "",
                    estate.staff.name(of: $0.by), $0.receipt > 0 ? "收据 \($0.receipt)" : "",
                ].filter { !$0.isEmpty }.joined(separator: " "))
        }
    }

    public static func known(_ id: Ref<Payment>, in estate: Estate) -> Payment? { estate.fees.payments[id] }
    public func words(in estate: Estate) -> String { "\(unit.text) \(amount.grouped)" }
}

/// A bill that a payer designated (Civil Code 560), and how much of it; without an amount as much as it asks for.
struct Designation: Part, Hashable {
    var bill = Ref<Bill>.placeholder
    var amount: Money?

    init() {}

    init(_ bill: Ref<Bill>, _ amount: Money?) { (self.bill, self.amount) = (bill, amount) }

    mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("bill", &bill)
        try visitor.field("amount", &amount)
    }
}

/// Money that went back to an account (退款).
public struct Refund: Sendable {
    public let id: Ref<JournalEntry>
    public private(set) var unit: UnitCode
    public let amount: Money
    /// What of it the account had: less if other nodes, or late facts, had used its money.
    public internal(set) var taken: Money
    public let at: Moment
    /// A moment of the account whose money it is: that of the refund, unless it is a former owner's.
    let since: Moment
    public let by: String
    public let method: String?
    public let why: String
    /// The node that recorded it, as an index into ``Nodes/all``.
    let node: Int

    init(
        id: Ref<JournalEntry>, unit: UnitCode, amount: Money, at: Moment, since: Moment, by: String, method: String?,
        why: String, node: Int
    ) {
        (self.id, self.unit, self.amount, taken) = (id, unit, amount, amount)
        (self.at, self.since, self.by, self.method, self.why, self.node) = (at, since, by, method, why, node)
    }

    func renamed(_ code: UnitCode) -> Refund {
        var refund = self
        refund.unit = code
        return refund
    }
}
