import Journal

/// The renovations, what is due first before the others.
public struct RenovationsView: PlainView {
    public static let name = "renovations"
    public static let label = Label.renovation
    public static let timeKey: String? = "applied"

    public static var columns: [ViewColumn<Self>] {
        Column("id") { $0.id }
        Column("number", Label("登记号", en: "Number")) { $0.number }
        Column("unit") { $0.unit }
        Column("state") { $0.state }
        Column("papers", Label("资料齐", en: "Papers")) { $0.completed != nil }
        Column("due", Label("办妥期限", en: "Due")) { $0.due }
        Column("permitted", Label("可开工", en: "May begin")) { $0.permit?.at }
        Column("inTime", Label("按期", en: "In time")) { $0.inTime }
        Column("held", Label("已收押金", en: "Held")) { $0.held }.withheldAsMoney
        Column("refunded", Label("已退押金", en: "Refunded")) { $0.refunded }.withheldAsMoney
        Column("deducted", Label("已扣押金", en: "Deducted")) { $0.deducted }.withheldAsMoney
        Column("refundDue", Label("退押期限", en: "Refund due")) { $0.refundDue }.withheldAsMoney
        Column("applied", Label("申报", en: "Applied")) { $0.applied }
        Column("contractor", .contractor) { $0.contractor }
        Column("works", .works) { $0.works.text }
        Column("kinds", .renovationKinds) { $0.kinds }
        Column("applicant", .applicant) { $0.applicant }
        Column("until", .worksUntil) { $0.until }
        Column("consent", .consent) { $0.consent }
        Column("agreed", Label("协议工期", en: "Agreed")) { $0.agreed }
        Column("missing", Label("还缺", en: "Missing")) { $0.missing }
        Column("clock", Label("时限", en: "Clock")) { $0.clock }
        Column("flags", Label("注意", en: "Look at")) { $0.flags }
        Column("next", Label("最先到期", en: "Due first")) { $0.next }.withheldAsMoney
        Column("nextDue", Label("最先到期日", en: "Due first on")) { $0.nextDue?.day }.withheldAsMoney
        Column("passes", .passes) { $0.passes.count }
        Column("checks", Label("检查次数", en: "Checks")) { $0.checks.count }
        Column("violations", Label("违规数", en: "Violations")) { $0.violations.count }
        Column("finished", Label("完工", en: "Finished")) { $0.finished }
        Column("accepted", Label("检查合格", en: "Accepted")) { $0.accepted }
    }

    public init() {}

    public func subjects(in context: ViewContext) -> [RenovationCase] {
        let estate = context.estate
        let keyed = estate.renovations.all.values.map { renovation in
            (renovation, due: estate.nextDue(of: renovation)?.day ?? Day(number: .max), isOpen: renovation.isOpen)
        }
        // What is over comes last, the latest first.
        let open = keyed.filter(\.isOpen).sorted {
            ($0.due, $0.0.applied, $0.0.id.id) < ($1.due, $1.0.applied, $1.0.id.id)
        }
        let over = keyed.filter { !$0.isOpen }.sorted { ($0.0.applied, $0.0.id.id) > ($1.0.applied, $1.0.id.id) }
        return (open + over).map(\.0)
    }
}

extension ViewColumn {
    /// The same column, empty for who sees no money.
    fileprivate var withheldAsMoney: ViewColumn { withheld { _, reader in Fees.hiddenFrom.contains(reader) } }
}

/// The columns of a renovation, also for its reports.
extension ViewRow where V.Subject == RenovationCase {
    public var number: String { estate.number(of: subject) }
    public var due: Day? { estate.due(of: subject) }
    public var inTime: Bool? { estate.isInTime(subject, at: context.moment) }
    public var refundDue: Day? { estate.refundDue(of: subject) }
    public var clock: Label? { estate.clock(of: subject, at: context.moment) }
    public var flags: [RenovationFlag] { estate.flags(of: subject, at: context.moment) }
    public var missing: [Label] { estate.missing(of: subject) }
    /// Who signed the owner's consent, or that it was taken back.
    public var consent: Label? {
        subject.consents.last.map {
            $0.isWithdrawn
                ? Label("\($0.signer) 撤回", en: "\($0.signer) took it back") : Label($0.signer, en: $0.signer)
        }
    }
    /// `03-02 至 05-31`
    public var agreed: Label? {
        subject.agreement.map {
            Label("\($0.from.text) 至 \($0.to.text) \($0.hours)", en: "\($0.from.text) to \($0.to.text) \($0.hours)")
        }
    }
    public var nextDue: (day: Day, what: Label)? { estate.nextDue(of: subject) }
    public var next: Label? {
        nextDue.map { Label("\($0.day.short) \($0.what.chinese)", en: "\($0.day.short) \($0.what.english)") }
    }
    public var passes: [Pass] { estate.renovations.passes(of: subject) }
    public var violations: [Violation] { estate.renovations.violations(of: subject) }
}

extension Estate {
    /// What of a renovation is due first.
    public func nextDue(of renovation: RenovationCase) -> (day: Day, what: Label)? {
        var all: [(Day, Label)] = []
        if renovation.state == .papers, let due = due(of: renovation) {
            all.append((due, Label("办手续", en: "formalities")))
        }
        if renovation.state == .permitted, let until = renovation.until {
            all.append((until, Label("施工期满", en: "works end")))
        }
        for violation in renovations.violations(of: renovation) where violation.isToReport {
            if let due = reportDue(of: violation) {
                all.append((Day(due, in: zone), Label("报告违规", en: "report a violation")))
            }
        }
        if let due = refundDue(of: renovation) { all.append((due, Label("退押金", en: "refund the deposit"))) }
        return all.min { $0.0 < $1.0 }
    }
}

