import Estate
import Screen

/// A document as plain text of 80 columns, with a form feed between sheets.
///
/// Columns are aligned by terminal width (``TextWidth``). Names stand in a column of their own, as wide as the longest
/// name but at most 20 columns; values are wrapped beside it. Empty values become lines of underscores, to be filled in
/// by hand.
struct TextDocument {
    private static let width = 80
    private static let measure = TextWidth()
    private let document: Document

    init(_ document: Document) { self.document = document }

    var text: String {
        let sheets = document.sheets.map { lines(of: $0).map(\.trimmingTrailingBlanks).joined(separator: "\n") + "\n" }
        return sheets.isEmpty ? "\(document.title)\n\(document.empty)\n" : sheets.joined(separator: "\u{0C}")
    }

    private func lines(of sheet: Sheet) -> [String] {
        let names = sheet.blocks.flatMap(\.names).map { TextDocument.measure.width(of: $0) }.max() ?? 0
        let form = Form(width: TextDocument.width, names: min(names, 20), measure: TextDocument.measure)
        let (measure, width) = (TextDocument.measure, TextDocument.width)
        return form.wrap(sheet.heading, to: width).map { measure.pad($0, to: width, align: .centre) }
            + form.wrap(sheet.number, to: width).map { measure.pad($0, to: width, align: .right) }
            + [String(repeating: "=", count: width)] + sheet.blocks.flatMap(form.lines)
            + [String(repeating: "=", count: width)] + form.wrap(sheet.foot, to: width)
    }
}

/// Lays out the blocks of one sheet; all widths in columns.
private struct Form {
    let width: Int
    let names: Int
    let measure: TextWidth

    func lines(of block: Sheet.Block) -> [String] {
        switch block {
        case .heading(let text):
            return wrap(text, to: width - 4).map { line in
                let title = "-- \(line) "
                return title + String(repeating: "-", count: width - measure.width(of: title))
            }
        case .text(let text): return wrap(text, to: width) + [""]
        case .chart(let title, let bars): return wrap(title, to: width) + chart(bars)
        case .entries(let entries): return Sheet.rows(of: entries).flatMap(lines)
        case .table(let heads, let rows): return table(heads, rows)
        case .choices(let name, let choices): return named(name, flow(choices.map(text), to: width - names - 1))
        case .words(let name, let words?, _): return named(name, wrap(words, to: width - names - 1))
        case .words(let name, nil, let count):
            let rule = String(repeating: "_", count: width - names - 1)
            return named(name, (0..<count).flatMap { $0 == 0 ? [rule] : ["", rule] })
        }
    }

    /// The text made safe by ``VisibleText`` and wrapped to `width` columns.
    func wrap(_ text: String, to width: Int) -> [String] {
        text.safeLines.flatMap { Line($0).wrapped(to: width, measure).map(\.text) }
    }

    private func named(_ name: String, _ lines: [String]) -> [String] {
        named(VisibleText.visible(name), to: names, lines)
    }

    private func named(_ name: String, to room: Int, _ lines: [String]) -> [String] {
        lines.enumerated().map { index, line in measure.pad(index == 0 ? name : "", to: room) + " " + line }
    }

    private func lines(_ row: [Sheet.Entry]) -> [String] {
        let wide = width / row.count
        let cells = row.map { entry in
            let room = wide - names - (row.count == 1 ? 1 : 2)
            return named(entry.name, entry.value.map { wrap($0, to: room) } ?? [String(repeating: "_", count: room)])
        }
        return (0..<(cells.map(\.count).max() ?? 0)).map { line in
            cells.map { measure.pad($0.indices.contains(line) ? $0[line] : "", to: wide) }.joined()
        }
    }

    private func table(_ heads: [String], _ rows: [[String]]) -> [String] {
        let (rooms, figures) = (rooms(for: [heads] + rows), Sheet.figures(in: rows))
        func line(_ cells: [String], isBlank: Bool = false) -> [String] {
            let wrapped = cells.enumerated().map { column, cell in
                cell.isEmpty
                    ? [isBlank ? String(repeating: "_", count: rooms[column]) : ""] : wrap(cell, to: rooms[column])
            }
            return (0..<(wrapped.map(\.count).max() ?? 0)).map { index in
                wrapped.enumerated().map { column, lines in
                    measure.pad(
                        lines.indices.contains(index) ? lines[index] : "", to: rooms[column],
                        align: figures.contains(column) ? .right : .left)
                }.joined(separator: "  ")
            }
        }
        return line(heads) + rows.flatMap { line($0, isBlank: $0.allSatisfy(\.isEmpty)) }
    }

    /// The widths of a table's columns: the same for all, unless a cell needs more and the others can spare it. Where not
    /// all have what they need, narrow columns have it and the others share the rest.
    private func rooms(for rows: [[String]]) -> [Int] {
        let count = rows.map(\.count).max() ?? 0
        let equal = (width - 2 * (count - 1)) / max(1, count)
        let needed = (0..<count).map { column in
            rows.compactMap { $0.indices.contains(column) ? $0[column] : nil }
                .flatMap(\.safeLines).map { measure.width(of: $0) }.max() ?? 0
        }
        let spare = width - 2 * (count - 1) - needed.reduce(0, +)
        guard needed.contains(where: { $0 > equal }) else { return Array(repeating: equal, count: count) }
        if spare >= 0 { return needed.map { $0 + spare / count } }
        var (rest, widest, rooms) = (width - 2 * (count - 1), count, needed)
        for column in needed.indices.sorted(by: { needed[$0] < needed[$1] }) {
            rooms[column] = min(needed[column], rest / widest)
            (rest, widest) = (rest - rooms[column], widest - 1)
        }
        return rooms
    }

    /// Bars of number signs, each with its figure behind it.
    private func chart(_ bars: [Sheet.Bar]) -> [String] {
        let names = bars.map { VisibleText.visible($0.name) }
        let figures = bars.map { VisibleText.visible($0.figure) }
        let room = min(24, names.map { measure.width(of: $0) }.max() ?? 0)
        let rest = width - room - 2 - (figures.map { measure.width(of: $0) }.max() ?? 0)
        return zip(names, zip(figures, Sheet.Bar.lengths(of: bars, in: max(1, rest)))).flatMap { name, bar in
            let line = String(repeating: "#", count: bar.1) + " " + bar.0
            return named(name, to: room, wrap(line, to: width - room - 1))
        }
    }

    private func text(_ choice: Sheet.Choice) -> String {
        let box = choice.isTicked ? "[x] " : "[ ] "
        let room = choice.hasRoom ? " " + (choice.value ?? String(repeating: "_", count: 14)) : ""
        return box + (choice.text + room).safeLines.joined(separator: " ")
    }

    /// Fills lines with words, three blanks apart.
    private func flow(_ words: [String], to width: Int) -> [String] {
        var lines: [String] = []
        for word in words {
            if let last = lines.last, measure.width(of: last) + 3 + measure.width(of: word) <= width {
                lines[lines.count - 1] = "\(last)   \(word)"
            } else {
                lines += wrap(word, to: width)
            }
        }
        return lines
    }
}

extension Sheet.Block {
    /// The names shown in the name column.
    fileprivate var names: [String] {
        switch self {
        case .entries(let entries): entries.map(\.name)
        case .choices(let name, _), .words(let name, _, _): [name]
        case .heading, .table, .text, .chart: []
        }
    }
}
