import Journal
import Screen
import Testing

@testable import Console
@testable import Estate

/// Taking over a shift (门岗 8): one action that closes the other's shift and opens the member's.
@Suite struct TakeOverTests {
    private func onDuty() throws -> ConsoleDriver {
        let console = try ConsoleDriver(as: "马门岗")
        try console.estate.do("staff.add", ["staff": "S09", "name": "夏杰", "role": "guard"])
        try console.estate.do("shift.open", ["post": "门岗", "staff": "S09"], by: "S09")
        try console.estate.do("visitor.arrive", ["name": "张三", "host": "3-2-501", "purpose": "快递"], by: "S09")
        _ = console.controller.catchUp()
        console.press("Ctrl-G")
        console.fillHandover()
        console.expect("接 夏杰 的班（门岗）？")
        return console
    }

    @Test func bothShiftsChangeTogether() throws {
        let console = try onDuty()
        console.agree()
        console.expect("马门岗 已接 夏杰 的班")
        let open = console.store.estate.shifts.open
        #expect(open.map(\.staff) == ["S03"])
        console.expect("跨班")
        // Another terminal sees the same.
        #expect(try console.estate.secondStore().estate.shifts.open.map(\.staff) == ["S03"])
    }

    /// The list has departures that were entered before one that is dated back.
    @Test func aBackdatedEntryHidesNoDeparture() throws {
        let console = try ConsoleDriver(as: "马门岗")
        func leave(_ name: String, at time: String) throws {
            let zone = Zone.shanghai
            let members = ["name": name, "host": "3-2-501", "purpose": "快递"]
            let arrive = try ArriveVisitor(members: members.mapValues { .string($0) }, zone: zone)
            let moment = try Moment(text: time, zone: zone)
            let visit = try console.estate.store.perform(arrive, by: "S03", at: moment).id
            try console.estate.store.perform(LeaveVisitor(visit: Ref(visit)), by: "S03", at: moment)
        }
        try leave("今早", at: "2026-11-23T08:00")
        try leave("补记", at: "2026-11-10T08:00")
        _ = console.controller.catchUp()
        console.open("gate")
        console.expect("今早", near: "已离 08:00")
        console.expectNot("补记")
    }

    @Test func peopleAreCountedNotGroups() throws {
        let console = try ConsoleDriver(as: "马门岗")
        try console.estate.do(
            "visitor.arrive", ["name": "张三", "host": "3-2-501", "purpose": "快递", "count": "3"], by: "S03")
        try console.estate.do("visitor.arrive", ["name": "李雷", "host": "3-2-502", "purpose": "快递"], by: "S03")
        _ = console.controller.catchUp()
        console.expect("在场 4 人")
        console.press("Ctrl-G")
        console.press("Ctrl-S")
        console.press("Ctrl-G")
        console.fillHandover()
        console.expect("移交 4 人：张三等 3 人(3-2-501)、李雷(3-2-502)")
    }

    @Test func whoTakesOverSeesVisitorsAndNotesAndSigns() throws {
        let console = try ConsoleDriver(as: "马门岗")
        try console.estate.do("staff.add", ["staff": "S09", "name": "夏杰", "role": "guard"])
        let shift = try console.estate.do("shift.open", ["post": "门岗", "staff": "S09"], by: "S09")
        let visit = try console.estate.do(
            "visitor.arrive", ["name": "张三", "host": "3-2-501", "purpose": "快递"], by: "S09")
        try console.estate.do(
            "shift.close", ["shift": shift, "next": "S03", "handed": visit, "notes": "东门道闸偏慢"], by: "S09")
        _ = console.controller.catchUp()
        console.expect("无人当班")
        console.press("Ctrl-G")
        console.expect("签收 夏杰 的交班，接 门岗 的班？")
        console.expect("移交 1 人：张三(3-2-501)")
        console.expect("交接事项：东门道闸偏慢")
        console.agree()
        #expect(console.store.estate.shifts.open.map(\.staff) == ["S03"])
        console.expectNot("无人当班")
        console.expect("快递 · 跨班")
        console.at("2026-11-23 11:30")
        console.expect("超时 0:30", near: "快递 · 跨班")
    }

