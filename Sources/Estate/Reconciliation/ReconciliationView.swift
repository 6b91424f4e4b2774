import Journal

/// One method of a month: as it was frozen if it is checked, else as it is booked now.
public struct ReconciledMethod: Sendable {
    public let period: Period
    public let method: String
    public let reconciliation: Reconciliation?
    /// What is booked now, by day.
    let now: [Day: Money]
    /// How many payments the statement does not have, and how many lines are no payment. `nil` without a statement.
    public let unmatched: (books: Int, lines: Int)?
    /// What of what is booked now is deposits, which are no income.
    public let deposits: Money
    /// Whether the month is not over yet: it is looked at, and not signed.
    public let isUnderWay: Bool

    public var bookedNow: Money { now.values.reduce(.zero, +) }
    public var booked: Money { reconciliation?.booked ?? bookedNow }
    public var counted: Money? { reconciliation?.counted }
    public var difference: Money? { reconciliation?.difference }
    public var why: String? { reconciliation?.why }

    /// By what the month is booked otherwise now than when it was checked; `nil` if it is not.
    public var later: Money? {
        guard let reconciliation else { return nil }
        return laterDays.isEmpty ? nil : bookedNow - reconciliation.booked
    }

    /// The days that are booked otherwise now, in order.
    public var laterDays: [(day: Day, change: Money)] {
        guard let reconciliation else { return [] }
        var changes = now
        for day in reconciliation.days { changes[day.date, default: .zero] -= day.amount.money }
        return changes.filter { $0.value != .zero }.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// What finance has beyond what is booked now, without what was explained of it; `nil` if nothing is left.
    public var unexplained: Money? {
        guard let counted, why == nil || reconciliation?.explained != nil else { return nil }
        let left = counted - bookedNow - (reconciliation?.explained ?? .zero)
        return left == .zero ? nil : left
    }

    public var state: ReconciliationState {
        guard reconciliation != nil else { return isUnderWay ? .underWay : .open }
        if difference == .zero, later == nil, unexplained == nil { return .agrees }
        return why != nil && unexplained == nil ? .explained : .differs
    }
}

/// How far a method of a month is checked.
public enum ReconciliationState: String, NamedChoice {
    case open, agrees, differs, explained, underWay

    public var label: Label {
        switch self {
        case .open: Label("未对", en: "open")
        case .agrees: Label("相符", en: "agrees")
        case .differs: Label("有差异", en: "differs")
        case .explained: Label("已说明", en: "explained")
        case .underWay: Label("本月至今", en: "so far")
        }
    }
}

extension Estate {
    /// The methods of a month; without one, of all months that were checked and of the last; `withPresent`: of the month
    /// under way, too.
    public func reconciledMethods(
        of period: Period?, at day: Day, withPresent: Bool = false
    ) -> [ReconciledMethod] {
        let present = Period(day)
        let periods =
            period.map { [$0] }
            ?? Set(reconciliations.periods).union([present.adding(-1)] + (withPresent ? [present] : [])).sorted()
        guard let first = periods.first, let end = periods.last else { return [] }
        let booked = booked(in: first...end)
        let (matching, deposits) = (StatementMatching(self), deposits.totals(in: zone))
        return periods.flatMap { period -> [ReconciledMethod] in
            let (now, done) = (booked[period] ?? [:], reconciliations.of(period))
            let unmatched = unmatched(of: period, matching)
            let stated = Set(
                reconciliations.lines.values.filter { Period($0.at, in: zone) == period }.map(\.account))
            return inOrder(Array(now.keys) + done.map(\.method)).map { method in
                let account = handbook.reconciliation.account(of: method)?.name
                let hasStatement = account.map { stated.contains($0) } ?? false
                return ReconciledMethod(
                    period: period, method: method, reconciliation: done.first { $0.method == method },
                    now: now[method] ?? [:],
                    unmatched: hasStatement
                        ? (
                            unmatched.count { $0.method == method },
                            unmatched.count { $0.side == .statement && $0.account == account }
                        ) : nil, deposits: deposits[period]?[method] ?? .zero,
                    isUnderWay: period >= present)
            }
        }
    }
}

/// The collected money of the months by method: what is booked, what finance has, and why it differs.
public struct ReconciliationView: View {
    public static let name = "reconciliation"
    public static let label = Label("对账", en: "Reconciliation")
    var period: Period?

