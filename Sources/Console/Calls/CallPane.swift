import Estate
import Screen
import struct Journal.EntryID

/// The call script: the steps and their words, the demands recorded, and the caller. Between two calls it lists missed and
/// past calls.
struct CallPane: Pane {
    /// The member's open calls and, if the member may answer, all ringing ones; in the order in which they rang.
    private(set) var open: [Ref<Call>] = []
    /// The call that is shown.
    private(set) var current: Ref<Call>?
    /// The demands being typed, by call.
    var inputs: [Ref<Call>: DemandInput] = [:]
    /// The index of the demand that Enter settles; `nil` while one is typed.
    private(set) var selectedDemand: Int?
    /// Rings counted with the arrow keys; `nil`: estimated from the time.
    private var countedRings: Int?
    /// Whether typed text is a demand: the shown call is connected, and neither on hold nor waiting for a colleague.
    private var isTalking = false
    /// Whether the shown call is an incoming one that nobody has answered.
    private(set) var isRinging = false
    /// Several pasted demands that were sent to be recorded together.
    private var pasted: [String] = []
    /// The member's outgoing call that the last refresh began to show.
    private var dialled: Ref<Call>?
    /// The missed or past call selected while no call is shown.
    private(set) var selectedCall: Selection?
    /// Whether the member has cleared that selection.
    private var isSelectionCleared = false
    /// The open demands, for the search.
    private var unsettled: [Unsettled] = []
    /// What the arrow keys select while no call is shown: missed calls, then past ones.
    private(set) var selections: [Selection] = []
    private(set) var (missedCount, todayCount) = (0, 0)
    /// The number of rows of the lists between two calls, their titles included.
    private var idleHeight = 0
    /// The rows last drawn between two calls.
    private var idleRows: IdleRows?
    /// How many demands of the shown call were recorded at the last refresh.
    private var recordedDemands = 0
    /// The answers that are offered for the demand at hand, and what they were searched for.
    private(set) var answers: [OfferedAnswer] = []
    private var searched: (text: String, calls: Int)?
    /// What a click on each row of the last picture is for.
    private var targets: [ClickTarget?] = []
    /// What the last click selected: a second click on it acts as Enter.
    private var clicked: ClickTarget?

    /// What stands in a row that can be clicked.
    enum ClickTarget: Hashable {
        case call(Selection)
        /// A demand of the shown call, by its index.
        case demand(Int)
        /// The keys that a row names, each with the column behind its words.
        case keys([KeySpan])
    }

    /// A demand being typed.
    struct DemandInput {
        var text: TextInput
        /// Its idempotency key, also in its draft: however often it is sent, it is recorded once.
        let key: String

        init(text: String = "", key: String? = nil, _ context: Context) {
            (self.text, self.key) = (TextInput(text), key ?? EntryID(at: context.now).text)
        }
    }

    /// The demand being typed in the shown call.
    var input: TextInput { current.flatMap { inputs[$0]?.text } ?? TextInput() }

    /// A key in a row of keys, and the column at which its words end.
    struct KeySpan: Hashable {
        let end: Int
        let key: Key
    }

    /// A missed call, to call back, or a past one, to look at.
    enum Selection: Hashable {
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

    static let name = "calls"
    var name: String { CallPane.name }
    var label: Label { CallsView.label }
    var creates: (any Action.Type)? { RingCall.self }
    var moves: [Move] {
        [
            Move(
                Label("上一条", en: "Up"),
                Label(
                    "通话中：选上一条诉求；响铃时：多一声；空闲时：选上一个通话",
                    en: "in a call: the demand above; while it rings: one ring more; between calls: the call above"),
                .up),
            Move(
                Label("下一条", en: "Down"),
                Label(
                    "通话中：选下一条诉求；响铃时：少一声；空闲时：选下一个通话",
                    en: "in a call: the demand below; while it rings: one ring less; between calls: the call below"),
                .down),
            Move(
                Label("清空", en: "Clear"),
                Label("不再选诉求或通话；清空正在输入的", en: "no demand or call selected; then nothing typed"), .escape),
        ]
    }
    var takesText: Bool { isTalking }
    /// During a call the pane can use any height.
    var contentHeight: Int? { current == nil ? idleHeight : nil }
    func proposal(_ context: Context) -> [String: String] { ["direction": "incoming"] }
    /// The card of a caller's unit is made of all features.
    func parts(of estate: Estate) -> [Int] {
        current == nil
            ? [
                estate.$calls, estate.$people, estate.$staff, estate.$board, estate.$requests, estate.$followUps,
                estate.$matters,
            ] : [estate.changes]
    }
    var granularity: ClockGranularity { .day }

