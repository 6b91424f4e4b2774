import Foundation
import Handbook
import Testing

@Suite("The emergency procedure (7.10)")
struct IncidentsTests {
    private func handbook(_ own: String? = nil) throws -> Handbook.Incidents {
        let overrides = own.map { [Handbook.Incidents.file: Data($0.utf8)] } ?? [:]
        return try Handbook(overrides: overrides, chapters: [Handbook.Incidents.self]).incidents
    }

    @Test("it is named and not supplied: each of its nine cards is a placeholder")
    func placeholders() throws {
        let incidents = try handbook()
        #expect(incidents.title == "《紧急事件处理程序》")
        #expect(incidents.placeholder == "占位文字，不是本小区的《紧急事件处理程序》。")
        #expect(incidents.kinds.count == 9)
        for kind in incidents.kinds {
            let card = try #require(incidents[kind])
            #expect(!card.supplied && card.steps.count >= 7 && card.english != nil, "\(kind)")
        }
        #expect(incidents.debriefDays == 3)
    }

    @Test("the estate supplies one card, and the others stay placeholders")
    func ownCard() throws {
        let incidents = try handbook(#"{"policy":{"playbooks":{"停电":{"supplied":true,"steps":["打95598"]}}}}"#)
        #expect(incidents["停电"]?.supplied == true && incidents["停电"]?.steps == ["打95598"])
        #expect(incidents["停电"]?.english == "Power cut")
        #expect(incidents["火灾"]?.supplied == false)
    }

    @Test("the estate adds a kind of its own")
    func ownKind() throws {
        let own = #"{"policy":{"order":["火灾","坠物"],"playbooks":{"坠物":{"supplied":true,"steps":["封控"]}}}}"#
        #expect(try handbook(own).kinds == ["火灾", "坠物"])
        #expect(try handbook(own).kind(named: "坠物") == "坠物")
        #expect(try handbook().kind(named: "FIRE") == "火灾")
        #expect(try handbook().kind(named: "坠物") == nil)
    }

    @Test(
        "a kind without a card, a card without steps and no days are refused",
        arguments: [
            #"{"order":["没有"]}"#, #"{"order":[]}"#, #"{"playbooks":{"火灾":{"steps":[]}}}"#, #"{"debriefDays":0}"#,
        ])
    func invalid(policy: String) {
        #expect(throws: HandbookError.self) { try handbook(#"{"policy":\#(policy)}"#) }
    }
}
