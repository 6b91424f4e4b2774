import Estate

/// Carrying out intents: the one place in which commands, layers and panes change the session.
extension Session {
    mutating func perform(_ intents: [Intent], _ context: Context) -> [Effect] {
        var effects: [Effect] = []
        for intent in intents { effects += perform(intent, context) }
        if effects.contains(where: \.hasResult) { isAwaitingResult = true }
        return effects
    }

    private mutating func perform(_ intent: Intent, _ context: Context) -> [Effect] {
        switch intent {
        case .none: break
        case .several(let intents): return perform(intents, context)
        case .open(let layer): open(layer, context)
        case .fill(let request):
            if let question = request.question(context) { return perform(question, context) }
            open(FormLayer(request, context, recent: recentInput.texts(of: request.action)), context)
        case .say(let label, let isError): say(context(label), isError: isError, context)
        case .window(let name): showWindow(name, context)
        case .focus(let pane): focusPane(pane)
        case .focusNext(let step): focusNext(step, context)
        case .select(let ids): select(ids, context)
        case .record(let ids, let first, let otherwise):
            guard show(ids, first: first, context) else { return perform(otherwise, context) }
        case .show(let found):
            focusPane(found.pane)
            refresh(context)
            let layer = change(found.pane) { pane in
                pane.select(found.id, context)
                return pane.layer(showing: found.id)
            }
            if let layer = layer ?? nil { open(layer, context) }
        case .run(let name):
            if let command = commands.first(where: { $0.name == name }) { return run(command, context) }
        case .runOn(let name, let id, let pane):
            focusPane(pane)
            refresh(context)
            guard focused.lists(id), let command = commands.first(where: { $0.name == name }) else { break }
            select([id], context)
            return run(command, context)
        case .runAfter(let name, let id, let pane):
            focusPane(pane)
            refresh(context)
            _ = change(pane) { $0.handle(.resume(id), context) }
            if let command = commands.first(where: { $0.name == name }) { return run(command, context) }
        case .press(let key): return press(key, context)
        case .pane(let action, let name): _ = change(name) { $0.handle(action, context) }
        case .settings(let settings, let name): _ = change(name) { $0.apply(settings, context) }
        case .toggleZoom: isZoomed.toggle()
        case .toggleMouse: usesMouse.toggle()
        case .arrange(let arrangement?): self.arrangement = arrangement
        case .arrange(nil): (arrangement, isZoomed) = (Windows.arrangement(for: context.member?.role), false)
        case .signIn(let member): signIn(member)
        case .lock: lock(context)
        case .effect(.perform(let actions, let done, let then, let key)):
            let effect = Effect.perform(actions, done: done, then: then, key: key)
            // Nothing is asked about what is recorded already.
            if let key, context.holdsReceipt(for: key.text) { return [effect] }
            let member = context.member?.code ?? ""
            let questions = actions.map {
                $0.withCurrentNames(in: context.estate).confirmation(
                    in: context.estate, by: member, on: context.node, at: context.now)
            }
            guard let asked = questions.lazy.compactMap({ $0 }).first else { return [effect] }
            let agreed = zip(actions, questions).map { action, question in question?.agreed ?? action }
            // Refused before anything is asked. Only the first action is checked: later ones build on it.
            if let refusal = agreed[0].refusal(in: context.estate, by: member, on: context.node, at: context.now) {
                show(refusal, context)
                return []
            }
            open(
                ConfirmLayer(
                    question: asked.question, about: asked.facts, yes: asked.yes,
                    intent: .agreed(.perform(agreed, done: done, then: then, key: key)),
                    isStrict: true),
                context)
        case .effect(let effect), .agreed(let effect): return [effect]
        case .unpark: unpark(context)
        case .closeLayer: if !layers.isEmpty { layers.removeLast() }
        }
        return []
    }

    /// Focuses a window, or shows the next tab of the focused one. What is urgent or under way in a tab, such as a call,
    /// comes first: the key then always leads to that tab.
    private mutating func showWindow(_ name: String, _ context: Context) {
        guard let index = windows.firstIndex(where: { $0.name == name }) else { return }
        let urgent = windows[index].tabs.firstIndex {
            $0.pane.badges(context, inSight: false).contains(where: \.isUrgent)
        }
        if let first = urgent ?? windows[index].tabs.firstIndex(where: { $0.pane.busyReason(context) != nil }) {
            windows[index].current = first
        } else if name == focus, windows[index].tabs.count > 1 {
            windows[index].showNextTab()
        }
        focus = name
    }

    private mutating func focusPane(_ name: String) {
        for index in windows.indices {
            guard let tab = windows[index].tabs.firstIndex(where: { $0.pane.name == name }) else { continue }
            if windows[index].current != tab { windows[index].current = tab }
            focus = windows[index].name
        }
    }

    /// Focuses the next or previous window: of those in sight if there are several, else of those on the role's keys.
    private mutating func focusNext(_ step: Int, _ context: Context) {
        let inSight = places.map(\.window)
        let names = inSight.count > 1 ? inSight : windowsOnKeys(context).map(\.name)
        guard let index = names.firstIndex(of: focus) else { return }
        focus = names[(index + step + names.count) % names.count]
    }

    /// The windows on the role's function keys in their order; the focused one too, if it has none.
    func windowsOnKeys(_ context: Context) -> [Window] {
        let names = Windows.order(for: context.member?.role)
        return (names.contains(focus) ? names : names + [focus]).compactMap { name in
            windows.first { $0.name == name }
        }
    }

    /// Selects a record in the first pane that lists it; `false` if none does.
    private mutating func show(_ ids: [String], first: String, _ context: Context) -> Bool {
        let all = windows.flatMap { window in window.tabs.map { (window: window.name, pane: $0.pane.name) } }
        let sorted =
            all.filter { $0.pane == first } + all.filter { $0.pane != first && $0.window == first }
            + all.filter { $0.pane != first && $0.window != first }
        for (_, name) in sorted {
            // A pane out of sight may be behind.
            let listed = change(name) { pane in
                pane.refresh(context.since(.minute))
                return ids.first(where: pane.lists)
            }
            guard let id = listed ?? nil else { continue }
            layers.removeAll { $0 is any RowLayer }
            focusPane(name)
            refresh(context)
            select([id], context)
            return true
        }
        return false
    }

    /// Selects the first of some records that the focused pane lists.
    mutating func select(_ ids: [String], _ context: Context) {
        let pane = focused
        guard let id = ids.first(where: pane.lists) else { return }
        _ = change(pane.name) { $0.select(id, context) }
    }
}
