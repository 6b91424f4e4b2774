import Journal

/// An amount in capitals (大写), as documents write it out.
public struct CapitalsView: View {
    public static let name = "capitals"
    public static let label = Label.capitals
    public static let changesWithTime = false
    var amount = WrittenAmount.placeholder

    public static var columns: [ViewColumn<Self>] { Column("text", .capitals) { $0.writtenOut } }

    public init() {}

    public mutating func fields(_ visitor: inout some FieldVisitor) throws { try visitor.field("amount", &amount) }

    public static func isCovered(_ filters: [String: String], by window: RetentionWindow) -> Bool { true }

    public func subjects(in context: ViewContext) -> [Money] { [amount.money] }
}

/// An amount up to a million million yuan (10¹²), more than any that is recorded.
struct WrittenAmount: FieldValue {
    let money: Money

    static var type: FieldType { .amount }
    static var placeholder: WrittenAmount { WrittenAmount(money: .zero) }

    private init(money: Money) { self.money = money }

    init(text: String, zone: Zone) throws {
        money = try Money(text: text, digits: 13)
        if money.fen > 100_000_000_000_000 {
            throw Refusal.input(
                "amount.malformed", "大写最多写到 1,000,000,000,000.00 元", en: "amounts are written out up to 10¹² yuan")
        }
    }

    func text(zone: Zone) -> String { money.text }
}

extension Label {
    static let capitals = Label("大写", en: "In capitals")
}
