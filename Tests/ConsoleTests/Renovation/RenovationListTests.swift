import Journal
import Screen
import TestSupport
import Testing

@testable import Console
@testable import Estate

/// The board of renovations, the violations, the passes, and where a renovation shows elsewhere.
@Suite struct RenovationListTests {
    /// Three cases: 3-2-501 at work since the 3rd, 3-2-601 with papers that are complete since Friday, 5-1-1201 applied.
    private func office(
        as member: String = "周主管", size: Size = Size(width: 120, height: 36), now: String = "2026-11-23 09:00"
    ) throws -> ConsoleDriver {
        let console = try ConsoleDriver(size: size, now: now)
        func perform(_ name: String, _ members: [String: String], _ time: String) throws -> String {
            let action = try Estate.action(named: name).read(members.mapValues { .string($0) }, zone: .shanghai)
            return try console.store.perform(action, by: "S04", at: try Moment(text: time, zone: .shanghai)).id.text
        }
        let works = try perform(
            "renovation.apply", ["unit": "3-2-501", "contractor": "安居装饰", "works": "卫生间翻新", "papers": "complete"],
            "2026-11-02T10:00")
        _ = try perform(
            "renovation.agree",
            ["renovation": works, "from": "2026-11-04", "to": "2026-12-20", "hours": "8:00-18:00"], "2026-11-03T10:00")
        _ = try perform(
            "renovation.permit",
            ["renovation": works, "deposit": "2000", "fee": "0", "until": "2026-12-20", "method": "微信"],
            "2026-11-03T10:10")
        _ = try perform(
            "renovation.pass", ["renovation": works, "name": "周木匠", "trade": "木工"], "2026-11-03T10:20")
        _ = try perform(
            "renovation.apply", ["unit": "3-2-601", "contractor": "锦绣家装", "works": "刷墙", "papers": "complete"],
            "2026-11-20T16:00")
        _ = try perform(
            "renovation.apply", ["unit": "5-1-1201", "contractor": "快修坊", "works": "换灯"], "2026-11-22T11:00")
        _ = console.controller.catchUp()
        console.signIn(member)
        console.show("renovations")
        console.press("F12")
        return console
    }

    private func violate(_ console: ConsoleDriver, _ what: String = "材料堆在楼道过夜") throws {
        let works = try #require(console.store.estate.renovations.all.values.first)
        try console.estate.do("renovation.violation", ["renovation": works.id.id.text, "what": what], by: "S04")
        _ = console.controller.catchUp()
    }

    private func list(_ console: ConsoleDriver, rows: Int) -> String {
        console.lines[2...(2 + rows)].map(\.trimmed).joined(separator: "\n")
    }

