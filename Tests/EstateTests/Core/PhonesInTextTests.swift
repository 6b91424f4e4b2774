import TestSupport
import Testing

@testable import Estate

@Suite("Telephone numbers in free text (Particulars: a number typed into it is warned of)")
struct PhonesInTextTests {
    private let test: TestEstate

    init() throws { test = try TestEstate() }

    private func warnings(_ action: String, _ members: [String: String]) throws -> [String] {
        let action = try Estate.action(named: action).read(members.mapValues { .string($0) }, zone: .shanghai)
        return try test.store.perform(action, by: "S01").warnings
    }

    @Test("every free text is looked at, in receipts and in forms")
    func everyText() throws {
        let samples: [(String, [String: String], String)] = [
            ("visitor.arrive", ["name": "张三13812345678", "host": "3-2-501", "purpose": "探亲"], "name"),
            ("visitor.arrive", ["name": "王五", "host": "3-2-501", "purpose": "送货，电话138 1234 5678"], "purpose"),
            ("request.open", ["class": "complaint", "unit": "3-2-501", "text": "请回 0571-88887777"], "text"),
            ("place.add", ["place": "值班室13812345678"], "place"),
            ("person.add", ["name": "甲+8613812345678", "unit": "3-2-502", "role": "owner"], "name"),
        ]
        for (name, members, key) in samples {
            let cautions = try Estate.action(named: name).allCautions(with: members, by: "S01", in: test.estate)
            #expect(cautions == [key: .phoneInText], "\(name)")
            #expect(try warnings(name, members) == ["text.phone"], "\(name)")
        }
    }

    @Test(
        "other digits are none",
        arguments: [
            "2026-03-05 10:00 到 12:30", "6222021234567890123", "单号 202603050001234", "3-2-501 电表 123456", "1381234567",
        ])
    func none(text: String) throws {
        #expect(try warnings("request.open", ["class": "complaint", "unit": "3-2-501", "text": text]) == [])
    }

    @Test("a telephone field and a slip number are what they are")
    func ownFields() throws {
        #expect(
            try warnings("person.add", ["name": "乙", "unit": "3-2-502", "role": "owner", "phone": "13812345678"]) == [])
        #expect(try warnings("payment.receive", ["unit": "3-2-502", "amount": "1", "slip": "13812345678"]) == [])
    }
}
