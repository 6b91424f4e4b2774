import Estate
import Screen

/// The checklist of a handover drawn: the lines with their answers, and below them the selected one with its field.
struct HandoverPicture {
    private let layer: HandoverLayer
    private let context: Context
    private var draft: HandoverDraft { layer.draft }
    private var shift: Shift? { context.estate.shifts[layer.shift] }

    /// The rows below the list.
    private static let foot = 5

    init(_ layer: HandoverLayer, _ context: Context) { (self.layer, self.context) = (layer, context) }

    private func popup(in screen: Rect) -> Popup {
        let words =
            switch draft.purpose {
            case .closing: Label("交班", en: "Hand over")
            case .together: Label("当面交接", en: "Handover, both present")
            case .incoming: Label("签收", en: "Sign for the handover")
            }
        let name = shift.map { "\($0.post)  \(context.estate.staff.name(of: $0.staff))" } ?? ""
        let (done, all) = (draft.items.count - draft.openItems.count, draft.items.count)
        return Popup(
            title: [Span(context(words), .title), Span(" · ", .faint), Span(name, .strong)],
            trailing: Line("\(done)/\(all)", done == all ? .good : .warning),
            size: Size(
                width: min(screen.width - 4, 110),
                height: min(screen.height - 2, draft.items.count + HandoverPicture.foot + 2)))
    }

    func draw(into grid: inout Grid, rect: Rect) {
        let popup = popup(in: rect)
        popup.draw(into: &grid, rect: rect)
        grid.cursor = nil
        let inner = popup.inner(in: rect)
        let glyphs = grid.glyphs
        var position = layer.position
        position.fit(count: draft.items.count, height: inner.height - HandoverPicture.foot)
        Table(
            columns: [
                .fixed("", 1, priority: 9), .fixed("", 2, alignment: .right, priority: 8),
                Column("", min: 14, ideal: 30, priority: 7), .filling("", min: 16, priority: 6),
            ], rows: draft.items.map { Table.Row(cells($0, glyphs)) }, position: position, isFocused: true, gap: 1
        ).draw(into: &grid, rect: inner.inset(left: -1, right: -1, bottom: HandoverPicture.foot))
        drawFoot(into: &grid, inner.inset(top: inner.height - HandoverPicture.foot))
    }

    private func cells(_ item: HandoverDraft.Item, _ glyphs: Glyphs) -> [Line] {
        let answer = draft[item]
        let mark = differs(item) ? Span("!", .danger.bold) : (answer == nil ? StepMark.open : .done).span(glyphs)
        return [
            [mark], Line(number(of: item), .key), Line(name(of: item), answer == nil ? .text : .muted), value(item),
        ]
    }

    /// Whether another number was counted than has to be there.
    private func differs(_ item: HandoverDraft.Item) -> Bool {
        if case .count(let count, _)? = draft[item] {
            draft.stock(item).map { $0.count != count } ?? false
        } else {
            false
        }
    }

    private func number(of item: HandoverDraft.Item) -> String { draft.rule(item).map { "\($0.number)" } ?? "" }

    private func name(of item: HandoverDraft.Item) -> String {
        switch item {
        case .ritual: context(Label("交接动作（\(draft.ritual.count) 步）", en: "Ritual (\(draft.ritual.count) steps)"))
        case .reservation: context(Label("保留意见", en: "Reservation"))
        case .answer: draft.rule(item)?.item.name ?? ""
        case .equipment, .key: draft.stock(item)?.name ?? ""
        }
    }

    /// The answer; without one what has to be there, or what the other member has answered.
    private func value(_ item: HandoverDraft.Item) -> Line {
        switch draft[item] {
        case .text(let text)?: return Line(text, .text)
        case .count(let count, let note)?:
            let expected = draft.stock(item)?.count ?? count
            return Line(
                "\(count)/\(expected)" + (note.map { "  \($0)" } ?? ""), count == expected ? .text : .danger)
        case .done?:
            if case .answer = item { return Line(recorded(item), .muted) }
            return Line(item == .reservation ? context(Label("无", en: "none")) : "", .muted)
        case nil:
            if let stock = draft.stock(item) {
                return Line(context(Label("应有 \(stock.count)", en: "expected \(stock.count)")), .faint)
            }
            if draft.purpose == .incoming, case .answer = item { return Line(recorded(item), .strong) }
            return Line("")
        }
    }

