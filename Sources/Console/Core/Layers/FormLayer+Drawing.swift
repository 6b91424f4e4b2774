import Estate
import Screen

extension FormLayer {
    /// Where the parts of the form stand on a screen.
    struct Places {
        let popup: Rect
        let inner: Rect
        /// The title, if it is too long for the frame.
        let header: Rect
        /// The fields and their completions; the row below is for what concerns no single field.
        let body: Rect
        let labelWidth: Int
        /// The rows of the asked fields, by their indices, and the places of their remarks; they may lie outside the body.
        var fields: [(index: Int, row: Rect, remark: Rect)] = []
        /// The place of the completions in sight, and the index of the first.
        var completions = Rect(x: 0, y: 0, width: 0, height: 0)
        var firstCompletion = 0
        /// The place of what the action would come to, below the fields.
        var outlook = Rect(x: 0, y: 0, width: 0, height: 0)
    }

    func places(in screen: Rect, _ measure: TextWidth, _ remarks: [Int: Line], _ context: Context) -> Places {
        let asked = asked
        let labelWidth = asked.map { measure.width(of: label(of: $0, context)) }.max() ?? 0
        let width = min(screen.width - 4, labelWidth + 68)
        // A remark is read in full.
        let heights = remarks.mapValues { Paragraph([$0]).height(width: width - labelWidth - 6, measure) }
        func rowCount(of index: Int) -> Int { 1 + heights[index, default: 0] }
        let lines = asked.reduce(0) { $0 + rowCount(of: $1) }
        let words = Line(context(title), .title)
        let header =
            words.width(measure) <= width - 6
            ? 0 : min(Paragraph([words]).height(width: width - 4, measure), screen.height / 3)
        // Completions make the form grow downwards; its top stays in place.
        let base = min(screen.height - 2, header + lines + 4)
        // A line stands above the outlook.
        let rows = outlook(context).count
        let wanted = rows == 0 ? 0 : rows + 1
        let top = max(1, (screen.height - base - wanted - 6) / 2)
        let count = fields[current].completions.count
        let beside = fields[current].numberedPlaces(width: width - labelWidth - 6, measure)
        let offered = min(beside.last.map { $0.y + 1 } ?? count, max(1, screen.height - top - 1 - base))
        let height = min(screen.height - top - 1, base + offered + wanted)
        let below = max(0, height - base - offered)
        let area = Rect(x: screen.x, y: screen.y + top, width: screen.width, height: height)
        let popup = area.centred(Size(width: width, height: height))
        let inner = popup.inset(horizontal: 2, vertical: 1)
        var places = Places(
            popup: popup, inner: inner, header: inner.inset(bottom: inner.height - header),
            body: inner.inset(top: header, bottom: 1 + below), labelWidth: labelWidth)
        places.outlook = inner.inset(top: inner.height - 1 - below, bottom: 1)
        // The current field and its remark are always in sight.
        let above = asked.prefix { $0 != current }.reduce(0) { $0 + rowCount(of: $1) }
        let own = rowCount(of: current) + offered
        var y = places.body.y - max(0, above + own - places.body.height)
        for index in asked {
            let row = Rect(x: inner.x, y: y, width: inner.width, height: 1)
            let remark = row.inset(left: labelWidth + 2)
            places.fields.append(
                (index, row, Rect(x: remark.x, y: y + 1, width: remark.width, height: rowCount(of: index) - 1)))
            y += rowCount(of: index)
            guard index == current else { continue }
            let marked = fields[current].completion ?? 0
            places.firstCompletion = beside.isEmpty ? max(0, min(marked - offered + 1, count - offered)) : 0
            places.completions = Rect(x: inner.x, y: y, width: inner.width, height: offered).inset(left: labelWidth + 2)
            y += offered
        }
        return places
    }

    private func label(of index: Int, _ context: Context) -> String {
        context(fields[index].description.label) + (fields[index].description.isRequired ? " *" : "")
    }

