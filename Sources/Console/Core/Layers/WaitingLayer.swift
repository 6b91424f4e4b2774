import Estate
import Screen
import struct Journal.LockHolder

/// Shown while another program holds the data and something is to be recorded. Only Esc is taken, by ``ConsoleController``:
/// a key that was pressed for what was on the screen before must not act on what comes after.
struct WaitingLayer: Layer {
    let holder: LockHolder?

    mutating func handle(_ event: Event, _ context: Context) -> LayerResult { .handled() }

    private func lines(_ context: Context) -> [Line] {
        let who = holder.map { Label("：\($0.label.chinese)", en: ": \($0.label.english)") } ?? .none
        return [
            Line(
                context(
                    Label("另一程序正占用数据\(who.chinese)", en: "Another program holds the data\(who.english)")), .strong),
            Line(context(Label("等它放开就记录；现在按的键不算", en: "Recorded once it lets go; keys do not count now"))),
        ]
    }

    func draw(into grid: inout Grid, rect: Rect, _ context: Context) {
        let lines = lines(context)
        let width = min(rect.width - 8, max(30, (lines.map { $0.width(grid.measure) }.max() ?? 0) + 6))
        let popup = Popup(
            title: Line(context(Label("请稍候", en: "Please wait")), .title),
            size: Size(width: width, height: Paragraph(lines).height(width: width - 4, grid.measure) + 2))
        popup.draw(into: &grid, rect: rect)
        grid.cursor = nil
        Paragraph(lines).draw(into: &grid, rect: popup.inner(in: rect))
    }

    func hints(_ context: Context) -> [KeyHint] {
        [KeyHint("Esc", context(Label("不等了", en: "give up")), priority: 5)]
    }

    func keys(answering line: String, _ context: Context) -> [Key]? { nil }

    func spoken(_ context: Context) -> [String] { pictured(context) }
}

extension Session {
    /// Shows that something waits for the data.
    mutating func wait(for holder: LockHolder?, _ context: Context) { open(WaitingLayer(holder: holder), context) }

    mutating func endWaiting() { layers.removeAll { $0 is WaitingLayer } }
}
