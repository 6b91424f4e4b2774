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
        refresh(context)
        if let cover = layers.lastIndex(where: { $0.hidesAll(context) }) {
            drawStatus(badges(context), into: &grid, context)
            drawLayers(from: cover, into: &grid, context)
        } else {
            keepPicture(in: grid, context)
            if let paneCache { grid = paneCache.grid }
            if !layers.isEmpty { drawLayers(from: 0, into: &grid, context) }
        }
        drawNotice(into: &grid, context)
    }

    private func drawLayers(from first: Int, into grid: inout Grid, _ context: Context) {
        for layer in layers[first...] { layer.draw(into: &grid, rect: grid.bounds, context) }
        KeyHints(hints(context)).draw(into: &grid, rect: grid.bounds.row(grid.size.height - 1))
    }

    /// Brings the kept picture up to date: all but the layers. `blank` is an empty picture of the same size.
    private mutating func keepPicture(in blank: Grid, _ context: Context) {
        let places = places
        let scenes = places.compactMap { scene(of: $0, isAlone: places.count == 1, context) }
        var cache = paneCache ?? PaneCache(member: signedIn, scenes: [], grid: blank)
        // Two references to the picture would copy it.
        paneCache = nil
        if !cache.fits(scenes, of: signedIn, in: blank) {
            cache = PaneCache(member: signedIn, scenes: [], grid: blank)
        }
        let last = cache.scenes
        let stale = scenes.indices.filter { last.isEmpty || last[$0] != scenes[$0] }
        if stale.contains(where: { scenes[$0].isFocused || !last.isEmpty && last[$0].isFocused }) {
            cache.grid.cursor = nil
        }
        cache.scenes = scenes
        for index in stale {
            if !last.isEmpty { cache.grid.clear(scenes[index].rect) }
            draw(&cache.scenes[index], into: &cache.grid, context)
        }
        keepBars(isAlone: places.count == 1, in: &cache, context)
        paneCache = cache
    }

    private func scene(
        of place: (window: String, rect: Rect), isAlone: Bool, _ context: Context
    ) -> PaneCache.Scene? {
        guard let index = windows.firstIndex(where: { $0.name == place.window }) else { return nil }
        return PaneCache.Scene(
            window: place.window, rect: isAlone ? place.rect.inset(top: 1) : place.rect,
            isFocused: layers.isEmpty && place.window == focus, key: context.keys.key(ofWindow: place.window),
            changes: windows[index].changes,
            second: windows[index].pane.ticks(context) ? context.start(of: .second) : nil)
    }

    private mutating func draw(_ scene: inout PaneCache.Scene, into grid: inout Grid, _ context: Context) {
        guard let index = windows.firstIndex(where: { $0.name == scene.window }) else { return }
        let heading = PaneHeading(window: windows[index], key: scene.key)
        windows[index].tabs[windows[index].current].pane.draw(
            into: &grid, rect: scene.rect, heading: heading, isFocused: scene.isFocused,
            context.since(scene.second == nil ? .minute : .second))
        scene.changes = windows[index].changes
    }

    private func keepBars(isAlone: Bool, in cache: inout PaneCache, _ context: Context) {
        if isAlone {
            let tabs = windowBar(context)
            if tabs.titles != cache.bar {
                cache.grid.clear(body.row(0))
                tabs.draw(into: &cache.grid, rect: body.row(0))
                cache.bar = tabs.titles
            }
        }
        let badges = badges(context)
        let status = PaneCache.Status(
            estate: context.estate.name, parked: parked.count,
            alarm: context.alarm, hub: context.hub, member: context.member, badges: badges, verifying: verifying,
            minute: context.start(of: .minute))
        if status != cache.status {
            drawStatus(badges, into: &cache.grid, context)
            cache.status = status
        }
        // Over the panes a layer shows hints of its own.
        guard layers.isEmpty else { return }
        let hints = hints(context)
        if hints != cache.hints {
            KeyHints(hints).draw(into: &cache.grid, rect: cache.grid.bounds.row(cache.grid.size.height - 1))
            cache.hints = hints
        }
    }

    /// The panes' items for the status bar, in the order of the windows.
    private func badges(_ context: Context) -> [Badge] {
        // What lies below a layer may be hidden.
        let inSight = layers.isEmpty ? arrangement.windows(in: body, focus: focus, alone: isZoomed) : []
        let shown = Windows.badges(for: context.member?.role)
        var badges: [Badge] = []
        // By index: a copy of each window would cost more than its badges.
        for window in windows.indices {
            let name = windows[window].name
            for tab in windows[window].tabs.indices {
                let isShown = tab == windows[window].current && inSight.contains(name)
                badges += windows[window].tabs[tab].pane.badges(context, inSight: isShown).filter {
                    $0.isUrgent || shown.contains(name)
                }
            }
        }
        return badges
    }

    private func drawStatus(_ badges: [Badge], into grid: inout Grid, _ context: Context) {
        let bar = grid.bounds.row(0)
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
        if let hub = context.hub {
            right.append(
                BarItem(Line(context(hub.label), hub.isGood ? .muted : .warning), priority: hub.isGood ? 2 : 6))
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
        let urgent = badges(context).first(where: \.isUrgent)
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
        let all = hints(of: focusedWindow.commands, context) + hints(of: Command.global, context)
        // Where two keys do the same now, the first is enough.
        return all.indices.filter { index in
            !all[..<index].contains { $0.isEnabled && $0.label == all[index].label }
        }.map { all[$0] }
    }

    private func hints(of commands: [Command], _ context: Context) -> [KeyHint] {
        commands.indices.compactMap { hint(of: commands[$0], context) }
    }

    private func hint(of command: Command, _ context: Context) -> KeyHint? {
        guard command.priority > 0, command.isPermitted(self, context) else { return nil }
        return context.keys.firstKey(of: command.name).map {
            KeyHint(
                $0, context(command.hint(self, context) ?? command.label), priority: command.priority,
                isEnabled: command.disabledReason(self, context) == nil,
                room: command.hints.reduce(0) { max($0, measure.width(of: context($1))) })
        }
    }
}

extension [Badge] {
    fileprivate func items(_ isIncluded: (Badge) -> Bool) -> [BarItem] {
        filter(isIncluded).map { BarItem($0.line, priority: $0.priority) }
    }
}