    func draw(into grid: inout Grid, rect screen: Rect, _ context: Context) {
        let remarks = remarks(context)
        let places = places(in: screen, grid.measure, remarks, context)
        let heading = Line(context(title), .title)
        Popup(
            title: places.header.isEmpty ? heading : Line(context(action.label), .title),
            trailing: Line(context(Label("* 必填", en: "* required")), .muted), size: places.popup.size
        ).draw(into: &grid, rect: places.popup)
        grid.clipped(to: places.header) { Paragraph([heading]).draw(into: &$0, rect: places.header) }
        grid.clipped(to: places.body) { grid in
            for (index, row, below) in places.fields {
                let place = row.inset(left: places.labelWidth + 2)
                draw(
                    fields[index], label(of: index, context), into: &grid, row, place, isCurrent: index == current,
                    context)
                if let remark = remarks[index] { Paragraph([remark]).draw(into: &grid, rect: below) }
            }
            drawCompletions(into: &grid, places)
        }
        drawOutlook(into: &grid, places.outlook, context)
        let last = places.inner.row(places.inner.height - 1)
        let count = fields[current].completions.count
        if let trouble {
            grid.put(Line("\(grid.glyphs.failed) \(trouble)", .danger), in: last)
        } else if count > places.completions.height, !fields[current].offersAll {
            let more = count == Completion.most ? "+" : ""
            let place = fields[current].completion.map { "\($0 + 1)/\(count)\(more)" }
            let words =
                place.map { Label("候选 第 \($0)  ↑↓ PgUp PgDn", en: "suggestion \($0)  ↑↓ PgUp PgDn") }
                ?? Label("候选 \(count)\(more) 项  ↑↓ PgUp PgDn", en: "\(count)\(more) suggestions  ↑↓ PgUp PgDn")
            grid.put(Line(context(words), .muted), in: last, align: .right)
        }
    }

    // MARK: Mouse

    /// A click on a field goes there and sets the caret, or chooses; on a suggestion it takes it. The wheel goes through
    /// the suggestions. Anywhere else the mouse does nothing.
    mutating func handle(_ mouse: Mouse, in rect: Rect, _ measure: TextWidth, _ context: Context) -> LayerResult {
        switch mouse.action {
        case .wheelUp, .wheelDown:
            if !fields[current].completions.isEmpty { fields[current].highlight(mouse.action == .wheelUp ? -1 : 1) }
        case .press(.left):
            click(at: mouse.position, places(in: rect, measure, remarks(context), context), measure, context)
        default: break
        }
        return .handled()
    }

    private mutating func click(at point: Point, _ places: Places, _ measure: TextWidth, _ context: Context) {
        guard places.body.contains(point) else { return }
        stay()
        if places.completions.contains(point) {
            let beside = numberedPlaces(places, measure)
            let index = places.firstCompletion + point.y - places.completions.y
            guard let hit = beside.isEmpty ? index : beside.firstIndex(where: { $0.contains(point) }) else { return }
            fields[current].highlight(at: hit)
            _ = handle(.key(.enter), context)
        } else if let (index, row, _) = places.fields.first(where: { $0.row.contains(point) }) {
            let place = row.inset(left: places.labelWidth + 2)
            let field = TextField(fields[index].input, isFocused: index == current)
            if index != current {
                leave(context)
                enter(index, context)
            }
            if fields[index].isChoice {
                let choices = choicePlaces(
                    of: fields[index], place, Glyphs(measure), measure, isCurrent: index == current, context)
                if let choice = choices.first(where: { $0.place.contains(point) }) { choose(at: choice.index) }
            } else if place.contains(point) {
                fields[index].input = field.clicked(at: point, in: place, measure)
            }
        }
    }

    private func draw(
        _ field: FormField, _ label: String, into grid: inout Grid, _ row: Rect, _ place: Rect, isCurrent: Bool,
        _ context: Context
    ) {
        let labelPlace = row.inset(right: row.maxX - place.x + 2)
        grid.put(Line(label, isCurrent ? .accent : .muted), in: labelPlace, align: .right)
        if field.isChoice {
            drawChoices(of: field, into: &grid, place, isCurrent: isCurrent, context)
        } else {
            TextField(field.input, isFocused: isCurrent).draw(into: &grid, rect: place)
            if let detail = field.taken?.detail, !detail.isEmpty {
                grid.put(Line(detail, .muted), in: place.inset(horizontal: 1), align: .right)
            } else if let understood = field.understood(context) {
                grid.put(Line("→ \(understood)", .good), in: place.inset(horizontal: 1), align: .right)
            } else if isCurrent, field.description.type.isList {
                let words = Line(context(.several), .faint)
                let room = place.inset(left: grid.measure.width(of: field.input.text) + 2, right: 1)
                if words.width(grid.measure) <= room.width { grid.put(words, in: room, align: .right) }
            } else if field.isUnread(context) {
                grid.put(Line("→ ?", .warning), in: place.inset(horizontal: 1), align: .right)
            }
        }
    }

