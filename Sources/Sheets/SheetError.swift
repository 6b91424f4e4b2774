/// Why a file has no table that can be read.
public enum SheetError: Error, Hashable, Sendable {
    /// The file cannot be opened or read, with the system's error number.
    case unreadable(errno: Int32)
    /// Neither UTF-8, UTF-16 nor GB 18030.
    case encoding
    /// A line of a CSV file has a quote in the wrong place.
    case quotes(line: Int)
    /// A workbook of Excel before 2007, or one with a password.
    case oldFormat
    /// An archive that is no workbook.
    case noWorkbook
    /// A part of a workbook is damaged or not as the format has it.
    case malformed(part: String)
    /// More than a workbook may have; see `Limits`.
    case tooLarge
    /// The workbook has no visible sheet, or none of the name that was asked for.
    case noSheet(named: String?, known: [String])
}

/// How much of a file is read. What goes beyond is refused, so that no small file fills the memory.
struct Limits {
    /// Bytes of a file.
    static let file = 256 << 20
    /// Elements within one another.
    static let depth = 64
    /// Columns and rows of a sheet, as Excel has them.
    static let columns = 16_384
    static let rows = 1_048_576
    /// Entries of an archive.
    var entries = 10_000
    /// Bytes of all inflated parts together.
    var inflated = 512 << 20
    /// Cells of a sheet, empty ones before the last of a row included.
    var cells = 10_000_000
}
