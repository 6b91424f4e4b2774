import Journal
import Sheets

/// A table to be written, and what it lacks.
public struct Export: Sendable {
    public let table: Spreadsheet
    /// The number of records in it.
    public let count: Int
    /// What it does not have, in words.
    public let notes: [Label]
    /// Whether records of its kind have particulars.
    public let hasParticulars: Bool
}

extension Store {
    /// What stands of one kind, as a table that import reads back to the same values. Telephone numbers and plates are
    /// whole for a manager; for others they are masked, and import refuses them.
    ///
    /// - Parameters:
    ///   - by: the code of the member who gets it.
    ///   - moment: as of when; now by default.
    ///   - language: of the header and of what is chosen from a list.
    /// - Throws: ``Refusal`` `staff.unknown`, `staff.pinRequired`; `export.notAllowed` if the member must not see it.
    ///   ``JournalError``.
    public func export(
        _ kind: ImportKind, as format: SpreadsheetFormat, by: String, at moment: Moment? = nil, _ language: Language
    ) throws -> Export {
        let member = try estate.staff.named(by)
        try estate.staff.check(member, knows: proven)
        if kind.isHidden(from: member.role) {
            throw Refusal.rule(
                "export.notAllowed", "\(member.role.label.chinese)不能导出\(kind.label.chinese)",
                en: "a \(member.role.label.english) may not export \(kind.label.english)")
        }
        try readWhole()
        let estate = try moment.map { try self.estate(asOf: $0) } ?? estate
        let (zone, records) = (estate.zone, kind.records(estate))
        let closed = kind.action.ownFact.type.map { estate.closedFields(of: $0, to: member.role) } ?? []
        let given = records.reduce(into: Set<String>()) { $0.formUnion($1.keys) }
        // What no record has needs no column, unless a form asks for it.
        let fields = kind.fields.filter {
            !closed.contains($0.key)
                && (given.contains($0.key) || $0.key != "at" && kind.action.asks(for: $0.key, with: [:]))
        }
        let withheld = kind.fields.filter { closed.contains($0.key) && given.contains($0.key) }
        let isMasked = member.role != .manager && fields.contains(where: \.type.isMasked)
        let table = Spreadsheet(
            format, name: kind.label[language], header: fields.map { $0.label[language] },
            rows: records.map { texts in
                fields.map { field in
                    guard let text = texts[field.key] else { return .empty }
                    return field.type.cell(isMasked ? field.type.masked(text) : text, zone, language)
                }
            })
        let notes = [
            isMasked ? Label("电话和车牌已遮住，完整的由经理导出", en: "numbers and plates are masked; a manager gets them whole") : nil,
            withheld.isEmpty
                ? nil
                : Label(
                    "\(withheld.map(\.label.chinese).joined(separator: "、"))不在文件里：\(member.role.label.chinese)不能看",
                    en: "without \(withheld.map(\.label.english).joined(separator: ", ")), closed to this role"),
            kind.omitted(estate),
        ]
        let rule = kind.action.ownFact.type.flatMap { estate.sealingRule(of: $0) }
        return Export(
            table: table, count: records.count, notes: notes.compactMap { $0 }, hasParticulars: rule != nil)
    }
}

extension ImportKind {
    /// Whether a role must not see its rows.
    fileprivate func isHidden(from role: Role) -> Bool {
        hiddenFrom.contains(role)
            || Estate.features.contains { feature in
                feature.hiddenFrom.contains(role) && feature.imports.contains { $0.name == name }
            }
    }
}

extension FieldType {
    /// Whether its values are masked for all but managers.
    fileprivate var isMasked: Bool { element == .phone || element == .plate }

    /// A canonical text with its middle hidden, if the type is masked.
    fileprivate func masked(_ text: String) -> String {
        switch self {
        case .phone: (try? Phone(text: text, zone: .utc).masked) ?? "***"
        case .list(.phone): (try? NotedPhones(text: text, zone: .utc).masked) ?? "***"
        case .plate: "\(text.prefix(2))***\(text.suffix(2))"
        default: text
        }
    }
}
