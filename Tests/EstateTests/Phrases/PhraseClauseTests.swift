import Testing
import TestSupport

@testable import Estate

/// Section 2: the phrases of each class, as the view shows them.
@Suite("Courtesy phrases, clause by clause")
struct PhraseClauseTests {
    /// Checks the phrases of a class, found by its key and by its name.
    private func expect(_ id: String, _ name: String, says phrases: String) throws {
        let test = try TestEstate()
        for asked in [id, name] {
            let rows = try test.show(PhrasesView.self, ["class": asked])
            #expect(rows.map(\.text) == phrases.split(separator: "、").map(String.init))
            #expect(rows.allSatisfy { $0.class == name })
        }
    }

    @Test("2.1 greetings (问候语)")
    func greeting() throws {
        try expect("greeting", "问候语", says: "您好、早、早上好、下午好、路上辛苦了、您来了")
    }

    @Test("2.2 welcome (欢迎语)")
    func welcome() throws {
        try expect("welcome", "欢迎语", says: "欢迎您来我们住宅小区、欢迎您入住小区、欢迎光临")
    }

    @Test("2.3 blessings (祝福语)")
    func blessing() throws {
        try expect("blessing", "祝福语", says: "恭喜、祝您节日愉快、祝您圣诞快乐、祝您新年快乐、祝您生日快乐、祝您新婚快乐、祝您新春快乐、恭喜发财")
    }

    @Test("2.4 farewells (告别语)")
    func farewell() throws {
        try expect("farewell", "告别语", says: "再见、晚安、明天见、祝您一路平安、欢迎您下次再来")
    }

    @Test("2.5 apologies (道歉语)")
    func apology() throws {
        try expect("apology", "道歉语", says: "对不起、请原谅、打扰您了、失礼了")
    }

    @Test("2.6 thanks (道谢语)")
    func thanks() throws {
        try expect("thanks", "道谢语", says: "谢谢、非常感谢")
    }

    @Test("2.7 replies (应答语)")
    func reply() throws {
        try expect("reply", "应答语", says: "是的、好的、我明白了、谢谢您的好意、不要客气、没关系、这是我应该做的")
    }

    @Test("2.8 enquiries (征询语)")
    func enquiry() throws {
        try expect("enquiry", "征询语", says: "请问您有什么事？、我能为您做什么吗？、需要我帮您做什么吗？、您有别的事吗？")
    }

    @Test("2.9 requests (请求语)")
    func request() throws {
        try expect("request", "请求语", says: "请您协助我们……、请您……好吗？")
    }

    @Test("2.10 consulting (商量语)")
    func consultation() throws {
        try expect("consultation", "商量语", says: "……您看这样好不好？")
    }

    @Test("2.11 explaining (解释语)")
    func explanation() throws {
        try expect("explanation", "解释语", says: "很抱歉，这种情况，公司的规定是这样的")
    }

    @Test("2.12 the ten basic characters (基本礼貌用语10字)")
    func basic() throws {
        try expect("basic", "基本礼貌用语10字", says: "您好、请、谢谢、对不起、再见")
    }
}