    /// The call that is shown.
    func call(_ context: Context) -> Call? { current.flatMap { context.estate.calls[$0] } }

    /// The number of rings: counted by key, or estimated from the seconds that a ring takes (handbook).
    func rings(_ call: Call, _ context: Context) -> Int {
        countedRings ?? 1 + context.now.seconds(since: call.rang) / context.estate.handbook.calls.rings.secondsPerRing
    }

    /// The missed calls that were not returned yet, the latest first.
    func missed(_ context: Context) -> [Call] {
        context.estate.calls.missed.reversed().compactMap { context.estate.calls[$0] }
    }

    /// Today's calls, and the latest earlier ones with an open demand; each the latest first.
    func past(_ context: Context) -> (today: [Call], earlier: [Call]) {
        let start = context.today.start(in: context.estate.zone)
        let calls = context.estate.calls
        return (
            calls.since(start).reversed(), Array(calls.unsettled.lazy.filter { $0.rang < start }.prefix(CallPane.most))
        )
    }

    /// The limit of earlier calls that are listed, and of calls with open demands that a search covers.
    private static let most = 2000

    /// The selected missed call, while no call is shown.
    func selectedMissed(_ context: Context) -> Call? {
        guard current == nil, let call = selectedCall?.call, context.estate.calls.missed.contains(call) else {
            return nil
        }
        return context.estate.calls[call]
    }

    /// The selected past call, while no call is shown.
    var selectedPast: Ref<Call>? { if current == nil, case .past(let call) = selectedCall { call } else { nil } }

    /// Focuses the pane after the member began an outgoing call.
    func performed(_ receipt: Receipt, _ context: Context) -> [Intent] {
        dialled?.id == receipt.id ? [.focus(name)] : []
    }

