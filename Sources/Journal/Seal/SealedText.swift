import Foundation

/// The sealed particulars of a line, its `x`: the class, the month and the generation of the key, then the ciphertext.
///
///     ["visitors","2026-11",0,"vN9xO0…"]
public struct SealedText: Sendable {
    public let kind: String
    public let month: String
    public let generation: Int
    /// Base 64 of nonce, ciphertext and tag.
    let box: [UInt8]

    /// Reads the `x` of a line; `nil` for anything else.
    public init?(_ text: UnsafeRawBufferPointer) {
        var scanner = JSONScanner(text)
        let comma = UInt8(ascii: ",")
        guard scanner.take("["), let kind = try? scanner.string(), scanner.take(comma),
            let month = try? scanner.string(), scanner.take(comma), let generation = try? scanner.integer(),
            scanner.take(comma), let box = try? scanner.plain(), scanner.take("]"), scanner.isAtEnd, generation >= 0,
            KeyPlace.isKind(kind), KeyPlace.isMonth(month)
        else { return nil }
        (self.kind, self.month, self.generation, self.box) = (kind, month, generation, Array(box))
    }

    /// The key of a line that a node wrote.
    public func keyName(of node: String) -> KeyName {
        KeyName(KeyPlace(kind, month: month, node: node), generation: generation)
    }

    init(_ name: KeyName, _ box: Data) {
        (kind, month, generation) = (name.place.kind, name.place.month, name.generation)
        self.box = Array(box.base64EncodedString().utf8)
    }

    /// The `x` of a line.
    var text: [UInt8] {
        var json = JSONWriter()
        json.openArray()
        json.string(kind)
        json.string(month)
        json.integer(generation)
        json.plain(box)
        json.closeArray()
        return json.bytes
    }
}
