import Testing

@testable import Console
@testable import Estate

/// One hour at the telephone, with nothing but keys: twelve calls, three of them on hold at once.
@Suite struct OperatorHourTests {
    @Test func anOperatorsHour() throws {
        let desk = try Script(as: "王芳")
        anAngryComplainant(desk)
        aWrongNumber(desk)
        aDialectSpeaker(desk)
        nobodyAnswersInTime(desk)
        threeOnHoldAtOnce(desk)
        somebodyElseIsWanted(desk)
        whoWasMissedIsCalledBack(desk)
        aDebtorIsNotReached(desk)
        theComplainantIsCalled(desk)
        theFourthRing(desk)

        let calls = desk.rows(CallsView.self)
        #expect(calls.count == 12)
        #expect(calls.count { $0.state == .ended } == 10)
        #expect(calls.count { $0.state == .returned } == 1)
        #expect(calls.count { $0.state == .unreached } == 1)
        #expect(desk.store.estate.calls.open.isEmpty && desk.store.estate.calls.missed.isEmpty)
        let outcomes = try DemandsView().rows(of: desk.store.estate, at: desk.store.now).map(\.outcome)
        #expect(outcomes == [.request, .answered, .passed, .open])

        let quality = desk.rows(CallQualityView.self)
        #expect(quality.count == 1)
        #expect((quality[0].calls, quality[0].answered, quality[0].inTime, quality[0].share) == (12, 8, 7, "87.50"))
        #expect((quality[0].missed, quality[0].returned) == (1, 1))
        let omitted = quality[0].omitted.map { "\($0.step.rawValue) \($0.count)" }
        #expect(omitted == ["rings 1", "apology 1", "hangUp 1"])
        desk.expect("王芳", near: "三声内 87.50%")
    }

    private func ring(_ number: String, _ desk: Script) {
        desk.press("F8")
        desk.fill("号码", number)
        desk.press("Ctrl-S")
        desk.expect("响铃 1 声")
    }

    private func demand(_ text: String, _ desk: Script) {
        desk.type(text)
        desk.press("Enter")
    }

    private func end(_ desk: Script) { desk.press("Ctrl-E", "Right", "Enter", "Right", "Enter") }

    private func anAngryComplainant(_ desk: Script) {
        desk.at("09:00")
        ring("+86 138/0000/1111", desk)
        desk.expect("“您好，翠湖花园”")
        desk.press("Enter")
        demand("楼上太吵，天天如此", desk)
        desk.press("Up", "Enter", "Enter", "Right", "Enter", "Ctrl-S")
        desk.expect("楼上太吵", near: "→ 投诉")
        // Whoever complains hears an apology first.
        desk.expect("对不起   请原谅")
        desk.press("Down")
        end(desk)
        desk.expectRow(RequestsView.self) { $0.class == .complaint && $0.call != nil }
    }

    private func aWrongNumber(_ desk: Script) {
        desk.at("09:06")
        ring("13012345678", desk)
        desk.expect("未知来电人")
        desk.press("Enter")
        end(desk)
        desk.expectRow(CallsView.self) { $0.unit == nil && $0.demands == 0 && $0.state == .ended }
    }

    private func aDialectSpeaker(_ desk: Script) {
        desk.at("09:08")
        ring("13012340000", desk)
        desk.press("Enter")
        desk.press("Ctrl-R")
        #expect(desk.lines[0].contains("对不起，请您用普通话，好吗？"))
        desk.expect("✓ 听不懂对方语言")
        demand("几点来水", desk)
        desk.press("Up", "Enter", "Down", "Enter")
        desk.expect("已答复 · 几点来水")
        desk.expectNothingRecorded { desk.press("Ctrl-S") }
        desk.type("明早九点恢复供水")
        desk.press("Enter")
        desk.expect("几点来水", near: "已答复")
        desk.press("Down")
        end(desk)
        desk.expectRow(CallsView.self) { $0.said == [.putonghua] }
    }

    private func nobodyAnswersInTime(_ desk: Script) {
        desk.at("09:12")
        ring("13800002222", desk)
        desk.press("Ctrl-E")
        desk.expect("未接待回 1")
        desk.expect("3-2-502", near: "138****2222")
    }

