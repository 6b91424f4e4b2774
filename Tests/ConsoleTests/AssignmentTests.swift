import Screen
import Testing

@testable import Console
@testable import Estate

/// Who has a request, how far it is, and who did it, at the console.
@Suite struct AssignmentTests {
    /// A desk before the requests, of which there are two.
    private func desk(as member: String = "王芳", size: Size = Size(width: 120, height: 36)) throws -> Script {
        let desk = try Script(as: member, size: size)
        for (unit, text) in [("3-2-501", "厨房龙头滴水"), ("3-2-502", "路灯不亮")] {
            try desk.estate.do("request.open", ["class": "repair.minor", "unit": unit, "text": text])
        }
        _ = desk.desk.catchUp()
        desk.press("F3")
        return desk
    }

    @Test func aRequestIsGivenToSomebodyAndTheRowTellsForHowLong() throws {
        let desk = try desk()
        desk.expect("处理中 2", near: "未派 2")
        desk.expect("厨房龙头滴水", near: "未派")
        desk.press("Ctrl-G")
        desk.expect("派单 · 3-2-501 厨房龙头滴水")
        desk.type("zgl")
        desk.press("Enter")
        desk.type("+2")
        desk.expect("2026-11-25 周三")
        desk.press("Enter")
        desk.expectRow(RequestsView.self) { $0.assigned == "郑管理" && $0.due?.text == "2026-11-25" }
        desk.expect("厨房龙头滴水", near: "0:00 郑管理")
        desk.expect("处理中 2", near: "未派 1")
        desk.at("11:30")
        desk.expect("厨房龙头滴水", near: "2:30 郑管理")
        desk.at("2026-11-24 09:00")
        desk.expect("厨房龙头滴水", near: "1 天 郑管理")
        desk.at("2026-11-25 09:00")
        desk.expect("厨房龙头滴水", near: "今日止 郑管理")
        desk.at("2026-11-27 09:00")
        desk.expect("厨房龙头滴水", near: "超2天 郑管理")
        desk.expect("处理中 2", near: "超期 1")
        #expect(desk.styles(of: "超2天").contains { $0.tone == .danger })
        desk.expect("路灯不亮", near: "4 天 未派")
    }

    @Test func aTeamIsTypedAndThenOffered() throws {
        let desk = try desk()
        desk.press("Ctrl-G")
        desk.type("维修班老黄")
        desk.press("Ctrl-S")
        desk.expectRow(RequestsView.self) { $0.assigned == "维修班老黄" }
        desk.press("Down", "Ctrl-G")
        desk.type("lao")
        desk.press("Enter", "Enter")
        #expect(desk.rows(RequestsView.self).compactMap(\.assigned) == ["维修班老黄", "维修班老黄"])
    }

    @Test func aNumberThatIsNobodysIsRefusedAtItsFieldAndKept() throws {
        let desk = try desk()
        desk.press("Ctrl-G")
        desk.type("S99")
        desk.expectNothingRecorded { desk.press("Ctrl-S") }
        desk.expect("没有这位员工：S99")
        desk.expect("派给", near: "S99")
        desk.fill("派给", "王芳")
        desk.press("Ctrl-S")
        desk.expectRow(RequestsView.self) { $0.assigned == "王芳" }
    }

    @Test func theDetailTellsTheCourseLatestFirst() throws {
        let desk = try desk(size: Size(width: 80, height: 24))
        desk.press("Ctrl-G")
        desk.type("维修班")
        desk.press("Ctrl-S")
        desk.at("10:00")
        desk.press("Ctrl-N")
        desk.expect("进展 · 3-2-501 厨房龙头滴水")
        desk.type("已上门，待配件")
        desk.press("Enter")
        desk.expectRow(RequestsView.self) { $0.progress == "已上门，待配件" }
        desk.at("11:00")
        desk.press("Ctrl-G")
        desk.expect("（现由维修班处理）")
        desk.type("郑管理")
        desk.press("Ctrl-S", "Space")
        let course = desk.lines.filter { $0.contains("派给 ") || $0.contains("待配件") }.compactMap { line in
            ["11:00", "10:00", "09:00"].first { line.contains($0) }
        }
        #expect(Array(course.prefix(3)) == ["11:00", "10:00", "09:00"])
        desk.expect("派给 郑管理", near: "王芳")
    }

    @Test func theLastProgressStandsInTheRowWhereThereIsRoom() throws {
        let desk = try desk(size: Size(width: 160, height: 45))
        for note in ["已约上门", "待配件"] {
            desk.press("Ctrl-N")
            desk.type(note)
            desk.press("Enter")
            desk.estate.clock.pass(seconds: 60)
        }
        let request = "3-2-501"
        #expect(!desk.line(with: request).contains("待配件"))
        desk.press("F12")
        desk.expect(request, near: "待配件")
        #expect(!desk.line(with: request).contains("已约上门"))
    }

