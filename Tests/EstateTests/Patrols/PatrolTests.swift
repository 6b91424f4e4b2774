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

    @Test("a route or point that was never used is asked about")
    func unknown() throws {
        let test = try TestEstate()
        let first = CheckPatrol(route: "夜巡", point: "1号楼顶层")
        #expect(first.confirmation(in: test.store.estate, at: test.store.now) == nil)
        try test.do("patrol.check", ["route": "夜巡", "point": "１号楼顶层"], by: "S03")
        let estate = test.store.estate
        #expect(try test.show(PatrolsView.self).map(\.point) == ["1号楼顶层"])
        #expect(first.confirmation(in: estate, at: test.store.now) == nil)
        let second = CheckPatrol(route: "夜巡", point: "随便").confirmation(in: estate, at: test.store.now)
        #expect(second?.facts.map(\.chinese) == ["点位：随便"])
        let points = CheckPatrol.candidates(for: "point", with: ["route": "夜巡"], in: estate).map(\.value)
        #expect(points == ["1号楼顶层"])
    }
}
