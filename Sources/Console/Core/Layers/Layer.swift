import Estate
import Screen

/// A popup over the panes that has the keyboard: a form, a list to choose from, a question.
protocol Layer: Spoken {
    /// Takes a key or pasted text.
    mutating func handle(_ event: Event, _ context: Context) -> LayerResult
    /// Takes a mouse event; `rect` is the whole screen.
    mutating func handle(_ mouse: Mouse, in rect: Rect, _ measure: TextWidth, _ context: Context) -> LayerResult
    /// Called when the layer is opened, with the key that was pressed last.
    mutating func appear(_ context: Context, after key: Key?)
    /// Called when a picture with the layer on top has reached the terminal.
    mutating func shown(_ context: Context)
    /// Called when the estate may have changed.
    mutating func refresh(_ context: Context)
    func draw(into grid: inout Grid, rect: Rect, _ context: Context)
    func hints(_ context: Context) -> [KeyHint]
    /// In linear mode, the keys that a typed line stands for; `nil` if the line has no meaning here.
    func keys(answering line: String, _ context: Context) -> [Key]?
    /// The commands that work in it, before those of what is below.
    var commands: [Command] { get }
    /// Whether the layer hides everything below it.
    func hidesAll(_ context: Context) -> Bool
    /// Whether the layer tells an Enter that may be held down from others: it gets it as ``Event/repeated(_:)``.
    var tellsRepeats: Bool { get }
    /// Whether a key that the layer ignores is kept from the layers below.
    var isModal: Bool { get }
    /// Whether every command that works everywhere also works over this layer, and takes the keyboard until it is done.
    var yieldsToCommands: Bool { get }
    /// The status line when the key of a command is pressed that does not work over layers.
    var reminder: Label? { get }
    /// The layer that the help key opens over this one.
    func help(_ context: Context) -> (any Layer)?
}

extension Layer {
    mutating func appear(_ context: Context, after key: Key?) {}
    mutating func shown(_ context: Context) {}
    mutating func refresh(_ context: Context) {}
    var commands: [Command] { [] }
    func hidesAll(_ context: Context) -> Bool { false }
    var tellsRepeats: Bool { false }
    var isModal: Bool { true }
    var yieldsToCommands: Bool { false }
    var reminder: Label? { nil }
    func help(_ context: Context) -> (any Layer)? { DetailLayer(helpOn: hints(context), context) }
}

/// A layer whose input is recorded: it is closed when that succeeds, else it shows the refusal and keeps the input.
protocol AskingLayer: Layer {
    mutating func show(_ refusal: Refusal, _ context: Context)
}

extension Layer {
    mutating func handle(_ mouse: Mouse, in rect: Rect, _ measure: TextWidth, _ context: Context) -> LayerResult {
        scroll(by: mouse, context)
    }

    /// The wheel acts as the arrow keys.
    fileprivate mutating func scroll(by mouse: Mouse, _ context: Context) -> LayerResult {
        switch mouse.action {
        case .wheelUp: handle(.key(.up), context)
        case .wheelDown: handle(.key(.down), context)
        default: .ignored
        }
    }
}

/// A layer with rows to choose from: a click selects a row, a second click on it acts as Enter.
protocol RowLayer: Layer {
    /// Selects the row at a point; `true` if it was selected already.
    mutating func choose(at point: Point, in screen: Rect, _ measure: TextWidth, _ context: Context) -> Bool
}

extension RowLayer {
    mutating func handle(_ mouse: Mouse, in rect: Rect, _ measure: TextWidth, _ context: Context) -> LayerResult {
        guard mouse.action == .press(.left) else { return scroll(by: mouse, context) }
        return choose(at: mouse.position, in: rect, measure, context) ? handle(.key(.enter), context) : .handled()
    }
}

extension ListPosition {
    /// Moves by a row, by ten, or to the first or last one; `false` for a key that does not move.
    mutating func step(on key: Key, count: Int) -> Bool {
        switch key {
        case .up, .backTab: move(by: -1, count: count)
        case .down, .tab: move(by: 1, count: count)
        case .pageUp: move(by: -10, count: count)
        case .pageDown: move(by: 10, count: count)
        case .home: move(by: -count, count: count)
        case .end: move(by: count, count: count)
        default: return false
        }
        return true
    }

    /// The same among the rows that can be selected, past the others.
    mutating func step(on key: Key, among places: [Int]) -> Bool {
        var among = ListPosition(selection: selection.flatMap { places.firstIndex(of: $0) })
        guard among.step(on: key, count: places.count) else { return false }
        selection = among.selection.map { places[$0] }
        return true
    }

    /// Selects the row at a point of a table without header; `true` if it was selected already.
    mutating func choose(at point: Point, of count: Int, in place: Rect) -> Bool {
        let table = Table(columns: [], count: count, position: self) { _ in Table.Row([]) }
        guard let index = table.index(at: point, in: place) else { return false }
        defer { selection = index }
        return selection == index
    }
}

/// A layer's answer to an event.
enum LayerResult {
    /// The layer has no use for the event.
    case ignored
    case handled([Intent] = [])
    /// The layer is closed, and the intents are performed without it.
    case dismissed([Intent] = [])
}

extension [KeyHint] {
    /// The hints of a layer with text only.
    static func reading(_ move: Label, _ context: Context) -> [KeyHint] {
        [KeyHint("↑↓", context(move), priority: 3), KeyHint("Esc", context(Label("返回", en: "back")), priority: 5)]
    }

    /// The hints of a layer in which Enter takes a choice.
    static func choosing(_ enter: Label, _ context: Context) -> [KeyHint] {
        let hints = reading(Label("选择", en: "choose"), context)
        return [hints[0], KeyHint("Enter", context(enter), priority: 4), hints[1]]
    }
}
