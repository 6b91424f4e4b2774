import Foundation
import Handbook
import Testing

@Suite("7.3 The handover (content, part 7)")
struct ShiftsTests {
    private func shifts(_ policy: String) throws -> Handbook.Shifts {
        let own = [Handbook.Shifts.file: Data(#"{"policy":\#(policy)}"#.utf8)]
        return try Handbook(overrides: own, chapters: [Handbook.Shifts.self]).shifts
    }

    @Test("7.3 the ritual has five steps and the handover ten items")
    func shipped() throws {
        let shipped = try Handbook(chapters: [Handbook.Shifts.self]).shifts
        #expect(shipped.clause == "7.3" && shipped.ritual.count == 5 && shipped.items.count == 10)
        #expect(shipped.ritual[1] == "面对面立正，互相敬礼，说“请交班／开始交班”")
        #expect(shipped.number(of: "equipment") == 6 && shipped.number(of: "keys") == 7)
        #expect(shipped.equipment.map(\.name) == ["对讲机", "电池", "手电", "警棍", "盾牌", "灭火器", "反光背心", "记录仪"])
    }

    @Test("the estate says what has to be there")
    func own() throws {
        let own = try shifts(#"{"equipment":[{"name":"对讲机","count":6}],"keys":[]}"#)
        #expect(own.equipment.map(\.count) == [6] && own.keys.isEmpty)
    }

    @Test(
        "what no count could name is refused",
        arguments: [
            #"{"keys":[{"name":"","count":1}]}"#, #"{"keys":[{"name":"大 门","count":1}]}"#,
            #"{"keys":[{"name":"门;窗","count":1}]}"#, #"{"keys":[{"name":"门","count":-1}]}"#,
            #"{"keys":[{"name":"门","count":1},{"name":"门","count":2}]}"#,
        ])
    func wrong(policy: String) {
        #expect { try shifts(policy) } throws: { error in (error as? HandbookError)?.code == .invalid }
    }
}
