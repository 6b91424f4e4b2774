import Estate
import struct Journal.HeadSeal
import Sheets

/// Output format of a report.
public enum ReportFormat: String, CaseIterable, Sendable {
    /// Plain text of 80 columns, for line printers.
    case text
    /// A self-contained page for A4 paper, printed from a browser.
    case html
    /// A table for spreadsheets, one row per sheet, with the byte order mark by which Excel knows UTF-8.
    case csv
    /// The same as a workbook, with numbers and dates as such.
    case xlsx

    /// The bytes of the complete report. A text ends in a line break. `seal`: the head of the journal; it stands under
    /// documents, not in tables for spreadsheets.
    public func bytes(of rows: Rows, _ document: Document, sealedBy seal: HeadSeal?) -> [UInt8] {
        switch self {
        case .text: Array(TextDocument(document.sealed(by: seal)).text.utf8)
        case .html: Array(document.html(sealedBy: seal).utf8)
        case .csv: Array((CSV.byteOrderMark + rows.csv + "\r\n").utf8)
        case .xlsx: rows.spreadsheet(.xlsx, named: document.title, document.language).bytes
        }
    }
}

extension Document {
    /// The document as ``ReportFormat/html``. `seal`: the head of the journal.
    public func html(sealedBy seal: HeadSeal?) -> String { HTMLDocument(sealed(by: seal)).text }
}
