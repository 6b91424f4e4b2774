import CNcurses
import struct Foundation.Data
import Glibc
import Screen

/// The terminal in full-screen mode: shows grids and reads events.
///
/// Only one instance may exist at a time, used by the thread that created it. The user's screen and terminal modes are
/// restored by ``close()``, on suspension, and by signal handlers after a crash.
public final class Terminal {
    /// Result of ``poll(alsoReading:timeoutMilliseconds:)``.
    public struct PollResult: Sendable {
        public var events: [Event]
        /// The given descriptors that are readable.
        public var ready: Set<Int32>
    }

    private var renderer: GridRenderer
    private var input: InputReader
    private var pending: [Event] = []
    private var isOpen = true
    private var hasHungUp = false
    private let signals: Int32
    private let log: String?

    /// Whether mouse events are reported. The terminal's own text selection is not available then.
    public var mouse: Bool {
        didSet { if mouse != oldValue { cn_set_reports(true, mouse) } }
    }

    /// The theme; a change takes effect with the next grid.
    public var theme: Theme {
        get { renderer.palette.theme }
        set {
            renderer.palette.theme = newValue
            renderer.invalidate()
        }
    }

    /// The number of colours of this terminal.
    public var colorDepth: ColorDepth { renderer.palette.depth }

    /// Switches the terminal to full-screen mode.
    ///
    /// - Parameters:
    ///   - width: The text measure of the grids; ncurses is made to use the same.
    ///   - log: A file that receives standard error while the screen is open; `nil` discards it.
    ///   - exactColors: Redefines the terminal's palette to the theme's exact colours, where that is possible.
    /// - Throws: ``TerminalError``, with the terminal restored.
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
        guard cn_can_move_cursor() else {
            cn_close()
            cn_unwatch_signals()
            throw .noCursorMotion(getenv("TERM").map { String(cString: $0) } ?? "")
        }
        guard cn_redirect_errors(log) else {
            cn_close()
            cn_unwatch_signals()
            throw .logUnwritable(log ?? "")
        }
        cn_watch_resizing()
        cn_define_keys()
        renderer = GridRenderer(palette: Palette(theme: theme, exactColors: exactColors), measure: width)
        input = InputReader()
        self.mouse = mouse
        self.log = log
        cn_resume()
        cn_set_reports(true, mouse)
    }

    deinit { close() }

    public var size: Size { Size(width: Int(cn_columns()), height: Int(cn_rows())) }

    /// Shows a grid and its cursor. Only differences from the last grid are sent.
    public func present(_ grid: Grid) {
        renderer.present(grid)
    }

    /// Makes the next grid be drawn completely, because other output may have damaged the screen.
    public func redraw() {
        cn_redraw_all()
        renderer.invalidate()
    }

    /// Copies text to the clipboard of the user's machine, if the terminal permits it (OSC 52).
    public func copy(_ text: String) {
        guard isOpen else { return }
        var bytes = Array(Terminal.clipboardSequence(text).utf8)[...]
        while !bytes.isEmpty {
            let written = bytes.withUnsafeBytes { write(STDOUT_FILENO, $0.baseAddress, $0.count) }
            if written <= 0 { return }
            bytes = bytes.dropFirst(written)
        }
    }

    /// The OSC 52 sequence that copies `text`. Base64 ensures that the text cannot end the sequence or start another.
    public static func clipboardSequence(_ text: String) -> String {
        "\u{1B}]52;c;\(Data(text.utf8).base64EncodedString())\u{7}"
    }

    public func beep() {
        cn_beep()
    }

    /// Waits for input, for one of `descriptors` to become readable, or for the timeout; `nil` waits without limit.
    ///
    /// May return early with an empty result. ``Event/hangup`` is delivered once; the program should then save and
    /// exit.
    public func poll(alsoReading descriptors: [Int32] = [], timeoutMilliseconds: Int?) -> PollResult {
        let watched = [hasHungUp ? -1 : STDIN_FILENO, signals] + descriptors
        var polls = watched.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        var timeout = pending.isEmpty ? timeoutMilliseconds ?? -1 : 0
        // The end of a paste may be lost; without a timeout no key would be delivered again.
        if input.isPasting { timeout = timeout < 0 ? 500 : min(timeout, 500) }
        let count = Glibc.poll(&polls, nfds_t(polls.count), Int32(clamping: timeout))
        var events = pending
        pending = []
        if polls[1].revents != 0 { pendingSignals().forEach { handleSignal($0, &events) } }
        if isOpen, !hasHungUp { events += input.drain(isIdle: count == 0) { resized() } }
        let hasEnded = polls[0].revents & Int16(POLLHUP | POLLERR | POLLNVAL) != 0
        if hasEnded { hangUp(&events) }
        return PollResult(
            events: events, ready: Set(zip(descriptors, polls.dropFirst(2)).filter { $1.revents != 0 }.map(\.0)))
    }

    /// Stops the process as Ctrl-Z does, with the terminal restored. ``Event/resumed`` follows when it is continued.
    public func suspend() {
        guard isOpen else { return }
        cn_set_reports(false, false)
        cn_leave()
        cn_restore_errors()
        cn_stop_process()
        // `resume` below does everything that SIGCONT requires.
        for number in pendingSignals() where number != SIGCONT { handleSignal(number, &pending) }
        resume(&pending)
    }

    /// Restores the terminal for good. Further calls have no effect.
    public func close() {
        guard isOpen else { return }
        isOpen = false
        cn_set_reports(false, false)
        cn_close()
        cn_restore_errors()
        cn_unwatch_signals()
    }

    private func resume(_ events: inout [Event]) {
        // A log that became unwritable in the meantime cannot be reported anywhere.
        _ = cn_redirect_errors(log)
        cn_resume()
        renderer.palette.restoreColors()
        cn_set_reports(true, mouse)
        renderer.invalidate()
        events.append(.resumed)
        if cn_update_size() { events.append(.resize(resized())) }
    }

    /// Schedules a complete redraw after a resize and returns the new size.
    private func resized() -> Size {
        redraw()
        return size
    }

    /// Numbers of the signals received since the last call.
    private func pendingSignals() -> [Int32] {
        var bytes = [UInt8](repeating: 0, count: 64)
        let count = read(signals, &bytes, bytes.count)
        return count > 0 ? bytes.prefix(count).map(Int32.init) : []
    }

    private func handleSignal(_ number: Int32, _ events: inout [Event]) {
        switch number {
        case SIGTSTP:
            suspend()
            events += pending
            pending = []
        case SIGCONT:
            // The process was stopped by SIGSTOP, without `suspend`: the shell has used the terminal since.
            cn_leave()
            resume(&events)
        case SIGHUP, SIGTERM, SIGINT, SIGQUIT: hangUp(&events)
        default: break  // SIGWINCH only wakes the loop: ncurses reports the resize as a key.
        }
    }

    private func hangUp(_ events: inout [Event]) {
        if !hasHungUp { events.append(.hangup) }
        hasHungUp = true
    }

    private static func setMeasure(_ width: TextWidth) {
        // A C function pointer cannot capture the option, so there is one closure for each value.
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
