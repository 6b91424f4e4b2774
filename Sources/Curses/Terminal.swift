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

    private var encoder: PictureEncoder
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
        get { encoder.palette.theme }
        set {
            encoder.palette.theme = newValue
            encoder.invalidate()
        }
    }

    /// Switches the terminal to full-screen mode.
    ///
    /// - Parameters:
    ///   - width: The text measure of the grids.
    ///   - log: A file that receives standard error while the screen is open; `nil` discards it.
    ///   - exactColors: Redefines the terminal's palette to the theme's exact colours, where that is possible.
    /// - Throws: ``TerminalError``, with the terminal restored.
    public init(
        theme: Theme, width: TextWidth = TextWidth(), mouse: Bool = true, log: String? = nil, exactColors: Bool = false
    ) throws(TerminalError) {
        let capabilities = try Terminal.capabilities()
        signals = cn_watch_signals()
        guard signals >= 0 else { throw .noSignals }
        guard cn_open() else {
            cn_unwatch_signals()
            throw .unknownType(Terminal.type)
        }
        guard cn_redirect_errors(log) else {
            cn_close()
            cn_unwatch_signals()
            throw .logUnwritable(log ?? "")
        }
        let palette = Palette(theme: theme, exactColors: exactColors, capabilities)
        encoder = PictureEncoder(palette: palette, measure: width, capabilities)
        if palette.isExact { cn_palette_was_changed() }
        let decoder = InputDecoder(keys: .terminfo(), eraseIsControlH: cn_erase_character() == 8)
        input = InputReader(file: STDIN_FILENO, decoder: decoder)
        self.mouse = mouse
        self.log = log
        cn_resume()
        cn_set_reports(true, mouse)
    }

    deinit { close() }

    private static var type: String { getenv("TERM").map { String(cString: $0) } ?? "" }

    private static func capabilities() throws(TerminalError) -> Capabilities {
        guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else { throw .notATerminal }
        guard cn_use_utf8() else { throw .noUTF8 }
        guard cn_use_type(nil) else { throw .unknownType(type) }
        guard let capabilities = Capabilities.ofTerminal() else { throw .noCursorMotion(type) }
        return capabilities
    }

    /// Throws the ``TerminalError`` with which full-screen mode would fail; changes nothing on the screen.
    public static func check() throws(TerminalError) { _ = try capabilities() }

    public var size: Size { Size(width: Int(cn_columns()), height: Int(cn_rows())) }

    /// Shows a grid and its cursor. Only differences from the last grid are sent, in one write.
    public func present(_ grid: Grid) {
        guard isOpen else { return }
        let bytes = encoder.encode(grid, on: size)
        // After a failure it is not known what the terminal shows.
        if !cn_write(bytes, bytes.count) { encoder.invalidate() }
    }

    /// Makes the next grid be drawn completely, because other output may have damaged the screen.
    public func redraw() {
        encoder.invalidate()
    }

    /// Copies text to the clipboard of the user's machine, if the terminal permits it (OSC 52).
    public func copy(_ text: String) {
        guard isOpen else { return }
        let bytes = Array(Terminal.clipboardSequence(text).utf8)
        _ = cn_write(bytes, bytes.count)
    }

    /// The OSC 52 sequence that copies `text`. Base64 ensures that the text cannot end the sequence or start another.
    public static func clipboardSequence(_ text: String) -> String {
        "\u{1B}]52;c;\(Data(text.utf8).base64EncodedString())\u{7}"
    }

    /// Waits for input, for one of `descriptors` to become readable, or for the timeout; `nil` waits without limit.
    ///
    /// May return early with an empty result. ``Event/hangup`` is delivered once; the program should then save and
    /// exit.
    public func poll(alsoReading descriptors: [Int32] = [], timeoutMilliseconds: Int?) -> PollResult {
        let watched = [hasHungUp ? -1 : STDIN_FILENO, signals] + descriptors
        var polls = watched.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        // Unfinished input, such as a lone Esc, is decided in time.
        let waits = [timeoutMilliseconds, hasHungUp ? nil : input.waitMilliseconds, pending.isEmpty ? nil : 0]
            .compactMap { $0 }
        let timeout = waits.min().map { Int32(clamping: $0) } ?? -1
        // A signal has written to its pipe, so that the second call returns at once.
        while Glibc.poll(&polls, nfds_t(polls.count), timeout) < 0, errno == EINTR {}
        var events = pending
        pending = []
        if polls[1].revents != 0 { pendingSignals().forEach { handleSignal($0, &events) } }
        if isOpen, !hasHungUp {
            let read = input.drain()
            events += read.events
            let isLost = polls[0].revents & Int16(POLLHUP | POLLERR | POLLNVAL) != 0
            if read.hasEnded || isLost { hangUp(&events) }
        }
        return PollResult(
            events: events, ready: Set(zip(descriptors, polls.dropFirst(2)).filter { $1.revents != 0 }.map(\.0)))
    }

    /// Stops the process as Ctrl-Z does, with the terminal restored. ``Event/resumed`` follows when it is continued.
    public func suspend() {
        guard isOpen else { return }
        cn_set_reports(false, false)
        restorePalette()
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
        restorePalette()
        cn_close()
        cn_restore_errors()
        cn_unwatch_signals()
    }

    private func restorePalette() {
        let reset = encoder.palette.reset
        _ = cn_write(reset, reset.count)
    }

    private func resume(_ events: inout [Event]) {
        // A log that became unwritable in the meantime cannot be reported anywhere.
        _ = cn_redirect_errors(log)
        cn_resume()
        encoder.palette.restoreColors()
        cn_set_reports(true, mouse)
        encoder.invalidate()
        events.append(.resumed)
        updateSize(&events)
    }

    /// Adopts the terminal's size; if it has changed, the next grid is drawn completely.
    private func updateSize(_ events: inout [Event]) {
        guard cn_update_size() else { return }
        redraw()
        events.append(.resize(size))
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
            restorePalette()
            cn_leave()
            resume(&events)
        case SIGHUP, SIGTERM, SIGINT, SIGQUIT: hangUp(&events)
        case SIGWINCH: updateSize(&events)
        default: break
        }
    }

    private func hangUp(_ events: inout [Event]) {
        if !hasHungUp { events.append(.hangup) }
        hasHungUp = true
    }
}
