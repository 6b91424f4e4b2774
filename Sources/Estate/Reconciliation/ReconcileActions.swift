import Journal

extension Label {
    static let booked = Label("账面", en: "Booked")
    static let financeHas = Label("财务数", en: "Finance has")
    static let cosigner = Label("财务签名", en: "Signed with")
    static let difference = Label("差额", en: "Difference")
}

private let reconcilers: Set<Role> = [.supervisor, .finance]

/// The collected amounts of a month and method are checked with finance (5.6): what is booked is frozen, and both sign.
public struct Reconcile: ActionFact {
    public static let name = "finance.reconcile"
    static let kind: StaticString = "finance.reconciled"
    /// One node checks a month: what it froze stands.
    static var merging: Merging<Self> {
        .owned { fact, estate, metadata in
            guard let period = fact.period else { return .unknown }
            if estate.reconciliations.of(period, fact.method.text) != nil {
                return .doubled(Label("这个月的这种方式已对账", en: "the month's money of the method had been checked"))
            }
            return estate.reconciliations.of(period).contains { $0.node != metadata.node }
                ? .doubled(Label("这个月在另一节点对账", en: "another node checks the month")) : nil
        }
    }
    public static let label = Label("财务对账", en: "Reconcile with finance")
    public static let roles = reconcilers
    var period: Period?
    var method = Word<PaymentMethods>.placeholder
    var counted = SignedAmount.zero
    var with = Cosigner.placeholder
    /// What is booked, by day.
    var days: [DayAmount] = []
    /// The methods of the month that are still to be checked.
    var left: [String] = []
    var due: Day?

    public init() {}

    public init(period: Period, method: String, counted: Money, with: String) {
        (self.period, self.method) = (period, Word(method))
        (self.counted, self.with) = (SignedAmount(counted), Cosigner(with))
    }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("period", &period, Label("月份", en: "Month"))
        try visitor.field("method", &method, .paymentMethod)
        try visitor.field("counted", &counted, .financeHas)
        try visitor.field("with", &with, .cosigner)
        try visitor.derived("days", &days)
        try visitor.derived("left", &left)
        try visitor.derived("due", &due)
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        let today = Day(plan.at, in: estate.zone)
        let period = period ?? Period(today).adding(-1)
        self.period = period
        if period >= Period(today) {
            throw Refusal(
                .rule, "reconcile.early", "\(period.text) 还没有过完，下月再对", en: "\(period.text) is not over yet",
                field: "period")
        }
        let former = estate.reconciliations.of(period)
        if let other = former.first(where: { estate.nodes.name(of: $0.node) != plan.node }) {
            let name = estate.nodes.name(of: other.node)
            throw Refusal.ofOwner(
                "\(period.text) 在节点 \(name) 对账，请到那里继续", en: "\(period.text) is checked at \(name)")
        }
        if former.contains(where: { $0.method == method.text }) {
            throw Refusal(
                .rule, "reconcile.done", "\(period.text) \(method.text) 已对账；以后的变动用 finance.explain 说明",
                en: "\(method.text) of \(period.text) was checked already: explain what has changed since",
                field: "method")
        }
        try sign(plan.by, in: estate)
        let booked = estate.booked(in: period...period)[period] ?? [:]
        days = (booked[method.text] ?? [:]).sorted { $0.key < $1.key }.map { DayAmount($0.key, $0.value) }
        left = estate.inOrder(booked.keys).filter { name in
            name != method.text && !former.contains { $0.method == name }
        }
        due = estate.handbook.workingDay(estate.handbook.fees.reconciliation.day, of: period.adding(1)).due
    }

    /// Two sign: finance, and who answers for the collection.
    private mutating func sign(_ member: String, in estate: Estate) throws {
        let other = try estate.staff.working(with.text)
        with = Cosigner(other.code)
        let others = estate.cosigners(with: member)
        if others.contains(where: { $0.code == other.code }) { return }
        if others.isEmpty {
            throw Refusal(
                .rule, "reconcile.signatures", "要财务和主管（或经理）两方签名，现在没有可签的另一位员工",
                en: "finance and a supervisor or manager sign; there is nobody who may be the other", field: "with")
        }
        let names = others.map { "\($0.name)（\($0.role.label.chinese)）" }.joined(separator: "、")
        let english = others.map { "\($0.name) (\($0.role.label.english))" }.joined(separator: ", ")
        throw Refusal(
            .rule, "reconcile.signatures", "要财务和主管（或经理）两方签名，另一位可以是：\(names)",
            en: "finance and a supervisor or manager sign; the other may be \(english)", field: "with")
    }

    /// What was signed later in the month knows what was left then.
    func affectedIDs(in estate: Estate) -> [String]? {
        period.map { estate.reconciliations.of($0).map(\.id.id.text) } ?? []
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        guard let period else { return }
        estate.reconciliations.add(
            Reconciliation(
                id: Ref(metadata.id), period: period, method: method.text, days: days, counted: counted.money,
                at: metadata.at, by: metadata.by, with: with.text, node: metadata.node, isLast: left.isEmpty, due: due))
    }
}

