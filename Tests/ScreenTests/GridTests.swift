import Screen
import Testing

@Suite("The grid", .timeLimit(.minutes(60)))
struct GridTests {
    @Test func blanksBeforeWordsHaveTheirGroundOnly() {
        var grid = Grid(size: Size(width: 6, height: 1))
        grid.put(Line([Span("  超时", Style(.danger, on: .bar))]), at: Point(x: 0, y: 0))
        #expect((0..<6).map { grid[$0, 0].style.tone } == [.text, .text, .danger, .danger, .danger, .danger])
        #expect(grid[0, 0].style.ground == .bar && grid[2, 0].style.ground == .bar)
    }

    @Test("Text is drawn at its position and its columns are returned")
    func put() {
        var grid = Grid(size: Size(width: 8, height: 2))
        #expect(grid.put("张三a", at: Point(x: 1, y: 1)) == 5)
        #expect(grid.lines == ["        ", " 张三a  "])
        #expect(grid[1, 1].width == 2)
        #expect(grid[2, 1].width == 0)
    }

    @Test("Overwriting half of a wide character blanks the other half")
    func halfOverwritten() {
        var left = grid("张三", width: 4)
        left.put("x", at: Point(x: 0, y: 0))
        #expect(left.lines == ["x 三"])
        var right = grid("张三", width: 4)
        right.put("x", at: Point(x: 1, y: 0))
        #expect(right.lines == [" x三"])
        var both = grid("张三", width: 4)
        both.put("李", at: Point(x: 1, y: 0))
        #expect(both.lines == [" 李 "])
        #expect(left.hasFullHistory && right.hasFullHistory && both.hasFullHistory)
    }

    @Test("A wide character that would start in the last column becomes a blank")
    func lastColumn() {
        #expect(grid("a张三", width: 4).lines == ["a张 "])
        #expect(grid("三", width: 1).lines == [" "])
    }

    @Test("Text that starts left of the grid is cut at its edge")
    func leftEdge() {
        #expect(grid("张三李", width: 4, at: -1).lines == [" 三 "])
        #expect(grid("abc", width: 4, at: -2).lines == ["c   "])
        #expect(grid("abc", width: 4, at: 9).lines == ["    "])
    }

    @Test("A wide character that crosses the maximum width becomes a blank")
    func maxWidth() {
        var grid = Grid(size: Size(width: 6, height: 1))
        grid.put("······", at: Point(x: 0, y: 0))
        #expect(grid.put("张三", at: Point(x: 0, y: 0), maxWidth: 3) == 3)
        #expect(grid.lines == ["张 ···"])
    }

    @Test("Nothing is drawn outside the clip")
    func clip() {
        var grid = Grid(size: Size(width: 6, height: 2))
        grid.clipped(to: Rect(x: 1, y: 0, width: 3, height: 1)) { grid in
            grid.clear(Rect(x: -5, y: -5, width: 50, height: 50), style: Style(.text, on: .bar))
            grid.put("张三", at: Point(x: 0, y: 0))
        }
        #expect(grid.lines == ["  三  ", "      "])
        #expect((0..<12).filter { grid[$0 % 6, $0 / 6].style.ground == .bar } == [1, 2, 3])
        #expect(grid.clip == grid.bounds)
    }

    @Test("A wide character across the clip's right edge draws nothing beyond it")
    func clipRightEdge() {
        var grid = Grid(size: Size(width: 6, height: 1))
        grid.put("......", at: Point(x: 0, y: 0))
        grid.clipped(to: Rect(x: 0, y: 0, width: 3, height: 1)) { grid in
            grid.put("张三", at: Point(x: 0, y: 0), style: .danger)
        }
        #expect(grid.lines == ["张 ..."])
        #expect((3..<6).allSatisfy { grid[$0, 0].style.tone != .danger } && grid.hasFullHistory)
    }

