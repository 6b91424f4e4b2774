import Sheets

/// The header of a table: which column has which field.
struct ImportHeader {
    struct Column: Sendable {
        /// Its place; of a unit in parts those of building, entrance and room.
        let indices: [Int]
        let field: FieldDescription
        /// The name as the file has it.
        let name: String
    }

    let columns: [Column]
    /// The index of its row in the sheet.
    let row: Int
    /// The columns that are passed over, by name; those without one have values.
    let others: [String]
    /// The value of a field that no column has, as the name of another tells it.
    let implied: (column: String, key: String, value: String)?

    /// The rows among which a header is looked for, titles before it included.
    private static let farthest = 40

    /// - Parameters:
    ///   - map: names of columns to be read as the field of a key or label; `-` or nothing leaves the column out.
    /// - Throws: ``Refusal`` `import.empty`, `import.map` or `import.column`, cause `input`.
    init(of sheet: Spreadsheet, _ kind: ImportKind, map: [(column: String, field: String)]) throws {
        if sheet.rows.isEmpty { throw Refusal.input("import.empty", "文件是空的", en: "the file is empty") }
        let named = kind.fieldsByHeader
        var mapped: [String: FieldDescription?] = [:]
        for (column, field) in map {
            let known = named[field.asHeader]
            if known == nil, !["", "-"].contains(field) {
                throw Refusal.input(
                    "import.map", "没有这一项：\(field)；可用：\(kind.headerList.chinese)",
                    en: "there is no field \(field); there are: \(kind.headerList.english)")
            }
            mapped[column.asHeader] = .some(known)
        }
        func field(_ header: String) -> FieldDescription? {
            let name = header.asHeader
            return name.isEmpty ? nil : mapped[name] ?? named[name]
        }
        var best = (row: 0, count: 0)
        for (index, row) in sheet.rows.prefix(ImportHeader.farthest).enumerated() {
            let count = Set(row.cells.compactMap { field($0.text.trimmed)?.key }).count
            if count > best.count { best = (index, count) }
        }
        row = best.row
        let header = sheet.rows[row]
        let names = header.cells.map { $0.text.withoutInvisible.trimmed }
        for (column, _) in map where !names.contains(where: { $0.asHeader == column.asHeader }) {
            throw Refusal.input(
                "import.map", "文件里没有这一列：\(column)（有：\(names.filter { !$0.isEmpty }.joined(separator: "、"))）",
                en: "the file has no column \(column) (it has: \(names.filter { !$0.isEmpty }.joined(separator: ", ")))"
            )
        }
        var found: [Column] = []
        for (index, name) in names.enumerated() {
            guard let field = field(name) else { continue }
            // A list may have several columns.
            if case .list = field.type, let place = found.firstIndex(where: { $0.field.key == field.key }) {
                found[place] = Column(
                    indices: found[place].indices + [index], field: field, name: found[place].name)
            } else if kind.takesFirst, found.contains(where: { $0.field.key == field.key }) {
                continue
            } else {
                found.append(Column(indices: [index], field: field, name: name))
            }
        }
        columns = ImportHeader.joined(found, names)
        for (place, column) in columns.enumerated() {
            guard let other = columns[..<place].first(where: { $0.field.key == column.field.key }) else { continue }
            let label = column.field.label
            throw Refusal.input(
                "import.column",
                "列名重复：“\(other.name)”和“\(column.name)”都是\(label.chinese)；请用 --map \(column.name)=- 舍去一列",
                en:
                    "“\(other.name)” and “\(column.name)” are both \(label.english): leave one out with --map \(column.name)=-"
            )
        }
        let columns = columns
        implied =
            names.lazy.compactMap { name in
                kind.implied.first { $0.key.asHeader == name.asHeader }
                    .flatMap { rule in
                        columns.contains { $0.field.key == rule.value.key }
                            ? nil : (column: name, key: rule.value.key, value: rule.value.value)
                    }
            }.first
        var filled: Set<Int> = []
        for row in sheet.rows[row...] {
            for (index, cell) in row.cells.enumerated() where cell != .empty { filled.insert(index) }
        }
        others = filled.subtracting(columns.flatMap(\.indices)).sorted().map { $0 < names.count ? names[$0] : "" }
        let implied = implied
        let missing = kind.fields.filter { field in
            field.isRequired && field.key != implied?.key && !columns.contains { $0.field.key == field.key }
        }
        // What has none of the columns may be no table at all, and nothing that people may read: it is not repeated.
        if !missing.isEmpty { throw ImportHeader.lacks(missing, kind, columns.isEmpty ? [] : others) }
    }

    private static let buildings: Set<String> = ["楼栋", "楼号", "栋号", "楼栋号", "幢号", "楼幢", "楼座", "栋", "幢", "楼栋名称"]
    private static let entrances: Set<String> = ["单元", "单元号"]

    /// The columns, in which a unit whose building, and perhaps entrance, have columns of their own is one.
    private static func joined(_ columns: [Column], _ names: [String]) -> [Column] {
        let units = columns.filter { $0.field.key == "unit" }
        guard let building = names.firstIndex(where: { buildings.contains($0.asHeader) }),
            !columns.contains(where: { $0.indices.contains(building) }), let room = units.last,
            units.count == 1 || units.count == 2 && entrances.contains(units[0].name.asHeader)
        else { return columns }
        let unit = Column(indices: [building] + units.flatMap(\.indices), field: room.field, name: room.name)
        return columns.filter { $0.field.key != "unit" } + [unit]
    }

    private static func lacks(_ missing: [FieldDescription], _ kind: ImportKind, _ others: [String]) -> Refusal {
        func words(_ language: Language) -> String {
            missing.map { field in
                let names = kind.headers(of: field, language)
                let more = names.dropFirst().prefix(6).joined(separator: language == .chinese ? "、" : ", ")
                return names[0] + (language == .chinese ? "（也可写作 \(more)）" : " (or \(more))")
            }.joined(separator: language == .chinese ? "；" : "; ")
        }
        let unknown = others.filter { !$0.isEmpty }
        return Refusal.input(
            "import.column",
            "缺少这一列：\(words(.chinese))"
                + (unknown.isEmpty ? "" : "。不认识的列：\(unknown.joined(separator: "、"))；可用 --map 列名=\(missing[0].key) 指定"),
            en: "a column is missing: \(words(.english))"
                + (unknown.isEmpty
                    ? ""
                    : ". Unknown columns: \(unknown.joined(separator: ", ")); name one with --map COLUMN=\(missing[0].key)")
        )
    }
}

extension ImportKind {
    /// The columns that a file may have, for people: each field's label, with `*` where it is required.
    public var headerList: Label {
        func words(_ language: Language) -> String {
            fields.map { headers(of: $0, language)[0] + ($0.isRequired ? "*" : "") }
                .joined(separator: language == .chinese ? "、" : ", ")
        }
        return Label(words(.chinese), en: words(.english))
    }
}
