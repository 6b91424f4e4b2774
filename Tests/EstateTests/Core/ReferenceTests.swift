import Foundation
import Testing

@testable import Estate

/// The tables in the documentation for scripts are made of the declarations.
@Suite("The reference for scripts")
struct ReferenceTests {
    private static let path =
        URL(fileURLWithPath: #filePath).pathComponents.prefix { $0 != "Tests" }.joined(separator: "/")
        + "/Sources/frontdesk/frontdesk.docc/Reference.md"

    private func names(_ fields: [FieldDescription]) -> String {
        fields.map { "`\($0.key)\($0.isRequired ? "" : "?")`" }.joined(separator: " ")
    }

    private var text: String {
        var lines = [
            "# Reference for scripts", "",
            "The actions, views and reports with their fields. This page is made of the declarations: change those, then run",
            "`FRONTDESK_WRITE_DOCS=1 swift test --filter ReferenceTests`.", "",
            "A `?` marks what may be left out. A manager may do everything. Types: `frontdesk actions --json`.", "",
            "## Actions", "", "| Action | | Fields | Who |", "|---|---|---|---|",
        ]
        for action in Estate.actions {
            let roles = Role.allCases.filter { action.roles.contains($0) && $0 != .manager }.map(\.rawValue)
            lines.append(
                "| `\(action.name)` | \(action.label.chinese) · \(action.label.english) | \(names(action.description)) | "
                    + (roles.isEmpty ? "manager" : roles.joined(separator: " "))
                    + (action.condition.map { " (\($0.chinese) · \($0.english))" } ?? "") + " |")
        }
        for (title, views) in [("Views", Estate.views), ("Reports", Estate.reports)] {
            lines += ["", "## \(title)", "", "| Name | | Parameters | Columns |", "|---|---|---|---|"]
            for view in views {
                let columns = view.columnDescriptions.map { "`\($0.key)`" }.joined(separator: " ")
                lines.append(
                    "| `\(view.name)` | \(view.label.chinese) · \(view.label.english) | \(names(view.description)) | "
                        + "\(columns) |")
            }
        }
        return lines.joined(separator: "\n").replacingOccurrences(of: "|  |", with: "| |") + "\n"
    }

    @Test("names every action, view and report with its fields, as they are declared")
    func isCurrent() throws {
        if ProcessInfo.processInfo.environment["FRONTDESK_WRITE_DOCS"] == "1" {
            try text.write(toFile: Self.path, atomically: true, encoding: .utf8)
        }
        #expect(try String(contentsOfFile: Self.path, encoding: .utf8) == text)
    }
}
