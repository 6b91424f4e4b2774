import Estate
import Screen
import struct Journal.Moment

/// The call script: what to say now, what was recorded, and who is on the telephone.
struct CallPane: Pane {
    /// The operator's open calls, in the order in which they rang.
    private(set) var open: [Ref<Call>] = []
    /// The one that is shown.
    private(set) var current: Ref<Call>?
    /// The demand being typed.
    private(set) var input = TextInput()
    /// What was being typed in calls that are not shown now.
    private var drafts: [Ref<Call>: TextInput] = [:]
    /// The demand that Enter turns into a request; `nil` while one is typed.
    private(set) var selected: Int?
    /// Rings counted by key; `nil` while the clock counts them.
    private(set) var counted: Int?
    private var isTalking = false
    /// How many demands of the call were on record when last looked.
    private var recorded = 0

    var name: String { "calls" }
    var label: Label { CallsView.label }
    var creates: (any Action.Type)? { RingCall.self }
    var takesText: Bool { isTalking }
    func proposal(_ context: Context) -> [String: String] { ["direction": "incoming"] }

    func call(_ context: Context) -> Call? { current.flatMap { context.estate.calls[$0] } }

    /// How often it has rung: counted, or by the seconds that a ring takes.
    func rings(_ call: Call, _ context: Context) -> Int {
        counted ?? 1 + context.now.seconds(since: call.rang) / context.estate.handbook.calls.rings.secondsPerRing
    }

    mutating func refresh(_ context: Context) {
        let mine = context.estate.calls.open.filter { context.estate.calls[$0]?.by == context.member?.code }
        let arrived = mine.last { !open.contains($0) }
        open = mine
        if let arrived, call(context)?.isOpen != true || !isTalking { show(arrived) }
        if current.map({ !open.contains($0) }) ?? true { show(open.last) }
        isTalking = call(context).map { ($0.answered != nil || $0.direction == .outgoing) && !$0.isHeld } ?? false
        let demands = call(context)?.demands ?? []
        if let selected, selected >= demands.count { self.selected = nil }
        // What was typed goes once it is on record, and not before.
        if demands.count > recorded, demands.last?.text == input.text.trimmed { input = TextInput() }
        recorded = demands.count
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

    mutating func click(at point: Point, in rect: Rect) {}
    mutating func scroll(by rows: Int) {}

    mutating func handle(_ key: Key, _ context: Context) -> [Effect]? {
        guard let call = call(context) else { return nil }
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

    // MARK: Drawing

    mutating func draw(into grid: inout Grid, rect: Rect, number: Int, isFocused: Bool, _ context: Context) {
        let call = call(context)
        var title = [Span("F\(number)", .key), Span(" \(context(label))", isFocused ? .title : .strong)]
        if let call { title += [Span(" · ", .faint)] + CallDrawing(call, self, grid.glyphs, context).state }
        let more = open.count > 1 ? context(Label("\(open.count) 个通话", en: "\(open.count) calls")) : ""
        Frame(title: Line(title), trailing: Line(more, .warning), isFocused: isFocused).draw(into: &grid, rect: rect)
        let inner = Frame().inner(rect).inset(horizontal: 1)
        if let call {
            CallDrawing(call, self, grid.glyphs, context).draw(into: &grid, rect: inner, isFocused: isFocused)
        } else {
            drawIdle(into: &grid, rect: inner, context)
        }
    }

    /// Between two calls: how the day has gone so far.
    private func drawIdle(into grid: inout Grid, rect: Rect, _ context: Context) {
        let start = context.today.start(in: context.estate.zone)
        let calls = context.estate.calls.all.values.reversed().prefix { $0.rang >= start }
        let limit = context.estate.handbook.calls.rings.limit
        let answered = calls.compactMap { $0.inTime(limit: limit) }
        let missed = calls.count { $0.isMissed }
        var lines: [Line] = [
            Line([
                Span(context(Label("今日 ", en: "Today ")), .muted), Span("\(calls.count)", .strong),
                Span(context(Label(" 通  三声内 ", en: " calls  within three rings ")), .muted),
                Span(Share(answered.count { $0 }, of: answered.count).map { "\($0.short)%" } ?? "—", .good),
                Span(missed > 0 ? context(Label("  未接 \(missed)", en: "  missed \(missed)")) : "", .danger),
            ]), Line([]),
            Line([
                Span("Enter", .key), Span(context(Label(" 来电响铃", en: " it rings"))), Span("    "),
                Span("Ctrl-O", .key), Span(context(Label(" 拨出", en: " call out"))),
            ]), Line([]),
        ]
        func cell(_ text: String, _ width: Int) -> String { grid.measure.pad(text, to: width, align: .left) }
        for call in calls.prefix(max(0, rect.height - lines.count)) {
            let who = call.person.flatMap { context.estate.people.persons[$0]?.name }
            let text = call.demands.first?.text ?? ""
            lines.append(
                Line([
                    Span("\(context.clock(call.rang))  ", .muted),
                    Span(
                        call.isMissed ? context(Label("未接  ", en: "missed ")) : context(call.direction.label) + "  ",
                        call.isMissed ? .danger : .info),
                    Span(
                        cell(call.unit?.text ?? call.phone?.masked ?? context(Label("未知", en: "unknown")), 13), .strong),
                    Span(cell(who ?? "", 10)), Span(text, .muted),
                ]))
        }
        for (index, line) in lines.enumerated() where index < rect.height { grid.put(line, in: rect.row(index)) }
    }
}
