import Handbook

/// A part of the estate's work: its facts, actions, views and reports. One folder, one name, one entry in ``Estate/features``.
public protocol Feature: SendableMetatype {
    /// The chapters of the handbook that its rules are read from.
    static var chapters: [any Chapter.Type] { get }
    static var facts: [FactKind] { get }
    static var actions: [any Action.Type] { get }
    static var views: [any View.Type] { get }
    static var reports: [any Report.Type] { get }
}

extension Feature {
    public static var chapters: [any Chapter.Type] { [] }
    public static var facts: [FactKind] { [] }
    public static var actions: [any Action.Type] { [] }
    public static var views: [any View.Type] { [] }
    public static var reports: [any Report.Type] { [] }
}
