import Screen
import Testing

@Suite("Frames, popups and bars")
struct FrameTests {
    @Test("A frame has its title at the left and its count at the right")
    func frame() {
        let frame = Frame(title: [Span("F3 ", .key), Span("回访", .title)], trailing: "2/18")
        #expect(
            picture(frame, 24, 3) == [
                "╭─ F3 回访 ───── 2/18 ─╮",
                "│                      │",
                "╰──────────────────────╯",
            ])
    }

    @Test("Where room is short the count goes first, then the title is cut")
    func narrow() {
        let frame = Frame(title: "F3 回访", trailing: "2/18")
        #expect(picture(frame, 15, 2)[0] == "╭─ F3 回访 ───╮")
        #expect(picture(frame, 12, 2)[0] == "╭─ F3 回… ─╮")
        #expect(picture(frame, 4, 2)[0] == "╭──╮")
    }

    @Test("A focused frame differs by weight as well")
    func focused() {
        #expect(drawn(Frame(isFocused: true), 4, 2)[0, 0].style == Style(.frameFocused, on: .plain, .bold))
        #expect(drawn(Frame(), 4, 2)[0, 0].style == Style(.frame, on: .plain))
    }

    @Test("A popup clears its place, wide characters beneath it mended")
    func popup() {
        var grid = Grid(size: Size(width: 12, height: 5))
        for y in 0..<5 { grid.put("翠湖花园前台", at: Point(x: 0, y: y)) }
        let popup = Popup(Frame(title: "问"), size: Size(width: 7, height: 3))
        popup.draw(into: &grid, rect: grid.bounds)
        #expect(
            grid.lines == [
                "翠湖花园前台",
                "翠╭─ … ─╮ 台",
                "翠│     │ 台",
                "翠╰─────╯ 台",
                "翠湖花园前台",
            ])
        #expect(grid.isWhole)
        #expect(popup.inner(in: grid.bounds) == Rect(x: 4, y: 2, width: 3, height: 1))
    }

    @Test("A status bar leaves out the less important")
    func statusBar() {
        let bar = StatusBar(
            left: [BarItem("翠湖花园", priority: 9), BarItem("早班", priority: 1)],
            right: [BarItem("逾期 3", priority: 8), BarItem("16:10", priority: 5)])
        #expect(picture(bar, 36, 1) == [" 翠湖花园  早班       逾期 3  16:10 "])
        #expect(picture(bar, 26, 1) == [" 翠湖花园   逾期 3  16:10 "])
        #expect(picture(bar, 20, 1) == [" 翠湖花园    逾期 3 "])
        #expect(picture(bar, 8, 1) == [" 翠湖…  "])
    }

    @Test("Key hints drop the least important")
    func keyHints() {
        let hints = KeyHints([
            KeyHint("F1", "帮助", priority: 3), KeyHint("F2", "通话", priority: 1), KeyHint("F10", "退出", priority: 2),
        ])
        #expect(picture(hints, 30, 1) == [" F1 帮助  F2 通话  F10 退出   "])
        #expect(picture(hints, 22, 1) == [" F1 帮助  F10 退出    "])
        #expect(picture(hints, 9, 1) == [" F1 帮助 "])
    }

    @Test("Tabs keep the selected one in sight")
    func tabs() {
        let titles: [Line] = ["通话", "回访", "欠费", "门岗"]
        #expect(picture(Tabs(titles, selection: 0), 28, 1) == [" 通话 │ 回访 │ 欠费 │ 门岗  "])
        #expect(picture(Tabs(titles, selection: 3), 14, 1) == [" 欠费 │ 门岗  "])
        let grid = drawn(Tabs(titles, selection: 1), 28, 1)
        #expect(grid[8, 0].style.ground == .selected)
        #expect(grid[2, 0].style.ground == .plain)
    }
}
