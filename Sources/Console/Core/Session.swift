import Estate
import Screen
import struct Journal.Damage
import struct Journal.Moment

/// The console's state: a value that events change and pictures are drawn from. It knows no clock, disk or terminal.
struct Session {
    var windows: [Window] = Windows.all {
        didSet { paneCache = nil }
    }
    /// The last picture of the panes, while only the focused one has changed since.
    var paneCache: PaneCache?
    /// The lazy panes whose contents are out of date, by name.
    private var stalePanes: Set<String> = []
    /// The open layers, the topmost last.
    var layers: [any Layer] = []
    /// The staff number of the member who has signed in.
    var signedIn: String?
    /// The name of the window with the keyboard focus.
    var focus: String
    var isZoomed = false
    var arrangement: Arrangement
    var notice: Notice?
    /// The share of the journal that the running check has read, 0...1.
    var verifying: Double?
    /// The damage found by the last check.
    var damages: [Damage] = []
    /// The result of a check that waits until nothing is being typed.
    var pendingReport: DamageLayer?
    /// The drafts as they were last stored.
    var storedDrafts: [DraftPlace: Draft] = [:]
    /// The last texts of free-text fields, by action and field.
    var recentInput = RecentInput()
    /// The state of members who were signed in here before, by staff number.
    var suspended: [String: Workplace] = [:]
    /// The size of the last picture; page keys depend on it.
    var size = Size(width: 80, height: 24)
    /// The text measure of the last picture; clicks depend on it.
    var measure = TextWidth()
    /// Whether the console uses the mouse. If not, the terminal can select text with it.
    var usesMouse = true
    /// The member's preferences as last stored; `nil` until they were read.
    var storedPreferences: Preferences?

    /// A message in the status bar, shown until a moment.
    struct Notice: Equatable {
        let text: String
        let isError: Bool
        let until: Moment

        /// How long a notice is shown, in seconds.
        static func duration(isError: Bool) -> Int { isError ? 8 : 4 }
    }

    /// `asked` is the member who has to enter their PIN before the session begins.
    init(_ context: Context, asking asked: StaffMember? = nil) {
        signedIn = context.member?.code
        arrangement = Windows.arrangement(for: context.member?.role)
        focus = arrangement.first
        refresh(context)
        if context.member == nil { open(SignInLayer(context, asking: asked)) }
        if !context.keys.problems.isEmpty { open(DetailLayer.problems(context)) }
    }

    // MARK: Panes

    private typealias PaneIndex = (window: Int, tab: Int)

    /// All panes, also those in tabs that are not shown.
    var panes: [any Pane] { windows.flatMap { $0.tabs.map(\.pane) } }

    var focusedWindow: Window { windows.first { $0.name == focus } ?? windows[0] }
    var focused: any Pane { focusedWindow.pane }

    /// The panes in sight, each with its window's name and its place.
    var places: [(window: String, rect: Rect)] { arrangement.places(in: body, focus: focus, alone: isZoomed) }

    /// The part of the screen between the status bar and the hints.
    var body: Rect { Rect(Size(width: size.width, height: size.height)).inset(top: 1, bottom: 1) }

    /// The pane of a type, for the commands of that pane itself.
    func pane<Kind: Pane>(_: Kind.Type) -> Kind? {
        windows.lazy.flatMap(\.tabs).compactMap { $0.pane as? Kind }.first
    }

    private func index(of pane: String) -> PaneIndex? {
        for (index, window) in windows.enumerated() {
            if let tab = window.tabs.firstIndex(where: { $0.pane.name == pane }) { return (index, tab) }
        }
        return nil
    }

    /// Changes the pane of a name.
    mutating func change<Result>(_ pane: String, _ body: (inout any Pane) -> Result) -> Result? {
        index(of: pane).map { body(&windows[$0.window].tabs[$0.tab].pane) }
    }

    /// Calls `body` for each pane until it answers.
    mutating func firstAnswer<Result>(_ body: (inout any Pane) -> Result?) -> Result? {
        for window in windows.indices {
            for tab in windows[window].tabs.indices {
                if let result = body(&windows[window].tabs[tab].pane) { return result }
            }
        }
        return nil
    }

    /// Offers a key to the focused pane; `nil` if it ignores the key.
    private mutating func offer(_ key: Key, _ context: Context) -> [Effect]? {
        let others = paneCache
        let intents = change(focused.name) { $0.handle(key, context) } ?? nil
        if others?.scene.focus == focus { paneCache = others }
        return intents.map { perform($0, context) }
    }

    /// Works out every pane's contents again, keeping the selections; lazy panes only if they are in sight.
    mutating func refresh(_ context: Context) {
        for window in windows.indices {
            for tab in windows[window].tabs.indices {
                if windows[window].tabs[tab].pane.isLazy {
                    stalePanes.insert(windows[window].tabs[tab].pane.name)
                } else {
                    windows[window].tabs[tab].pane.refresh(context)
                }
            }
        }
        refreshPanesInSight(context)
    }

    /// Works out the contents of lazy panes that have come into sight.
    mutating func refreshPanesInSight(_ context: Context) {
        if stalePanes.isEmpty { return }
        for place in places {
            guard let window = windows.first(where: { $0.name == place.window }),
                stalePanes.remove(window.pane.name) != nil
            else { continue }
            _ = change(window.pane.name) { $0.refresh(context) }
        }
    }

    // MARK: Layers and notices

    mutating func open(_ layer: any Layer) { layers.append(layer) }