    @Test func aShiftThatIsOpenedUnsignedShowsTheLastNotes() throws {
        let console = try ConsoleDriver(as: "马门岗")
        try console.estate.do("staff.add", ["staff": "S09", "name": "夏杰", "role": "guard"])
        let shift = try console.estate.do("shift.open", ["post": "东门", "staff": "S09"], by: "S09")
        try console.estate.do("shift.close", ["shift": shift, "next": "S03", "notes": "道闸偏慢"], by: "S09")
        _ = console.controller.catchUp()
        console.controller.run(
            Command("test", OpenShift.label, doc: OpenShift.label, keys: []) { _, _ in
                .perform(OpenShift(post: "东门", staff: "S03"), done: OpenShift.label)
            })
        console.expect("东门 接班，不签收 夏杰 的交班？")
        console.expect("交接事项：道闸偏慢")
        console.agree()
        #expect(console.store.estate.shifts.open.map(\.staff) == ["S03"])
    }

    @Test func anOpenHandoverTakesWhoCameMeanwhile() throws {
        let console = try ConsoleDriver(as: "马门岗")
        try console.estate.do("staff.add", ["staff": "S09", "name": "夏杰", "role": "guard"])
        try console.estate.do("shift.open", ["post": "门岗", "staff": "S03"], by: "S03")
        _ = console.controller.catchUp()
        console.press("Ctrl-G")
        console.fillHandover()
        console.expect("交班 · 无在场访客")
        console.type("夏杰")
        try console.estate.do("visitor.arrive", ["name": "张三", "host": "3-2-501", "purpose": "快递"], by: "S03")
        _ = console.controller.catchUp()
        console.expect("交班 · 移交 1 人：张三(3-2-501)")
        console.expectNothingRecorded { console.press("Ctrl-S") }
        console.press("Ctrl-S")
        let closed = try #require(console.store.estate.shifts.all.values.first)
        #expect(closed.closed != nil && closed.handed.count == 1)
        console.at("09:05")
        console.expect("无人当班")
    }

    @Test func manyNamesAreShownInFullBeforeTheForm() throws {
        let console = try ConsoleDriver(as: "马门岗", size: Size(width: 80, height: 24))
        try console.estate.do("shift.open", ["post": "门岗", "staff": "S03"], by: "S03")
        let names = ["欧阳一一", "欧阳二二", "欧阳三三", "欧阳四四", "欧阳五五"]
        for name in names {
            try console.estate.do("visitor.arrive", ["name": name, "host": "3-2-501", "purpose": "快递"], by: "S03")
        }
        _ = console.controller.catchUp()
        console.press("Ctrl-G")
        console.fillHandover()
        let shown = console.screen.filter { !$0.isWhitespace && $0 != "│" }
        for name in names { #expect(shown.contains("\(name)(3-2-501)")) }
        console.press("Enter")
        console.expect("交班 · 门岗")
    }

    /// Actions that are performed together: a refusal of the second leaves nothing of the first.
    @Test func aRefusedOpeningLeavesTheOtherShiftOpen() throws {
        let console = try onDuty()
        console.press("Esc", "Esc")
        console.agree()
        let shift = try #require(console.store.estate.shifts.open.first)
        let inside = console.store.estate.gate.inside
        let command = Command("test", OpenShift.label, doc: OpenShift.label, keys: []) { _, _ in
            .perform(
                CloseShift(shift: shift.id, next: "S03", handed: Array(inside)),
                OpenShift(post: shift.post, staff: "S99"), done: OpenShift.label)
        }
        console.controller.run(command)
        #expect(console.controller.session.notice?.isError == true)
        #expect(console.store.estate.shifts.open.map(\.id) == [shift.id])
        let other = try console.estate.secondStore()
        #expect(other.estate.shifts.open.map(\.id) == [shift.id])
        #expect(other.estate.gate.visits.values.filter(\.isInside).count == inside.count)
    }
}
