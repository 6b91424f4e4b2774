/// What one key seals: the particulars of a class that one node records in a month.
public struct KeyPlace: Hashable, Comparable, Sendable {
    /// Letters only, e.g. `visitors`; opaque to the journal.
    public let kind: String
    /// `2026-11`.
    public let month: String
    public let node: String

    public init(_ kind: String, month: String, node: String) {
        (self.kind, self.month, self.node) = (kind, month, node)
    }

    // By bytes: both are asked for each sealed line of a journal.

    static func isKind(_ text: some StringProtocol) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0 | 0x20) }
    }

    static func isMonth(_ text: some StringProtocol) -> Bool {
        text.utf8.count == 7
            && text.utf8.enumerated().allSatisfy { place, byte in
                place == 4 ? byte == UInt8(ascii: "-") : (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            }
    }

    public static func < (a: KeyPlace, b: KeyPlace) -> Bool {
        (a.kind, a.month, a.node) < (b.kind, b.month, b.node)
    }
}

/// The name of a key. What is recorded after a part of it was ended has the next generation.
public struct KeyName: Hashable, Comparable, Sendable {
    public let place: KeyPlace
    /// From 0.
    public let generation: Int

    public init(_ place: KeyPlace, generation: Int) { (self.place, self.generation) = (place, generation) }

    /// The name of its file: `visitors.2026-11.desk.0`.
    var file: String { "\(place.kind).\(place.month).\(place.node).\(generation)" }

    /// The name of an empty file that marks a key as come from the hub: others may know that key. It stands in the same
    /// folder, and is copied with the key.
    var cameBack: String { "\(file).came-back" }

    /// `nil` for any other name: another machine may have given it, and it is the name of a file.
    init?(file: String) {
        let parts = file.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count > 3, KeyPlace.isKind(parts[0]), KeyPlace.isMonth(parts[1]),
            let generation = Int(parts[parts.count - 1]),
            generation >= 0, file.utf8.count <= KeyName.longest
        else { return nil }
        let node = parts[2..<(parts.count - 1)].joined(separator: ".")
        guard Journal.isNodeName(node) else { return nil }
        place = KeyPlace(String(parts[0]), month: String(parts[1]), node: node)
        self.generation = generation
        if self.file != file { return nil }
    }

    /// In bytes; a file that is being replaced has a longer name for a moment.
    private static let longest = 200

    public static func < (a: KeyName, b: KeyName) -> Bool { (a.place, a.generation) < (b.place, b.generation) }
}
