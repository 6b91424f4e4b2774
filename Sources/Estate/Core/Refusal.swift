/// Why an action or a question was not taken: nothing was recorded, and all that was typed is still there to be mended.
public struct Refusal: Error, Equatable, Sendable {
    public enum Cause: Sendable {
        /// What was typed cannot be read: a malformed date, an unknown field. Exit code 2.
        case input
        /// It can be read, but a rule of the estate or of the standards does not allow it. Exit code 3.
        case rule
    }

    public let cause: Cause
    /// Stable and in English, e.g. `unit.unknown`; scripts rely on it.
    public let code: String
    public let message: Label
    /// The action's field that the message is about, if it is about one.
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

    /// The same refusal, said of a field.
    public func about(_ field: String) -> Refusal {
        var refusal = self
        refusal.field = refusal.field ?? field
        return refusal
    }
}
