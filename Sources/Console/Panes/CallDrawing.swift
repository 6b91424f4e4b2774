import Estate
import Handbook
import Screen

/// The picture of one call: the caller, the script's steps with the prescribed words, the demands.
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
            if call.direction == .outgoing { return [Span(direction, .info)] }
            let rings = pane.rings(call, context)
            let style: Style = rings > limit ? .danger : rings == limit ? .warning : .accent
            return [Span(context(Label("响铃 \(rings) 声", en: "ring \(rings)")), style.bold)]
        }
        var spans = [
            Span("\(direction) ", .info), Span(Context.sixties(context.now.seconds(since: answered)), .strong),
        ]
        if let rings = call.rings, let inTime = call.inTime(limit: limit) {
            spans.append(Span(context(Label("  \(rings) 声接听 ", en: "  answered at ring \(rings) ")), .muted))
            spans.append(Span(inTime ? glyphs.done : glyphs.failed, inTime ? .good : .danger))
        }
        if call.isHeld { spans.append(Span(context(Label("  保留中", en: "  on hold")), .warning)) }
        return spans
    }

    func draw(into grid: inout Grid, rect: Rect, isFocused: Bool) {
        var y = rect.y
        func put(_ line: Line, indent: Int = 0) {
            for part in line.wrapped(to: max(8, rect.width - indent), grid.measure) where y < rect.maxY {
                grid.put(part, in: Rect(x: rect.x + indent, y: y, width: rect.width - indent, height: 1))
                y += 1
            }
        }
        // In a low pane what is said and done now comes first, and the closing words.
        let isLow = rect.height < 16
        (isLow ? Array(card.prefix(1)) : card + [Line([])]).forEach { put($0) }
        for step in steps where !isLow || step.isNow || step.isRecord || step.isClosing {
            if isLow, step.isClosing { y = max(y, rect.maxY - 1) }
            if y < rect.maxY { grid.put(Line([step.mark.span(glyphs)]), at: Point(x: rect.x, y: y)) }
            put(
                [
                    Span("\(step.title)  ", step.isNow ? .accent : .text),
                    Span(step.words, step.isNow ? .strong : .muted),
                ],
                indent: 2)
            if step.isRecord { drawDemands(into: &grid, rect, y: &y, isFocused: isFocused) }
        }
        guard y + 2 < rect.maxY else { return }
        y += 1
        grid.horizontalRule(Rect(x: rect.x, y: y, width: rect.width, height: 1), style: Style(.frame))
        grid.put(Line(context(Label(" 用语 ", en: " Phrases ")), .muted), at: Point(x: rect.x + 2, y: y))
        y += 1
        flow(phrases, to: rect.width, grid.measure).forEach { put(Line($0, .info)) }
    }

    /// As many phrases in a row as fit, none of them broken.
    private func flow(_ phrases: [String], to width: Int, _ measure: TextWidth) -> [String] {
        phrases.reduce(into: []) { rows, phrase in
            if let last = rows.last, measure.width(of: last) + 3 + measure.width(of: phrase) <= width {
                rows[rows.count - 1] += "   " + phrase
            } else {
                rows.append(phrase)
            }
        }
    }

    // MARK: The caller

    private var card: [Line] {
        let people = context.estate.people
        let person = call.person.flatMap { people.persons[$0] }
        guard let unit = call.unit else {
            return [
                [
                    Span(call.phone?.text ?? context(Label("号码未显示", en: "no number")), .strong),
                    Span(context(Label("  未知来电人", en: "  unknown caller")), .warning),
                    Span("  Ctrl-F", .key), Span(context(Label(" 查找", en: " find"))),
                ]
            ]
        }
        let resident = person ?? people.owner(of: unit)
        var lines: [Line] = [
            [
                Span("\(resident?.name ?? "—")  ", .strong),
                Span("\(resident.map { context($0.role.label) } ?? "")  ", .muted),
                Span("\(unit.text)  ", .accent), Span(call.phone?.masked ?? resident?.phone?.masked ?? "", .muted),
            ]
        ]
        let zone = context.estate.zone
        var facts: [Span] = []
        if let arrears = context.estate.fees.arrears(of: unit, at: context.now, zone: zone) {
            facts.append(
                Span(
                    context(
                        Label(
                            "欠费 \(arrears.owed.grouped)（\(arrears.periods) 期）",
                            en: "owes \(arrears.owed.grouped) (\(arrears.periods)×)")) + "  ", .danger))
        }
        let open = context.estate.requests.open(of: unit).count
        if open > 0 { facts.append(Span(context(Label("未结 \(open)", en: "open \(open)")) + "  ", .warning)) }
        let visits = context.estate.followUps.pending.count { context.estate.followUps[$0]?.unit == unit }
        if visits > 0 { facts.append(Span(context(Label("待回访 \(visits)", en: "visits \(visits)")) + "  ", .warning)) }
        if let plates = people.units[unit]?.plates, !plates.isEmpty {
            facts.append(Span(plates.map(\.text).joined(separator: " "), .muted))
        }
        if !facts.isEmpty { lines.append(Line(facts)) }
        if let last = context.estate.calls.with(unit: unit).first(where: { $0.id != call.id }) {
            lines.append(
                [
                    Span(context(Label("上次来电 ", en: "last call ")) + context.clock(last.rang), .muted),
                    Span("  \(last.demands.first?.text ?? "")", .muted),
                ])
        }
        return lines
    }

    // MARK: The script

    private struct Step {
        let mark: Screen.Mark
        let title: String
        let words: String
        /// Whether it is the one to take now.
        let isNow: Bool
        let isRecord: Bool
        let isClosing: Bool
    }

    private var steps: [Step] {
        let rule = context.estate.handbook.calls
        let isRinging = call.answered == nil && call.direction == .incoming
        return (call.direction == .incoming ? rule.incoming : rule.outgoing).compactMap { step in
            let isShown =
                step.when == .always || step.id == "hold" && !call.isHeld || step.id == "resume" && call.isHeld
            guard isShown, step.when != .throughout else { return nil }
            let now = isRinging ? ["answer", "greet"] : call.isHeld ? ["resume"] : ["record", "purpose"]
            return Step(
                mark: mark(of: step.id, isRinging: isRinging), title: step.title,
                words: step.words(estate: context.estate.name).map { "“\($0)”" } ?? step.hint,
                isNow: now.contains(step.id),
                isRecord: step.id == "record" || step.id == "purpose", isClosing: step.id == "close")
        }
    }

    private func mark(of step: String, isRinging: Bool) -> Screen.Mark {
        switch step {
        case "answer":
            isRinging ? .current : call.inTime(limit: limit) == false ? .failed : .done
        case "greet" where call.direction == .incoming:
            isRinging ? .current : call.greeted == false ? .failed : .done
        case "record", "purpose": call.demands.isEmpty ? (isRinging || call.isHeld ? .open : .current) : .done
        case "hold":
            call.holds.isEmpty ? .none : call.holds.contains { !$0.consent || $0.apology == false } ? .failed : .done
        case "resume": .current
        default: .open
        }
    }

    private func drawDemands(into grid: inout Grid, _ rect: Rect, y: inout Int, isFocused: Bool) {
        // The line to type in stays in sight, and what is selected.
        let room = max(0, rect.maxY - y - (rect.height < 16 ? 2 : 1))
        let first = min(pane.selected ?? .max, max(0, call.demands.count - room))
        for (index, demand) in call.demands.enumerated().dropFirst(first).prefix(room) {
            let row = Rect(x: rect.x + 2, y: y, width: rect.width - 2, height: 1)
            if index == pane.selected { grid.restyle(row) { $0.ground = isFocused ? .selected : .selectedUnfocused } }
            let request = demand.request.flatMap { context.estate.requests[$0] }
            let target = request.map { "\(context(Label("→ ", en: "→ ")))\(context($0.class.label))" } ?? ""
            let width = grid.measure.width(of: target)
            grid.put(
                [Span("\(index + 1) ", .key), Span(demand.text)],
                in: row.inset(left: 1, top: 0, right: width + 2, bottom: 0))
            grid.put(Line(target, .good), in: row.inset(horizontal: 1), align: .right)
            y += 1
        }
        guard call.answered != nil || call.direction == .outgoing, !call.isHeld, y < rect.maxY else { return }
        let row = Rect(x: rect.x + 3, y: y, width: rect.width - 3, height: 1)
        grid.put(Line("\(call.demands.count + 1)", .key), in: row)
        TextField(
            pane.input, placeholder: context(Label("逐条记录，Enter 记下一条", en: "one by one; Enter records it")),
            isFocused: isFocused && pane.selected == nil
        ).draw(into: &grid, rect: row.inset(left: 2, top: 0, right: 0, bottom: 0))
        y += 1
    }

    /// The phrases that fit the hour and the step.
    private var phrases: [String] {
        let hour = Int(context.clock(context.now).suffix(5).prefix(2)) ?? 12
        let greeting = hour < 11 ? "早上好" : hour < 18 ? "下午好" : "您好"
        let handbook = context.estate.handbook
        if call.isHeld { return handbook.phrases(in: .apology) }
        if call.answered == nil { return [greeting] + handbook.phrases(in: .greeting).prefix(1) }
        return handbook.phrases(in: .enquiry) + handbook.phrases(in: .consultation) + [
            handbook.calls.incoming.first { $0.id == "putonghua" }?.words(estate: context.estate.name) ?? ""
        ]
    }
}
