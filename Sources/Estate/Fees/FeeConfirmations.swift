import Journal

extension ReceivePayment {
    public func confirmation(in estate: Estate, at moment: Moment) -> Confirmation? {
        var posting = self
        guard amount > .zero, estate.people.units[unit] != nil,
            let account = try? posting.post(in: estate, at: moment)
        else { return nil }
        let (fees, shares) = (estate.fees, posting.posted)
        let owner = estate.owner(of: account)?.name ?? ""
        let bills = shares.prefix(4).compactMap { share in
            fees.bills[share.bill].map { "\($0.period.text) \($0.item) \(share.amount.grouped)" }
        }
        let more =
            shares.count > bills.count
            ? Label(" 等 \(shares.count) 笔", en: " and \(shares.count - bills.count) more") : .none
        let lateFees = posting.lateFees.reduce(Money.zero) { $0 + $1.amount }
        let rest = posting.rest
        let (over, english) =
            rest > .zero
            ? ("，\(rest == amount ? "全部" : "多出 \(rest.grouped) ")转预收", ", \(rest.grouped) of it prepaid") : ("", "")
        let alike = fees.alike(self, at: moment)
        var agreed = self
        agreed.owed = fees.owed(by: account)
        if alike != nil { agreed.twice = true }
        return Confirmation(
            Label(
                "收到 \(unit.text) \(owner) \(amount.grouped) 元\(over)？",
                en: "Received \(amount.grouped) yuan from \(unit.text) \(owner)\(english)?"),
            [
                .fact(method: method?.text),
                slip.map { .fact(.slip, $0.text) }, payer.plain.flatMap { $0 }.map { .fact(.payer, $0) },
                change.map { .fact(Label("找零", en: "Change"), $0.grouped) },
                .fact(
                    Label("抵账", en: "Pays"), bills.isEmpty ? "没有未付账单" : bills.joined(separator: "，") + more.chinese,
                    en: bills.isEmpty ? "no open bill" : bills.joined(separator: ", ") + more.english),
                lateFees > .zero ? .fact(.lateFee, lateFees.grouped) : nil,
                rest > .zero && !bills.isEmpty ? .fact(Label("转预收", en: "Prepaid"), rest.grouped) : nil,
                posting.isMuchPrepaid(into: account, in: estate, at: moment)
                    ? Label(
                        "预收超过 \(estate.handbook.fees.prepayment.mostMonths) 个月的费用",
                        en: "that is more than \(estate.handbook.fees.prepayment.mostMonths) months cost") : nil,
                alike.map { estate.doubled($0, hasSlip: $0.slip != nil && $0.slip == slip?.text) },
            ], yes: Label("收款", en: "received"), agreed: agreed)
    }

    /// What was handed over beyond the amount.
    var change: Money? { tendered.flatMap { $0 > amount ? $0 - amount : nil } }
}

extension Estate {
    func doubled(_ payment: Payment, hasSlip: Bool) -> Label {
        let what = "\(payment.unit.text) \(payment.amount.grouped)"
        func words(_ language: Language) -> String {
            "\(payment.received.display(zone: zone, language: language)) \(staff.name(of: payment.by))"
        }
        return hasSlip
            ? Label(
                "疑似重复：这个单号 \(words(.chinese)) 已收过 \(what)",
                en: "perhaps doubled: \(what) was received with this slip number, \(words(.english))")
            : Label(
                "疑似重复：\(words(.chinese)) 已收过 \(what)",
                en: "perhaps doubled: \(what) was received already, \(words(.english))")
    }
}

extension RefundPayment {
    public func confirmation(in estate: Estate, at moment: Moment) -> Confirmation? {
        guard amount > .zero, estate.people.units[unit] != nil else { return nil }
        let account = account(in: estate, at: moment)
        let owner = estate.owner(of: account)?.name ?? ""
        return Confirmation(
            Label(
                "退给 \(unit.text) \(owner) \(amount.grouped) 元？",
                en: "Refund \(amount.grouped) yuan to \(unit.text) \(owner)?"),
            [
                .fact(Label("预收", en: "Prepaid"), estate.fees.prepaid(of: account).grouped),
                method.map { .fact(Label("方式", en: "Method"), $0.text) }, .fact(Glossary.label(of: "why"), why),
            ], yes: Label("退款", en: "refunded"))
    }
}

extension VoidBill {
    public func confirmation(in estate: Estate, at moment: Moment) -> Confirmation? {
        guard let known = estate.fees.bills[bill], known.voided == nil else { return nil }
        return Confirmation(
            Label("作废账单 \(known.words(in: estate))？", en: "Void the bill \(known.words(in: estate))?"),
            [
                .fact(Label("应收", en: "Billed"), known.net.grouped),
                known.paid > .zero
                    ? .fact(Label("已收转付其他账单或预收", en: "Paid, goes to other bills"), known.paid.grouped) : nil,
                .fact(Glossary.label(of: "why"), why),
            ], yes: Label("作废", en: "void it"))
    }
}

extension VoidPayment {
    public func confirmation(in estate: Estate, at moment: Moment) -> Confirmation? {
        guard let known = estate.fees.payments[payment], known.voided == nil else { return nil }
        let owner = estate.owner(of: estate.fees.account(of: known))?.name ?? ""
        return Confirmation(
            Label(
                "作废 \(known.unit.text) \(owner) 的收款 \(known.amount.grouped) 元？",
                en: "Void the payment of \(known.amount.grouped) yuan by \(known.unit.text) \(owner)?"),
            [
                .fact(
                    Label("收款", en: "Received"), known.received.display(zone: estate.zone, language: .chinese),
                    en: known.received.display(zone: estate.zone, language: .english)),
                .fact(Label("收款人", en: "Received by"), estate.staff.name(of: known.by)),
                known.method.map { .fact(Label("方式", en: "Method"), $0) }, .fact(Glossary.label(of: "why"), why),
                estate.receipts.isPrinted(payment)
                    ? Label(
                        "收据已打印 \(estate.receipts.printings(of: payment).count) 次：先收回原件",
                        en: "its receipt was printed: take it back first") : nil,
                Label("所抵账单恢复欠费；有预收的先抵", en: "the bills that it paid are open again, what is prepaid pays them first"),
            ], yes: Label("作废", en: "void it"))
    }
}

extension ReduceBill {
    public func confirmation(in estate: Estate, at moment: Moment) -> Confirmation? {
        guard let known = estate.fees.bills[bill] else { return nil }
        return Confirmation(
            Label(
                "减免 \(known.words(in: estate)) \(amount.grouped) 元？",
                en: "Reduce \(known.words(in: estate)) by \(amount.grouped) yuan?"),
            [
                .fact(Label("应收", en: "Billed"), known.net.grouped), .fact(Glossary.label(of: "why"), why),
            ], yes: Label("减免", en: "reduce it"))
    }
}

extension Label {
    /// `方式：微信`.
    static func fact(method: String?) -> Label {
        .fact(
            Label("方式", en: "Method"), method ?? Label.unstatedMethod.chinese,
            en: method ?? Label.unstatedMethod.english)
    }
}
