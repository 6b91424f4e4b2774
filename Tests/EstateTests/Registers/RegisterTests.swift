import Foundation
import Journal
import Testing
import TestSupport

@testable import Estate

@Suite("Registers of the gate (Rules, Gate; content, part 6)")
struct RegisterTests {
    private let test: TestEstate

    init() throws { test = try TestEstate(now: "2026-11-23T09:00") }

    @discardableResult
    private func add(_ members: [String: String], by member: String = "S03") throws -> (id: String, warnings: [String])
    {
        let action = try Estate.action(named: "register.add").read(members.mapValues { .string($0) }, zone: .shanghai)
        let receipt = try test.store.perform(action, by: member)
        return (receipt.id.text, receipt.warnings)
    }

    private func close(_ members: [String: String], by member: String = "S03") throws -> [String] {
        let action = try Estate.action(named: "register.close").read(members.mapValues { .string($0) }, zone: .shanghai)
        return try test.store.perform(action, by: member).warnings
    }

    private func goods(_ who: String, witness: String? = nil, unit: String = "3-2-501") -> [String: String] {
        var members = ["register": "goods", "what": "冰箱", "who": who, "unit": unit]
        members["witness"] = witness
        return members
    }

    /// A unit that is let, with its owner and its tenant.
    private func letUnit() throws {
        try test.do("person.add", ["name": "房东", "unit": "3-2-502", "role": "owner"])
        try test.do("person.add", ["name": "租客", "unit": "3-2-502", "role": "tenant"])
    }

    private func owe() throws {
        try test.do(
            "bill.issue", ["unit": "3-2-501", "period": "2026-09", "item": "物业费", "amount": "100", "due": "2026-09-20"])
    }

    @Test("all registers have one form: kind, who, what, count, due, witness, in and out")
    func form() throws {
        for (place, register) in RegisterKind.allCases.enumerated() {
            let entry = try add([
                "register": register.rawValue, "what": "物品\(place)", "who": "王五", "count": "2", "witness": "见证人",
            ]).id
            test.clock.pass(seconds: 600)
            #expect(try close(["entry": entry, "who": "赵六", "note": "说明"]) == [])
        }
        let rows = try test.show(RegistersView.self)
        #expect(rows.map(\.register) == RegisterKind.allCases)
        #expect(rows.allSatisfy { $0.who.text == "王五" && $0.count == 2 && $0.witness.value == "见证人" })
        #expect(rows.allSatisfy { $0.closing?.who.value == "赵六" && $0.closing?.at.seconds(since: $0.since) == 600 })
        #expect(rows.map { $0.closing?.outcome } == [.left, .returned, .claimed, .claimed, .returned])
    }

