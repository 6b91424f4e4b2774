import Curses
import Estate
import Foundation
import Journal

/// The console as plain lines, for screen readers and simple terminals: the same session, commands and forms, read aloud
/// instead of drawn, and answered a line at a time.
public enum LinearApp {
    /// Runs until the console is quit or the input ends.
    public static func run(
        _ store: Store, as member: StaffMember?, language: Language, keys: KeyTable, notice: Label? = nil
    ) {
        let console = ConsoleController(
            store, as: member, language: language, keys: keys.spoken(language), hasMouse: false, notice: notice)
        let watch = Watch(of: store.folder)
        var reader = LineSource()
        print(console.speak().joined(separator: "\n"))
        store.readHistory()
        while !console.isOver {
            prompt()
            var line: String?
            while line == nil, !console.isOver {
                let files = [reader.file] + console.awaited + [watch?.file].compactMap { $0 }
                wait(for: files, atMost: console.pause)
                watch?.drain()
                if console.catchUp() { say(console.news()) }
                if reader.isReady { line = reader.next() }
                if line == nil, reader.isOver {
                    let context = console.context
                    return say(console.session.panes.compactMap { $0.busyReason(context).map { context($0) } })
                }
            }
            guard let line else { break }
            say(console.interpret(line))
            for case .copy(let text) in console.takeTerminalRequests() where isatty(STDOUT_FILENO) == 1 {
                print(Terminal.clipboardSequence(text), terminator: "")
            }
        }
    }

    private static func say(_ lines: [String]) {
        if !lines.isEmpty { print(lines.joined(separator: "\n")) }
    }

    private static func prompt() {
        print("› ", terminator: "")
    }

    /// Waits until one of the files is readable, at most so many milliseconds.
    private static func wait(for files: [Int32], atMost pause: Int) {
        // The output must be complete before the wait.
        fflush(nil)
        var polls = files.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        _ = poll(&polls, nfds_t(polls.count), Int32(pause))
    }
}

/// Standard input, line by line, without blocking.
private struct LineSource {
    let file = STDIN_FILENO
    private var bytes: [UInt8] = []
    private(set) var isOver = false

    var isReady: Bool {
        var poll = pollfd(fd: file, events: Int16(POLLIN), revents: 0)
        return bytes.contains(0x0A) || isOver || Glibc.poll(&poll, 1, 0) > 0
    }

    mutating func next() -> String? {
        if !bytes.contains(0x0A), !isOver {
            var buffer = [UInt8](repeating: 0, count: 4096)
            let count = read(file, &buffer, buffer.count)
            if count > 0 { bytes += buffer[..<count] } else { isOver = true }
        }
        guard let end = bytes.firstIndex(of: 0x0A) else {
            defer { bytes = [] }
            return isOver && !bytes.isEmpty ? String(decoding: bytes, as: UTF8.self) : nil
        }
        defer { bytes.removeSubrange(...end) }
        return String(decoding: bytes[..<end], as: UTF8.self)
    }
}
