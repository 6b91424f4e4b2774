import Estate
import Screen

/// A window: one function key and one frame on the screen. It shows one of its tabs, each of them a pane.
struct Window: Sendable {
    struct Tab: Sendable {
        let label: Label
        var pane: any Pane
    }

    /// The name in preferences, arrangements and the key file (`focus.NAME`).
    let name: String
    let label: Label
    var tabs: [Tab]
    /// The index of the tab that is shown.
    var current = 0
    /// The commands of the tabs that work in the whole window.
    private let sharedCommands: [Command]

    init(_ name: String, _ label: Label, _ tabs: [(label: Label, pane: any Pane)]) {
        (self.name, self.label) = (name, label)
        self.tabs = tabs.map { Tab(label: $0.label, pane: $0.pane) }
        sharedCommands = tabs.flatMap { $0.pane.commands.filter(\.worksInWindow) }
    }

    /// A window with a single pane.
    init(_ pane: any Pane) { self.init(pane.name, pane.label, [(pane.label, pane)]) }

    /// The pane of the tab that is shown.
    var pane: any Pane { tabs[current].pane }

    /// The commands of a pane of the window, and those of its other tabs that work in the whole window.
    func commands(of pane: any Pane) -> [Command] {
        let own = pane.commands
        return own + sharedCommands.filter { shared in !own.contains { $0.name == shared.name } }
    }

    /// The pane whose form creates a record: the shown one or, if it has none, the first tab that has one.
    var creatingPane: (any Pane)? { ([pane] + tabs.map(\.pane)).first { $0.creates != nil } }

    mutating func showNextTab() { current = (current + 1) % tabs.count }
}

/// The title of a pane's frame: the window's key, its name and, if it has several, its tabs.
struct PaneHeading {
    let window: Window
    /// The window's key; empty if the role has none for it.
    let key: String

    /// `F5 门岗 来访·车辆·交接·巡逻 · 在场 3`, the current tab bold. In a narrow frame the tabs are shortened (`来访·…`) or left
    /// out before the summary and the trailing text are, but the focused window always shows that it has tabs.
    func line(
        _ summary: [Span], trailing: Line, isFocused: Bool, in rect: Rect, _ measure: TextWidth, _ context: Context
    ) -> Line {
        let strong: Style = isFocused ? .title : .strong
        let label = Span(context(window.label), strong)
        let tabs = window.tabs.enumerated().flatMap { index, tab in
            [
                Span(index == 0 ? "" : "·", .faint),
                Span(context(tab.label), index == window.current ? strong.bold : .muted),
            ]
        }
        let current = Span(context(window.tabs[window.current].label), strong.bold)
        let short = [current, Span("·…", .faint)]
        let plain = [window.current == 0 ? label : current]
        // If the window has the name of its first tab, the name is shown once.
        let name = window.label == window.tabs[0].label ? [] : [label, " "]
        let forms = window.tabs.count == 1 ? [plain] : [name + tabs, name + short, plain]
        let lines = forms.map { Line((key.isEmpty ? [] : [Span("\(key) ", .key)]) + $0 + summary) }
        // The frame takes three columns on each side, and three before the trailing text.
        let room = rect.width - 6 - (trailing.isEmpty ? 0 : trailing.width(measure) + 3)
        return lines.first { $0.width(measure) <= room } ?? lines[isFocused ? lines.count / 2 : lines.count - 1]
    }
}
