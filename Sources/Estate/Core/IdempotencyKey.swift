import Journal

/// The key of an action that its sender may send again, not knowing whether it was recorded (幂等键).
///
/// An action with the key of one that the same member has recorded is not recorded: it is answered with the receipt of
/// that one. Its content must be the same, that is the action, the given fields and the given moment, else it is refused
/// (`key.reused`). Keys are known for 62 days on which anything was recorded; see ``ActionReceipts``.
///
/// The journal has digests only, that of the content over the key too: without a key that nobody guesses, such as a
/// form's, it does not tell which name or number was asked.
public struct IdempotencyKey: Hashable, Sendable {
    /// Chosen by the sender.
    public let text: String
    let digest: ShortDigest
    /// Of the key and what was asked.
    let content: ShortDigest

    /// The first 128 bits of a SHA-256.
    struct ShortDigest: Hashable, Sendable {
        let high, low: UInt64
    }

    /// The longest key, in bytes.
    private static let longest = 200

    /// - Parameters:
    ///   - text: 1 to 200 bytes.
    ///   - action: the action's name.
    ///   - members: the given fields; of an import, those of each row.
    ///   - moment: when it happened, if that was given.
    /// - Throws: ``Refusal`` `key.malformed`, cause `input`.
    public init(_ text: String, of action: String, _ members: [[String: JSONValue]], at moment: Moment? = nil) throws {
        guard (1...IdempotencyKey.longest).contains(text.utf8.count) else {
            throw Refusal.input(
                "key.malformed", "key 要有 1 至 \(IdempotencyKey.longest) 个字节",
                en: "a key has 1 to \(IdempotencyKey.longest) bytes")
        }
        self.text = text
        digest = IdempotencyKey.digest(of: text)
        var json = JSONWriter()
        json.openArray()
        json.string(text)
        json.string(action)
        if let moment { json.integer(Int(moment.milliseconds)) } else { json.null() }
        for members in members { json.canonical(.object(members)) }
        json.closeArray()
        content = ShortDigest(of: json.bytes)
    }

    static func digest(of text: String) -> ShortDigest { ShortDigest(of: Array(text.utf8)) }

    /// The `i` of a line: `["KEY","CONTENT","ANSWER","WARNING",…]`, the first two as digests.
    func line(_ id: EntryID, _ warnings: [String]) -> [UInt8] {
        var json = JSONWriter()
        json.openArray()
        json.string(digest.text)
        json.string(content.text)
        json.plain(id.bytes)
        for warning in warnings { json.string(warning) }
        json.closeArray()
        return json.bytes
    }
}

extension IdempotencyKey.ShortDigest {
    init(of bytes: [UInt8]) { self.init(bytes.withUnsafeBytes { Digest(of: $0) }.text.utf8.prefix(32)) }

    /// Decodes 32 hexadecimal digits; zeros for anything else.
    init(_ digits: some Sequence<UInt8>) {
        var words: (UInt64, UInt64) = (0, 0)
        for digit in digits {
            let value =
                switch digit {
                case UInt8(ascii: "0")...UInt8(ascii: "9"): digit &- UInt8(ascii: "0")
                case UInt8(ascii: "a")...UInt8(ascii: "f"): digit &- UInt8(ascii: "a") &+ 10
                default: UInt8(0)
                }
            words = (words.0 << 4 | words.1 >> 60, words.1 << 4 | UInt64(value))
        }
        (high, low) = words
    }

    /// 32 hexadecimal digits.
    var text: String {
        [high, low].map { word in
            let digits = String(word, radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
    }
}

extension JSONWriter {
    /// Writes what was asked in one form: keys in order, without what counts as not given, and numbers as the text that a
    /// command line would give.
    fileprivate mutating func canonical(_ value: JSONValue) {
        switch value {
        case .null: null()
        case .bool(let flag): string(flag ? "true" : "false")
        case .number(let digits): string(digits)
        case .string(let text): string(text)
        case .array(let elements):
            openArray()
            for element in elements { canonical(element) }
            closeArray()
        case .object(let members):
            openObject()
            for (name, member) in members.sorted(by: { $0.key < $1.key }) where member != .null && member != .string("")
            {
                key(named: name)
                canonical(member)
            }
            closeObject()
        }
    }
}
