import Estate
import Screen

/// The card of one incident: its steps with the clock, who was told, and the roll call. Enter records the selected line as
/// done, or the visitor as seen.
struct IncidentLayer: RowLayer {
    /// What a line is about.
    enum Item: Hashable {
        case step(Int)
        case note(Int)
        case visit(Ref<Visit>)
        case heading
    }

    struct Row {
        let item: Item
        let cells: [Line]
        /// The whole text, which the line may cut.
        let text: String
        /// Whether Enter has something to record.
        let isWaiting: Bool
    }

    let id: Ref<Incident>
    private(set) var rows: [Row] = []
    private var position = ListPosition()

    init(_ id: Ref<Incident>, _ context: Context) {
        self.id = id
        refresh(context)
        position.selection = rows.firstIndex(where: \.isWaiting) ?? rows.firstIndex { $0.item != .heading }
    }

    var isModal: Bool { false }
    /// The emergency key leads from a card to the choice of another.
    var commands: [Command] { [.emergency] }

    private var selected: Row? { position.selection.flatMap { rows.indices.contains($0) ? rows[$0] : nil } }
    private func isVisit(_ row: Row) -> Bool { if case .visit = row.item { true } else { false } }
    private var selectable: [Int] { rows.indices.filter { rows[$0].item != .heading } }

    mutating func refresh(_ context: Context) {
        let former = selected
        rows = IncidentRows(id, context).all
        guard let former, let place = rows.firstIndex(where: { $0.item == former.item }) else {
            position.selection = position.selection.map { min($0, max(0, rows.count - 1)) }
            return
        }
        position.selection = place
        // What was recorded makes room for what is next of its kind: Enter never goes over from the roll call to a step.
        if former.isWaiting, !rows[place].isWaiting {
            let rest = Array(rows.indices[(place + 1)...]) + Array(rows.indices[..<place])
            position.selection =
                rest.first { rows[$0].isWaiting && isVisit(rows[$0]) == isVisit(rows[place]) } ?? place
        }
    }

    // MARK: Keys

    mutating func handle(_ event: Event, _ context: Context) -> LayerResult {
        guard case .key(let key) = event else { return .ignored }
        switch key {
        case .escape: return .dismissed()
        case .enter: return .handled([record(context)])
        case .function(8): return .handled([form(TellIncident.self, context)])
        case .control("n"): return .handled([form(StepIncident.self, context)])
        case .control("e"):
            guard context.estate.incidents[id]?.isOpen == true else {
                return .handled([.error(Label("这次应急已经结束", en: "it is over"))])
            }
            return .handled([form(CloseIncident.self, context)])
        case .tab, .backTab: moveToOtherList()
        default: return position.step(on: key, among: selectable) ? .handled() : .ignored
        }
        return .handled()
    }

    /// To the roll call, or from there to the steps: to the first line that waits.
    private mutating func moveToOtherList() {
        let wanted = !(selected.map(isVisit) ?? false)
        let others = selectable.filter { isVisit(rows[$0]) == wanted }
        if let place = others.first(where: { rows[$0].isWaiting }) ?? others.first { position.selection = place }
    }

    /// What Enter does on the selected line.
    private func record(_ context: Context) -> Intent {
        if let reason = context.disabledReason(StepIncident.self) { return .error(reason) }
        guard let incident = context.estate.incidents[id], let row = selected else { return .none }
        switch row.item {
        case .step(let number):
            guard incident.isOpen else { return .error(Label("这次应急已经结束", en: "it is over")) }
            let step = Intent.perform(
                StepIncident(incident: id, step: "\(number)"),
                done: Label("第 \(number) 步已记", en: "step \(number) is done"))
            guard let done = incident.done(number) else { return step }
            return .confirm(
                Label(
                    "第 \(number) 步 \(context.clock(done.at)) 已做，再记一次？",
                    en: "step \(number) was done at \(context.clock(done.at)): record it again?"),
                yes: Label("再记", en: "again"), step)
        case .visit(let visit):
            guard row.isWaiting else { return .press(.down) }
            let name = context.estate.gate.visits[visit]?.name ?? ""
            return .perform(SeeVisitor(incident: id, visit: visit), done: Label("见到 \(name)", en: "\(name) was seen"))
        case .note, .heading: return .press(.down)
        }
    }

    private func form(_ action: any Action.Type, _ context: Context) -> Intent {
        if let reason = context.disabledReason(action) { return .error(reason) }
        let kind = context.estate.incidents[id].map { context.estate.title(ofIncident: $0.kind) } ?? .none
        let words: Label =
            switch action {
            case is TellIncident.Type: Label("告知", en: "Who was told")
            case is StepIncident.Type: Label("另记一步", en: "Something else was done")
            default: Label("结束", en: "Close")
            }
        return .form(
            action, fixed: ["incident": id],
            title: Label("\(kind.chinese) · \(words.chinese)", en: "\(kind.english) · \(words.english)"))
    }