extension Label {
    static let passes = Label("出入证", en: "Passes")
}

/// The state of a violation.
public enum ViolationState: String, NamedChoice {
    case toReport, reported, obeyed

    public var label: Label {
        switch self {
        case .toReport: Label("待报告", en: "to be reported")
        case .reported: Label("已报告", en: "reported")
        case .obeyed: Label("已改正", en: "put right")
        }
    }
}

/// The violations that were found on sites.
public struct ViolationsView: PlainView {
    public static let name = "violations"
    public static let label = Label.violation
    public static let timeKey: String? = "at"

    public static var columns: [ViewColumn<Self>] {
        Column("id") { $0.id }
        Column("renovation", .renovation) { $0.renovation }
        Column("what", .violation) { $0.what }
        Column("obeyed", Label("改正", en: "Put right")) { $0.obeyed }
        Column("reported", Label("已报告", en: "Reported")) { $0.report?.at }
        Column("reportDue", Label("报告期限", en: "Report due")) { $0.reportDue }
        Column("unit") { $0.unit }
        Column("evidence", .evidence) { $0.evidence }
        Column("harmed", Label("已造成后果", en: "Harm done")) { $0.isHarmed }
        Column("ordered", Label("制止方式", en: "Told to stop")) { $0.ordered }
        Column("at") { $0.at }
        Column("by", Label("记录人", en: "By")) { $0.estate.staff.name(of: $0.by) }
        Column("to", Label("报给", en: "Reported to")) { $0.report?.to }
        Column("number", Label("受理号", en: "Their number")) { $0.report?.number }
        Column("state") { $0.state }
    }

    public init() {}

    public func subjects(in context: ViewContext) -> EntityTable<Violation>.Values {
        context.estate.renovations.violations.values
    }
}

extension ViewRow where V.Subject == Violation {
    public var unit: UnitCode? { estate.renovations.all[subject.renovation]?.unit }
    public var reportDue: Moment? { estate.reportDue(of: subject) }
    public var state: ViolationState {
        subject.report != nil ? .reported : subject.isToReport ? .toReport : .obeyed
    }
}

/// Whether works are possible by a registration.
public enum PermitState: String, NamedChoice {
    case valid, early, expired, ended

    public var label: Label {
        switch self {
        case .valid: Label("有效", en: "valid")
        case .early: Label("未到开工日", en: "not begun yet")
        case .expired: Label("已到期", en: "expired")
        case .ended: Label("已终止", en: "ended")
        }
    }
}

extension Estate {
    /// Whether works of a renovation are possible on a day; `nil` before they may begin.
    public func permitState(of renovation: RenovationCase, on day: Day) -> PermitState? {
        guard renovation.permit != nil else { return nil }
        switch renovation.state {
        case .accepted, .refunded, .withdrawn: return .ended
        default: break
        }
        if let until = renovation.until, until < day { return .expired }
        return renovation.agreement.map { $0.from > day } ?? false ? .early : .valid
    }
}

/// The registrations with which works may begin (施工证), each with its workers' passes.
public struct PermitsView: PlainView {
    public static let name = "permits"
    public static let label = Label("施工证", en: "Works")
    public static let timeKey: String? = "at"

    public static var columns: [ViewColumn<Self>] {
        Column("id") { $0.permit?.id }
        Column("renovation", .renovation) { $0.subject.id }
        Column("number", Label("编号", en: "Number")) { $0.number }
        Column("unit") { $0.unit }
        Column("at", Label("发证", en: "From")) { $0.permit?.at }
        Column("until", .worksUntil) { $0.until }
        Column("workers", Label("施工人员", en: "Workers")) { $0.workers }
        Column("state") { $0.permitState }
        Column("contractor", .contractor) { $0.contractor }
        Column("issue", Label("第几版", en: "Issue")) { $0.extensions.count + 1 }
    }

    public init() {}

    public func subjects(in context: ViewContext) -> [RenovationCase] {
        context.estate.renovations.all.values.filter { $0.permit != nil }
    }
}

extension ViewRow where V.Subject == RenovationCase {
    public var permitState: PermitState? { estate.permitState(of: subject, on: context.day) }
    /// The names of those with passes.
    public var workers: [String] { passes.map(\.name.text) }
}

/// The workers' passes.
public struct PassesView: PlainView {
    public static let name = "passes"
    public static let label = Label.passes
    public static let timeKey: String? = "at"

    public static var columns: [ViewColumn<Self>] {
        Column("id") { $0.id }
        Column("number", Label("编号", en: "Number")) { $0.number }
        Column("renovation", .renovation) { $0.renovation }
        Column("unit") { $0.unit }
        Column("name") { $0.subject.name }
        Column("trade", .trade) { $0.trade }
        Column("document") { $0.subject.document }
        Column("at") { $0.at }
        Column("until", .worksUntil) { $0.until }
        Column("issue", Label("第几版", en: "Issue")) { $0.issue }
        Column("state") { $0.state }
    }

    public init() {}

    public func subjects(in context: ViewContext) -> EntityTable<Pass>.Values {
        context.estate.renovations.passes.values
    }
}

extension ViewRow where V.Subject == Pass {
    public var renovationCase: RenovationCase? { estate.renovations.all[subject.renovation] }
    public var number: String { estate.number(of: subject) }
    public var unit: UnitCode? { renovationCase?.unit }
    public var until: Day? { renovationCase?.until }
    public var issue: Int? { renovationCase.map { $0.extensions.count { $0.at >= subject.at } + 1 } }
    public var state: PermitState? { renovationCase.flatMap { estate.permitState(of: $0, on: context.day) } }
}
