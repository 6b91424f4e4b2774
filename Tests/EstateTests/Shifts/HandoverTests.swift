import Journal
import Testing
import TestSupport

@testable import Estate

@Suite("7.3 The handover as a checklist (Rules, Gate; content, part 7)")
struct HandoverTests {
    private let test: TestEstate
    private let shift: String

    /// All ten items; 6 and 7 are counted.
    private static let items = "1:无;2:无;3:三栋漏水等维修;4:无;5:无;8:两件包裹;9:正常;10:整洁"
    private static let equipment = "对讲机 2;电池 4;手电 1/2 一支送修;警棍 2;盾牌 1;灭火器 2;反光背心 2;记录仪 2"
    private static let keys = "钥匙 6；门禁卡 5；遥控器 2"

    init() throws {
        test = try TestEstate(now: "2026-03-02T08:00")
        shift = try test.do("shift.open", ["post": "东门", "staff": "S03"], by: "S03")
    }

    @discardableResult
    private func close(_ members: [String: String] = [:]) throws -> [String] {
        let members = ["shift": shift, "next": "S02"].merging(members) { $1 }
        let action = try CloseShift(members: members.mapValues { .string($0) }, zone: .shanghai)
        return try test.store.perform(action, by: "S03").warnings
    }

    private func acknowledge(_ members: [String: String] = [:]) throws -> [String] {
        let members = ["shift": shift].merging(members) { $1 }
        let action = try AcknowledgeShift(members: members.mapValues { .string($0) }, zone: .shanghai)
        return try test.store.perform(action, by: "S02").warnings
    }

    private var full: [String: String] {
        [
            "items": HandoverTests.items, "equipment": HandoverTests.equipment, "keys": HandoverTests.keys,
            "ritual": "yes",
        ]
    }

