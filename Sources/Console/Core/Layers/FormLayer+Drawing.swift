import Estate
import Screen

extension FormLayer {
    func draw(into grid: inout Grid, rect screen: Rect, _ context: Context) {
        let asked = asked
        let labels = fields.map { context($0.description.label) + ($0.description.isRequired ? " *" : "") }
        let labelWidth = asked.map { grid.measure.width(of: labels[$0]) }.max() ?? 0
        let remarks = remarks(context)
        let lines = asked.count + asked.count { remarks[$0] != nil }
        let offered = min(fields[current].completions.count, max(1, screen.height - lines - 6))
        // Completions make the form grow downwards; its top stays in place.
        let base = min(screen.height - 2, lines + 4)
        let top = max(1, (screen.height - base - Completion.most) / 2)
        let height = min(screen.height - top - 1, base + offered)
        let popup = Popup(
            Frame(
                title: Line(context(title), .title),
                trailing: Line(context(Label("* 必填", en: "* required")), .muted), isFocused: true),
            size: Size(width: min(screen.width - 4, labelWidth + 68), height: height))
        let area = Rect(x: screen.x, y: screen.y + top, width: screen.width, height: height)
        popup.draw(into: &grid, rect: area)
        let inner = popup.inner(in: area)
        let body = inner.inset(left: 0, top: 0, right: 0, bottom: 1)
        // The current field and its remark are always in sight.
        let above = asked.prefix { $0 != current }.reduce(0) { $0 + (remarks[$1] == nil ? 1 : 2) }
        let below = 1 + (remarks[current] == nil ? 0 : 1) + offered
        var y = body.y - max(0, above + below - body.height)
        grid.clipped(to: body) { grid in
            for index in asked {
                let (field, row) = (fields[index], Rect(x: body.x, y: y, width: body.width, height: 1))
                draw(field, labels[index], labelWidth, into: &grid, row: row, isCurrent: index == current, context)
                y += 1
                let place = Rect(x: body.x + labelWidth + 2, y: y, width: body.width - labelWidth - 2, height: 1)
                if let remark = remarks[index] {
                    grid.put(remark, in: place)
                    y += 1
                }
                if index == current { y += drawCompletions(of: field, offered, into: &grid, place.moved(to: y)) }
            }
        }
        if let trouble { grid.put(Line("\(grid.glyphs.failed) \(trouble)", .danger), in: inner.row(inner.height - 1)) }
    }

    private func draw(
        _ field: FormField, _ label: String, _ labelWidth: Int, into grid: inout Grid, row: Rect, isCurrent: Bool,
        _ context: Context
    ) {
        grid.put(
            Line(label, isCurrent ? .accent : .muted),
            in: Rect(x: row.x, y: row.y, width: labelWidth, height: 1), align: .right)
        let place = row.inset(left: labelWidth + 2, top: 0, right: 0, bottom: 0)
        if field.isChoice {
            drawChoices(of: field, into: &grid, place, isCurrent: isCurrent, context)
        } else {
            TextField(field.input, isFocused: isCurrent).draw(into: &grid, rect: place)
            if let detail = field.taken?.detail, !detail.isEmpty {
                grid.put(Line(detail, .muted), in: place.inset(horizontal: 1), align: .right)
            } else if let understood = field.understood(context) {
                grid.put(Line("→ \(understood)", .good), in: place.inset(horizontal: 1), align: .right)
            }
        }
    }

    /// Draws the choices side by side. If there is no room, those before the chosen one are left out first.
    private func drawChoices(
        of field: FormField, into grid: inout Grid, _ place: Rect, isCurrent: Bool, _ context: Context
    ) {
        let texts = field.choices.enumerated().map { index, choice in
            " \(index == field.choice ? grid.glyphs.done : " ")\(context(choice.label)) "
        }
        let widths = texts.map { grid.measure.width(of: $0) }
        var first = 0
        while first < field.choice ?? 0, widths[first...].reduce(0, +) > place.width { first += 1 }
        // The cursor stands beside the choices.
        if isCurrent { grid.cursor = Point(x: place.x - 1, y: place.y) }
        var x = place.x
        for index in texts.indices.dropFirst(first) where x < place.maxX {
            let isChosen = index == field.choice
            let style: Style =
                isChosen ? Style(.strong, on: isCurrent ? .selected : .field, .bold) : isCurrent ? .text : .muted
            x += grid.put(Line(texts[index], style), in: Rect(x: x, y: place.y, width: place.maxX - x, height: 1))
        }
    }

    /// Draws the completions, one a row; returns the number of rows.
    private func drawCompletions(of field: FormField, _ count: Int, into grid: inout Grid, _ place: Rect) -> Int {
        let marked = field.completion ?? 0
        let width = field.completions.map { grid.measure.width(of: $0.text) }.max() ?? 0
        let first = max(0, min(marked - count + 1, field.completions.count - count))
        for (line, index) in (first..<min(first + count, field.completions.count)).enumerated() {
            let row = place.moved(to: place.y + line)
            if index == field.completion { grid.restyle(row) { $0.ground = .selected } }
            grid.put(
                [
                    Span(
                        grid.measure.pad(field.completions[index].text, to: width, align: .left),
                        index == field.completion ? .strong : .text),
                    "  ",
                    Span(field.completions[index].detail, .muted),
                ], in: row.inset(horizontal: 1))
        }
        return count
    }
}

extension Rect {
    fileprivate func moved(to y: Int) -> Rect { Rect(x: x, y: y, width: width, height: height) }
}
