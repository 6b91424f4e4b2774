import Estate
import Screen
import struct Journal.Moment

/// A patrol's buildings drawn side by side, each as high as it is.
///
///      ╭─ 1栋 ──╮
///     18层│ ✓ 02:14 │ ╭─ 2栋 ──╮
///     15层│ ✓ 02:17 │ │ ▸      │
///
/// What does not fit is scrolled to the selected point.
struct PatrolPicture {
    private let patrol: Patrol
    private let selection: Int?
    private let context: Context
    private let progress: PatrolProgress
    private let state: PatrolState
    private let flags: [String: [PatrolFlag]]
    private let missed: Set<String>
    private let board: PatrolBoard
    private let popup: Popup
    private let inner: Rect
    private let cellWidth: Int

    private static let (labelWidth, narrowest, widest) = (5, 11, 19)
    /// The rows below the buildings: a rule, the selected point, the missed points.
    private static let foot = 4

    init(_ patrol: Patrol, selection: Int?, in screen: Rect, _ context: Context) {
        (self.patrol, self.selection, self.context) = (patrol, selection, context)
        state = patrol.state(at: context.now, by: context.estate.handbook.patrols)
        progress = context.estate.progress(of: patrol, isUnderWay: state == .underway)
        missed = Set(progress.missed)
        flags = Dictionary(progress.marks.map { ($0.check.point, $0.flags) }) { $0 + $1 }
        // The frame takes two rows, the roofs and the ground two.
        let room = screen.height - 2 - 2 - 2 - PatrolPicture.foot
        let others = patrol.points.contains { PatrolPoint($0) == nil } ? 1 : 0
        board = PatrolBoard(patrol.points, buildings: context.estate.patrolBuildings, height: room - others)
        let columns = max(1, board.buildings.count)
        let space = min(screen.width - 4, 150) - 4 - PatrolPicture.labelWidth
        cellWidth = min(PatrolPicture.widest, max(PatrolPicture.narrowest, space / columns))
        let width = max(60, min(screen.width - 4, cellWidth * columns + PatrolPicture.labelWidth + 4))
        let height = min(screen.height - 2, board.floors.count + 2 + others + PatrolPicture.foot + 2)
        popup = PatrolPicture.popup(
            patrol, progress, state, context, size: Size(width: width, height: max(10, height)))
        inner = popup.inner(in: screen)
    }

    private static func popup(
        _ patrol: Patrol, _ progress: PatrolProgress, _ state: PatrolState, _ context: Context, size: Size
    ) -> Popup {
        let count = patrol.points.isEmpty ? "\(progress.count)" : "\(progress.count)/\(patrol.points.count)"
        let since = context.clock(patrol.started)
        let clock = Label("\(since) 起  \(count) 点", en: "since \(since)  \(count)")
        let style: Style = state == .underway ? .accent : state == .finished ? .good : .danger
        return Popup(
            title: [
                Span(context(.patrolTitle), .title), Span(" · ", .faint), Span(patrol.route, .strong),
                Span("  \(context.estate.staff.name(of: patrol.by))  ", .muted), Span(context(state.label), style),
            ], trailing: Line(context(clock), .muted), size: size)
    }

    /// What a screen reader hears first.
    var heading: [String] {
        [popup.frame.title.text + "，" + popup.frame.trailing.text] + (progress.missed.isEmpty ? [] : [missedWords])
    }

    // MARK: Scrolling

    private var visibleColumns: Range<Int> {
        let count = max(1, (inner.width - PatrolPicture.labelWidth) / cellWidth)
        let selected = selection.flatMap { board.place(of: $0)?.column } ?? 0
        let first = max(0, min(selected - count / 2, board.buildings.count - count))
        return first..<min(board.buildings.count, first + count)
    }

    private var visibleRows: Range<Int> {
        let count = max(1, inner.height - 2 - PatrolPicture.foot - (board.others.isEmpty ? 0 : 1))
        let selected = selection.flatMap { board.place(of: $0)?.row } ?? 0
        let first = max(0, min(selected - count / 2, board.floors.count - count))
        return first..<min(board.floors.count, first + count)
    }

