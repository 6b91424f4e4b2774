extension Spreadsheet {
    /// Reads a CSV file (RFC 4180) of any encoding of ``TextEncoding``.
    ///
    /// - The separator is the one of a first line `sep=;`, else the one of comma, tab and semicolon that divides the first
    ///   lines most evenly.
    /// - Lines end in LF, CR LF or CR. Separators and line ends in quotes are data; empty lines are skipped.
    /// - Quotes are read strictly: around a whole cell, or doubled inside one. `="0123"`, by which spreadsheets keep
    ///   leading zeros, is the text inside.
    /// - The apostrophe with which ``CSV`` guards a text against being taken for a formula is removed.
    ///
    /// - Throws: ``SheetError`` `encoding` or `quotes`.
    init(csv bytes: [UInt8]) throws {
        var reader = CSVReader(try TextEncoding.utf8(bytes))
        self.init(.csv, rows: try reader.rows())
    }
}

private struct CSVReader {
    private let bytes: [UInt8]
    private var place = 0
    private var line = 1
    private let separator: UInt8

    private static let quote = UInt8(ascii: "\"")
    private static let (lineFeed, carriageReturn) = (UInt8(ascii: "\n"), UInt8(ascii: "\r"))

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        if let stated = CSVReader.statedSeparator(of: bytes) {
            (separator, place) = stated
            line = place > 5 ? 2 : 1
        } else {
            separator = CSVReader.likeliestSeparator(of: bytes)
        }
    }

    // MARK: The separator

    /// The separator of a first line `sep=;`, and where the next line begins.
    private static func statedSeparator(of bytes: [UInt8]) -> (UInt8, Int)? {
        guard bytes.count >= 5, String(decoding: bytes[..<4], as: UTF8.self).lowercased() == "sep=" else { return nil }
        let separator = bytes[4]
        guard separator < 0x80, separator != quote, separator != lineFeed, separator != carriageReturn else {
            return nil
        }
        if bytes.count == 5 { return (separator, 5) }
        if bytes[5] == lineFeed { return (separator, 6) }
        if bytes[5] == carriageReturn { return (separator, bytes.count > 6 && bytes[6] == lineFeed ? 7 : 6) }
        return nil
    }

    /// The separator that gives most cells in lines of equal length, among the first 40 lines.
    private static func likeliestSeparator(of bytes: [UInt8]) -> UInt8 {
        let candidates: [UInt8] = [UInt8(ascii: ","), UInt8(ascii: "\t"), UInt8(ascii: ";")]
        var best = (separator: candidates[0], score: 0)
        for candidate in candidates {
            var (counts, count, isQuoted) = ([Int: Int](), 0, false)
            var lines = 0
            for byte in bytes.prefix(1 << 16) {
                if byte == quote { isQuoted.toggle() }
                if isQuoted { continue }
                if byte == candidate {
                    count += 1
                } else if byte == lineFeed || byte == carriageReturn {
                    if count > 0 { counts[count, default: 0] += 1 }
                    (count, lines) = (0, lines + 1)
                    if lines == 40 { break }
                }
            }
            if count > 0 { counts[count, default: 0] += 1 }
            let score = counts.map { $0.key * $0.value }.max() ?? 0
            if score > best.score { best = (candidate, score) }
        }
        return best.separator
    }

    // MARK: Cells

    mutating func rows() throws -> [Spreadsheet.Row] {
        var rows: [Spreadsheet.Row] = []
        while place < bytes.count {
            let start = line
            var cells: [Spreadsheet.Cell] = []
            repeat { cells.append(try cell()) } while endCell()
            if cells.contains(where: { $0 != .empty }) { rows.append(Spreadsheet.Row(number: start, cells: cells)) }
        }
        return rows
    }

    /// Goes behind the separator or line end after a cell. Returns whether the line has another cell.
    private mutating func endCell() -> Bool {
        guard place < bytes.count else { return false }
        if bytes[place] == separator {
            place += 1
            return true
        }
        endLine()
        return false
    }

    private mutating func endLine() {
        place +=
            bytes[place] == CSVReader.carriageReturn && place + 1 < bytes.count
                && bytes[place + 1] == CSVReader.lineFeed ? 2 : 1
        line += 1
    }

    private mutating func cell() throws -> Spreadsheet.Cell {
        guard place < bytes.count else { return .empty }
        if bytes[place] == CSVReader.quote {
            return Spreadsheet.Cell(CSV.plain(of: try quoted()))
        }
        if bytes[place] == UInt8(ascii: "="), place + 1 < bytes.count, bytes[place + 1] == CSVReader.quote {
            place += 1
            return Spreadsheet.Cell(String(decoding: try quoted(), as: UTF8.self))
        }
        let start = place
        while place < bytes.count {
            let byte = bytes[place]
            if byte == separator || byte == CSVReader.lineFeed || byte == CSVReader.carriageReturn { break }
            if byte == CSVReader.quote { throw SheetError.quotes(line: line) }
            place += 1
        }
        return Spreadsheet.Cell(CSV.plain(of: bytes[start..<place]))
    }

    /// The contents of a quoted cell; `place` is at its first quote.
    private mutating func quoted() throws -> ArraySlice<UInt8> {
        let first = line
        place += 1
        var text: [UInt8] = []
        while place < bytes.count {
            let byte = bytes[place]
            if byte == CSVReader.quote {
                place += 1
                guard place < bytes.count else { return text[...] }
                if bytes[place] == CSVReader.quote {
                    text.append(byte)
                    place += 1
                    continue
                }
                let next = bytes[place]
                guard next == separator || next == CSVReader.lineFeed || next == CSVReader.carriageReturn else {
                    throw SheetError.quotes(line: line)
                }
                return text[...]
            }
            if byte == CSVReader.lineFeed || byte == CSVReader.carriageReturn {
                let start = place
                endLine()
                text += bytes[start..<place]
            } else {
                text.append(byte)
                place += 1
            }
        }
        throw SheetError.quotes(line: first)
    }
}