    @Test func theListIsFilteredByWhoHasIt() throws {
        let desk = try desk()
        desk.press("Ctrl-G")
        desk.type("郑管理")
        desk.press("Ctrl-S")
        desk.at("09:01")
        for (query, shown, hidden) in [("zhengguanli", "厨房龙头", "路灯"), ("weipai", "路灯", "厨房龙头")] {
            desk.press("Ctrl-F", "Ctrl-U")
            desk.type(query)
            desk.press("Enter")
            #expect(desk.line(with: shown).contains("3-2-50"))
            desk.expectNot(hidden)
            desk.press("Esc")
        }
    }

    @Test func whoHasItDidItUnlessSomebodyElseIsNamed() throws {
        let desk = try desk()
        desk.press("Ctrl-G")
        desk.type("维修班")
        desk.press("Ctrl-S", "Enter")
        desk.expect("“厨房龙头滴水”已办完？")
        desk.expect("处理人", near: "维修班")
        desk.press("Enter")
        desk.expectRow(RequestsView.self) { $0.workers == ["维修班"] && $0.completed == desk.store.now }
        desk.press("Enter")
        desk.expect("“路灯不亮”已办完？")
        desk.type("郑管理,维修班")
        desk.press("Esc", "Enter")
        desk.expectRow(RequestsView.self) { $0.workers == ["郑管理", "维修班"] }
    }

    @Test func aReopenedRequestIsStillWithWhoeverHadIt() throws {
        let desk = try desk()
        desk.press("Ctrl-G")
        desk.type("维修班")
        desk.press("Ctrl-S", "Enter", "Enter")
        desk.at("2026-11-26 09:00")
        let request = try #require(desk.rows(RequestsView.self).first { $0.completed != nil }).id.id.text
        try desk.estate.do("request.reopen", ["request": request, "why": "又漏"])
        desk.at("2026-11-27 10:00")
        desk.expect("厨房龙头滴水", near: "1 天 维修班")
    }

    @Test func whoeverMayNotGiveItAwayMayTellHowFarItIs() throws {
        let desk = try desk(as: "钱科长")
        desk.press("Ctrl-G")
        desk.expect("物管科长不能“派单”")
        desk.press("Ctrl-N")
        desk.type("配件已出库")
        desk.press("Enter")
        desk.expectRow(RequestsView.self) { $0.progress == "配件已出库" }
    }

    // MARK: Own work

    /// A request that the administrator has done, before its return visit.
    private func done(by workers: String, as member: String = "郑管理", administrators: Int = 1) throws -> Script {
        let desk = try Script(as: member)
        for number in 1..<administrators {
            try desk.estate.do(
                "staff.add", ["staff": "S1\(number)", "name": "何管理", "role": "administrator"])
        }
        let request = try desk.estate.do(
            "request.open", ["class": "repair.minor", "unit": "3-2-501", "text": "厨房龙头滴水"])
        try desk.estate.do("request.complete", ["request": request, "workers": workers])
        _ = desk.desk.catchUp()
        desk.press("F4")
        return desk
    }

    @Test func whoeverDidTheWorkIsToldSoBeforeTheVisitIsSentAndAfterwards() throws {
        let desk = try done(by: "郑管理")
        desk.expect("3-2-501", near: "您处理的 · 厨房")
        desk.press("Enter")
        desk.expect("! 自办自访：郑管理就是处理人")
        #expect(desk.styles(of: "自办自访").contains { $0.tone == .warning })
        desk.press("Right", "Right", "Right")
        desk.expect("✓无人在家")
        desk.expectNot("自办自访")
        desk.press("Left")
        desk.expect("自办自访")
        desk.fill("业主签名", "李四")
        desk.press("Ctrl-S")
        desk.expect("待整改", near: "自办自访 · 厨房")
        desk.expectRow(FollowUpsView.self) { $0.ownWork == ["郑管理"] }
        desk.press("Space")
        desk.expect("自办自访 · 郑管理")
    }

    @Test func anotherIsProposedWhereThereIsOne() throws {
        let desk = try done(by: "郑管理", as: "王芳", administrators: 2)
        desk.expectNot("您处理的")
        desk.press("Enter")
        desk.expect("回访人", near: "何管理")
        desk.expectNot("自办自访")
        desk.fill("回访人", "郑管理")
        desk.expect("! 自办自访")
    }
}
