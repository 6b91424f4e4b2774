import Foundation

/// A program with its arguments, run as a child process.
struct Program {
    let arguments: [String]
    var environment = ProcessInfo.processInfo.environment

    /// `POSIX_SPAWN_SETSID`, an extension that Swift does not import.
    private static let sessionLeader: Int16 = 0x80

    init(_ arguments: [String]) { self.arguments = arguments }

    /// This program, running one ``Worker`` task.
    static func worker(_ arguments: [String]) throws -> Program {
        Program([try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"), Worker.flag] + arguments)
    }

    /// Starts the program with its three standard streams opened on files; returns the process id.
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

    /// Runs the program without its output; returns the seconds it took, or `nil` when it cannot be started or fails.
    func seconds() -> Double? { measured()?.seconds }

    /// The same, with the peak resident memory in bytes.
    func measured() -> (seconds: Double, peak: Int)? {
        var (status, usage) = (Int32(-1), rusage())
        let seconds = time {
            let null = "/dev/null"
            guard let process = try? start(streams: [(null, O_RDONLY), (null, O_WRONLY), (null, O_WRONLY)]) else {
                return
            }
            wait4(process, &status, 0, &usage)
        }
        // ru_maxrss is in KiB.
        return status == 0 ? (seconds, usage.ru_maxrss * 1024) : nil
    }

    /// Runs the program; returns its standard output. Throws ``UsageError`` when it fails.
    func output() throws -> Data {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: arguments[0])
        process.arguments = Array(arguments.dropFirst())
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        if process.terminationStatus != 0 { throw UsageError("a worker failed") }
        return data
    }
}
