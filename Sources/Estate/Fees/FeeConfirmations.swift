import Journal

extension ReceivePayment {
    public func confirmation(in estate: Estate, at moment: Moment) -> Confirmation? {
        guard amount > .zero, estate.people.units[unit] != nil, let shares = try? shares(in: estate, at: moment) else {
            return nil
        }
        let account =
            shares.first.map { estate.fees.account(of: $0.bill) }
            ?? estate.fees.account(paying: unit, for: period, at: moment)
        let owner = estate.owner(of: account)?.name ?? ""
        let bills = shares.prefix(4).map { "\($0.bill.period.text) \($0.bill.item) \($0.amount.grouped)" }
        let more =
            shares.count > bills.count
            ? Label(" 等 \(shares.count) 笔", en: " and \(shares.count - bills.count) more") : .none
        let rest = amount - shares.reduce(.zero) { $0 + $1.amount }
        return Confirmation(
            Label(
                "收到 \(unit.text) \(owner) \(amount.grouped) 元？",
                en: "Received \(amount.grouped) yuan from \(unit.text) \(owner)?"),
            [
                .fact(Label("方式", en: "Method"), method?.text ?? "未填", en: method?.text ?? "not given"),
                .fact(
                    Label("抵账", en: "Pays"), bills.isEmpty ? "没有未付账单" : bills.joined(separator: "，") + more.chinese,
                    en: bills.isEmpty ? "no open bill" : bills.joined(separator: ", ") + more.english),
                rest > .zero && !bills.isEmpty ? .fact(Label("转预收", en: "Prepaid"), rest.grouped) : nil,
                bills.isEmpty ? Label("全部转为预收", en: "all of it is prepaid") : nil,
            ], yes: Label("收款", en: "received"))
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
                .fact(Label("收款日", en: "Received"), Day(known.received, in: estate.zone).text),
                known.method.map { .fact(Label("方式", en: "Method"), $0) }, .fact(Glossary.label(of: "why"), why),
                Label("所抵账单恢复欠费", en: "the bills that it paid are open again"),
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
