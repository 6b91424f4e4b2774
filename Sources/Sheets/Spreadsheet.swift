/// The formats of tables that are read and written.
public enum SpreadsheetFormat: String, CaseIterable, Sendable {
    case csv
    case xlsx
}

/// A table of cells, as a file has it.
public struct Spreadsheet: Sendable {
    public let format: SpreadsheetFormat
    /// The name on its tab; `nil` in a CSV file.
    public let name: String?
    /// Without empty rows, in order.
    public internal(set) var rows: [Row]

    init(_ format: SpreadsheetFormat, name: String? = nil, rows: [Row]) {
        (self.format, self.name, self.rows) = (format, name, rows)
    }
}

extension Spreadsheet {
    /// A row of a table that is not empty.
    public struct Row: Hashable, Sendable {
        /// The line of a CSV file on which it starts, or the number of the row in a sheet; from 1.
        public let number: Int
        /// From the first column to the last that is not empty; of a CSV file, all cells.
        public internal(set) var cells: [Cell]

        public init(number: Int, cells: [Cell]) { (self.number, self.cells) = (number, cells) }
    }
}

extension Spreadsheet {
    /// One cell of a table.
    public enum Cell: Hashable, Sendable {
        case empty
        /// Text as it stands, not empty.
        case text(String)
        /// A number in plain decimal digits, at most the 15 significant ones that spreadsheets keep.
        case number(String)
        case date(CellDate)
        case flag(Bool)
        /// A cell whose value is not what somebody typed or meant.
        case flawed(Flaw)

        /// Why a cell has no value that can be relied on.
        public enum Flaw: Hashable, Sendable {
            /// A whole number of more than 15 digits: the program that saved it has rounded the others away.
            case digitsLost(String)
            /// The result of a formula that failed, e.g. `#N/A`.
            case error(String)
            /// A formula that no program has worked out.
            case uncalculated
            /// A number formatted as a date that is none in the workbook's calendar.
            case noDate(String)
        }

        /// A text cell; ``empty`` for an empty text.
        public init(_ text: String) { self = text.isEmpty ? .empty : .text(text) }

        /// The cell as text, dates as ISO 8601 in local time.
        public var text: String {
            switch self {
            case .empty: ""
            case .text(let text), .number(let text): text
            case .date(let date): date.text
            case .flag(let value): value ? "TRUE" : "FALSE"
            case .flawed(.digitsLost(let text)), .flawed(.error(let text)), .flawed(.noDate(let text)): text
            case .flawed(.uncalculated): "="
            }
        }
    }
}
