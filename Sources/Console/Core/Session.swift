import Estate
import Screen
import struct Journal.Damage
import struct Journal.Moment

/// The console's state: a value that events change and pictures are drawn from. It knows no clock, no disk, no terminal.
struct Session {
    var panes: [any Pane] = Command.panes {
        didSet { backdrop = nil }
    }
    /// What need not be drawn anew as long as no pane but the focused one has changed.
    var backdrop: Backdrop?
    var layers: [any Layer] = []
    /// The staff number of who has signed in.
    var signedIn: String?
    var focus: String
    var isZoomed = false
    var arrangement: Arrangement
    var notice: Notice?
    /// How much of the journal has been checked, while it is.
    var verifying: Double?
    /// What the last check found damaged.
    var damages: [Damage] = []
    /// What a check found and nobody has seen yet, because something was being typed.
    var unseen: DamageLayer?
    /// What was not sent, as it was last kept.
    var keptDrafts: [DraftPlace: Draft] = [:]
    /// What was lately given to fields of free text, by action and field.
    var given = Given()
    /// How those who sat here before left it, by staff number: what is half filled in is for nobody else's eyes.
    var left: [String: Place] = [:]
    /// The size of the last picture, which page keys go by.
    var size = Size(width: 80, height: 24)
    /// The measure of the last picture, which clicks go by.
    var measure = TextWidth()
    /// Whether the mouse is the console's; if not, the terminal can select text with it.
    var usesMouse = true
    /// What was last kept of how the member wants to see things; `nil` until that was looked up.
    var kept: Preferences?

    /// A few words about what just happened, for some seconds.
    struct Notice: Equatable {
        let text: String
        let isTrouble: Bool
        let until: Moment
    }

    /// `asked` is who says to be here and has to show it first.
    init(_ context: Context, asking asked: StaffMember? = nil) {
        signedIn = context.member?.code
        arrangement = .of(context.member?.role)
        focus = arrangement.first
        refresh(context)
        if context.member == nil { open(SignInLayer(context, asking: asked)) }
        if !context.keys.problems.isEmpty { open(DetailLayer.problems(context)) }
    }

    // MARK: Panes

    var focused: any Pane { panes.first { $0.name == focus } ?? panes[0] }

    /// The pane of a type.
    func pane<Kind: Pane>(_: Kind.Type) -> Kind? { panes.lazy.compactMap { $0 as? Kind }.first }

    /// Changes the pane of a type.
    mutating func change<Kind: Pane, Result>(_: Kind.Type, _ body: (inout Kind) -> Result) -> Result? {
        guard let index = panes.firstIndex(where: { $0 is Kind }), var pane = panes[index] as? Kind else { return nil }
        defer { panes[index] = pane }
        return body(&pane)
    }

    /// Lets the focused pane have a key; `nil` if it does not want it.
    private mutating func offer(_ key: Key, _ context: Context) -> [Effect]? {
        guard let index = panes.firstIndex(where: { $0.name == focus }) else { return nil }
        let others = backdrop
        defer { if others?.scene.focus == focus { backdrop = others } }
        return panes[index].handle(key, context)
    }

    mutating func focus(_ name: String) { if panes.contains(where: { $0.name == name }) { focus = name } }

    /// Goes to something that was looked for.
    mutating func go(to found: Found) {
        focus(found.pane)
        if let index = panes.firstIndex(where: { $0.name == found.pane }) { panes[index].select(found.id) }
        // A demand is to be seen and settled during another call, too.
        if let layer = pane(CallPane.self)?.layer(for: found.id) { open(layer) }
    }

    /// Selects the first of some records that the focused pane lists.
    mutating func select(_ ids: [String]) {
        guard let index = panes.firstIndex(where: { $0.name == focus }),
            let id = ids.first(where: panes[index].lists)
        else { return }
        panes[index].select(id)
    }

    /// Goes on to the next or previous pane: of those in sight if there are several, else of all.
    mutating func focusNext(_ step: Int) {
        let inSight = places.map(\.pane)
        let names = inSight.count > 1 ? inSight : panes.map(\.name)
        guard let index = names.firstIndex(of: focus) else { return }
        focus = names[(index + step + names.count) % names.count]
    }

    /// Works out every pane's rows anew, keeping what is selected.
    mutating func refresh(_ context: Context) {
        for index in panes.indices { panes[index].refresh(context) }
    }

    // MARK: Layers

    mutating func open(_ layer: any Layer) { layers.append(layer) }

    /// Opens the form of an action, some of its fields given.
    mutating func fill(
        in action: any Action.Type, _ context: Context, given: [String: String] = [:], hidden: [String: String] = [:],
        required: Set<String> = [], title: Label? = nil
    ) {
        open(
            FormLayer(
                action, context, given: given, hidden: hidden, required: required, title: title,
                recent: self.given.texts(of: action)))
    }