    mutating func say(_ text: String, isError: Bool = false, _ context: Context) {
        notice = Notice(
            text: text, isError: isError, until: context.now.adding(seconds: Notice.duration(isError: isError)))
    }

    // MARK: Commands

    /// The commands in force: the focused window's, then those that work everywhere.
    var commands: [Command] {
        let window = focusedWindow
        return window.commands(of: window.pane) + Command.global
    }

    /// The command on a key now.
    func command(on key: Key, _ context: Context) -> Command? {
        commands.first { context.keys.keys(of: $0).contains(key.commandEquivalent) }
    }

    mutating func run(_ command: Command, _ context: Context) -> [Effect] {
        if let reason = command.disabledReason(self, context) {
            say(context(reason), isError: true, context)
            return []
        }
        return perform([command.run(self, context)], context)
    }

    // MARK: Events

    mutating func update(_ event: Event, _ context: Context) -> [Effect] {
        defer {
            showPendingReport()
            refreshPanesInSight(context)
        }
        return handle(event, context) + changedPreferences(context)
    }

    private mutating func handle(_ event: Event, _ context: Context) -> [Effect] {
        switch event {
        case .key(let key): press(key, context)
        case .paste(let text): paste(text, context)
        case .mouse(let mouse): use(mouse, context)
        case .hangup: [.quit]
        case .resize, .focusGained, .focusLost, .resumed: []
        }
    }

    /// Offers a key to the layers from the top down, then to the commands that work over them; without layers to the
    /// focused pane and the commands.
    mutating func press(_ key: Key, _ context: Context) -> [Effect] {
        if notice?.isError == true { notice = nil }
        if layers.isEmpty {
            if focused.takesText, key.isText, let effects = offer(key, context) { return effects }
            if let command = command(on: key, context) { return run(command, context) }
            return offer(key, context) ?? []
        }
        for index in layers.indices.reversed() {
            let result = layers[index].handle(.key(key), context)
            guard case .ignored = result else { return follow(result, at: index, context) }
            // Text and Esc never pass to a lower layer.
            if layers[index].isModal || key.isText || key == .escape { break }
        }
        return pressOverLayers(key, context)
    }

    private mutating func pressOverLayers(_ key: Key, _ context: Context) -> [Effect] {
        guard !isCovered(context), let command = command(on: key, context) else { return [] }
        if command.worksOverLayers { return run(command, context) }
        if let reminder = layers.last?.reminder { say(context(reminder), isError: true, context) }
        return []
    }

    private mutating func paste(_ text: String, _ context: Context) -> [Effect] {
        if let top = layers.indices.last {
            let result = layers[top].handle(.paste(text), context)
            return follow(result, at: top, context)
        }
        if let intents = change(focused.name, { $0.paste(text, context) }) ?? nil { return perform(intents, context) }
        var effects: [Effect] = []
        for character in text.split(whereSeparator: \.isNewline).joined(separator: " ") {
            let key = Key.character(character)
            // Pasted letters are not keys: without a text field only composed text counts, which starts a filter.
            if focused.takesText || key.isComposed { effects += offer(key, context) ?? [] }
        }
        return effects
    }

    mutating func follow(_ result: LayerResult, at index: Int, _ context: Context) -> [Effect] {
        switch result {
        case .ignored: return []
        case .handled(let intents): return perform(intents, context)
        case .dismissed(let intents):
            layers.remove(at: index)
            return perform(intents, context)
        }
    }

    // MARK: Results

    /// Handles the result of recorded actions: closes the form and reports success, or shows the refusal.
    mutating func finished(_ result: Result<Receipt, Refusal>, done: Label, _ context: Context) -> [Effect] {
        defer { showPendingReport() }
        let receipt = try? result.get()
        let isNew = receipt.map { !focused.lists($0.id.text) } ?? false
        refresh(context)
        switch result {
        case .success(let receipt):
            let form = layers.last { $0 is any AskingLayer } as? FormLayer
            if let form { recentInput.remember(form.texts(context), of: form.action) }
            if isNew { select([receipt.id.text], context) }
            closeAskingLayer()
            let intents = panes.map(\.name).flatMap { change($0) { $0.performed(receipt, context) } ?? [] }
            let effects = perform(intents, context)
            say(context(form?.done(receipt, context) ?? done), context)
            return effects
        case .failure(let refusal) where refusal.code == "disk.recorded":
            // The action is on the disk: it must not be sent again.
            closeAskingLayer()
            say(context(refusal.message), isError: true, context)
        case .failure(let refusal): show(refusal, context)
        }
        return []
    }

    private mutating func closeAskingLayer() {
        if let index = layers.lastIndex(where: { $0 is any AskingLayer }) { layers.remove(at: index) }
    }

    /// Shows a refusal in the layer that asked, else in the status bar.
    mutating func show(_ refusal: Refusal, _ context: Context) {
        if let index = layers.lastIndex(where: { $0 is any AskingLayer }), var layer = layers[index] as? any AskingLayer
        {
            layer.show(refusal, context)
            layers[index] = layer
        } else {
            say(context(refusal.message), isError: true, context)
        }
    }
}

extension Key {
    /// Whether the key types, edits or ends text. A pane with a text field gets it before it is looked up as a command.
    var isText: Bool {
        switch self {
        case .character, .backspace, .delete, .left, .right, .home, .end, .enter, .tab: true
        case .control("u"), .control("w"), .control("k"), .controlled(.left), .controlled(.right): true
        default: false
        }
    }
}
