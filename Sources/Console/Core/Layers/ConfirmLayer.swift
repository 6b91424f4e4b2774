import Estate
import Screen

/// Asks for confirmation before an operation that a stray key must not start: Enter performs it, Esc does not.
struct ConfirmLayer: Layer {
    let question: Label
    /// Explanations, one per line.
    var about: [Label] = []
    let yes: Label
    /// Performed when the answer is yes.
    let intent: Intent

    mutating func handle(_ event: Event, _ context: Context) -> LayerResult {
        switch event {
        case .key(.enter): .dismissed([intent])
        case .key(.escape): .dismissed()
        default: .ignored
        }
    }

    /// A click on an answer acts as its key.
    mutating func handle(_ mouse: Mouse, in rect: Rect, _ measure: TextWidth, _ context: Context) -> LayerResult {
        let inner = popup(in: rect, measure, context).inner(in: rect)
        let buttons = buttons(context)
        let (all, no) = (Line(buttons).width(measure), Line(Array(buttons.suffix(2))).width(measure))
        let place = inner.row(inner.height - 1).inset(left: inner.width - all)
        guard mouse.action == .press(.left), place.contains(mouse.position) else { return .ignored }
        return handle(.key(mouse.position.x >= place.maxX - no ? .escape : .enter), context)
    }

    private func buttons(_ context: Context) -> [Span] {
        [
            Span("Enter", .key), Span(" \(context(yes))    "), Span("Esc", .key),
            Span(" \(context(Label("返回", en: "back")))"),
        ]
    }

    private func lines(_ context: Context) -> [Line] {
        [Line(context(question), .strong)] + about.map { Line(context($0)) }
    }

    private func popup(in rect: Rect, _ measure: TextWidth, _ context: Context) -> Popup {
        let lines = lines(context)
        let width = min(rect.width - 8, max(30, (lines.map { $0.width(measure) }.max() ?? 0) + 6))
        return Popup(
            Frame(title: Line(context(Label("请确认", en: "Please confirm")), .title), isFocused: true),
            size: Size(width: width, height: Paragraph(lines).height(width: width - 4, measure) + 4))
    }

    func draw(into grid: inout Grid, rect: Rect, _ context: Context) {
        let popup = popup(in: rect, grid.measure, context)
        popup.draw(into: &grid, rect: rect)
        let inner = popup.inner(in: rect)
        Paragraph(lines(context)).draw(into: &grid, rect: inner)
        grid.put(Line(buttons(context)), in: inner.row(inner.height - 1), align: .right)
    }

    func hints(_ context: Context) -> [KeyHint] {
        [KeyHint("Enter", context(yes), priority: 4), KeyHint("Esc", context(Label("返回", en: "back")), priority: 5)]
    }
}
