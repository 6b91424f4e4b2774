import Handbook
import Journal

extension Fees: Feature {
    static let chapters: [any Chapter.Type] = [Handbook.Fees.self]
    static let actions: [any Action.Type] = [
        IssueBill.self, ReduceBill.self, VoidBill.self, ReceivePayment.self, VoidPayment.self, RefundPayment.self,
        ReceivePrepayment.self, WaiveLateFee.self, RecordDunning.self,
    ]
    static let facts: [any Fact.Type] = [PrepaymentAgreed.self]
    static let warnings = [
        "payment.prepaidMuch": Label("预收超过规定的月数", en: "more is prepaid than the policy's months"),
        "payment.item": Label("没有这个项目的未付账单，按到期先后抵", en: "no open bill for the item: it pays the oldest due"),
    ]
    static let views: [any View.Type] = [
        BillsView.self, PaymentsView.self, ArrearsView.self, CollectionView.self, DunningsView.self, PromisesView.self,
        AgeingView.self, StatementView.self, CollectionByView.self, LateFeesView.self, PrepaymentsView.self,
    ]
    static let reports: [any Report.Type] = [StatementView.self]
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
                return reduced == 0
                    ? nil
                    : Label("\(reduced) 笔账单的减免不在文件里", en: "the reductions of \(reduced) bills are not in the file")
            }
        ) { estate in
            estate.fees.bills.values.filter { $0.voided == nil }.map { bill in
                var action = IssueBill(
                    unit: bill.unit, period: bill.period, item: bill.item, amount: bill.amount, due: bill.due)
                (action.from, action.to) = (bill.origin.days?.lowerBound, bill.origin.days?.upperBound)
                return (action, bill.issued)
            }
        },
        ImportKind(
            "payments", Label("收款", en: "Payments"), identity: ["unit", "amount", "at", "method"],
            money: MoneyIdentity(
                number: "slip", parts: ["period", "bills", "item"], hints: ["item"],
                isRest: { $0["bills"].map(PaidBills.isRest) ?? false }),
            headers: [
                "amount": ["实收金额", "实收", "缴费金额", "收款金额", "付款金额", "交费金额", "已缴金额", "到账金额"],
                "at": ["收款时间", "收款日期", "缴费时间", "缴费日期", "付款时间", "付款日期", "交易时间", "交易日期", "到账时间", "到账日期", "收费日期", "日期"],
                "bills": ["账单", "付款账单", "缴费账单", "抵扣账单"],
                "slip": ["流水号", "交易流水号", "银行流水号", "交易单号", "交易号", "支付单号", "收据号", "收据编号", "凭证号", "票据号", "回单号"],
            ],
            omitted: { estate in
                let voided = estate.fees.payments.values.count { $0.voided != nil }
                let refunded = estate.fees.payments.values.count { $0.refunded > .zero }
                return .joined([
                    voided == 0
                        ? nil : Label("已作废的 \(voided) 笔不在文件里", en: "\(voided) voided payments are not in the file"),
                    refunded == 0
                        ? nil : Label("\(refunded) 笔的退款不在文件里", en: "the refunds of \(refunded) are not in the file"),
                ])
            }
        ) { $0.fees.receipts(in: $0) },
    ]

    /// The payments that are not voided, each as the action that pays the same bills again, in the order of an import.
    private func receipts(in estate: Estate) -> [(action: ReceivePayment, at: Moment?)] {
        var paid: [Ref<Payment>: [PaidBills.Share]] = [:]
        for bill in bills.values {
            for share in bill.allocations {
                paid[share.payment, default: []].append(
                    PaidBills.Share(bill: .of(bill.period, item: bill.item), amount: share.amount))
            }
        }
        for (id, fees) in lateFees.sorted(by: { $0.key.id < $1.key.id }) {
            guard let bill = bills[id] else { continue }
            for share in fees.paid {
                paid[share.payment, default: []].append(
                    PaidBills.Share(lateFeeOf: bill, share.amount, in: estate))
            }
        }
        let ordered = payments.values.filter { $0.voided == nil }.enumerated().sorted { one, other in
            func place(_ payment: (offset: Int, element: Payment)) -> (Int, Moment, Int) {
                (paid[payment.element.id] == nil ? 1 : 0, payment.element.received, payment.offset)
            }
            return place(one) < place(other)
        }
        return ordered.map { _, payment in
            var action = ReceivePayment(
                unit: payment.unit, amount: payment.amount, period: paid[payment.id]?.first?.period,
                method: payment.method)
            action.bills = PaidBills(shares: paid[payment.id] ?? [])
            action.slip = payment.slip.map { SlipNumber($0) }
            action.payer = payment.payer
            return (action, payment.received)
        }
    }

    static func needsParticulars(of record: EntryID, in estate: Estate, on day: Day) -> Label? {
        guard let person = estate.people.persons[Ref(record)] else { return nil }
        let fees = estate.fees
        let today = Day(Moment(milliseconds: estate.latest.milliseconds), in: estate.zone)
        let owed =
            fees.unpaidBills(of: person.unit)
            + fees.accounts(of: person.unit).flatMap { estate.lateFees(of: $0, on: today).map(\.bill) }
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
        let last = Set(fees.lastPayments.values)
        let accounts = Set(
            units.flatMap { unit in
                fees.openAccount(of: unit, since: window.firstPeriod) {
                    $0.received >= window.since || last.contains($0.id)
                } isOwed: {
                    $0.isOpen || estate.lateFee(of: $0, on: window.today).map { $0.balance > .zero } ?? false
                }
            })
        let reminders = fees.dunnings.keys.flatMap { unit in
            let reminders = fees.reminders(of: unit)
            return reminders.prefix(1) + reminders.dropFirst().filter { $0.bills.contains { accounts.contains($0.id) } }
        }
        return Array(accounts) + reminders.map(\.id.id) + estate.collecting.retainedIDs(about: accounts)
    }

    /// What was promised for the day, or before and is not paid.
    static func dueToday(_ day: Day, in estate: Estate, at moment: Moment) -> Label? {
        let fees = estate.fees
        let count = fees.owingUnits.count { unit in
            fees.outstandingPromise(of: unit)?.promise.map { $0 <= day } ?? false
        }
        return count == 0 ? nil : Label("付款承诺 \(count)", en: "promises \(count)")
    }

    static func isCovered(_ action: any Action, by window: RetentionWindow) -> Bool {
        switch action {
        // Whether a unit was billed already is known of the watched months and later ones.
        case let issue as IssueBill: issue.period >= window.firstPeriod
        // A slip may be an old one's.
        case let payment as ReceivePayment: payment.slip == nil
        case is ReduceBill, is VoidBill, is VoidPayment, is RefundPayment, is RecordDunning, is WaiveLateFee: true
        default: false
        }
    }

    /// The bills and payments of a unit that later facts may build on: bills that are open or from `first` on, payments
    /// with prepaid money and those that are wanted, and all that is joined to these by allocations. The facts of these
    /// alone give the same allocations, since in them each meets, in the same order, whatever it met among all. That
    /// does not hold where allocated money was freed: of such a unit everything is kept.
    private func openAccount(
        of unit: UnitCode, since first: Period, _ isWanted: (Payment) -> Bool, isOwed: (Bill) -> Bool
    ) -> [EntryID] {
        let (bills, payments) = (bills(of: unit), payments(of: unit))
        if freedUnits.contains(unit) {
            return bills.map(\.id.id) + payments.map(\.id.id) + refunds(of: unit).map(\.id.id)
        }
        var keptBills = Set(bills.filter { $0.period >= first || isOwed($0) }.map(\.id))
        var keptPayments = Set(payments.filter { $0.prepaid > .zero || isWanted($0) }.map(\.id))
        var count = -1
        while count < keptBills.count + keptPayments.count {
            count = keptBills.count + keptPayments.count
            for bill in bills {
                let joined = (bill.allocations + (lateFees[bill.id]?.paid ?? [])).map(\.payment)
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
