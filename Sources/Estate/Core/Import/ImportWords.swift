extension RefusedRows {
    /// The rows of each group that are listed.
    private static let listed = 5

    /// The reasons in words, a line each: the groups by column and reason with the first rows of each, and the columns
    /// that a file of the kind may have. `showsCodes`: with the codes that scripts read.
    public func lines(_ kind: ImportKind, _ language: Language, showsCodes: Bool) -> [String] {
        groups.flatMap { group in
            let title = group.column.map { Label("“\($0)”列", en: "column “\($0)”") } ?? Label("整行", en: "the row")
            let more = group.rows.count - RefusedRows.listed
            let rows = group.rows.prefix(RefusedRows.listed).map { row in
                let (message, code) = (row.refusal.message, row.refusal.code)
                return Label(
                    "    第 \(row.number) 行：\(message.chinese)\(showsCodes ? "（\(code)）" : "")",
                    en: "    line \(row.number): \(message.english)\(showsCodes ? " (\(code))" : "")")[language]
            }
            return [
                Label("  \(title.chinese)：\(group.rows.count) 行", en: "  \(title.english): \(group.rows.count) rows")[
                    language]
            ] + rows + (more > 0 ? [Label("    ……还有 \(more) 行", en: "    … and \(more) more")[language]] : [])
        } + [Label("可用的列：\(kind.headerList.chinese)", en: "columns: \(kind.headerList.english)")[language]]
    }
}

extension ImportResult {
    /// What was warned of, what differs and what is gone, in words, a line each.
    public func lines(_ language: Language) -> [String] {
        func list(_ words: [String], _ title: Label) -> [String] {
            words.isEmpty ? [] : [title[language]] + words.map { "  \($0)" }
        }
        let labels = Estate.features.reduce(into: ["text.phone": Label.phoneInText]) { $0.merge($1.warnings) { $1 } }
        let warned = warnings.sorted { $0.key < $1.key }.flatMap { code, rows -> [String] in
            // What concerns the clock is said elsewhere.
            guard let label = labels[code] else { return [] }
            let numbers = rows.prefix(20).map(String.init)
            return [
                Label(
                    "注意，\(rows.count) 行\(label.chinese)（第 \(numbers.joined(separator: "、"))\(rows.count > 20 ? "…" : "") 行）",
                    en:
                        "note, \(rows.count) rows: \(label.english) (row \(numbers.joined(separator: ", "))\(rows.count > 20 ? "…" : ""))"
                )[language]
            ]
        }
        return warned
            + list(
                differing.map { $0[language] },
                Label("已有但不同，没有改动：", en: "there already with other values, not changed:"))
            + list(gone, Label("文件里没有的：", en: "not in the file:"))
    }
}
