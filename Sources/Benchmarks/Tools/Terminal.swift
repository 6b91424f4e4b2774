import Foundation

/// A pseudo-terminal that a program draws on.
final class Terminal {
    private let file: Int32
    private let name: String

    /// `TIOCSPTLCK` and `TIOCGPTN`, the requests of `unlockpt` and `ptsname`, which Swift does not import.
    private static let (lock, askNumber): (UInt, UInt) = (0x4004_5431, 0x8004_5430)

    init(columns: UInt16, rows: UInt16) throws {
        file = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
        var (locked, number): (Int32, UInt32) = (0, 0)
        guard file >= 0, ioctl(file, Self.lock, &locked) == 0, ioctl(file, Self.askNumber, &number) == 0 else {
            throw SystemFailure("/dev/ptmx")
        }
        name = "/dev/pts/\(number)"
        var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
        if ioctl(file, UInt(TIOCSWINSZ), &size) != 0 { throw SystemFailure("ioctl") }
    }

    deinit { close(file) }

    /// Seconds from the start of a program until its first picture is complete: `text` was drawn, and 50 ms pass without
    /// output. `nil` if `text` is not drawn within 60 s. Terminates the program; if `endingWhenIdle`, once it is idle.
    func firstPicture(of program: Program, showing text: String, endingWhenIdle: Bool = false) throws -> Double? {
        let (clock, start) = (ContinuousClock(), ContinuousClock().now)
        let process = try self.start(program)
        defer { end(process) }
        guard isShown(text) else { return nil }
        var last = clock.now
        while read(waiting: Self.quiet) != nil { last = clock.now }
        if endingWhenIdle { waitUntilIdle(process) }
        return (last - start).inSeconds
    }

    /// The seconds from a key to the first byte of its answer, and the bytes of the answer, for each of `count` keys. Begins
    /// when `text` was drawn; `nil` if it is not drawn within 60 s.
    func answers(
        of program: Program, showing text: String, to keys: [String], count: Int
    ) throws -> (seconds: Samples, bytes: Samples)? {
        let clock = ContinuousClock()
        let process = try start(program)
        defer { end(process) }
        guard isShown(text) else { return nil }
        waitUntilIdle(process)
        var (seconds, sizes) = (Samples(), Samples())
        for index in 0..<count {
            let key = Array(keys[index % keys.count].utf8)
            let start = clock.now
            guard write(file, key, key.count) == key.count, var bytes = read(waiting: Self.patience) else { return nil }
            seconds.add((clock.now - start).inSeconds)
            while let rest = read(waiting: Self.quiet) { bytes += rest }
            sizes.add(Double(bytes.count))
        }
        return (seconds, sizes)
    }

    /// Milliseconds without output after which a picture is complete.
    private static let quiet: Int32 = 50
    /// Milliseconds to wait for `text`.
    private static let patience: Int32 = 60_000

    /// Starts a program on the terminal.
    private func start(_ program: Program) throws -> pid_t {
        let stream = (path: name, flags: O_RDWR)
        return try program.start(streams: [stream, stream, stream], asSessionLeader: true)
    }

    /// Reads until `text` was drawn; `false` if that takes too long.
    private func isShown(_ text: String) -> Bool {
        var shown = Data()
        while shown.firstRange(of: Data(text.utf8)) == nil {
            guard let bytes = read(waiting: Self.patience) else { return false }
            shown.append(contentsOf: bytes)
        }
        return true
    }

    /// The next bytes; `nil` when there are none in time.
    private func read(waiting milliseconds: Int32) -> [UInt8]? {
        var request = pollfd(fd: file, events: Int16(POLLIN), revents: 0)
        guard poll(&request, 1, milliseconds) > 0 else { return nil }
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = Glibc.read(file, &buffer, buffer.count)
        return count > 0 ? Array(buffer[..<count]) : nil
    }

    /// Waits until a program has used no more than 20 ms of processor time in a second: its background work is finished.
    private func waitUntilIdle(_ process: pid_t) {
        let clock = ContinuousClock()
        let limit = clock.now + .milliseconds(Int64(Self.patience))
        var (busy, since) = (Self.ticks(of: process), clock.now)
        while clock.now < limit, clock.now - since < .seconds(1) {
            _ = read(waiting: 100)
            let now = Self.ticks(of: process)
            if now > busy + 2 { (busy, since) = (now, clock.now) }
        }
    }

    /// The processor time used by a program, in hundredths of a second.
    private static func ticks(of process: pid_t) -> Int {
        let text = (try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)) ?? ""
        // The fields behind the program's name, which stands in brackets.
        let fields = text[(text.lastIndex(of: ")") ?? text.startIndex)...].split(separator: " ")
        return fields.count > 13 ? (Int(fields[12]) ?? 0) + (Int(fields[13]) ?? 0) : 0
    }

    /// Ends a program and reads the output with which it restores the terminal.
    private func end(_ process: pid_t) {
        var status: Int32 = 0
        kill(process, SIGTERM)
        for _ in 0..<100 {
            if waitpid(process, &status, WNOHANG) == process { return }
            if read(waiting: 20) == nil { usleep(20_000) }
        }
        kill(process, SIGKILL)
        waitpid(process, &status, 0)
    }
}
