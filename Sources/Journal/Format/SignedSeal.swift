/// A line of a log, named by its whole hash and signed (Ed25519) with a key that lies elsewhere: who may write all of a
/// data folder can make another history, and no signed seal that fits it.
///
///     1234:3f2a91bc…:a8c05e11…          number, 64 digits of the line's hash, 128 of the signature
///     gate:1234:3f2a91bc…:a8c05e11…     the same with the node's name
public struct SignedSeal: Equatable, Sendable {
    public let seal: HeadSeal
    private let signature: [UInt8]

    /// The bytes of a signature.
    private static let length = 64

    init(_ seal: HeadSeal, signature: [UInt8]) { (self.seal, self.signature) = (seal, signature) }

    /// Reads ``text``; `nil` for anything else, among it a signed seal that was cut off.
    public init?(_ text: String) {
        guard let colon = text.lastIndex(of: ":"), let seal = HeadSeal(String(text[..<colon])), seal.isWhole,
            let signature = [UInt8](hexadecimal: text[text.index(after: colon)...]),
            signature.count == SignedSeal.length
        else { return nil }
        self.init(seal, signature: signature)
    }

    public var text: String { "\(seal.wholeText):\(signature.hexadecimal)" }

    /// Whether it was made with the key of a public key, and not changed since.
    public func isSigned(by key: SealPublicKey) -> Bool { key.fits(signature, of: SignedSeal.message(of: seal)) }

    /// What is signed: nothing else that the key may sign begins like that.
    static func message(of seal: HeadSeal) -> [UInt8] { Array("frontdesk seal 1\n\(seal.wholeText)".utf8) }
}

extension [UInt8] {
    /// Decodes hexadecimal digits, two for each byte; `nil` for anything else.
    init?(hexadecimal text: Substring) {
        let digits = text.utf8.map { Character(Unicode.Scalar($0)).isASCII ? Character(Unicode.Scalar($0)) : "?" }
        guard digits.count % 2 == 0, digits.allSatisfy(\.isHexDigit) else { return nil }
        self = stride(from: 0, to: digits.count, by: 2).compactMap {
            UInt8(String(digits[$0...($0 + 1)]), radix: 16)
        }
    }

    /// Two digits for each byte.
    var hexadecimal: String {
        reduce(into: "") { text, byte in
            text += String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
        }
    }
}
