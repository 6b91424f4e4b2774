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
    private var unpaid = OpenQueue<Bill, Day>()
    /// The payments with prepaid money, the oldest first.
    private var prepaying = OpenQueue<Payment, Moment>()
    private(set) var refundsByUnit: [UnitCode: [Refund]] = [:]
    private var bySlip: [String: Ref<Payment>] = [:]
    /// The last payment of each node, whose receipt has the highest number.
    private(set) var lastPayments: [Int: Ref<Payment>] = [:]
    /// The units where allocated money was freed.
    private(set) var freedUnits: Set<UnitCode> = []
    private(set) var paymentsByUnit: [UnitCode: [Ref<Payment>]] = [:]
    /// The sales of each unit, in order.
    private var salesByUnit: [UnitCode: [Sale]] = [:]

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

    /// Whether a unit has a bill for an item of a period.
    func hasBill(of unit: UnitCode, for period: Period, _ item: String) -> Bool {
        guard let periods = periodsByUnit[unit], let ids = billsByUnit[unit] else { return false }
        return periods.indices.contains { index in
            periods[index] == period && bills.value(of: ids[index]) { $0.item == item && $0.voided == nil } ?? false
        }
    }

    func payments(with slip: String) -> Payment? { bySlip[slip].flatMap { payments[$0] } }
    public func refunds(of unit: UnitCode) -> [Refund] { refundsByUnit[unit] ?? [] }

    // MARK: Changes

    /// Changes a bill, and notes whether it is still to be paid.
    mutating func change(_ id: Ref<Bill>, _ body: (inout Bill) -> Void) {
        guard let index = bills.index(of: id) else { return }
        var changed: (unit: UnitCode, due: Day, before: Bool, now: Bool)?
        bills.change(id) { bill in
            let before = bill.outstanding > .zero
            body(&bill)
            changed = (bill.unit, bill.due, before, bill.outstanding > .zero)
        }
        guard let changed, changed.before != changed.now else { return }
        if changed.now {
            unpaid.insert(id, of: changed.unit, by: changed.due, index)
        } else {
            unpaid.remove(id, of: changed.unit)
        }
    }

    /// Changes a payment, and notes whether it has prepaid money.
    mutating func change(_ id: Ref<Payment>, _ body: (inout Payment) -> Void) {
        guard let index = payments.index(of: id) else { return }
        var changed: (unit: UnitCode, received: Moment, before: Bool, now: Bool)?
        payments.change(id) { payment in
            let before = payment.prepaid > .zero
            body(&payment)
            changed = (payment.unit, payment.received, before, payment.prepaid > .zero)
        }
        guard let changed, changed.before != changed.now else { return }
        if changed.now {
            prepaying.insert(id, of: changed.unit, by: changed.received, index)
        } else {
            prepaying.remove(id, of: changed.unit)
        }
    }

    mutating func add(_ sale: Sale, of unit: UnitCode) {
        let sales = sales(of: unit)
        // Of two at one moment that which was recorded later is the later.
        salesByUnit[unit, default: []].insert(sale, at: sales.firstIndex { $0.at > sale.at } ?? sales.count)
        separate(unit)
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
        if freedUnits.remove(unit) != nil { freedUnits.insert(code) }
        guard var own = dunnings.removeValue(forKey: unit) else { return }
        for index in own.indices { own[index].unit = code }
        dunnings[code] = own
    }

    mutating func add(_ bill: Bill) {
        bills.add(bill)
        if bill.outstanding > .zero { unpaid.insert(bill.id, of: bill.unit, by: bill.due, bills.count - 1) }
        billsByUnit[bill.unit, default: []].append(bill.id)
        periodsByUnit[bill.unit, default: []].append(bill.period)
        billsByPeriod[bill.period, default: []].append(bill.id)
    }

    mutating func add(_ payment: Payment) {
        payments.add(payment)
        if payment.prepaid > .zero {
            prepaying.insert(payment.id, of: payment.unit, by: payment.received, payments.count - 1)
        }
        paymentsByUnit[payment.unit, default: []].append(payment.id)
        if let slip = payment.slip { bySlip[slip] = payment.id }
        if payment.receipt > 0 { lastPayments[payment.node] = payment.id }
    }

    mutating func add(_ refund: Refund) { refundsByUnit[refund.unit, default: []].append(refund) }

