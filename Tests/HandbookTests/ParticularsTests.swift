import Foundation
import Handbook
import Testing

@Suite("Particulars: what is kept, and for how long (Rules, Particulars)")
struct ParticularsTests {
    private let rule: Handbook.Particulars

    init() throws { rule = try Handbook(chapters: [Handbook.Particulars.self]).particulars }

    @Test("README names each class, and how long it is kept")
    func readme() throws {
        var root = URL(fileURLWithPath: #filePath)
        for _ in 0..<3 { root.deleteLastPathComponent() }
        let text = try String(contentsOf: root.appendingPathComponent("README.md"), encoding: .utf8)
        let rows = text.split(separator: "\n").filter { $0.hasPrefix("| ") }
        for known in rule.classes {
            let row = try #require(rows.first { $0.hasPrefix("| \(known.name) · \(known.english) |") }, "\(known.id)")
            #expect(row.contains("\(rule.days(of: known.id)) 天"), "\(known.id)")
            // What proves money or rights is never erased on request.
            #expect(row.contains("不按要求删除") == (known.readers != nil), "\(known.id)")
        }
    }

    @Test("each kind is sealed once, in a class that is known, and each class but that of drafts has one")
    func classes() {
        #expect(Set(rule.sealed.map(\.kind)).count == rule.sealed.count)
        let used = Set(rule.sealed.map(\.class))
        #expect(used.union(["drafts"]) == Set(rule.classes.map(\.id)))
        for known in rule.classes { #expect(rule.days(of: known.id) > 0) }
    }

    @Test("visitors 30 days, callers 180, a resident 365 after leaving, what proves money 30 years")
    func days() {
        #expect(["visitors", "callers", "residents", "payers"].map(rule.days) == [30, 180, 365, 10_957])
        #expect(rule["residents"]?.from == .leaving)
    }
}
