import Journal
import Screen
import Testing

@testable import Console
@testable import Estate

/// 排班: shifts planned by key, compared with who came, and proposed at the handover.
@Suite struct RosterListTests {
    private func desk(as member: String = "周主管", size: Size = Size(width: 80, height: 24)) throws -> ConsoleDriver {
        let console = try ConsoleDriver(as: member, size: size)
        try console.estate.do("staff.add", ["staff": "S09", "name": "夏杰", "role": "guard"])
        return console
    }

    private func plan(_ console: ConsoleDriver, _ staff: String, _ from: String, _ to: String) throws {
        let roster = try SetRoster(
            members: ["staff": .string(staff), "post": .string("门岗"), "from": .string(from), "to": .string(to)],
            zone: .shanghai)
        let moment = try Moment(text: "2026-11-20T10:00", zone: .shanghai)
        try console.estate.store.perform(roster, by: "S04", at: moment)
        _ = console.controller.catchUp()
    }

    private func planned(_ console: ConsoleDriver) -> [String] {
        console.store.estate.rosters.standing.map { "\($0.staff) \($0.from.text(in: .shanghai).prefix(16))" }
    }

    /// The next shift goes on where the last one ends: its member is all that is typed.
    @Test func shiftsArePlannedByTheirMembers() throws {
        let console = try desk()
        console.show("roster")
        console.expect("还没有排班")
        for name in ["马门岗", "夏杰"] {
            console.press("F8")
            console.fill("当班人", name)
            console.press("Ctrl-S")
        }
        #expect(planned(console) == ["S03 2026-11-24T06:00", "S09 2026-11-24T14:00"])
        console.expect("11-24 06:00–14:00", near: "马门岗")
        console.expect("11-24 14:00–22:00", near: "夏杰")
    }

    @Test func aShiftToComeIsGivenToAnotherOrDropped() throws {
        let console = try desk()
        try plan(console, "S03", "2026-11-24T06:00", "2026-11-24T14:00")
        console.show("roster")
        console.press("Enter")
        console.expect("改人 · 门岗 11-24 06:00–14:00 马门岗")
        console.type("夏杰")
        console.press("Ctrl-S")
        #expect(planned(console) == ["S09 2026-11-24T06:00"])
        console.press("Ctrl-U")
        console.expect("取消 门岗 11-24 06:00–14:00 夏杰 的班？")
        console.agree()
        #expect(planned(console).isEmpty)
    }

    @Test func aShiftThatHasBegunStays() throws {
        let console = try desk()
        try plan(console, "S03", "2026-11-23T06:00", "2026-11-23T14:00")
        console.show("roster")
        console.expect("11-23 06:00–14:00", near: "未到岗")
        console.expectNothingRecorded { console.press("Enter") }
        console.expect("这个班已经开始，不能改")
    }

    @Test func whoCameIsShownBesideThePlan() throws {
        let console = try desk()
        try plan(console, "S03", "2026-11-22T06:00", "2026-11-22T14:00")
        try plan(console, "S03", "2026-11-23T06:00", "2026-11-23T14:00")
        let open = try OpenShift(members: ["post": .string("门岗"), "staff": .string("S03")], zone: .shanghai)
        try console.estate.store.perform(open, by: "S03", at: Moment(text: "2026-11-23T06:12", zone: .shanghai))
        _ = console.controller.catchUp()
        console.show("roster")
        console.expect("11-23 06:00–14:00", near: "迟到")
        console.expect("06:12，迟 12 分")
        console.expect("11-22 06:00–14:00", near: "缺勤")
        console.expect("本月迟到 1 缺勤 1")
    }

