import Handbook
import Journal
import OrderedCollections

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
    public internal(set) var reduced = Money.zero
    /// The allocations of payments to it, in order.
    public internal(set) var allocations: [Allocation] = []

    public var paid: Money { allocations.reduce(.zero) { $0 + $1.amount } }
    /// The amount to collect: the bill less approved reductions.
    public var net: Money { amount - reduced }
    public var outstanding: Money { net - paid }
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

/// Money received (收款).
public struct Payment: Entity, Sendable {
    public static let entity = "payment"
    public static let label = Label("收款", en: "payment")
    public let id: Ref<Payment>
    public internal(set) var unit: UnitCode
    public let amount: Money
    public let received: Moment
    public let method: String?
    /// The number of its slip, by which it is known again.
    public let slip: String?
    /// The first bill that it was for, whose account it belongs to, and its period; `nil` if it was all prepaid.
    let bill: Ref<Bill>?
    let period: Period?
    /// The part that is not allocated to a bill (预收).
    public internal(set) var prepaid: Money
    public internal(set) var voided: Moment?
    /// The node that received it, as an index into ``Nodes/all``.
    let node: Int
}

/// One attempt to collect (催缴).
public struct Dunning: Entity, Sendable {
    public static let entity = "dunning"
    public static let label = Label("催缴", en: "dunning")
    public let id: Ref<Dunning>
    public internal(set) var unit: UnitCode
    public let at: Moment
    public let by: String
    public let channel: String
    public let outcome: String
    /// The day on which payment was promised.
    public let promise: Day?
    /// The bills that were open then, issued or due by that day: a promise is about these.
    public let bills: [Ref<Bill>]
}

/// What became of a promise to pay, at a moment.
public enum PromiseState: String, NamedChoice {
    case open, kept, broken

