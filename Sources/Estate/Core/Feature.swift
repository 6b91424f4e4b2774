/// A part of the estate's work: its facts, actions, views and reports. One folder, one name, one entry in ``Estate/features``.
protocol Feature: SendableMetatype {
    static var facts: [FactKind] { get }
    static var actions: [any Action.Type] { get }
    static var views: [any View.Type] { get }
    static var reports: [any Report.Type] { get }
}

extension Feature {
    static var reports: [any Report.Type] { [] }
}
