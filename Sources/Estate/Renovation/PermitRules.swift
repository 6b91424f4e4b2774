import Handbook
import Journal

// What stands before the works: consent, papers, and what may be charged.

extension Estate {
    /// A renovation whose works may begin. Throws ``Refusal``.
    func renovationToPermit(_ id: Ref<RenovationCase>, _ plan: Plan) throws -> RenovationCase {
        guard let known = renovations.all[id] else { throw id.unknown }
        if known.state == .applied || known.state == .papers { try refuseWithoutConsent(known) }
        if known.state == .applied {
            let missing = known.missingPapers
            throw Refusal(
                .rule, "renovation.papers", "资料不齐，还缺：\(missing.joined(separator: "、"))",
                en: "papers are missing: \(missing.joined(separator: ", "))", field: "renovation")
        }
        return try renovation(id, for: PermitRenovation.self, plan)
    }

    /// Whether something is charged of which the estate has not said if it may. Throws ``Refusal`` `renovation.charge` for
    /// what may not.
    func refuseCharges(deposit: Money, fee: Money, of renovation: RenovationCase) throws -> Bool {
        let rule = handbook.renovation.allowance
        var isUnset = false
        for (amount, charge, name, key) in [
            (deposit, rule.deposit, Label.deposit, "deposit"), (fee, rule.fee, Label.renovationFee, "fee"),
        ] where amount > .zero {
            if renovation.isSimple {
                throw Refusal(
                    .rule, "renovation.charge", "小项简易登记，不收\(name.chinese)", en: "nothing is charged for a small matter",
                    field: key)
            }
            if charge.allowed == false {
                throw Refusal(
                    .rule, "renovation.charge", "当地规定不准收\(name.chinese)",
                    en: "the \(name.english) may not be charged here",
                    field: key)
            }
            if let most = charge.maximumFen.map({ Money(fen: $0) }), amount > most {
                throw Refusal(
                    .rule, "renovation.charge", "\(name.chinese)最多收 \(most.grouped) 元",
                    en: "the \(name.english) is \(most.grouped) at most", field: key)
            }
            if charge.allowed == nil { isUnset = true }
        }
        return isUnset
    }

    /// What is not there before the works and only warned of, by the code of the warning.
    func missingSteps(of renovation: RenovationCase) -> [(code: String, label: Label)] {
        if renovation.isSimple { return [] }
        var missing: [(String, Label)] = []
        if renovation.notice == nil { missing.append(("renovation.notice", Label("告知书未双签", en: "notice not signed"))) }
        if renovation.neighbours == nil {
            missing.append(("renovation.neighbours", Label("邻居未告知", en: "neighbours not told")))
        }
        if renovation.agreement == nil {
            missing.append(("renovation.agreement", Label("管理服务协议未签", en: "no agreement")))
        }
        return missing
    }

    /// What is still missing of a renovation before its works: papers, consent and signatures.
    public func missing(of renovation: RenovationCase) -> [Label] {
        guard renovation.state == .applied || renovation.state == .papers || renovation.state == .permitted else {
            return []
        }
        let consent =
            lacksConsent(renovation)
            ? [Label("业主书面同意", en: "owner's consent")]
            : lacksOwner(renovation) ? [Label("新业主书面同意", en: "the new owner's consent")] : []
        let papers = renovation.missingPapers
        let signed = handbook.renovation.papers.signed
        let starts = [
            "renovation.notice": signed.notice, "renovation.neighbours": signed.neighbours,
            "renovation.agreement": signed.agree,
        ]
        // What is among the missing papers is named once.
        let steps = missingSteps(of: renovation).filter { step in
            !papers.contains { $0.hasPrefix(starts[step.code] ?? step.code) }
        }
        return papers.map { Label($0, en: $0) } + consent + steps.map(\.label)
    }

    /// What duty 5.3 says of the charges where the place forbids them.
    var chargesForbidden: Label? {
        let rule = handbook.renovation.allowance
        return rule.deposit.allowed == false && rule.fee.allowed == false
            ? Label("收取装修押金和管理费：不适用（当地规定）", en: "deposit and fee: not applicable here") : nil
    }
}

extension PermitRenovation {
    /// What was agreed, what may be charged, and the member's own last method.
    public static func proposals(
        with values: [String: String], to member: String, in estate: Estate, at moment: Moment
    ) -> [String: String] {
        guard let known = renovation(in: values, of: estate) else { return [:] }
        let rule = estate.handbook.renovation
        func amount(_ charge: Handbook.Renovation.Charge, _ suggested: Int?) -> String? {
            if known.isSimple || charge.allowed == false { return Money.zero.text }
            guard charge.allowed == true, let suggested else { return nil }
            return Money(fen: min(suggested, charge.maximumFen ?? suggested)).text
        }
        var proposals: [String: String] = [:]
        proposals["deposit"] = amount(rule.allowance.deposit, rule.suggestedDepositFen)
        proposals["fee"] = amount(rule.allowance.fee, rule.suggestedFeeFen)
        proposals["until"] = known.agreement?.to.text
        proposals["method"] = ReceivePayment.proposals(with: [:], to: member, in: estate, at: moment)["method"]
        return proposals
    }

    /// What is missing, and until when it is due.
    public static func outlook(
        with values: [String: String], in estate: Estate, at moment: Moment
    ) -> [OutlookRow] {
        guard let known = renovation(in: values, of: estate) else { return [] }
        var rows: [OutlookRow] = []
        if let due = estate.due(of: known) {
            let clock = estate.clock(of: known, at: moment)
            rows.append(
                OutlookRow(
                    Label(
                        "期限 \(due.text)\(clock.map { "：\($0.chinese)" } ?? "")",
                        en: "due \(due.text)\(clock.map { ": \($0.english)" } ?? "")"), weight: .strong))
        }
        if let forbidden = estate.chargesForbidden { rows.append(OutlookRow(forbidden)) }
        rows += estate.missing(of: known).map { what in
            OutlookRow(Label("缺：\(what.chinese)", en: "missing: \(what.english)"), weight: .strong)
        }
        return rows
    }

    public func confirmation(in estate: Estate, at moment: Moment) -> Confirmation? {
        guard let known = estate.renovations.all[renovation], known.state == .papers,
            let isUnset = try? estate.refuseCharges(deposit: deposit, fee: fee, of: known)
        else { return nil }
        let missing = estate.missingSteps(of: known).map(\.label)
        return Confirmation(
            Label(
                "\(known.unit.text) 可开工，施工到 \(until.text)？",
                en: "Works in \(known.unit.text) may begin, until \(until.text)?"),
            [
                .fact(.contractor, known.contractor), .fact(.works, known.works.text),
                .fact(.deposit, deposit.grouped), .fact(.renovationFee, fee.grouped),
                deposit > .zero || fee > .zero ? .fact(method: method?.text) : nil,
                isUnset
                    ? Label("当地是否准许收取未设定", en: "whether this may be charged here is not set") : nil,
                missing.isEmpty
                    ? nil
                    : .fact(
                        Label("还缺", en: "Missing"), missing.map(\.chinese).joined(separator: "、"),
                        en: missing.map(\.english).joined(separator: ", ")),
            ], yes: Label("可开工", en: "begin"))
    }
}
