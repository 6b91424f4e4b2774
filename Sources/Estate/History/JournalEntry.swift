import Journal

/// A journal entry (记录), read for showing it to people.
public struct JournalEntry: Entity, Sendable {
    public static let entity = "entry"
    public static let label = Label("记录", en: "entry")
    public let id: Ref<JournalEntry>
    /// When it happened.
    public let at: Moment
    public let written: Moment
    public let by: String
    public let kind: String
    /// `nil` when this program cannot read it.
    let fact: (any Fact)?
    /// When, by whom and why it was undone.
    public fileprivate(set) var undo: (at: Moment, by: String, why: String?)?

    init(_ line: Line, _ zone: Zone, _ ring: KeyRing) {
        let read = Estate.facts.read(line, zone: zone, ring)
        (id, by, written) = (Ref(line.id), line.by, line.written)
        (kind, fact, at) = (String(decoding: line.kind, as: UTF8.self), read?.fact, read?.at ?? line.written)
    }

    /// The label of the action that recorded it.
    public var label: Label { fact?.ownLabel ?? Label(kind, en: kind) }

    /// Whether an action recorded it, as opposed to the program itself.
    var isOfAction: Bool { fact.map { type(of: $0).action != nil } ?? true }

    /// The labelled values of its fields, in words; of a changed one that before it and that after: `80.00 → 89.50`. `phrase`
    /// is understood without the label beside it. `reader`: who reads them; what is closed to them is left out.
    public func values(
        in estate: Estate, _ language: Language, for reader: Role?
    ) -> [(label: String, value: String, phrase: String)] {
        guard let fact else { return [] }
        var collector = ValueCollector(
            estate: estate, language: language, fields: type(of: fact).action?.description ?? [],
            closed: estate.closedFields(of: type(of: fact), to: reader))
        fact.collect(into: &collector)
        var values = collector.values
        for value in values {
            let former = Label.former(value.label)
            guard let place = values.firstIndex(where: { $0.label == former }) else { continue }
            let before = values.remove(at: place).words
            for index in values.indices where values[index].label == value.label {
                values[index].words = "\(before) → \(value.words)"
                values[index].phrase = "\(before) → \(value.phrase)"
            }
        }
        return values.map { ($0.label[language], $0.words, $0.phrase) }
    }

    /// Reads the entries that name any of these texts, or all entries, in order. Undone entries are marked; the undo
    /// itself is left out.
    public static func read(
        _ folder: String, _ zone: Zone, _ ring: KeyRing, naming names: [String]
    ) throws -> [JournalEntry] {
        var entries: [JournalEntry] = []
        var undos: [EntryID: JournalEntry] = [:]
        try Journal(at: folder, zone: zone).catchUp { line in
            let isUndo = line.isOf(kind: ActionUndone.kind)
            let isNamed = names.isEmpty || names.contains(where: line.names)
            guard isUndo || isNamed else { return }
            let entry = JournalEntry(line, zone, ring)
            if isNamed { entries.append(entry) }
            for undone in (entry.fact as? ActionUndone)?.entries ?? [] { undos[undone.id] = entry }
        }
        var shown: Set<Ref<JournalEntry>> = []
        for index in entries.indices {
            guard let undo = undos[entries[index].id.id] else { continue }
            entries[index].undo = (undo.written, undo.by, (undo.fact as? ActionUndone)?.why)
            shown.insert(undo.id)
        }
        return entries.filter { !shown.contains($0.id) }
    }
}

extension JournalEntry: Feature {
    static let views: [any View.Type] = [HistoryView.self]
}

extension Fact {
    fileprivate func collect(into collector: inout ValueCollector) {
        var fact = self
        try? fact.fields(&collector)
    }
}

/// Collects a fact's values in words. A field's label is that of the action's field of the same key, else its own; those
/// without are left out.
private struct ValueCollector: FieldVisitor {
    let estate: Estate
    let language: Language
    let fields: [FieldDescription]
    /// The keys of the fields that are left out.
    let closed: Set<String>
    var values: [(label: Label, words: String, phrase: String)] = []

    mutating func field<Value: FieldValue>(_ key: StaticString, _ value: inout Value, _ label: Label?) throws {
        guard !closed.contains(key.description), !value.isAbsent,
            let field = fields.first(where: { $0.key == key.description })
                ?? label.map({ FieldDescription(key.description, $0, of: Value.self) })
        else { return }
        let words =
            switch field.type {
            case .staff, .list(.staff), .list(.worker):
                value.text(zone: estate.zone).split(separator: ",").map { estate.staff.name(of: String($0)) }
                    .joined(separator: language == .chinese ? "、" : ", ")
            default: value.words(in: estate, language)
            }
        if words.isEmpty { return }
        let label = field.label[language]
        values.append((field.label, words, phrase(label, words, isTrue: (value as? Bool), of: field.type)))
    }

    /// 已道别, 已道别：否, 铃声数 6, 张三.
    private func phrase(_ label: String, _ words: String, isTrue: Bool?, of type: FieldType) -> String {
        switch type {
        case .flag: isTrue == false ? "\(label)\(language == .chinese ? "：" : ": ")\(words)" : label
        case .integer: "\(label) \(words)"
        default: words
        }
    }
}
