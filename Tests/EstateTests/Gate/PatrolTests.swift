import Testing
import TestSupport

@testable import Estate

@Suite("7.15 Patrols")
struct PatrolTests {
    @Test("7.15 patrol points are kept in order")
    func patrol() throws {
        let test = try TestEstate()
        for point in ["1号楼顶层", "1号楼底层"] { try test.do("patrol.check", ["route": "夜巡", "point": point], by: "S03") }
        #expect(try test.show(PatrolsView.self).map(\.point) == ["1号楼顶层", "1号楼底层"])
        #expect(try test.show(PatrolsView.self).first?.by == "赵门岗")
    }
}
