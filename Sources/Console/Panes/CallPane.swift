import Estate
import Screen
import struct Journal.Moment

/// The call script: what to say now, what was recorded, and who is on the telephone.
struct CallPane: Pane {
    /// The operator's open calls, and those that ring for whoever answers first, in the order in which they rang.
    private(set) var open: [Ref<Call>] = []
    /// The one that is shown.
    private(set) var current: Ref<Call>?
    /// The demand being typed.
    private(set) var input = TextInput()
    /// What was being typed in calls that are not shown now.
    private var drafts: [Ref<Call>: TextInput] = [:]
    /// The demand that Enter settles; `nil` while one is typed.
    private(set) var selected: Int?
    /// Rings counted by key; `nil` while the clock counts them.
    private(set) var counted: Int?
    private var isTalking = false
    /// Whether a call out has been begun here since this was last asked.
    private var hasDialled = false
    /// Between two calls: which of those who were missed is called back; `nil` leaves the choice of whom to call.
    private(set) var chosen: Ref<Call>?
    private var choosesNobody = false
    /// How many demands of the call were on record when last looked.
    private var recorded = 0

    var name: String { "calls" }
    var label: Label { CallsView.label }
    var creates: (any Action.Type)? { RingCall.self }
    var moves: [Move] {
        [
            Move(
                label: Label("上一条", en: "Up"),
                doc: Label("通话中：选上一条诉求；响铃时：多一声", en: "in a call: the demand above; while it rings: one ring more"),
                keys: [.up]),
            Move(
                label: Label("下一条", en: "Down"),
                doc: Label("通话中：选下一条诉求；响铃时：少一声", en: "in a call: the demand below; while it rings: one ring less"),
                keys: [.down]),
            Move(
                label: Label("清空", en: "Clear"),
                doc: Label("不再选诉求；清空正在输入的", en: "no demand selected; then nothing typed"), keys: [.escape]),
        ]
    }
    var takesText: Bool { isTalking }
    func proposal(_ context: Context) -> [String: String] { ["direction": "incoming"] }

    func call(_ context: Context) -> Call? { current.flatMap { context.estate.calls[$0] } }

    /// How often it has rung: counted, or by the seconds that a ring takes.
    func rings(_ call: Call, _ context: Context) -> Int {
        counted ?? 1 + context.now.seconds(since: call.rang) / context.estate.handbook.calls.rings.secondsPerRing
    }

    /// Those who were missed and wait to be called back, the latest first.
    func missed(_ context: Context) -> [Call] {
        context.estate.calls.missed.reversed().compactMap { context.estate.calls[$0] }
    }

    /// Who is called back when somebody is called; only between two calls.
    func chosenMissed(_ context: Context) -> Call? {
        current == nil ? chosen.flatMap { context.estate.calls[$0] } : nil
    }

    /// A call that rings and is not the one that is shown.
    func ringingElsewhere(_ context: Context) -> Call? {
        open.lazy.filter { $0 != current }.compactMap { context.estate.calls[$0] }.first { $0.isRinging }
    }

    mutating func takeDialled() -> Bool {
        defer { hasDialled = false }
        return hasDialled
    }

    mutating func refresh(_ context: Context) {
        let calls = context.estate.calls
        let mayAnswer = context.whyNot(AnswerCall.self) == nil
        let before = open
        hasDialled = false
        open = calls.open.filter { id in
            guard let call = calls[id] else { return false }
            return call.by == context.member?.code || call.isRinging && mayAnswer
        }
        if let arrived = open.last(where: { !before.contains($0) }).flatMap({ calls[$0] }) {
            let isOwn = arrived.by == context.member?.code
            let shown = call(context)
            let isFree = shown?.isOpen != true || !isTalking && (isOwn || shown?.isRinging != true)
            if isFree || isOwn && arrived.direction == .outgoing {
                show(arrived.id)
                hasDialled = isOwn && arrived.direction == .outgoing
            }
        }
        // What another has answered goes quietly; what is one's own comes before what rings for all.
        if current.map({ !open.contains($0) }) ?? true {
            show(open.last { calls[$0]?.by == context.member?.code } ?? open.last)
        }
        isTalking =
            call(context).map { ($0.answered != nil || $0.direction == .outgoing) && !$0.isHeld && !$0.isFetching }
            ?? false
        let demands = call(context)?.demands ?? []
        if let selected, selected >= demands.count { self.selected = nil }
        // What was typed goes once it is on record, and not before.
        if demands.count > recorded, demands.last?.text == input.text.trimmed { input = TextInput() }
        recorded = demands.count
        // The same one stays chosen while others are missed; the latest, until one is.
        if calls.missed.isEmpty { choosesNobody = false }
        if chosen.map({ !calls.missed.contains($0) }) ?? true { chosen = choosesNobody ? nil : calls.missed.last }
    }

