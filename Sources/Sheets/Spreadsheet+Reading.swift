import Foundation

extension Spreadsheet {
    /// Reads a file, or standard input for `-`: a workbook if its bytes are one, else CSV.
    ///
    /// - Parameter name: the sheet of a workbook; `nil` for the first visible one.
    /// - Throws: ``SheetError``.
    public init(at path: String, sheet name: String? = nil) throws {
        try self.init(Spreadsheet.contents(of: path), sheet: name)
    }

    /// The names of the visible sheets of a workbook's bytes, in order; none for CSV.
    ///
    /// - Throws: ``SheetError``.
    public static func sheetNames(in bytes: [UInt8]) throws -> [String] {
        try isWorkbook(bytes) ? Workbook(bytes).visibleSheets : []
    }

    private static func isWorkbook(_ bytes: [UInt8]) -> Bool {
        bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) || bytes.starts(with: [0x50, 0x4B, 0x05, 0x06])
    }

    /// Reads the bytes of a file.
    ///
    /// - Throws: ``SheetError``.
    public init(_ bytes: [UInt8], sheet name: String? = nil) throws { try self.init(bytes, sheet: name, Limits()) }

    init(_ bytes: [UInt8], sheet name: String? = nil, _ limits: Limits) throws {
        if Spreadsheet.isWorkbook(bytes) {
            var workbook = try Workbook(bytes, limits)
            self = try workbook.sheet(named: name)
        } else if bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) {
            throw SheetError.oldFormat
        } else if bytes.first(where: { $0 > 0x20 }) == UInt8(ascii: "<") {
            // Web programs give tables of HTML the name of a workbook.
            throw SheetError.noWorkbook
        } else {
            self = try Spreadsheet(csv: bytes)
        }
    }

    /// All bytes of a file or a pipe, `-` for standard input.
    ///
    /// - Throws: ``SheetError`` `unreadable` or `tooLarge`.
    public static func contents(of path: String) throws -> [UInt8] {
        let file = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
        if file < 0 { throw SheetError.unreadable(errno: errno) }
        defer { if file != STDIN_FILENO { close(file) } }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 18)
        while true {
            let count = read(file, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            if count < 0 { throw SheetError.unreadable(errno: errno) }
            if count == 0 { return bytes }
            bytes += buffer[..<count]
            if bytes.count > Limits.file { throw SheetError.tooLarge }
        }
    }
}
