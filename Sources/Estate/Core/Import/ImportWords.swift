import Journal

extension RefusedRows {
    /// The rows, and the reasons, of each group that are listed.
    private static let listed = 5

    /// The reasons in words, a line each: the groups by column and code; in each the reasons, with the first rows of each
    /// and what stands there; then the columns that a file of the kind may have. `showsCodes`: with the codes that
    /// scripts read.
    public func lines(_ kind: ImportKind, _ language: Language, showsCodes: Bool) -> [String] {
        groups.flatMap { group in
            let title = group.column.map { Label("“\($0)”列", en: "column “\($0)”") } ?? Label("整行", en: "the row")
            let reasons = group.reasons(kind, language)
            let more = reasons.dropFirst(RefusedRows.listed).reduce(0) { $0 + $1.rows.count }
            let lines = reasons.prefix(RefusedRows.listed).map { reason in
                "    \(RefusedRows.words(for: reason.rows, language))\(language == .chinese ? "：" : ": ")\(reason.words)"
                    + (showsCodes ? Label("（\(group.code)）", en: " (\(group.code))")[language] : "")
            }
            return [
                Label("  \(title.chinese)：\(group.rows.count) 行", en: "  \(title.english): \(group.rows.count) rows")[
                    language]
            ] + lines + (more > 0 ? [RefusedRows.more(more)[language]].map { "    \($0)" } : [])
        } + [Label("可用的列：\(kind.headerList.chinese)", en: "columns: \(kind.headerList.english)")[language]]
    }

    /// `第 2 行 1380001，第 3 行 1380002，……还有 3 行`: the first rows, and what stands in them.
    private static func words(for rows: [(number: Int, value: String?)], _ language: Language) -> String {
        let shown = rows.prefix(listed).map { row in
            let number = Label("第 \(row.number) 行", en: "line \(row.number)")[language]
            return rows.count == 1 ? number : [number, row.value].compactMap { $0 }.joined(separator: " ")
        }
        let rest = rows.count > listed ? [more(rows.count - listed)[language]] : []
        return (shown + rest).joined(separator: language == .chinese ? "，" : ", ")
    }

    private static func more(_ count: Int) -> Label { Label("……还有 \(count) 行", en: "… and \(count) more") }
}

extension RefusedRows.Group {
    /// The rows by what is wrong with them, in the order of the file. In the words for several rows `…` stands for their
    /// values.
    fileprivate func reasons(
        _ kind: ImportKind, _ language: Language
    ) -> [(words: String, rows: [(number: Int, value: String?)])] {
        let field = rows.first?.refusal.field.flatMap { key in kind.fields.first { $0.key == key } }
        var reasons: [(words: String, rows: [(number: Int, value: String?)])] = []
        var places: [String: Int] = [:]
        for row in rows {
            let message = row.refusal.message[language]
            let value = row.value(in: message, of: field)
            let words = value.flatMap { message.firstRange(of: $0) }.map { range in
                "\(message[..<range.lowerBound])…\(message[range.upperBound...])"
            }
            if let place = places[words ?? message] {
                reasons[place].words = words ?? message
                reasons[place].rows.append((row.number, value))
            } else {
                places[words ?? message] = reasons.count
                reasons.append((message, [(row.number, value)]))
            }
        }
        return reasons
    }
}

extension RefusedRows.Row {
    /// What the message tells of the cell: its text, the value that it was read as, or what stands in quotes.
    fileprivate func value(in message: String, of field: FieldDescription?) -> String? {
        let typed = typed.map(\.trimmed) ?? ""
        // Dates of a file are whole: they do not depend on the present.
        let read = try? field?.normalise(typed, Present(Moment(milliseconds: 0), in: .shanghai))
        if let known = [typed, read].compactMap({ $0 }).first(where: { $0.count > 1 && message.contains($0) }) {
            return known
        }
        return message.firstMatch(of: /“([^”]+)”/).map { String($0.output.1) }
    }
}

extension ImportResult {
    /// What was warned of, what differs and what is gone, in words, a line each.
    public func lines(_ language: Language) -> [String] {
        func list(_ words: [String], _ title: Label) -> [String] {
            words.isEmpty ? [] : [title[language]] + words.map { "  \($0)" }
        }
        let labels = Estate.features.reduce(into: PersonalNumber.warnings) { $0.merge($1.warnings) { $1 } }
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
