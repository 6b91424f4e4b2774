import Estate
import Screen

extension Session {
    /// Draws the whole picture.
    mutating func draw(into grid: inout Grid, _ context: Context) {
        (size, measure) = (grid.size, grid.measure)
        if size.width < Arrangement.smallest.width || size.height < Arrangement.smallest.height {
            let need = "\(Arrangement.smallest.width)×\(Arrangement.smallest.height)"
            let words = context(Label("终端太小，请放大到 \(need) 以上", en: "too small: at least \(need) is needed"))
            grid.put(Line(words, .warning), in: grid.bounds.row(grid.size.height / 2), align: .centre)
            return
        }
        refreshPanesInSight(context)
        let cover = layers.lastIndex { $0.hidesAll(context) }
        if cover == nil { drawPanes(into: &grid, context) }
        drawStatus(into: &grid, context)
        for layer in layers[(cover ?? 0)...] { layer.draw(into: &grid, rect: grid.bounds, context) }
        drawNotice(into: &grid, context)
        KeyHints(hints(context)).draw(into: &grid, rect: grid.bounds.row(grid.size.height - 1))
    }

    private mutating func drawPanes(into grid: inout Grid, _ context: Context) {
        let places = places
        let scene = PaneCache.Scene(
            size: grid.size, measure: grid.measure, windows: places.map(\.window), rects: places.map(\.rect),
            focus: layers.isEmpty ? focus : nil, second: context.now.milliseconds / 1000)
        let isKept = paneCache?.scene == scene
        if isKept, let paneCache {
            grid = paneCache.grid
            grid.cursor = nil
            self.paneCache = nil
        }
        if places.count == 1, !isKept { windowBar(context).draw(into: &grid, rect: body.row(0)) }
        for place in places where !isKept || place.window == scene.focus {
            guard let index = windows.firstIndex(where: { $0.name == place.window }) else { continue }
            let rect = places.count == 1 ? place.rect.inset(left: 0, top: 1, right: 0, bottom: 0) : place.rect
            if isKept { grid.clear(rect) }
            let heading = PaneHeading(window: windows[index], key: context.keys.key(ofWindow: place.window))
            windows[index].tabs[windows[index].current].pane.draw(
                into: &grid, rect: rect, heading: heading, isFocused: place.window == scene.focus, context)
        }
        paneCache = PaneCache(scene: scene, grid: grid)
    }

    /// The panes' items for the status bar, in the order of the windows.
    private func badges(_ context: Context) -> [(window: String, badge: Badge)] {
        let inSight = Set(places.map(\.window))
        return windows.flatMap { window in
            window.tabs.enumerated().flatMap { index, tab in
                tab.pane.badges(context, inSight: index == window.current && inSight.contains(window.name))
            }.map { (window.name, $0) }
        }
    }

    private func drawStatus(into grid: inout Grid, _ context: Context) {
        let bar = grid.bounds.row(0)
        let shown = Windows.badges(for: context.member?.role)
        let badges = badges(context).filter { $0.badge.isUrgent || shown.contains($0.window) }.map(\.badge)
        var left = [BarItem(Line(context.estate.name, .strong.bold), priority: 9)]
        if let alarm = context.alarm {
            left.append(BarItem(Line(" \(context(alarm)) ", Style(.text, on: .danger, .bold)), priority: 10))
        }
        if let member = context.member, !isCovered(context) {
            left.append(
                BarItem([Span(context(member.role.label), .muted), " ", Span(member.name, .accent)], priority: 8))
            left += badges.items { $0.side == .left && !$0.isUrgent }
        }
        left += badges.items { $0.isUrgent }
        var right = badges.items { $0.side == .right && !$0.isUrgent }
        if let verifying {
            let done = "\(Int(verifying * 100))%"
            right += [
                BarItem(Line(context(Label("核对日志", en: "checking the journal")), .muted), priority: 6),
                BarItem(
                    Gauge(verifying).line(width: 8, grid.glyphs)
                        + Line(String(repeating: " ", count: 5 - done.count) + done, .strong), priority: 7),
            ]
        }
        right.append(
            BarItem(Line("\(context.today.short) \(context(context.today.weekdayLabel))", .muted), priority: 3))
        right.append(BarItem(clock(context), priority: 7))
        StatusBar(left: left, right: right, separator: Span("  ")).draw(into: &grid, rect: bar)
    }

    private func clock(_ context: Context) -> Line {
        Line(String(context.now.display(zone: context.estate.zone, language: context.language).suffix(5)), .strong)
    }

    /// Draws the notice between the member's name and the clock; a long one takes further rows below the bar.
    private func drawNotice(into grid: inout Grid, _ context: Context) {
        guard let notice, notice.until > context.now else { return }
        let bar = grid.bounds.row(0)
        var left: [BarItem] = []
        if let member = context.member, !isCovered(context) {
            left.append(BarItem([Span(context(member.role.label), .muted), " ", Span(member.name, .accent)]))
        }
        let urgent = badges(context).map(\.badge).first(where: \.isUrgent)
        let right = [urgent?.line, clock(context)].compactMap { $0 }
        StatusBar(left: left, right: right.map { BarItem($0) }).draw(into: &grid, rect: bar)
        func width(_ lines: [Line]) -> Int { lines.reduce(1) { $0 + $1.width(grid.measure) + 2 } }
        let style = notice.isError ? Style(.text, on: .danger, .bold) : Style(.good, on: .bar)
        let sign = notice.isError ? grid.glyphs.failed : grid.glyphs.done
        let text = Paragraph([Line("\(sign) \(notice.text)", style)])
        var place = grid.bounds.inset(left: left.isEmpty ? 0 : width(left.map(\.line)) - 1, right: width(right) - 1)
        place.height = text.height(width: place.width - 2, grid.measure)
        grid.clear(place, style: style)
        text.draw(into: &grid, rect: place.inset(horizontal: 1))
    }

    /// The bar above a single visible window: the windows on the role's keys.
    func windowBar(_ context: Context) -> Tabs {
        let windows = windowsOnKeys(context)
        let titles = windows.map { window in
            let key = context.keys.key(ofWindow: window.name)
            return Line([
                Span(key.isEmpty ? "" : "\(key) ", .key),
                Span(context(window.label), window.name == focus ? .strong : .muted),
            ])
        }
        return Tabs(titles, selection: windows.firstIndex { $0.name == focus } ?? 0)
    }

    /// The hints of the top layer, or else of the commands that the member's role may use. Those that cannot be used now
    /// are faint; help tells why.
    func hints(_ context: Context) -> [KeyHint] {
        if let layer = layers.last {
            return layer.hints(context).map { KeyHint(context.keys.name($0.key), $0.label, priority: $0.priority) }
        }
        return commands.filter { $0.priority > 0 && $0.isPermitted(context) }.compactMap { command in
            context.keys.names(of: command).first.map {
                KeyHint(
                    $0, context(command.label), priority: command.priority,
                    isEnabled: command.disabledReason(self, context) == nil)
            }
        }
    }
}

extension [Badge] {
    fileprivate func items(_ isIncluded: (Badge) -> Bool) -> [BarItem] {
        filter(isIncluded).map { BarItem($0.line, priority: $0.priority) }
    }
}
