import Handbook
import Journal
import OrderedCollections

/// Bills, payments, and the allocation of payments to bills.
public struct Fees: Sendable {
    public internal(set) var bills = EntityTable<Bill>()
    public internal(set) var payments = EntityTable<Payment>()
    public internal(set) var dunnings: [UnitCode: [Dunning]] = [:]
    private(set) var billsByUnit: OrderedDictionary<UnitCode, [Ref<Bill>]> = [:]
    /// The periods of these, in the same order: to look for one touches no bill.
    private var periodsByUnit: [UnitCode: [Period]] = [:]
    private(set) var billsByPeriod: [Period: [Ref<Bill>]] = [:]
    /// The bills with an outstanding amount, due or not: the oldest due first.
    private var unpaid = OpenQueue<Bill>()
    /// The payments with prepaid money, the oldest first.
    private var prepaying = OpenQueue<Payment>()
    private(set) var refundsByUnit: [UnitCode: [Refund]] = [:]
    /// When the first money was received.
    private(set) var firstReceived: Moment?
    private var bySlip: [String: Ref<Payment>] = [:]
    /// The last payment of each node, whose receipt has the highest number.
    private(set) var lastPayments: [Int: Ref<Payment>] = [:]
    /// The units where allocated money was freed.
    private(set) var freedUnits: Set<UnitCode> = []
    private(set) var paymentsByUnit: [UnitCode: [Ref<Payment>]] = [:]
    /// The sales of each unit, in order.
    private var salesByUnit: [UnitCode: [Sale]] = [:]
    /// What was paid late, for 违约金; `nil` where none is asked for.
    var latePayments: LatePayments?
    /// What was paid of 违约金, and waived, by bill.
    var lateFees: [Ref<Bill>: LateFeePayments] = [:]
    /// The months that were paid in advance, of each unit, in order.
    var prepaidTerms: [UnitCode: [PrepaidTerm]] = [:]

    init() {}

    init(_ handbook: Handbook) { if handbook.fees.penalty.isEnabled { latePayments = LatePayments() } }

    public func bills(of unit: UnitCode) -> [Bill] { billsByUnit[unit]?.compactMap { bills[$0] } ?? [] }
    public func bills(for period: Period) -> [Bill] { billsByPeriod[period]?.compactMap { bills[$0] } ?? [] }
    public func payments(of unit: UnitCode) -> [Payment] { paymentsByUnit[unit]?.compactMap { payments[$0] } ?? [] }
    func sales(of unit: UnitCode) -> [Sale] { salesByUnit[unit] ?? [] }

    /// The reminders of a unit, the latest first.
    public func reminders(of unit: UnitCode) -> [Dunning] {
        (dunnings[unit] ?? []).enumerated().sorted { ($1.element.at, $1.offset) < ($0.element.at, $0.offset) }
            .map(\.element)
    }

    /// Whether a bill is still to be paid that was open when the promise was made.
    public func isOutstanding(_ dunning: Dunning) -> Bool {
        dunning.bills.contains { bills[$0].map { $0.outstanding > .zero } ?? false }
    }

    /// The last promise of a unit, unless the bills that it was about are paid.
    func outstandingPromise(of unit: UnitCode) -> Dunning? {
        if dunnings[unit]?.contains(where: { $0.promise != nil }) != true { return nil }
        return reminders(of: unit).first { $0.promise != nil && isOutstanding($0) }
    }

    func known(_ id: Ref<Bill>) throws -> Bill {
        guard let bill = bills[id] else { throw id.unknown }
        return bill
    }

    /// The bills of a unit with an outstanding amount, due or not, the oldest due first.
    public func unpaidBills(of unit: UnitCode) -> [Bill] { unpaid[unit].compactMap { bills[$0] } }
    /// The units that have such bills.
    public var owingUnits: some Sequence<UnitCode> { unpaid.units }
    /// The payments of a unit with prepaid money, the oldest first.
    func prepayments(of unit: UnitCode) -> [Payment] { prepaying[unit].compactMap { payments[$0] } }
    /// Whether there may be money to allocate.
    func needsSettling(_ unit: UnitCode) -> Bool { !prepaying.isEmpty(unit) && !unpaid.isEmpty(unit) }

