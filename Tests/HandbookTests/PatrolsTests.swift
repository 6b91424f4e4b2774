import Foundation
import Handbook
import Testing

@Suite("7.15 The patrols")
struct PatrolsTests {
    private func patrols(_ policy: String = "{}") throws -> Handbook.Patrols {
        let own = [Handbook.Patrols.file: Data(#"{"policy":\#(policy)}"#.utf8)]
        return try Handbook(overrides: own, chapters: [Handbook.Patrols.self]).patrols
    }

    @Test("7.15 up to the top of each building, down on foot, in an S")
    func steps() throws {
        let shipped = try patrols()
        #expect(shipped.clause == "7.15" && shipped.steps == ["上到每幢楼的顶层", "步行下楼", "呈S形巡查"])
        #expect(shipped.routes.isEmpty && shipped.points.isEmpty)
        #expect((shipped.everyFloors, shipped.minimumSeconds, shipped.hours) == (3, 20, 4))
    }

    @Test(
        "values that make no sense are refused",
        arguments: [
            #"{"everyFloors":0}"#, #"{"minimumSeconds":-1}"#, #"{"hours":0}"#, #"{"hours":25}"#,
            #"{"routes":[{"name":"","points":["东门"]}]}"#, #"{"routes":[{"name":"东线","points":[]}]}"#,
        ])
    func wrong(policy: String) {
        #expect { try patrols(policy) } throws: { error in (error as? HandbookError)?.code == .invalid }
    }
}
