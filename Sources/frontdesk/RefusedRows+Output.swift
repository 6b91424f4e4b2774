import Estate
import Journal
import Screen

extension RefusedRows {
    /// The rows of each group that are listed.
    private static let listed = 5

    /// Prints the reasons on standard error: as JSON all rows, else the groups by column and reason with the first rows
    /// of each.
    func print(_ file: String, _ kind: ImportKind, asJSON: Bool) {
        let language = Language.ofEnvironment()
        let summary = Label(
            "\(file)：\(rows.count) 行有误，一行也没有导入", en: "\(file): \(rows.count) bad rows, nothing was imported")[language]
        printError(asJSON ? json(summary, language) : ([summary] + lines(kind, language)).joined(separator: "\n"))
    }

    private func json(_ summary: String, _ language: Language) -> String {
        JSONWriter.object { json in
            json.key("error")
            json.object { json in
                json.member("code", "import.rows")
                json.member("message", summary)
                json.member("rows", rows) { json, row in
                    json.member("line", row.number)
                    json.member("code", row.refusal.code)
                    json.member("message", row.refusal.message[language])
                    if let column = row.column { json.member("column", column) }
                }
            }
        }
    }

    private func lines(_ kind: ImportKind, _ language: Language) -> [String] {
        groups.flatMap { group in
            let title = group.column.map { Label("“\($0)”列", en: "column “\($0)”") } ?? Label("整行", en: "the row")
            let more = group.rows.count - RefusedRows.listed
            let rows = group.rows.prefix(RefusedRows.listed).map { row in
                let message = VisibleText.visible(row.refusal.message[language])
                return Label(
                    "    第 \(row.number) 行：\(message)（\(row.refusal.code)）",
                    en: "    line \(row.number): \(message) (\(row.refusal.code))")[language]
            }
            return [
                Label("  \(title.chinese)：\(group.rows.count) 行", en: "  \(title.english): \(group.rows.count) rows")[
                    language]
            ] + rows + (more > 0 ? [Label("    ……还有 \(more) 行", en: "    … and \(more) more")[language]] : [])
        } + [Label("可用的列：\(kind.headerList.chinese)", en: "columns: \(kind.headerList.english)")[language]]
    }
}
