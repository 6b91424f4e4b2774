import Estate
import Screen

/// What is done next with a renovation, by its state.
enum RenovationStep {
    case papers, consent, permit, check, accept, refund

    /// `nil` if the renovation is over.
    init?(of row: RenovationList.Row) {
        guard row.isOpen else { return nil }
        self =
            switch row.state {
            case .applied: .papers
            case .papers: row.lacksConsent == nil ? .permit : .consent
            case .permitted: .check
            case .finished, .rectifying: .accept
            case .accepted, .withdrawn, .refunded: .refund
            }
    }

    /// The action that it leads to.
    var action: any Action.Type {
        switch self {
        case .papers: DeliverPaper.self
        case .consent: ConsentRenovation.self
        case .permit: PermitRenovation.self
        case .check: CheckRenovation.self
        case .accept: AcceptRenovation.self
        case .refund: RefundDeposit.self
        }
    }
}

extension ViewRow where V.Subject == RenovationCase {
    /// The flag that stands for a missing consent of the owner; `nil` if it is there or not needed.
    var lacksConsent: RenovationFlag? {
        flags.first { [.ownerChanged, .consentWithdrawn, .noConsent].contains($0) }
    }
}

extension RenovationList {
    /// What is next in words, the violations to be reported before it: `缺：房产证、告知书`, `还有 1 个工作日`, `退押金逾期 2 天`.
    static func next(of row: Row, _ context: Context) -> [Span] {
        let flags = row.flags
        var words: [(Label, Style)] = []
        if flags.contains(.violation) { words.append((Label("违规未报", en: "violation to report"), .danger)) }
        // While papers are missing, the consent is one of them.
        if let flag = row.lacksConsent, row.state != .applied || flag != .noConsent {
            words.append((flag.label, .danger))
        }
        if flags.contains(.tenantLeft) { words.append((RenovationFlag.tenantLeft.label, .warning)) }
        if words.isEmpty || row.state != .papers { words.append(step(of: row, context)) }
        return Array(
            words.map { [Span(context($0.0), $0.1)] }.joined(separator: [Span(" · ", .faint)]))
    }

    private static func step(of row: Row, _ context: Context) -> (Label, Style) {
        switch row.state {
        case .applied: return (missing(row.subject.missingPapers), .warning)
        case .papers: return clock(of: row, context)
        case .permitted: return works(of: row, context)
        case .finished:
            let days = row.finished.map { context.today.days(since: Day($0, in: context.view.zone)) } ?? 0
            return days > 0
                ? (Label("待完工检查，等了 \(days) 天", en: "to be checked for \(days) days"), .warning)
                : (Label("待完工检查", en: "to be checked"), .warning)
        case .rectifying: return (Label("整改后复查", en: "to be checked again"), .warning)
        case .accepted, .withdrawn, .refunded:
            guard row.isOpen, let due = row.refundDue else { return (over(row), .muted) }
            return refund(due, context)
        }
    }

    /// `缺：房产证、告知书`; of many the first ones and how many there are.
    private static func missing(_ papers: [String]) -> Label {
        let names = papers.map(\.beforeBracket)
        let count = names.count > 2 ? " \(names.count) 样" : ""
        return Label(
            "缺\(count)：\(names.joined(separator: "、"))",
            en: "\(names.count) papers missing: \(names.joined(separator: ", "))")
    }

    private static func clock(of row: Row, _ context: Context) -> (Label, Style) {
        if row.isSimple { return (Label("小项，待登记", en: "to be registered"), .info) }
        guard let due = row.due, let clock = row.clock else {
            return (RenovationFlag.dueUnknown.label, .warning)
        }
        // Without the explanation, which the details have.
        let words = Label(
            String(clock.chinese.prefix { $0 != "：" }), en: String(clock.english.prefix { $0 != ":" }))
        let days = due.days(since: context.today)
        return (words, days < 0 ? .danger : days == 0 ? .warning : .info)
    }

    private static func works(of row: Row, _ context: Context) -> (Label, Style) {
        guard let until = row.until else { return (Label("施工中", en: "at work"), .good) }
        if let from = row.agreement?.from, from > context.today {
            return (Label("\(from.short) 开工", en: "begins on \(from.short)"), .muted)
        }
        let days = until.days(since: context.today)
        switch days {
        case ..<0: return (Label("施工期过了 \(-days) 天", en: "\(-days) days beyond the agreed end"), .danger)
        case 0: return (Label("施工期今天到", en: "works end today"), .warning)
        case 1...3: return (Label("施工期还有 \(days) 天", en: "works end in \(days) days"), .warning)
        default: return (Label("施工中，还有 \(days) 天", en: "at work, \(days) days left"), .good)
        }
    }

    private static func refund(_ due: Day, _ context: Context) -> (Label, Style) {
        // A guard sees no money.
        if !context.seesDeposits { return (Label("待结清", en: "to be settled"), .muted) }
        let days = due.days(since: context.today)
        switch days {
        case ..<0: return (Label("退押金逾期 \(-days) 天", en: "refund \(-days) days late"), .danger)
        case 0: return (Label("今天退押金", en: "refund due today"), .warning)
        default: return (Label("\(due.short) 前退押金", en: "refund by \(due.short)"), .info)
        }
    }

    private static func over(_ row: Row) -> Label {
        if let withdrawn = row.withdrawn { return Label(withdrawn.why, en: withdrawn.why) }
        return Label("已了结", en: "over")
    }
}

extension String {
    /// The name of a paper without its remark: `业主身份证明（看原件，不留全号）` is `业主身份证明`.
    var beforeBracket: String { String(prefix { $0 != "（" }) }
}
