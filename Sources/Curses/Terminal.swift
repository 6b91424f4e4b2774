import CNcurses
import struct Foundation.Data
import Glibc
import Screen

/// The terminal as a whole screen: shows grids, reads events, and always gives itself back in order.
///
/// There can be one at a time, used by the thread that made it. A crash, a hangup or a suspension restores the user's
/// screen as well as ``close()`` does.
public final class Terminal {
    /// What ``poll(alsoReading:timeoutMilliseconds:)`` has seen.
    public struct Wake: Sendable {
        public var events: [Event]
        /// Which of the given descriptors can be read.
        public var ready: Set<Int32>
    }

    private var painter: Painter
    private var input: InputReader
    private var pending: [Event] = []
    private var isOpen = true
    private var hasHungUp = false
    private let signals: Int32
    private let log: String?

    /// Whether the mouse is reported; this takes the terminal's own selection of text away.
    public var mouse: Bool {
        didSet { if mouse != oldValue { cn_ask_for_reports(true, mouse) } }
    }

    /// The colours; a new theme shows with the next grid.
    public var theme: Theme {
        get { painter.palette.theme }
        set {
            painter.palette.theme = newValue
            painter.forget()
        }
    }

    /// How many colours this terminal shows.
    public var colorDepth: ColorDepth { painter.palette.depth }

    /// Takes over the terminal.
    ///
    /// - Parameters:
    ///   - width: the measure by which grids are drawn; ncurses is made to use the same.
    ///   - log: where standard error goes while the screen is up; `nil` for nowhere.
    ///   - exactColors: sets the terminal's palette to the theme's exact colours where it can be set and restored.
    public init(
        theme: Theme, width: TextWidth = TextWidth(), mouse: Bool = true, log: String? = nil, exactColors: Bool = false
    ) throws(TerminalError) {
        guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else { throw .notATerminal }
        guard cn_use_utf8() else { throw .noUTF8 }
        Terminal.setMeasure(width)
        signals = cn_watch_signals()
        guard signals >= 0 else { throw .noSignals }
        guard cn_open() else {
            cn_unwatch_signals()
            throw .unknownType(getenv("TERM").map { String(cString: $0) } ?? "")
        }
        guard cn_redirect_errors(log) else {
            cn_close()
            cn_unwatch_signals()
            throw .logUnwritable(log ?? "")
        }
        cn_watch_resizing()
        cn_define_keys()
        painter = Painter(palette: Palette(theme: theme, exactColors: exactColors), measure: width)
        input = InputReader()
        self.mouse = mouse
        self.log = log
        cn_resume()
        cn_ask_for_reports(true, mouse)
    }

    deinit { close() }

    public var size: Size { Size(width: Int(cn_columns()), height: Int(cn_rows())) }

    /// Shows a grid; only what differs from the last one is sent. The cursor goes to the grid's, or is hidden.
    public func present(_ grid: Grid) {
        painter.present(grid)
    }

    /// Draws the whole screen anew, in case something else has written on it.
    public func redraw() {
        cn_redraw_all()
        painter.forget()
    }

    /// Puts text on the clipboard of the user's own machine, where the terminal lets programs do that (OSC 52).
    public func copy(_ text: String) {
        guard isOpen else { return }
        var bytes = Array(Terminal.copying(text).utf8)[...]
        while !bytes.isEmpty {
            let written = bytes.withUnsafeBytes { write(STDOUT_FILENO, $0.baseAddress, $0.count) }
            if written <= 0 { return }
            bytes = bytes.dropFirst(written)
        }
    }

    /// What asks a terminal to do so. The text goes in base64: nothing in it can end the sequence or begin another.
    public static func copying(_ text: String) -> String {
        "\u{1B}]52;c;\(Data(text.utf8).base64EncodedString())\u{7}"
    }

    public func beep() {
        cn_beep()
    }

