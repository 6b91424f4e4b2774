import Estate
import Screen

/// The picture of one call: the caller, the script's steps with the prescribed words, the demands and fitting phrases.
///
/// In a low pane the least important rows are left out, but never the current step and the input.
struct CallDrawing {
    private let call: Call
    private let pane: CallPane
    private let glyphs: Glyphs
    private let context: Context
    private let limit: Int

    init(_ call: Call, _ pane: CallPane, _ glyphs: Glyphs, _ context: Context) {
        (self.call, self.pane, self.glyphs, self.context) = (call, pane, glyphs, context)
        limit = context.estate.handbook.calls.rings.limit
    }

    /// 来电 0:42 · 2 声接听 ✓
    var state: [Span] {
        let direction = context(call.direction.label)
        guard let answered = call.answered else {
            let rings = pane.rings(call, context)
            if call.direction == .outgoing {
                let words = call.isReached ? "" : context(Label("  待接通 \(rings) 声", en: "  ringing \(rings)"))
                return [Span(direction, .info), Span(words, .muted)]
            }
            let style: Style = rings > limit ? .danger : rings == limit ? .warning : .accent
            return [
                Span(context(Label("响铃 \(rings) 声", en: "ring \(rings)")), style.bold),
                Span(context(Label("  ↑↓ 改声数", en: "  ↑↓ counts")), .muted),
            ]
        }
        var spans = [
            Span("\(direction) ", .info), Span(Context.sixties(max(0, context.now.seconds(since: answered))), .strong),
        ]
        // With several open calls the frame shows their number here.
        if pane.open.count < 2, let rings = call.rings, let inTime = call.inTime(limit: limit) {
            spans.append(Span(context(Label("  \(rings) 声接听 ", en: "  answered at ring \(rings) ")), .muted))
            spans.append(Span(inTime ? glyphs.done : glyphs.failed, inTime ? .good : .danger))
        }
        if call.isHeld { spans.append(Span(context(Label("  暂停中", en: "  on hold")), .warning)) }
        if call.isFetching { spans.append(Span(context(Label("  请人接听中", en: "  fetching")), .warning)) }
        return spans
    }

    // MARK: Blocks

    /// Rows that are shown together or not at all.
    private struct Block {
        enum Row {
            case text(Line, mark: StepMark? = nil, indent: Int = 0)
            case demand(Int)
            case input
            case rule(String)
        }

        let rows: [Row]
        /// The block with the lowest weight is left out first; among equals the last one.
        let weight: Int

        init(_ rows: [Row], _ weight: Int) { (self.rows, self.weight) = (rows, weight) }
    }

    /// Draws the rows and returns what a click on each is for.
    func draw(into grid: inout Grid, rect: Rect, isFocused: Bool) -> [CallPane.ClickTarget?] {
        var blocks = blocks(rect.width, grid.measure)
        while blocks.count > 1, blocks.reduce(0, { $0 + $1.rows.count }) > rect.height {
            guard let least = blocks.indices.reversed().min(by: { blocks[$0].weight < blocks[$1].weight }) else {
                break
            }
            blocks.remove(at: least)
        }
        let rows = blocks.flatMap(\.rows).prefix(rect.height)
        for (y, row) in rows.enumerated() { draw(row, into: &grid, rect.row(y), isFocused: isFocused) }
        return rows.map { if case .demand(let index) = $0 { .demand(index) } else { nil } }
    }

    private func blocks(_ width: Int, _ measure: TextWidth) -> [Block] {
        var blocks = CallCard(call: call, context: context).brief.enumerated().map { index, line in
            Block([.text(line)], index == 0 ? 950 : 500 - index)
        }
        blocks.append(Block([.text(Line([]))], 0))
        for step in CallScript(call, context).steps {
            blocks.append(block(step, width, measure))
            if step.isRecord { blocks += demands }
        }
        let rows = flow(phrases, to: width, measure)
        if let first = rows.first {
            let title = context(Label(" 用语 ", en: " Phrases "))
            blocks.append(Block([.rule(title), .text(Line(first, .info))], 450))
            blocks += rows.dropFirst().map { Block([.text(Line($0, .info))], 160) }
        }
        return blocks
    }

