import Estate

/// In what form a report is handed out.
public enum ReportFormat: String, CaseIterable, Sendable {
    /// For a plain printer: eighty columns of text.
    case text
    /// For paper of size A4 by way of a browser: one file that needs no other.
    case html
    /// For spreadsheets: a row for each sheet.
    case csv

    /// The whole report, with a line break at its end.
    public func text(of rows: Rows, _ document: Document) -> String {
        switch self {
        case .text: TextDocument(document).text
        case .html: document.html
        case .csv: rows.csv + "\r\n"
        }
    }
}

extension Document {
    /// As ``ReportFormat/html``.
    public var html: String { HTMLDocument(self).text }
}
