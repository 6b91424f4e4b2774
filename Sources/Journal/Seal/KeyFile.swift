import Crypto
import Foundation

/// The content of a file in `keys/`: the key of a month, or what is left of one after a part of it was ended.
///
///     {"key":"BASE64"}                    32 random bytes
///     {"id":"01M83Q…","key":"BASE64"}     one line for each record that is not ended
enum KeyFile: Equatable {
    case month(MonthKey)
    case records([EntryID: SymmetricKey])

    /// The line that a key and its ciphertext are bound to.
    struct Record {
        let id: EntryID
        /// `["desk","01M83Q…","visitor.arrived"]`: what a key is derived for, and what is authenticated.
        let context: [UInt8]

        init(node: String, id: EntryID, kind: String) {
            var json = JSONWriter()
            json.openArray()
            json.string(node)
            json.plain(id.bytes)
            json.string(kind)
            json.closeArray()
            (self.id, context) = (id, json.bytes)
        }
    }

    /// Reads a file; `nil` for anything else.
    init?(_ text: [UInt8]) {
        var records: [EntryID: SymmetricKey] = [:]
        var month: SymmetricKey?
        for line in text.split(separator: 0x0A) {
            guard let json = try? JSONValue(parsing: String(decoding: line, as: UTF8.self)),
                case .object(let members) = json, let digits = members.string("key"),
                let bytes = Data(base64Encoded: digits), bytes.count == 32
            else { return nil }
            if let id = members.string("id") {
                guard let id = EntryID(id) else { return nil }
                records[id] = SymmetricKey(data: bytes)
            } else {
                month = SymmetricKey(data: bytes)
            }
        }
        if let month, records.isEmpty {
            self = .month(MonthKey(month))
        } else if month == nil, !records.isEmpty {
            self = .records(records)
        } else {
            return nil
        }
    }

    var text: [UInt8] {
        switch self {
        case .month(let key): KeyFile.line(nil, key.key)
        case .records(let keys):
            keys.sorted { $0.key < $1.key }.flatMap { KeyFile.line($0.key, $0.value) }
        }
    }

    private static func line(_ id: EntryID?, _ key: SymmetricKey) -> [UInt8] {
        var json = JSONWriter()
        json.openObject()
        if let id {
            json.key("id")
            json.plain(id.bytes)
        }
        json.key("key")
        json.plain(key.withUnsafeBytes { Data($0) }.base64EncodedString())
        json.closeObject()
        return json.bytes + [UInt8(ascii: "\n")]
    }

    /// The key of one record (HKDF); `nil` if it was ended.
    func key(of record: Record) -> SymmetricKey? {
        switch self {
        case .month(let key): key.derived(for: record)
        case .records(let keys): keys[record.id]
        }
    }
}

/// The key of a month, from which those of its records are derived (HKDF).
struct MonthKey: Equatable {
    let key: SymmetricKey
    /// What is the same for all records: the extraction, and HMAC keyed with its result.
    private let keyed: HMAC<SHA256>

    init(_ key: SymmetricKey) {
        self.key = key
        let extracted = HKDF<SHA256>.extract(inputKeyMaterial: key, salt: [UInt8]())
        keyed = HMAC(key: SymmetricKey(data: extracted))
    }

    static func == (one: MonthKey, other: MonthKey) -> Bool { one.key == other.key }

    /// The expansion to 32 bytes, which are HMAC's first block (RFC 5869, 2.3). The library's own keys HMAC each time.
    func derived(for record: KeyFile.Record) -> SymmetricKey {
        var code = keyed
        code.update(data: record.context)
        code.update(data: [1] as [UInt8])
        return SymmetricKey(data: code.finalize())
    }
}
