import Foundation
import Testing

/// A real terminal: a tmux server with one program per window. The server is killed with the object.
final class Tmux {
    private let home: TestHome
    private let socket = "t\(UInt32.random(in: 0 ... .max))"
    private var hasServer = false
    private var number = 0
    private let size: (width: Int, height: Int)

    static let isInstalled: Bool =
        (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        .contains { FileManager.default.isExecutableFile(atPath: "\($0)/tmux") }
    /// The key of the gate's window in the console that was opened last, as it is drawn.
    private var gateKey = "F2"

    init(_ home: TestHome, _ width: Int = 120, _ height: Int = 36) {
        (self.home, size) = (home, (width, height))
    }

    deinit { if hasServer { _ = try? tmux("kill-server") } }

    /// Runs a tmux command on the server and returns its output.
    @discardableResult
    func tmux(_ words: String...) throws -> String {
        number += 1
        let (output, errors) = (try home.file("tmux-out\(number % 8)"), try home.file("tmux-err\(number % 8)"))
        let variables = ["TMUX_TMPDIR": home.folder.path, "SHELL": "/bin/sh", "TERM": "xterm-256color"]
        let child = try ChildProcess(
            ["tmux", "-u", "-L", socket, "-f", "/dev/null"] + words, environment: home.environment(variables),
            .files(input: "/dev/null", output: output, errors: errors))
        let code = try #require(child.wait(within: 60))
        let said = try TestHome.text(errors)
        try #require(code == 0, "tmux \(words): \(said)")
        return try TestHome.text(output)
    }

    /// Opens a window with a shell command.
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

    /// Opens a window with a console, by default the guard's, and waits until it is drawn.
    func console(_ window: String = "a", _ options: String = "--as S03") throws {
        try open(window, shell: "exec \(Program.path) \(options)")
        var shown = ""
        _ = try eventually {
            shown = try screen(window)
            return shown.contains(/F[2-8] 门岗/)
        }
        let gate = try #require(shown.firstMatch(of: /(F[2-8]) 门岗/), "no gate in\n\(shown)")
        gateKey = String(gate.output.1)
    }

    /// Text of a window.
    func screen(_ window: String = "a") throws -> String { try tmux("capture-pane", "-p", "-t", "s:\(window)") }

    /// The escape sequence before a text, which sets its colours.
    func style(of text: String, in window: String = "a") throws -> String {
        let screen = try tmux("capture-pane", "-p", "-e", "-t", "s:\(window)")
        let place = try #require(screen.range(of: text), "no \(text) in\n\(screen)")
        var style = ""
        // What was set since the colours were last reset: tmux tells only what changes.
        for match in screen[..<place.lowerBound].matches(of: /\e\[([0-9;]*)m/) {
            let change = String(match.output.1)
            style = ["", "0", "49"].contains(change) ? "" : style + change + "m"
        }
        return style
    }

    /// Presses keys by their tmux names.
    func press(_ keys: String..., in window: String = "a") throws {
        for key in keys { try tmux("send-keys", "-t", "s:\(window)", key) }
    }

    /// Sends text as an input method does.
    func type(_ text: String, in window: String = "a") throws { try tmux("send-keys", "-l", "-t", "s:\(window)", text) }

    /// Pastes text, bracketed if the program enabled that mode.
    func paste(_ text: String, in window: String = "a") throws { try paste(Array(text.utf8), "-p", in: window) }

    /// Sends bytes as they are, as the terminal does. tmux may write them in several pieces.
    func send(_ bytes: [UInt8], in window: String = "a") throws { try paste(bytes, "-r", in: window) }

    func send(_ text: String, in window: String = "a") throws { try send(Array(text.utf8), in: window) }

    private func paste(_ bytes: [UInt8], _ option: String, in window: String) throws {
        try tmux("load-buffer", "-b", "pasted", try home.file("pasted", Data(bytes)))
        try tmux("paste-buffer", option, "-b", "pasted", "-t", "s:\(window)")
    }

    /// Opens the form for a visitor at the gate and fills it in; it is not submitted.
    func fillVisitorForm(_ name: String) throws {
        try press("F3", gateKey, "F8")
        try expect("来访登记")
        for text in [name, "3-2-501", "看房"] {
            try type(text)
            try press("Tab")
        }
        try expect(name, "3-2-501", "看房")
    }

    func resize(_ width: Int, _ height: Int) throws {
        try tmux("resize-window", "-t", "s", "-x", "\(width)", "-y", "\(height)")
    }

    /// The value of a tmux format variable for a window.
    func ask(_ format: String, _ window: String = "a") throws -> String {
        try tmux("display-message", "-p", "-t", "s:\(window)", "#{\(format)}").trimmingCharacters(
            in: .whitespacesAndNewlines)
    }

    /// Waits until a window shows all of the texts.
    func expect(_ texts: String..., in window: String = "a", at location: SourceLocation = #_sourceLocation) throws {
        let found = try eventually {
            let shown = try screen(window)
            return texts.allSatisfy { shown.contains($0) }
        }
        let shown = try screen(window)
        #expect(found, "\(texts) not in\n\(shown)", sourceLocation: location)
    }
}

/// Polls a condition; `false` on timeout.
func eventually(within seconds: Double = 40, _ holds: () throws -> Bool) throws -> Bool {
    let deadline = Date(timeIntervalSinceNow: seconds)
    repeat {
        if try holds() { return true }
        usleep(10_000)
    } while deadline.timeIntervalSinceNow > 0
    return false
}
