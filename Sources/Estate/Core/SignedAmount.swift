import Journal

/// An amount that may be below zero: a difference, a sum of money in and out, a line of a bank statement.
public struct SignedAmount: Hashable, Sendable {
    public let money: Money

    public init(_ money: Money) { self.money = money }

    static let zero = SignedAmount(.zero)
}

extension SignedAmount: FieldValue {
    public static var type: FieldType { .amount }
    public static var placeholder: SignedAmount { .zero }

    /// As ``Money`` is read, with a sign before it: `-12.50`, `+12.50`, `¥-12.50`. Throws ``Refusal`` with cause `input`.
    public init(text: String, zone: Zone) throws {
        let plain = text.plain
        guard let sign = plain.firstIndex(where: { "+-".contains($0) }),
            plain[..<sign].allSatisfy({ "¥￥".contains($0) })
        else {
            self.init(try Money(text: plain, zone: zone))
            return
        }
        let amount = try Money(text: String(plain[plain.index(after: sign)...]), zone: zone)
        self.init(plain[sign] == "-" ? Money.zero - amount : amount)
    }

    public init(scanning scanner: inout JSONScanner, zone: Zone) throws {
        self.init(try Money(scanning: &scanner, zone: zone))
    }

    public func text(zone: Zone) -> String { money.text }
    public func display(zone: Zone, language: Language) -> String { money.grouped }
    public func write(to json: inout JSONWriter, zone: Zone) { money.write(to: &json, zone: zone) }
}
