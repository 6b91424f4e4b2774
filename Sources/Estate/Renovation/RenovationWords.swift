import Handbook
import Journal

extension Label {
    static let renovation = Label("装修", en: "Renovation")
    static let contractor = Label("施工单位", en: "Contractor")
    static let works = Label("装修内容", en: "Works")
    static let renovationKinds = Label("做什么", en: "Kinds of works")
    static let renovationPaper = Label("资料", en: "Paper")
    static let consent = Label("业主书面同意", en: "Owner's consent")
    static let applicant = Label("申请人", en: "Applicant")
    static let responsible = Label("现场负责人", en: "Responsible on the site")
    static let responsiblePhone = Label("负责人电话", en: "Their phone")
    static let deposit = Label("装修押金", en: "Deposit")
    static let renovationFee = Label("装修管理费", en: "Fee")
    static let worksUntil = Label("施工到", en: "Until")
    static let trade = Label("工种", en: "Trade")
    static let evidence = Label("照片或证据编号", en: "Evidence")
    static let workHours = Label("允许施工时间", en: "Hours")
    static let violation = Label("违规", en: "Violation")
}

/// Kinds of works that the handbook lists.
public enum RenovationKinds: WordList {
    public static func words(in estate: Estate) -> [Candidate] {
        estate.handbook.renovation.kinds.map { kind in
            Candidate(kind.name, detail: kind.papers.joined(separator: "、"))
        }
    }
}

/// The check points of the handbook.
public enum CheckPoints: WordList {
    public static func words(in estate: Estate) -> [Candidate] {
        estate.handbook.renovation.checkpoints.map { Candidate($0.name, detail: $0.text) }
    }
}

/// Trades of workers, as the handbook lists them.
public enum Trades: WordList {
    public static func words(in estate: Estate) -> [Candidate] {
        estate.handbook.renovation.trades.map { Candidate($0) }
    }
}

/// Whether the papers of an application are all there.
public enum PapersState: String, NamedChoice {
    case complete, incomplete

    public var label: Label {
        switch self {
        case .complete: Label("齐全", en: "complete")
        case .incomplete: Label("未齐", en: "incomplete")
        }
    }
}

/// The result of a check after the works.
public enum AcceptanceResult: String, NamedChoice {
    case passed, failed

    public var label: Label {
        switch self {
        case .passed: Label("合格", en: "passed")
        case .failed: Label("不合格，须整改", en: "failed")
        }
    }

    public var synonyms: [String] {
        switch self {
        case .passed: ["通过", "pass"]
        case .failed: ["不合格", "整改", "fail"]
        }
    }
}

/// An action about one renovation that is a fact as well: undone as long as nothing else is recorded of the renovation.
protocol RenovationFact: ActionFact {
    var renovation: Ref<RenovationCase> { get set }
}

extension RenovationFact {
    var subject: EntryID? { renovation.id }

    /// Refuses what is not possible in the renovation's state.
    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        _ = try estate.renovation(renovation, for: Self.self, plan)
    }
}

extension Action {
    /// The renovation that a form names; `nil` if it names none.
    static func renovation(in values: [String: String], of estate: Estate) -> RenovationCase? {
        (try? Ref<RenovationCase>(text: values["renovation"] ?? "", zone: estate.zone)).flatMap {
            estate.renovations.all[$0]
        }
    }
}
