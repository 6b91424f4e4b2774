import Journal
import OrderedCollections

/// One file that was imported (导入): the records that it made, which can be voided together.
public struct Import: Entity, Sendable {
    public static let entity = "import"
    public static let label = Label("导入", en: "import")
    public let id: Ref<Import>
    /// The kind of file, e.g. `bills`.
    public let kind: String
    public let rows: Int
    public let at: Moment
    public let by: String
    /// A digest of its rows, where the same file must not be imported twice.
    let contents: String?
    /// The ids of its records.
    fileprivate(set) var entries: [EntryID] = []

    public static func known(_ id: Ref<Import>, in estate: Estate) -> Import? { estate.imports.all[id] }

    /// The latest imports that are not voided.
    public static func candidates(in estate: Estate) -> [Candidate] {
        estate.imports.all.values.suffix(200).reversed().filter { !$0.isVoided(in: estate) }.map {
            Candidate(
                $0.id.id.text, text: $0.words(in: estate), detail: $0.at.display(zone: estate.zone, language: .chinese))
        }
    }

    public func words(in estate: Estate) -> String { "\(FileKind(kind).label.chinese) \(rows) 行" }

    /// Whether its records were undone.
    public func isVoided(in estate: Estate) -> Bool { entries.first.map(estate.undone.holds) ?? false }

    /// A digest of rows, the same for the same texts in the same order.
    static func digest(of rows: [[String: String]]) -> String {
        var json = JSONWriter()
        json.openArray()
        for row in rows {
            json.openObject()
            for (key, text) in row.sorted(by: { $0.key < $1.key }) {
                json.key(named: key)
                json.string(text)
            }
            json.closeObject()
        }
        json.closeArray()
        return json.bytes.withUnsafeBytes { Digest(of: $0) }.text
    }
}

/// The kind of file that was imported, for people by its label.
struct FileKind: TextValue {
    let text: String

    init(_ text: String) { self.text = text }

    static var type: FieldType { .text }

    var label: Label { Estate.imports.first { $0.name == text }?.label ?? Label(text, en: text) }
    func display(zone: Zone, language: Language) -> String { label[language] }
}

/// The files that were imported.
public struct Imports: Sendable {
    public private(set) var all: OrderedDictionary<Ref<Import>, Import> = [:]

    mutating func add(_ new: Import) { all[new.id] = new }
    mutating func add(_ entries: [EntryID], to id: Ref<Import>) { all[id]?.entries += entries }

    /// Throws ``Refusal`` `import.twice` if the same rows stand already.
    func refuse(repeating contents: String, in estate: Estate) throws {
        guard let former = all.values.first(where: { $0.contents == contents && !$0.isVoided(in: estate) }) else {
            return
        }
        let at = former.at.display(zone: estate.zone, language: .chinese)
        throw Refusal.rule(
            "import.twice", "同样的内容已于 \(at) 导入；确实要再导入一次，命令行加 --twice",
            en: "the same rows were imported at \(at); to import them once more, use --twice")
    }
}

extension Imports: Feature {
    static let actions: [any Action.Type] = [VoidImport.self]
    static let facts: [any Fact.Type] = [ImportRecorded.self, EntriesImported.self]
    static let views: [any View.Type] = [ImportsView.self]
    static let entities: [any Entity.Type] = [Import.self]
}

/// A file was imported. Recorded after its rows, with which it is one action on the disk.
struct ImportRecorded: Fact {
    static let kind: StaticString = "import.recorded"
    static var merging: Merging<Self> { .grows }
    static let action: (any Action.Type)? = nil
    static let label = Label("导入文件", en: "Import a file")
    var file = FileKind.placeholder
    var rows = 0
    var contents: String?

    mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("kind", &file, Label("种类", en: "Kind"))
        try visitor.field("rows", &rows, Label("行数", en: "Rows"))
        try visitor.field("contents", &contents)
    }

    func isRetained(in set: WorkingSet, _ metadata: Metadata) -> Bool { false }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        estate.imports.add(
            Import(
                id: Ref(metadata.id), kind: file.text, rows: rows, at: metadata.at, by: metadata.by, contents: contents)
        )
    }
}

/// The records of an import, as many as fit on a line.
struct EntriesImported: Fact {
    static let kind: StaticString = "import.listed"
    static var merging: Merging<Self> { .grows }
    static let action: (any Action.Type)? = nil
    static let label = Label("导入的记录", en: "Records of an import")
    var file = Ref<Import>.placeholder
    var entries: [Ref<JournalEntry>] = []

    mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("import", &file, Label("导入", en: "Import"))
        try visitor.field("entries", &entries, Label("记录", en: "Entries"))
    }

    func isRetained(in set: WorkingSet, _ metadata: Metadata) -> Bool { false }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        estate.imports.add(entries.map(\.id), to: file)
    }
}

extension Store.Batch {
    /// Records that the entries so far are an import.
    mutating func recordImport(_ kind: String, rows: Int, contents: String?) throws -> Ref<Import> {
        let entries = entries
        let id = Ref<Import>(try record(ImportRecorded(file: FileKind(kind), rows: rows, contents: contents)).id)
        for part in entries.parts { try record(EntriesImported(file: id, entries: part.map { Ref($0) })) }
        nameReceipt(id.id)
        return id
    }
}

extension [EntryID] {
    /// Parts that fit on a line each.
    var parts: [ArraySlice<EntryID>] {
        stride(from: 0, to: count, by: 1000).map { self[$0..<Swift.min($0 + 1000, count)] }
    }
}
