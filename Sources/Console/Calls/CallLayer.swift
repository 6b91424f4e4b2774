import Estate
import Screen

/// A call that was taken or made, and what was wanted in it: each demand can still be settled.
struct CallLayer: Layer {
    private let id: Ref<Call>
    /// The demand that was looked for, by its id.
    private let wanted: String?
    /// The one that the arrow keys have chosen.
    private var selection: Int?

    /// Shows the call with one of its demands chosen: the first that is not settled, unless another is meant.
    init(_ call: Ref<Call>, demand: String? = nil) { (id, wanted) = (call, demand) }

    private func demands(_ context: Context) -> [Demand] { context.estate.calls[id]?.demands ?? [] }

    /// Which demand is chosen; `nil` where there is none.
    private func chosen(_ context: Context) -> Int? {
        let demands = demands(context)
        if let selection, demands.indices.contains(selection) { return selection }
        return demands.firstIndex { $0.id.id.text == wanted } ?? demands.firstIndex { $0.outcome == .open }
            ?? (demands.isEmpty ? nil : 0)
    }

    mutating func handle(_ event: Event, _ context: Context) -> LayerAnswer {
        guard case .key(let key) = event else { return .stay }
        guard let call = context.estate.calls[id], let chosen = chosen(context) else {
            return key == .escape || key == .enter ? .close : .stay
        }
        switch key {
        case .escape: return .close
        case .up: selection = max(0, chosen - 1)
        case .down: selection = min(call.demands.count - 1, chosen + 1)
        case .enter:
            selection = chosen
            return .act { session, context in
                if let why = context.whyNot(SettleDemand.self) {
                    session.say(context(why), isTrouble: true, context)
                } else {
                    session.open(MenuLayer.settling(call.demands[chosen], of: call, context))
                }
                return []
            }
        default: break
        }
        return .stay
    }

    /// The call in a few lines, and nothing that is not known of it.
    private func head(_ context: Context) -> [Line] {
        guard let call = context.estate.calls[id] else { return [] }
        let row = CallsView.Row(call, in: context.estate)
        return row.detailLines(context, without: ["id", "inTime", "demands", "said", "about"])
    }

    func draw(into grid: inout Grid, rect: Rect, _ context: Context) {
        let (head, demands) = (head(context), demands(context))
        let words = context.estate.calls[id]?.words(in: context.estate) ?? ""
        let list = demands.enumerated().flatMap { index, demand in lines(index, demand, context) }
        let popup = Popup(
            Frame(title: Line("\(context(Call.label)) · \(words)", .title), isFocused: true),
            size: Size(
                width: min(rect.width - 4, 72), height: min(rect.height - 2, head.count + max(1, list.count) + 3)))
        popup.draw(into: &grid, rect: rect)
        let inner = popup.inner(in: rect)
        // The demands come first where there is not room for all.
        let told = head.prefix(max(0, inner.height - list.count - 1))
        for (y, line) in told.enumerated() { grid.put(line, in: inner.row(y)) }
        let place = inner.inset(top: told.isEmpty ? 0 : told.count + 1)
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

    /// A demand and what became of it; below it what was said to it.
    private func lines(
        _ index: Int, _ demand: Demand, _ context: Context
    ) -> [(demand: Int, text: Line, outcome: Line)] {
        let first = (index, Line([Span("\(index + 1) ", .key), Span(demand.text)]), demand.told(context))
        guard let note = demand.note else { return [first] }
        return [first, (index, Line("  \(note)", .muted), Line([]))]
    }

    func hints(_ context: Context) -> [KeyHint] {
        let settle = KeyHint("Enter", context(Label("处理诉求", en: "settle it")), priority: 6)
        let hasDemands = chosen(context) != nil
        return (hasDemands ? [KeyHint("↑↓", context(Label("选择", en: "choose")), priority: 3), settle] : [])
            + [KeyHint("Esc", context(Label("返回", en: "back")), priority: 5)]
    }
}

extension Demand {
    /// → 投诉, → 工程部, or what else became of it.
    func told(_ context: Context) -> Line {
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
