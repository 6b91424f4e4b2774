import Estate
import Screen
import struct Journal.Moment

/// The locked screen: shows only who locked it, until they or another member sign in.
struct LockLayer: AskingLayer {
    private var prompt: PINPrompt
    private let since: Moment
    /// The sign-in list, once another member wants to sign in.
    private var other: SignInLayer?

    init(_ member: StaffMember, _ context: Context) { (prompt, since) = (PINPrompt(member), context.now) }

    mutating func handle(_ event: Event, _ context: Context) -> LayerResult {
        switch event {
        // Nobody may quit a console with unsent work below the lock screen.
        case .key(.function(10)), .key(.control("q")): return .handled()
        case .key(.control("t")): other = other ?? SignInLayer(context)
        case _ where other != nil:
            let answer = other?.handle(event, context) ?? .ignored
            guard case .dismissed(let intents) = answer, intents.isEmpty else { return answer }
            other = nil
        default: return prompt.handle(event, context)
        }
        return .handled()
    }

    mutating func show(_ refusal: Refusal, _ context: Context) {
        if other == nil { prompt.trouble = context(refusal.message) } else { other?.show(refusal, context) }
    }

    func hidesAll(_ context: Context) -> Bool { true }

    func draw(into grid: inout Grid, rect: Rect, _ context: Context) {
        if let other { return other.draw(into: &grid, rect: rect, context) }
        let time = context.clock(since)
        prompt.draw(
            into: &grid, rect: rect,
            title: [
                Span(context(Label("屏幕已锁定", en: "The screen is locked")), .title),
                Span(context(Label(" · \(time) 起", en: " · since \(time)")), .muted),
            ], context)
    }

    func keys(answering line: String, _ context: Context) -> [Key]? {
        other.map { $0.keys(answering: line, context) } ?? Key.typing(anew: line) + [.enter]
    }

    func spoken(_ context: Context) -> [String] { other?.spoken(context) ?? pictured(context) }

    func hints(_ context: Context) -> [KeyHint] {
        if let other { return other.hints(context).filter { $0.key != "F10" } }
        return [
            KeyHint("Enter", context(Label("解锁", en: "unlock")), priority: 5),
            KeyHint("Ctrl-T", context(Label("换人", en: "sign in")), priority: 4),
        ]
    }
}