    /// Waits for input, for one of `descriptors` to have something to read, or for the time to pass; `nil` waits for ever.
    ///
    /// May return early with nothing. After `.hangup` the program should save and leave; it is told once.
    public func poll(alsoReading descriptors: [Int32] = [], timeoutMilliseconds: Int?) -> Wake {
        let watched = [hasHungUp ? -1 : STDIN_FILENO, signals] + descriptors
        var polls = watched.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        var timeout = pending.isEmpty ? timeoutMilliseconds ?? -1 : 0
        // The end of a paste may be lost; the keyboard must not be.
        if input.isPasting { timeout = timeout < 0 ? 500 : min(timeout, 500) }
        let count = Glibc.poll(&polls, nfds_t(polls.count), Int32(clamping: timeout))
        var events = pending
        pending = []
        if polls[1].revents != 0 { waitingSignals().forEach { answer($0, &events) } }
        if isOpen, !hasHungUp { events += input.drain(isIdle: count == 0) { resized() } }
        let hasEnded = polls[0].revents & Int16(POLLHUP | POLLERR | POLLNVAL) != 0
        if hasEnded { hangUp(&events) }
        return Wake(
            events: events, ready: Set(zip(descriptors, polls.dropFirst(2)).filter { $1.revents != 0 }.map(\.0)))
    }

    /// Gives the terminal to the shell until the program is continued, as Ctrl-Z does; ``Event/resumed`` tells when it was.
    public func suspend() {
        guard isOpen else { return }
        cn_ask_for_reports(false, false)
        cn_leave()
        cn_restore_errors()
        cn_stop_process()
        // The signal that continued the process has been answered by what follows.
        for number in waitingSignals() where number != SIGCONT { answer(number, &pending) }
        resume(&pending)
    }

    /// Gives the terminal back for good. Does nothing the second time.
    public func close() {
        guard isOpen else { return }
        isOpen = false
        cn_ask_for_reports(false, false)
        cn_close()
        cn_restore_errors()
        cn_unwatch_signals()
    }

    private func resume(_ events: inout [Event]) {
        // Nobody is left to be told if the log has become unwritable in the meantime.
        _ = cn_redirect_errors(log)
        cn_resume()
        painter.palette.restoreColors()
        cn_ask_for_reports(true, mouse)
        painter.forget()
        events.append(.resumed)
        if cn_update_size() { events.append(.resize(resized())) }
    }

    /// The whole screen has to be drawn anew after a resize.
    private func resized() -> Size {
        redraw()
        return size
    }

    /// The numbers of the signals that have come since the last time.
    private func waitingSignals() -> [Int32] {
        var bytes = [UInt8](repeating: 0, count: 64)
        let count = read(signals, &bytes, bytes.count)
        return count > 0 ? bytes.prefix(count).map(Int32.init) : []
    }

    private func answer(_ number: Int32, _ events: inout [Event]) {
        switch number {
        case SIGTSTP:
            suspend()
            events += pending
            pending = []
        case SIGCONT:
            // Stopped by force and continued: the shell has used the terminal in between.
            cn_leave()
            resume(&events)
        case SIGHUP, SIGTERM, SIGINT, SIGQUIT: hangUp(&events)
        default: break  // A resize only had to wake the loop: ncurses reports it among the keys.
        }
    }

    private func hangUp(_ events: inout [Event]) {
        if !hasHungUp { events.append(.hangup) }
        hasHungUp = true
    }

    private static func setMeasure(_ width: TextWidth) {
        // C takes no closure with a context: one function for each value of the option.
        if width.ambiguousIsWide {
            cn_set_measure { scalar in Terminal.columns(scalar, TextWidth(ambiguousIsWide: true)) }
        } else {
            cn_set_measure { scalar in Terminal.columns(scalar, TextWidth(ambiguousIsWide: false)) }
        }
    }

    private static func columns(_ scalar: UInt32, _ measure: TextWidth) -> Int32 {
        Unicode.Scalar(scalar).map { Int32(measure.width(of: $0)) } ?? 1
    }
}
