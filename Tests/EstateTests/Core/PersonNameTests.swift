import Testing
import TestSupport

@testable import Estate

@Suite("Names of people")
struct PersonNameTests {
    @Test(
        "a name has no spaces between ideographs, and the usual dot",
        arguments: [
            ("李 建国", "李建国"), ("李　建　国", "李建国"), ("欧阳 建国", "欧阳建国"), ("陈 先生", "陈先生"), ("李建国 先生", "李建国先生"),
            ("买买提•艾力", "买买提·艾力"), ("买买提 · 艾力", "买买提·艾力"), ("买买提・艾力", "买买提·艾力"), ("John  Smith", "John Smith"),
            ("A&B Co., Ltd.", "A&B Co., Ltd."), ("李建国（已故）", "李建国(已故)"), ("'李建国", "李建国"), ("李\u{200B}建国", "李建国"),
        ])
    func one(typed: String, text: String) throws { #expect(try PersonName(text: typed, zone: .shanghai).text == text) }

    @Test(
        "the names of several are refused",
        arguments: ["李建国、王芳", "李建国/王芳", "李建国，王芳", "李建国 王芳", "李建国;王芳", "张三\n李四", "李建国(夫)、王芳(妻)"])
    func several(typed: String) throws {
        #expect(refusal { try PersonName(text: typed, zone: .shanghai) }?.code == "name.several")
        let test = try TestEstate()
        #expect(
            refusal { try test.do("person.add", ["name": typed, "unit": "3-2-502", "role": "owner"]) }?.field == "name")
        // Several may come to the gate together.
        try test.arrive(typed)
    }

    @Test("a resident is known by the name however it is spaced")
    func known() throws {
        let test = try TestEstate()
        try test.do("person.add", ["name": "李 建国", "unit": "3-2-502", "role": "owner"])
        #expect(test.estate.people.persons(named: "李建国").count == 1)
        #expect(test.estate.people.persons(named: "李 建国").count == 1)
        try test.do("visitor.arrive", ["name": "张三", "host": "李 建国", "purpose": "探亲"])
        #expect(try test.only(GateView.self).host.text == "3-2-502")
    }
}
