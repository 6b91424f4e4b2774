import Estate
import struct Journal.Damage
import struct Journal.Verification
import Screen

/// The damage that a journal check has found, and what to do about it.
struct DamageLayer: Layer {
    private let found: Verification
    private let folder: String
    private var position = ListPosition(selection: 0)

    init(_ found: Verification, in folder: String) { (self.found, self.folder) = (found, folder) }

    mutating func handle(_ event: Event, _ context: Context) -> LayerResult {
        switch event {
        // The layer opens by itself: Enter may have been meant for the pane below.
        case .key(.escape): .dismissed()
        case .key(let key): position.step(on: key, count: found.damages.count) ? .handled() : .ignored
        default: .ignored
        }
    }

    // MARK: Drawing

    private static func columns(_ context: Context) -> [Column] {
        func head(_ chinese: String, _ english: String) -> String { context(Label(chinese, en: english)) }
        return [
            Column(head("损坏", "Damage"), min: 8, ideal: context.language == .chinese ? 16 : 23, priority: 3),
            Column(head("行号", "Lines"), min: 6, ideal: 11, alignment: .right, priority: 4),
            .filling(head("文件", "File"), min: 23, priority: 5),
            Column(head("字节", "Byte"), min: 8, ideal: 10, alignment: .right, priority: 2),
        ]
    }

    private func row(_ damage: Damage, _ context: Context) -> Table.Row {
        let copy = damage.copy == .mirror ? Label("镜像", en: "mirror") : Label("日志", en: "log")
        return Table.Row([
            Line(context(damage.kind.label), .danger), Line(damage.sequences?.numbers ?? "—", .strong),
            [Span("\(context(copy)) ", .muted), Span("\(damage.node)/\(damage.segment)")],
            Line("@\(damage.offset)"),
        ])
    }

    private static func style(of advice: DamageAdvice) -> Style {
        switch advice {
        case .fault: .warning
        case .step: Style()
        case .command: .strong
        case .note: .muted
        }
    }

    func draw(into grid: inout Grid, rect: Rect, _ context: Context) {
        let width = min(rect.width - 4, 88)
        let advice = Paragraph(
            found.advice(in: folder).map { Line(context($0.label), DamageLayer.style(of: $0)) })
        let adviceHeight = advice.height(width: width - 4, grid.measure)
        let count = found.damages.count
        // The head of the table, the rule below it, and the frame.
        let height = min(rect.height - 2, count + adviceHeight + 4)
        let title = Label(
            "\(found.damages.alarm.chinese) · 已核对 \(found.lines.grouped) 行",
            en: "\(found.damages.alarm.english) · \(found.lines.grouped) lines checked")
        let popup = Popup(
            title: Line(context(title), .danger),
            trailing: Line("\((position.selection ?? 0) + 1)/\(count)", .muted),
            size: Size(width: width, height: height))
        popup.draw(into: &grid, rect: rect)
        let inner = popup.inner(in: rect)
        // The head, the rule and some rows stay in sight however long the advice is.
        let below = min(adviceHeight, max(0, inner.height - 2 - min(count, 2)))
        let damages = found.damages
        Table(
            columns: DamageLayer.columns(context), count: count, position: position, isFocused: true, showsHeader: true
        ) { row(damages[$0], context) }.draw(
            into: &grid, rect: inner.inset(left: -1, top: 0, right: -1, bottom: below + 1))
        let foot = Rect(x: inner.x, y: inner.maxY - below - 1, width: inner.width, height: below + 1)
        grid.horizontalRule(foot.row(0), style: Style(.frame))
        advice.draw(into: &grid, rect: foot.inset(top: 1))
    }

    func hints(_ context: Context) -> [KeyHint] { .reading(Label("滚动", en: "scroll"), context) }
}