    mutating func choose(at point: Point, in screen: Rect, _ measure: TextWidth, _ context: Context) -> Bool {
        let before = position
        let isChosen = position.choose(at: point, of: rows.count, in: list(in: screen))
        if selected?.item == .heading { position = before }
        return isChosen && selected?.item != .heading
    }

    // MARK: Picture

    private func popup(_ context: Context, in screen: Rect) -> Popup {
        guard let incident = context.estate.incidents[id] else {
            return Popup(size: screen.size)
        }
        let nature = incident.isDrill ? Label("演练", en: "drill") : Label("真实", en: "real")
        let title = context.estate.title(ofIncident: incident.kind)
        let minutes = incident.minutes(at: incident.closing?.at ?? context.now)
        let clock =
            incident.isOpen
            ? Label(
                "\(context.clock(incident.opened)) 起 \(minutes) 分",
                en: "since \(context.clock(incident.opened)), \(minutes) min")
            : Label("已结束，历时 \(minutes) 分", en: "over, it took \(minutes) min")
        return Popup(
            title: [
                Span(context(title), .title), Span(" · ", .faint),
                Span(context(nature), incident.isDrill ? .info : .danger),
            ], trailing: Line(context(clock), incident.isOpen ? .warning : .muted),
            size: Size(width: min(screen.width - 4, 100), height: screen.height - 2))
    }

    /// The rows above the list, and below it for the whole text of the selected line.
    private static let (above, below) = (2, 3)

    private func list(in screen: Rect) -> Rect {
        let size = Size(width: min(screen.width - 4, 100), height: screen.height - 2)
        let inner = Popup(size: size).inner(in: screen)
        return inner.inset(left: -1, top: Self.above, right: -1, bottom: Self.below)
    }

    func draw(into grid: inout Grid, rect: Rect, _ context: Context) {
        let popup = popup(context, in: rect)
        popup.draw(into: &grid, rect: rect)
        grid.cursor = nil
        guard let incident = context.estate.incidents[id] else { return }
        let inner = popup.inner(in: rect)
        let heads = IncidentRows(id, context).head(of: incident)
        for (index, line) in heads.prefix(Self.above).enumerated() { grid.put(line, in: inner.row(index)) }
        Table(
            columns: [
                .fixed("", 1, priority: 4), .fixed("", 2, alignment: .right, priority: 3),
                .filling("", min: 10, priority: 5),
                Column("", min: 6, ideal: 15, alignment: .right, priority: 2),
            ], rows: rows.map { Table.Row($0.cells) }, position: position, isFocused: true, gap: 1
        ).draw(into: &grid, rect: list(in: rect))
        grid.horizontalRule(inner.row(inner.height - Self.below), style: Style(.faint))
        Paragraph([Line(selected?.text ?? "", .strong)]).draw(
            into: &grid, rect: inner.inset(top: inner.height - Self.below + 1))
    }

    func hints(_ context: Context) -> [KeyHint] {
        let enter: Label
        switch selected?.item {
        case .visit: enter = Label("见到", en: "seen")
        default: enter = Label("已做", en: "done")
        }
        return [
            KeyHint("Enter", context(enter), priority: 6), KeyHint("F8", context(Label("告知", en: "told")), priority: 5),
            KeyHint("Tab", context(Label("点名", en: "roll call")), priority: 4),
            KeyHint("Ctrl-N", context(Label("另记", en: "note")), priority: 2),
            KeyHint("Ctrl-E", context(Label("结束", en: "close")), priority: 3),
            KeyHint("Esc", context(Label("返回", en: "back")), priority: 5),
        ]
    }

    /// In linear mode a number selects a line, and an empty line does what Enter does on it.
    func keys(answering line: String, _ context: Context) -> [Key]? {
        if line.isEmpty { return [.enter] }
        guard let number = Int(line.halfwidth), (1...max(1, selectable.count)).contains(number) else { return nil }
        return [.home] + Key.moving(by: number - 1)
    }

    /// The lines, with the numbers of those that can be selected.
    func spoken(_ context: Context) -> [String] {
        guard let incident = context.estate.incidents[id] else { return [] }
        var number = 0
        let lines = rows.map { row in
            let words = [row.text, row.cells.last?.text ?? ""].filter { !$0.isEmpty }.joined(separator: "，")
            if row.item == .heading { return words }
            number += 1
            return "\(number)\(row.item == selected?.item ? context(Label("（选中）", en: " (selected)")) : "") \(words)"
        }
        return [popup(context, in: Rect(Size(width: 80, height: 24))).frame.title.text]
            + IncidentRows(id, context).head(of: incident).map(\.text) + lines
    }
}
