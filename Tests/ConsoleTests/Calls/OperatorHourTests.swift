import Testing

@testable import Console
@testable import Estate

/// One hour at the telephone, with nothing but keys: twelve calls, three of them on hold at once.
@Suite struct OperatorHourTests {
    @Test func anOperatorsHour() throws {
        let console = try ConsoleDriver(as: "王芳")
        anAngryComplainant(console)
        aWrongNumber(console)
        aDialectSpeaker(console)
        nobodyAnswersInTime(console)
        threeOnHoldAtOnce(console)
        somebodyElseIsWanted(console)
        whoWasMissedIsCalledBack(console)
        aDebtorIsNotReached(console)
        theComplainantIsCalled(console)
        theFourthRing(console)

        let calls = console.rows(CallsView.self)
        #expect(calls.count == 12)
        #expect(calls.count { $0.state == .ended } == 9)
        #expect(calls.count { $0.state == .returned } == 1)
        #expect(calls.count { $0.state == .unreached } == 1)
        #expect(console.store.estate.calls.open.isEmpty && console.store.estate.calls.missed.isEmpty)
        let outcomes = try DemandsView().rows(of: console.store.estate, at: console.store.now).map(\.outcome)
        #expect(outcomes == [.request, .answered, .passed, .open])

        let quality = console.rows(CallQualityView.self)
        #expect(quality.count == 1)
        #expect((quality[0].calls, quality[0].answered, quality[0].inTime, quality[0].share) == (12, 8, 7, "87.50"))
        #expect((quality[0].missed, quality[0].returned) == (1, 1))
        let omitted = quality[0].omitted.map { "\($0.step.rawValue) \($0.count)" }
        #expect(omitted == ["rings 1", "apology 1", "hangUp 1"])
        console.expect("王芳", near: "三声内 87.50%")
    }

    private func ring(_ number: String, _ console: ConsoleDriver) {
        console.press("F8")
        console.fill("号码", number)
        console.press("Ctrl-S")
        console.expect("响铃 1 声")
    }

    private func demand(_ text: String, _ console: ConsoleDriver) {
        console.type(text)
        console.press("Enter")
    }

    private func end(_ console: ConsoleDriver) { console.press("Ctrl-E", "Enter") }

    private func anAngryComplainant(_ console: ConsoleDriver) {
        console.at("09:00")
        ring("+86 138/0000/1111", console)
        console.expect("“您好，翠湖花园”")
        console.press("Enter")
        demand("楼上太吵，天天如此", console)
        console.press("Up", "Enter", "Enter", "Right", "Enter")
        console.expect("楼上太吵", near: "→ 投诉")
        // A complaint is answered with an apology first.
        console.expect("对不起   请原谅")
        console.press("Down")
        end(console)
        console.expectRow(RequestsView.self) { $0.class == .complaint && $0.call != nil }
    }

    private func aWrongNumber(_ console: ConsoleDriver) {
        console.at("09:06")
        ring("13012345678", console)
        console.expect("未知来电人")
        console.press("Enter", "Ctrl-E", "Down", "Enter")
        console.expect("打错", near: "130****5678")
        console.expectRow(CallsView.self) { $0.unit == nil && $0.demands == 0 && $0.state == .wrong }
    }

    private func aDialectSpeaker(_ console: ConsoleDriver) {
        console.at("09:08")
        ring("13012340000", console)
        console.press("Enter")
        console.press("Ctrl-R")
        #expect(console.lines[0].contains("对不起，请您用普通话，好吗？"))
        console.expect("✓ 听不懂对方语言")
        demand("几点来水", console)
        console.press("Up", "Enter", "Down", "Enter")
        console.expect("已答复 · 几点来水")
        console.expectNothingRecorded { console.press("Ctrl-S") }
        console.type("明早九点恢复供水")
        console.press("Enter")
        console.expect("几点来水", near: "已答复")
        console.press("Down")
        end(console)
        console.expectRow(CallsView.self) { $0.said == [.putonghua] }
    }

    private func nobodyAnswersInTime(_ console: ConsoleDriver) {
        console.at("09:12")
        ring("13800002222", console)
        console.press("Ctrl-E", "Enter")
        console.expect("待回电 1")
        console.expect("3-2-502", near: "138****2222")
    }