    /// The left edges of the points outside the buildings, in one row.
    private func otherPlaces(_ measure: TextWidth) -> [(index: Int, x: Int, width: Int)] {
        var x = inner.x
        let all = board.others.map { index in
            let width = measure.width(of: otherWords(index)) + 2
            defer { x += width + 1 }
            return (index: index, x: x, width: width)
        }
        // The selected one comes into view.
        let end = all.first { $0.index == selection }.map { $0.x + $0.width } ?? 0
        let shift = max(0, end - inner.maxX)
        return all.map { ($0.index, $0.x - shift, $0.width) }
    }

    private func otherWords(_ index: Int) -> String {
        let time = progress.reached[board.points[index]].map { " " + clock($0) } ?? ""
        return "  \(board.points[index])\(time)"
    }

    /// The point at a place of the screen.
    func point(at place: Point) -> Int? {
        let rows = visibleRows
        if place.y == inner.y + rows.count + 2 {
            return otherPlaces(TextWidth()).first { (0..<$0.width).contains(place.x - $0.x) }?.index
        }
        let row = place.y - inner.y - 1
        let column = (place.x - inner.x - PatrolPicture.labelWidth) / cellWidth
        guard rows.indices.contains(rows.lowerBound + row), place.x >= inner.x + PatrolPicture.labelWidth,
            visibleColumns.contains(visibleColumns.lowerBound + column)
        else { return nil }
        return board.buildings[visibleColumns.lowerBound + column].points[rows.lowerBound + row]
    }

    // MARK: Drawing

    func draw(into grid: inout Grid, rect: Rect) {
        popup.draw(into: &grid, rect: rect)
        drawBuildings(into: &grid)
        var below = visibleRows.isEmpty ? 0 : visibleRows.count + 2
        if !board.others.isEmpty {
            for (index, x, width) in otherPlaces(grid.measure) {
                let place = Rect(x: x, y: inner.y + below, width: width, height: 1)
                draw(index, with: otherWords(index).trimmed, in: place.intersection(inner), into: &grid)
            }
            below += 1
        }
        let foot = inner.inset(top: inner.height - PatrolPicture.foot)
        grid.horizontalRule(foot.row(0), style: Style(.faint))
        grid.put(selectedLine(grid.glyphs), in: foot.row(1))
        if !progress.missed.isEmpty {
            Paragraph(missedWords, .danger).draw(into: &grid, rect: foot.inset(top: 2))
        } else if let next = progress.next, state == .underway {
            grid.put(
                [
                    Span(context(Label("下一点 ", en: "next ")), .muted), Span(grid.glyphs.current + " ", .accent),
                    Span(next, .text),
                ], in: foot.row(2))
        }
    }

    private func drawBuildings(into grid: inout Grid) {
        let (rows, columns) = (visibleRows, visibleColumns)
        if rows.isEmpty { return }
        for (y, row) in rows.enumerated() {
            let floor = board.floors[row]
            let word = floor == 0 ? Label("大堂", en: "lobby") : Label("\(floor)层", en: "\(floor)F")
            let label = Rect(x: inner.x, y: inner.y + 1 + y, width: PatrolPicture.labelWidth - 1, height: 1)
            grid.put(Line(context(word), .faint), in: label, align: .right)
        }
        for (x, column) in columns.enumerated() {
            let building = board.buildings[column]
            let left = inner.x + PatrolPicture.labelWidth + x * cellWidth
            let top = max(0, building.top - rows.lowerBound)
            let isDone = building.points.values.allSatisfy { progress.reached[board.points[$0]] != nil }
            let body = Rect(
                x: left, y: inner.y + top, width: cellWidth - 1, height: rows.count - top + 2)
            // The roof of a building that is higher than the picture is left out.
            grid.box(body, style: Style(isDone ? .good : .frame))
            let name = body.row(0).inset(horizontal: 2)
            grid.put(Line(" \(building.name) ", isDone ? .good.bold : .strong), in: name, align: .centre)
            for (y, row) in rows.enumerated() {
                guard let index = building.points[row] else { continue }
                let place = Rect(x: left + 1, y: inner.y + 1 + y, width: cellWidth - 3, height: 1)
                let words = progress.reached[board.points[index]].map { clock($0) } ?? ""
                draw(index, with: words, in: place, into: &grid)
            }
        }
    }