    mutating func refresh(_ context: Context) {
        let calls = context.estate.calls
        let mayAnswer = context.disabledReason(AnswerCall.self) == nil
        let before = open
        dialled = nil
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
                dialled = isOwn && arrived.direction == .outgoing ? arrived.id : nil
            }
        }
        // When the shown call has ended or was answered elsewhere, the member's last own call is next, else the last
        // ringing one.
        if current.map({ !open.contains($0) }) ?? true {
            show(open.last { calls[$0]?.by == context.member?.code } ?? open.last)
        }
        isTalking =
            call(context).map { ($0.answered != nil || $0.direction == .outgoing) && !$0.isHeld && !$0.isFetching }
            ?? false
        isRinging = call(context)?.isRinging ?? false
        let demands = call(context)?.demands ?? []
        if let selectedDemand, selectedDemand >= demands.count { self.selectedDemand = nil }
        // The typed demand is cleared once it is recorded.
        if demands.count > recordedDemands {
            let isPasted = !pasted.isEmpty && demands.suffix(pasted.count).map(\.text) == pasted
            if isPasted || demands.last?.text == input.text.trimmed {
                if let current { inputs[current] = nil }
                pasted = []
            }
        }
        recordedDemands = demands.count
        // The selection stays while further calls are missed. Without one the latest missed call is selected, unless the
        // member has cleared the selection.
        if calls.missed.isEmpty { isSelectionCleared = false }
        let (today, earlier) = past(context)
        let missed = missed(context)
        selections = missed.map { .missed($0.id) } + (today + earlier).map { .past($0.id) }
        (missedCount, todayCount, idleRows) = (missed.count, today.count, nil)
        if selectedCall.map({ !selections.contains($0) }) ?? true {
            selectedCall = isSelectionCleared ? nil : calls.missed.last.map { .missed($0) }
        }
        idleHeight = (today + earlier).reduce(IdleCallDrawing.otherRows + calls.missed.count) {
            $0 + IdleCallDrawing.rows(of: $1)
        }
        unsettled = calls.unsettled.prefix(CallPane.most).flatMap { call in
            call.demands.filter { $0.outcome == .open }.map { demand in
                Unsettled(
                    demand: demand.id.id.text, call: call.id,
                    words: [demand.text, context(demand.outcome.label), call.words(in: context.estate)])
            }
        }
    }

    /// The index of the selected call in ``selections``.
    var place: Int? { selectedCall.flatMap { selections.firstIndex(of: $0) } }

    // MARK: Search

    func find(_ query: Query, limit: Int) -> [Hit] {
        let found = unsettled.compactMap { demand in
            query.rank(of: demand.words).map {
                Hit(pane: name, id: demand.demand, words: demand.words, rank: $0)
            }
        }
        return Array(found.sorted { $0.rank < $1.rank }.prefix(limit))
    }

    /// Selects the call of a demand.
    mutating func select(_ id: String, _ context: Context) {
        if let found = unsettled.first(where: { $0.demand == id }) { selectedCall = .past(found.call) }
    }

    func layer(showing id: String) -> (any Layer)? {
        unsettled.first { $0.demand == id }.map { CallLayer($0.call, demand: id) }
    }

    // MARK: Keys

    private mutating func show(_ call: Ref<Call>?) {
        guard call != current else { return }
        // After a call Enter must mean a new ring, so no past call stays selected.
        if case .past = selectedCall { selectedCall = nil }
        if let current, input.isEmpty { inputs[current] = nil }
        (current, selectedDemand, countedRings, pasted) = (call, nil, nil, [])
    }

    mutating func handle(_ action: PaneAction, _ context: Context) {
        guard case .showNext = action, open.count > 1, let index = open.firstIndex(where: { $0 == current }) else {
            return
        }
        show(open[(index + 1) % open.count])
        refresh(context)
    }

    mutating func handle(_ key: Key, _ context: Context) -> [Intent]? {
        clicked = nil
        guard let call = call(context) else { return selectCall(key, context) }
        if !isTalking {
            switch key.commandEquivalent {
            case .up where isRinging, .character("+") where isRinging: countedRings = rings(call, context) + 1
            case .down where isRinging, .character("-") where isRinging:
                countedRings = max(1, rings(call, context) - 1)
            case .character: return [.error(CallPane.notTalking(call))]
            default: return nil
            }
            return []
        }
        switch key {
        case .up where !call.demands.isEmpty: selectedDemand = max(0, (selectedDemand ?? call.demands.count) - 1)
        case .down where selectedDemand != nil:
            selectedDemand = selectedDemand.flatMap { $0 + 1 < call.demands.count ? $0 + 1 : nil }
        case .escape where selectedDemand != nil: selectedDemand = nil
        case .escape where !input.isEmpty: inputs[call.id] = nil
        default:
            guard inputs[call.id, default: DemandInput(context)].text.handle(key) else { return nil }
            selectedDemand = nil
        }
        return []
    }

    /// What is to be done before a demand can be typed.
    private static func notTalking(_ call: Call) -> Label {
        if call.isRinging { return Label("还没有接听：按 Enter 接听，再输入", en: "not answered yet: Enter answers, then type") }
        return Label("通话暂停中：按 Enter 继续，再输入", en: "the call waits: Enter goes on with it, then type")
    }

    /// The most lines that are recorded without a question: more are seldom what a caller said.
    private static let mostPasted = 5

    /// Each line is a demand of its own. Several are recorded together; a single one is typed text.
    mutating func paste(_ text: String, _ context: Context) -> [Intent]? {
        guard let call = call(context) else { return pasteNumber(text, context) }
        guard isTalking else { return [.error(CallPane.notTalking(call))] }
        let (before, after) = (input.beforeCaret, input.afterCaret)
        inputs[call.id, default: DemandInput(context)].text.insert(
            text.split(whereSeparator: \.isNewline).joined(separator: " "))
        selectedDemand = nil
        // What was typed stands around the pasted text.
        let lines = (before + text + after).split(whereSeparator: \.isNewline).map { String($0).trimmed }
        let texts = lines.filter { !$0.isEmpty }
        if texts.count < 2 { return [] }
        pasted = texts
        let intent = record(texts, of: call, context)
        if texts.count <= CallPane.mostPasted { return [intent] }
        let (first, last) = (texts[0], texts[texts.count - 1])
        return [
            .confirm(
                Label(
                    "粘贴了 \(texts.count) 行，记为 \(texts.count) 条诉求？",
                    en: "record \(texts.count) lines as that many demands?"),
                about: [
                    Label("第一条：\(first)", en: "first: \(first)"), Label("最后一条：\(last)", en: "last: \(last)"),
                    Label("不记录则合成一条，留在输入栏", en: "else they stay in the field, as one"),
                ], yes: Label("逐条记录", en: "record"), intent)
        ]
    }

    /// The form of a ringing call with a pasted number.
    private func pasteNumber(_ text: String, _ context: Context) -> [Intent]? {
        (try? CallerNumber(text: text.trimmed, zone: .shanghai)).flatMap { _ in ring(text.trimmed, context) }
    }

    /// The form for a call that rings, if the member may record one.
    private func ring(_ number: String, _ context: Context) -> [Intent]? {
        context.disabledReason(RingCall.self) == nil ? [CallPane.ring(number)] : nil
    }

    /// While no call is shown, the arrow keys select a missed call, then a past one; a digit begins a caller's number.
    private mutating func selectCall(_ key: Key, _ context: Context) -> [Intent]? {
        if case .character(let sign) = key.commandEquivalent, sign.isASCII, sign.isNumber,
            let form = ring(String(sign), context)
        {
            return form
        }
        guard !selections.isEmpty else { return nil }
        switch key.commandEquivalent {
        case .up: selectedCall = selections[max(0, (place ?? 1) - 1)]
        case .down: selectedCall = selections[min(selections.count - 1, place.map { $0 + 1 } ?? 0)]
        case .escape where selectedCall != nil: selectedCall = nil
        default: return nil
        }
        isSelectionCleared = selectedCall == nil
        return []
    }

    // MARK: Mouse

    mutating func click(at point: Point, in rect: Rect) -> Key? {
        let inner = CallPane.inner(rect)
        let row = point.y - inner.y
        guard targets.indices.contains(row), let target = targets[row] else { return nil }
        if case .keys(let places) = target { return places.first { point.x - inner.x < $0.end }?.key }
        let isAgain = clicked == target
        clicked = isAgain ? nil : target
        switch target {
        case .call(let call): (selectedCall, isSelectionCleared) = (call, false)
        case .demand(let index): selectedDemand = index
        case .keys: break
        }
        return isAgain ? .enter : nil
    }

    /// The wheel selects as the arrow keys do, except while a call rings.
    mutating func scroll(by rows: Int) {
        let selectable = targets.compactMap { $0 }.filter { if case .keys = $0 { false } else { true } }
        let calls = selectable.compactMap { if case .call(let call) = $0 { call } else { nil } }
        guard current == nil, !calls.isEmpty else { return }
        let index = selectedCall.flatMap { calls.lastIndex(of: $0) }
        selectedCall = calls[min(calls.count - 1, max(0, index.map { $0 + rows } ?? 0))]
        isSelectionCleared = false
    }

    private static func inner(_ rect: Rect) -> Rect { Frame().inner(rect).inset(horizontal: 1) }

    // MARK: Drawing

    /// Searches for a demand like the typed one, or the one that Enter settles, if it or the calls have changed.
    private mutating func searchAnswers(for call: Call, _ context: Context) {
        let chosen = selectedDemand.flatMap { call.demands.indices.contains($0) ? call.demands[$0] : nil }
        let text = input.isBlank ? (chosen ?? call.latestOpenDemand)?.text ?? "" : input.text
        let now = (text, context.estate.$calls)
        if let searched, searched == now { return }
        (searched, answers) = (now, context.estate.offeredAnswers(to: text, limit: 2))
    }

    mutating func draw(
        into grid: inout Grid, rect: Rect, heading: PaneHeading, isFocused: Bool, _ context: Context
    ) {
        let call = call(context)
        let state = call.map { [Span(" · ", .faint)] + CallDrawing($0, self, grid.glyphs, context).state } ?? []
        let more: Line =
            open.count < 2
            ? Line([])
            : [
                Span(context(Label("\(open.count) 个通话 ", en: "\(open.count) calls ")), .warning),
                Span(context.keys.key(of: "calls.switch"), .key),
            ]
        let title = heading.line(state, trailing: more, isFocused: isFocused, in: rect, grid.measure, context)
        Frame(title: title, trailing: more, isFocused: isFocused).draw(into: &grid, rect: rect)
        let inner = CallPane.inner(rect)
        if let call {
            searchAnswers(for: call, context)
            targets = CallDrawing(call, self, grid.glyphs, context).draw(into: &grid, rect: inner, isFocused: isFocused)
        } else {
            let drawing = IdleCallDrawing(pane: self, context: context)
            if idleRows?.basis != drawing.basis(inner.size, grid.measure) {
                idleRows = drawing.rows(inner.size, grid.measure)
            }
            targets =
                idleRows?.draw(
                    into: &grid, rect: inner, keys: drawing.keys(grid.measure), selection: selectedCall,
                    isFocused: isFocused) ?? []
        }
    }
}

extension TextInput {
    /// Whether the text is empty or only whitespace.
    var isBlank: Bool { text.allSatisfy(\.isWhitespace) }
}
