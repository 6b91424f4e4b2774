import Estate
import struct Journal.Moment
import Screen

/// Asks for confirmation before an operation that a stray key must not start: Enter performs it, Esc does not.
///
/// Enter is not trusted twice: a repeated one (``RepeatDetector``) answers nothing, nor does one within 300 ms of the
/// question's first picture or of an Enter that answered nothing.
struct ConfirmLayer: Layer {
    let question: Label
    /// Explanations, one per line.
    var about: [Label] = []
    let yes: Label
    /// Performed when the answer is yes.
    let intent: Intent
    /// Whether Enter must wait after every key that leads here, not only after Enter.
    private let isStrict: Bool
    /// Whether there is no other answer: what it shows must be taken note of.
    private let isNotice: Bool
    /// When the pause began; `nil`: Enter counts at once.
    private var pauseStart: Moment?
    private var isShown = false
    private var isTooEarly = false

    var tellsRepeats: Bool { true }

    /// The milliseconds in which no Enter is an answer.
    private static let pause: Int64 = 300

    init(
        question: Label, about: [Label] = [], yes: Label, intent: Intent, isStrict: Bool = false, isNotice: Bool = false
    ) {
        (self.question, self.about, self.yes, self.intent, self.isStrict) = (question, about, yes, intent, isStrict)
        self.isNotice = isNotice
    }

    mutating func appear(_ context: Context, after key: Key?) {
        pauseStart = key == .enter || isStrict ? context.now : nil
        isShown = false
    }

    /// An Enter that was pressed before the question could be seen is no answer.
    mutating func shown(_ context: Context) {
        if !isShown, pauseStart != nil { pauseStart = context.now }
        isShown = true
    }

    /// Takes an Enter as the answer, unless it comes in the pause, which it then restarts.
    private mutating func answer(at now: Moment) -> LayerResult {
        guard let start = pauseStart, now.milliseconds - start.milliseconds < ConfirmLayer.pause else {
            return .dismissed([intent])
        }
        return restartPause(at: now)
    }

    private mutating func restartPause(at now: Moment) -> LayerResult {
        (pauseStart, isTooEarly) = (now, true)
        return .handled()
    }

    mutating func handle(_ event: Event, _ context: Context) -> LayerResult {
        switch event {
        case .key(.enter): answer(at: context.now)
        case .repeated(.enter): restartPause(at: context.now)
        case .key(.escape): isNotice ? .handled() : .dismissed()
        default: .ignored
        }
    }

    /// A click on an answer acts as its key.
    mutating func handle(_ mouse: Mouse, in rect: Rect, _ measure: TextWidth, _ context: Context) -> LayerResult {
        let inner = popup(in: rect, measure, context).inner(in: rect)
        let buttons = buttons(context)
        let (all, no) = (Line(buttons).width(measure), isNotice ? 0 : Line(Array(buttons.suffix(2))).width(measure))
        let place = inner.row(inner.height - 1).inset(left: inner.width - all)
        guard mouse.action == .press(.left), place.contains(mouse.position) else { return .ignored }
        return handle(.key(mouse.position.x >= place.maxX - no ? .escape : .enter), context)
    }

    private func buttons(_ context: Context) -> [Span] {
        if isNotice { return [Span("Enter", .key), Span(" \(context(yes))")] }
        return [
            Span("Enter", .key), Span(" \(context(yes))    "), Span("Esc", .key),
            Span(" \(context(Label("返回", en: "back")))"),
        ]
    }

    private func lines(_ context: Context) -> [Line] {
        [Line(context(question), .strong)] + about.map { Line(context($0)) }
    }

    private func popup(in rect: Rect, _ measure: TextWidth, _ context: Context) -> Popup {
        let lines = lines(context)
        let noted = pauseStart == nil ? [] : [Line(context(.tooQuick))]
        let width = min(rect.width - 8, max(30, ((lines + noted).map { $0.width(measure) }.max() ?? 0) + 6))
        return Popup(
            title: Line(context(Label("请确认", en: "Please confirm")), .title),
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
            grid.put(Line(context(.tooQuick), .warning), in: inner.row(inner.height - 2), align: .right)
        }
        grid.put(Line(buttons(context)), in: inner.row(inner.height - 1), align: .right)
    }

    func hints(_ context: Context) -> [KeyHint] {
        let hints = [
            KeyHint("Enter", context(yes), priority: 4), KeyHint("Esc", context(Label("返回", en: "back")), priority: 5),
        ]
        return isNotice ? [hints[0]] : hints
    }
}

extension Label {
    /// Why an Enter did nothing.
    static let tooQuick = Label("按得太快，没有算数：看清后再按 Enter", en: "too quick to count: look, then Enter again")
}

extension ConfirmLayer {
    /// Shows a new recovery code. It is nowhere else, so only an Enter that is meant closes it.
    init(_ code: RecoveryCode) {
        self.init(
            question: Label("恢复码  \(code.text)", en: "Recovery code  \(code.text)"),
            about: [
                Label("只显示这一次：请抄在纸上，核对后锁好。", en: "Shown this once: write it down, check it, lock it away."),
                Label("经理忘记密码、密码文件丢失时，凭它重设：", en: "It sets a manager’s PIN that is forgotten or lost:"),
                Label("frontdesk pin --recover --as 工号", en: "frontdesk pin --recover --as NUMBER"),
            ],
            yes: Label("已抄好", en: "written down"), intent: .none, isStrict: true, isNotice: true)
    }
}
