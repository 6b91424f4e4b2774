import Handbook
import Journal

/// A bill (账单): one charge of a unit for one period.
public struct Bill: Entity, Sendable {
    public static let entity = "bill"
    public static let label = Label("账单", en: "bill")
    public let id: Ref<Bill>
    public internal(set) var unit: UnitCode
    public let period: Period
    public let item: String
    public let amount: Money
    public let due: Day
    public let issued: Moment
    /// When it began to hold: at its issue, or on the first day of its period if that is earlier. The account of that
    /// moment owes it.
    let since: Moment
    public let origin: BillOrigin
    /// The approved reductions (减免), in order.
    public internal(set) var reductions: [Reduction] = []
    public internal(set) var voided: Moment?
    /// The allocations of payments to it, in order.
    public internal(set) var allocations: [Allocation] = []

    public var reduced: Money { reductions.reduce(.zero) { $0 + $1.amount } }
    public var paid: Money { allocations.reduce(.zero) { $0 + $1.amount } }
    /// The amount to collect: the bill less approved reductions; nothing of a voided one.
    public var net: Money { voided == nil ? amount - reduced : .zero }
    public var outstanding: Money { net - paid }

    /// The discount that a payment in advance gave on this bill.
    func discount(by payment: Ref<Payment>) -> Money {
        reductions.reduce(.zero) { $1.payment == payment ? $0 + $1.amount : $0 }
    }
}

/// An approved reduction of a bill: what of it was still to be collected then.
public struct Reduction: Hashable, Sendable {
    public let at: Moment
    /// Below zero where a discount is taken back.
    public let amount: Money
    /// The payment in advance whose discount it is; `nil` for any other reduction.
    var payment: Ref<Payment>?

    /// Whether it is that of a payment in advance.
    public var isDiscount: Bool { payment != nil }
}

/// The part of one payment that pays one bill.
public struct Allocation: Part, Hashable {
    public var payment = Ref<Payment>.placeholder
    public var bill = Ref<Bill>.placeholder
    public var amount = Money.zero

    public init() {}

    init(payment: Ref<Payment> = .placeholder, bill: Ref<Bill> = .placeholder, amount: Money) {
        (self.payment, self.bill, self.amount) = (payment, bill, amount)
    }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("payment", &payment)
        try visitor.field("bill", &bill)
        try visitor.field("amount", &amount)
    }
}

extension Bill {
    /// The latest bills.
    public static func candidates(in estate: Estate) -> [Candidate] {
        estate.fees.bills.values.suffix(4000).reversed().map {
            Candidate($0.id.id.text, text: $0.words(in: estate), detail: $0.amount.grouped)
        }
    }

    public static func known(_ id: Ref<Bill>, in estate: Estate) -> Bill? { estate.fees.bills[id] }
    public func words(in estate: Estate) -> String { "\(unit.text) \(period.text) \(item)" }
}
