import Handbook
import Testing

@Suite("Inspection templates")
struct InspectionsTests {
    private let handbook: Handbook
    private static let frontdesk = (1...8).map { "1.\($0)" }
    private static let gate = (1...15).map { "7.\($0)" }

    init() throws {
        handbook = try Handbook(chapters: [Handbook.Inspections.self])
    }

    @Test(
        "every clause is an item, once",
        arguments: [("frontdesk", frontdesk), ("gate", gate), ("weekly", frontdesk + gate)])
    func items(name: String, ids: [String]) throws {
        let template = try #require(handbook.template(named: name))
        #expect(template.items.map(\.id) == ids)
        #expect(template.items.allSatisfy { !$0.text.isEmpty })
        #expect(template.includes.isEmpty)
    }

    @Test("the prescribed words stand in their items to the letter")
    func words() throws {
        let items = try #require(handbook.template(named: "weekly")).items
        let texts = Dictionary(uniqueKeysWithValues: items.map { ($0.id, $0.text) })
        for (id, words) in [
            ("1.2", "“您好，**花园”"), ("1.3", "逐条记录"), ("1.4", "“谢谢，再见！”"), ("1.5", "“对不起，请您用普通话，好吗？”"),
            ("1.8", "“谢谢，再见”"), ("7.10", "《紧急事件处理程序》"),
        ] {
            #expect(texts[id]?.contains(words) == true)
        }
    }

    @Test("5.1 the customer areas have 58 items in eight parts, the safety items marked")
    func areas() throws {
        let areas = try #require(handbook.template(named: "areas"))
        let parts = ["hall", "lift", "stairs", "grounds", "garage", "plant", "desk", "post"]
        #expect(areas.items.count == 58 && areas.coversAreas && !areas.isOfStaff)
        #expect(areas.items.map(\.id) == parts.flatMap { handbook.template(named: $0)?.items.map(\.id) ?? [] })
        #expect(Set(areas.items.map(\.section)).count == 8)
        #expect(areas.items.first { $0.id == "B2" }?.isCritical == true)
        #expect(areas.items.first { $0.id == "A3" }?.isCritical == false)
        #expect(!areas.items.contains { $0.text.contains("★") })
        let language = try #require(handbook.template(named: "language"))
        #expect(language.items.count == 12 && language.isOfStaff)
        #expect(handbook.template(named: "gate")?.isOfStaff == true)
    }

    @Test("5.1 twice a week; an unknown template is none")
    func visits() {
        #expect(handbook.inspections.visits.perWeek == 2)
        #expect(handbook.inspections.names.prefix(3) == ["frontdesk", "gate", "weekly"])
        #expect(handbook.inspections.names.filter(handbook.inspections.coversAreas) == ["areas"])
        #expect(handbook.template(named: "nightly") == nil)
    }
}
