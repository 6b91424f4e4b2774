import Journal

/// The code (恢复码) by which a manager sets a PIN when those of all managers are forgotten or lost.
///
/// Made with the first manager's PIN, shown once, and used once. 20 signs of 5 random bits each: nobody can guess it, so
/// the journal holds its plain SHA-256, which outlives the folder of the PINs.
public struct RecoveryCode: Equatable, Sendable {
    private let signs: [UInt8]

    /// Digits and capitals without those that look alike: I, L, O and U.
    private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)
    private static let length = 20

    /// A new code.
    init() {
        var source = SystemRandomNumberGenerator()
        signs = (0..<RecoveryCode.length).map { _ in
            RecoveryCode.alphabet[Int.random(in: 0..<RecoveryCode.alphabet.count, using: &source)]
        }
    }

    /// Reads the code as a person types it: small letters, any dashes and blanks, O for 0, I and L for 1.
    ///
    /// Throws ``Refusal`` `staff.codeMalformed`.
    public init(typed text: String) throws {
        let letters = text.halfwidth.uppercased().filter { $0.isLetter || $0.isNumber }
        signs = letters.utf8.map { byte in
            switch byte {
            case UInt8(ascii: "O"): UInt8(ascii: "0")
            case UInt8(ascii: "I"), UInt8(ascii: "L"): UInt8(ascii: "1")
            default: byte
            }
        }
        guard signs.count == RecoveryCode.length, signs.allSatisfy(RecoveryCode.alphabet.contains) else {
            throw Refusal.input(
                "staff.codeMalformed", "恢复码是 20 个字母和数字，如 K7QF-2M9X-…",
                en: "a recovery code has 20 letters and digits, such as K7QF-2M9X-…")
        }
    }

    /// In groups of four, to be written down: `K7QF-2M9X-0T4B-WD83-HZ5N`.
    public var text: String {
        stride(from: 0, to: signs.count, by: 4)
            .map { String(decoding: signs[$0..<min($0 + 4, signs.count)], as: UTF8.self) }.joined(separator: "-")
    }

    /// The hash that the journal holds, in hexadecimal.
    var digest: String {
        (Array("frontdesk recovery ".utf8) + signs).withUnsafeBytes { Digest(of: $0).text }
    }
}
