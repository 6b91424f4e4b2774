import Foundation
import TestSupport
import Testing

extension Program {
    /// The values of `Tests/Fixtures/values.tsv`, each in an action of its own.
    @Suite("Values as people type them, through do")
    struct ValueTests {
        /// An action that takes a value of a kind, and the view and column that show it.
        private struct Way {
            let action: String
            let field: String
            var others: [String: String] = [:]
            let view: String
            let column: String
        }

        private static func bill(_ field: String) -> Way {
            var others = ["period": "2025-11", "item": "水费", "amount": "10", "due": "2025-12-01", "unit": "3-2-501"]
            others[field] = nil
            return Way(action: "bill.issue", field: field, others: others, view: "bills", column: field)
        }

        private static func person(_ field: String) -> Way {
            var others = ["name": "新来", "unit": "", "role": "family"]
            others[field] = nil
            return Way(action: "person.add", field: field, others: others, view: "people", column: field)
        }

        private static func visitor(_ field: String, _ column: String) -> Way {
            Way(
                action: "visitor.arrive", field: field,
                others: ["name": "客", "host": "3-2-501", "purpose": "快递", "again": "yes"], view: "gate", column: column)
        }

        private static let ways: [String: Way] = [
            "amount": bill("amount"), "date": bill("due"), "period": bill("period"), "unit": bill("unit"),
            "phone": person("phone"), "role": person("role"), "name": person("name"),
            "moment": visitor("at", "arrived"), "plate": visitor("plate", "plate"),
        ]

        @Test("Each row is recorded as the table says, or refused")
        func rows() throws {
            let home = try TestHome()
            let rows = ValueRow.all.filter { Self.ways[$0.kind] != nil }
            let units = Set(ValueRow.all(of: "unit").filter { !$0.isRefused }.map(\.result)).subtracting(["3-2-501"])
            var lines = units.map { line(["do": "unit.add", "unit": $0]) }
            for (index, row) in rows.enumerated() {
                // A unit of its own: a name is registered there once.
                let own = "9-9-\(index + 1)"
                lines.append(line(["do": "unit.add", "unit": own]))
                let way = try #require(Self.ways[row.kind])
                var members = way.others.mapValues { $0.isEmpty ? own : $0 }
                // Bills of an item and a period are issued once.
                if way.action == "bill.issue" { members["item"] = "水费\(index)" }
                members["do"] = way.action
                members[way.field] = row.typed
                lines.append(line(members))
            }
            let outcome = try home.run("do --lines", input: lines.joined(separator: "\n"))
            let answers = Array(outcome.answers.dropFirst(units.count))
            try #require(answers.count == 2 * rows.count, "\(outcome)")
            var shown: [String: [String: JSON]] = [:]
            for view in ["bills", "people", "gate"] {
                for row in try home.show(view) { shown[view, default: [:]][row["id"].text ?? ""] = row }
            }
            for (index, row) in rows.enumerated() {
                let answer = answers[2 * index + 1]
                if row.isRefused {
                    #expect(answer["error"]["code"].exists, "\(row)")
                    continue
                }
                let way = try #require(Self.ways[row.kind])
                let id = try #require(answer["id"].text, "\(row): \(answer)")
                let value = shown[way.view]?[id]?[way.column].text ?? "∅"
                #expect(value == (row.kind == "phone" ? masked(row.result) : row.result), "\(row)")
            }
        }

        private func line(_ members: [String: String]) -> String {
            String(decoding: (try? JSONEncoder().encode(members)) ?? Data(), as: UTF8.self)
        }

        /// The numbers as a list shows them.
        private func masked(_ phones: String) -> String {
            phones.split(separator: " ").map { phone in
                let digits = phone.prefix { $0 != "#" }
                return digits.count < 11
                    ? String(digits)
                    : digits.prefix(3) + String(repeating: "*", count: digits.count - 7) + digits.suffix(4)
            }.joined(separator: " ")
        }

        @Test("A filter without a year means the last such day, and says so")
        func past() throws {
            let home = try TestHome()
            let outcome = try home.run("show calls from=3月1日 --json")
            #expect(outcome.code == 0)
            let year = Calendar.current.component(.year, from: Date())
            #expect(["\(year)-03-01", "\(year - 1)-03-01"].contains { outcome.err.contains("from → \($0)") })
            #expect(!outcome.err.contains("\(year + 1)-03-01"))
        }
    }
}
