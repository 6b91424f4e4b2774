import Journal

/// A whole import is taken back, also after its day: its records no longer count.
///
/// Policy: while nothing builds on them. Money that was received is voided payment by payment. A keeper voids what he
/// imported himself.
public struct VoidImport: Action {
    public static let name = "import.void"
    public static let label = Label("撤回导入", en: "Void an import")
    public static let roles: Set<Role> = [.finance, .supervisor, .keeper]
    public static let condition: Label? = Label("物管科长只撤回自己导入的", en: "a keeper only what he imported himself")
    var file = Ref<Import>.placeholder
    var why = ""

    public init() {}

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("import", &file, Label("导入", en: "Import"))
        try visitor.field("why", &why)
    }

    public func perform(_ plan: inout Plan, in estate: Estate) throws {
        guard let known = estate.imports.all[file] else { throw file.unknown }
        if known.isVoided(in: estate) {
            throw Refusal.rule("import.voided", "这次导入已经撤回", en: "this import was voided already")
        }
        if estate.staff.members[plan.by]?.role == .keeper, known.by != plan.by {
            throw Refusal.rule(
                "import.others", "这次是 \(estate.staff.name(of: known.by)) 导入的：由本人、客服主管或财务撤回",
                en: "\(estate.staff.name(of: known.by)) imported it: they, a supervisor or finance void it")
        }
        let entries = known.entries.filter { !estate.undone.holds($0) }
        var search = DependentSearch(entries, in: estate)
        try plan.journal { search.read($0) }
        try search.refuse()
        for part in entries.parts { plan.record(ActionUndone(entries: part.map { Ref($0) }, why: why)) }
        plan.answer = file.id
    }
}

extension VoidImport {
    public func confirmation(in estate: Estate, at moment: Moment) -> Confirmation? {
        guard let known = estate.imports.all[file], !known.isVoided(in: estate) else { return nil }
        return Confirmation(
            Label("撤回这次导入？撤回后不能恢复", en: "Void this import? It cannot be brought back"),
            [
                Label(known.words(in: estate), en: known.words(in: estate)),
                .fact(Label("导入时间", en: "Imported"), known.at.display(zone: estate.zone, language: .chinese)),
                .fact(Label("经办", en: "By"), estate.staff.name(of: known.by)),
            ], yes: Label("撤回", en: "void it"))
    }
}

/// Looks through the journal, in order, for what builds on some entries.
private struct DependentSearch {
    private let entries: Set<EntryID>
    private let estate: Estate
    /// The records that conflict with earlier ones and change nothing.
    private let doubled: Set<EntryID>
    /// The ids and units that later records may name.
    private var affected: Set<[UInt8]> = []
    private var isLast: Label?
    private var dependents: [Label: Int] = [:]

    init(_ entries: [EntryID], in estate: Estate) {
        (self.entries, self.estate) = (Set(entries), estate)
        doubled = Set(estate.nodes.conflicts.filter { !$0.reason.counts }.map(\.id.id))
    }

    mutating func read(_ line: Line) {
        if entries.contains(line.id) {
            let entry = JournalEntry(line, estate.zone, estate.ring)
            guard let ids = entry.fact?.affectedIDs(in: estate) else { return isLast = entry.label }
            affected.insert(line.id.bytes)
            for id in ids { affected.insert(Array(id.utf8)) }
            return
        }
        if affected.isEmpty || estate.undone.holds(line.id) || doubled.contains(line.id)
            || line.isOf(kind: ActionUndone.kind) || line.isOf(kind: EntriesImported.kind)
        {
            return
        }
        guard line.names(anyOf: affected) else { return }
        dependents[JournalEntry(line, estate.zone, estate.ring).label, default: 0] += 1
    }

    /// Throws ``Refusal`` if an entry is never undone, or another builds on it.
    func refuse() throws {
        if let isLast {
            throw Refusal.rule(
                "undo.never", "“\(isLast.chinese)”不能撤回，请逐笔更正（如作废）",
                en: "“\(isLast.english)” cannot be undone: record what corrects each")
        }
        let kinds = dependents.sorted { ($1.value, $0.key.chinese) < ($0.value, $1.key.chinese) }
        guard let first = kinds.first else { return }
        let count = kinds.reduce(0) { $0 + $1.value }
        throw Refusal.rule(
            "undo.used", "不能撤回：后来有 \(count) 条记录以它为前提（\(first.key.chinese)等），须先撤回那些",
            en: "\(count) later records build on it (“\(first.key.english)” and others): take these back first")
    }
}

extension Line {
    /// Whether a JSON string of the line, other than its own id and its idempotency key, is one of some texts without
    /// escapes.
    fileprivate func names(anyOf texts: Set<[UInt8]>) -> Bool {
        var start: Int?
        var place = 0
        while place < data.count {
            let byte = data[place]
            if byte == UInt8(ascii: "\\") {
                place += 2
                continue
            }
            if byte == UInt8(ascii: "\"") {
                if let first = start {
                    if texts.contains(Array(data[first..<place])) { return true }
                    start = nil
                } else {
                    start = place + 1
                }
            }
            place += 1
        }
        return false
    }
}
