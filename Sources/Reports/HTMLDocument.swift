import Estate

/// A document as a self-contained HTML file for A4 paper, one sheet per page.
///
/// Safety: every text from data is inserted through ``escaped``, which
/// - replaces `& < > " '` by entities, so that a text can neither open a tag nor end an attribute,
/// - replaces control and bidirectional characters by visible signs, and line breaks by `<br>`.
/// A content security policy forbids scripts and external resources in addition.
struct HTMLDocument {
    private let document: Document

    init(_ document: Document) { self.document = document }

    var text: String {
        let sheets = document.sheets.map(html).joined()
        let words = "<h1>\(document.title.escaped)</h1><p>\(document.empty.escaped)</p>"
        let empty = "<section class=\"sheet\">\(words)</section>\n"
        return """
            <!DOCTYPE html>
            <html lang="\(document.language == .chinese ? "zh-CN" : "en")">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <title>\(document.title.escaped)</title>
            <style>
            \(HTMLDocument.style)
            </style>
            </head>
            <body>
            \(document.sheets.isEmpty ? empty : sheets)</body>
            </html>

            """
    }

    private func html(_ sheet: Sheet) -> String {
        """
        <section class="sheet">
        <h1>\(sheet.heading.escaped)</h1>
        <p class="number">\(sheet.number.escaped)</p>
        \(sheet.blocks.map(html).joined(separator: "\n"))
        <p class="foot">\(sheet.foot.escaped)</p>
        </section>

        """
    }

