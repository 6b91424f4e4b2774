import Estate
import Screen

/// A past call and its demands, which can still be settled.
struct CallLayer: Layer {
    let id: Ref<Call>
    /// The id of the demand to select first.
    private let preselected: String?
    /// The index selected with the arrow keys.
    private var selection: Int?

    /// Shows a call with a demand selected: the given one, else the first that is open.
    init(_ call: Ref<Call>, demand: String? = nil) { (id, preselected) = (call, demand) }

    private func demands(_ context: Context) -> [Demand] { context.estate.calls[id]?.demands ?? [] }

    /// The index of the selected demand; `nil` if the call has none.
    private func chosen(_ context: Context) -> Int? {
        let demands = demands(context)
        if let selection, demands.indices.contains(selection) { return selection }
        return demands.firstIndex { $0.id.id.text == preselected } ?? demands.firstIndex { $0.outcome == .open }
            ?? (demands.isEmpty ? nil : 0)
    }

    mutating func handle(_ event: Event, _ context: Context) -> LayerResult {
        guard case .key(let key) = event else { return .ignored }
        guard let call = context.estate.calls[id], let chosen = chosen(context) else {
            return key == .escape || key == .enter ? .dismissed() : .ignored
        }
        switch key {
        case .escape: return .dismissed()
        case .up: selection = max(0, chosen - 1)
        case .down: selection = min(call.demands.count - 1, chosen + 1)
        case .enter:
            selection = chosen
            if let reason = context.disabledReason(SettleDemand.self) { return .handled([.error(reason)]) }
            return .handled([.open(MenuLayer.settling(call.demands[chosen], of: call, context))])
        default: return .ignored
        }
        return .handled()
    }

    /// The call's fields that have a value.
    private func head(_ context: Context) -> [Line] {
        context.estate.calls[id]?.detailLines(context, without: ["inTime", "demands", "said"]) ?? []
    }

    func draw(into grid: inout Grid, rect: Rect, _ context: Context) {
        let (head, demands) = (head(context), demands(context))
        let words = context.estate.calls[id]?.words(in: context.estate) ?? ""
        let list = demands.enumerated().flatMap { index, demand in lines(index, demand, context) }
        let popup = Popup(
            title: Line("\(context(Call.label)) · \(words)", .title),
            size: Size(
                width: min(rect.width - 4, 72), height: min(rect.height - 2, head.count + max(1, list.count) + 3)))
        popup.draw(into: &grid, rect: rect)
        let inner = popup.inner(in: rect)
        // On a low screen the fields make room for the demands.
        let fields = head.prefix(max(0, inner.height - list.count - 1))
        for (y, line) in fields.enumerated() { grid.put(line, in: inner.row(y)) }
        let place = inner.inset(top: fields.isEmpty ? 0 : fields.count + 1)
        if list.isEmpty {
            grid.put(Line(context(Label("没有记录诉求", en: "no demand was recorded")), .muted), in: place.row(0))
        }
        let chosen = chosen(context)
        let above = max(0, (list.lastIndex { $0.demand == chosen } ?? 0) - place.height + 1)
        for (y, line) in list.dropFirst(above).prefix(place.height).enumerated() {
            let row = place.row(y)
            if line.demand == chosen { grid.restyle(row) { $0.ground = .selected } }
            grid.put(line.text, in: row.inset(right: line.outcome.width(grid.measure) + 2))
            grid.put(line.outcome, in: row, align: .right)
        }
    }

    /// A demand with its outcome, and a line with its note.
    private func lines(
        _ index: Int, _ demand: Demand, _ context: Context
    ) -> [(demand: Int, text: Line, outcome: Line)] {
        let first = (index, Line([Span("\(index + 1) ", .key), Span(demand.text)]), demand.outcomeLine(context))
        guard let note = demand.note else { return [first] }
        return [first, (index, Line("  \(note)", .muted), Line([]))]
    }

    func hints(_ context: Context) -> [KeyHint] {
        let settle = KeyHint("Enter", context(Label("处理诉求", en: "settle it")), priority: 6)
        let maySettle = context.disabledReason(SettleDemand.self) == nil
        return
            (maySettle && chosen(context) != nil
            ? [KeyHint("↑↓", context(Label("选择", en: "choose")), priority: 3), settle] : [])
            + [KeyHint("Esc", context(Label("返回", en: "back")), priority: 5)]
    }
}

extension Call {
    /// Its fields that have a value and that the member may see, except those with the given keys.
    func detailLines(_ context: Context, without keys: Set<String> = []) -> [Line] {
        CallsView.Row(self, in: context.view).detailLines(context, without: keys.union(["id", "about"]))
    }
}

extension Demand {
    /// The outcome: → 投诉 (a request), → 工程部 (passed on), or its label.
    func outcomeLine(_ context: Context) -> Line {
        switch outcome {
        case .request:
            let kind = request.flatMap { context.estate.requests[$0] }.map { context($0.class.label) } ?? ""
            return Line("→ \(kind)", .good)
        case .passed: return Line("→ \(to ?? "")", .info)
        case .answered: return Line(context(outcome.label), .good)
        case .open: return Line(context(outcome.label), .faint)
        }
    }
}
