import Foundation

/// What people really type, and what comes of it: a row of `Tests/Fixtures/values.tsv`.
///
/// Each line has a kind (amount, date, period, moment, unit, phone, plate, role, name, search or header), what stands in
/// the cell or field, and what comes of it: the text that scripts read, several values separated by a space.
public struct ValueRow: Sendable, CustomStringConvertible {
    public let kind: String
    public let typed: String
    /// The text of the value; `!` for a text that is refused, `∅` for one that says that there is nothing.
    public let result: String

    public var isRefused: Bool { result == "!" }
    public var description: String { "\(kind) “\(typed)” \(result)" }

    /// All rows, in the order of the file.
    public static let all: [ValueRow] = {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("Fixtures/values.tsv")
        let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
        return text.split(separator: "\n").compactMap { line -> ValueRow? in
            let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            return cells.count == 3 ? ValueRow(kind: cells[0], typed: cells[1], result: cells[2]) : nil
        }
    }()

    /// The rows of a kind.
    public static func all(of kind: String) -> [ValueRow] { all.filter { $0.kind == kind } }
}
