import Curses
import Estate
import Glibc
import class Journal.Watch
import Screen

/// The console in a terminal: waits for keys, for facts of other terminals and for the clock.
public enum ConsoleApp {
    public struct Options {
        public var theme: Theme
        public var language: Language
        /// Whether characters of ambiguous width take two columns in this terminal.
        public var ambiguousIsWide = false
        public var mouse = true
        public var keys = KeyTable()
        /// The file that gets the program's error output while the screen is in use.
        public var log: String?
        /// What is said when the console opens, unless the data has something to say.
        public var notice: Label?

        public init(theme: Theme, language: Language, log: String? = nil) {
            (self.theme, self.language, self.log) = (theme, language, log)
        }
    }

    /// Runs until the console is quit. Throws `TerminalError`.
    public static func run(_ store: Store, as member: StaffMember?, _ options: Options) throws {
        let measure = TextWidth(ambiguousIsWide: options.ambiguousIsWide)
        let terminal = try Terminal(theme: options.theme, width: measure, mouse: options.mouse, log: options.log)
        defer { terminal.close() }
        let console = ConsoleController(
            store, as: member, language: options.language, keys: options.keys, hasMouse: options.mouse,
            notice: options.notice)
        let watch = Watch(of: store.folder)
        terminal.mouse = console.usesMouse
        func show() {
            terminal.present(console.picture(terminal.size, measure: measure))
            console.shown()
        }
        show()
        // The first picture needs only today's work; the rest is read in the background.
        store.readHistory()
        while !console.isOver {
            let wake = terminal.poll(
                alsoReading: console.awaited + [watch?.file].compactMap { $0 }, timeoutMilliseconds: console.pause)
            watch?.drain()
            // One picture is enough for all events that came together.
            console.send(wake.events)
            for request in console.takeTerminalRequests() {
                switch request {
                case .suspend: terminal.suspend()
                case .redraw: terminal.redraw()
                case .copy(let text): terminal.copy(text)
                }
            }
            terminal.mouse = console.usesMouse
            // The picture comes before the disk is written and read, to keep the key latency low.
            if !wake.events.isEmpty {
                show()
                if console.settle() { show() }
            }
            if console.catchUp(hasNews: !wake.ready.isEmpty) { show() }
        }
    }
}
