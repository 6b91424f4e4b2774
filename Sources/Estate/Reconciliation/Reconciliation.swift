import Handbook
import Journal

/// The collected money of one month and method, checked with finance (对账, 5.6): a frozen snapshot by day, what finance
/// has, and who signed.
public struct Reconciliation: Entity, Sendable {
    public static let entity = "reconciliation"
    public static let label = Label("对账", en: "reconciliation")
    public let id: Ref<Reconciliation>
    public let period: Period
    public let method: String
    /// What was booked by day, as it stood then: received less refunded.
    public let days: [DayAmount]
    /// What finance has.
    public let counted: Money
    public let at: Moment
    /// The codes of the two who signed.
    public let by: String
    public let with: String
    let node: Int
    /// Whether nothing of the month was left to be checked after it.
    let isLast: Bool
    /// The day on which it was due by the rule of its time.
    let due: Day?
    public internal(set) var why: String?
    /// By how much what finance has differed from what was booked when it was explained; `nil` if that was not kept.
    public internal(set) var explained: Money?

    public var booked: Money { days.reduce(.zero) { $0 + $1.amount.money } }
    public var difference: Money { counted - booked }
}

extension Reconciliation {
    public static func candidates(in estate: Estate) -> [Candidate] {
        estate.reconciliations.all.values.suffix(60).reversed().map {
            Candidate($0.id.id.text, text: $0.words(in: estate))
        }
    }

    public static func known(_ id: Ref<Reconciliation>, in estate: Estate) -> Reconciliation? {
        estate.reconciliations.all[id]
    }

    public func words(in estate: Estate) -> String { "\(period.text) \(method)" }
}

/// The booked money of a day.
public struct DayAmount: Part, Hashable {
    public var date = Day.placeholder
    public var amount = SignedAmount.zero

    public init() {}

    init(_ date: Day, _ amount: Money) { (self.date, self.amount) = (date, SignedAmount(amount)) }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("date", &date)
        try visitor.field("amount", &amount)
    }
}

/// The reconciliations, and the lines of the statements that they are compared with.
public struct Reconciliations: Sendable {
    public private(set) var all = EntityTable<Reconciliation>()
    public private(set) var lines = EntityTable<BankLine>()
    private var byPeriod: [Period: [Ref<Reconciliation>]] = [:]
    private var lineByReference: [[String]: Ref<BankLine>] = [:]

    /// Those of a month, in order.
    public func of(_ period: Period) -> [Reconciliation] { byPeriod[period]?.compactMap { all[$0] } ?? [] }

    public func of(_ period: Period, _ method: String) -> Reconciliation? { of(period).first { $0.method == method } }

    var periods: some Sequence<Period> { byPeriod.keys }

    mutating func add(_ reconciliation: Reconciliation) {
        all.add(reconciliation)
        byPeriod[reconciliation.period, default: []].append(reconciliation.id)
    }

    mutating func change(_ id: Ref<Reconciliation>, _ body: (inout Reconciliation) -> Void) { all.change(id, body) }

    /// The line of an account with the same numbers and sum.
    func line(of account: String, _ references: [String], _ sum: Money) -> BankLine? {
        references.isEmpty ? nil : lineByReference[[account, sum.text] + references].flatMap { lines[$0] }
    }

    mutating func add(_ line: BankLine) {
        lines.add(line)
        if !line.references.isEmpty {
            lineByReference[[line.account, line.sum.text] + line.references] = line.id
        }
    }
}

extension Reconciliations: Feature {
    static let chapters: [any Chapter.Type] = [Handbook.Reconciliation.self]
    static let actions: [any Action.Type] = [Reconcile.self, ExplainReconciliation.self, RecordBankLine.self]
    static let views: [any View.Type] = [ReconciliationView.self, BankLinesView.self, UnmatchedView.self]
    static let reports: [any Report.Type] = [ReconciliationReport.self]
    static let entities: [any Entity.Type] = [Reconciliation.self, BankLine.self]
    static let imports = [BankLine.importKind]
    static let hiddenFrom = Fees.hiddenFrom

    /// The 5th: the money of the month before (5.6). It is done when the last method that had money is checked.
    static let duties = [
        DutyRule.monthly(
            "reconcile", Label("财务对账", en: "Reconciliation"), .supervisor, by: Reconcile.self,
            on: { $0.fees.reconciliation }, parts: { [$0.$fees, $0.$deposits, $0.$reconciliations] },
            since: { estate in
                [estate.fees.firstReceived, estate.deposits.firstReceived].compactMap { $0 }.min().map {
                    Period($0, in: estate.zone).adding(1)
                }
            },
            done: { estate, month in
                estate.reconciliations.of(month.adding(-1)).first(where: \.isLast).map {
                    Duty.Fulfilment(fact: Ref($0.id.id), at: $0.at, due: $0.due)
                }
            },
            prefill: { duty, estate in
                let period = duty.period.adding(-1)
                return ["period": period.text].merging(
                    estate.methodsLeft(of: period).first.map { ["method": $0] } ?? [:]
                ) { $1 }
            })
    ]

    /// Those of the last months, whose duties are watched.
    static func retainedIDs(in estate: Estate, _ window: RetentionWindow) -> [EntryID] {
        let first = Period(window.today).adding(-3)
        return estate.reconciliations.all.values.filter { $0.period >= first }.map(\.id.id)
    }
}