    private func block(_ step: CallScript.Step, _ width: Int, _ measure: TextWidth) -> Block {
        let name = context(Label(step.rule.title, en: step.rule.english.title))
        let title = measure.pad(name, to: max(10, measure.width(of: name)), align: .left) + "  "
        let words = Line(step.words, step.isNow ? .strong : .muted)
        let indent = 2 + measure.width(of: title)
        // Continuation lines are aligned with the words.
        let rows = words.wrapped(to: max(8, width - indent), measure).enumerated().map { index, line in
            index == 0
                ? Block.Row.text(
                    Line([Span(title, step.isNow ? .accent : .text)] + line.spans), mark: step.mark, indent: 2)
                : Block.Row.text(line, indent: indent)
        }
        let weight =
            step.isNow
            ? 980
            : step.rule.id == "close"
                ? 960
                : step.isRecord
                    ? 900
                    : step.isClosing
                        ? 700
                        : step.rule.when == .throughout
                            ? 150 : step.mark == .none ? 300 : step.rule.when == .asNeeded ? 400 : 200
        return Block(rows, weight)
    }

    /// The demands near the selected or last one have the higher weights; the input line always stays.
    private var demands: [Block] {
        let near = pane.selectedDemand ?? call.demands.count - 1
        let blocks = call.demands.indices.map { index in
            Block([.demand(index)], index == near ? 990 : 690 - min(180, abs(index - near)))
        }
        guard call.answered != nil || call.direction == .outgoing, !call.isAway || !pane.input.isBlank else {
            return blocks
        }
        return blocks + [Block([.input], 1000)] + answers
    }

    /// The answers that similar demands were given, or the handbook's.
    private var answers: [Block] {
        pane.answers.enumerated().map { index, answer in
            let title = answer.at == nil ? Label("常见问答 ", en: "often asked ") : Label("以前答复 ", en: "answered before ")
            let line: Line = [
                Span(context(title), .muted), Span("“\(answer.question)” ", .faint), Span(answer.note, .info),
                Span(answer.at.map { "  \(context.clock($0))" } ?? "", .faint),
            ]
            return Block([.text(line, indent: 5)], index == 0 ? 910 : 440)
        }
    }

    /// What Enter does in the empty field.
    private var placeholder: Label {
        guard let open = call.latestOpenDemand else {
            return Label("逐条记录，Enter 记下一条", en: "one by one; Enter records it")
        }
        return Label("再记一条；Enter 处理“\(open.text)”", en: "one more; Enter settles “\(open.text)”")
    }

    // MARK: Rows

    private func draw(_ row: Block.Row, into grid: inout Grid, _ rect: Rect, isFocused: Bool) {
        switch row {
        case .text(let line, let mark, let indent):
            if let mark { grid.put(Line([mark.span(glyphs)]), in: rect) }
            grid.put(line, in: rect.inset(left: indent, top: 0, right: 0, bottom: 0))
        case .rule(let title):
            grid.horizontalRule(rect, style: Style(.frame))
            grid.put(Line(title, .muted), in: rect.inset(left: 2, top: 0, right: 0, bottom: 0))
        case .demand(let index): draw(call.demands[index], index, into: &grid, rect, isFocused: isFocused)
        case .input:
            let place = rect.inset(left: 3, top: 0, right: 0, bottom: 0)
            let number = "\(call.demands.count + 1)"
            grid.put(Line(number, .key), in: place)
            TextField(
                pane.input, placeholder: context(placeholder),
                isFocused: isFocused && pane.selectedDemand == nil && !call.isAway
            ).draw(into: &grid, rect: place.inset(left: number.count + 1, top: 0, right: 0, bottom: 0))
        }
    }

    private func draw(_ demand: Demand, _ index: Int, into grid: inout Grid, _ rect: Rect, isFocused: Bool) {
        let row = rect.inset(left: 2, top: 0, right: 0, bottom: 0)
        if index == pane.selectedDemand { grid.restyle(row) { $0.ground = isFocused ? .selected : .selectedUnfocused } }
        let outcome = demand.outcomeLine(context)
        grid.put(
            [Span("\(index + 1) ", .key), Span(demand.text)],
            in: row.inset(left: 1, top: 0, right: outcome.width(grid.measure) + 2, bottom: 0))
        grid.put(outcome, in: row.inset(horizontal: 1), align: .right)
    }

    /// Phrases in rows, none of them broken.
    private func flow(_ phrases: [String], to width: Int, _ measure: TextWidth) -> [String] {
        phrases.reduce(into: []) { rows, phrase in
            if let last = rows.last, measure.width(of: last) + 3 + measure.width(of: phrase) <= width {
                rows[rows.count - 1] += "   " + phrase
            } else {
                rows.append(phrase)
            }
        }
    }

    private var phrases: [String] {
        let fitting = context.estate.handbook.phrases(for: CallScript(call, context).occasion).filter { $0.why != nil }
        if context.language == .chinese { return fitting.map(\.text) }
        return fitting.map { phrase in phrase.gloss.map { "\(phrase.text) (\($0))" } ?? phrase.text }
    }
}
