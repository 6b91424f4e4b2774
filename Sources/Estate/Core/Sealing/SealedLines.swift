import Journal

/// The journal lines with sealed particulars, by the key that seals them: what a key opens, and what an ending concerns.
struct SealedLines: Sendable {
    struct Entry: Sendable {
        let id: EntryID
        let kind: String
        /// The entity that the line is about.
        fileprivate(set) var record: EntryID
    }

    private(set) var entries: [KeyName: Chunks<Entry>] = [:]
    /// The latest generation of each place.
    private var generations: [KeyPlace: Int] = [:]
    /// The key of the line that was noted last.
    private var last: KeyName?
    private var lastID = EntryID(high: 0, low: 0)

    /// Notes a line, also of a fact that was undone: its particulars have to end all the same.
    mutating func note(_ line: Line) {
        guard let sealed = SealedText(line.sealed) else { return }
        let name = sealed.keyName(of: line.node)
        entries[name, default: Chunks()].append(
            Entry(id: line.id, kind: String(decoding: line.kind, as: UTF8.self), record: line.id))
        generations[name.place] = max(generations[name.place] ?? 0, name.generation)
        (last, lastID) = (name, line.id)
    }

    /// States the subject of the line that was noted last.
    @inline(__always)
    mutating func assign(_ id: EntryID, to record: EntryID) {
        guard id == lastID, let last, let count = entries[last]?.count, count > 0 else { return }
        entries[last]?.change(count - 1) { $0.record = record }
    }

    /// The latest generation of which lines are known.
    func generation(of place: KeyPlace) -> Int? { generations[place] }

    var placeCount: Int { generations.count }

    /// The places, in order.
    var places: [KeyPlace] { generations.keys.sorted() }

    /// The keys of a place, in order.
    func names(of place: KeyPlace) -> [KeyName] { entries.keys.filter { $0.place == place }.sorted() }

    /// The lines about a record, by their keys; a line that made an entity of its own, such as a pass, also by its id.
    func entries(of record: EntryID) -> [(name: KeyName, entries: [Entry])] {
        entries.keys.sorted().compactMap { name in
            let own = (entries[name] ?? Chunks()).filter { $0.record == record || $0.id == record }
            return own.isEmpty ? nil : (name, own)
        }
    }
}
