import Curses
import Estate
import Glibc
import class Journal.Watch
import Screen

/// The console in a terminal: waits for keys, for other terminals' facts and for the clock.
public enum ConsoleApp {
    public struct Options {
        public var theme: Theme
        public var language: Language
        /// Whether signs of ambiguous width take two columns in this terminal.
        public var ambiguousIsWide = false
        public var mouse = true
        public var keys = KeyTable()
        /// Where errors of the program itself go while the screen is up.
        public var log: String?

        public init(theme: Theme, language: Language, log: String? = nil) {
            (self.theme, self.language, self.log) = (theme, language, log)
        }
    }

    /// Runs until somebody leaves. Throws `TerminalError`.
    public static func run(_ store: Store, as member: StaffMember?, _ options: Options) throws {
        let measure = TextWidth(ambiguousIsWide: options.ambiguousIsWide)
        let terminal = try Terminal(theme: options.theme, width: measure, mouse: options.mouse, log: options.log)
        defer { terminal.close() }
        let console = ConsoleController(
            store, as: member, language: options.language, keys: options.keys, hasMouse: options.mouse)
        let watch = Watch(of: store.folder)
        terminal.mouse = console.usesMouse
        func show() { terminal.present(console.picture(terminal.size, measure: measure)) }
        show()
        // What happened before today's work comes in behind the first picture.
        store.readHistory()
        while !console.isOver {
            let wake = terminal.poll(
                alsoReading: console.awaited + [watch?.file].compactMap { $0 }, timeoutMilliseconds: 1000)
            watch?.drain()
            // Keys that came together make one picture.
            wake.events.forEach(console.send)
            for request in console.takeTerminalRequests() {
                switch request {
                case .suspend: terminal.suspend()
                case .redraw: terminal.redraw()
                case .copy(let text): terminal.copy(text)
                }
            }
            terminal.mouse = console.usesMouse
            // What a key does is seen before the disk is asked for news.
            if !wake.events.isEmpty { show() }
            if console.catchUp() { show() }
        }
    }
}
