import Estate
import Screen

/// How a staff member wants to see things. What is as it comes is left out.
struct Preferences: Codable, Equatable {
    var arrangement: Arrangement?
    /// The pane that has the whole screen.
    var zoomed: String?
    /// `false` where the mouse is left to the terminal.
    var mouse: Bool?
    /// Each list's, by the pane's name.
    var lists: [String: ListSettings] = [:]
}

extension Preferences {
    /// These, with what was changed elsewhere: each terminal brings in only what was changed at it.
    func taking(over former: Preferences, to now: Preferences) -> Preferences {
        var merged = self
        if now.arrangement != former.arrangement { merged.arrangement = now.arrangement }
        if now.zoomed != former.zoomed { merged.zoomed = now.zoomed }
        if now.mouse != former.mouse { merged.mouse = now.mouse }
        for name in Set(now.lists.keys).union(former.lists.keys) where now.lists[name] != former.lists[name] {
            merged.lists[name] = now.lists[name]
        }
        return merged
    }
}

extension Session {
    func preferences(_ context: Context) -> Preferences {
        var preferences = Preferences()
        if arrangement != .of(context.member?.role) { preferences.arrangement = arrangement }
        if isZoomed { preferences.zoomed = focus }
        if !usesMouse { preferences.mouse = false }
        for pane in panes where pane.settings != ListSettings() { preferences.lists[pane.name] = pane.settings }
        return preferences
    }

    /// Everything comes to stand as the member who has signed in left it, on whatever terminal that was.
    mutating func adopt(_ preferences: Preferences, _ context: Context) {
        let names = Set(panes.map(\.name))
        arrangement = preferences.arrangement?.valid(among: names) ?? .of(context.member?.role)
        focus = preferences.zoomed.flatMap { names.contains($0) ? $0 : nil } ?? arrangement.first
        isZoomed = focus == preferences.zoomed
        usesMouse = preferences.mouse ?? true
        for index in panes.indices {
            let settings = preferences.lists[panes[index].name] ?? ListSettings()
            panes[index].settings = settings.valid(among: panes[index].columns.map(\.name))
        }
        kept = self.preferences(context)
    }

    /// Asks to keep what has changed; a filter that is still being typed has not.
    mutating func keepPreferences(_ context: Context) -> [Effect] {
        // Whoever has just signed in has brought their own.
        guard let member = context.member, member.code == signedIn, let kept else { return [] }
        let now = preferences(context)
        if now == kept { return [] }
        self.kept = now
        return [.keep(now, since: kept, of: member.code)]
    }
}
