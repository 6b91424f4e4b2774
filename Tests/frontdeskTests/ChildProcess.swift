import Foundation
import Glibc

/// A child process with its own environment and none of the test's file descriptors. Killed when deinitialised.
final class ChildProcess {
    let number: pid_t
    private var input: Int32?
    private var output: Int32?
    private var rest: [UInt8] = []
    private var status: Int32?

    /// The three standard streams.
    enum Streams {
        /// Input from a file, output and errors to files.
        case files(input: String, output: String, errors: String)
        /// Input and output through pipes to the test, errors to a file.
        case pipes(errors: String)
    }

    struct NotStarted: Error { let words: [String] }

    init(_ words: [String], environment: [String: String], _ streams: Streams) throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        var theirs: [Int32] = []
        defer { for file in theirs { close(file) } }
        let written = O_WRONLY | O_CREAT | O_TRUNC
        switch streams {
        case .files(let input, let output, let errors):
            posix_spawn_file_actions_addopen(&actions, 0, input, O_RDONLY, 0)
            posix_spawn_file_actions_addopen(&actions, 1, output, written, 0o600)
            posix_spawn_file_actions_addopen(&actions, 2, errors, written, 0o600)
        case .pipes(let errors):
            let (toChild, fromChild) = (ChildProcess.pipe(), ChildProcess.pipe())
            (input, output) = (toChild.write, fromChild.read)
            theirs = [toChild.read, fromChild.write]
            posix_spawn_file_actions_adddup2(&actions, toChild.read, 0)
            posix_spawn_file_actions_adddup2(&actions, fromChild.write, 1)
            posix_spawn_file_actions_addopen(&actions, 2, errors, written, 0o600)
        }
        // The child must not inherit that the test ignores SIGPIPE and that its threads block signals.
        signal(SIGPIPE, SIG_IGN)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var broken = sigset_t()
        sigemptyset(&broken)
        sigaddset(&broken, SIGPIPE)
        posix_spawnattr_setsigdefault(&attributes, &broken)
        var blocked = sigset_t()
        sigemptyset(&blocked)
        posix_spawnattr_setsigmask(&attributes, &blocked)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))
        var arguments = words.map { strdup($0) } + [nil]
        var variables = environment.map { strdup("\($0)=\($1)") } + [nil]
        defer { for text in arguments + variables { free(text) } }
        var started: pid_t = 0
        guard posix_spawnp(&started, words[0], &actions, &attributes, &arguments, &variables) == 0 else {
            throw NotStarted(words: words)
        }
        number = started
    }

    deinit {
        if status == nil { kill() }
        closeInput()
        if let output { close(output) }
    }

    private static func pipe() -> (read: Int32, write: Int32) {
        var ends: [Int32] = [-1, -1]
        _ = Glibc.pipe(&ends)
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        return (ends[0], ends[1])
    }

    // MARK: Streams

    /// Writes to the child's input; `false` if it is closed.
    @discardableResult
    func write(_ text: String) -> Bool { write(Data(text.utf8)) }

    @discardableResult
    func write(_ data: Data) -> Bool {
        guard let input else { return false }
        var bytes = Array(data)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Glibc.write(input, $0.baseAddress, $0.count) }
            if count <= 0 { return false }
            bytes = bytes.dropFirst(count)
        }
        return true
    }

    func closeInput() {
        if let input { close(input) }
        input = nil
    }

    /// The next line of output; `nil` on timeout or at the end.
    func line(within seconds: Double = 20) -> String? {
        let deadline = Date(timeIntervalSinceNow: seconds)
        while true {
            if let end = rest.firstIndex(of: 0x0A) {
                defer { rest.removeSubrange(...end) }
                return String(decoding: rest[..<end], as: UTF8.self)
            }
            guard let output, deadline.timeIntervalSinceNow > 0 else { return nil }
            var waiting = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
            guard poll(&waiting, 1, Int32(max(0, deadline.timeIntervalSinceNow * 1000))) > 0 else { return nil }
            var buffer = [UInt8](repeating: 0, count: 1 << 16)
            let count = read(output, &buffer, buffer.count)
            if count <= 0 { return nil }
            rest += buffer[..<count]
        }
    }

    // MARK: Ending

    /// Kills the child with SIGKILL.
    func kill() {
        Glibc.kill(number, SIGKILL)
        _ = wait()
    }

    /// The exit code, or 128 plus the signal's number; `nil` on timeout.
    func wait(within seconds: Double = 60) -> Int32? {
        if let status { return status }
        let deadline = Date(timeIntervalSinceNow: seconds)
        while deadline.timeIntervalSinceNow > 0 {
            var raw: Int32 = 0
            if waitpid(number, &raw, WNOHANG) == number {
                let signal = raw & 0x7F
                status = signal == 0 ? raw >> 8 & 0xFF : 128 + signal
                return status
            }
            usleep(1000)
        }
        return nil
    }
}
