import Estate
import struct Journal.EntryID
import Screen

// The further tabs of the fees window: bills, payments, promises and reminders.

extension BillsView: ListedView {
    static var rowCommands: [Command] {
        [
            ViewList<BillsView>.rowCommand(
                "bills.how", Label("怎么算", en: "How"),
                doc: Label("这张账单怎么算出来的，收了多少", en: "how the bill came about, and what was paid"),
                keys: [.enter], priority: 8
            ) { row, context in
                guard let bill = bill(row, context) else { return .none }
                let title = bill.words(in: context.estate)
                return .open(
                    DetailLayer(
                        title: [Span(context(label), .title), Span(" · \(title)", .accent)],
                        lines: calculation(of: bill, context)))
            },
            ViewList<BillsView>.rowCommand(
                "bills.reduce", Label("减免", en: "Reduce"), doc: Label("减免这张账单", en: "less is asked for on this bill"),
                keys: [.control("g")], priority: 6, action: ReduceBill.self, disabledReason: voidedReason
            ) { row, context in form(ReduceBill.self, row, context) },
            ViewList<BillsView>.rowCommand(
                "bills.void", Label("作废", en: "Void"), doc: Label("作废这张账单", en: "the bill was issued by mistake"),
                keys: [.control("u"), .delete], priority: 5, action: VoidBill.self, disabledReason: voidedReason
            ) { row, context in form(VoidBill.self, row, context) },
        ]
    }

    /// The calculation, then what was reduced and paid of it, and what is left.
    private static func calculation(of bill: Bill, _ context: Context) -> [Line] {
        let estate = context.estate
        var lines: [Line] = []
        func line(_ label: Label, _ value: String, _ style: Style = .text) {
            lines.append(detailLine(context(label), value, style))
        }
        line(
            Label("算法", en: "How"),
            bill.origin.how.map { "\($0) = \(bill.amount.grouped)" }
                ?? context(Label("\(bill.amount.grouped)，手工录入或导入", en: "\(bill.amount.grouped), entered or imported")),
            .strong)
        let days = bill.origin.days ?? bill.period.first...bill.period.last
        let count = days.upperBound.days(since: days.lowerBound) + 1
        line(
            Label("计费日", en: "Days"),
            context(
                Label(
                    "\(days.lowerBound.text) 至 \(days.upperBound.text)，\(count) 天",
                    en: "\(days.lowerBound.text) to \(days.upperBound.text), \(count)")))
        line(Label("到期", en: "Due"), bill.due.text)
        let debtor = estate.debtor(of: bill)
        let liable = debtor == .occupant ? Label("，业主负连带责任", en: ", the owner jointly liable") : .none
        line(Label("承担人", en: "Who owes"), context(debtor.label) + context(liable))
        line(Label("费用性质", en: "Nature"), context(estate.nature(of: bill).label))
        for reduction in bill.reductions {
            let label =
                reduction.isDiscount ? Label("预存优惠", en: "Discount") : Label("减免", en: "Reduced")
            line(label, "\(context.clock(reduction.at))  \(reduction.amount.grouped)")
        }
        for share in bill.allocations {
            guard let payment = estate.fees.payments[share.payment] else { continue }
            line(
                Label("收款", en: "Paid"),
                "\(context.clock(payment.received))  \(share.amount.grouped)  \(payment.method ?? "")")
        }
        if let voided = bill.voided { line(Label("作废", en: "Voided"), context.clock(voided), .warning) }
        line(Label("还欠", en: "Open"), bill.outstanding.grouped, bill.outstanding > .zero ? .strong : .muted)
        if let fee = estate.lateFee(of: bill, on: context.today) {
            line(
                Label("违约金", en: "Late fee"),
                context(
                    Label(
                        "\(fee.amount.grouped)（\(fee.days) 天），未交 \(fee.balance.grouped)",
                        en: "\(fee.amount.grouped) (\(fee.days) days), \(fee.balance.grouped) open")))
            line(.none, estate.handbook.fees.penalty.explanation, .muted)
        }
        return lines
    }

    private static func bill(_ row: ViewList<BillsView>.Row, _ context: Context) -> Bill? {
        EntryID(row.id).flatMap { context.estate.fees.bills[Ref($0)] }
    }

    private static func voidedReason(_ row: ViewList<BillsView>.Row, _ context: Context) -> Label? {
        bill(row, context)?.voided == nil ? nil : Label("这张账单已作废", en: "the bill was voided")
    }

