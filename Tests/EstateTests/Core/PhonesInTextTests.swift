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

    @Test(
        "an identity number is warned of by its birthday and check character, in letters of either case",
        arguments: [
            "11010519491231002X", "证件 11010519491231002x", "身份证440524188001010014。", "330102199001011239 13812345678",
        ])
    func identity(text: String) throws {
        let members = ["class": "complaint", "unit": "3-2-501", "text": text]
        let found = try warnings("request.open", members)
        let isIdentity = text.contains("11010519491231002")
        #expect(found.contains("text.identity") == isIdentity, "\(text)")
        #expect(found.contains("text.phone") == text.hasSuffix("13812345678"), "\(text)")
        if isIdentity {
            let cautions = try Estate.action(named: "request.open").allCautions(
                with: members, by: "S01", in: test.estate)
            #expect(cautions == ["text": .identityInText])
        }
    }

    @Test("each text field of each action is looked at, in the form and in the receipt")
    func eachField() throws {
        var count = 0
        for action in Estate.actions {
            for field in action.description where field.isFreeText {
                for (text, label) in [
                    ("见 13812345678", Label.phoneInText), ("见 11010519491231002X", .identityInText),
                ] {
                    let own = action.cautions(with: [field.key: text], by: "S01", in: test.estate)
                    let all = action.allCautions(with: [field.key: text], by: "S01", in: test.estate)
                    #expect(all[field.key] == own[field.key] ?? label, "\(action.name) \(field.key)")
                    count += 1
                }
            }
            // No text escapes by its type: what is neither free nor named here has a form of its own.
            for field in action.description where field.type == .text && !field.isFreeText {
                #expect(Self.formed.contains(field.key), "\(action.name) \(field.key)")
            }
        }
        #expect(count > 100)
    }

    /// Texts that are numbers of papers, codes or names of another list.
    private static let formed: Set<String> = [
        "answers",
        "slip", "number", "staff", "phone", "sku", "duty",
    ]

    @Test("a telephone field and a slip number are what they are")
    func ownFields() throws {
        #expect(
            try warnings("person.add", ["name": "乙", "unit": "3-2-502", "role": "owner", "phone": "13812345678"]) == [])
        #expect(try warnings("payment.receive", ["unit": "3-2-502", "amount": "1", "slip": "13812345678"]) == [])
    }
}