    @Test("Text without a background keeps that of the cell")
    func ground() {
        var grid = Grid(size: Size(width: 4, height: 1))
        grid.clear(grid.bounds, style: Style(.text, on: .bar))
        grid.put("张", at: Point(x: 0, y: 0), style: .danger)
        #expect(grid[0, 0].style == Style(.danger, on: .bar))
        #expect(grid[1, 0].style == Style(.danger, on: .bar))
    }

    @Test("Restyling includes both columns of a wide character")
    func restyle() {
        var grid = grid("张三", width: 4)
        grid.restyle(Rect(x: 1, y: 0, width: 2, height: 1)) { $0.ground = .selected }
        #expect((0..<4).allSatisfy { grid[$0, 0].style.ground == .selected })
    }

    @Test("Boxes are round, square, or ASCII if ambiguous characters are wide")
    func box() {
        var round = Grid(size: Size(width: 4, height: 3))
        round.box(round.bounds)
        #expect(round.lines == ["╭──╮", "│  │", "╰──╯"])
        var square = Grid(size: Size(width: 4, height: 3))
        square.box(square.bounds, rounded: false)
        #expect(square.lines == ["┌──┐", "│  │", "└──┘"])
        var plain = Grid(size: Size(width: 4, height: 3), measure: TextWidth(ambiguousIsWide: true))
        plain.box(plain.bounds)
        #expect(plain.lines == ["+--+", "|  |", "+--+"])
    }

    @Test("Widgets draw correctly at every size", arguments: [(0, 0), (1, 1), (2, 1), (1, 3)])
    func tiny(width: Int, height: Int) {
        let frame = Frame(title: "标题", trailing: "1/9")
        let table = Table(columns: [.fixed("房号", 9)], rows: [Table.Row(["张三"])], showsHeader: true)
        #expect(drawn(frame, width, height).hasFullHistory)
        #expect(drawn(table, width, height).hasFullHistory)
        #expect(drawn(TextField(TextInput("张三"), isFocused: true), width, height).hasFullHistory)
        #expect(
            drawn(Popup(title: "标题", trailing: "1/9", size: Size(width: 20, height: 9)), width, height).hasFullHistory)
        #expect(drawn(Tabs(["张三", "李四"], selection: 1), width, height).hasFullHistory)
        #expect(drawn(StatusBar(left: [BarItem("张三")], right: [BarItem("李四")]), width, height).hasFullHistory)
    }

    @Test("Random drawing never breaks the widths of a row")
    func fuzz() {
        var random = SplitMix(state: 20_261_124)
        let texts = [
            "张三", "a", "ab李", "👨‍👩‍👧x", "𠮷", "\u{202E}", "e\u{301}中", "🇨🇳", "—“好”…", "\u{301}", "क्ष", "\r\n", "ｱＡ", "",
            "\u{1B}[2J电",
        ]
        for ambiguousIsWide in [false, true] {
            var grid = Grid(
                size: Size(width: 23, height: 7), measure: TextWidth(ambiguousIsWide: ambiguousIsWide))
            for step in 0..<5_000 {
                let clip = Rect(
                    x: random.next(-3...23), y: random.next(-2...7), width: random.next(0...25),
                    height: random.next(0...8))
                let point = Point(x: random.next(-5...25), y: random.next(-2...8))
                let style = Style(Tone.allCases[random.next(0...5)], on: random.next(0...1) == 0 ? nil : .selected)
                grid.clipped(to: step % 3 == 0 ? clip : grid.bounds) { grid in
                    switch random.next(0...9) {
                    case 0: grid.clear(clip, style: style)
                    case 1: grid.restyle(clip) { $0 = Style(.danger, on: .popup) }
                    case 2: grid.box(clip, style: style)
                    default:
                        grid.put(
                            texts[random.next(0...texts.count - 1)], at: point, style: style,
                            maxWidth: random.next(0...12))
                    }
                }
                guard grid.hasFullHistory else {
                    Issue.record("invalid row at step \(step):\n\(grid)")
                    return
                }
            }
        }
    }
}