    private static func form(
        _ action: any Action.Type, _ row: ViewList<BillsView>.Row, _ context: Context
    ) -> Intent {
        let words = bill(row, context)?.words(in: context.estate) ?? ""
        return .fill(
            FormRequest(
                action: action, fixed: ["bill": row.id],
                title: Label("\(action.label.chinese) · \(words)", en: "\(action.label.english) · \(words)")))
    }

    /// What is asked for, what was paid of it, and what is open, without voided bills.
    static func summary(_ rows: ShownValues, _ context: Context) -> [Span] {
        let standing = rows.filter("voided", \.isEmpty)
        let net = standing.sum("amount") - standing.sum("reduced")
        let paid = standing.sum("paid")
        return [
            Span(context(Label("应收 \(net.grouped)", en: "billed \(net.grouped)")), .strong),
            Span(context(Label(" 已收 \(paid.grouped)", en: " paid \(paid.grouped)")), .muted),
            Span(context(Label(" 欠 \((net - paid).grouped)", en: " open \((net - paid).grouped)")), .strong),
        ]
    }
}

extension PaymentsView: ListedView {
    static var creates: (any Action.Type)? { ReceivePayment.self }

    static var rowCommands: [Command] {
        [
            ViewList<PaymentsView>.rowCommand(
                "payments.void", Label("作废", en: "Void"),
                doc: Label("作废这笔收款", en: "the payment was a mistake or bounced"),
                keys: [.control("u"), .delete], priority: 7, action: VoidPayment.self,
                disabledReason: { row, context in
                    guard let payment = payment(row, context), let member = context.member else { return nil }
                    return payment.refusalToVoid(by: member.code, at: context.now, in: context.estate)?.message
                }
            ) { row, context in
                let estate = context.estate
                let facts = payment(row, context).map {
                    "\($0.words(in: estate)) · \(context.clock($0.received)) \(estate.staff.name(of: $0.by))"
                        + ($0.receipt > 0 ? context(Label(" · 收据 \($0.receipt)", en: " · receipt \($0.receipt)")) : "")
                }
                return .fill(
                    FormRequest(
                        action: VoidPayment.self, fixed: ["payment": row.id],
                        title: Label("收款作废 · \(facts ?? "")", en: "Void a payment · \(facts ?? "")")))
            }
        ]
    }

    private static func payment(_ row: ViewList<PaymentsView>.Row, _ context: Context) -> Payment? {
        EntryID(row.id).flatMap { context.estate.fees.payments[Ref($0)] }
    }

    /// How many there are and their sum, and that of each method, without voided payments.
    static func summary(_ rows: ShownValues, _ context: Context) -> [Span] {
        let standing = rows.filter("voided", \.isEmpty)
        let methods = Set(standing["method"]).map { method in
            (
                name: method.isEmpty ? Label.unstatedMethod.chinese : method,
                sum: standing.filter("method") { $0 == method }.sum("amount")
            )
        }
        .sorted { ($1.sum, $0.name) < ($0.sum, $1.name) }
        let (count, sum) = (standing.rows.count, standing.sum("amount").grouped)
        return [
            Span(context(Label("\(count) 笔 \(sum)", en: "\(count), \(sum)")), .strong)
        ] + methods.map { Span(" \($0.name) \($0.sum.grouped)", .muted) }
    }
}

extension PromisesView: ListedView {
    static var creates: (any Action.Type)? { RecordDunning.self }

    static var rowCommands: [Command] {
        [
            ViewList<PromisesView>.rowCommand(
                "promises.dun", Label("催缴", en: "Remind"),
                doc: Label("登记一次催缴及承诺", en: "a reminder, and what was promised"),
                keys: [.control("r"), .enter], priority: 8, action: RecordDunning.self
            ) { row, context in
                let unit = ViewList<PromisesView>.values(of: [row])["unit"].first ?? ""
                return .fill(.reminder(of: unit, owner: nil))
            }
        ]
    }

    /// How many are open, broken and kept.
    static func summary(_ rows: ShownValues, _ context: Context) -> [Span] {
        let states = rows["state"]
        return [PromiseState.open, .broken, .kept].flatMap { state in
            let count = states.count { $0 == state.rawValue }
            return [Span("\(context(state.label)) \(count) ", state == .broken && count > 0 ? .warning : .muted)]
        }
    }
}

extension DunningsView: ListedView {
    static var creates: (any Action.Type)? { RecordDunning.self }
}

extension FormRequest {
    /// The form of a reminder to a unit.
    static func reminder(of unit: String, owner: String?) -> FormRequest {
        let whose = "\(unit) \(owner ?? "")"
        return FormRequest(
            action: RecordDunning.self, prefill: ["channel": "电话"], fixed: ["unit": unit],
            title: Label("催缴 · \(whose)", en: "Reminder · \(whose)"))
    }
}