    @Test("a slip for goods holds for the same day, a key is due the same day; what is due by policy may differ")
    func due() throws {
        for register in RegisterKind.allCases {
            try add(["register": register.rawValue, "what": "物", "who": "王五"])
        }
        #expect(
            try test.show(RegistersView.self).map { $0.due?.text } == [
                "2026-11-23", "2026-11-23", "2026-11-26", "2026-11-30", nil,
            ])
        try add(["register": "key", "what": "门卡", "who": "王五", "due": "2026-11-25"])
        #expect(try test.show(RegistersView.self).last?.due?.text == "2026-11-25")
        let past = refusal { try add(["register": "key", "what": "门卡", "who": "王五", "due": "2026-11-22"]) }
        #expect(past?.code == "register.due" && past?.field == "due")
        let own = try TestEstate(
            now: "2026-11-23T09:00", handbook: ["registers.json": #"{"policy":{"dueDays":{"parcel":1}}}"#])
        try own.do("register.add", ["register": "parcel", "what": "纸箱", "who": "王五"])
        #expect(try own.only(RegistersView.self).due?.text == "2026-11-24")
    }

    @Test("an entry is overdue after its day, until it is closed")
    func overdue() throws {
        let entry = try add(["register": "key", "what": "门卡", "who": "王五"]).id
        func isOverdue() throws -> Bool { try test.only(RegistersView.self).isOverdue }
        test.clock.set("2026-11-23 23:59")
        #expect(try !isOverdue())
        test.clock.set("2026-11-24 00:01")
        #expect(try isOverdue())
        _ = try close(["entry": entry])
        #expect(try !isOverdue())
    }

    // MARK: A tenant's removal

    @Test("a tenant's removal needs the owner's word: without it there is a warning, and it is recorded")
    func tenant() throws {
        try letUnit()
        #expect(try add(goods("租客", unit: "3-2-502")).warnings == ["register.owner"])
        #expect(try add(goods("搬家公司", unit: "3-2-502")).warnings == ["register.owner"])
        #expect(try add(goods("租客", witness: "房东电话确认", unit: "3-2-502")).warnings == [])
        #expect(try add(goods("房东", unit: "3-2-502")).warnings == [])
        #expect(try test.show(RegistersView.self).map(\.lacksOwner) == [true, true, false, false])
    }

    @Test("an owner's removal needs nobody's word, nor do keys and parcels of a tenant")
    func owner() throws {
        try letUnit()
        #expect(try add(goods("李四")).warnings == [])
        #expect(try add(["register": "parcel", "what": "纸箱", "who": "租客", "unit": "3-2-502"]).warnings == [])
    }

    @Test("goods without the owner's word leave all the same, and the question says so")
    func withoutTheOwnersWord() throws {
        try letUnit()
        let entry = try add(goods("租客", unit: "3-2-502")).id
        let question = CloseEntry(entry: Ref(try #require(EntryID(entry))))
            .confirmation(in: test.estate, at: test.store.now)
        #expect(question?.question.chinese == "放行条“冰箱”现在放行？")
        #expect(question?.facts.contains { $0.chinese == "没有业主的话：报主管，不强留" } == true)
        #expect(try close(["entry": entry]) == [])
    }

    // MARK: Unpaid fees

    @Test(
        "unpaid fees warn the desk and never a guard, and never block",
        arguments: [("S02", true), ("S04", true), ("S01", true), ("S03", false)])
    func arrears(member: String, isTold: Bool) throws {
        try owe()
        #expect(try add(goods("李四"), by: member).warnings == (isTold ? ["register.arrears"] : []))
        let cautions = AddEntry.allCautions(with: goods("李四"), by: member, in: test.estate)
        #expect(cautions["unit"]?.chinese == (isTold ? "欠费 100.00，只提示，不影响放行" : nil))
        #expect(try test.only(RegistersView.self).isOpen)
    }

    @Test("nothing that a guard reads of an entry tells of fees: row, details, question, slip, handover")
    func noFeesAtTheGate() throws {
        try owe()
        let entry = Ref<RegisterEntry>(try #require(EntryID(try add(goods("李四"), by: "S02").id)))
        let row = try test.only(RegistersView.self)
        let question = CloseEntry(entry: entry).confirmation(in: test.estate, at: test.store.now)
        let slip = try ReleaseSlip(entry: entry).document(of: test.estate, at: test.store.now, .chinese)
        // The guard ticks with a pen.
        for case .choices(_, let choices) in slip.sheets[0].blocks {
            #expect(choices.count == 2 && choices.allSatisfy { !$0.isTicked })
        }
        test.clock.set("2026-11-25 09:00")
        let texts =
            row.displayed(.chinese) + (question?.facts.map(\.chinese) ?? []) + ["\(slip.sheets[0].blocks)"]
            + test.estate.handoverNotes(at: test.store.now).map(\.chinese)
        for text in texts { #expect(!text.contains("欠") && !text.contains("100.00"), "\(text)") }
        #expect(test.estate.handoverNotes(at: test.store.now).count == 1)
    }

    @Test("the policy cannot make a guard part of collecting")
    func policy() {
        #expect(throws: (any Error).self) {
            try TestEstate(handbook: ["registers.json": #"{"policy":{"arrearsRoles":["guard"]}}"#])
        }
    }

    // MARK: Lost property and ends

    @Test("lost property handed to the police ends with their receipt: without its number there is a warning")
    func police() throws {
        let entries = try (0..<2).map { try add(["register": "lost", "what": "钱包\($0)", "who": "拾得人"]).id }
        #expect(try close(["entry": entries[0], "outcome": "police"]) == ["register.receipt"])
        #expect(try close(["entry": entries[1], "outcome": "police", "note": "收据 2026-118"]) == [])
    }

    @Test("a count that differs at the gate is kept and warned of")
    func count() throws {
        let entry = try add(["register": "goods", "what": "纸箱", "who": "李四", "unit": "3-2-501", "count": "5"]).id
        #expect(try close(["entry": entry, "count": "6", "note": "多一件"]) == ["register.count"])
        #expect(try test.only(RegistersView.self).closing?.count == 6)
        #expect(
            refusal { try add(["register": "goods", "what": "箱", "who": "李四", "count": "0"]) }?.code == "register.count"
        )
    }

    @Test("an entry is closed once, not before it was made, and an unknown one is refused")
    func once() throws {
        let entry = try add(["register": "key", "what": "门卡", "who": "王五"]).id
        #expect(
            refusal { try test.do("register.close", ["entry": entry], at: "2026-11-23T08:00") }?.code == "time.order")
        _ = try close(["entry": entry])
        #expect(refusal { try close(["entry": entry]) }?.code == "register.closed")
        #expect(refusal { try close(["entry": "01J00000000000000000000000"]) }?.code == "register.unknown")
        #expect(refusal { try add(goods("李四", unit: "9-9-999")) }?.code == "unit.unknown")
    }

    @Test("what is overdue stands at the handover, until it is closed")
    func handover() throws {
        let entry = try add(["register": "key", "what": "地库门卡", "who": "王五"]).id
        let shift = try test.do("shift.open", ["post": "门岗", "staff": "S03"])
        #expect(test.estate.handoverNotes(at: test.store.now).isEmpty)
        test.clock.set("2026-11-25 08:00")
        #expect(
            test.estate.handoverNotes(at: test.store.now).map(\.chinese) == ["钥匙逾期（11-23）：地库门卡 王五"])
        let outlook = CloseShift.outlook(with: [:], in: test.estate, at: test.store.now)
        #expect(outlook.map(\.cells) == [test.estate.handoverNotes(at: test.store.now)])
        try test.do("shift.close", ["shift": shift, "next": "S02"])
        let question = AcknowledgeShift(shift: Ref(try #require(EntryID(shift))))
            .confirmation(in: test.estate, at: test.store.now)
        #expect(question?.facts.contains { $0.chinese.contains("地库门卡") } == true)
        _ = try close(["entry": entry])
        #expect(test.estate.handoverNotes(at: test.store.now).isEmpty)
    }

    // MARK: Particulars

    @Test("names and numbers are sealed: no byte of them is in the journal, nor of who fetched it")
    func sealed() throws {
        let entry = try add([
            "register": "parcel", "what": "纸箱", "who": "登记人甲", "witness": "见证人乙", "phone": "13812345678",
        ]).id
        _ = try close(["entry": entry, "who": "代领人丙"])
        let names = ["登记人甲", "见证人乙", "13812345678", "代领人丙"]
        let files = try #require(FileManager.default.enumerator(atPath: "\(test.folder)/journal"))
        var read = 0
        for case let file as String in files where file.hasSuffix(".jsonl") {
            let text = try String(contentsOfFile: "\(test.folder)/journal/\(file)", encoding: .utf8)
            read += 1
            for name in names { #expect(!text.contains(name), "\(name)") }
        }
        #expect(read > 0)
        #expect(try test.only(RegistersView.self).texts.contains("登记人甲"))
        #expect(try test.only(RegistersView.self).texts.contains("138****5678"))
    }

    @Test("the particulars of an open entry are kept, and end with its month")
    func ending() throws {
        let entry = try add(["register": "key", "what": "门卡", "who": "王五"]).id
        test.clock.set("2027-07-01 09:00")
        let refused = refusal { try test.do("particulars.erase", ["record": entry, "why": "本人要求"]) }
        #expect(refused != nil)
        _ = try close(["entry": entry, "who": "王五"])
        try test.do("particulars.erase", ["record": entry, "why": "本人要求"])
        let row = try test.only(RegistersView.self)
        #expect(row.who.text == "已到期删除" && row.what == "门卡")
    }

    @Test("a telephone number in the words is warned of")
    func phone() throws {
        #expect(try add(["register": "parcel", "what": "纸箱 13812345678", "who": "王五"]).warnings == ["text.phone"])
    }
}
