import Journal

/// A quantity of goods in thousandths of their unit.
public struct StockQuantity: DecimalValue {
    public let scaled: Int
    public init(scaled: Int) { self.scaled = scaled }
    public static let places = 3
    public static let writtenPlaces = 0
    public static let label = Label("数量", en: "quantity")
    public static let units: [String] = []

    static let zero = StockQuantity(scaled: 0)

    /// The sum of quantities of several records, in thousandths; the greatest that there is if it is more.
    static func sum(of parts: some Sequence<Int>) -> StockQuantity {
        StockQuantity(scaled: Int(clamping: parts.reduce(Int128.zero) { $0 + Int128($1) }))
    }

    /// The quantity itself. Throws ``Refusal`` `stock.zero` unless it is above zero.
    func positive(_ field: String = "qty") throws -> StockQuantity {
        if scaled == 0 {
            throw Refusal(.input, "stock.zero", "数量必须大于零", en: "a quantity must be above zero", field: field)
        }
        return self
    }
}

/// A difference of quantities, which may be below zero.
public struct SignedQuantity: Hashable, Sendable, FieldValue {
    public let scaled: Int

    public init(scaled: Int) { self.scaled = scaled }

    public static var type: FieldType { .decimal }
    public static var placeholder: SignedQuantity { SignedQuantity(scaled: 0) }

    /// As ``StockQuantity`` is read, with a sign before it. Throws ``Refusal`` with cause `input`.
    public init(text: String, zone: Zone) throws {
        let plain = text.plain
        let isNegative = plain.hasPrefix("-")
        let digits = isNegative || plain.hasPrefix("+") ? String(plain.dropFirst()) : plain
        let value = try StockQuantity(text: digits, zone: zone).scaled
        scaled = isNegative ? -value : value
    }

    /// `-0.5`
    public var text: String { (scaled < 0 ? "-" : "") + StockQuantity(scaled: abs(scaled)).text }

    /// `+2` or `-0.5`
    public var signed: String { scaled > 0 ? "+\(text)" : text }

    public func text(zone: Zone) -> String { text }
}

extension Rate {
    /// What a unit costs of a quantity above zero, in thousandths, that is worth so many fen.
    init(worth fen: Int128, quantity: Int) {
        self.init(scaled: Int(clamping: fen).share(Rate.scale / 100 * StockQuantity.scale, of: quantity))
    }

    /// What a quantity costs; `nil` if it is more than any amount may be.
    public func cost(of quantity: StockQuantity) -> Money? { value(of: quantity).map { Money(fen: $0) } }

    /// The price of a quantity in fen, rounded half up once; `nil` if it is more than any amount may be.
    func value(of quantity: StockQuantity) -> Int? {
        let units = Int128(StockQuantity.scale) * Int128(Rate.scale) / 100
        let fen = (Int128(quantity.scaled) * Int128(scaled) * 2 + units) / (units * 2)
        return fen > Money.greatest.fen ? nil : Int(fen)
    }
}