    private func threeOnHoldAtOnce(_ desk: Script) {
        desk.at("09:15")
        for (number, name) in [("057188880000", "冯六"), ("13800003333", "李小四"), ("13800004444", "孙七")] {
            ring(number, desk)
            desk.press("Enter")
            desk.expect(name)
            if name == "冯六" { demand("电梯异响", desk) }
            desk.press("Ctrl-B", "Right", "Enter")
            desk.expect("保留中")
        }
        desk.expect("3 个通话")
        #expect(desk.rows(CallsView.self).count { $0.state == .held } == 3)
        desk.expect("▸ 恢复通话")
        desk.expect("对不起   请原谅")
        // The last one first, then the others: one of them without a word of apology.
        desk.at("09:20")
        desk.press("Enter", "Right", "Enter")
        end(desk)
        desk.expect("李小四")
        desk.press("Enter")
        desk.expectNothingRecorded { desk.press("Ctrl-S") }
        desk.expect("缺少必填项：已致歉")
        desk.press("Left", "Ctrl-S")
        end(desk)
        desk.expectRow(CallsView.self) { $0.person == "李小四" && $0.omitted == [.apology] }
        desk.expect("冯六")
        desk.press("Enter", "Right", "Enter")
        desk.press("Up", "Enter", "Down", "Down", "Enter")
        desk.expect("已转交 · 电梯异响")
        desk.type("电梯维保")
        desk.press("Ctrl-S")
        desk.expect("电梯异响", near: "→ 电梯维保")
        desk.press("Down")
        end(desk)
    }

    private func somebodyElseIsWanted(_ desk: Script) {
        desk.at("09:30")
        desk.press("Enter", "Enter", "Ctrl-G")
        desk.type("周主管")
        desk.press("Enter", "Right", "Enter", "Right", "Enter")
        desk.expect("找人中")
        desk.expect("▸ 请他人接听")
        desk.press("Enter")
        desk.expectNot("找人中")
        desk.expect("✓ 请他人接听")
        demand("想见主管", desk)
        desk.press("Ctrl-E")
        desk.expect("诉求未落实 1")
        desk.press("Right", "Enter", "Right", "Enter")
        desk.expect("诉求未落实 1")
        #expect(desk.store.estate.calls.all.values.last?.fetches.first?.who == "周主管")
    }

    private func whoWasMissedIsCalledBack(_ desk: Script) {
        desk.at("09:35")
        desk.expect("未接待回 1")
        desk.press("Ctrl-O")
        desk.expect("单国强", near: "138****2222")
        desk.expect("回复未接来电")
        theFourSteps(desk)
        end(desk)
        desk.expectNot("未接待回")
    }

    /// Answered, then greeting, introduction, whom and why.
    private func theFourSteps(_ desk: Script) {
        desk.expect("待接通")
        desk.press("Enter")
        desk.expect("▸ 问候", near: "“您好”")
        desk.press("Enter")
        desk.expect("✓ 问候")
        desk.expect("▸ 自我介绍", near: "“我是翠湖花园前台接待王芳”")
        desk.press("Enter")
        desk.expect("▸ 找谁、何事")
        desk.press("Enter")
        desk.expect("✓ 找谁、何事")
    }

    private func aDebtorIsNotReached(_ desk: Script) {
        desk.at("09:40")
        desk.press("F5", "Ctrl-O")
        desk.expect("致电 · 李四 3-2-501 138****1111")
        desk.expect("物业费欠费", near: "事由")
        desk.press("Enter")
        desk.expect("待接通")
        desk.press("Ctrl-E")
        desk.expectRow(CallsView.self) { $0.state == .unreached && $0.about == .arrears(desk.unit("3-2-501")) }
    }

    private func theComplainantIsCalled(_ desk: Script) {
        desk.at("09:45")
        desk.press("F3", "Ctrl-O")
        desk.expect("工单：楼上太吵，天天如此", near: "事由")
        desk.press("Enter")
        theFourSteps(desk)
        end(desk)
        let request = desk.rows(RequestsView.self).first?.id.id
        desk.expectRow(CallsView.self) { $0.about == request.map { .record($0) } && $0.omitted.isEmpty }
    }

    private func theFourthRing(_ desk: Script) {
        desk.at("09:50")
        ring("13800001111", desk)
        // What stands open with the caller is before the operator's eyes.
        desk.expect("欠费 373.00", near: "浙A12345")
        desk.expect("未结 1", near: "楼上太吵")
        desk.expect("上次来电", near: "09:45")
        desk.press("Up", "Up", "Up", "Enter")
        desk.expect("4 声接听 ✗")
        desk.press("Ctrl-E", "Right", "Enter", "Left", "Enter")
        desk.expectRow(CallsView.self) { $0.omitted == [.rings, .hangUp] }
    }
}

extension Script {
    func unit(_ text: String) -> UnitCode { (try? UnitCode(text: text, zone: .shanghai)) ?? .placeholder }
}
