/// Input from the terminal, or a change of its state.
public enum Event: Hashable, Sendable {
    case key(Key)
    /// A key that may come from being held down (``RepeatDetector``). It moves and opens, but decides nothing.
    case repeated(Key)
    /// Pasted text, with every line break as `\n`. Never interpreted as keys, so that a pasted line break submits
    /// nothing.
    case paste(String)
    /// The new size of the screen.
    case resize(Size)
    case mouse(Mouse)
    /// The terminal's window gained or lost keyboard focus.
    case focusGained, focusLost
    /// The program continues after a suspension of any length.
    case resumed
    /// The terminal is closed, or a signal asks the program to end: save and exit.
    case hangup
}

/// A mouse event and the cell it happened in.
public struct Mouse: Hashable, Sendable {
    public enum Button: Hashable, Sendable {
        case left, middle, right
    }

    public enum Action: Hashable, Sendable {
        case press(Button)
        case release(Button)
        /// A move with a button held.
        case drag
        case wheelUp, wheelDown
    }

    public var action: Action
    public var position: Point

    public init(_ action: Action, at position: Point) {
        self.action = action
        self.position = position
    }
}