    public static var columns: [ViewColumn<Self>] {
        Column("period", Label("月份", en: "Month")) { $0.period }
        Column("method", .paymentMethod) { $0.method }
        Column("booked", .booked) { $0.booked }
        Column("counted", .financeHas) { $0.counted }
        Column("difference", .difference) { $0.difference }
        Column("why") { $0.why }
        Column("state") { $0.state }
        Column("unexplained", .unexplained) { $0.unexplained }
        Column("now", Label("现账面", en: "Booked now")) { $0.bookedNow }
        Column("later", Label("对账后变动", en: "Changed since")) { $0.later }
        Column("unmatchedBooks", Label("账上多", en: "Only booked")) { $0.unmatched?.books }
        Column("unmatchedLines", Label("对账单多", en: "Only on statements")) { $0.unmatched?.lines }
        Column("deposits", .depositsIncluded) { $0.deposits }
        Column("at", Label("对账时间", en: "Checked")) { $0.reconciliation?.at }
        Column("by", Label("签名", en: "Signed")) { $0.signed }
        Column("with", .cosigner) { $0.cosigned }
        Column("id") { $0.reconciliation?.id }
    }

    public init() {}

    public init(period: Period?) { self.period = period }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("period", &period, Label("月份", en: "Month"))
    }

    public func subjects(in context: ViewContext) -> [ReconciledMethod] {
        context.estate.reconciledMethods(of: period, at: context.day)
    }
}

extension ViewRow where V.Subject == ReconciledMethod {
    public var signed: String? { subject.reconciliation.map { estate.staff.name(of: $0.by) } }
    public var cosigned: String? { subject.reconciliation.map { estate.staff.name(of: $0.with) } }
}

/// The lines of statements, and the payments that they are.
public struct BankLinesView: PlainView {
    public static let name = "banklines"
    public static let label = BankLine.label
    public static let changesWithTime = false
    public static let timeKey: String? = "at"

    /// A line, and the payment, the refund or the deposit's money that it is.
    public struct Subject: Sendable {
        let line: BankLine
        let payment: Ref<Payment>?
        let refund: Ref<JournalEntry>?
        let isDeposit: Bool
        let unit: UnitCode?
    }

    public static var columns: [ViewColumn<Self>] {
        Column("id") { $0.line.id }
        Column("account", Label("账户", en: "Account")) { $0.line.account }
        Column("at") { $0.line.at }
        Column("amount") { $0.line.sum }
        Column("references", Label("交易单号", en: "Numbers")) { $0.line.references }
        Column("note", Label("摘要", en: "Note")) { $0.line.note }
        Column("payment", .payment) { $0.payment }
        Column("refund", Label("退款", en: "Refund")) { $0.refund }
        Column("deposit", Label("押金", en: "Deposit")) { $0.isDeposit }
        Column("unit") { $0.unit }
        Column("payer", Label("对方", en: "Other side")) { $0.line.payer }.restricted(to: [.finance, .manager])
    }

    public init() {}

    public func subjects(in context: ViewContext) -> [Subject] {
        let matching = StatementMatching(context.estate)
        return context.estate.reconciliations.lines.values.map {
            Subject(
                line: $0, payment: matching.payment(of: $0.id), refund: matching.refund(of: $0.id),
                isDeposit: matching.isDeposit($0.id), unit: matching.unitOf[$0.id])
        }
    }
}

extension Label {
    static let unexplained = Label("未说明", en: "Not explained")
}

/// What stands on one side only, of the months and accounts with statements.
public struct UnmatchedView: View {
    public static let name = "unmatched"
    public static let label = Label("对不上的", en: "Unmatched")
    public static let timeKey: String? = "at"
    var period: Period?

    public static var columns: [ViewColumn<Self>] {
        Column("side", Label("哪边", en: "Side")) { $0.side }
        Column("at") { $0.at }
        Column("account", Label("账户", en: "Account")) { $0.account }
        Column("method", .paymentMethod) { $0.method }
        Column("amount") { $0.amount }
        Column("reference", Label("单号", en: "Number")) { $0.reference }
        Column("unit") { $0.unit }
        Column("note", Label("摘要", en: "Note")) { $0.note }
    }

    public init() {}

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("period", &period, Label("月份", en: "Month"))
    }

    public func subjects(in context: ViewContext) -> [Unmatched] { context.estate.unmatched(of: period) }
}
