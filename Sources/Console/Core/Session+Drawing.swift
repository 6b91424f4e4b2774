import Estate
import Screen

extension Session {
    /// The whole picture.
    mutating func draw(into grid: inout Grid, _ context: Context) {
        (size, measure) = (grid.size, grid.measure)
        if size.width < Arrangement.smallest.width || size.height < Arrangement.smallest.height {
            let need = "\(Arrangement.smallest.width)×\(Arrangement.smallest.height)"
            let words = context(Label("终端太小，请放大到 \(need) 以上", en: "too small: at least \(need) is needed"))
            grid.put(Line(words, .warning), in: grid.bounds.row(grid.size.height / 2), align: .centre)
            return
        }
        let cover = layers.lastIndex { $0.hidesAll(context) }
        if cover == nil { drawPanes(into: &grid, context) }
        drawStatus(into: &grid, context)
        for layer in layers[(cover ?? 0)...] { layer.draw(into: &grid, rect: grid.bounds, context) }
        KeyHints(hints(context)).draw(into: &grid, rect: grid.bounds.row(grid.size.height - 1))
    }

    private mutating func drawPanes(into grid: inout Grid, _ context: Context) {
        let places = places
        let scene = Backdrop.Scene(
            size: grid.size, measure: grid.measure, panes: places.map(\.pane), rects: places.map(\.rect),
            focus: layers.isEmpty ? focus : nil, second: context.now.milliseconds / 1000)
        let isKept = backdrop?.scene == scene
        if isKept, let backdrop {
            grid = backdrop.grid
            grid.cursor = nil
            self.backdrop = nil
        }
        if places.count == 1, !isKept { tabs(context).draw(into: &grid, rect: body.row(0)) }
        for place in places where !isKept || place.pane == scene.focus {
            guard let index = panes.firstIndex(where: { $0.name == place.pane }) else { continue }
            let rect = places.count == 1 ? place.rect.inset(left: 0, top: 1, right: 0, bottom: 0) : place.rect
            if isKept { grid.clear(rect) }
            panes[index].draw(
                into: &grid, rect: rect, number: index + 2, isFocused: place.pane == scene.focus, context)
        }
        backdrop = Backdrop(scene: scene, grid: grid)
    }

    private func drawStatus(into grid: inout Grid, _ context: Context) {
        let bar = grid.bounds.row(0)
        if let notice, notice.until > context.now {
            // What went well is said quietly; what did not must be seen.
            let style = notice.isTrouble ? Style(.text, on: .danger, .bold) : Style(.good, on: .bar)
            grid.clear(bar, style: style)
            let sign = notice.isTrouble ? grid.glyphs.failed : grid.glyphs.done
            grid.put(Line("\(sign) \(notice.text)", style), in: bar.inset(horizontal: 1))
            // Nothing that was done hides what has to be done at once.
            if let ring = ringOutOfSight(context) { grid.put(ring, in: bar, align: .right) }
            return
        }
        var left = [BarItem(Line(context.estate.name, .strong.bold), priority: 9)]
        if let alarm = context.alarm {
            left.append(BarItem(Line(" \(context(alarm)) ", Style(.text, on: .danger, .bold)), priority: 10))
        }
        if let member = context.member, !isCovered(context) {
            left.append(
                BarItem([Span(context(member.role.label), .muted), " ", Span(member.name, .accent)], priority: 8))
            if let shift = openShift(of: member, context) { left.append(shift) }
        }
        if let ring = ringOutOfSight(context) { left.append(BarItem(ring, priority: 9)) }
        var right: [BarItem] = []
        let visits = pane(ListPane<FollowUpList>.self)?.tally
        if let today = visits?.today, today > 0 {
            let words = Label("今日到期回访 \(today)", en: "due today \(today)")
            right.append(BarItem(Line(context(words), .warning), priority: 5))
        }
        if let overdue = visits?.overdue, overdue > 0 {
            right.append(BarItem(Line(context(Label("逾期 \(overdue)", en: "overdue \(overdue)")), .danger), priority: 6))
        }
        if let verifying {
            let done = "\(Int(verifying * 100))%"
            right += [
                BarItem(Line(context(Label("核对日志", en: "checking the journal")), .muted), priority: 6),
                BarItem(
                    Gauge(verifying).line(width: 8, grid.glyphs)
                        + Line(String(repeating: " ", count: 5 - done.count) + done, .strong), priority: 7),
            ]
        }
        let time = context.now.display(zone: context.estate.zone, language: context.language).suffix(5)
        right.append(
            BarItem(Line("\(context.today.short) \(context(context.today.weekdayLabel))", .muted), priority: 3))
        right.append(BarItem(Line(String(time), .strong), priority: 7))
        StatusBar(left: left, right: right, separator: Span("  ")).draw(into: &grid, rect: bar)
    }

    /// Where the member is on duty and since when; for somebody who is not, who is.
    private func openShift(of member: StaffMember, _ context: Context) -> BarItem? {
        let open = context.estate.gate.openShifts
        let isOwn = open.contains { $0.staff == member.code }
        guard let shift = open.last(where: { !isOwn || $0.staff == member.code }) else { return nil }
        let who = isOwn ? "" : " \(context.estate.staff.name(of: shift.staff))"
        let since = context.clock(shift.opened)
        return BarItem(
            [
                Span(context(Label("当班 ", en: "on duty ")), .muted), Span(shift.post + who, isOwn ? .text : .muted),
                Span(context(Label(" \(since) 起", en: " since \(since)")), .muted),
            ], priority: isOwn ? 4 : 2)
    }

    /// A call that rings and that no pane shows, in a word.
    private func ringOutOfSight(_ context: Context) -> Line? {
        guard let pane = pane(CallPane.self) else { return nil }
        let isShown = places.contains { $0.pane == pane.name }
        let shown = pane.call(context).flatMap { $0.isRinging && !isShown ? $0 : nil }
        guard let call = shown ?? pane.ringingElsewhere(context) else { return nil }
        let name = call.person.flatMap { context.estate.people.persons[$0]?.name } ?? call.phone?.masked ?? ""
        let key = context.keys.key(of: "focus.calls")
        let words = Label("响铃 \(name) \(key)", en: "rings: \(name) \(key)")
        return Line(" \(context(words)) ", Style(.text, on: .warning, .bold))
    }

    func tabs(_ context: Context) -> Tabs {
        let titles = panes.enumerated().map { index, pane in
            Line([Span("F\(index + 2)", .key), " ", Span(context(pane.label), pane.name == focus ? .strong : .muted)])
        }
        return Tabs(titles, selection: panes.firstIndex { $0.name == focus } ?? 0)
    }

    /// What the keys do now: the top layer's own hints, or those commands of the focused pane and the console that can be given.
    func hints(_ context: Context) -> [KeyHint] {
        if let layer = layers.last { return layer.hints(context) }
        return commands.filter { $0.priority > 0 && $0.whyNot(self, context) == nil }.compactMap { command in
            context.keys.keys(of: command).first.map {
                KeyHint($0.description, context(command.label), priority: command.priority)
            }
        }
    }
}