    @Test func renovationsPane80x24() throws {
        let console = try office(size: Size(width: 80, height: 24))
        #expect(
            list(console, rows: 4) == """
                ╭─ F4 装修·违规·证件 · 待登记 1 ───────────────────────────────────────── 1/3 ─╮
                │    房号      状态      下一步                     施工单位  施工到  押金余额 │
                │▌○  3-2-601   资料齐全  还有 1 个工作日            锦绣家装  —              — │
                │ ▸  3-2-501   可开工    施工中，还有 27 天         安居装饰  12-20   2,000.00 │
                │ ○  5-1-1201  已申报    缺 13 样：装修登记表、权…  快修坊    —              — │
                """)
    }

    @Test func renovationsPane120x36() throws {
        let console = try office()
        #expect(
            list(console, rows: 12) == """
                ╭─ F4 装修·违规·证件 · 待登记 1 ───────────────────────────────────────────────────────────────────────────────── 1/3 ─╮
                │    房号      状态      下一步                                                             施工单位  施工到  押金余额 │
                │▌○  3-2-601   资料齐全  还有 1 个工作日                                                    锦绣家装  —              — │
                │ ▸  3-2-501   可开工    施工中，还有 27 天                                                 安居装饰  12-20   2,000.00 │
                │ ○  5-1-1201  已申报    缺 13 样：装修登记表、权属证明或购房合同、业主身份证明、平面和水…  快修坊    —              — │
                │                                                                                                                      │
                │──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────│
                │ 3-2-601  资料齐全  刷墙  装2026-0002                                                                                 │
                │ 时限  2026-11-24 前办妥，还有 1 个工作日：11-21 至 11-22 周末不算                                                    │
                │ 还缺  告知书未双签、邻居未告知、管理服务协议未签                                                                     │
                │ 施工单位  锦绣家装                                                                                                   │
                │ 申请人  业主                                                                                                         │
                │ 业主  冯六  057*****0000                                                                                             │
                """)
    }

    @Test func whatIsDueFirstStandsAtTheTop() throws {
        let console = try office()
        console.expect("待登记 1")
        let units = console.lines.compactMap { line in
            ["3-2-601", "3-2-501", "5-1-1201"].first { line.contains("\($0) ") }
        }
        #expect(units.prefix(3) == ["3-2-601", "3-2-501", "5-1-1201"])
        // Too late, it is said in red and counted.
        console.at("2026-11-26 09:00")
        console.expect("超期 1 待登记 1")
        console.expect("3-2-601", near: "超期 2 天")
        #expect(console.styles(of: "超期 2 天").contains { $0.tone == .danger })
    }

    @Test func byStateItIsABoard() throws {
        let console = try office()
        console.press("Ctrl-S")
        console.expect("按状态 3 户")
        console.expect("已申报 1", near: "5-1-1201")
        console.expect("资料齐全 1", near: "3-2-601")
        console.press("Ctrl-S")
        console.expectNot("按状态 3 户")
    }

    /// The holidays of 2027 are not published.
    @Test func pastThePublishedCalendarNoDayIsSaid() throws {
        let console = try ConsoleDriver(as: "周主管", now: "2027-01-04 09:00")
        try console.estate.do(
            "renovation.apply", ["unit": "3-2-601", "contractor": "锦绣家装", "works": "刷墙", "papers": "complete"],
            by: "S04")
        _ = console.controller.catchUp()
        console.show("renovations")
        console.press("F12")
        console.expect("3-2-601", near: "期限待定")
    }

    @Test func aFridaysClockLeavesTheWeekendOut() throws {
        let console = try office()
        console.press("Home")
        console.expect("时限  2026-11-24 前办妥，还有 1 个工作日：11-21 至 11-22 周末不算")
    }

    // MARK: Violations and passes

    @Test func aViolationIsReportedByItsRow() throws {
        let console = try office()
        try violate(console)
        console.expect("违规未报 1")
        console.show("violations")
        console.press("Home")
        console.expect("待报告", near: "11-24 09:00")
        console.press("Enter")
        console.expect("报告违规 · 3-2-501 材料堆在楼道过夜")
        console.type("区住建局")
        console.press("Enter")
        console.type("2026-118")
        console.press("Ctrl-S")
        console.expect("3-2-501", near: "已报告")
        console.expectNothingRecorded { console.press("Enter") }
        console.expect("这条已报告")
    }

    @Test func violationsToBeReportedComeFirst() throws {
        let console = try office()
        try violate(console, "一")
        try violate(console, "二")
        let first = try #require(console.store.estate.renovations.violations.values.first)
        try console.estate.do("renovation.reported", ["violation": first.id.id.text, "to": "住建局"], by: "S04")
        _ = console.controller.catchUp()
        let rows = ViolationList.rows(console.controller.context)
        #expect(rows.map(\.what) == ["二", "一"])
    }

    @Test func thePassesStandBelowTheirSheetAndArePrinted() throws {
        let console = try office()
        console.show("permits")
        console.expect("有效 1")
        console.expect("安居装饰", near: "2026-12-20")
        console.expect("周木匠  木工", near: "有效")
        console.press("Home", "Enter")
        for item in ["施工证", "出入证", "案卷"] { console.expect(item) }
        console.press("Enter")
        console.expect("已写好 1 张")
    }

    @Test func beforeTheWorksOnlyTheFileIsPrinted() throws {
        let console = try office()
        console.press("Home", "Ctrl-G")
        #expect(!console.controller.session.layers.contains { $0 is MenuLayer })
        console.expect("已写好")
    }

    // MARK: Elsewhere

    @Test func aGuardSeesTheWorksAndNoMoney() throws {
        let console = try office(as: "马门岗")
        console.expect("3-2-501", near: "可开工")
        console.expectNot("2,000.00")
        console.press("End", "Home", "Down", "Ctrl-D")
        console.expect("施工人员")
        console.expectNot("2,000.00")
        console.press("Esc")
        // The file has the deposit.
        console.press("Ctrl-G")
        console.expectNot("案卷")
    }

    @Test func theUnitsCardAndItsRequestsShowTheOpenCase() throws {
        let console = try office(as: "王芳")
        try console.estate.do("request.open", ["class": "complaint", "unit": "3-2-501", "text": "楼上太吵"], by: "S02")
        _ = console.controller.catchUp()
        console.press("F9")
        console.type("32501")
        console.press("Enter")
        console.expect("装修")
        console.expect("可开工", near: "安居装饰  到 12-20")
        console.press("Esc", "Esc")
        console.show("requests")
        console.press("Home")
        console.expect("装修  可开工", near: "安居装饰  到 12-20")
    }

    @Test func theGatesFormTellsWhatIsKnownOfAWorker() throws {
        let console = try office(as: "马门岗")
        console.open("gate")
        console.press("F8")
        console.fill("姓名", "生人")
        console.fill("被访", "3-2-501")
        console.fill("事由", "装修")
        console.expect("生人 没有 3-2-501 的出入证")
        console.fill("姓名", "周木匠")
        console.expectNot("的出入证")
    }

    @Test func aDemandAboutNoiseTellsTheHours() throws {
        let console = try office(as: "王芳")
        console.show("requests")
        console.press("F8")
        console.fill("房号", "3-2-502")
        console.fill("内容", "楼上电钻太吵")
        console.expect("今天工作日，8:00–12:00、14:00–18:00 可以有噪声施工")
        console.expect("3-2-501 在装修，到 12-20（安居装饰）")
    }
}