    private mutating func show(_ call: Ref<Call>?) {
        guard call != current else { return }
        if let current { drafts[current] = input.isEmpty ? nil : input }
        (current, input, selected, counted) = (call, call.flatMap { drafts[$0] } ?? TextInput(), nil, nil)
    }

    mutating func showNext() {
        guard let index = open.firstIndex(where: { $0 == current }), open.count > 1 else { return }
        show(open[(index + 1) % open.count])
    }

    mutating func click(at point: Point, in rect: Rect) -> Bool { false }
    mutating func scroll(by rows: Int) {}

    mutating func handle(_ key: Key, _ context: Context) -> [Effect]? {
        guard let call = call(context) else { return choose(key, context) }
        if !isTalking {
            guard call.answered == nil, call.direction == .incoming else { return nil }
            switch key.commandEquivalent {
            case .up, .character("+"): counted = rings(call, context) + 1
            case .down, .character("-"): counted = max(1, rings(call, context) - 1)
            default: return nil
            }
            return []
        }
        switch key {
        case .up where !call.demands.isEmpty: selected = max(0, (selected ?? call.demands.count) - 1)
        case .down where selected != nil: selected = selected.flatMap { $0 + 1 < call.demands.count ? $0 + 1 : nil }
        case .escape where selected != nil: selected = nil
        case .escape where !input.isEmpty: input = TextInput()
        default:
            guard input.handle(key) else { return nil }
            selected = nil
        }
        return []
    }

    /// Between two calls the arrow keys choose whom to call back.
    private mutating func choose(_ key: Key, _ context: Context) -> [Effect]? {
        let missed = missed(context).map(\.id)
        guard !missed.isEmpty else { return nil }
        let place = chosen.flatMap { missed.firstIndex(of: $0) }
        switch key.commandEquivalent {
        case .up: chosen = missed[max(0, (place ?? 1) - 1)]
        case .down: chosen = missed[min(missed.count - 1, place.map { $0 + 1 } ?? 0)]
        case .escape where chosen != nil: chosen = nil
        default: return nil
        }
        choosesNobody = chosen == nil
        return []
    }

    // MARK: Drawing

    mutating func draw(into grid: inout Grid, rect: Rect, number: Int, isFocused: Bool, _ context: Context) {
        let call = call(context)
        var title = [Span("F\(number)", .key), Span(" \(context(label))", isFocused ? .title : .strong)]
        if let call { title += [Span(" · ", .faint)] + CallDrawing(call, self, grid.glyphs, context).state }
        let more: Line =
            open.count < 2
            ? Line([])
            : [
                Span(context(Label("\(open.count) 个通话 ", en: "\(open.count) calls ")), .warning),
                Span(context.keys.key(of: "calls.switch"), .key),
            ]
        Frame(title: Line(title), trailing: more, isFocused: isFocused).draw(into: &grid, rect: rect)
        let inner = Frame().inner(rect).inset(horizontal: 1)
        if let call {
            CallDrawing(call, self, grid.glyphs, context).draw(into: &grid, rect: inner, isFocused: isFocused)
        } else {
            CallIdle(pane: self, context: context).draw(into: &grid, rect: inner, isFocused: isFocused)
        }
    }
}