    public var label: Label {
        switch self {
        case .open: Label("未到期", en: "open")
        case .kept: Label("已兑现", en: "kept")
        case .broken: Label("失约", en: "broken")
        }
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

extension Payment {
    /// The latest payments.
    public static func candidates(in estate: Estate) -> [Candidate] {
        estate.fees.payments.values.suffix(2000).reversed().filter { $0.voided == nil }.map {
            Candidate(
                $0.id.id.text, text: $0.words(in: estate),
                detail: "\(Day($0.received, in: estate.zone).text) \($0.method ?? "")")
        }
    }

    public static func known(_ id: Ref<Payment>, in estate: Estate) -> Payment? { estate.fees.payments[id] }
    public func words(in estate: Estate) -> String { "\(unit.text) \(amount.grouped)" }
}

/// Bills, payments, and the allocation of payments to bills.
public struct Fees: Sendable {
    public internal(set) var bills = EntityTable<Bill>()
    public internal(set) var payments = EntityTable<Payment>()
    public internal(set) var dunnings: [UnitCode: [Dunning]] = [:]
    private(set) var billsByUnit: OrderedDictionary<UnitCode, [Ref<Bill>]> = [:]
    private(set) var billsByPeriod: [Period: [Ref<Bill>]] = [:]
    /// The bills with an outstanding amount, due or not, by unit.
    private var unpaid: [UnitCode: [Ref<Bill>]] = [:]
    private var paymentsByUnit: [UnitCode: [Ref<Payment>]] = [:]
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

    /// The bills of a unit with an outstanding amount, due or not.
    public func unpaidBills(of unit: UnitCode) -> [Bill] { unpaid[unit]?.compactMap { bills[$0] } ?? [] }
    /// The units that have such bills.
    public var owingUnits: some Sequence<UnitCode> { unpaid.keys }

    /// Whether a unit has a bill for an item of a period, or for one of some days of it.
    func hasBill(of unit: UnitCode, for period: Period, _ item: String, on days: ClosedRange<Day>?) -> Bool {
        billsByUnit[unit]?.contains { id in
            bills.value(of: id) { $0.period == period && $0.item == item && $0.isFor(any: days) } ?? false
        } ?? false
    }

    /// Whether another node has received the same amount of the unit within ten minutes.
    func hasTwin(of payment: ReceivePayment, _ metadata: Metadata) -> Bool {
        paymentsByUnit[payment.unit]?.reversed().contains { id in
            payments.value(of: id) { other in
                other.node != metadata.node && other.amount == payment.amount && other.voided == nil
                    && abs(other.received.seconds(since: metadata.at)) < Fees.duplicateSeconds
            } ?? false
        } ?? false
    }

    private static let duplicateSeconds = 10 * 60

    // MARK: Changes by facts

    /// Changes a bill and updates the index of unpaid bills.
    private mutating func change(_ id: Ref<Bill>, _ body: (inout Bill) -> Void) {
        var owed: (unit: UnitCode, before: Bool, now: Bool)?
        bills.change(id) { bill in
            let before = bill.outstanding > .zero
            body(&bill)
            owed = (bill.unit, before, bill.outstanding > .zero)
        }
        guard let owed, owed.before != owed.now else { return }
        if owed.now { return unpaid[owed.unit, default: []].append(id) }
        unpaid[owed.unit]?.removeAll { $0 == id }
        if unpaid[owed.unit]?.isEmpty == true { unpaid[owed.unit] = nil }
    }

    mutating func add(_ sale: Sale, of unit: UnitCode) {
        let sales = sales(of: unit)
        // Of two at one moment that which was recorded later is the later.
        salesByUnit[unit, default: []].insert(sale, at: sales.firstIndex { $0.at > sale.at } ?? sales.count)
    }

    mutating func rename(_ unit: UnitCode, to code: UnitCode) {
        for id in billsByUnit[unit] ?? [] { bills.change(id) { $0.unit = code } }
        for id in paymentsByUnit[unit] ?? [] { payments.change(id) { $0.unit = code } }
        if let index = billsByUnit.index(forKey: unit) {
            let own = billsByUnit.remove(at: index).value
            billsByUnit.updateValue(own, forKey: code, insertingAt: index)
        }
        paymentsByUnit[code] = paymentsByUnit.removeValue(forKey: unit)
        unpaid[code] = unpaid.removeValue(forKey: unit)
        salesByUnit[code] = salesByUnit.removeValue(forKey: unit)
        guard var own = dunnings.removeValue(forKey: unit) else { return }
        for index in own.indices { own[index].unit = code }
        dunnings[code] = own
    }

    mutating func add(_ bill: Bill) {
        bills.add(bill)
        if bill.outstanding > .zero { unpaid[bill.unit, default: []].append(bill.id) }
        billsByUnit[bill.unit, default: []].append(bill.id)
        billsByPeriod[bill.period, default: []].append(bill.id)
    }

    mutating func add(_ payment: Payment) {
        payments.add(payment)
        paymentsByUnit[payment.unit, default: []].append(payment.id)
    }

    /// Moves prepaid money of a payment to a bill, no more than it still asks for: another node may have paid it, too.
    /// Does nothing if one of them is unknown, as it may be as of an earlier moment.
    mutating func allocate(_ amount: Money, of payment: Ref<Payment>, to bill: Ref<Bill>) {
        guard let prepaid = payments[payment]?.prepaid, let owed = bills[bill]?.outstanding else { return }
        let share = min(amount, prepaid, owed)
        guard share > .zero else { return }
        payments.change(payment) { $0.prepaid -= share }
        change(bill) { $0.allocations.append(Allocation(payment: payment, bill: bill, amount: share)) }
    }

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
            "bills", Label("账单", en: "Bills"), identity: ["unit", "period", "item", "from"],
            headers: [
                "amount": ["应收金额", "应收", "应缴金额", "应交金额", "应缴", "账单金额", "费用金额", "费用", "本期应收"], "at": ["生成时间", "开单时间"],
            ],
            omitted: { estate in
                let reduced = estate.fees.bills.values.count { $0.reduced > .zero }
                let owed = estate.fees.owingUnits.reduce(0) { sum, unit in
                    sum + estate.fees.unpaidBills(of: unit).count { !estate.fees.account(of: $0).isPresent }
                }
                let notes = [
                    reduced == 0
                        ? nil
                        : Label("\(reduced) 笔账单的减免不在文件里", en: "the reductions of \(reduced) bills are not in the file"),
                    owed == 0
                        ? nil
                        : Label(
                            "\(owed) 笔欠费属过户前的业主，文件里看不出",
                            en: "that \(owed) open bills are former owners' is not in the file"),
                ].compactMap { $0 }
                return notes.isEmpty
                    ? nil
                    : Label(
                        notes.map(\.chinese).joined(separator: "；"), en: notes.map(\.english).joined(separator: "; "))
            }
        ) { estate in
            estate.fees.bills.values.map { bill in
                var action = IssueBill(
                    unit: bill.unit, period: bill.period, item: bill.item, amount: bill.amount, due: bill.due)
                (action.from, action.to) = (bill.origin.days?.lowerBound, bill.origin.days?.upperBound)
                return (action, bill.issued)
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
}
