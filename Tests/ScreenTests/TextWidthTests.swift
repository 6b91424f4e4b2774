import Screen
import Testing

@Suite("Width of text")
struct TextWidthTests {
    let measure = TextWidth()

    @Test(
        "Each kind of character has its width",
        arguments: [
            ("a", 1), ("中", 2), ("，", 2), ("Ａ", 2), ("ｱ", 1), ("𠮷", 2), ("한", 2), ("é", 1), ("e\u{301}", 1),
            ("각", 2), ("👍", 2), ("👍🏽", 2), ("👨‍👩‍👧", 2), ("❤", 1), ("❤️", 2), ("🇨🇳", 2), ("1️⃣", 2), ("क्ष", 2),
            ("葛\u{E0100}", 2), ("—", 1), ("“", 1), ("①", 1), ("✓", 1), ("│", 1), ("　", 2), ("〇", 2), ("㎡", 2), ("℃", 1),
            ("\t", 1), ("\u{1B}", 1), ("\u{202E}", 8), ("\u{301}", 1), ("\u{FF9E}", 1),
        ])
    func character(text: String, width: Int) {
        #expect(measure.width(of: text) == width)
    }

    @Test(
        "Ambiguous characters take two columns if the option is set",
        arguments: ["—", "“", "”", "…", "①", "│", "○", "℃"])
    func ambiguous(text: String) {
        #expect(TextWidth(ambiguousIsWide: true).width(of: text) == 2)
        #expect(measure.width(of: text) == 1)
    }

    @Test("The width of a text is the sum of its characters")
    func text() {
        #expect(measure.width(of: "") == 0)
        #expect(measure.width(of: "front desk") == 10)
        #expect(measure.width(of: "3-2-501 李建国") == 14)
    }

    @Test("Truncation does not split a wide character")
    func truncate() {
        #expect(measure.truncate("电梯夜间异响", to: 12) == "电梯夜间异响")
        #expect(measure.truncate("电梯夜间异响", to: 11) == "电梯夜间异…")
        #expect(measure.truncate("电梯夜间异响", to: 10) == "电梯夜间…")
        #expect(measure.truncate("电梯", to: 1) == "…")
        #expect(measure.truncate("电梯", to: 0) == "")
        #expect(measure.truncate("电梯", to: 3, ellipsis: "") == "电")
    }

    @Test("Padding fills exactly the given columns")
    func pad() {
        #expect(measure.pad("张三", to: 7) == "张三   ")
        #expect(measure.pad("张三", to: 7, align: .right) == "   张三")
        #expect(measure.pad("张三", to: 7, align: .centre) == " 张三  ")
        #expect(measure.pad("诸葛孔明", to: 6) == "诸葛… ")
    }
}
