import Foundation
import Testing

extension ProgramInTerminal {
    /// A day of the front desk by keyboard in a real terminal, compared with the same day through `do --lines`.
    ///
    /// The estates are imported from CSV files. An input method is assumed to be on: apart from F-keys, arrows, Tab,
    /// Enter, Escape and Ctrl, only Chinese and full-width text is typed.
    @Suite("A day at the front desk, in a real terminal", .enabled(if: Tmux.isInstalled, "tmux is not installed"))
    struct DayInTerminalTests {
        @Test("A day by the keyboard records the same as the same day through do --lines, and the expected figures")
        func day() throws {
            // The test must not run across midnight: its dates would differ.
            #expect(try eventually(within: 150) { Dates.secondsLeftToday > 120 })
            let (home, twin) = (try estate(), try estate())
            let tmux = Tmux(home)
            try tmux.open("a", shell: "env FRONTDESK_STAFF= \(Program.path); echo ended with $?; sleep 60")
            try tmux.expect("请选择您是谁", "王芳")
            try tmux.type("王芳")
            try tmux.press("Enter")
            try tmux.expect("前台接待 王芳", near: "翠湖花园")
            try aCallIsTaken(tmux)
            try theRequestsAreDone(tmux)
            try theReturnVisitsAreMade(tmux)
            try moneyComesIn(tmux)
            try aVisitorComesAndGoes(tmux)
            try theSupervisorInspects(tmux)
            try tmux.press("F10")
            try tmux.expect("退出控制台？")
            Thread.sleep(forTimeInterval: 1)
            try tmux.press("Enter")
            try tmux.expect("ended with 0")

            try theSameDay(twin)
            let (atTheKeys, byLines) = (try records(home), try records(twin))
            #expect(atTheKeys.map(\.view) == byLines.map(\.view))
            for (mine, theirs) in zip(atTheKeys, byLines) { #expect(mine.rows == theirs.rows, "\(mine.view)") }
            for home in [home, twin] {
                try expectTheDay(home)
                #expect(try home.run("verify").code == 0)
            }
        }

        // MARK: The estate

        /// A new estate with staff added by `do` and everything else imported.
        private func estate() throws -> TestHome {
            let home = try TestHome(empty: true)
            let made = try home.run("init --name 翠湖花园 --staff S01:赵经理:manager")
            try #require(made.code == 0, "\(made)")
            for (code, name, role) in [
                ("S02", "王芳", "operator"), ("S03", "马门岗", "guard"), ("S04", "周主管", "supervisor"),
                ("S05", "吴区域", "regional"), ("S06", "郑管理", "administrator"), ("S07", "孙财务", "finance"),
            ] {
                try home.do("staff.add staff=\(code) name=\(name) role=\(role)")
            }
            let (now, last, before) = (Dates.month(0), Dates.month(-1), Dates.month(-2))
            for (kind, rows) in [
                ("units", "unit,area\n3-2-501,89.5\n3-2-502,\n3-2-601,120\n"),
                (
                    "people",
                    """
                    name,unit,role,phone
                    李四,3-2-501,owner,13800001111
                    李小四,3-2-501,family,13800003333
                    单国强,3-2-502,owner,13800002222
                    冯六,3-2-601,owner,057188880000

                    """
                ), ("vehicles", "plate,unit\n浙A12345,3-2-501\n"),
                (
                    "bills",
                    """
                    unit,period,item,amount,due
                    3-2-501,\(before),物业费,186.50,\(before)-20
                    3-2-601,\(before),物业费,186.50,\(before)-20
                    3-2-501,\(last),物业费,186.50,\(last)-20
                    3-2-601,\(last),物业费,186.50,\(last)-20
                    3-2-501,\(now),物业费,"1,186.50",\(Dates.month(1))-10

                    """
                ),
            ] {
                let outcome = try home.run("import \(kind) \(try home.file("\(kind).csv", rows))")
                try #require(outcome.code == 0, "\(kind): \(outcome)")
            }
            return home
        }

        // MARK: By the keyboard

        private func aCallIsTaken(_ tmux: Tmux) throws {
            try tmux.press("F8")
            try tmux.expect("号码")
            try tmux.type("１３７９９９９８８８８")
            try tmux.press("C-s")
            try tmux.expect("13799998888", near: "未知来电人")
            // The count by key replaces the count by clock.
            try tmux.press("Down", "Down", "Down", "Up")
            try tmux.expect("响铃 2 声")
            try tmux.press("Enter")
            try tmux.expect("2 声接听 ✓")

            try tmux.press("C-f")
            try tmux.expect("电话、房号")
            try tmux.type("李四")
            try tmux.expect("李四", near: "3-2-501")
            try tmux.press("Enter")
            try tmux.expect("欠费 373.00", near: "浙A12345")
            try tmux.expect("李四", near: "3-2-501")

            try tmux.type("楼上太吵")
            try tmux.press("Enter")
            try tmux.expect("1 楼上太吵")
            try tmux.type("厨房漏水")
            try tmux.press("Enter")
            try tmux.expect("2 厨房漏水")

            try tmux.press("C-b")
            try tmux.expect("对方同意，已致谢")
            try tmux.press("Enter")
            try tmux.expect("暂停中")
            try tmux.press("C-b")
            try tmux.expect("已致歉")
            try tmux.press("Enter")
            try tmux.expectGone("暂停中")

            try tmux.press("Up", "Up", "Enter")
            try tmux.expect("按时回访")
            try tmux.press("Enter")
            try tmux.expect("诉求转工单")
            try tmux.expect("楼上太吵", near: "内容")
            try tmux.press("Right", "C-s")
            try tmux.expect("楼上太吵", near: "→ 投诉")
            try tmux.press("Down", "Enter")
            try tmux.expect("按时回访")
            try tmux.press("Enter")
            try tmux.expect("厨房漏水", near: "内容")
            try tmux.expect("猜：零星维修")
            try tmux.press("C-s")
            try tmux.expect("厨房漏水", near: "→ 零星维修")

            try tmux.press("C-e")
            try tmux.expect("已道别")
            try tmux.press("Enter")
            try tmux.expect("今日", near: "1 通")
        }

        private func theRequestsAreDone(_ tmux: Tmux) throws {
            try tmux.press("F3")
            for text in ["楼上太吵", "厨房漏水"] {
                try tmux.press("Enter")
                try tmux.expect(text, near: "办结 · ")
                try tmux.press("Enter")
                try tmux.expect("承办人：")
                try tmux.agree()
                try tmux.expectGone("已办结")
            }
            try tmux.expect("没有未完成的工单")
        }

        private func theReturnVisitsAreMade(_ tmux: Tmux) throws {
            try tmux.press("F4")
            try tmux.expect("厨房漏水", near: Dates.monthAndDay(inDays: 3))
            try tmux.expect("楼上太吵", near: Dates.monthAndDay(inDays: 3))
            // Chinese text typed in a list filters it.
            try tmux.type("楼上太吵")
            try tmux.press("Down")
            try tmux.expect("筛选", near: "楼上太吵")
            try tmux.press("Enter")
            try tmux.expect("吴区域,郑管理")
            try tmux.press("Right", "Right")
            try tmux.expect("不满意", near: "结果")
            try tmux.fill("业主签名", "李四")
            try tmux.fill("不足", "夜里仍有噪声")
            try tmux.press("C-s")
            try tmux.expect("待整改", near: "楼上太吵")

            try tmux.press("Enter")
            try tmux.expect("先按 Ctrl-R")
            try tmux.press("C-r")
            try tmux.expect("已整改？")
            try tmux.press("Enter")
            try tmux.expectGone("待整改")

            try tmux.press("Enter", "Right")
            try tmux.expect("吴区域,郑管理")
            try tmux.expect("满意", near: "结果")
            try tmux.fill("业主签名", "李四")
            try tmux.fill("质量", "已改善")
            try tmux.fill("满意度", "5")
            try tmux.press("C-s")
            try tmux.expect("没有符合的记录")
            try tmux.press("Escape")
            try tmux.expect("零星维修", near: "厨房漏水")
        }

        private func moneyComesIn(_ tmux: Tmux) throws {
            try tmux.press("F5")
            try tmux.expect("李四 ", near: "373.00")
            try tmux.expect("冯六 ", near: "373.00")
            try tmux.expect("上月 0.0")
            try tmux.press("Enter")
            try tmux.expect("373.00", near: "金额")
            try tmux.type("现金")
            try tmux.press("C-s")
            try tmux.expect("收到 3-2-501 李四 373.00 元？")
            try tmux.agree()
            try tmux.expect("上月 50.0")
            try tmux.expectGone("李四 ", near: "2期")
        }

        private func aVisitorComesAndGoes(_ tmux: Tmux) throws {
            try tmux.press("F6", "F8")
            try tmux.expect("来访登记")
            try tmux.type("张三")
            try tmux.press("Enter")
            try tmux.type("冯六")
            try tmux.expect("3-2-601", near: "冯六")
            try tmux.press("Enter")
            try tmux.type("快递")
            try tmux.press("Tab")
            try tmux.type("浙ｂ６６６６６")
            try tmux.press("C-s")
            try tmux.expect("在场", near: "张三")
            try tmux.press("Enter")
            try tmux.expect("张三（3-2-601）现在离场？")
            try tmux.agree()
            try tmux.expect("已离", near: "张三")
        }

        private func theSupervisorInspects(_ tmux: Tmux) throws {
            try tmux.press("C-t")
            try tmux.expect("请选择您是谁")
            try tmux.type("周主管")
            try tmux.press("Enter")
            // The layout changes at once; the name appears after the last notice has expired.
            try tmux.expect("F2 巡检", near: "本周 0/2")
            try tmux.press("F8", "C-s")
            try tmux.expect("本周 0/2", near: "已检 0/58")
            try tmux.pressApart("Enter", showing: (1...2).map { "已检 \($0)/58" })
            try tmux.press("C-n")
            try tmux.expect("不合格 · A3")
            try tmux.type("门厅积水")
            try tmux.press("C-s")
            try tmux.expect("已检 3/58", near: "不合格 1")
            try tmux.pressApart("Enter", showing: (4...58).map { "已检 \($0)/58" })
            try tmux.press("C-e")
            try tmux.expect("结束这次巡检？")
            try tmux.agree()
            try tmux.expect("本周 1/2", near: "待整改 1")
            try tmux.expect("门厅积水", near: "A3")
        }

        // MARK: By the names of actions

        private func theSameDay(_ home: TestHome) throws {
            let writer = try home.start("do --lines")
            /// Performs one action and returns its id.
            @discardableResult
            func `do`(_ action: String, _ members: [String: String], by staff: String = "S02") throws -> String {
                let line = members.merging(["do": action, "as": staff]) { $1 }
                try #require(writer.write(String(decoding: try JSONEncoder().encode(line), as: UTF8.self) + "\n"))
                let answer = JSON(try #require(writer.line()))
                return try #require(answer["id"].text, "\(line): \(answer)")
            }
            let call = try `do`("call.ring", ["direction": "incoming", "phone": "13799998888"])
            try `do`("call.answer", ["call": call, "rings": "2", "greeting": "yes"])
            let person = try #require(try home.show("people name=李四").first?["id"].text)
            try `do`("call.caller", ["call": call, "unit": "3-2-501", "person": person])
            let fuzz = try `do`("call.demand", ["call": call, "text": "楼上太吵"])
            let leak = try `do`("call.demand", ["call": call, "text": "厨房漏水"])
            try `do`("call.hold", ["call": call, "consent": "yes"])
            try `do`("call.resume", ["call": call, "apology": "yes"])
            var request = ["class": "complaint", "unit": "3-2-501", "text": "楼上太吵", "call": call, "demand": fuzz]
            let complaint = try `do`("request.open", request)
            request.merge(["class": "repair.minor", "text": "厨房漏水", "demand": leak]) { $1 }
            let repair = try `do`("request.open", request)
            try `do`("call.end", ["call": call, "closing": "yes", "hungUp": "yes"])
            try `do`("request.complete", ["request": complaint])
            try `do`("request.complete", ["request": repair])

            let visit = try #require(try home.show("followups class=complaint").first?["id"].text)
            var report = ["followup": visit, "result": "unsatisfied", "visitors": "吴区域,郑管理", "signer": "李四"]
            try `do`("followup.record", report.merging(["shortcomings": "夜里仍有噪声"]) { $1 })
            report["followup"] = try `do`("followup.rectified", ["followup": visit])
            report["result"] = "satisfied"
            try `do`("followup.record", report.merging(["quality": "已改善", "satisfaction": "5"]) { $1 })
            try `do`("payment.receive", ["unit": "3-2-501", "amount": "373.00", "method": "现金"])
            let visitor = try `do`(
                "visitor.arrive", ["name": "张三", "host": "冯六", "purpose": "快递", "plate": "浙B66666"])
            try `do`("visitor.leave", ["visit": visitor])

            let inspection = try `do`("inspection.open", ["template": "areas"], by: "S04")
            for item in try home.show("inspection.items inspection=\(inspection)").compactMap(\.["item"].text) {
                var mark = ["inspection": inspection, "item": item, "result": "pass"]
                if item == "A3" { mark.merge(["result": "fail", "note": "门厅积水"]) { $1 } }
                try `do`("inspection.mark", mark, by: "S04")
            }
            try `do`("inspection.close", ["inspection": inspection], by: "S04")
            writer.closeInput()
            #expect(writer.wait() == 0)
        }

        // MARK: The records

        private static let views = [
            "staff", "units", "people", "vehicles", "calls", "demands", "requests", "followups", "rates", "bills",
            "payments", "arrears", "collection", "dunnings", "gate", "shifts", "patrols", "inspections",
            "rectifications",
        ]

        /// The rows of all views and the facts of the journal, normalised by `RowFormatter`.
        private func records(_ home: TestHome) throws -> [(view: String, rows: [String])] {
            var formatter = RowFormatter()
            var all = try Self.views.map { (view: $0, rows: try home.show($0).map { formatter.text($0) }) }
            let inspection = try #require(try home.show("inspections").first?["id"].text)
            let items = try home.show("inspection.items inspection=\(inspection)").map { formatter.text($0) }
            all.append((view: "inspection.items", rows: items))
            let facts = try home.segments().flatMap { try TestHome.text($0.path).split(separator: "\n") }.map {
                let line = JSON(String($0))
                return ["by", "k", "d"].map { formatter.text(line[$0]) }.joined(separator: " ")
            }
            all.append((view: "journal", rows: facts))
            return all
        }

        /// Compares the views with the expected rows of the day.
        private func expectTheDay(_ home: TestHome) throws {
            func rows(_ view: String, _ keys: String) throws -> [String] {
                var formatter = RowFormatter()
                return try home.show(view).map { row in
                    keys.split(separator: " ").map { formatter.text(row[String($0)]) }.joined(separator: " ")
                }
            }
            #expect(
                try rows("calls", "direction phone unit person rings inTime demands started ended by omitted")
                    == ["incoming 137****8888 3-2-501 李四 2 true 2 time time 王芳 []"])
            #expect(try rows("demands", "text request") == ["楼上太吵 #1", "厨房漏水 #2"])
            #expect(
                try rows("requests", "class unit text state cycle completed by") == [
                    "complaint 3-2-501 楼上太吵 completed 1 time 王芳",
                    "repair.minor 3-2-501 厨房漏水 completed 1 time 王芳",
                ])
            let (today, due) = (Dates.day(), Dates.day(inDays: 3))
            let visited = "regional,administrator"
            let visitKeys = "class stage text opens due cycle state result visitors visited absent awaitsRectification"
            #expect(
                Set(try rows("followups", visitKeys)) == [
                    "complaint single 楼上太吵 \(today) \(due) 1 done unsatisfied \(visited) [吴区域, 郑管理] [] false",
                    "repair.minor single 厨房漏水 \(today) \(due) 1 open null administrator [] [] false",
                    "complaint single 楼上太吵 \(today) \(due) 2 done satisfied \(visited) [吴区域, 郑管理] [] false",
                ])
            let (now, last, before) = (Dates.month(0), Dates.month(-1), Dates.month(-2))
            #expect(
                try rows("bills", "unit period amount paid due") == [
                    "3-2-501 \(before) 186.50 186.50 \(before)-20", "3-2-601 \(before) 186.50 0.00 \(before)-20",
                    "3-2-501 \(last) 186.50 186.50 \(last)-20", "3-2-601 \(last) 186.50 0.00 \(last)-20",
                    "3-2-501 \(now) 1186.50 0.00 \(Dates.month(1))-10",
                ])
            #expect(try rows("payments", "unit amount prepaid voided") == ["3-2-501 373.00 0.00 null"])
            #expect(try rows("arrears", "unit owner owed oldest periods") == ["3-2-601 冯六 373.00 \(before)-20 2"])
            #expect(
                try rows("collection", "period billed received rate target met households paidHouseholds") == [
                    "\(now) 1186.50 0.00 0.00 80 false 1 0", "\(last) 373.00 186.50 50.00 90 false 2 1",
                    "\(before) 373.00 186.50 50.00 100 false 2 1",
                ])
            #expect(
                try rows("gate", "name count host resident purpose plate plateState arrived left state")
                    == ["张三 1 3-2-601 冯六 快递 浙B66666 visitor time time left"])
            #expect(
                try rows("inspections", "template closed passed failed unmarked week by")
                    == ["areas time 57 1 0 \(Dates.week) 周主管"])
            #expect(
                try rows("rectifications", "item note state rechecks") == ["A3 门厅积水 open 0", "null 夜里仍有噪声 rectified 1"])
        }
    }
}
