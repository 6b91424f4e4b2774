import Handbook
import Journal
import Testing
import TestSupport

@testable import Estate

@Suite("7.15 Patrols (Rules, Gate)")
struct PatrolTests {
    private static let route = ["3栋顶层", "3栋3层", "3栋大堂"]
    private let test: TestEstate

    init() throws { test = try TestEstate(now: "2026-03-02T02:00") }

    private func check(_ point: String, route: String = "全区", by: String = "S03", at time: String? = nil) throws {
        try test.do("patrol.check", ["route": route, "point": point], by: by, at: time)
    }

    private func warnings(_ point: String, at time: String, by: String = "S03") throws -> [String] {
        let action = CheckPatrol(route: "全区", point: point)
        return try test.store.perform(action, by: by, at: at("2026-03-02T\(time)")).warnings
    }

    private var only: PatrolsView.Row {
        get throws { try test.only(PatrolsView.self) }
    }

    // MARK: Routes

    @Test("7.15 a route goes building by building: up to the top of each, down on foot")
    func derived() throws {
        for unit in ["10-1-201", "2-1-1802", "2-2-301", "1-3-5-601"] { try test.do("unit.add", ["unit": unit]) }
        try test.do("unit.add", ["unit": "商铺-108", "kind": "shop"])
        let buildings = test.estate.patrolBuildings
        #expect(buildings.map(\.name) == ["1期3栋", "2栋", "3栋", "10栋"])
        #expect(buildings.map(\.floors) == [6, 18, 5, 2])
        let route = try #require(test.estate.patrolRoutes.first)
        #expect(route.name == "全区")
        #expect(
            route.points == [
                "1期3栋顶层", "1期3栋3层", "1期3栋大堂",
                "2栋顶层", "2栋15层", "2栋12层", "2栋9层", "2栋6层", "2栋3层", "2栋大堂",
                "3栋顶层", "3栋3层", "3栋大堂", "10栋顶层", "10栋大堂",
            ])
    }

    @Test("the estate has routes of its own; a building among their points stands for all inside it")
    func own() throws {
        let policy = #"{"policy":{"everyFloors":2,"points":["地库"],"routes":[{"name":"东线","points":["东门","3幢","东门"]}]}}"#
        let own = try TestEstate(handbook: ["patrols.json": policy])
        #expect(own.estate.patrolRoutes.map(\.name) == ["东线", "全区"])
        #expect(own.estate.patrolRoutes[0].points == ["东门", "3栋顶层", "3栋2层", "3栋大堂"])
        #expect(own.estate.patrolRoutes[1].points == ["3栋顶层", "3栋2层", "3栋大堂", "地库"])
    }

    @Test("the expected points are frozen at the start")
    func frozen() throws {
        try test.do("patrol.start", ["route": "全区"], by: "S03")
        try test.do("unit.add", ["unit": "4-1-901"])
        #expect(try only.points == PatrolTests.route)
        #expect(try test.secondStore().estate.patrols.all.values.map(\.points) == [PatrolTests.route])
    }

    @Test("names are one however they are written", arguments: ["３ 号楼 顶层", "3幢顶层", "3座顶层", "3栋顶层"])
    func spelling(point: String) throws {
        try check(point, route: " 全区")
        #expect(try only.route == "全区" && only.progress.count == 1)
        #expect(try test.show(PatrolChecksView.self).map(\.check.point) == ["3栋顶层"])
    }

    // MARK: Walking

    @Test("a check starts a patrol if none is under way, of the member or of the post")
    func starting() throws {
        try check("3栋顶层")
        try check("3栋3层")
        #expect(try only.progress.count == 2 && only.by == "赵门岗")
        // Another member of the same post goes on with it; one of another post begins another.
        try check("3栋大堂", by: "S04")
        #expect(try only.progress.count == 3)
        try test.do("shift.open", ["post": "东门", "staff": "S04"])
        try check("3栋顶层", by: "S04")
        #expect(try test.show(PatrolsView.self).map(\.post) == ["门岗", "东门"])
    }

    @Test("a member finishes a patrol before they start another; another route's point starts one all the same")
    func oneAtATime() throws {
        let first = try test.do("patrol.start", ["route": "全区"], by: "S03")
        let refused = refusal { try test.do("patrol.start", ["route": "全区"], by: "S03") }
        #expect(refused?.code == "patrol.underway")
        try test.do("patrol.start", ["route": "全区"], by: "S04")
        try check("车库口", route: "车库")
        #expect(try test.show(PatrolsView.self).map(\.route) == ["全区", "全区", "车库"])
        try test.do("patrol.finish", ["patrol": first], by: "S03")
        #expect(refusal { try test.do("patrol.finish", ["patrol": first], by: "S03") }?.code == "patrol.finished")
    }

    @Test("omitted points are named: under way those passed over, at the end all that were not reached")
    func missed() throws {
        try check("3栋3层", at: "2026-03-02T01:00")
        #expect(try only.progress.missed == ["3栋顶层"] && only.progress.next == "3栋大堂")
        let patrol = try only.id
        let asked = FinishPatrol(patrol: patrol).confirmation(in: test.estate, at: test.store.now)
        #expect(asked?.facts.map(\.chinese) == ["漏点：3栋顶层、大堂"])
        let receipt = try test.store.perform(FinishPatrol(patrol: patrol), by: "S03", at: nil)
        #expect(receipt.warnings == ["patrol.missed"])
        #expect(try only.progress.missed == ["3栋顶层", "3栋大堂"] && only.state == .finished)
    }

    @Test("a patrol with all its points ends without a question")
    func complete() throws {
        for (index, point) in PatrolTests.route.enumerated() { try check(point, at: "2026-03-02T01:0\(index)") }
        #expect(FinishPatrol(patrol: try only.id).confirmation(in: test.estate, at: test.store.now) == nil)
        try test.do("patrol.finish", ["patrol": only.id.id.text], by: "S03")
        #expect(try only.progress.missed.isEmpty && only.progress.next == nil)
    }

    @Test("out of order, too fast and repeated are flagged, never refused; repeats are no coverage")
    func flags() throws {
        #expect(try warnings("3栋3层", at: "01:00:00") == [])
        #expect(try warnings("3栋顶层", at: "01:00:19") == ["patrol.outOfOrder", "patrol.tooFast"])
        #expect(try warnings("3栋顶层", at: "01:00:20") == ["patrol.repeated"])
        #expect(try warnings("花园", at: "01:00:40") == ["patrol.unlisted"])
        #expect(try only.progress.count == 2 && only.points.count == 3)
        #expect(
            try test.show(PatrolChecksView.self).map(\.flags) == [
                [], [.outOfOrder, .tooFast], [.repeated], [.unlisted],
            ])
        let row = try only.texts
        let keys = PatrolsView.columnDescriptions.map(\.key)
        func cell(_ key: String) -> String { keys.firstIndex(of: key).map { row[$0] } ?? "" }
        #expect(cell("outOfOrder") == "3栋顶层" && cell("tooFast") == "3栋顶层" && cell("repeated") == "3栋顶层")
        #expect(cell("unlisted") == "花园" && cell("done") == "2" && cell("expected") == "3" && cell("missed") == "")
    }

    @Test("the policy's seconds between two points are not too fast")
    func seconds() throws {
        #expect(try warnings("3栋顶层", at: "01:00:00") == [])
        #expect(try warnings("3栋3层", at: "01:00:20") == [])
        #expect(try warnings("3栋大堂", at: "01:00:39") == ["patrol.tooFast"])
    }

    @Test("points recorded late count by their moment")
    func late() throws {
        try check("3栋大堂", at: "2026-03-02T01:10")
        try check("3栋顶层", at: "2026-03-02T01:20")
        #expect(try only.progress.points(.outOfOrder) == ["3栋顶层"])
        // Between the two, as a reader delivers it.
        #expect(try warnings("3栋3层", at: "01:15") == ["patrol.outOfOrder"])
        try test.do("patrol.finish", ["patrol": only.id.id.text], by: "S03", at: "2026-03-02T01:30")
        // After the end, before it by its moment.
        #expect(try warnings("花园", at: "01:25") == ["patrol.unlisted"])
        #expect(try only.checks.count == 4)
        // Later than the end: a new patrol.
        try check("3栋顶层", at: "2026-03-02T01:40")
        #expect(try test.show(PatrolsView.self).count == 2)
    }

    @Test("a patrol without an end is abandoned after the policy's hours, with its missed points named")
    func abandoned() throws {
        try check("3栋顶层", at: "2026-03-02T01:00")
        let patrol = try only.id.id.text
        for (time, state) in [("05:00", PatrolState.underway), ("05:00:01", .abandoned)] {
            let row = try test.only(PatrolsView.self, asOf: "2026-03-02T\(time)")
            #expect(row.state == state)
            #expect(row.progress.missed == (state == .abandoned ? ["3栋3层", "3栋大堂"] : []))
        }
        test.clock.set("2026-03-02 05:30")
        #expect(refusal { try test.do("patrol.finish", ["patrol": patrol], by: "S03") }?.code == "patrol.abandoned")
        // A forgotten patrol keeps nobody from the next.
        try test.do("patrol.start", ["route": "全区"], by: "S03")
        #expect(try test.show(PatrolsView.self).map(\.state) == [.abandoned, .underway])
    }

    @Test("a patrol that reached all its points is finished even if nobody said so")
    func forgotten() throws {
        for point in PatrolTests.route { try check(point, at: "2026-03-02T01:00") }
        #expect(try test.only(PatrolsView.self, asOf: "2026-03-02T06:00").state == .finished)
    }

    @Test("a route that nobody knows is walked all the same, and nothing of it is missed")
    func unknownRoute() throws {
        let receipt = try test.store.perform(CheckPatrol(route: "夜巡", point: "假山"), by: "S03", at: nil)
        #expect(receipt.warnings == ["patrol.route"])
        #expect(try only.points.isEmpty && only.progress.missed.isEmpty && only.progress.count == 1)
    }

    @Test("a patrol under way is told at the handover")
    func handover() throws {
        try check("3栋顶层", at: "2026-03-02T01:30")
        #expect(test.estate.handoverNotes(at: test.store.now).map(\.chinese) == ["巡逻进行中：全区，01:30 起，1/3"])
        try test.do("patrol.finish", ["patrol": only.id.id.text], by: "S03")
        #expect(test.estate.handoverNotes(at: test.store.now).isEmpty)
    }

    @Test("a check undone is no coverage; a start with checks is not undone")
    func undo() throws {
        try test.do("patrol.start", ["route": "全区"], by: "S03")
        try check("3栋顶层")
        let started = try only.id.id.text
        #expect(refusal { try test.do("action.undo", ["entry": started], by: "S03") }?.code == "undo.used")
        try test.do("action.undo", by: "S03")
        #expect(try only.progress.count == 0)
        try test.do("action.undo", ["entry": started], by: "S03")
        #expect(try test.show(PatrolsView.self).isEmpty)
    }

    // MARK: Points

    @Test("7.15 points are kept in order, also those of older lines that belong to no patrol")
    func points() throws {
        for point in ["1号楼顶层", "1号楼底层"] { try check(point, route: "夜巡") }
        #expect(try test.show(PatrolChecksView.self).map(\.check.point) == ["1号楼顶层", "1号楼底层"])
        var estate = test.estate
        CheckPatrol(route: "旧线", point: "东门").apply(
            to: &estate, Metadata(id: EntryID(at: test.store.now), at: test.store.now, by: "S03"))
        let rows = try PatrolChecksView().rows(of: estate, at: test.store.now)
        #expect(rows.map(\.check.point) == ["1号楼顶层", "1号楼底层", "东门"] && rows.last?.check.patrol == nil)
    }

    @Test("a route or point that was never used is asked about")
    func unknown() throws {
        let first = CheckPatrol(route: "夜巡", point: "1号楼顶层")
        #expect(first.confirmation(in: test.estate, at: test.store.now) == nil)
        try check("１号楼顶层", route: "夜巡")
        #expect(first.confirmation(in: test.estate, at: test.store.now) == nil)
        let second = CheckPatrol(route: "夜巡", point: "随便").confirmation(in: test.estate, at: test.store.now)
        #expect(second?.facts.map(\.chinese) == ["点位：随便"])
        let points = CheckPatrol.candidates(for: "point", with: ["route": "夜巡"], in: test.estate).map(\.value)
        #expect(points == ["1号楼顶层"])
        // The points of a route are known before anybody was there.
        #expect(CheckPatrol(route: "全区", point: "3栋大堂").confirmation(in: test.estate, at: test.store.now) == nil)
    }

    @Test("a building is named once among several points")
    func naming() {
        let points = ["1栋顶层", "1栋12层", "2栋大堂", "地下车库"]
        #expect(Patrols.named(points) == "1栋顶层、12层；2栋大堂；地下车库")
    }
}
