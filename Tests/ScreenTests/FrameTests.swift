import Screen
import Testing

@Suite("Frames and popups")
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

    @Test("In a narrow frame the count is dropped first, then the title is truncated")
    func narrowFrame() {
        let frame = Frame(title: "F3 回访", trailing: "2/18")
        #expect(picture(frame, 15, 2)[0] == "╭─ F3 回访 ───╮")
        #expect(picture(frame, 12, 2)[0] == "╭─ F3 回… ─╮")
        #expect(picture(frame, 4, 2)[0] == "╭──╮")
    }

    @Test("A focused frame differs in weight as well as colour")
    func focusedFrame() {
        #expect(drawn(Frame(isFocused: true), 4, 2)[0, 0].style == Style(.frameFocused, on: .plain, .bold))
        #expect(drawn(Frame(), 4, 2)[0, 0].style == Style(.frame, on: .plain))
    }

    @Test("A popup clears its area and blanks wide characters cut by its edge")
    func popup() {
        var grid = Grid(size: Size(width: 12, height: 5))
        for y in 0..<5 { grid.put("翠湖花园前台", at: Point(x: 0, y: y)) }
        let popup = Popup(title: "问", size: Size(width: 7, height: 3))
        popup.draw(into: &grid, rect: grid.bounds)
        #expect(
            grid.lines == [
                "翠湖花园前台",
                "翠╭─ … ─╮ 台",
                "翠│     │ 台",
                "翠╰─────╯ 台",
                "翠湖花园前台",
            ])
        #expect(grid.hasFullHistory)
        #expect(popup.inner(in: grid.bounds) == Rect(x: 4, y: 2, width: 3, height: 1))
    }
}
