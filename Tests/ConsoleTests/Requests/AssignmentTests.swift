import Screen
import Testing

@testable import Console
@testable import Estate

/// Assigning requests, their progress, and the workers.
@Suite struct AssignmentTests {
    /// A console before the requests, of which there are two.
    private func console(as member: String = "王芳", size: Size = Size(width: 120, height: 36)) throws -> ConsoleDriver {
        let console = try ConsoleDriver(as: member, size: size)
        for (unit, text) in [("3-2-501", "厨房龙头滴水"), ("3-2-502", "路灯不亮")] {
            try console.estate.do("request.open", ["class": "repair.minor", "unit": unit, "text": text])
        }
        _ = console.controller.catchUp()
        console.open("requests")
        return console
    }

    @Test func assignmentShowsAssigneeAndDays() throws {
        let console = try console()
        console.expect("处理中 2", near: "待派 2")
        console.expect("厨房龙头滴水", near: "待派")
        console.press("Ctrl-G")
        console.expect("派单 · 3-2-501 厨房龙头滴水")
        console.type("zgl")
        console.press("Enter")
        console.type("+2")
        console.expect("2026-11-25 周三")
        console.press("Enter")
        console.expectRow(RequestsView.self) { $0.assigned == "郑管理" && $0.due?.text == "2026-11-25" }
        console.expect("厨房龙头滴水", near: "11-25 郑管理")
        console.expect("处理中 2", near: "待派 1")
        console.at("11:30")
        console.expect("厨房龙头滴水", near: "11-25 郑管理")
        console.at("2026-11-24 09:00")
        console.expect("厨房龙头滴水", near: "11-25 郑管理")
        console.at("2026-11-25 09:00")
        console.expect("厨房龙头滴水", near: "今日止 郑管理")
        console.at("2026-11-27 09:00")
        console.expect("厨房龙头滴水", near: "超 2 天 郑管理")
        console.expect("处理中 2", near: "超期 2")
        #expect(console.styles(of: "超 2 天").contains { $0.tone == .danger })
        console.expect("路灯不亮", near: "待派")
    }

    @Test func aTeamIsTypedAndThenOffered() throws {
        let console = try console()
        console.press("Ctrl-G")
        console.type("维修班老黄")
        console.press("Ctrl-S")
        console.expectRow(RequestsView.self) { $0.assigned == "维修班老黄" }
        console.press("Down", "Ctrl-G")
        console.type("lao")
        console.press("Enter", "Enter")
        #expect(console.rows(RequestsView.self).compactMap(\.assigned) == ["维修班老黄", "维修班老黄"])
    }

    @Test func aNumberThatIsNobodysIsRefusedAtItsFieldAndKept() throws {
        let console = try console()
        console.press("Ctrl-G")
        console.type("S99")
        console.expectNothingRecorded { console.press("Ctrl-S") }
        console.expect("没有这位员工：S99")
        console.expect("派给", near: "S99")
        console.fill("派给", "王芳")
        console.press("Ctrl-S")
        console.expectRow(RequestsView.self) { $0.assigned == "王芳" }
    }

    @Test func detailListsProgressLatestFirst() throws {
        let console = try console(size: Size(width: 80, height: 24))
        console.press("Ctrl-G")
        console.type("维修班")
        console.press("Ctrl-S")
        console.at("10:00")
        console.press("Ctrl-N")
        console.expect("进展 · 3-2-501 厨房龙头滴水")
        console.type("已上门，待配件")
        console.press("Enter")
        console.expectRow(RequestsView.self) { $0.progress == "已上门，待配件" }
        console.at("11:00")
        console.press("Ctrl-G")
        console.expect("（现由维修班处理）")
        console.type("郑管理")
        console.press("Ctrl-S", "Space")
        let course = console.lines.filter { $0.contains("派给 ") || $0.contains("待配件") }.compactMap { line in
            ["11:00", "10:00", "09:00"].first { line.contains($0) }
        }
        #expect(Array(course.prefix(3)) == ["11:00", "10:00", "09:00"])
        console.expect("派给 郑管理", near: "王芳")
    }

    @Test func theLastProgressStandsInTheRowWhereThereIsRoom() throws {
        let console = try console(size: Size(width: 160, height: 45))
        for note in ["已约上门", "待配件"] {
            console.press("Ctrl-N")
            console.type(note)
            console.press("Enter")
            console.estate.clock.pass(seconds: 60)
        }
        let request = "3-2-501"
        #expect(!console.line(with: request).contains("待配件"))
        console.press("F12")
        console.expect(request, near: "待配件")
        #expect(!console.line(with: request).contains("已约上门"))
    }

