import Screen
import Testing

@testable import Estate
@testable import Reports

@Suite("Reports as text")
struct TextTests {
    private func lines(_ document: Document) -> [String] {
        TextDocument(document).text.split(omittingEmptySubsequences: false) { $0 == "\n" }.map(String.init)
    }

    @Test(
        "no line exceeds 80 columns",
        arguments: ["文字", hostile, String(repeating: "长", count: 300)])
    func fitsEightyColumns(text: String) {
        let measure = TextWidth()
        for line in lines(.sample(text)) {
            #expect(measure.width(of: line.replacing("\u{0C}", with: "")) <= 80, "\(line)")
        }
    }

    @Test("the only control character is the form feed between two sheets")
    func noControlCharacters() {
        let text = TextDocument(.sample(hostile)).text
        let steering = text.unicodeScalars.filter {
            $0 != "\n" && ($0.value < 0x20 || (0x7F...0x9F).contains($0.value))
        }
        #expect(steering.count == 1 && steering.first == "\u{0C}")
        #expect(!text.unicodeScalars.contains("\u{202E}") && !text.unicodeScalars.contains("\u{200B}"))
        #expect(text.contains("␛[31m⟨U+202E⟩红"))
    }

    @Test("amounts of any size, quantities and rates stand at their ends; numbers that are names do not")
    func figures() {
        let rows = [
            ["100,000,000.00", "3", "95.74%", "13800001111", "007", "3-2-501", ""],
            ["-0.50", "2.5", "+8 %", "4", "12", "2", ""],
        ]
        #expect(Sheet.figures(in: rows) == [0, 1, 2])
    }

    @Test("names and values are aligned by terminal width, with lines to fill in by hand")
    func sheetPicture() {
        let sheet = Sheet(
            heading: "翠湖花园 回访记录", number: "编号 7",
            blocks: [
                .entries([.init("房号", "3-2-501"), .init("业主", nil), .init("内容", "水管漏", isWide: true)]),
                .heading("回访"), .table(["时间", "情况"], [["09:00", "无人"], ["", ""]]),
                .choices("结果", [.init("满意", isTicked: true), .init("不满意", isTicked: false)]),
                .words("业主建议", nil, lines: 2),
            ], foot: "截至今日")
        let document = Document(name: "x", title: "回访记录", language: .chinese, sheets: [sheet], empty: "")
        let (blank, rule) = (String(repeating: "_", count: 30), String(repeating: "_", count: 71))
        #expect(
            lines(document) == [
                "                               翠湖花园 回访记录",
                "                                                                          编号 7",
                String(repeating: "=", count: 80),
                "房号     3-2-501                        业主     " + blank,
                "内容     水管漏",
                "-- 回访 " + String(repeating: "-", count: 72),
                "时间                                     情况",
                "09:00                                    无人",
                String(repeating: "_", count: 39) + "  " + String(repeating: "_", count: 39),
                "结果     [x] 满意   [ ] 不满意",
                "业主建议 " + rule, "", "         " + rule,
                String(repeating: "=", count: 80), "截至今日", "",
            ])
    }
}
