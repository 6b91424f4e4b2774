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

    init(_ name: String, _ label: Label, _ tabs: [(label: Label, pane: any Pane)]) {
        (self.name, self.label) = (name, label)
        self.tabs = tabs.map { Tab(label: $0.label, pane: $0.pane) }
    }

    /// A window with a single pane.
    init(_ pane: any Pane) { self.init(pane.name, pane.label, [(pane.label, pane)]) }

    /// The pane of the tab that is shown.
    var pane: any Pane { tabs[current].pane }

    mutating func showNextTab() { current = (current + 1) % tabs.count }
}

/// The title of a pane's frame: the window's key, its name and, if it has several, its tabs.
struct PaneHeading {
    let window: Window
    /// The window's key; empty if the role has none for it.
    let key: String

    /// ` F5 门岗 来访·车辆·交接·巡逻 · 在场 3`: the current tab stands out. Without the focus, tabs that leave no room for
    /// the summary are left out.
    func line(_ summary: [Span], isFocused: Bool, in rect: Rect, _ measure: TextWidth, _ context: Context) -> Line {
        let full = Line(name(isFocused, all: true, context) + summary)
        // The frame's corners, rules and blanks take three columns on each side.
        if isFocused || full.width(measure) <= rect.width - 6 { return full }
        return Line(name(isFocused, all: false, context) + summary)
    }

    private func name(_ isFocused: Bool, all: Bool, _ context: Context) -> [Span] {
        let strong: Style = isFocused ? .title : .strong
        let spans = key.isEmpty ? [] : [Span(key, .key), Span(" ")]
        let tab = window.tabs[window.current].label
        if window.tabs.count == 1 { return spans + [Span(context(window.label), strong)] }
        if !all { return spans + [Span(context(window.current == 0 ? window.label : tab), strong)] }
        // A window that is called as its first tab is named once.
        let label = window.label == window.tabs[0].label ? [] : [Span(context(window.label) + " ", strong)]
        let tabs = window.tabs.enumerated().flatMap { index, tab in
            [
                Span(index == 0 ? "" : "·", .faint),
                Span(context(tab.label), index == window.current ? strong.bold : .muted),
            ]
        }
        return spans + label + tabs
    }
}
