import Journal

/// A line of the journal, as it is told to people (记录).
public struct Page: Entity, Sendable {
    public static let entity = "entry"
    public static let label = Label("记录", en: "entry")
    public let id: Ref<Page>
    /// When it happened.
    public let at: Moment
    public let written: Moment
    public let by: String
    public let kind: String
    /// `nil` when this program cannot read it.
    let fact: (any Fact)?
    /// When, by whom and why it was taken back.
    public fileprivate(set) var undoing: (at: Moment, by: String, why: String?)?

    init(_ line: Line, _ zone: Zone) {
        let read = Estate.facts.read(line, zone: zone)
        (id, by, written) = (Ref(line.id), line.by, line.written)
        (kind, fact, at) = (String(decoding: line.kind, as: UTF8.self), read?.fact, read?.at ?? line.written)
    }

    /// The words of the action that left it.
    public var label: Label { fact.map { type(of: $0).label } ?? Label(kind, en: kind) }

    /// Whether somebody meant to leave it, and did not only bring it about.
    var isOfAction: Bool { fact.map { type(of: $0).action != nil } ?? true }

    /// What it says field by field, in words.
    public func told(in estate: Estate, _ language: Language) -> [(label: String, value: String)] {
        guard let fact else { return [] }
        var teller = Teller(estate: estate, language: language, fields: type(of: fact).action?.description ?? [])
        fact.tell(&teller)
        return teller.told
    }

    /// The lines that name any of these, or all, read from a journal from front to back. What was taken back tells so itself.
    public static func read(_ folder: String, _ zone: Zone, naming names: [String]) throws -> [Page] {
        var pages: [Page] = []
        var undoings: [EntryID: Page] = [:]
        try Journal(at: folder, zone: zone).catchUp { line in
            let isUndoing = line.isOf(kind: ActionUndone.kind)
            let isNamed = names.isEmpty || names.contains(where: line.names)
            guard isUndoing || isNamed else { return }
            let page = Page(line, zone)
            if isNamed { pages.append(page) }
            for entry in (page.fact as? ActionUndone)?.entries ?? [] { undoings[entry.id] = page }
        }
        var told: Set<Ref<Page>> = []
        for index in pages.indices {
            guard let undoing = undoings[pages[index].id.id] else { continue }
            pages[index].undoing = (undoing.written, undoing.by, (undoing.fact as? ActionUndone)?.why)
            told.insert(undoing.id)
        }
        return pages.filter { !told.contains($0.id) }
    }
}

extension Page: Feature {
    public static let views: [any View.Type] = [HistoryView.self]
}

extension Estate {
    /// The ids of what a deed changed, and of what it brought into being.
    public func touched(by deed: Deed) -> [String] {
        pages(of: deed).flatMap { page in [page.id.id.text] + (page.fact?.touches(in: self) ?? []) }
    }
}

extension Fact {
    fileprivate func tell(_ teller: inout Teller) {
        var fact = self
        try? fact.fields(&teller)
    }
}

/// Collects what a fact says. A field's words are those of the action's field of the same name; one without is left out.
private struct Teller: FieldVisitor {
    let estate: Estate
    let language: Language
    let fields: [FieldDescription]
    var told: [(label: String, value: String)] = []

    mutating func field<Value: FieldValue>(_ key: StaticString, _ value: inout Value, _ label: Label) throws {
        guard !value.isAbsent, let field = fields.first(where: { $0.key == key.description }) else { return }
        let words =
            switch field.type {
            case .staff, .list(.staff), .list(.worker):
                value.text(zone: estate.zone).split(separator: ",").map { estate.staff.name(of: String($0)) }
                    .joined(separator: language == .chinese ? "、" : ", ")
            default: value.words(in: estate, language)
            }
        if !words.isEmpty { told.append((field.label[language], words)) }
    }
}