<<<<<<< HEAD
    /// Reduces a bill. Money beyond the new amount becomes prepaid again, the latest first.
    mutating func reduce(_ id: Ref<Bill>, by amount: Money) {
        var freed: [(Ref<Payment>, Money)] = []
        change(id) { bill in
            bill.reduced += amount
            while bill.outstanding < .zero, var last = bill.allocations.popLast() {
                // The overpayment before the last allocation was removed.
                let excess = min(Money.zero - (bill.outstanding - last.amount), last.amount)
                freed.append((last.payment, excess))
                last.amount -= excess
                if last.amount > .zero { bill.allocations.append(last) }
            }
        }
        for (payment, amount) in freed { payments.change(payment) { $0.prepaid += amount } }
    }

    /// Voids a payment: removes its allocations and its prepaid rest.
    mutating func void(_ id: Ref<Payment>, at moment: Moment) {
        guard let payment = payments[id] else { return }
        // After another node's change of a code, a bill that it names may be one of another unit.
        let units = Set([payment.unit, payment.bill.flatMap { bills[$0]?.unit } ?? payment.unit])
        for bill in units.flatMap({ billsByUnit[$0] ?? [] }) {
            change(bill) { $0.allocations.removeAll { $0.payment == id } }
        }
        payments.change(id) { payment in
            payment.prepaid = .zero
            payment.voided = moment
        }
    }
}

extension Fees: Feature {
    static let chapters: [any Chapter.Type] = [Handbook.Fees.self]
    static let actions: [any Action.Type] = [
        IssueBill.self, ReduceBill.self, ReceivePayment.self, VoidPayment.self, RecordDunning.self,
    ]
    static let views: [any View.Type] = [
        BillsView.self, PaymentsView.self, ArrearsView.self, CollectionView.self, DunningsView.self, PromisesView.self,
    ]
    /// A guard sees no debt anywhere (Rules, Collection).
    static let hiddenFrom: Set<Role> = [.guard]
    static let entities: [any Entity.Type] = [Bill.self, Payment.self]
    static let imports = [
        ImportKind(
            "bills", Label("账单", en: "Bills"), identity: ["unit", "period", "item"],
            headers: [
                "amount": ["应收金额", "应收", "应缴金额", "应交金额", "应缴", "账单金额", "费用金额", "费用", "本期应收"], "at": ["生成时间", "开单时间"],
            ],
            omitted: { estate in
                let reduced = estate.fees.bills.values.count { $0.reduced > .zero }
                return reduced == 0
                    ? nil
                    : Label("\(reduced) 笔账单的减免不在文件里", en: "the reductions of \(reduced) bills are not in the file")
            }
        ) { estate in
            estate.fees.bills.values.map {
                (IssueBill(unit: $0.unit, period: $0.period, item: $0.item, amount: $0.amount, due: $0.due), $0.issued)
            }
        },
        ImportKind(
            "payments", Label("收款", en: "Payments"), identity: ["unit", "amount", "at", "method"],
            money: MoneyIdentity(number: "slip", parts: ["period", "bills"]),
            headers: [
                "amount": ["实收金额", "实收", "缴费金额", "收款金额", "付款金额", "交费金额", "已缴金额", "到账金额"],
                "at": ["收款时间", "收款日期", "缴费时间", "缴费日期", "付款时间", "付款日期", "交易时间", "交易日期", "到账时间", "到账日期", "收费日期", "日期"],
                "bills": ["账单", "付款账单", "缴费账单", "抵扣账单"],
                "slip": ["流水号", "交易流水号", "银行流水号", "交易单号", "交易号", "支付单号", "收据号", "收据编号", "凭证号", "票据号", "回单号"],
            ],
            omitted: { estate in
                let count = estate.fees.payments.values.count { $0.voided != nil }
                return count == 0
                    ? nil : Label("已作废的 \(count) 笔不在文件里", en: "\(count) voided payments are not in the file")
            }
        ) { $0.fees.receipts },
    ]

