import Screen
import Testing

@Suite("Line breaking", .timeLimit(.minutes(60)))
struct WrappingTests {
    let measure = TextWidth()

    @Test("Chinese may be broken between any two characters")
    func chinese() {
        #expect(measure.wrap("电梯夜间异响", width: 8) == ["电梯夜间", "异响"])
        #expect(measure.wrap("电梯夜间异响", width: 7) == ["电梯夜", "间异响"])
    }

    @Test("No line begins with closing punctuation")
    func closing() {
        #expect(measure.wrap("对不起，请讲", width: 6) == ["对不", "起，请", "讲"])
        #expect(measure.wrap("他说“好。”就走", width: 9) == ["他说", "“好。”就", "走"])
        #expect(measure.wrap("您好！！请讲", width: 4) == ["您", "好！", "！请", "讲"])
    }

    @Test("No line ends with an opening bracket")
    func opening() {
        #expect(measure.wrap("业主（三个月）", width: 6) == ["业主", "（三个", "月）"])
        #expect(measure.wrap("见《手册》", width: 4) == ["见", "《手", "册》"])
    }

    @Test("Words, rooms and numbers stay whole")
    func latin() {
        #expect(measure.wrap("please speak slowly", width: 12) == ["please speak", "slowly"])
        #expect(measure.wrap("房号3-2-501漏水", width: 9) == ["房号", "3-2-501漏", "水"])
        #expect(measure.wrap("欠1,240.00元", width: 9) == ["欠", "1,240.00", "元"])
    }

    @Test("Dashes and ellipses stay together")
    func pairs() {
        #expect(measure.wrap("等等——好", width: 5) == ["等等", "——好"])
    }

    @Test("A word longer than the line is cut")
    func longWord() {
        #expect(measure.wrap("abcdefgh", width: 3) == ["abc", "def", "gh"])
        #expect(measure.wrap("中文", width: 1) == ["中", "文"])
    }

    @Test("Line breaks in the text are kept")
    func newlines() {
        #expect(measure.wrap("一\n\n二\r\n三", width: 10) == ["一", "", "二", "三"])
        #expect(measure.wrap("", width: 10) == [""])
    }

    @Test("Wrapping keeps styles")
    func styles() {
        let line: Line = [Span("电梯夜", .danger), Span("间异响", .muted)]
        #expect(line.wrapped(to: 8, measure) == [[Span("电梯夜", .danger), Span("间", .muted)], [Span("异响", .muted)]])
    }

    @Test("The ellipsis has the style of the text that is cut")
    func truncated() {
        let line: Line = [Span("电梯", .danger), Span("夜间", .muted)]
        #expect(line.truncated(to: 7, measure) == [Span("电梯", .danger), Span("夜…", .muted)])
    }

    @Test("A paragraph is wrapped and scrolled")
    func paragraph() {
        let paragraph = Paragraph([Line("请问您有什么事？您看这样好不好？")], offset: 1)
        #expect(picture(paragraph, 10, 3) == ["么事？您看", "这样好不  ", "好？      "])
        #expect(paragraph.height(width: 10, TextWidth()) == 4)
        #expect(picture(Paragraph("好", alignment: .centre), 6, 1) == ["  好  "])
    }
}
