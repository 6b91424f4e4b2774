import Foundation
import Testing

/// The documentation names tests as evidence: each of them exists.
@Suite("The tests that the documentation names")
struct PromiseTests {
    private static let root = URL(
        fileURLWithPath: URL(fileURLWithPath: #filePath).pathComponents.prefix { $0 != "Tests" }.joined(separator: "/"))

    /// The text of each file below a folder whose name ends so.
    private static func files(_ folder: String, _ ending: String) throws -> [(name: String, text: String)] {
        let place = root.appendingPathComponent(folder)
        let all = FileManager.default.enumerator(at: place, includingPropertiesForKeys: nil)
        let found = (all?.compactMap { $0 as? URL } ?? []).filter { $0.path.hasSuffix(ending) }
        return try found.map { ($0.lastPathComponent, try String(contentsOf: $0, encoding: .utf8)) }
    }

    /// The suites by their names, each with the functions in it, of however many files.
    private static func suites() throws -> [String: Set<String>] {
        var suites: [String: Set<String>] = [:]
        for file in try files("Tests", ".swift") {
            var suite = ""
            for line in file.text.split(separator: "\n") {
                let words = line.split(separator: " ")
                for (word, next) in zip(words, words.dropFirst()) {
                    let name = String(next.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "." })
                    let last = name.split(separator: ".").last.map(String.init) ?? ""
                    if ["struct", "enum", "class", "extension"].contains(word), last.hasSuffix("Tests") {
                        suite = last
                        suites[suite, default: []].formUnion([])
                    } else if word == "func" {
                        suites[suite, default: []].insert(name)
                    }
                }
            }
        }
        return suites
    }

    /// The tests that a text names: `FaultTests`, `Recovery/FaultTests`, `TamperTests.seals`.
    private static func named(in text: String) -> [(suite: String, test: String?)] {
        text.matches(of: /`(?:\w+\/)*([A-Z]\w*Tests)(?:\.(\w+))?`/).map { (String($0.1), $0.2.map(String.init)) }
            .filter { !FileManager.default.fileExists(atPath: root.appendingPathComponent("Tests/\($0.suite)").path) }
    }

    private static func isThere(_ suite: String, _ test: String?, in suites: [String: Set<String>]) -> Bool {
        suites[suite].map { tests in test.map(tests.contains) ?? true } ?? false
    }

    @Test("each test that README and the catalogues name is in the sources")
    func names() throws {
        let suites = try Self.suites()
        var count = 0
        let pages =
            try Self.files("Sources", ".md")
            + [("README.md", try String(contentsOf: Self.root.appendingPathComponent("README.md"), encoding: .utf8))]
        for page in pages {
            for (suite, test) in Self.named(in: page.text) {
                count += 1
                #expect(
                    Self.isThere(suite, test, in: suites), "\(page.name): \(suite)\(test.map { ".\($0)" } ?? "")")
            }
        }
        #expect(count > 50)
        #expect(!Self.isThere("NoSuchTests", nil, in: suites) && !Self.isThere("PromiseTests", "none", in: suites))
    }

    @Test("each promise of the journal has a test")
    func promises() throws {
        let page = try #require(try Self.files("Sources/Journal", "Journal.md").first)
        let table = try #require(page.text.components(separatedBy: "\n## Promises\n").last)
        let rows = table.split(separator: "\n").filter { $0.hasPrefix("| ") }.dropFirst()
        #expect(rows.count > 15)
        for row in rows { #expect(!Self.named(in: String(row)).isEmpty, "\(row)") }
    }
}
