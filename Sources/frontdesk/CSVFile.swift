import Estate
import Foundation
import Journal

/// A CSV file (RFC 4180) in UTF-8, with or without BOM, or in GB 18030.
///
/// Records are read strictly:
/// - a quote is allowed only around a whole cell, or doubled inside one; anything else refuses the file;
/// - commas and line breaks inside quotes are data; line breaks may be `\n` or `\r\n`; empty lines are skipped;
/// - a record whose number of cells differs from the header's is refused.
///
/// Each record keeps the line it starts on (from 1), for error messages.
struct CSVFile {
    struct Record {
        let line: Int
        let cells: [String]
    }

    let records: [Record]

    /// Reads and parses a file. Throws `Refusal` `import.file`, `import.encoding` or `import.quotes`.
    init(at path: String) throws {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw Refusal.input("import.file", "读不到文件：\(path)", en: "the file cannot be read: \(path)")
        }
        guard let text = CSVFile.decode(data) else {
            throw Refusal.input(
                "import.encoding", "文件不是 UTF-8 或 GB 18030：\(path)",
                en: "the file is neither UTF-8 nor GB 18030: \(path)")
        }
        records = try CSVFile.parse(text)
    }

    private static func decode(_ data: Data) -> String? {
        let bytes = data.starts(with: [0xEF, 0xBB, 0xBF]) ? data.dropFirst(3) : data
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        // kCFStringEncodingGB_18030_2000 (0x0632) as an NSStringEncoding.
        return String(data: bytes, encoding: String.Encoding(rawValue: 0x8000_0632))
    }

    /// Parses the text of a CSV file. Throws `Refusal` `import.quotes`.
    static func parse(_ text: String) throws -> [Record] {
        var records: [Record] = []
        var cells: [String] = []
        var cell = ""
        var (line, start) = (1, 1)
        var isQuoted = false
        var wasQuoted = false
        func malformed() -> Refusal {
            .input("import.quotes", "第 \(line) 行的引号不成对", en: "line \(line) has a quote in the wrong place")
        }
        func endCell() {
            cells.append(cell)
            (cell, wasQuoted) = ("", false)
        }
        func endRecord() {
            endCell()
            if cells != [""] { records.append(Record(line: start, cells: cells)) }
            cells = []
        }
        var signs = text.unicodeScalars.makeIterator()
        var pending: Unicode.Scalar?
        while let sign = pending ?? signs.next() {
            pending = nil
            if isQuoted {
                if sign == "\"" {
                    let next = signs.next()
                    if next == "\"" { cell += "\"" } else { (isQuoted, pending) = (false, next) }
                } else {
                    if sign == "\n" { line += 1 }
                    cell.unicodeScalars.append(sign)
                }
                continue
            }
            switch sign {
            case "\"":
                guard cell.isEmpty, !wasQuoted else { throw malformed() }
                (isQuoted, wasQuoted) = (true, true)
            case ",": endCell()
            case "\r": continue
            case "\n":
                endRecord()
                line += 1
                start = line
            default:
                if wasQuoted { throw malformed() }
                cell.unicodeScalars.append(sign)
            }
        }
        if isQuoted { throw malformed() }
        if !cell.isEmpty || !cells.isEmpty || wasQuoted { endRecord() }
        return records
    }

    /// A record as the members of an action, or the reason why it has none.
    struct Row {
        let line: Int
        let members: Result<[String: JSONValue], Refusal>

        /// Performs the row's action at the row's `at`, else at `at`. Returns the line and reason of a refusal.
        func perform(
            _ action: any Action.Type, in batch: inout Store.Batch, at: Moment?, zone: Zone
        ) -> (line: Int, refusal: Refusal)? {
            do {
                var members = try members.get()
                var moment = at
                if case .string(let text)? = members.removeValue(forKey: "at"), !text.isEmpty {
                    moment = try Moment(typed: text, zone: zone, dateMeansEnd: false)
                }
                try batch.perform(try action.read(members, zone: zone), at: moment)
                return nil
            } catch let refusal as Refusal {
                return (line, refusal)
            } catch {
                return (line, .rule("import.row", "\(error)", en: "\(error)"))
            }
        }
    }

    /// The records after the header. A column is named by a field's key or its label in either language; `at` is
    /// allowed too.
    ///
    /// - Throws: `Refusal` `import.empty` or `import.column`: unknown, repeated or missing columns.
    func rows(of action: any Action.Type) throws -> [Row] {
        guard let header = records.first else { throw Refusal.input("import.empty", "文件是空的", en: "the file is empty") }
        let fields = action.description
        let keys = try header.cells.map { cell in
            let name = cell.halfwidth
            if name == "at" || name == "时间" { return "at" }
            guard
                let field = fields.first(where: {
                    $0.key == name || $0.label.chinese == name || $0.label.english == name
                })
            else {
                throw Refusal.input(
                    "import.column", "没有这一列：\(name)（可用：\(fields.map(\.key).joined(separator: "、"))、at）",
                    en: "there is no column \(name) (there are: \(fields.map(\.key).joined(separator: ", ")), at)")
            }
            return field.key
        }
        if Set(keys).count < keys.count { throw Refusal.input("import.column", "列名重复", en: "a column is there twice") }
        if let missing = fields.first(where: { $0.isRequired && !keys.contains($0.key) }) {
            throw Refusal.input("import.column", "缺少这一列：\(missing.key)", en: "the column \(missing.key) is missing")
        }
        return records.dropFirst().map { record in
            guard record.cells.count == keys.count else {
                return Row(
                    line: record.line,
                    members: .failure(
                        .input(
                            "import.cells", "有 \(record.cells.count) 格，应为 \(keys.count) 格",
                            en: "\(record.cells.count) cells instead of \(keys.count)")))
            }
            return Row(
                line: record.line,
                members: .success(Dictionary(uniqueKeysWithValues: zip(keys, record.cells.map { .string($0) }))))
        }
    }
}
