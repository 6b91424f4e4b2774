import Journal

/// A question to the estate; its own fields are the parameters, and its rows are records.
///
/// Panes, `frontdesk show` and reports read the same views.
public protocol View: Record, SendableMetatype {
    associatedtype Row: Record
    /// As scripts name it, e.g. `followups`.
    static var name: String { get }
    static var label: Label { get }
    /// The row's field that `from` and `to` filter by.
    static var timeKey: String? { get }
    /// Whether its rows come of more than today's work needs.
    static var needsHistory: Bool { get }
    /// What the lines of the journal name of which its rows are made, empty for all lines; `nil` for rows that follow from the
    /// state.
    func names(in estate: Estate) throws -> [String]?
    /// The rows as of a moment. Throws ``Refusal``.
    func rows(of estate: Estate, at moment: Moment) throws -> [Row]
}

extension View {
    public static var timeKey: String? { nil }
    public static var needsHistory: Bool { true }
    public func names(in estate: Estate) throws -> [String]? { nil }
}

/// A parameter list without parameters.
public protocol PlainView: View {}

extension PlainView {
    public mutating func fields(_ visitor: inout some FieldVisitor) throws {}
}
