import Handbook
import Journal

/// One renovation of a unit (装修), from the application to the settled deposit.
public struct RenovationCase: Entity, Sendable {
    public static let entity = "renovation"
    public static let label = Label("装修", en: "renovation")
    public let id: Ref<RenovationCase>
    public internal(set) var unit: UnitCode
    /// What was applied for.
    public let works: Works
    public let applied: Moment
    public let by: String
    /// Counts the applications of a year and node.
    let serial: Int
    /// The node that recorded the application, as an index into ``Nodes/all``.
    let node: Int
    public internal(set) var state = RenovationState.applied
    /// When it came to this state.
    var changed: Moment
    /// The papers that are there, of those that are required.
    public internal(set) var delivered: [String] = []
    /// When the papers were complete: the clock starts.
    public internal(set) var completed: Moment?
    /// The owner's written consents and their withdrawals, in order.
    public internal(set) var consents: [Consent] = []
    public internal(set) var notice: Notice?
    /// When the neighbours were told.
    public internal(set) var neighbours: Moment?
    public internal(set) var agreement: Agreement?
    public internal(set) var permit: Permit?
    /// The last day of works.
    public internal(set) var until: Day?
    public internal(set) var extensions: [Extension] = []
    public internal(set) var passes: [Ref<Pass>] = []
    public internal(set) var checks: [Check] = []
    public internal(set) var violations: [Ref<Violation>] = []
    public internal(set) var finished: Moment?
    public internal(set) var acceptances: [Acceptance] = []
    public internal(set) var accepted: Moment?
    public internal(set) var deductions: [Deduction] = []
    public internal(set) var refunds: [DepositRefund] = []
    public internal(set) var withdrawn: Withdrawal?

    /// What is planned, and by whom.
    public struct Works: Sendable {
        public let contractor: String
        public let text: String
        /// The kinds of the handbook.
        public let kinds: [String]
        public let applicant: RenovationApplicant
        /// The papers that were required when it was applied for.
        public let papers: [String]
        /// A small matter: registered simply, without deposit and without the two days.
        public let isSimple: Bool
        /// Who is responsible on the site, and their number.
        public let responsible: Particular<String?>
        public let phone: Particular<Phone?>
    }

    public struct Consent: Sendable {
        public let signer: String
        public let at: Moment
        public let isWithdrawn: Bool
    }

    /// The notice of what is forbidden, signed by the decorator and the contractor.
    public struct Notice: Sendable {
        public let decorator: String
        public let contractor: String
        public let at: Moment
    }

    public struct Agreement: Sendable {
        public let from: Day
        public let to: Day
        public let hours: String
        public let at: Moment
    }

    /// The registration with which works may begin, and the deposit that was collected.
    public struct Permit: Sendable {
        public let id: Ref<JournalEntry>
        public let at: Moment
        public let by: String
        public let deposit: Money
        public let fee: Money
        public let method: String?
        /// The number of the deposit's receipt, of its node; 0 if nothing was collected.
        public let receipt: Int
        /// The day on which it was due by the calendar and rule of its time.
        public let due: Day?
        public let bill: Ref<Bill>?
        /// The node that holds the deposit, as an index into ``Nodes/all``.
        let node: Int
    }

    public struct Extension: Sendable {
        public let until: Day
        public let former: Day
        public let why: String
        public let at: Moment
    }

    /// A check on the site (现场检查).
    public struct Check: Sendable {
        public let stage: String?
        public let note: String
        public let at: Moment
        public let by: String
    }

    public struct Acceptance: Sendable {
        public let result: AcceptanceResult
        public let note: String?
        public let at: Moment
        public let by: String
    }

    /// An item that is kept back from the deposit.
    public struct Deduction: Sendable {
        public let id: Ref<JournalEntry>
        public let amount: Money
        public let why: String
        public let evidence: String?
        public let signer: String?
        public let at: Moment
        /// The day by which the deposit was to be settled, by the rule of its time.
        let due: Day?
    }

    public struct DepositRefund: Sendable {
        public let id: Ref<JournalEntry>
        public let amount: Money
        public let method: String?
        public let at: Moment
        public let by: String
        let due: Day?
    }

    public struct Withdrawal: Sendable {
        public let why: String
        public let at: Moment
    }
}

extension RenovationCase {
    public var contractor: String { works.contractor }
    public var kinds: [String] { works.kinds }
    public var applicant: RenovationApplicant { works.applicant }
    public var isSimple: Bool { works.isSimple }