    /// A point: its mark, the words, and in short what is unusual.
    private func draw(_ index: Int, with words: String, in place: Rect, into grid: inout Grid) {
        let point = board.points[index]
        let isReached = progress.reached[point] != nil
        let isMissed = missed.contains(point)
        let mark: Span =
            isReached
            ? Span(grid.glyphs.done, .good)
            : isMissed
                ? Span(grid.glyphs.failed, .danger)
                : point == progress.next && state == .underway
                    ? Span(grid.glyphs.current, .accent.bold) : Span(grid.glyphs.none, .faint)
        let remarks = PatrolFlag.allCases.filter { flags[point]?.contains($0) ?? false }
        // The narrowest cell holds a mark, the time and one sign.
        let gap = remarks.isEmpty || place.width > 8 ? " " : ""
        var line: Line = [mark, Span(gap + words, isReached ? .text : isMissed ? .danger : .muted)]
        if isMissed, words.isEmpty { line = [mark, Span(context(Label(" 漏", en: " missed")), .danger)] }
        if let remark = remarks.first {
            let isWide = place.width >= 16
            line.spans.append(Span((isWide ? " " : "") + remark.short(isWide: isWide, context), .warning))
        }
        if index == selection {
            grid.clear(place, style: Style(.text, on: .selected))
            line = Line(line.spans.map { Span($0.text, $0.style.on(.selected)) })
        }
        grid.put(line, in: place)
    }

    // MARK: Words

    private func clock(_ moment: Moment) -> String { String(context.clock(moment).suffix(5)) }

    private var missedWords: String {
        let names = Patrols.named(progress.missed)
        return context(
            Label("漏 \(progress.missed.count) 点：\(names)", en: "\(progress.missed.count) missed: \(names)"))
    }

    private func selectedLine(_ glyphs: Glyphs) -> Line {
        guard let selection, board.points.indices.contains(selection) else {
            return Line(context(Label("没有规定点位：F8 打点", en: "no points are set: F8 records one")), .muted)
        }
        return [Span(board.points[selection], .strong), Span("  \(words(of: selection, progress))", .text)]
    }

    /// 02:14 过快, 下一点, 漏: the state of a point in words.
    func words(of index: Int, _ progress: PatrolProgress) -> String {
        let point = board.points[index]
        if progress.reached[point] != nil {
            let marks = progress.marks.filter { $0.check.point == point }
            return marks.map { mark in
                let flags = mark.flags.map { context($0.label) }
                return ([clock(mark.check.at), context.estate.staff.name(of: mark.check.by)] + flags)
                    .joined(separator: " ")
            }.joined(separator: "  ")
        }
        if missed.contains(point) { return context(Label("漏了", en: "missed")) }
        return context(point == progress.next ? Label("下一点", en: "next") : Label("还没到", en: "still to come"))
    }
}

extension PatrolFlag {
    /// One sign for a narrow cell, two or three words for a wide one.
    fileprivate func short(isWide: Bool, _ context: Context) -> String {
        if isWide { return context(label) }
        switch self {
        case .outOfOrder: return context(Label("序", en: "o"))
        case .tooFast: return context(Label("快", en: "f"))
        case .repeated: return context(Label("重", en: "r"))
        case .unlisted: return context(Label("外", en: "x"))
        }
    }
}

extension Label {
    fileprivate static let patrolTitle = Label("巡逻", en: "Patrol")
}
