import Journal

/// The payment desk: what a form of a payment asks for, proposes and shows.
extension ReceivePayment {
    /// The method comes first, and is never left out at the desk.
    public static let leading = ["method"]

    /// What is paid is said by the bills; cash has no slip, and only cash has change.
    public static func asks(for key: String, with values: [String: String]) -> Bool {
        let method = values["method"] ?? ""
        return switch key {
        case "period", "twice", "owed", "item": false
        case "slip": !method.isEmpty && method != PaymentMethods.cash
        case "tendered": method == PaymentMethods.cash
        default: true
        }
    }

    /// The method of the member's own last payment, and what is due: of the named bills, else of those overdue, else of
    /// all.
    public static func proposals(
        with values: [String: String], to member: String, in estate: Estate, at moment: Moment
    ) -> [String: String] {
        var proposals: [String: String] = [:]
        let own = estate.fees.payments.values.suffix(2000).last { $0.by == member && $0.method != nil }
        if let method = own?.method { proposals["method"] = method }
        guard let (payment, account) = entered(values, in: estate, at: moment) else { return proposals }
        let day = Day(asOf: moment, in: estate.zone)
        let arrears = estate.fees.arrears(of: account, at: moment, zone: estate.zone)?.owed
        let named = payment.bills.flatMap { $0.shares.isEmpty ? nil : $0.asked(of: payment.unit, in: estate, on: day) }
        // 违约金 comes after all principal: it is proposed where nothing but what is overdue is owed.
        let (owed, lateFees) = (estate.fees.owed(by: account), estate.lateFeeBalance(of: account, on: day))
        let due = named ?? (arrears ?? owed) + ((arrears ?? owed) == owed ? lateFees : .zero)
        if due > .zero { proposals["amount"] = due.text }
        return proposals
    }

    /// The unit's open bills, and its residents as payers.
    public static func candidates(
        for key: String, with values: [String: String], in estate: Estate
    ) -> [Candidate] {
        guard ["bills", "payer"].contains(key), let unit = unit(in: values, of: estate) else { return [] }
        if key == "payer" {
            return estate.people.residents(of: unit).map { Candidate($0.name, detail: $0.role.label) }
        }
        return estate.fees.accounts(of: unit).reversed().flatMap { account in
            let former = account.isPresent ? "" : " \(estate.owner(of: account)?.name ?? "原业主")"
            let bills = estate.fees.unpaidBills(of: account).map { bill in
                Candidate("\(bill.period.text) \(bill.item)", detail: "\(bill.outstanding.grouped)\(former)")
            }
            let today = Day(Moment(milliseconds: estate.latest.milliseconds), in: estate.zone)
            return bills
                + estate.lateFees(of: account, on: today).map { fee in
                    Candidate(
                        "\(fee.bill.period.text) \(fee.bill.item)\(estate.handbook.fees.penalty.name)",
                        detail: "\(fee.balance.grouped)\(former)")
                }
        }
    }

    public static func cautions(
        with values: [String: String], by member: String, in estate: Estate
    ) -> [String: Label] {
        guard values["method"] == PaymentMethods.cash,
            let tendered = try? Money(text: values["tendered"] ?? "", zone: estate.zone),
            let amount = try? Money(text: values["amount"] ?? "", zone: estate.zone), tendered < amount
        else { return [:] }
        let missing = (amount - tendered).grouped
        return ["tendered": Label("还差 \(missing) 元", en: "\(missing) is missing")]
    }

