import Estate
import struct Journal.Moment
import Screen

/// Asks for confirmation before an operation that a stray key must not start: Enter performs it, Esc does not.
///
/// Enter is not trusted twice: the one that led here and its repetitions answer nothing. A terminal does not tell a key
/// that repeats by itself, so an Enter counts only after a pause.
struct ConfirmLayer: Layer {
    let question: Label
    /// Explanations, one per line.
    var about: [Label] = []
    let yes: Label
    /// Performed when the answer is yes.
    let intent: Intent
    /// Whether Enter must wait after every key that leads here, not only after Enter.
    private let isStrict: Bool
    /// When Enter or the key that led here was pressed last; `nil`: Enter counts at once.
    private var lastPress: Moment?
    /// The milliseconds that must have passed since then.
    private var pause = ConfirmLayer.shortest
    private var isTooEarly = false

    /// Within this time after the question, and after another Enter, no Enter is an answer.
    private static let shortest: Int64 = 300
    /// A key held down begins to repeat 250 to 660 ms after it was pressed, then repeats every 25 to 100 ms.
    private static let untilRepeat: Int64 = 700

    private static let tooEarly = Label("按得太快，没有算数：看清后再按 Enter", en: "too quick to count: look, then Enter again")

    init(question: Label, about: [Label] = [], yes: Label, intent: Intent, isStrict: Bool = false) {
        (self.question, self.about, self.yes, self.intent, self.isStrict) = (question, about, yes, intent, isStrict)
    }

    mutating func appear(_ context: Context, after key: Key?) {
        lastPress = key == .enter || isStrict ? context.now : nil
        pause = key == .enter ? ConfirmLayer.untilRepeat : ConfirmLayer.shortest
    }

    /// Whether Enter comes too early to be an answer.
    private mutating func isRepetition(at now: Moment) -> Bool {
        guard let last = lastPress else { return false }
        isTooEarly = now.milliseconds - last.milliseconds < pause
        // The question has been seen since: from here on only a quick sequence is suspect.
        (lastPress, pause) = (now, ConfirmLayer.shortest)
        return isTooEarly
    }

    mutating func handle(_ event: Event, _ context: Context) -> LayerResult {
        switch event {
        case .key(.enter): isRepetition(at: context.now) ? .handled() : .dismissed([intent])
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
        let noted = lastPress == nil ? [] : [Line(context(ConfirmLayer.tooEarly))]
        let width = min(rect.width - 8, max(30, ((lines + noted).map { $0.width(measure) }.max() ?? 0) + 6))
        return Popup(
            Frame(title: Line(context(Label("请确认", en: "Please confirm")), .title), isFocused: true),
            size: Size(width: width, height: Paragraph(lines).height(width: width - 4, measure) + 4))
    }

    func draw(into grid: inout Grid, rect: Rect, _ context: Context) {
        let popup = popup(in: rect, grid.measure, context)
        popup.draw(into: &grid, rect: rect)
        // The caret of a field below would be taken for an answer's.
        grid.cursor = nil
        let inner = popup.inner(in: rect)
        Paragraph(lines(context)).draw(into: &grid, rect: inner)
        if isTooEarly {
            grid.put(Line(context(ConfirmLayer.tooEarly), .warning), in: inner.row(inner.height - 2), align: .right)
        }
        grid.put(Line(buttons(context)), in: inner.row(inner.height - 1), align: .right)
    }

    func hints(_ context: Context) -> [KeyHint] {
        [KeyHint("Enter", context(yes), priority: 4), KeyHint("Esc", context(Label("返回", en: "back")), priority: 5)]
    }
}
