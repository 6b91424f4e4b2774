/// Something that reaches the program from the terminal.
public enum Event: Hashable, Sendable {
    case key(Key)
    /// Text pasted at once; it may hold line breaks, always `\n`, and must never be taken for keys.
    case paste(String)
    /// The screen has a new size.
    case resize(Size)
    case mouse(Mouse)
    /// The terminal's window has got or lost the keyboard.
    case focusGained, focusLost
    /// The program runs again after having been suspended; time has passed.
    case resumed
    /// The terminal has gone or the system asks the program to end: save and leave.
    case hangup
}

/// What the mouse did, and in which cell.
public struct Mouse: Hashable, Sendable {
    public enum Button: Hashable, Sendable {
        case left, middle, right
    }

    public enum Action: Hashable, Sendable {
        case press(Button)
        case release(Button)
        /// Moved with a button held.
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
