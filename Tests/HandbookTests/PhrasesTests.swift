import Handbook
import Testing

@Suite("Courtesy phrases, section 2")
struct PhrasesTests {
    private let handbook: Handbook

    init() throws {
        handbook = try Handbook(chapters: [Handbook.Phrases.self])
    }

    /// The standards' own table: 、 stands between phrases, and a question mark ends one.
    static let table: [(Handbook.PhraseClass, clause: String, name: String, phrases: String)] = [
        (.greeting, "2.1", "问候语", "您好、早、早上好、下午好、路上辛苦了、您来了"),
        (.welcome, "2.2", "欢迎语", "欢迎您来我们住宅小区、欢迎您入住小区、欢迎光临"),
        (
            .blessing, "2.3", "祝福语",
            "恭喜、祝您节日愉快、祝您圣诞快乐、祝您新年快乐、祝您生日快乐、祝您新婚快乐、祝您新春快乐、恭喜发财"
        ),
        (.farewell, "2.4", "告别语", "再见、晚安、明天见、祝您一路平安、欢迎您下次再来"),
        (.apology, "2.5", "道歉语", "对不起、请原谅、打扰您了、失礼了"),
        (.thanks, "2.6", "道谢语", "谢谢、非常感谢"),
        (.reply, "2.7", "应答语", "是的、好的、我明白了、谢谢您的好意、不要客气、没关系、这是我应该做的"),
        (.enquiry, "2.8", "征询语", "请问您有什么事？我能为您做什么吗？需要我帮您做什么吗？您有别的事吗？"),
        (.request, "2.9", "请求语", "请您协助我们……、请您……好吗？"),
        (.consultation, "2.10", "商量语", "……您看这样好不好？"),
        (.explanation, "2.11", "解释语", "很抱歉，这种情况，公司的规定是这样的"),
        (.basic, "2.12", "基本礼貌用语10字", "您好、请、谢谢、对不起、再见"),
    ]

    @Test("2.1 to 2.12 each class says what the standards say, in their order", arguments: table)
    func prescribed(id: Handbook.PhraseClass, clause: String, name: String, phrases: String) {
        let expected = phrases.replacing("？", with: "？、").split(separator: "、").map(String.init)
        #expect(handbook.phrases(in: id) == expected)
        #expect(handbook.phrases[id].clause == clause)
        #expect(handbook.phrases[id].name == name)
        #expect(handbook.phrases.group(named: name) == handbook.phrases.group(named: id.rawValue))
    }

    @Test("there are twelve classes, each once, and the basic words have ten characters")
    func twelve() {
        #expect(handbook.phrases.classes.map(\.id) == Self.table.map(\.0))
        #expect(Set(handbook.phrases.classes.map(\.id)).count == 12)
        #expect(handbook.phrases(in: .basic).joined().count == 10)
        #expect(handbook.phrases.group(named: "闲聊语") == nil)
    }
}