    mutating func say(_ text: String, isTrouble: Bool = false, _ context: Context) {
        notice = Notice(text: text, isTrouble: isTrouble, until: context.now.adding(seconds: isTrouble ? 8 : 4))
    }

    /// The commands that have a key now: the focused pane's, then those that work everywhere.
    var commands: [Command] { focused.commands + Command.global }

    /// What a key does now.
    func command(on key: Key, _ context: Context) -> Command? {
        commands.first { context.keys.keys(of: $0).contains(key.commandEquivalent) }
    }

    // MARK: Events

    mutating func update(_ event: Event, _ context: Context) -> [Effect] {
        defer { showUnseen() }
        return take(event, context) + keepPreferences(context)
    }

    private mutating func take(_ event: Event, _ context: Context) -> [Effect] {
        switch event {
        case .key(let key): press(key, context)
        case .paste(let text): paste(text, context)
        case .mouse(let mouse): use(mouse, context)
        case .hangup: [.quit]
        case .resize, .focusGained, .focusLost, .resumed: []
        }
    }

    mutating func press(_ key: Key, _ context: Context) -> [Effect] {
        if notice?.isTrouble == true { notice = nil }
        if !isCovered(context), context.keys.keys(of: .lock).contains(key) { return run(.lock, context) }
        if let top = layers.indices.last {
            let answer = layers[top].handle(.key(key), context)
            return follow(answer, at: top, context)
        }
        if focused.takesText, key.isText, let effects = offer(key, context) { return effects }
        if let command = command(on: key, context) { return run(command, context) }
        return offer(key, context) ?? []
    }

    mutating func run(_ command: Command, _ context: Context) -> [Effect] {
        if let why = command.whyNot(self, context) {
            say(context(why), isTrouble: true, context)
            return []
        }
        return command.run(&self, context)
    }

    private mutating func paste(_ text: String, _ context: Context) -> [Effect] {
        if let top = layers.indices.last {
            let answer = layers[top].handle(.paste(text), context)
            return follow(answer, at: top, context)
        }
        var effects: [Effect] = []
        for character in text.split(whereSeparator: \.isNewline).joined(separator: " ") {
            let key = Key.character(character)
            // Where nothing is typed, only what starts a filter is taken: pasted letters are no keys.
            if focused.takesText || key.isComposed { effects += offer(key, context) ?? [] }
        }
        return effects
    }

    mutating func follow(_ answer: LayerAnswer, at index: Int, _ context: Context) -> [Effect] {
        switch answer {
        case .stay: return []
        case .close:
            layers.remove(at: index)
            return []
        case .perform(let effects): return effects
        case .act(let next): return next(&self, context)
        case .leave(let next):
            layers.remove(at: index)
            return next(&self, context)
        }
    }

    /// What came of an action that was performed.
    mutating func finished(_ result: Result<Receipt, Refusal>, done: Label, _ context: Context) {
        defer { showUnseen() }
        let receipt = try? result.get()
        let isNew = receipt.map { !focused.lists($0.id.text) } ?? false
        refresh(context)
        switch result {
        case .success(let receipt):
            let form = layers.last as? FormLayer
            if let form { given.remember(form.texts(context), of: form.action) }
            // What was just made is what one goes on with.
            if isNew { select([receipt.id.text]) }
            if layers.last is any AskingLayer { layers.removeLast() }
            // Whoever calls somebody goes on at the telephone.
            if change(CallPane.self, { $0.takeDialled() }) == true { focus("calls") }
            say(context(form?.done(receipt, context) ?? done), context)
        case .failure(let refusal) where refusal.code == "disk.recorded":
            // Nobody shall send it a second time.
            if layers.last is any AskingLayer { layers.removeLast() }
            say(context(refusal.message), isTrouble: true, context)
        case .failure(let refusal): show(refusal, context)
        }
    }

    /// Says why something was refused: in the layer that asked for it, else in the status bar.
    mutating func show(_ refusal: Refusal, _ context: Context) {
        if let top = layers.indices.last, var layer = layers[top] as? any AskingLayer {
            layer.show(refusal, context)
            layers[top] = layer
        } else {
            say(context(refusal.message), isTrouble: true, context)
        }
    }

    /// The panes in sight, and where each lies.
    var places: [(pane: String, rect: Rect)] { arrangement.places(in: body, focus: focus, alone: isZoomed) }

    /// The part of the screen between the bars.
    var body: Rect { Rect(Size(width: size.width, height: size.height)).inset(top: 1, bottom: 1) }
}

extension Key {
    /// Whether it types, edits or ends text, so that a pane with a place to type comes before its commands.
    var isText: Bool {
        switch self {
        case .character, .backspace, .delete, .left, .right, .home, .end, .enter, .tab: true
        case .control("u"), .control("w"), .control("k"), .controlled(.left), .controlled(.right): true
        default: false
        }
    }
}