    @Test func theListIsFilteredByWhoHasIt() throws {
        let console = try console()
        console.press("Ctrl-G")
        console.type("郑管理")
        console.press("Ctrl-S")
        console.at("09:01")
        for (query, shown, hidden) in [("zhengguanli", "厨房龙头", "路灯"), ("daipai", "路灯", "厨房龙头")] {
            console.press("Ctrl-F", "Ctrl-U")
            console.type(query)
            console.press("Enter")
            #expect(console.line(with: shown).contains("3-2-50"))
            console.expectNot(hidden)
            console.press("Esc")
        }
    }

    @Test func theHolderIsTheProposedWorker() throws {
        let console = try console()
        console.press("Ctrl-G")
        console.type("维修班")
        console.press("Ctrl-S", "Enter")
        console.expect("办结 · 3-2-501 厨房龙头滴水")
        console.expect("承办人", near: "维修班")
        console.press("Enter")
        console.agree()
        console.expectRow(RequestsView.self) { $0.workers == ["维修班"] && $0.completed == console.store.now }
        console.press("Enter")
        console.expect("办结 · ", near: "路灯不亮")
        console.type("郑管理,维修班")
        console.press("Esc", "Enter")
        console.agree()
        console.expectRow(RequestsView.self) { $0.workers == ["郑管理", "维修班"] }
    }

    @Test func aReopenedRequestIsStillWithWhoeverHadIt() throws {
        let console = try console()
        console.press("Ctrl-G")
        console.type("维修班")
        console.press("Ctrl-S", "Enter", "Enter")
        console.agree()
        console.at("2026-11-26 09:00")
        let request = try #require(console.rows(RequestsView.self).first { $0.completed != nil }).id.id.text
        try console.estate.do("request.reopen", ["request": request, "why": "又漏"])
        console.at("2026-11-27 10:00")
        console.expect("厨房龙头滴水", near: "1 天 维修班")
    }

    @Test func progressMayBeReportedByOtherRoles() throws {
        let console = try console(as: "钱科长")
        console.press("Ctrl-G")
        console.expect("物管科长不能“派单”")
        console.press("Ctrl-N")
        console.type("配件已出库")
        console.press("Enter")
        console.expectRow(RequestsView.self) { $0.progress == "配件已出库" }
    }

    // MARK: Own work

    /// A request that the administrator has done, before its return visit.
    private func done(by workers: String, as member: String = "郑管理", administrators: Int = 1) throws -> ConsoleDriver {
        let console = try ConsoleDriver(as: member)
        for number in 1..<administrators {
            try console.estate.do(
                "staff.add", ["staff": "S1\(number)", "name": "何管理", "role": "administrator"])
        }
        let request = try console.estate.do(
            "request.open", ["class": "repair.minor", "unit": "3-2-501", "text": "厨房龙头滴水"])
        try console.estate.do("request.complete", ["request": request, "workers": workers])
        _ = console.controller.catchUp()
        console.open("followups")
        return console
    }

    @Test func visitingOnesOwnWorkIsFlagged() throws {
        let console = try done(by: "郑管理")
        console.expect("3-2-501", near: "您处理的 · 厨房")
        console.press("Enter")
        console.expect("! 承办人自访：郑管理就是承办人")
        #expect(console.styles(of: "承办人自访").contains { $0.tone == .warning })
        console.press("Right", "Right", "Right")
        console.expect("✓无人在家")
        console.expectNot("承办人自访")
        console.press("Left")
        console.expect("承办人自访")
        console.fill("业主签名", "李四")
        console.press("Ctrl-S")
        console.expect("待整改", near: "承办人自访 · 厨房")
        console.expectRow(FollowUpsView.self) { $0.ownWork == ["郑管理"] }
        console.press("Space")
        console.expect("承办人自访 · 郑管理")
    }

    @Test func otherMemberIsProposedAsVisitor() throws {
        let console = try done(by: "郑管理", as: "王芳", administrators: 2)
        console.expectNot("您处理的")
        console.press("Enter")
        console.expect("回访人", near: "何管理")
        console.expectNot("承办人自访")
        console.fill("回访人", "郑管理")
        console.expect("! 承办人自访")
    }

    /// The materials chief may neither close nor assign a request; Enter does what he may do.
    @Test func enterReportsProgressForWhoMayNotClose() throws {
        let console = try ConsoleDriver(as: "钱科长")
        try console.estate.do("request.open", ["class": "repair.minor", "unit": "3-2-501", "text": "厨房龙头滴水"])
        _ = console.controller.catchUp()
        console.open("requests")
        console.expect("Enter 进展")
        console.press("Enter")
        console.type("已订阀芯")
        console.press("Ctrl-S")
        console.expect("已订阀芯", near: "厨房龙头滴水")
        console.open("requests")
        console.expectRow(RequestsView.self) { $0.progress == "已订阀芯" }
    }
}
