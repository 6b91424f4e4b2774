import Screen
import Testing

@Suite("Bars and tabs")
struct BarTests {
    @Test("A status bar drops the items of lowest priority")
    func statusBar() {
        let bar = StatusBar(
            left: [BarItem("翠湖花园", priority: 9), BarItem("早班", priority: 1)],
            right: [BarItem("逾期 3", priority: 8), BarItem("16:10", priority: 5)])
        #expect(picture(bar, 36, 1) == [" 翠湖花园  早班       逾期 3  16:10 "])
        #expect(picture(bar, 26, 1) == [" 翠湖花园   逾期 3  16:10 "])
        #expect(picture(bar, 20, 1) == [" 翠湖花园    逾期 3 "])
        #expect(picture(bar, 8, 1) == [" 翠湖…  "])
    }

    @Test("Key hints of the lowest priority are dropped first")
    func keyHints() {
        let hints = KeyHints([
            KeyHint("F1", "帮助", priority: 3), KeyHint("F2", "通话", priority: 1), KeyHint("F10", "退出", priority: 2),
        ])
        #expect(picture(hints, 30, 1) == [" F1 帮助  F2 通话  F10 退出   "])
        #expect(picture(hints, 22, 1) == [" F1 帮助  F10 退出    "])
        #expect(picture(hints, 9, 1) == [" F1 帮助 "])
    }

    @Test("The selected tab is always visible")
    func tabs() {
        let titles: [Line] = ["通话", "回访", "欠费", "门岗"]
        #expect(picture(Tabs(titles, selection: 0), 28, 1) == [" 通话 │ 回访 │ 欠费 │ 门岗  "])
        #expect(picture(Tabs(titles, selection: 3), 14, 1) == [" 欠费 │ 门岗  "])
        let grid = drawn(Tabs(titles, selection: 1), 28, 1)
        #expect(grid[8, 0].style.ground == .selected)
        #expect(grid[2, 0].style.ground == .plain)
    }
}
