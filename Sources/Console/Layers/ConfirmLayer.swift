import Estate
import Screen

/// A question before something that should not happen by a stray key.
struct ConfirmLayer: Layer {
    let question: Label
    let yes: Label
    let effects: [Effect]

    mutating func handle(_ event: Event, _ context: Context) -> LayerAnswer {
        let effects = effects
        switch event {
        case .key(.enter): return .leave { _, _ in effects }
        case .key(.escape): return .close
        default: return .stay
        }
    }

    func draw(into grid: inout Grid, rect: Rect, _ context: Context) {
        let words = Paragraph([Line(context(question), .strong)])
        let width = min(rect.width - 8, max(30, grid.measure.width(of: context(question)) + 6))
        let popup = Popup(
            Frame(title: Line(context(Label("请确认", en: "Please confirm")), .title), isFocused: true),
            size: Size(width: width, height: words.height(width: width - 4, grid.measure) + 4))
        popup.draw(into: &grid, rect: rect)
        let inner = popup.inner(in: rect)
        words.draw(into: &grid, rect: inner)
        grid.put(
            [
                Span("Enter", .key), Span(" \(context(yes))    "), Span("Esc", .key),
                Span(" \(context(Label("返回", en: "back")))"),
            ], in: inner.row(inner.height - 1), align: .right)
    }

    func hints(_ context: Context) -> [KeyHint] {
        [
            KeyHint("Enter", context(yes), priority: 4),
            KeyHint("Esc", context(Label("返回", en: "back")), priority: 5),
        ]
    }
}
