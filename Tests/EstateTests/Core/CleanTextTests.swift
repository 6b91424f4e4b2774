import Testing
import TestSupport

@testable import Estate

@Suite("Names and numbers have no characters that nobody sees")
struct CleanTextTests {
    @Test(
        "texts lose control and invisible characters",
        arguments: [
            "张\u{200D}三", "张三\u{FE0F}", "\u{3164}张三", "张\u{7}三", "张\u{1B}三", "\u{202E}张三\u{2069}", "张三\u{00AD}",
        ])
    func names(typed: String) throws {
        let test = try TestEstate()
        try test.arrive(typed)
        try test.do("person.add", ["name": typed, "unit": "3-2-502", "role": "tenant"])
        try test.do("staff.add", ["staff": "S1\u{200D}0", "name": typed, "role": "guard"])
        #expect(try test.only(GateView.self).name == "张三")
        #expect(test.estate.people.persons(named: "张三").count == 1)
        #expect(test.estate.staff.members["S10"]?.name == "张三")
    }

    @Test("a name is one line; a note may have several")
    func lines() throws {
        let test = try TestEstate()
        try test.arrive("张三\n李四")
        #expect(try test.only(GateView.self).name == "张三 李四")
        let text = try String(text: "一\n二\t三", zone: .shanghai)
        #expect(text == "一\n二\t三")
    }

    @Test("a staff number that looks like another is that number", arguments: ["S0\u{FE0F}3", "Ｓ０３", "S03\u{3164}"])
    func staffNumbers(typed: String) throws {
        let test = try TestEstate()
        let members = ["staff": typed, "name": "新来", "role": "guard"]
        #expect(refusal { try test.do("staff.add", members) }?.code == "staff.exists")
    }

    @Test("a text of invisible characters alone is empty")
    func empty() throws {
        #expect(refusal { try String(text: "\u{200D}\u{3164}", zone: .shanghai) }?.code == "field.empty")
    }

    @Test("a number out of range is not called malformed", arguments: ["1000000", "-1", "99999999999999999999"])
    func range(typed: String) throws {
        let refused = refusal { try Int(text: typed, zone: .shanghai) }
        #expect(refused?.message.chinese == "“\(typed)”超出范围：填 0 到 999999")
        #expect(refusal { try Int(text: "十", zone: .shanghai) }?.message.chinese == "“十”不是整数")
    }

    @Test("satisfaction says what it takes", arguments: ["门禁可用", "0", "6", "4.5"])
    func satisfaction(typed: String) throws {
        let refused = refusal { try Satisfaction(text: typed, zone: .shanghai) }
        #expect(refused?.code == "followup.satisfaction" && refused?.message.chinese == "满意度填 1–5")
    }
}
