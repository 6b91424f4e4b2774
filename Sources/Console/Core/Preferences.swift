import Estate
import Screen

/// A staff member's view settings. Defaults are left out. Which tab a window shows is none of them: a console begins with
/// the first ones, the work, and not with a record that was last looked at.
struct Preferences: Codable, Equatable {
    var arrangement: Arrangement?
    /// The name of the window that has the whole screen.
    var zoomed: String?
    /// `false` if the mouse is left to the terminal.
    var mouse: Bool?
    /// Each list's settings, by the pane's name.
    var lists: [String: ListSettings] = [:]

    init() {}

    /// Each setting on its own: what cannot be read, or is missing, gets its default.
    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        func read<Value: Decodable>(_ key: CodingKeys) -> Value? { try? values.decode(Value.self, forKey: key) }
        (arrangement, zoomed, mouse) = (read(.arrangement), read(.zoomed), read(.mouse))
        lists = read(.lists) ?? [:]
    }
}

extension Preferences {
    /// Applies what has changed from `former` to `now`, so that terminals do not undo each other's changes.
    func applying(_ now: Preferences, since former: Preferences) -> Preferences {
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
        if arrangement != Windows.arrangement(for: context.member?.role) { preferences.arrangement = arrangement }
        if isZoomed { preferences.zoomed = focus }
        if !usesMouse { preferences.mouse = false }
        for window in windows {
            for pane in window.tabs.map(\.pane) where pane.settings != ListSettings() {
                preferences.lists[pane.name] = pane.settings
            }
        }
        return preferences
    }

    /// Applies stored preferences. Missing or invalid settings get their defaults.
    mutating func adopt(_ preferences: Preferences, _ context: Context) {
        let names = Set(windows.map(\.name))
        let standard = Windows.arrangement(for: context.member?.role)
        arrangement = preferences.arrangement?.valid(among: names) ?? standard
        focus = preferences.zoomed.flatMap { names.contains($0) ? $0 : nil } ?? arrangement.first
        isZoomed = focus == preferences.zoomed
        usesMouse = preferences.mouse ?? true
        for pane in panes {
            let settings = preferences.lists[pane.name] ?? ListSettings()
            _ = change(pane.name) { $0.apply(settings.valid(among: pane.columns.map(\.name)), context) }
        }
        storedPreferences = self.preferences(context)
    }

    /// The effect that stores changed preferences. A filter that is still being typed is not a change.
    mutating func changedPreferences(_ context: Context) -> [Effect] {
        // Until the preferences of a member who has just signed in were read there is nothing to compare with.
        guard let member = context.member, member.code == signedIn, let storedPreferences else { return [] }
        let now = preferences(context)
        if now == storedPreferences { return [] }
        self.storedPreferences = now
        return [.keepPreferences(now, since: storedPreferences, of: member.code)]
    }
}
