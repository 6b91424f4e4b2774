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
    /// What is marked between two calls; `nil` leaves the choice of whom to call.
    private(set) var mark: Mark?
    private var choosesNobody = false
    /// What callers wanted and nothing has become of yet, to be looked for.
    private var unsettled: [Unsettled] = []
    /// How many demands of the call were on record when last looked.
    private var recorded = 0

    /// A call that is marked between two calls: one to call back, or one to look at.
    enum Mark: Hashable {
        case missed(Ref<Call>), past(Ref<Call>)

        var call: Ref<Call> {
            switch self {
            case .missed(let call), .past(let call): call
            }
        }
    }

    private struct Unsettled {
        let demand: String
        let call: Ref<Call>
        let words: [String]
    }

    var name: String { "calls" }
    var label: Label { CallsView.label }
    var creates: (any Action.Type)? { RingCall.self }
    var moves: [Move] {
        [
            Move(
                label: Label("上一条", en: "Up"),
                doc: Label(
                    "通话中：选上一条诉求；响铃时：多一声；空闲时：选上一个通话",
                    en: "in a call: the demand above; while it rings: one ring more; between calls: the call above"),
                keys: [.up]),
            Move(
                label: Label("下一条", en: "Down"),
                doc: Label(
                    "通话中：选下一条诉求；响铃时：少一声；空闲时：选下一个通话",
                    en: "in a call: the demand below; while it rings: one ring less; between calls: the call below"),
                keys: [.down]),
            Move(
                label: Label("清空", en: "Clear"),
                doc: Label("不再选诉求或通话；清空正在输入的", en: "no demand or call selected; then nothing typed"),
                keys: [.escape]),
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

    /// The calls of today, the latest first; then the earlier ones of which a demand is not settled.
    func past(_ context: Context) -> (today: [Call], earlier: [Call]) {
        let start = context.today.start(in: context.estate.zone)
        let calls = context.estate.calls
        return (
            Array(calls.all.values.reversed().prefix { $0.rang >= start }), calls.unsettled.filter { $0.rang < start }
        )
    }

    /// Who is called back when somebody is called; only between two calls.
    func chosenMissed(_ context: Context) -> Call? {
        guard current == nil, let mark, context.estate.calls.missed.contains(mark.call) else { return nil }
        return context.estate.calls[mark.call]
    }

    /// The call that Enter shows between two calls, and one of whose demands is to be seen.
    var looked: Ref<Call>? { if current == nil, case .past(let call) = mark { call } else { nil } }

    func layer(for demand: String) -> CallLayer? {
        unsettled.first { $0.demand == demand }.map { CallLayer($0.call, demand: demand) }
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
        if mark.map({ !marks(context).contains($0) }) ?? true {
            mark = choosesNobody ? nil : calls.missed.last.map { .missed($0) }
        }
        unsettled = calls.unsettled.flatMap { call in
            call.demands.filter { $0.outcome == .open }.map { demand in
                Unsettled(
                    demand: demand.id.id.text, call: call.id,
                    words: [demand.text, context(demand.outcome.label), call.words(in: context.estate)])
            }
        }
    }

    private func marks(_ context: Context) -> [Mark] {
        let (today, earlier) = past(context)
        return missed(context).map { .missed($0.id) } + (today + earlier).map { .past($0.id) }
    }

    // MARK: What is being typed

    /// What is being typed and not on record, in whichever calls.
    var typed: [(text: String, call: Ref<Call>)] {
        var all = drafts
        if let current { all[current] = input }
        return all.compactMap { $1.isBlank ? nil : ($1.text, $0) }
    }

    /// Puts what was typed earlier back into the field of a call; `false` if that is over.
    mutating func put(_ text: String, in call: Ref<Call>) -> Bool {
        guard open.contains(call) else { return false }
        let former = call == current ? input : drafts[call] ?? TextInput()
        let whole = TextInput(former.isBlank ? text : "\(text)；\(former.text)")
        if call == current { input = whole } else { drafts[call] = whole }
        return true
    }

    /// What was typed in a call that is over.
    var unrecorded: (text: String, call: Ref<Call>)? { typed.first { !open.contains($0.call) } }

    mutating func forgetTyped(in call: Ref<Call>) { drafts[call] = nil }

    // MARK: Finding

    func find(_ wanted: Wanted, limit: Int) -> [Found] {
        let found = unsettled.compactMap { demand in
            wanted.rank(of: demand.words).map {
                Found(pane: name, id: demand.demand, words: demand.words, rank: $0)
            }
        }
        return Array(found.sorted { $0.rank < $1.rank }.prefix(limit))
    }

    /// Marks the call of a demand.
    mutating func select(_ id: String) {
        if let found = unsettled.first(where: { $0.demand == id }) { mark = .past(found.call) }
    }

    // MARK: Moving about

    private mutating func show(_ call: Ref<Call>?) {
        guard call != current else { return }
        // After a call nothing is marked but who is to be called back: Enter means that it rings.
        if case .past = mark { mark = nil }
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

    /// Between two calls the arrow keys choose whom to call back, then which call to look at.
    private mutating func choose(_ key: Key, _ context: Context) -> [Effect]? {
        let marks = marks(context)
        guard !marks.isEmpty else { return nil }
        let place = mark.flatMap { marks.firstIndex(of: $0) }
        switch key.commandEquivalent {
        case .up: mark = marks[max(0, (place ?? 1) - 1)]
        case .down: mark = marks[min(marks.count - 1, place.map { $0 + 1 } ?? 0)]
        case .escape where mark != nil: mark = nil
        default: return nil
        }
        choosesNobody = mark == nil
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

extension TextInput {
    /// Whether it says nothing.
    var isBlank: Bool { text.allSatisfy(\.isWhitespace) }
}
