import Estate
import Screen

/// A window: one function key and one frame on the screen. It shows one of its tabs, each of them a pane.
struct Window: Sendable {
    struct Tab: Sendable {
        let label: Label
        /// The pane's commands, and those of the other tabs that work in the whole window.
        let commands: [Command]
        var pane: any Pane
        /// What the pane's contents were made of; `nil` before the first refresh.
        var basis: PaneBasis?
    }

    /// The name in preferences, arrangements and the key file (`focus.NAME`).
    let name: String
    let label: Label
    var tabs: [Tab] { didSet { changes &+= 1 } }
    /// The index of the tab that is shown.
    var current = 0 { didSet { changes &+= 1 } }
    /// Counts whatever may change the picture.
    private(set) var changes = 0

    init(_ name: String, _ label: Label, _ tabs: [(label: Label, pane: any Pane)]) {
        (self.name, self.label) = (name, label)
        let own = tabs.map(\.pane.commands)
        let shared = own.joined().filter(\.worksInWindow)
        self.tabs = zip(tabs, own).map { tab, own in
            let others = shared.filter { shared in !own.contains { $0.name == shared.name } }
            return Tab(label: tab.label, commands: own + others, pane: tab.pane)
        }
    }

    /// A window with a single pane.
    init(_ pane: any Pane) { self.init(pane.name, pane.label, [(pane.label, pane)]) }

    /// The pane of the tab that is shown.
    var pane: any Pane { tabs[current].pane }

    /// The commands of the tab that is shown.
    var commands: [Command] { tabs[current].commands }

    /// The pane whose form creates a record: the shown one or, if it has none, the first tab that has one.
    var creatingPane: (any Pane)? { ([pane] + tabs.map(\.pane)).first { $0.creates != nil } }

    mutating func showNextTab() { current = (current + 1) % tabs.count }
}

/// The title of a pane's frame: the window's key, its name and, if it has several, its tabs.
struct PaneHeading {
    private let label: Label
    private let tabs: [Label]
    private let current: Int
    /// The window's key; empty if the role has none for it.
    private let key: String

    init(window: Window, key: String) {
        (label, tabs, current, self.key) = (window.label, window.tabs.map(\.label), window.current, key)
    }

    /// `F5 门岗 来访·车辆·交接·巡逻 · 在场 3`, the current tab bold. In a narrow frame the tabs are shortened (`来访·…`) or left
    /// out before the summary and the trailing text are, but the focused window always shows that it has tabs.
    func line(
        _ summary: [Span], trailing: Line, isFocused: Bool, in rect: Rect, _ measure: TextWidth, _ context: Context
    ) -> Line {
        let strong: Style = isFocused ? .title : .strong
        let title = Span(context(label), strong)
        let names = tabs.enumerated().flatMap { index, tab in
            [Span(index == 0 ? "" : "·", .faint), Span(context(tab), index == current ? strong.bold : .muted)]
        }
        let shown = Span(context(tabs[current]), strong.bold)
        let short = [shown, Span("·…", .faint)]
        let plain = [current == 0 ? title : shown]
        // If the window has the name of its first tab, the name is shown once.
        let name = label == tabs[0] ? [] : [title, " "]
        let forms = tabs.count == 1 ? [plain] : [name + names, name + short, plain]
        let lines = forms.map { Line((key.isEmpty ? [] : [Span("\(key) ", .key)]) + $0 + summary) }
        // The frame takes three columns on each side, and three before the trailing text.
        let room = rect.width - 6 - (trailing.isEmpty ? 0 : trailing.width(measure) + 3)
        if let line = lines.first(where: { $0.width(measure) <= room }) { return line }
        // A figure is shown whole or not at all. An item of the summary begins with a span that begins with a blank.
        var line = lines[isFocused ? lines.count / 2 : lines.count - 1]
        let heading = line.spans.count - summary.count
        while line.width(measure) > room, let item = line.spans.lastIndex(where: { $0.text.hasPrefix(" ") }),
            item > heading
        {
            line.spans.removeSubrange(item...)
        }
        // Nothing follows the separator.
        if summary.count > 1, line.spans.count == heading + 1 { line.spans.removeLast() }
        return line
    }
}
