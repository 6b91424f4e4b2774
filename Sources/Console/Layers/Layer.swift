import Estate
import Screen

/// Something that lies over the panes and has the keyboard: a form, a list to choose from, a question.
protocol Layer: Spoken {
    /// Only keys and pasted text come here.
    mutating func handle(_ event: Event, _ context: Context) -> LayerAnswer
    func draw(into grid: inout Grid, rect: Rect, _ context: Context)
    func hints(_ context: Context) -> [KeyHint]
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

/// What a layer makes of an event.
enum LayerAnswer {
    case stay
    /// It is done with, and nothing came of it.
    case close
    /// It waits for what comes of these.
    case perform([Effect])
    /// It is done with, and this is what comes of it.
    case leave((inout Session, Context) -> [Effect])
}