    private var closed: ShiftsView.Row {
        get throws { try #require(try test.show(ShiftsView.self).first { $0.closed != nil }) }
    }

    @Test("a full handover has no warning; a difference is named, with what is said of it")
    func complete() throws {
        #expect(try close(full) == [])
        #expect(try closed.differences == ["手电 1/2 一支送修"])
        #expect(try closed.handover?.items?.answers[8] == "两件包裹")
        // What has to be there is kept as it was.
        #expect(try closed.handover?.keys?.entries.map(\.expected) == [6, 5, 2])
        let stored = try test.secondStore().estate.shifts[ref(shift)]?.handover
        #expect(stored?.equipment?.text == (try closed.handover?.equipment?.text) && stored?.ritual == true)
    }

    @Test("no item is left empty without a warning")
    func empty() throws {
        #expect(try close() == ["shift.items", "shift.uncounted", "shift.ritual"])
    }

    @Test(
        "each gap has its warning, and keeps nobody at the post",
        arguments: [
            ("items", "1:无;2:无;3:无;4:无;5:无;8:无;9:正常", "shift.items"),
            ("items", items + ";12:没有这项", "shift.unlisted"),
            ("equipment", "对讲机 2", "shift.uncounted"),
            ("equipment", equipment.replacing(" 一支送修", with: ""), "shift.difference"),
            ("keys", keys + ";吊扇 1", "shift.unlisted"),
            ("ritual", "no", "shift.ritual"),
        ])
    func gap(field: String, value: String, code: String) throws {
        #expect(try close(full.merging([field: value]) { $1 }) == [code])
        #expect(test.estate.shifts.open.isEmpty)
    }

    @Test(
        "a count may follow its name at once; what is no count is kept as it was written",
        arguments: [
            ("对讲机2部", "对讲机 2/2"), ("对讲机2", "对讲机 2/2"), ("齐全", "齐全"), ("对讲机 四", "对讲机 四"),
            ("对讲机 1/2/3", "对讲机 1/2/3"), ("手电 1/2 一支送修；其余齐全", "手电 1/2 一支送修；其余齐全"),
        ])
    func words(typed: String, shown: String) throws {
        _ = try close(full.merging(["equipment": typed]) { $1 })
        #expect(test.estate.shifts.open.isEmpty)
        let handover = try #require(test.estate.shifts.all.values.last { $0.closed != nil }?.handover)
        #expect(handover.equipment?.display(zone: .shanghai, language: .chinese) == shown)
    }

    @Test(
        "what is malformed is refused with its field",
        arguments: [
            ("items", "无"), ("items", "3"), ("items", "3:"), ("items", "x:无"), ("items", "3:无;3:有"), ("items", "-1:无"),
            ("equipment", "对讲机 1;对讲机 2"),
        ])
    func malformed(field: String, value: String) throws {
        let refused = refusal { try close([field: value]) }
        #expect(refused?.code == "handover.malformed" && refused?.field == field)
        #expect(test.estate.shifts.open.count == 1)
    }

    @Test("forms that people type are one: full width, line ends, no order")
    func typed() throws {
        try close(["items": "８：两件\n3:无；", "equipment": "对讲机　３／４ 一台　送修"])
        #expect(try closed.handover?.items?.text == "3:无;8:两件")
        #expect(try closed.handover?.equipment?.text == "对讲机 3/2 一台 送修")
    }

    @Test("an answer with the separating sign in it stays one answer")
    func separator() throws {
        let answers = HandoverAnswers([3: "甲;4:乙\n丙", 8: "无"])
        let read = try HandoverAnswers(text: answers.text, zone: .shanghai)
        #expect(read.answers == [3: "甲，4:乙 丙", 8: "无"])
    }

    @Test("7.3 the incoming member confirms each item and may sign with a reservation")
    func signature() throws {
        try close(full)
        let all = (1...10).map(String.init).joined(separator: ",")
        #expect(try acknowledge(["confirmed": all, "reservation": "手电数目待查", "ritual": "yes"]) == [])
        #expect(try closed.signature?.confirmed == Array(1...10))
        #expect(try closed.signature?.reservation == "手电数目待查")
        #expect(try closed.signatures == ["赵门岗", "陈接待"])
        #expect(test.estate.shifts.open.map(\.staff) == ["S02"])
    }

    @Test("a signature that leaves items out is flagged, never refused: the post is not left alone")
    func unconfirmed() throws {
        try close(full)
        #expect(try acknowledge(["confirmed": "1,2,11"]) == ["shift.unlisted", "shift.unconfirmed", "shift.ritual"])
        #expect(test.estate.shifts.open.map(\.staff) == ["S02"])
    }

    // MARK: The page

    private func page() throws -> String {
        let document = try HandoverReport(shift: ref(shift)).document(of: test.estate, at: test.store.now, .chinese)
        return "\(document)"
    }

    @Test("the page has the visitors, the patrols, the counts, the reservation and both signatures")
    func report() throws {
        let inside = try test.arrive("张三", purpose: "快递")
        let left = try test.arrive("李雷")
        try test.do("visitor.leave", ["visit": left], by: "S03")
        try test.do("patrol.check", ["route": "全区", "point": "3栋3层"], by: "S03")
        try test.do("patrol.finish", ["patrol": test.estate.patrols.all.values[0].id.id.text], by: "S03")
        try test.do("incident.open", ["kind": "火灾", "drill": "yes"], by: "S03")
        test.clock.set("2026-03-02 11:00")
        try close(full.merging(["handed": inside, "notes": "东门道闸偏慢"]) { $1 })
        _ = try acknowledge(["confirmed": "1,2", "reservation": "手电待查"])
        let page = try page()
        for words in [
            "东门", "赵门岗", "2 人", "1 人", "张三(3-2-501)", "巡逻 全区 1/3", "漏 3栋顶层、大堂", "火灾（演练）", "两件包裹", "手电 1/2 一支送修",
            "东门道闸偏慢", "手电待查", "交班人签名", "接班人签名", "赵门岗、陈接待",
        ] {
            #expect(page.contains(words), "\(words)")
        }
    }

    @Test("the page has whom the member on duty turned away during the shift, with the host and the reason")
    func refusals() throws {
        #expect(try page().contains("谢绝进入"))
        test.clock.set("2026-03-02 09:00")
        try test.do("visitor.refuse", ["name": "贾推销", "host": "3-2-501", "why": "推销"], by: "S03")
        try test.do("visitor.refuse", ["name": "无目的", "why": "被访人不同意"], by: "S03")
        try test.do("visitor.refuse", ["name": "西门的", "why": "推销"], by: "S02")
        test.clock.set("2026-03-02 11:00")
        try close(full)
        _ = try acknowledge()
        test.clock.set("2026-03-02 12:00")
        try test.do("visitor.refuse", ["name": "后来的", "why": "推销"], by: "S03")
        let page = try page()
        #expect(page.contains("贾推销(3-2-501) 推销、无目的 被访人不同意"))
        #expect(!page.contains("西门的") && !page.contains("后来的"))
    }

    @Test("each handover keeps the code of the last record before it, and its page has it for both to sign")
    func seal() throws {
        let code = try #require(test.store.seal).text
        try close(full)
        #expect(try closed.seal == code)
        _ = try acknowledge()
        #expect(try page().contains(code))
        // What it names is in the log, and found there.
        let seal = try #require(HeadSeal(code))
        #expect(try Verification(of: test.folder, against: [seal]).seals.map(\.fits) == [true])
        #expect(test.store.seal?.text != code)
    }

    @Test("the page of a running shift says what is left over")
    func running() throws {
        try test.do("patrol.check", ["route": "全区", "point": "3栋顶层"], by: "S03")
        #expect(try page().contains("巡逻进行中"))
        #expect(
            refusal {
                _ = try HandoverReport(shift: ref("01K0123456789ABCDEFGHJKMNP")).document(
                    of: test.estate, at: test.store.now, .chinese)
            }?.code == "shift.unknown")
    }
}
