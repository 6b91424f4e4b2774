import Foundation

/// Reads the cells of one sheet.
struct SheetReader {
    private var xml: XMLReader
    private let strings: [String]
    private let formats: NumberFormats
    private let dates: DateSystem
    private let limits: Limits
    private var count = 0

    init(
        _ bytes: [UInt8], part: String, strings: [String], formats: NumberFormats, dates: DateSystem, _ limits: Limits
    ) {
        xml = XMLReader(bytes, part: part)
        (self.strings, self.formats, self.dates, self.limits) = (strings, formats, dates, limits)
    }

    /// The rows that are not empty. A cell that was merged downwards stands in each of its rows. Throws ``SheetError``.
    mutating func rows() throws -> [Spreadsheet.Row] {
        var (rows, number, merged) = ([Spreadsheet.Row](), 0, [ClosedRange<Int>]())
        var columns: [Int] = []
        while let event = try xml.next() {
            guard event == .start else { continue }
            if xml.name == "row" {
                number = try xml.attribute("r").flatMap { Int($0) } ?? number + 1
                guard (1...Limits.rows).contains(number) else { throw xml.malformed }
                let cells = try row()
                if !cells.isEmpty { rows.append(Spreadsheet.Row(number: number, cells: cells)) }
            } else if xml.name == "mergeCell",
                let range = try xml.attribute("ref").flatMap(SheetReader.mergedColumn(of:))
            {
                merged.append(range.rows)
                columns.append(range.column)
            }
        }
        try fill(&rows, zip(columns, merged))
        return rows
    }

    // MARK: Cells

    private mutating func row() throws -> [Spreadsheet.Cell] {
        var (cells, column) = ([Spreadsheet.Cell](), -1)
        while let event = try xml.next() {
            if event == .end, xml.name == "row" { break }
            guard event == .start, xml.name == "c" else { continue }
            column = try xml.attribute("r").flatMap(SheetReader.column(of:)) ?? column + 1
            guard column < Limits.columns else { throw xml.malformed }
            let cell = try cell()
            if cell == .empty { continue }
            if column >= cells.count {
                count += column + 1 - cells.count
                if count > limits.cells { throw SheetError.tooLarge }
                while cells.count <= column { cells.append(.empty) }
            }
            cells[column] = cell
        }
        return cells
    }

    private mutating func cell() throws -> Spreadsheet.Cell {
        let type = try xml.attribute("t") ?? "n"
        let style = try xml.attribute("s").flatMap { Int($0) } ?? 0
        var (value, isValue, hasFormula, inline) = ("", false, false, String?.none)
        var depth = 1
        while depth > 0 {
            guard let event = try xml.next() else { throw xml.malformed }
            switch event {
            case .start:
                if xml.name == "is" {
                    inline = try SharedStrings.richText(of: &xml)
                } else {
                    depth += 1
                    isValue = xml.name == "v"
                    if xml.name == "f" { hasFormula = true }
                }
            case .end: (depth, isValue) = (depth - 1, false)
            case .text: if isValue { value += try xml.text() }
            }
        }
        if let inline { return Spreadsheet.Cell(inline) }
        if value.isEmpty { return hasFormula && type != "str" ? .flawed(.uncalculated) : .empty }
        switch type {
        case "s":
            guard let index = Int(value.trimmed), strings.indices.contains(index) else { throw xml.malformed }
            return Spreadsheet.Cell(strings[index])
        case "b": return .flag(value.trimmed == "1" || value.trimmed == "true")
        case "e": return .flawed(.error(value))
        case "d": return SheetReader.isoDate(value.trimmed) ?? Spreadsheet.Cell(value)
        case "n": return try number(value.trimmed, style)
        default: return Spreadsheet.Cell(SharedStrings.unescaped(value))
        }
    }

    private func number(_ text: String, _ style: Int) throws -> Spreadsheet.Cell {
        guard let value = Double(text), value.isFinite else { throw xml.malformed }
        if formats[style] == .date {
            return dates.date(value).map { .date($0) } ?? .flawed(.noDate(PlainNumber.text(of: value)))
        }
        return PlainNumber.cell(text, value)
    }

