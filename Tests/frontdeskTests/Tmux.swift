import Foundation
import Testing

/// A real terminal: a tmux server of a test's own, with a console in each window, gone with the test.
final class Tmux {
    private let desk: Desk
    private let socket = "t\(UInt32.random(in: 0 ... .max))"
    private var hasServer = false
    private var number = 0
    private let size: (width: Int, height: Int)

    static let isInstalled: Bool =
        (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        .contains { FileManager.default.isExecutableFile(atPath: "\($0)/tmux") }

    init(_ desk: Desk, _ width: Int = 120, _ height: Int = 36) {
        (self.desk, size) = (desk, (width, height))
    }

    deinit { if hasServer { _ = try? tmux("kill-server") } }

    /// Runs a tmux command on the test's own server; what it prints.
    @discardableResult
    func tmux(_ words: String...) throws -> String {
        number += 1
        let (output, errors) = (try desk.file("tmux-out\(number % 8)"), try desk.file("tmux-err\(number % 8)"))
        let variables = ["TMUX_TMPDIR": desk.home.path, "SHELL": "/bin/sh", "TERM": "xterm-256color"]
        let child = try Child(
            ["tmux", "-u", "-L", socket, "-f", "/dev/null"] + words, environment: desk.environment(variables),
            .files(input: "/dev/null", output: output, errors: errors))
        let code = try #require(child.wait(within: 20))
        let said = try Desk.text(errors)
        try #require(code == 0, "tmux \(words): \(said)")
        return try Desk.text(output)
    }

    /// Opens a window that runs a shell command.
    func open(_ window: String, shell command: String) throws {
        if hasServer {
            try tmux("new-window", "-d", "-n", window, command)
        } else {
            try tmux(
                "new-session", "-d", "-s", "s", "-n", window, "-x", "\(size.width)", "-y", "\(size.height)", command,
                ";", "set-option", "-g", "remain-on-exit", "on")
            hasServer = true
        }
    }

    /// Opens a window with a console in it, a guard's unless `options` say otherwise, and waits until it is there.
    func console(_ window: String = "a", _ options: String = "--as S03") throws {
        try open(window, shell: "exec \(Program.path) \(options)")
        try expect(options.contains("S03") ? "F2 门岗" : "F6 门岗", in: window)
    }

    /// What a window shows.
    func screen(_ window: String = "a") throws -> String { try tmux("capture-pane", "-p", "-t", "s:\(window)") }

    /// The last escape sequence before a text: its colours.
    func style(of text: String, in window: String = "a") throws -> String {
        let screen = try tmux("capture-pane", "-p", "-e", "-t", "s:\(window)")
        let place = try #require(screen.range(of: text), "no \(text) in\n\(screen)")
        let before = screen[..<place.lowerBound]
        return before.range(of: "\u{1B}[", options: .backwards).map { String(before[$0.upperBound...]) } ?? ""
    }

    /// Presses keys by their tmux names.
    func press(_ keys: String..., in window: String = "a") throws {
        for key in keys { try tmux("send-keys", "-t", "s:\(window)", key) }
    }

    /// Types text, as an input method commits it.
    func type(_ text: String, in window: String = "a") throws { try tmux("send-keys", "-l", "-t", "s:\(window)", text) }

    /// Pastes text as a terminal does: in brackets, if the program asked for them.
    func paste(_ text: String, in window: String = "a") throws {
        try tmux("set-buffer", "-b", "pasted", text)
        try tmux("paste-buffer", "-p", "-b", "pasted", "-t", "s:\(window)")
    }

    func resize(_ width: Int, _ height: Int) throws {
        try tmux("resize-window", "-t", "s", "-x", "\(width)", "-y", "\(height)")
    }

    /// A fact about a window by tmux's name for it.
    func ask(_ format: String, _ window: String = "a") throws -> String {
        try tmux("display-message", "-p", "-t", "s:\(window)", "#{\(format)}").trimmingCharacters(
            in: .whitespacesAndNewlines)
    }

    /// Waits until a window shows all of these.
    func expect(_ texts: String..., in window: String = "a", at location: SourceLocation = #_sourceLocation) throws {
        let found = try eventually {
            let shown = try screen(window)
            return texts.allSatisfy { shown.contains($0) }
        }
        let shown = try screen(window)
        #expect(found, "\(texts) not in\n\(shown)", sourceLocation: location)
    }
}

/// Looks again and again until something holds; `false` when it does not in time.
func eventually(within seconds: Double = 10, _ holds: () throws -> Bool) throws -> Bool {
    let deadline = Date(timeIntervalSinceNow: seconds)
    repeat {
        if try holds() { return true }
        usleep(10_000)
    } while deadline.timeIntervalSinceNow > 0
    return false
}
