import Journal

/// What the journal says has ended of the sealed particulars. What was asked for counts at once; the keys are destroyed
/// after that, and a further fact says so.
struct Endings: Sendable {
    /// All lines of a place up to a generation have ended, but for some.
    private struct Whole: Sendable {
        let generation: Int
        let kept: Set<EntryID>
    }

    private var whole: [KeyPlace: [Whole]] = [:]
    private var single: [KeyName: Set<EntryID>] = [:]
    /// The facts that asked, and for which none says that the keys are gone; with their authors.
    private(set) var asked: [(id: EntryID, by: String)] = []
    /// Counts the facts.
    private(set) var count = 0

    /// Ends all lines of a place up to a generation, but for some.
    mutating func end(_ place: KeyPlace, through generation: Int, keeping kept: [EntryID]) {
        whole[place, default: []].append(Whole(generation: generation, kept: Set(kept)))
    }

    /// Ends single lines.
    mutating func end(_ ids: [EntryID], under name: KeyName) { single[name, default: []].formUnion(ids) }

    mutating func ask(_ id: EntryID, by member: String) {
        asked.append((id, member))
        count += 1
    }

    mutating func done(_ ids: [EntryID]) {
        asked.removeAll { ids.contains($0.id) }
        count += 1
    }

    /// Whether a line has ended.
    func holds(_ name: KeyName, _ id: EntryID) -> Bool {
        if single[name]?.contains(id) ?? false { return true }
        return whole[name.place]?.contains { $0.generation >= name.generation && !$0.kept.contains(id) } ?? false
    }

    /// The lines under a key that have ended one by one; `nil` if the month has.
    func records(under name: KeyName) -> Set<EntryID>? {
        let isMonth = whole[name.place]?.contains { $0.generation >= name.generation } ?? false
        return isMonth ? nil : single[name] ?? []
    }

    /// Whether all lines of a place up to a generation have ended together.
    func isWhole(_ place: KeyPlace, through generation: Int) -> Bool {
        whole[place]?.contains { $0.generation >= generation && $0.kept.isEmpty } ?? false
    }

    /// Whether anything under a key has ended, so that nothing new is sealed with it.
    func concern(_ name: KeyName) -> Bool { generation(of: name.place).map { $0 >= name.generation } ?? false }

    /// The latest generation of a place of which anything has ended.
    func generation(of place: KeyPlace) -> Int? {
        let all = (whole[place] ?? []).map(\.generation) + single.keys.filter { $0.place == place }.map(\.generation)
        return all.max()
    }
}

/// The keys of what had ended by some facts are destroyed, and the folders synced.
struct KeysDestroyed: TimelessFact {
    static let kind: StaticString = "particulars.ended"
    static var merging: Merging<Self> { .grows }
    static let action: (any Action.Type)? = nil
    static let label = Label("密钥已销毁", en: "Keys destroyed")
    /// The facts that asked for it.
    var asked: [Ref<JournalEntry>] = []

    mutating func fields(_ visitor: inout some FieldVisitor) throws { try visitor.field("asked", &asked, .asked) }
    func affectedIDs(in estate: Estate) -> [String]? { nil }
    func apply(to estate: inout Estate, _ metadata: Metadata) { estate.endings.done(asked.map(\.id)) }
}

extension Label {
    fileprivate static let asked = Label("要求", en: "Asked for by")
}