extension Estate {
    /// Who may sign beside a member: finance; beside finance a supervisor or manager. Where nobody is of finance, anybody
    /// else who sees money.
    func cosigners(with member: String) -> [StaffMember] {
        let others = staff.present.filter { $0.code != member }
        func those(_ roles: Role...) -> [StaffMember] { roles.flatMap { role in others.filter { $0.role == role } } }
        if staff.member(member)?.role == .finance { return those(.supervisor, .manager) }
        let finance = those(.finance)
        return finance.isEmpty ? others.filter { !Reconciliations.hiddenFrom.contains($0.role) } : finance
    }
}

extension Reconcile {
    /// Those who may sign beside the member.
    public static func candidates(
        for key: String, with values: [String: String], by member: String, in estate: Estate
    ) -> [Candidate] {
        key == "with"
            ? estate.cosigners(with: member).map { Candidate($0.code, text: $0.name, detail: $0.role.label) } : []
    }

    /// The month before, its first method that is left, and the only one who may sign beside the member.
    public static func proposals(
        with values: [String: String], to member: String, in estate: Estate, at moment: Moment
    ) -> [String: String] {
        let last = Period(moment, in: estate.zone).adding(-1)
        var proposals = ["period": last.text]
        let period = values["period"].flatMap { try? Period(text: $0, zone: estate.zone) } ?? last
        if let method = estate.methodsLeft(of: period).first { proposals["method"] = method }
        let others = estate.cosigners(with: member)
        if others.count == 1 { proposals["with"] = others[0].code }
        return proposals
    }

    /// What is booked, and the difference to what finance has.
    public static func outlook(
        with values: [String: String], in estate: Estate, at moment: Moment
    ) -> [OutlookRow] {
        guard let period = try? Period(text: values["period"] ?? "", zone: estate.zone),
            let days = estate.booked(in: period...period)[period]?[values["method"] ?? ""]
        else { return [] }
        let booked = days.values.reduce(.zero, +)
        var rows = [
            OutlookRow(
                Label(
                    "\(period.text) 账面 \(booked.grouped)，\(days.count) 天有进出",
                    en: "\(period.text) booked \(booked.grouped) on \(days.count) days"), weight: .strong)
        ]
        if let counted = try? SignedAmount(text: values["counted"] ?? "", zone: estate.zone) {
            let difference = counted.money - booked
            rows.append(
                OutlookRow(
                    difference == .zero
                        ? Label("与财务一致", en: "finance has the same")
                        : Label(
                            "差额 \(difference.grouped)，对账后写明原因", en: "difference \(difference.grouped): explain it then"),
                    weight: .strong))
        }
        return rows
    }

    public func confirmation(in estate: Estate, at moment: Moment) -> Confirmation? {
        let period = period ?? Period(moment, in: estate.zone).adding(-1)
        guard estate.reconciliations.of(period, method.text) == nil else { return nil }
        let booked = (estate.booked(in: period...period)[period]?[method.text] ?? [:]).values.reduce(.zero, +)
        let difference = counted.money - booked
        return Confirmation(
            Label("\(period.text) \(method.text) 对账，双方签名？", en: "Sign for \(method.text) of \(period.text)?"),
            [
                .fact(.booked, booked.grouped), .fact(.financeHas, counted.money.grouped),
                .fact(.difference, difference.grouped), .fact(.cosigner, estate.staff.name(of: with.text)),
            ], yes: Label("签名", en: "sign"))
    }
}

/// Why finance has another amount, or what has changed since.
public struct ExplainReconciliation: ActionFact {
    public static let name = "finance.explain"
    static let kind: StaticString = "finance.explained"
    static var merging: Merging<Self> {
        .derived { fact, estate in fact.reconciliation.map { estate.reconciliations.all.holds($0) } ?? false }
    }
    public static let label = Label("对账差异说明", en: "Explain a difference")
    public static let roles = reconcilers
    var period = Period.placeholder
    var method = Word<PaymentMethods>.placeholder
    var why = ""
    var reconciliation: Ref<Reconciliation>?
    /// What finance has beyond what is booked when it is explained: that alone is.
    var difference: SignedAmount?

    public init() {}

    public init(period: Period, method: String, why: String) {
        (self.period, self.method, self.why) = (period, Word(method), why)
    }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("period", &period, Label("月份", en: "Month"))
        try visitor.field("method", &method, .paymentMethod)
        try visitor.field("why", &why)
        try visitor.derived("reconciliation", &reconciliation)
        try visitor.derived("difference", &difference, .difference)
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        guard let known = estate.reconciliations.of(period, method.text) else {
            throw Refusal(
                .rule, "reconcile.none", "\(period.text) \(method.text) 还没有对账",
                en: "\(method.text) of \(period.text) was not checked yet", field: "method")
        }
        try plan.refuse(before: known.at, Reconcile.label)
        reconciliation = known.id
        let booked = estate.booked(in: period...period)[period]?[method.text] ?? [:]
        difference = SignedAmount(known.counted - booked.values.reduce(.zero, +))
    }

    var subject: EntryID? { reconciliation?.id }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        guard let reconciliation else { return }
        estate.reconciliations.change(reconciliation) { ($0.why, $0.explained) = (why, difference?.money) }
    }
}