    /// `2026-03-05` or `2026-03-05T14:30:00`, fractions of a second and a `Z` left out.
    private static func isoDate(_ text: String) -> Spreadsheet.Cell? {
        let parts = text.split(separator: "T", omittingEmptySubsequences: false)
        let day = parts[0].split(separator: "-").compactMap { Int($0) }
        guard parts.count <= 2, day.count == 3, (1...9999).contains(day[0]), (1...12).contains(day[1]),
            (1...31).contains(day[2])
        else { return nil }
        let time = parts.count == 2 ? parts[1].prefix(8).split(separator: ":").compactMap { Int($0) } : [0, 0, 0]
        guard time.count == 3, (0..<24).contains(time[0]), (0..<60).contains(time[1]), (0..<60).contains(time[2])
        else { return nil }
        return .date(
            CellDate(
                CellDate.Day(year: day[0], month: day[1], day: day[2]),
                seconds: time[0] * 3600 + time[1] * 60 + time[2]))
    }

    // MARK: References

    /// The index of the column of a cell, from 0: 27 for `AB12`. Beyond the last column for letters without end.
    private static func column(of reference: String) -> Int? {
        var column = 0
        for byte in reference.utf8 {
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): column = column * 26 + Int(byte - UInt8(ascii: "A")) + 1
            case UInt8(ascii: "a")...UInt8(ascii: "z"): column = column * 26 + Int(byte - UInt8(ascii: "a")) + 1
            default: return column == 0 ? nil : column - 1
            }
            if column > Limits.columns { return Limits.columns }
        }
        return column == 0 ? nil : column - 1
    }

    /// The column and rows of a range of several rows in one column, `A3:A5`; `nil` for any other.
    private static func mergedColumn(of range: String) -> (column: Int, rows: ClosedRange<Int>)? {
        let ends = range.split(separator: ":").map(String.init)
        let rows = ends.map { Int($0.drop { !$0.isNumber }) }
        guard ends.count == 2, let column = column(of: ends[0]), column == self.column(of: ends[1]),
            let first = rows[0], let last = rows[1], first > 0, first < last
        else { return nil }
        return (column, first...last)
    }

    private func fill(_ rows: inout [Spreadsheet.Row], _ merged: some Sequence<(Int, ClosedRange<Int>)>) throws {
        var places: [Int: Int]?
        var work = 0
        for (column, range) in merged {
            let known = places ?? Dictionary(rows.enumerated().map { ($1.number, $0) }) { first, _ in first }
            places = known
            guard let first = known[range.lowerBound], rows[first].cells.indices.contains(column) else { continue }
            let value = rows[first].cells[column]
            for number in range.dropFirst() {
                work += 1
                if work > limits.cells { throw SheetError.tooLarge }
                guard let place = known[number] else { continue }
                while rows[place].cells.count <= column { rows[place].cells.append(.empty) }
                if rows[place].cells[column] == .empty { rows[place].cells[column] = value }
            }
        }
    }
}

/// Numbers in plain decimal digits.
enum PlainNumber {
    /// The significant digits that spreadsheets keep.
    private static let digits = 15

    /// The cell of a number that a file has as a text.
    static func cell(_ text: String, _ value: Double) -> Spreadsheet.Cell {
        if abs(value) >= 1e15 { return .flawed(.digitsLost(self.text(of: value))) }
        let figures = text.utf8.filter { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }.count
        let isPlain = text.utf8.allSatisfy {
            (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-")
        }
        if isPlain, figures <= digits, text.utf8.first != UInt8(ascii: "."), value != 0 { return .number(text) }
        return .number(self.text(of: value))
    }

    /// The number rounded to 15 significant digits, without an exponent.
    static func text(of value: Double) -> String {
        if value == 0 { return "0" }
        let parts = String(format: "%.\(digits - 1)e", abs(value)).split(separator: "e")
        let exponent = Int(parts[1]) ?? 0
        var figures = parts[0].filter { $0 != "." }
        while figures.last == "0", figures.count > 1 { figures.removeLast() }
        let text: String
        if exponent < 0 {
            text = "0." + String(repeating: "0", count: -exponent - 1) + figures
        } else if figures.count <= exponent + 1 {
            text = figures + String(repeating: "0", count: exponent + 1 - figures.count)
        } else {
            text = figures.prefix(exponent + 1) + "." + figures.dropFirst(exponent + 1)
        }
        return value < 0 ? "-" + text : text
    }
}

extension String {
    fileprivate var trimmed: String { trimmingCharacters(in: .whitespacesAndNewlines) }
}