    private func threeOnHoldAtOnce(_ console: ConsoleDriver) {
        console.at("09:15")
        for (number, name) in [("057188880000", "冯六"), ("13800003333", "李小四"), ("13800004444", "孙七")] {
            ring(number, console)
            console.press("Enter")
            console.expect(name)
            if name == "冯六" { demand("电梯异响", console) }
            console.press("Ctrl-B", "Enter")
            console.expect("暂停中")
        }
        console.expect("3 个通话")
        #expect(console.rows(CallsView.self).count { $0.state == .held } == 3)
        console.expect("▸ 继续通话")
        console.expect("对不起   请原谅")
        // The last one first, then the others: one of them without a word of apology.
        console.at("09:20")
        console.press("Enter", "Enter")
        end(console)
        console.expect("李小四")
        console.expectNothingRecorded { console.press("Enter") }
        console.expect("未致歉", near: "遗漏")
        console.press("Down", "Enter")
        end(console)
        console.expectRow(CallsView.self) { $0.person == "李小四" && $0.omitted == [.apology] }
        console.expect("冯六")
        console.press("Enter", "Enter")
        console.press("Up", "Enter", "Down", "Down", "Enter")
        console.expect("已转交 · 电梯异响")
        console.type("电梯维保")
        console.press("Ctrl-S")
        console.expect("电梯异响", near: "→ 电梯维保")
        console.press("Down")
        end(console)
    }

    private func somebodyElseIsWanted(_ console: ConsoleDriver) {
        console.at("09:30")
        console.takeCall()
        console.press("Ctrl-G")
        console.type("周主管")
        console.press("Enter", "Enter", "Enter")
        console.expect("请人接听中")
        console.expect("▸ 请人接听")
        console.press("Enter")
        console.expectNot("请人接听中")
        console.expect("✓ 请人接听")
        demand("想见主管", console)
        console.press("Ctrl-E")
        console.expect("诉求待处理 1")
        console.press("Enter")
        console.expect("诉求待处理 1")
        #expect(console.store.estate.calls.all.values.last?.fetches.first?.who == "周主管")
    }

    private func whoWasMissedIsCalledBack(_ console: ConsoleDriver) {
        console.at("09:35")
        console.expect("待回电 1")
        console.press("Ctrl-O")
        // Who dials reads the number; once they speak it is masked again.
        console.expect("单国强", near: "13800002222")
        console.expect("回复未接来电")
        theFourSteps(console)
        end(console)
        console.expectNot("待回电")
    }

    /// Answered, then greeting, introduction, whom and why.
    private func theFourSteps(_ console: ConsoleDriver) {
        console.expect("待接通")
        console.press("Enter")
        console.expect("▸ 问候", near: "“您好”")
        console.expect("▸ 自我介绍", near: "“我是翠湖花园前台接待王芳”")
        console.expect("▸ 说明来意")
        console.press("Enter")
        for words in ["✓ 问候", "✓ 自我介绍", "✓ 说明来意"] { console.expect(words) }
    }

    private func aDebtorIsNotReached(_ console: ConsoleDriver) {
        console.at("09:40")
        console.open("fees")
        console.press("Ctrl-O")
        console.expect("致电 · 李四 3-2-501 138****1111")
        console.expect("物业费欠费", near: "事由")
        console.press("Enter")
        console.expect("待接通")
        console.press("Ctrl-E")
        console.expectRow(CallsView.self) { $0.state == .unreached && $0.about == .arrears(console.unit("3-2-501")) }
        console.expectRow(DunningsView.self) { $0.outcome == "未接通" }
        console.expect("致电 · 冯六")
        console.press("Esc")
    }

    private func theComplainantIsCalled(_ console: ConsoleDriver) {
        console.at("09:45")
        console.open("requests")
        console.press("Ctrl-O")
        console.expect("工单：楼上太吵，天天如此", near: "事由")
        console.press("Enter")
        theFourSteps(console)
        end(console)
        let request = console.rows(RequestsView.self).first?.id.id
        console.expectRow(CallsView.self) { $0.about == request.map { .record($0) } && $0.omitted.isEmpty }
    }

    private func theFourthRing(_ console: ConsoleDriver) {
        console.at("09:50")
        ring("13800001111", console)
        // The card shows the caller's open matters.
        console.expect("欠费 373.00", near: "浙A12345")
        console.expect("未结 1", near: "楼上太吵")
        console.expect("最近通话", near: "09:45")
        console.press("Up", "Up", "Up", "Enter")
        console.expect("4 声接听 ✗")
        console.press("Ctrl-E", "Down", "Down", "Down", "Enter")
        console.expectRow(CallsView.self) { $0.omitted == [.rings, .hangUp] }
    }
}

extension ConsoleDriver {
    func unit(_ text: String) -> UnitCode { (try? UnitCode(text: text, zone: .shanghai)) ?? .placeholder }
}
