import Journal

struct BillIssued: Fact {
    static let kind: StaticString = "bill.issued"
    static let action: (any Action.Type)? = IssueBill.self
    var unit = UnitCode.placeholder
    var period = Period.placeholder
    var item = ""
    var amount = Money.zero
    var due = Day.placeholder
    /// Prepaid money that the bill takes up.
    var prepaid: [Allocation] = []

    mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("unit", &unit)
        try visitor.field("period", &period)
        try visitor.field("item", &item)
        try visitor.field("amount", &amount)
        try visitor.field("due", &due)
        try visitor.field("prepaid", &prepaid)
    }

    /// A bill that is entered later counts as billed from the first day of its period on.
    func holds(since stamp: Stamp, in zone: Zone) -> Moment { min(stamp.at, period.first.start(in: zone)) }

    func isNeeded(in set: WorkingSet, _ stamp: Stamp) -> Bool { set.bills.contains(Ref(stamp.id)) }

    func touches(in estate: Estate) -> [String]? { [] }

    func apply(to estate: inout Estate, _ stamp: Stamp) {
        let id = Ref<Bill>(stamp.id)
        estate.fees.add(
            Bill(id: id, unit: unit, period: period, item: item, amount: amount, due: due, issued: stamp.at))
        for share in prepaid { estate.fees.allocate(share.amount, of: share.payment, to: id) }
    }
}

struct BillReduced: Fact {
    static let kind: StaticString = "bill.reduced"
    static let action: (any Action.Type)? = ReduceBill.self
    var bill = Ref<Bill>.placeholder
    var amount = Money.zero
    var why = ""

    mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("bill", &bill)
        try visitor.field("amount", &amount)
        try visitor.field("why", &why)
    }

    func isNeeded(in set: WorkingSet, _ stamp: Stamp) -> Bool { set.bills.contains(bill) }

    /// Money that it freed may have been taken up by another bill since.
    func touches(in estate: Estate) -> [String]? {
        let unit = estate.fees.bills[bill]?.unit
        return [bill.id.text] + (unit.map { estate.fees.payments(of: $0).map(\.id.id.text) } ?? [])
    }

    func apply(to estate: inout Estate, _ stamp: Stamp) { estate.fees.reduce(bill, by: amount) }
}

struct PaymentReceived: Fact {
    static let kind: StaticString = "payment.received"
    static let action: (any Action.Type)? = ReceivePayment.self
    var unit = UnitCode.placeholder
    var amount = Money.zero
    var method: String?
    /// Which bills it pays, as decided when it was posted.
    var allocations: [Allocation] = []

    mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("unit", &unit)
        try visitor.field("amount", &amount)
        try visitor.field("method", &method)
        try visitor.field("allocations", &allocations)
    }

    func isNeeded(in set: WorkingSet, _ stamp: Stamp) -> Bool { set.payments.contains(Ref(stamp.id)) }

    /// Money that came in is voided on the record, by who may do that; it never has not come in.
    func touches(in estate: Estate) -> [String]? { nil }

    func apply(to estate: inout Estate, _ stamp: Stamp) {
        let id = Ref<Payment>(stamp.id)
        estate.fees.add(
            Payment(id: id, unit: unit, amount: amount, received: stamp.at, method: method, prepaid: amount))
        for share in allocations { estate.fees.allocate(share.amount, of: id, to: share.bill) }
    }
}

struct PaymentVoided: Fact {
    static let kind: StaticString = "payment.voided"
    static let action: (any Action.Type)? = VoidPayment.self
    var payment = Ref<Payment>.placeholder
    var why = ""

    mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("payment", &payment)
        try visitor.field("why", &why)
    }

    func isNeeded(in set: WorkingSet, _ stamp: Stamp) -> Bool { set.payments.contains(payment) }

    /// What the payment had paid may have been paid again since.
    func touches(in estate: Estate) -> [String]? {
        let unit = estate.fees.payments[payment]?.unit
        return [payment.id.text] + (unit.map { estate.fees.bills(of: $0).map(\.id.id.text) } ?? [])
    }

    func apply(to estate: inout Estate, _ stamp: Stamp) { estate.fees.void(payment, at: stamp.at) }
}

struct DunningRecorded: Fact {
    static let kind: StaticString = "dunning.recorded"
    static let action: (any Action.Type)? = RecordDunning.self
    var unit = UnitCode.placeholder
    var channel = ""
    var outcome = ""
    var promise: Day?

    mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("unit", &unit)
        try visitor.field("channel", &channel)
        try visitor.field("outcome", &outcome)
        try visitor.field("promise", &promise)
    }

    func isNeeded(in set: WorkingSet, _ stamp: Stamp) -> Bool { set.owing.contains(unit) }

    func touches(in estate: Estate) -> [String]? { [] }

    func apply(to estate: inout Estate, _ stamp: Stamp) {
        estate.fees.dunnings[unit, default: []].append(
            Dunning(
                id: Ref(stamp.id), unit: unit, at: stamp.at, by: stamp.by, channel: channel, outcome: outcome,
                promise: promise))
    }
}
