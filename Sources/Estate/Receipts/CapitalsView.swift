import Journal

/// An amount in capitals (大写), as documents write it out.
public struct CapitalsView: View {
    public static let name = "capitals"
    public static let label = Label.capitals
    public static let changesWithTime = false
    var amount = Money.zero

    public static var columns: [ViewColumn<Self>] { Column("text", .capitals) { $0.writtenOut } }

    public init() {}

    public mutating func fields(_ visitor: inout some FieldVisitor) throws { try visitor.field("amount", &amount) }

    public static func isCovered(_ filters: [String: String], by window: RetentionWindow) -> Bool { true }

    public func subjects(in context: ViewContext) -> [Money] { [amount] }
}

extension Label {
    static let capitals = Label("大写", en: "In capitals")
}
