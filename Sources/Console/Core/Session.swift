import Estate
import Screen
import struct Journal.Damage
import struct Journal.Moment

/// The console's state: a value that events change and pictures are drawn from. It knows no clock, disk or terminal.
struct Session {
    var windows: [Window] = Windows.all
    /// The last picture.
    var paneCache: PaneCache?
    /// What was compared at the last refresh.
    private var refreshed: Refreshed?
    /// The open layers, the topmost last.
    var layers: [any Layer] = []
    /// The layers set aside for something urgent, the last set aside last.
    var parked: [ParkedLayers] = []
    /// Whether actions are being recorded, whose result is for the layers that are open now.
    var isAwaitingResult = false
    /// The last key pressed.
    private(set) var lastKey: Key?
    /// The number of open layers if the topmost was a form with input when the last key was pressed that is not repeated.
    private var filledIn: Int?
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
        windows = Windows.visible(to: context.member?.role)
        arrangement = Windows.arrangement(for: context.member?.role)
        focus = arrangement.first
        refresh(context)
        if context.member == nil { open(SignInLayer(context, asking: asked), context) }
        if !context.keys.problems.isEmpty { open(DetailLayer.problems(context), context) }
    }

    // MARK: Panes

    private typealias PaneIndex = (window: Int, tab: Int)

    /// All panes, also those in tabs that are not shown.
    var panes: [any Pane] { windows.flatMap { $0.tabs.map(\.pane) } }

    private var focusedIndex: Int { windows.firstIndex { $0.name == focus } ?? 0 }
    var focusedWindow: Window { windows[focusedIndex] }
    var focused: any Pane { focusedWindow.pane }

    /// The panes in sight, each with its window's name and its place.
    var places: [(window: String, rect: Rect)] {
        arrangement.places(in: body, focus: focus, alone: isZoomed, contents: contentHeight(of:))
    }

    /// The rows that the contents of a window need; `nil`: as many as there are.
    func contentHeight(of window: String) -> Int? {
        windows.firstIndex { $0.name == window }.flatMap { windows[$0].pane.contentHeight }
    }

    /// The part of the screen between the status bar and the hints.
    var body: Rect { Rect(Size(width: size.width, height: size.height)).inset(top: 1, bottom: 1) }

    /// The pane of a type, for the commands of that pane itself.
    func pane<Kind: Pane>(_: Kind.Type) -> Kind? {
        for window in windows {
            // Comparing the types first spares a dynamic cast of each pane.
            for tab in window.tabs where type(of: tab.pane) == Kind.self { return tab.pane as? Kind }
        }
        return nil
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
        let index = focusedIndex
        let intents = windows[index].tabs[windows[index].current].pane.handle(key, context)
        return intents.map { perform($0, context) }
    }

    /// What panes were compared with.
    private struct Refreshed {
        let surroundings: Surroundings
        let changes: Int
        let inSight: [String]
        let isComplete: Bool

        /// Whether nothing is to be done for `next` after this.
        func covers(_ next: Refreshed) -> Bool {
            surroundings == next.surroundings && changes == next.changes && inSight == next.inSight
                && (isComplete || !next.isComplete)
        }
    }

    /// Works out the contents of the panes that something has changed for, keeping the selections: of those in sight, and of
    /// others as their ``Pane/refreshPolicy`` says. `completely`: as before a command, which may look into any of them.
    mutating func refresh(_ context: Context, completely: Bool = false) {
        let now = Refreshed(
            surroundings: Surroundings(context), changes: context.estate.changes, inSight: panesInSight,
            isComplete: completely)
        if let refreshed, refreshed.covers(now) { return }
        refreshed = now
        let steady = context.since(.minute)
        for window in windows.indices {
            for tab in windows[window].tabs.indices where needsRefresh(windows[window].tabs[tab], now, context) {
                windows[window].tabs[tab].pane.refresh(steady)
                // After it, a pane may be made of other parts.
                windows[window].tabs[tab].basis = PaneBasis(windows[window].tabs[tab].pane, context, now.surroundings)
            }
        }
        for index in layers.indices { layers[index].refresh(context) }
        unparkIfFree(context)
    }

    // A separate function: its reference to the pane ends on return, so that the refresh does not copy the pane.
    private func needsRefresh(_ tab: Window.Tab, _ now: Refreshed, _ context: Context) -> Bool {
        let isNeeded =
            switch tab.pane.refreshPolicy {
            case .always: true
            case .whenNeeded: now.isComplete || now.inSight.contains(tab.pane.name)
            case .inSight: now.inSight.contains(tab.pane.name)
            }
        return isNeeded && PaneBasis(tab.pane, context, now.surroundings) != tab.basis
    }

    /// The names of the panes in sight.
    private var panesInSight: [String] {
        arrangement.windows(in: body, focus: focus, alone: isZoomed).compactMap { name in
            windows.firstIndex { $0.name == name }.map { windows[$0].pane.name }
        }
    }

    /// Whether a pane in sight shows figures of months that are over.
    var needsPast: Bool {
        arrangement.windows(in: body, focus: focus, alone: isZoomed).contains { name in
            windows.first { $0.name == name }?.pane.needsPast ?? false
        }
    }

    /// Forgets what was worked out and drawn.
    mutating func drawAnew() {
        (paneCache, refreshed) = (nil, nil)
        for window in windows.indices {
            for tab in windows[window].tabs.indices { windows[window].tabs[tab].basis = nil }
        }
    }

    // MARK: Layers and notices

    /// Opens a layer and tells it when, and after which key.
    mutating func open(_ layer: any Layer, _ context: Context) {
        var layer = layer
        layer.appear(context, after: lastKey)
        layers.append(layer)
    }

    mutating func say(_ text: String, isError: Bool = false, _ context: Context) {
        notice = Notice(
            text: text, isError: isError, until: context.now.adding(seconds: Notice.duration(isError: isError)))
    }

    // MARK: Commands

    /// The commands in force: the focused window's, then those that work everywhere.
    var commands: [Command] { focusedWindow.commands + Command.global }

    /// The command on a key now.
    func command(on key: Key, _ context: Context) -> Command? {
        let key = key.commandEquivalent
        let names = context.keys.commands(on: key)
        if !names.isEmpty,
            let command = focusedWindow.commands.first(where: { names.contains($0.name) })
                ?? Command.global.first(where: { names.contains($0.name) })
        {
            return command
        }
        return context.keys.original(of: key).flatMap { command(on: $0, context) }
    }

    mutating func run(_ command: Command, _ context: Context) -> [Effect] {
        refresh(context, completely: true)
        if let reason = command.disabledReason(self, context) {
            say(context(reason), isError: true, context)
            return []
        }
        let intent = command.run(self, context)
        if !layers.isEmpty, command.parksLayers(self, context) { park(context) }
        return perform([intent], context)
    }

    // MARK: Events

    mutating func update(_ event: Event, _ context: Context) -> [Effect] {
        defer {
            showPendingReport(context)
            unparkIfFree(context)
            refresh(context)
        }
        return handle(event, context)
    }

    private mutating func handle(_ event: Event, _ context: Context) -> [Effect] {
        switch event {
        case .key(let key): decide(by: key, context)
        case .repeated(let key): `repeat`(key, context)
        case .paste(let text): paste(text, context)
        case .mouse(let mouse): use(mouse, context)
        case .hangup: [.quit]
        case .resize, .focusGained, .focusLost, .resumed: []
        }
    }

    /// Takes a key that is not repeated: what follows from it is meant.
    private mutating func decide(by key: Key, _ context: Context) -> [Effect] {
        let isFilledIn = (layers.last as? FormLayer)?.hasChanged ?? false
        filledIn = isFilledIn ? layers.count : nil
        return press(key, context)
    }

    /// Takes a key that may be held down: it does all that it else does, but answers no question and records nothing.
    ///
    /// It only sends a form that was filled in before, once: who types fast presses Enter in each of its last fields.
    private mutating func `repeat`(_ key: Key, _ context: Context) -> [Effect] {
        if let top = layers.indices.last, layers[top].tellsRepeats {
            return follow(layers[top].handle(.repeated(key), context), at: top, context)
        }
        let isFilledIn = filledIn == layers.count && layers.last is FormLayer
        let before = self
        let effects = press(key, context)
        guard effects.contains(where: \.hasResult) else { return effects }
        if !isFilledIn {
            self = before
            say(context(.tooQuick), isError: true, context)
        }
        filledIn = nil
        return isFilledIn ? effects : []
    }

    /// The last picture has reached the terminal.
    mutating func shown(_ context: Context) {
        if let top = layers.indices.last { layers[top].shown(context) }
    }

    /// Offers a key to the layers from the top down, then to the commands that work over them; without layers to the
    /// focused pane and the commands.
    mutating func press(_ key: Key, _ context: Context) -> [Effect] {
        if notice?.isError == true { notice = nil }
        lastKey = key
        if layers.isEmpty {
            if focused.takesText, key.isText, let effects = offer(key, context) { return effects }
            if let command = command(on: key, context) { return run(command, context) }
            return offer(key, context) ?? context.keys.original(of: key).map { press($0, context) } ?? []
        }
        if let command = layers.last?.commands.first(where: {
            context.keys.keys(of: $0).contains(key.commandEquivalent)
        }) {
            return run(command, context)
        }
        for index in layers.indices.reversed() {
            let result = layers[index].handle(.key(key), context)
            guard case .ignored = result else { return follow(result, at: index, context) }
            // Text and Esc never pass to a lower layer.
            if layers[index].isModal || key.isText || key == .escape { break }
        }
        // Ctrl-S sends a form, and so does the key that stands for it.
        if let original = context.keys.original(of: key) { return press(original, context) }
        return pressOverLayers(key, context)
    }

    private mutating func pressOverLayers(_ key: Key, _ context: Context) -> [Effect] {
        guard !isCovered(context), let top = layers.last else { return [] }
        let command = command(on: key, context)
        if let command, command.worksOverLayers || command.parksLayers(self, context) { return run(command, context) }
        if top.yieldsToCommands, let command, Command.global.contains(where: { $0.name == command.name }) {
            return run(command, context)
        }
        if command != nil || top.yieldsToCommands, let reminder = top.reminder {
            say(context(reminder), isError: true, context)
        }
        return []
    }

    private mutating func paste(_ text: String, _ context: Context) -> [Effect] {
        if let top = layers.indices.last {
            let result = layers[top].handle(.paste(text), context)
            return follow(result, at: top, context)
        }
        if notice?.isError == true { notice = nil }
        let intents = change(focused.name) { $0.paste(text, context) } ?? nil
        return intents.map { perform($0, context) } ?? []
    }

    /// Whether typed characters go to a text field of the focused pane.
    var takesText: Bool { layers.isEmpty && focused.takesText }

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

    /// Handles the result of recorded actions: closes the form, reports success and performs `then`, or shows the refusal.
    mutating func finished(
        _ result: Result<Receipt, Refusal>, done: Label, then: [Intent] = [], _ context: Context
    ) -> [Effect] {
        defer {
            showPendingReport(context)
            unparkIfFree(context)
        }
        let receipt = try? result.get()
        let isNew = receipt.map { !focused.lists($0.id.text) } ?? false
        refresh(context)
        isAwaitingResult = false
        switch result {
        case .success(let receipt):
            let form = layers.last { $0 is any AskingLayer } as? FormLayer
            if let form { recentInput.remember(form.texts(context), of: form.action) }
            if isNew { select([receipt.id.text], context) }
            closeAskingLayer()
            let intents = performed(receipt, context)
            let effects = perform(intents, context)
            if let form, let pane = panes.first(where: { $0.showsNew && $0.creates == form.action }) {
                _ = perform([.focus(pane.name)], context)
            }
            say(context(form?.done(receipt, context) ?? done), context)
            // What follows comes before what was parked.
            return effects + perform(then, context)
        case .failure(let refusal) where refusal.code == "disk.recorded":
            // The action is on the disk: it must not be sent again.
            closeAskingLayer()
            say(context(refusal.message), isError: true, context)
        case .failure(let refusal): show(refusal, context)
        }
        return []
    }

    private mutating func performed(_ receipt: Receipt, _ context: Context) -> [Intent] {
        windows.indices.flatMap { window in
            windows[window].tabs.indices.flatMap { tab in
                windows[window].tabs[tab].pane.performed(receipt, context)
            }
        }
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
