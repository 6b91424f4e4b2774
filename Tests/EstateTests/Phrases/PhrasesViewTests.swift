import Testing
import TestSupport

@testable import Estate

@Suite("Courtesy phrases (section 2)")
struct PhrasesViewTests {
    @Test("the twelve classes are in the standards' order")
    func classes() throws {
        let rows = try TestEstate().show(PhrasesView.self)
        var names: [String] = []
        for row in rows where names.last != row.class { names.append(row.class) }
        #expect(
            names == [
                "问候语", "欢迎语", "祝福语", "告别语", "道歉语", "道谢语", "应答语", "征询语", "请求语", "商量语", "解释语", "基本礼貌用语10字",
            ])
        #expect(rows.first?.text == "您好")
    }

    @Test("a class is found by key or by name", arguments: ["thanks", "道谢语"])
    func oneClass(name: String) throws {
        #expect(try TestEstate().show(PhrasesView.self, ["class": name]).map(\.text) == ["谢谢", "非常感谢"])
    }

    @Test("an unknown class is refused")
    func noClass() throws {
        let test = try TestEstate()
        #expect(refusal { try test.show(PhrasesView.self, ["class": "骂人语"]) }?.code == "phrases.class")
    }
}
