import Estate
import Journal
import Screen

extension RefusedRows {
    /// Prints the reasons on standard error: as JSON all rows, else the groups by column and reason with the first rows
    /// of each.
    func print(_ file: String, _ kind: ImportKind, asJSON: Bool) {
        let language = Language.ofEnvironment()
        let summary = Label(
            "\(file)：\(rows.count) 行有误，一行也没有导入", en: "\(file): \(rows.count) bad rows, nothing was imported")[language]
        if asJSON { return printError(json(summary, language)) }
        for line in [summary] + lines(kind, language, showsCodes: true) { printError(VisibleText.visible(line)) }
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
}