    /// Whether a unit has a bill for an item of a period, or for one of some days of it.
    func hasBill(
        of unit: UnitCode, for period: Period, _ item: String, on days: ClosedRange<Day>? = nil
    ) -> Bool {
        guard let periods = periodsByUnit[unit], let ids = billsByUnit[unit] else { return false }
        return periods.indices.contains { index in
            periods[index] == period
                && bills.value(of: ids[index]) { $0.item == item && $0.voided == nil && $0.isFor(any: days) } ?? false
        }
    }

    /// Whether 违约金 is asked for.
    public var hasLateFees: Bool { latePayments != nil }

    func payments(with slip: String) -> Payment? { bySlip[slip].flatMap { payments[$0] } }
    public func refunds(of unit: UnitCode) -> [Refund] { refundsByUnit[unit] ?? [] }

    // MARK: Changes

    /// Changes a bill. The change of its outstanding amount is dated `moment`, for 违约金.
    mutating func change(_ id: Ref<Bill>, at moment: Moment, _ body: (inout Bill) -> Void) {
        guard latePayments != nil else { return unpaid.change(id, in: &bills, body) }
        var (due, before, now) = (Day.placeholder, Money.zero, Money.zero)
        unpaid.change(id, in: &bills) { bill in
            (due, before) = (bill.due, bill.outstanding)
            body(&bill)
            now = bill.outstanding
        }
        latePayments?.note(now - before, of: id, due: due, at: moment)
    }

    mutating func change(_ id: Ref<Payment>, _ body: (inout Payment) -> Void) {
        prepaying.change(id, in: &payments, body)
    }

    mutating func add(_ sale: Sale, of unit: UnitCode) {
        let sales = sales(of: unit)
        // Of two at one moment that which was recorded later is the later.
        salesByUnit[unit, default: []].insert(sale, at: sales.firstIndex { $0.at > sale.at } ?? sales.count)
        separate(unit, at: sale.at)
    }

    mutating func rename(_ unit: UnitCode, to code: UnitCode) {
        for id in billsByUnit[unit] ?? [] { bills.change(id) { $0.unit = code } }
        for id in paymentsByUnit[unit] ?? [] { payments.change(id) { $0.unit = code } }
        if let index = billsByUnit.index(forKey: unit) {
            let own = billsByUnit.remove(at: index).value
            billsByUnit.updateValue(own, forKey: code, insertingAt: index)
        }
        periodsByUnit[code] = periodsByUnit.removeValue(forKey: unit)
        paymentsByUnit[code] = paymentsByUnit.removeValue(forKey: unit)
        unpaid.rename(unit, to: code)
        prepaying.rename(unit, to: code)
        salesByUnit[code] = salesByUnit.removeValue(forKey: unit)
        refundsByUnit[code] = refundsByUnit.removeValue(forKey: unit)?.map { $0.renamed(code) }
        prepaidTerms[code] = prepaidTerms.removeValue(forKey: unit)
        if freedUnits.remove(unit) != nil { freedUnits.insert(code) }
        guard var own = dunnings.removeValue(forKey: unit) else { return }
        for index in own.indices { own[index].unit = code }
        dunnings[code] = own
    }

    mutating func add(_ bill: Bill) {
        unpaid.add(bill, to: &bills)
        billsByUnit[bill.unit, default: []].append(bill.id)
        periodsByUnit[bill.unit, default: []].append(bill.period)
        billsByPeriod[bill.period, default: []].append(bill.id)
    }

    mutating func add(_ payment: Payment) {
        firstReceived = min(firstReceived ?? payment.received, payment.received)
        prepaying.add(payment, to: &payments)
        paymentsByUnit[payment.unit, default: []].append(payment.id)
        if let slip = payment.slip { bySlip[slip] = payment.id }
        if payment.receipt > 0 { lastPayments[payment.node] = payment.id }
    }

    mutating func add(_ refund: Refund) { refundsByUnit[refund.unit, default: []].append(refund) }

    mutating func noteFreed(_ unit: UnitCode) { freedUnits.insert(unit) }
}
