import Estate
import Screen

/// Something that lies over the panes and has the keyboard: a form, a list to choose from, a question.
protocol Layer: Spoken {
    /// Only keys and pasted text come here.
    mutating func handle(_ event: Event, _ context: Context) -> LayerAnswer
    /// What the mouse does on a screen of this place and measure.
    mutating func handle(_ mouse: Mouse, in rect: Rect, _ measure: TextWidth, _ context: Context) -> LayerAnswer
    func draw(into grid: inout Grid, rect: Rect, _ context: Context)
    func hints(_ context: Context) -> [KeyHint]
    /// In linear mode, the keys that a typed line stands for; `nil` if it answers nothing here.
    func keys(answering line: String, _ context: Context) -> [Key]?
    /// Whether nothing of what lies below may be seen.
    func hidesAll(_ context: Context) -> Bool
}

extension Layer {
    func hidesAll(_ context: Context) -> Bool { false }
}

/// A layer that waits for what comes of what was filled in: it goes when all is well, else says why not and keeps it.
protocol AskingLayer: Layer {
    mutating func show(_ refusal: Refusal, _ context: Context)
}

extension Layer {
    mutating func handle(_ mouse: Mouse, in rect: Rect, _ measure: TextWidth, _ context: Context) -> LayerAnswer {
        turn(by: mouse, context)
    }

    /// The wheel is as good as the arrows.
    fileprivate mutating func turn(by mouse: Mouse, _ context: Context) -> LayerAnswer {
        switch mouse.action {
        case .wheelUp: handle(.key(.up), context)
        case .wheelDown: handle(.key(.down), context)
        default: .stay
        }
    }
}

/// A layer with rows to choose from: a click chooses one, and another click on it is Enter.
protocol RowLayer: Layer {
    /// Chooses the row at a point; `true` if it was chosen already.
    mutating func choose(at point: Point, in screen: Rect, _ measure: TextWidth, _ context: Context) -> Bool
}

extension RowLayer {
    mutating func handle(_ mouse: Mouse, in rect: Rect, _ measure: TextWidth, _ context: Context) -> LayerAnswer {
        guard mouse.action == .press(.left) else { return turn(by: mouse, context) }
        return choose(at: mouse.position, in: rect, measure, context) ? handle(.key(.enter), context) : .stay
    }
}

extension ListPosition {
    /// Goes to the next row or the one before; `false` for a key that does neither.
    mutating func step(on key: Key, count: Int) -> Bool {
        switch key {
        case .up, .backTab: move(by: -1, count: count)
        case .down, .tab: move(by: 1, count: count)
        default: return false
        }
        return true
    }

    /// Selects the row at a point of a table without heads; `true` if it was selected already.
    mutating func choose(at point: Point, of count: Int, in place: Rect) -> Bool {
        let table = Table(columns: [], count: count, position: self) { _ in Table.Row([]) }
        guard let index = table.index(at: point, in: place) else { return false }
        defer { selection = index }
        return selection == index
    }
}

/// What a layer makes of an event.
enum LayerAnswer {
    case stay
    /// It is done with, and nothing came of it.
    case close
    /// It waits for what comes of these.
    case perform([Effect])
    /// It stays, and this comes of it.
    case act((inout Session, Context) -> [Effect])
    /// It is done with, and this is what comes of it.
    case leave((inout Session, Context) -> [Effect])
}
