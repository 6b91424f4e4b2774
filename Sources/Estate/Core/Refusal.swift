/// The reason for which an action or a query was refused. Nothing was recorded.
public struct Refusal: Error, Equatable, Sendable {
    public enum Cause: Sendable {
        /// The input cannot be read, e.g. a malformed date or an unknown field. Exit code 2.
        case input
        /// The input can be read, but a rule of the estate or of the standards forbids it. Exit code 3.
        case rule
    }

    public let cause: Cause
    /// A stable English code, which scripts rely on, e.g. `unit.unknown`.
    public let code: String
    public let message: Label
    /// The key of the field that caused it, if one did.
    public var field: String?

    public init(_ cause: Cause, _ code: String, _ chinese: String, en english: String, field: String? = nil) {
        self.cause = cause
        self.code = code
        message = Label(chinese, en: english)
        self.field = field
    }

    public static func input(_ code: String, _ chinese: String, en english: String) -> Refusal {
        Refusal(.input, code, chinese, en: english)
    }

    public static func rule(_ code: String, _ chinese: String, en english: String) -> Refusal {
        Refusal(.rule, code, chinese, en: english)
    }

    /// `node.owner`: something that belongs to one node was to be done on another. Stock, deposits and the reconciliation of a
    /// month belong to one. The words name the node.
    static func ofOwner(_ chinese: String, en english: String) -> Refusal { .rule("node.owner", chinese, en: english) }

    /// The same refusal with this field, unless it has one.
    public func about(_ field: String) -> Refusal {
        var refusal = self
        refusal.field = refusal.field ?? field
        return refusal
    }
}