    /// The payments that are not voided, each as the action that pays the same bills again.
    private var receipts: [(action: ReceivePayment, at: Moment?)] {
        var paid: [Ref<Payment>: [PaidBills.Share]] = [:]
        for bill in bills.values {
            for share in bill.allocations {
                paid[share.payment, default: []].append(
                    PaidBills.Share(bill: .of(bill.period, item: bill.item), amount: share.amount))
            }
        }
        return payments.values.filter { $0.voided == nil }.map { payment in
            var action = ReceivePayment(
                unit: payment.unit, amount: payment.amount, period: payment.period, method: payment.method)
            action.bills = PaidBills(shares: paid[payment.id] ?? [])
            action.slip = payment.slip.map { SlipNumber($0) }
            return (action, payment.received)
        }
    }

    static func needsParticulars(of record: EntryID, in estate: Estate) -> Label? {
        guard let person = estate.people.persons[Ref(record)] else { return nil }
        let fees = estate.fees
        let owed = fees.unpaidBills(of: person.unit)
        let isNeeded =
            if let left = person.left {
                // Who has left is kept for what came due to an owner while they were one.
                person.role == .owner && owed.contains { $0.since <= left }
            } else {
                owed.contains { fees.account(of: $0).isPresent }
            }
        return isNeeded ? Label("这户还有欠费", en: "the unit owes") : nil
    }

    static func rename(_ unit: UnitCode, to code: UnitCode, in estate: inout Estate) {
        estate.fees.rename(unit, to: code)
    }

    /// The open accounts, the reminders of their bills, and the last reminder of every unit.
    static func retainedIDs(in estate: Estate, _ window: RetentionWindow) -> [EntryID] {
        let fees = estate.fees
        let units = Set(fees.billsByUnit.keys).union(fees.paymentsByUnit.keys)
        let accounts = Set(units.flatMap { fees.openAccount(of: $0, since: window.firstPeriod) })
        let reminders = fees.dunnings.keys.flatMap { unit in
            let reminders = fees.reminders(of: unit)
            return reminders.prefix(1) + reminders.dropFirst().filter { $0.bills.contains { accounts.contains($0.id) } }
        }
        return Array(accounts) + reminders.map(\.id.id)
    }

    static func isCovered(_ action: any Action, by window: RetentionWindow) -> Bool {
        switch action {
        // Whether a unit was billed already is known of the watched months and later ones.
        case let issue as IssueBill: issue.period >= window.firstPeriod
        case is ReduceBill, is ReceivePayment, is VoidPayment, is RecordDunning: true
        default: false
        }
    }

    /// The bills and payments of a unit that later facts may build on: bills that are open or from `first` on, payments
    /// with prepaid money, and all that is joined to these by allocations, since amounts follow from whole accounts. A
    /// voided payment, whose allocations are gone, may have been joined to any.
    private func openAccount(of unit: UnitCode, since first: Period) -> [EntryID] {
        let (bills, payments) = (bills(of: unit), payments(of: unit))
        var keptBills = Set(bills.filter { $0.period >= first || $0.outstanding > .zero }.map(\.id))
        var keptPayments = Set(payments.filter { $0.prepaid > .zero || $0.voided != nil }.map(\.id))
        var count = -1
        while count < keptBills.count + keptPayments.count {
            count = keptBills.count + keptPayments.count
            for bill in bills {
                let joined = bill.allocations.map(\.payment)
                guard keptBills.contains(bill.id) || joined.contains(where: keptPayments.contains) else { continue }
                keptBills.insert(bill.id)
                keptPayments.formUnion(joined)
            }
        }
        return keptBills.map(\.id) + keptPayments.map(\.id)
    }
}

extension RetentionWindow {
    /// The earliest month whose collection is watched (5.2).
    var firstPeriod: Period { Period(today).adding(-(handbook.fees.targets.map(\.age).max() ?? 0)) }
=======
    mutating func noteFreed(_ unit: UnitCode) { freedUnits.insert(unit) }
>>>>>>> money
}
