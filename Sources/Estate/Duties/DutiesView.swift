import Handbook
import Journal

// The duties that come again at fixed times, of all features; see ``Feature/duties``.

extension Duties: Feature {
    static let chapters: [any Chapter.Type] = [Handbook.Duties.self]
    static let actions: [any Action.Type] = [FinishDuty.self]
    static let views: [any View.Type] = [DutiesView.self]
    static let duties = yearly

    static func isCovered(_ action: any Action, by window: RetentionWindow) -> Bool { false }
}

/// The dated instances of all duties, those of the next month included: done, late and missed ones stay.
public struct DutiesView: PlainView {
    public static let name = "duties"
    public static let label = Label("定期工作", en: "Duties")
    public static let timeKey: String? = "due"
    public static let looksAhead = true

    public static var columns: [ViewColumn<Self>] {
        Column("id") { $0.id }
        Column("duty", Label("工作", en: "Duty")) { DutyKind($0.rule.kind) }
        Column("subject", Label("事项", en: "About")) { $0.subject.subject }
        Column("role", Label("负责岗位", en: "Role")) { $0.rule.role }
        Column("opens", Label("开始提醒", en: "Told from")) { $0.opens }
        Column("due", Label("期限", en: "Due")) { $0.due }
        Column("state") { $0.state }
        Column("fact", Label("完成记录", en: "Done by")) { $0.done?.fact }
        Column("done", Label("完成", en: "Done")) { $0.done?.at }
        Column("note") { $0.note }
    }

    public init() {}

    public func subjects(in context: ViewContext) -> [Duty] {
        DutiesView.subjects(of: Estate.duties, in: context)
    }

    /// The instances of some rules.
    public static func subjects(of rules: [DutyRule], in context: ViewContext) -> [Duty] {
        context.estate.duties(through: context.day.adding(31), of: rules)
    }
}

extension ViewRow<DutiesView> {
    public var state: DutyState { subject.state(at: context.moment, in: context.zone) }
    /// Whether it is told later.
    public var isComing: Bool { subject.done == nil && !isWaiting && state == .open }
    /// Whether it waits to be done now.
    public var isWaiting: Bool {
        subject.done == nil && subject.opens <= Day(context.moment, in: context.zone) && state != .missed
    }
}

/// The kind of a duty; for people its label.
struct DutyKind: TextValue {
    let text: String

    init(_ text: String) { self.text = text }

    static var type: FieldType { .text }

    func display(zone: Zone, language: Language) -> String {
        Estate.duties.first { $0.kind == text }?.label[language] ?? text
    }
}
