import Foundation
import Journal
import Testing

@testable import Estate

/// `Golden/*.jsonl` holds journal lines of every kind that was ever written, with each set of optional fields. They are never
/// edited: whatever a field becomes later, these lines must stay readable.
@Suite("Lines of every kind that was ever written stay readable")
struct GoldenTests {
    private static let lines: [String] = {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("Golden")
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return files.sorted().flatMap { file -> [String] in
            let text = (try? String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8)) ?? ""
            return text.split(separator: "\n").map(String.init)
        }
    }()

    /// Reads a line's fact; the result of `body` on it.
    private func read<Result>(_ text: String, _ body: (Line, any Fact, Moment) throws -> Result) throws -> Result {
        try Array(text.utf8).withUnsafeBytes { bytes in
            let line = try #require(Line(proving: bytes), "the line does not prove itself")
            let (fact, at) = try #require(Estate.facts.read(line, zone: .shanghai, .empty))
            return try body(line, fact, at)
        }
    }

    @Test("each line is read, and written again byte for byte", arguments: lines)
    func roundTrip(text: String) throws {
        try read(text) { line, fact, at in
            let happened = at == line.written ? nil : at
            #expect(fact.data(at: happened, zone: .shanghai) == Array(line.data))
        }
    }

    @Test("every kind has a line")
    func kinds() throws {
        let kinds = try Set(GoldenTests.lines.map { try read($0) { _, fact, _ in type(of: fact).kind.description } })
        #expect(kinds == Set(Estate.factTypes.map { $0.kind.description }))
    }
}