    /// What the outgoing member has answered to an item.
    private func recorded(_ item: HandoverDraft.Item) -> String {
        guard let known = draft.rule(item), let handover = shift?.handover else { return "—" }
        let counts =
            switch known.item.id {
            case "equipment": handover.equipment
            case "keys": handover.keys
            default: HandoverCounts?.none
            }
        // What agrees is only counted; what differs is named.
        let differing = counts?.entries.filter(\.differs).map(\.text) ?? []
        let agreeing = counts?.entries.filter { !$0.differs } ?? []
        let agreed =
            agreeing.isEmpty
            ? nil : context(Label("\(agreeing.count) 种相符", en: "\(agreeing.count) kinds agree"))
        let parts = [handover.items?.answers[known.number]] + differing.map { $0 } + [agreed]
        let words = parts.compactMap { $0 }.joined(separator: "；")
        return words.isEmpty ? "—" : words
    }

    // MARK: Below the list

    private func drawFoot(into grid: inout Grid, _ foot: Rect) {
        grid.horizontalRule(foot.row(0), style: Style(.faint))
        let item = layer.selected
        let explanation = explanation(item)
        let lines = explanation.flatMap { $0.wrapped(to: foot.width, grid.measure) }.prefix(layer.takesText ? 3 : 4)
        for (index, line) in lines.enumerated() { grid.put(line, in: foot.row(1 + index)) }
        guard layer.takesText else { return }
        let row = foot.row(foot.height - 1)
        let label = Line(fieldLabel(item), .accent)
        let width = label.width(grid.measure) + 1
        grid.put(label, in: row)
        TextField(layer.input, placeholder: placeholder(item), isFocused: true).draw(
            into: &grid, rect: row.inset(left: width))
    }

    private func fieldLabel(_ item: HandoverDraft.Item) -> String {
        if let count = layer.noting, let stock = draft.stock(item) {
            return context(
                Label("\(stock.name) \(count)/\(stock.count) 不符：", en: "\(stock.name) \(count)/\(stock.count) differs:")
            )
        }
        return draft.stock(item) == nil ? name(of: item) : context(Label("实有", en: "there are"))
    }

    private func placeholder(_ item: HandoverDraft.Item) -> String {
        if layer.noting != nil { return context(Label("怎么回事，谁处理", en: "why, and who sees to it")) }
        if let stock = draft.stock(item) { return "\(stock.count)" }
        if case .text(let text)? = layer.proposal(for: item, context) { return text }
        let nothing = draft.rule(item)?.item.nothing ?? "无"
        return context(Label("0 = \(nothing)", en: "0 = \(nothing)"))
    }

    private func explanation(_ item: HandoverDraft.Item) -> [Line] {
        switch item {
        case .ritual:
            return draft.ritual.enumerated().map { Line("\($0.offset + 1) \($0.element)", .text) }.joinedInPairs
        case .reservation:
            return [
                Line(
                    context(Label("不同意的写下来，照样接班", en: "what you do not agree with; you take over all the same")), .muted
                )
            ]
        case _ where layer.isAboutVisitors(item):
            return layer.visitors(context).map { [Line(context($0), .strong)] } ?? []
        case .answer where draft.purpose == .incoming: return [Line(recorded(item), .strong)]
        default:
            let hint = Line(draft.rule(item)?.item.hint ?? "", .muted)
            let isOpen = draft.rule(item).map { ["incidents", "articles", "unfinished"].contains($0.item.id) } ?? false
            let notes = isOpen ? context.estate.handoverNotes(at: context.now).map { Line(context($0), .warning) } : []
            return [hint] + notes
        }
    }
}

extension [Line] {
    /// Two of them in each row.
    fileprivate var joinedInPairs: [Line] {
        stride(from: 0, to: count, by: 2).map { index in
            index + 1 < count ? self[index] + Line("　") + self[index + 1] : self[index]
        }
    }
}
