import Foundation

/// A program with its arguments, started as a child process and waited for.
struct Program {
    let arguments: [String]
    var environment = ProcessInfo.processInfo.environment

    /// `POSIX_SPAWN_SETSID`, an extension that Swift does not import.
    private static let sessionLeader: Int16 = 0x80

    init(_ arguments: [String]) { self.arguments = arguments }

    /// This program itself, doing one chore in a process of its own: with a peak of memory of its own, too.
    static func chore(_ arguments: [String]) throws -> Program {
        Program([try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"), Chore.flag] + arguments)
    }

    /// Starts it with its three standard streams opened on files; returns its process id.
    func start(streams: [(path: String, flags: Int32)], asSessionLeader: Bool = false) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for (stream, target) in streams.enumerated() {
            posix_spawn_file_actions_addopen(&actions, Int32(stream), target.path, target.flags, 0o600)
        }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        if asSessionLeader { posix_spawnattr_setflags(&attributes, Program.sessionLeader) }
        var words = arguments.map { strdup($0) } + [nil]
        var settings = environment.map { strdup("\($0)=\($1)") } + [nil]
        defer { (words + settings).forEach { free($0) } }
        var process: pid_t = 0
        let result = posix_spawnp(&process, arguments[0], &actions, &attributes, &words, &settings)
        if result != 0 { throw SystemFailure(arguments[0], result) }
        return process
    }

    /// Runs it to its end without its output; returns the seconds that took, or `nil` when it is not there or fails.
    func seconds() -> Double? {
        var status: Int32 = -1
        let seconds = time {
            let null = "/dev/null"
            guard let process = try? start(streams: [(null, O_RDONLY), (null, O_WRONLY), (null, O_WRONLY)]) else {
                return
            }
            waitpid(process, &status, 0)
        }
        return status == 0 ? seconds : nil
    }

    /// Runs it to its end; returns what it printed.
    func output() throws -> Data {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: arguments[0])
        process.arguments = Array(arguments.dropFirst())
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        if process.terminationStatus != 0 { throw Misuse("a chore failed") }
        return data
    }
}