    /// Late and absent ones of the month are counted once all of it is read; nobody is absent who came.
    @Test func theMonthIsCountedOnceItIsRead() throws {
        let whole = try desk()
        try plan(whole, "S03", "2026-11-02T06:00", "2026-11-02T14:00")
        try plan(whole, "S03", "2026-11-22T06:00", "2026-11-22T14:00")
        let open = try OpenShift(members: ["post": .string("门岗"), "staff": .string("S03")], zone: .shanghai)
        try whole.estate.store.perform(open, by: "S03", at: Moment(text: "2026-11-22T05:58", zone: .shanghai))
        let console = try ConsoleDriver(atCheckpointOf: whole.estate, as: "周主管", size: Size(width: 80, height: 24))
        console.show("roster")
        console.expect("11-22 06:00–14:00", near: "准时")
        console.expect("数据载入中…")
        console.expectNot("缺勤")
        try console.store.readWhole()
        _ = console.controller.catchUp()
        console.expect("缺勤 1")
    }

    /// Before all records are read, what ended as the last days began is the first that is listed.
    @Test func aShiftThatEndedAsTheLastDaysBeganIsListed() throws {
        let whole = try desk()
        for (from, to) in [("2026-11-20T06:00", "2026-11-20T14:00"), ("2026-11-20T16:00", "2026-11-21T00:00")] {
            try plan(whole, "S03", from, to)
        }
        let console = try ConsoleDriver(atCheckpointOf: whole.estate, as: "周主管", size: Size(width: 80, height: 24))
        console.show("roster")
        console.expect("数据载入中…")
        console.expect("11-20 16:00")
        console.expectNot("11-20 06:00")
    }

    /// Less than the handbook's rest between two shifts of a member is told in the form, before it is sent.
    @Test func tooLittleRestIsTold() throws {
        let console = try desk()
        try plan(console, "S03", "2026-11-24T06:00", "2026-11-24T14:00")
        console.show("roster")
        console.press("F8")
        console.fill("当班人", "马门岗")
        console.expect("休息不到 11 小时")
        console.press("Ctrl-S")
        #expect(planned(console).count == 2)
    }

    @Test func aWeekIsPlannedAsTheLastOne() throws {
        let console = try desk()
        try plan(console, "S03", "2026-11-24T06:00", "2026-11-24T14:00")
        try plan(console, "S09", "2026-11-25T06:00", "2026-11-25T14:00")
        console.show("roster")
        console.press("Ctrl-N")
        console.expect("照上周排 11-30 起的一周，共 2 班？")
        console.agree()
        #expect(planned(console).suffix(2) == ["S03 2026-12-01T06:00", "S09 2026-12-02T06:00"])
    }

    /// Ctrl-G at the gate: the next guard stands in the form, and Enter takes it.
    @Test func theHandoverProposesTheNextGuard() throws {
        let console = try desk(as: "马门岗")
        console.at("13:50")
        try plan(console, "S09", "2026-11-23T14:00", "2026-11-23T22:00")
        try console.estate.do("shift.open", ["post": "门岗", "staff": "S03"], by: "S03")
        _ = console.controller.catchUp()
        console.open("gate")
        console.press("Ctrl-G")
        console.fillHandover()
        console.expect("接班人", near: "夏杰")
        console.press("Ctrl-S")
        #expect(console.store.estate.shifts.all.values.first?.next == "S09")
    }

    @Test func aGuardReadsTheRosterAndPlansNothing() throws {
        let console = try desk(as: "马门岗")
        try plan(console, "S03", "2026-11-24T06:00", "2026-11-24T14:00")
        console.show("roster")
        console.expect("11-24 06:00–14:00", near: "马门岗")
        console.expectNothingRecorded { console.press("Enter", "Ctrl-U", "Ctrl-N") }
    }

    /// In the minute in which it ends a shift is neither to come nor gone from the list.
    @Test func aShiftStaysInTheListAsItEnds() throws {
        let console = try desk()
        try plan(console, "S03", "2026-11-23T06:00", "2026-11-23T14:00")
        console.show("roster")
        for time in ["13:59", "14:00", "14:01"] {
            console.at(time)
            console.expect("11-23 06:00–14:00", near: "马门岗")
            #expect(RosterList.rows(console.controller.context).count == 1)
        }
    }
}
