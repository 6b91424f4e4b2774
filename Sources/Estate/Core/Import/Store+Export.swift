import Journal
import Sheets

extension Store {
    /// What stands of one kind, as a table that import reads back to the same values.
    ///
    /// - Parameters:
    ///   - by: the code of the member who gets it.
    ///   - moment: as of when; now by default.
    ///   - language: of the header and of what is chosen from a list.
    /// - Throws: ``Refusal`` `staff.unknown`, `staff.pinRequired`; `export.notAllowed` if the member must not see it, and
    ///   for others than managers if it has whole telephone numbers or plates. ``JournalError``.
    public func export(
        _ kind: ImportKind, as format: SpreadsheetFormat, by: String, at moment: Moment? = nil, _ language: Language
    ) throws -> Spreadsheet {
        let member = try estate.staff.named(by)
        try estate.staff.check(member, knows: proven)
        guard kind.mayBeExported(by: member.role) else {
            throw Refusal.rule(
                "export.notAllowed", "\(member.role.label.chinese)不能导出\(kind.label.chinese)",
                en: "a \(member.role.label.english) may not export \(kind.label.english)")
        }
        try readWhole()
        let zone = estate.zone
        let records = kind.records(try moment.map { try estate(asOf: $0) } ?? estate)
        let hasMoments = records.contains { $0["at"] != nil }
        let fields = kind.fields.filter { $0.key != "at" || hasMoments }
        return Spreadsheet(
            format, name: kind.label[language], header: fields.map { $0.label[language] },
            rows: records.map { texts in
                fields.map { field in texts[field.key].map { field.type.cell($0, zone, language) } ?? .empty }
            })
    }
}

extension ImportKind {
    /// Whether a role may have all of its rows.
    public func mayBeExported(by role: Role) -> Bool {
        let isParticular = action.description.contains { $0.type == .phone || $0.type == .plate }
        let isHidden = Estate.features.contains { feature in
            feature.hiddenFrom.contains(role) && feature.imports.contains { $0.name == name }
        }
        return role == .manager || !isParticular && !isHidden
    }
}

extension FieldType {
    /// A canonical text as a cell: numbers and dates as such, all else as text.
    fileprivate func cell(_ text: String, _ zone: Zone, _ language: Language) -> Spreadsheet.Cell {
        switch self {
        case .amount, .area, .integer: .number(text)
        case .date: CellDate.Day(iso: text).map { .date(CellDate($0)) } ?? .text(text)
        case .moment: moment(text, zone).map { .date($0) } ?? .text(text)
        case .choice(let choices): Spreadsheet.Cell(choices.first { $0.value == text }?.label[language] ?? text)
        default: Spreadsheet.Cell(text)
        }
    }

    /// A moment as the date and time of the estate's zone; `nil` for one that these do not tell, with fractions of a
    /// second or in an hour that comes twice.
    private func moment(_ text: String, _ zone: Zone) -> CellDate? {
        let local = String(text.prefix(19))
        guard let moment = Moment(iso: text.utf8),
            (try? Moment(typed: local, zone: zone, dateMeansEnd: false)) == moment, let day = CellDate.Day(iso: local)
        else { return nil }
        let time = local.suffix(8).split(separator: ":").compactMap { Int($0) }
        return time.count == 3 ? CellDate(day, seconds: time[0] * 3600 + time[1] * 60 + time[2]) : nil
    }
}

extension CellDate.Day {
    /// The day with which a text begins: `2026-03-05`.
    fileprivate init?(iso text: String) {
        let parts = text.prefix(10).split(separator: "-").compactMap { Int($0) }
        guard parts.count == 3 else { return nil }
        self.init(year: parts[0], month: parts[1], day: parts[2])
    }
}
