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
    private func badges(_ context: Context) -> [Badge] {
        // What lies below a layer may be hidden.
        let inSight = layers.isEmpty ? Set(places.map(\.window)) : []
        return windows.flatMap { window in
            window.tabs.enumerated().flatMap { index, tab in
                tab.pane.badges(context, inSight: index == window.current && inSight.contains(window.name))
            }
        }
    }

    private func drawStatus(into grid: inout Grid, _ context: Context) {
        let bar = grid.bounds.row(0)
        let badges = badges(context)
        if let notice, notice.until > context.now {
            let style = notice.isError ? Style(.text, on: .danger, .bold) : Style(.good, on: .bar)
            grid.clear(bar, style: style)
            let sign = notice.isError ? grid.glyphs.failed : grid.glyphs.done
            grid.put(Line("\(sign) \(notice.text)", style), in: bar.inset(horizontal: 1))
            if let urgent = badges.first(where: \.isUrgent) { grid.put(urgent.line, in: bar, align: .right) }
            return
        }
        var left = [BarItem(Line(context.estate.name, .strong.bold), priority: 9)]
        if let alarm = context.alarm {
            left.append(BarItem(Line(" \(context(alarm)) ", Style(.text, on: .danger, .bold)), priority: 10))
        }
        if let member = context.member, !isCovered(context) {
            left.append(
                BarItem([Span(context(member.role.label), .muted), " ", Span(member.name, .accent)], priority: 8))
            left += badges.items { $0.side == .left && !$0.isUrgent }
        }
        if !parked.isEmpty {
            let key = context.keys.key(of: "drafts")
            left.append(
                BarItem(
                    Line(
                        context(Label("已存起 \(parked.count) \(key)", en: "set aside \(parked.count) \(key)")), .warning),
                    priority: 6)
            )
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
        let time = context.now.display(zone: context.estate.zone, language: context.language).suffix(5)
        right.append(
            BarItem(Line("\(context.today.short) \(context(context.today.weekdayLabel))", .muted), priority: 3))
        right.append(BarItem(Line(String(time), .strong), priority: 7))
        StatusBar(left: left, right: right, separator: Span("  ")).draw(into: &grid, rect: bar)
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

    /// The hints of the top layer, or else of the commands that can be used now.
    func hints(_ context: Context) -> [KeyHint] {
        if let layer = layers.last { return layer.hints(context) }
        return commands.filter { $0.priority > 0 && $0.disabledReason(self, context) == nil }.compactMap { command in
            context.keys.keys(of: command).first.map {
                KeyHint($0.description, context(command.label), priority: command.priority)
            }
        }
    }
}

extension [Badge] {
    fileprivate func items(_ isIncluded: (Badge) -> Bool) -> [BarItem] {
        filter(isIncluded).map { BarItem($0.line, priority: $0.priority) }
    }
}
