import Journal

/// The number of a call, as a telephone system shows it.
///
/// It is read as any telephone number. Digits that are none are accepted all the same: a ring is never refused for what
/// the network sends as the caller's number.
public struct CallerNumber: FieldValue, Hashable {
    public let phone: Phone

    public init(_ phone: Phone) { self.phone = phone }

    public static var type: FieldType { .phone }
    public static var placeholder: CallerNumber { CallerNumber(.placeholder) }
    public static func isNothing(_ text: String) -> Bool { Phone.isNothing(text) }

    /// Throws ``Refusal`` with cause `input` for what has more than the signs of a number, or not 3 to 15 digits.
    public init(text: String, zone: Zone) throws {
        do { phone = try Phone(dialled: text) } catch {
            guard let shown = Phone(shown: text) else { throw error }
            phone = shown
        }
    }

    /// Whether it is a number that can be dialled.
    var isUsual: Bool { (try? Phone(dialled: phone.text)) != nil }

    public func text(zone: Zone) -> String { phone.text }
    public func words(in estate: Estate, _ language: Language) -> String { phone.masked }

    public init(scanning scanner: inout JSONScanner, zone: Zone) throws {
        phone = try Phone(scanning: &scanner, zone: zone)
    }
}
