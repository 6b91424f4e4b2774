import Journal
import TestSupport
import Testing

@testable import Estate

@Suite("Persons who are no residents are found by name, plate and number")
struct FindTests {
    private let test: TestEstate

    init() throws {
        test = try TestEstate(now: "2026-03-02T09:00")
        let visit = try test.do(
            "visitor.arrive",
            ["name": "欧阳锋", "host": "3-2-501", "purpose": "看房", "plate": "沪B66666", "phone": "13912345678"], by: "S03")
        try test.do("visitor.leave", ["visit": visit, "plate": "沪B77777"], by: "S03")
        let today = "2026-03-02"
        try test.do("visitor.expect", ["name": "欧阳克", "host": "3-2-502", "from": today, "to": today])
        try test.do("visitor.refuse", ["name": "欧阳修", "why": "推销"])
        try test.do("visitor.bar", ["name": "欧阳询", "why": "闹事", "until": today])
        try test.do("call.ring", ["phone": "13687654321"], by: "S02")
        try test.do("register.add", ["register": "parcel", "what": "快递", "who": "欧阳春", "phone": "13787654321"])
        let renovation = try test.renovation(
            unit: "3-2-502", ["papers": "complete", "applicant": "owner", "responsible": "欧阳工"])
        try test.do(
            "renovation.permit",
            ["renovation": renovation, "deposit": "0", "fee": "0", "until": "2026-06-30", "method": "现金"])
        try test.do("renovation.pass", ["renovation": renovation, "name": "欧阳匠"])
    }

    private func find(_ text: String, for reader: Role? = nil) throws -> [String] {
        try FindView.select(of: test.estate, at: test.store.now, members: ["text": .string(text)], for: reader).rows
            .map { "\($0.texts[0]) \($0.texts[2])" }
    }

    @Test("each kind by a name or its pinyin, with what tells it from others and no whole number")
    func names() throws {
        let found = try find("欧阳")
        #expect(try find("ouyang") == found)
        #expect(
            Set(found) == [
                "visit 欧阳锋 沪B66666 沪B77777 139****5678 3-2-501 看房 2026-03-02", "expectation 欧阳克 3-2-502 2026-03-02",
                "visitor.refuse 欧阳修 推销 2026-03-02", "visitor.bar 欧阳询 闹事 2026-03-02",
                "register 欧阳春 137****4321 快递 2026-03-02", "pass 欧阳匠 3-2-502 2026-03-02",
                "renovation 欧阳工 3-2-502 好家装饰",
            ], "\(found)")
    }

    @Test("a visit by the last characters of a plate that came in or went out, a caller by digits of the number")
    func numbers() throws {
        #expect(try find("66666").map { $0.prefix(9) } == ["visit 欧阳锋"])
        #expect(try find("77777").map { $0.prefix(9) } == ["visit 欧阳锋"])
        #expect(try find("8765432").count == 2)
        #expect(try find("13687654321") == ["call 136****4321 来电 2026-03-02"])
        #expect(try find("136").isEmpty)
    }

    @Test("the id is that of the record, whose particulars end by it; then nobody is found")
    func erase() throws {
        let row = try #require(
            try FindView.select(of: test.estate, at: test.store.now, members: ["text": .string("欧阳修")]).rows.first)
        let erase = EraseParticulars(record: try #require(EntryID(row.texts[1])), why: "本人要求")
        let question = try #require(erase.confirmation(in: test.estate, at: test.store.now))
        #expect("\(question)".contains("欧阳修 推销"))
        try test.store.perform(erase, by: "S01")
        #expect(try find("欧阳修").isEmpty)
        #expect(try find("欧阳").count == 6)
    }

    @Test("no more than the latest of each kind are looked at")
    func bounded() throws {
        for number in 0..<5 { try test.arrive("西门\(number)号", at: "2026-03-02T08:0\(number)") }
        let all = test.estate.personRecords(matching: "西门", for: .manager, latest: 3, limit: 9)
        #expect(all.map(\.record.words[0]).sorted() == ["西门2号", "西门3号", "西门4号"])
        #expect(test.estate.personRecords(matching: "西门", for: .manager, latest: 9, limit: 2).count == 2)
        #expect(test.estate.personRecords(matching: " ", for: .manager, latest: 9, limit: 9).isEmpty)
    }

    @Test("nothing of a feature that is hidden from the reader's role")
    func roles() throws {
        for role in Role.allCases {
            let hidden = Estate.features.filter { $0.hiddenFrom.contains(role) }
                .flatMap { $0.personRecords(in: test.estate, latest: 9) }.map(\.id)
            let found = test.estate.personRecords(matching: "欧阳", for: role, latest: 9, limit: 9).map(\.record.id)
            #expect(Set(found).isDisjoint(with: hidden))
        }
        #expect(try find("欧阳", for: .guard).contains { $0.hasPrefix("visit ") })
    }
}