    /// The change, then what the account owes and what is left, then each open bill with its part.
    public static func outlook(
        with values: [String: String], in estate: Estate, at moment: Moment
    ) -> [OutlookRow] {
        guard let (payment, account) = entered(values, in: estate, at: moment) else { return [] }
        let fees = estate.fees
        let (bills, day) = (fees.unpaidBills(of: account), Day(asOf: moment, in: estate.zone))
        let parts = Dictionary(payment.posted.map { ($0.bill, $0.amount) }) { $0 + $1 }
        let (owed, paid) = (fees.owed(by: account), payment.posted.reduce(.zero) { $0 + $1.amount })
        let overdue = bills.filter { $0.due < day }.reduce(.zero) { $0 + $1.outstanding }
        let prepaid = fees.prepaid(of: account)
        let lateFees = estate.lateFees(of: account, on: day)
        let owner = estate.owner(of: account)?.name ?? ""
        var rows = [
            OutlookRow(
                bills.isEmpty
                    ? Label(
                        "\(owner) 没有未付账单，预收 \(prepaid.grouped)",
                        en: "\(owner) owes nothing, \(prepaid.grouped) is prepaid")
                    : Label(
                        "\(owner) 共欠 \(owed.grouped)（逾期 \(overdue.grouped)），收后还欠 \((owed - paid).grouped)",
                        en: "\(owner) owes \(owed.grouped) (\(overdue.grouped) overdue), then \((owed - paid).grouped)"),
                weight: .strong)
        ]
        if payment.rest > .zero {
            let rest = payment.rest.grouped
            rows.append(OutlookRow(Label("多出 \(rest) 转预收", en: "\(rest) becomes prepaid"), weight: .strong))
        }
        if let change = payment.change {
            rows.append(OutlookRow(Label("找零 \(change.grouped)", en: "change \(change.grouped)"), weight: .strong))
        }
        let lateParts = Dictionary(payment.lateFees.map { ($0.bill, $0.amount) }) { $0 + $1 }
        let amounts = bills.map(\.outstanding) + lateFees.map(\.balance)
        let width = amounts.map(\.grouped.count).max() ?? 0
        func padded(_ amount: Money) -> String {
            String(repeating: " ", count: max(0, width - amount.grouped.count)) + amount.grouped
        }
        func row(_ bill: Bill, _ item: String, _ remark: Label, _ owed: Money, _ part: Money?) -> OutlookRow {
            let (left, open) = (owed - (part ?? .zero), padded(owed))
            return OutlookRow(
                Label(bill.period.text, en: bill.period.text), Label(item, en: item), remark, Label(open, en: open),
                part.map { part in
                    let rest = left > .zero ? left.grouped : ""
                    return Label(
                        "抵 \(padded(part))\(rest.isEmpty ? "" : "  余 \(rest)")",
                        en: "pays \(padded(part))\(rest.isEmpty ? "" : ", \(rest) left")")
                } ?? .none, weight: part == nil ? .faint : .plain)
        }
        return rows
            + bills.map { bill in
                let due = Label("到期 \(bill.due.text)", en: "due \(bill.due.text)")
                return row(bill, bill.item, due, bill.outstanding, parts[bill.id])
            }
            + lateFees.map { fee in
                let days = Label("逾期 \(fee.days) 天", en: "\(fee.days) days")
                let item = fee.bill.item + estate.handbook.fees.penalty.name
                return row(fee.bill, item, days, fee.balance, lateParts[fee.bill.id])
            }
    }

    /// `已收 3-2-501 李四 373.00，收据 12，找零 3.50`.
    public static func report(on id: EntryID, with values: [String: String], in estate: Estate) -> Label? {
        guard let payment = estate.fees.payments[Ref(id)] else { return nil }
        let owner = estate.owner(of: estate.fees.account(of: payment))?.name ?? ""
        let change = entered(values, in: estate, at: payment.received)?.payment.change
        let (what, number) = ("\(payment.unit.text) \(owner) \(payment.amount.grouped)", payment.receipt)
        return Label(
            "已收 \(what)，收据 \(number)\(change.map { "，找零 \($0.grouped)" } ?? "")",
            en: "received \(what), receipt \(number)\(change.map { ", change \($0.grouped)" } ?? "")")
    }

    private static func unit(in values: [String: String], of estate: Estate) -> UnitCode? {
        guard let text = values["unit"], let typed = try? UnitCode(text: text, zone: estate.zone) else { return nil }
        let unit = estate.people.current(typed)
        return estate.people.units[unit] == nil ? nil : unit
    }

    /// The payment as far as it is entered, with what it pays; bills that cannot be read count as none. `nil` without a
    /// known unit.
    private static func entered(
        _ values: [String: String], in estate: Estate, at moment: Moment
    ) -> (payment: ReceivePayment, account: Account)? {
        guard let unit = unit(in: values, of: estate) else { return nil }
        let method = values["method"] ?? ""
        func amount(_ key: String) -> Money? {
            values[key].flatMap { $0.isEmpty ? nil : try? Money(text: $0, zone: estate.zone) }
        }
        var payment = ReceivePayment(unit: unit, amount: amount("amount") ?? .zero, method: method)
        if method == PaymentMethods.cash { payment.tendered = amount("tendered") }
        payment.bills = values["bills"].flatMap { $0.isEmpty ? nil : try? PaidBills(text: $0, zone: estate.zone) }
        if let account = try? payment.post(in: estate, at: moment) { return (payment, account) }
        let bills = payment.bills
        payment.bills = nil
        guard let account = try? payment.post(in: estate, at: moment) else { return nil }
        payment.bills = bills
        return (payment, account)
    }
}