    private func html(_ block: Sheet.Block) -> String {
        switch block {
        case .heading(let text): "<h2>\(text.escaped)</h2>"
        case .text(let text): "<p class=\"text\">\(text.escaped)</p>"
        case .chart(let title, let bars): chart(title, bars)
        case .entries(let entries): form(rows(of: entries))
        case .table(let heads, let rows): table(heads, rows)
        case .choices(let name, let choices):
            // Handwriting needs a taller line.
            form([
                "\(head(name))<td colspan=\"3\"\(choices.contains(where: \.hasRoom) ? " class=\"signed\"" : "")>"
                    + "\(choices.map(html).joined(separator: " "))</td>"
            ])
        case .words(let name, let words, let lines):
            form(["\(head(name))<td colspan=\"3\" class=\"words lines\(lines)\">\((words ?? "").escaped)</td>"])
        }
    }

    private func form(_ rows: [String]) -> String {
        let columns = "<colgroup><col class=\"name\"><col><col class=\"name\"><col></colgroup>"
        return "<table>\(columns)\n\(rows.map { "<tr>\($0)</tr>" }.joined(separator: "\n"))\n</table>"
    }

    private func head(_ name: String) -> String { "<th>\(name.escaped)</th>" }

    private func rows(of entries: [Sheet.Entry]) -> [String] {
        Sheet.rows(of: entries).map { row in
            row.map { "\(head($0.name))<td\(row.count == 1 ? " colspan=\"3\"" : "")>\(($0.value ?? "").escaped)</td>" }
                .joined()
        }
    }

    private func table(_ heads: [String], _ rows: [[String]]) -> String {
        let figures = Sheet.figures(in: rows)
        func line(_ cells: [String], _ tag: String) -> String {
            let cells = cells.enumerated().map { index, cell in
                // A code, a date or a number stays in one line.
                let isShort = !cell.isEmpty && cell.utf8.count <= 12 && cell.utf8.allSatisfy { $0 > 32 && $0 < 127 }
                let style = figures.contains(index) ? "figure" : isShort ? "code" : ""
                return "<\(tag)\(tag == "th" || style.isEmpty ? "" : " class=\"\(style)\"")>\(cell.escaped)</\(tag)>"
            }
            return "<tr>\(cells.joined())</tr>"
        }
        let body = rows.map { line($0, "td") }.joined(separator: "\n")
        let style = heads.count > 7 ? "list many" : "list"
        return "<table class=\"\(style)\">\n<thead>\(line(heads, "th"))</thead>\n<tbody>\n\(body)\n</tbody>\n</table>"
    }

    /// A drawing in black on white, so that a printer without greys shows it. Each bar has its figure beside it.
    private func chart(_ title: String, _ bars: [Sheet.Bar]) -> String {
        let row = 22
        let rows = zip(bars, Sheet.Bar.lengths(of: bars, in: 330)).enumerated().map { index, bar in
            let (y, base) = (index * row, index * row + 15)
            return "<text x=\"150\" y=\"\(base)\" text-anchor=\"end\">\(bar.0.name.escaped)</text>"
                + "<rect x=\"160\" y=\"\(y + 3)\" width=\"\(bar.1)\" height=\"\(row - 6)\"/>"
                + "<text x=\"\(168 + bar.1)\" y=\"\(base)\">\(bar.0.figure.escaped)</text>"
        }
        return "<figure><figcaption>\(title.escaped)</figcaption>"
            + "<svg viewBox=\"0 0 640 \(max(1, bars.count) * row)\" role=\"img\">\n\(rows.joined(separator: "\n"))\n</svg></figure>"
    }

    private func html(_ choice: Sheet.Choice) -> String {
        let room = choice.hasRoom ? "<span class=\"room\">\((choice.value ?? "").escaped)</span>" : ""
        let box = "<span class=\"box\">\(choice.isTicked ? "√" : "")</span>"
        return "<span class=\"choice\">\(box)\(choice.text.escaped)\(room)</span>"
    }

    private static let style = """
        @page { size: A4; margin: 14mm 16mm }
        * { box-sizing: border-box }
        body { margin: 0; color: #000; background: #fff;
          font: 10.5pt/1.5 "Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", SimSun, sans-serif }
        .sheet { break-after: page; max-width: 178mm; margin: 0 auto }
        .sheet:last-of-type { break-after: auto }
        h1 { font-size: 17pt; text-align: center; margin: 0; letter-spacing: .08em }
        h2 { font-size: 10.5pt; margin: 3mm 0 1mm; break-after: avoid }
        .text { margin: 2mm 0; text-indent: 2em; overflow-wrap: anywhere }
        .number + .text { text-indent: 0 }
        figure { margin: 3mm 0; break-inside: avoid }
        figcaption { font-size: 9.5pt; margin-bottom: 1mm }
        svg { display: block; width: 100%; font-size: 13px; fill: #000 }
        .number { margin: 0 0 2mm; text-align: right; font-size: 8pt; color: #555 }
        .foot { break-before: avoid; margin: 3mm 0 0; font-size: 8.5pt; color: #555 }
        table { width: 100%; border-collapse: collapse; table-layout: fixed; margin-top: -1px; break-inside: avoid }
        th, td { border: 1px solid #000; padding: 1.2mm 2mm; text-align: left; vertical-align: middle; height: 8.5mm;
          overflow-wrap: anywhere; unicode-bidi: isolate }
        th { font-weight: normal; background: #f2f2f2; text-align: center }
        table:not(.list) + table:not(.list) { break-before: avoid }
        .list { break-inside: auto; table-layout: auto; margin-top: 2mm }
        .list thead { display: table-header-group }
        .list tr { break-inside: avoid }
        .figure { text-align: right; font-variant-numeric: tabular-nums }
        .figure, .code { white-space: nowrap }
        .many { font-size: 9pt }
        .many th, .many td { padding: .8mm 1.2mm; height: 7mm }
        col.name { width: 28mm }
        .words { vertical-align: top }
        .lines2 { height: 16mm }
        .signed { line-height: 9mm }
        .choice { display: inline-block; margin-right: 5mm; white-space: normal }
        .box { display: inline-block; width: 3.6mm; height: 3.6mm; border: 1px solid #000; margin-right: 1.5mm;
          vertical-align: -.4mm; line-height: 3.4mm; text-align: center; font-size: 9pt }
        .room { display: inline-block; min-width: 30mm; border-bottom: 1px solid #000; margin-left: 2mm; padding: 0 1mm;
          text-align: center }
        @media screen {
          body { background: #ddd; padding: 8mm }
          .sheet { background: #fff; max-width: 210mm; padding: 14mm 16mm; margin-bottom: 8mm; box-shadow: 0 1px 6px #888 }
        }
        """
}

extension String {
    /// The text escaped for HTML content and quoted attributes.
    fileprivate var escaped: String {
        safeLines.map { line in
            line.unicodeScalars.reduce(into: "") { text, scalar in
                switch scalar {
                case "&": text += "&amp;"
                case "<": text += "&lt;"
                case ">": text += "&gt;"
                case "\"": text += "&quot;"
                case "'": text += "&#39;"
                default: text.unicodeScalars.append(scalar)
                }
            }
        }.joined(separator: "<br>")
    }
}