    /// The papers that are still to come.
    public var missingPapers: [String] { state == .applied ? works.papers.filter { !delivered.contains($0) } : [] }

    /// What of the deposit was collected, went back, was kept, and is still held.
    public var held: Money { permit?.deposit ?? .zero }
    public var refunded: Money { refunds.reduce(.zero) { $0 + $1.amount } }
    public var deducted: Money { deductions.reduce(.zero) { $0 + $1.amount } }
    public var balance: Money { held - refunded - deducted }

    /// Whether a signed consent of the owner stands.
    public var hasConsent: Bool { consents.last.map { !$0.isWithdrawn } ?? false }

    /// Whether nothing is left to be done.
    public var isOpen: Bool {
        switch state {
        case .refunded: false
        case .accepted, .withdrawn: balance > .zero
        case .applied, .papers, .permitted, .finished, .rectifying: true
        }
    }

    /// When it ended, if it has.
    var ended: Moment? { isOpen ? nil : changed }
}

extension RenovationCase {
    /// Open ones first, the latest first.
    public static func candidates(in estate: Estate) -> [Candidate] {
        let latest = estate.renovations.all.values.suffix(400).reversed()
        return (latest.filter(\.isOpen) + latest.filter { !$0.isOpen }).map {
            Candidate(
                $0.id.id.text, text: $0.words(in: estate),
                detail: Label(
                    "\($0.state.label.chinese) \($0.contractor)", en: "\($0.state.label.english) \($0.contractor)"))
        }
    }

    public static func known(_ id: Ref<RenovationCase>, in estate: Estate) -> RenovationCase? {
        estate.renovations.all[id]
    }

    public func words(in estate: Estate) -> String { "\(unit.text) 装修" }
}

/// A worker's pass (出入证). It is valid as long as works are.
public struct Pass: Entity, Sendable {
    public static let entity = "pass"
    public static let label = Label("出入证", en: "pass")
    public static let isSubject = false
    public let id: Ref<Pass>
    public let renovation: Ref<RenovationCase>
    public let name: Particular<String>
    public let trade: String?
    public let document: Particular<String?>
    public let at: Moment
    /// Counts the passes of the renovation.
    let serial: Int

    public static func candidates(in estate: Estate) -> [Candidate] {
        estate.renovations.passes.values.suffix(200).reversed().map {
            Candidate($0.id.id.text, text: $0.words(in: estate))
        }
    }

    public static func known(_ id: Ref<Pass>, in estate: Estate) -> Pass? { estate.renovations.passes[id] }

    public func words(in estate: Estate) -> String {
        [estate.renovations.all[renovation]?.unit.text ?? "", name.text].joined(separator: " ")
    }
}

/// A violation (违规) found on a site.
public struct Violation: Entity, Sendable {
    public static let entity = "violation"
    public static let label = Label("违规", en: "violation")
    public static let isSubject = false
    public let id: Ref<Violation>
    public let renovation: Ref<RenovationCase>
    public let what: String
    public let evidence: String?
    /// Whether the harm is done: it is reported even if they obey.
    public let isHarmed: Bool
    /// Whether they were told to stop, in whatever words.
    public let ordered: String?
    public let at: Moment
    public let by: String
    public internal(set) var obeyed: Moment?
    public internal(set) var report: Report?

    /// The report to an authority.
    public struct Report: Sendable {
        public let id: Ref<JournalEntry>
        public let to: String
        public let number: String?
        public let at: Moment
        /// When it was due by the rule of its time.
        let due: Moment?
    }

    /// Whether it is still to be reported.
    public var isToReport: Bool { report == nil && (isHarmed || obeyed == nil) }

    /// Those to be reported first, the latest first.
    public static func candidates(in estate: Estate) -> [Candidate] {
        let latest = estate.renovations.violations.values.suffix(200).reversed()
        return (latest.filter(\.isToReport) + latest.filter { !$0.isToReport }).map {
            Candidate($0.id.id.text, text: $0.words(in: estate))
        }
    }

    public static func known(_ id: Ref<Violation>, in estate: Estate) -> Violation? {
        estate.renovations.violations[id]
    }

    public func words(in estate: Estate) -> String {
        "\(estate.renovations.all[renovation]?.unit.text ?? "") \(what)"
    }
}