    /// The choices side by side. If there is no room, those before the chosen one are left out first.
    private func choicePlaces(
        of field: FormField, _ place: Rect, _ glyphs: Glyphs, _ measure: TextWidth, isCurrent: Bool, _ context: Context
    ) -> [(index: Int, text: String, place: Rect)] {
        let texts = field.choices.enumerated().map { index, choice in
            // Where keys go, each has the digit that chooses it.
            let digit = isCurrent ? field.digit(of: index) : nil
            return " \(index == field.choice ? glyphs.done : digit ?? " ")\(context(choice.label)) "
        }
        let widths = texts.map { measure.width(of: $0) }
        var first = 0
        while first < field.choice ?? 0, widths[first...].reduce(0, +) > place.width { first += 1 }
        var x = place.x
        return texts.indices.dropFirst(first).map { index in
            defer { x += widths[index] }
            return (index, texts[index], Rect(x: x, y: place.y, width: min(widths[index], place.maxX - x), height: 1))
        }
    }

    private func drawChoices(
        of field: FormField, into grid: inout Grid, _ place: Rect, isCurrent: Bool, _ context: Context
    ) {
        // The cursor stands beside the choices.
        if isCurrent { grid.cursor = Point(x: place.x - 1, y: place.y) }
        for (index, text, place) in choicePlaces(
            of: field, place, grid.glyphs, grid.measure, isCurrent: isCurrent, context)
        {
            let style: Style =
                index == field.choice
                ? Style(.strong, on: isCurrent ? .selected : .field, .bold) : isCurrent ? .text : .muted
            grid.put(Line(text, style), in: place)
        }
    }

    /// Draws what the action would come to, below a line; the last row in sight says how many are not.
    private func drawOutlook(into grid: inout Grid, _ area: Rect, _ context: Context) {
        let rows = outlook(context)
        guard area.height > 1, !rows.isEmpty else { return }
        grid.horizontalRule(area.row(0), style: Style(.frame))
        let inSight = rows.count > area.height - 1 ? max(0, area.height - 2) : rows.count
        let tables = rows.filter { $0.cells.count > 1 }
        let widths = (0..<(tables.map(\.cells.count).max() ?? 0)).map { column in
            tables.map { $0.cells.indices.contains(column) ? grid.measure.width(of: context($0.cells[column])) : 0 }
                .max() ?? 0
        }
        for (index, row) in rows.prefix(inSight).enumerated() {
            let tone: Tone = row.weight == .strong ? .strong : row.weight == .faint ? .muted : .text
            let texts = row.cells.enumerated().map { column, cell in
                row.cells.count == 1 ? context(cell) : grid.measure.pad(context(cell), to: widths[column])
            }
            grid.put(Line(texts.joined(separator: "  "), Style(tone)), in: area.row(index + 1))
        }
        if inSight < rows.count {
            let words = Label("… 另 \(rows.count - inSight) 行", en: "… \(rows.count - inSight) more")
            grid.put(Line(context(words), .muted), in: area.row(area.height - 1))
        }
    }

    /// Draws the completions in sight, one a row, with a scroll bar if there are more.
    private func drawCompletions(into grid: inout Grid, _ places: Places) {
        if fields[current].offersAll { return drawNumbered(into: &grid, places) }
        let (field, area) = (fields[current], places.completions)
        let shown = field.completions.dropFirst(places.firstCompletion).prefix(area.height)
        let width = shown.map { grid.measure.width(of: $0.text) }.max() ?? 0
        for (index, completion) in zip(shown.indices, shown) {
            let row = area.row(index - places.firstCompletion)
            let isHighlighted = index == field.completion
            if isHighlighted { grid.restyle(row) { $0.ground = .selected } }
            grid.put(
                [
                    Span(grid.measure.pad(completion.text, to: width), isHighlighted ? .strong : .text), "  ",
                    Span(completion.detail, .muted),
                ], in: row.inset(horizontal: 1))
        }
        ScrollBar(total: field.completions.count, offset: places.firstCompletion, visible: area.height)
            .draw(into: &grid, rect: Rect(x: area.maxX - 1, y: area.y, width: 1, height: area.height))
    }
}
