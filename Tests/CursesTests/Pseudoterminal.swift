import Foundation
import Glibc

/// A pseudoterminal in raw mode; the test is the terminal.
final class Pseudoterminal: Sendable {
    private let terminal: Int32
    /// The program's side.
    let program: Int32

    struct NotOpened: Error {}

    init() throws {
        var (terminal, program): (Int32, Int32) = (-1, -1)
        guard openpty(&terminal, &program, nil, nil, nil) == 0 else { throw NotOpened() }
        (self.terminal, self.program) = (terminal, program)
        var line = termios()
        tcgetattr(program, &line)
        cfmakeraw(&line)
        tcsetattr(program, TCSANOW, &line)
    }

    deinit {
        close(terminal)
        close(program)
    }

    /// Sends bytes as the terminal; waits if the program does not read.
    func send(_ bytes: some Sequence<UInt8>) {
        var rest = Array(bytes)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(terminal, $0.baseAddress, $0.count) }
            if count <= 0 { return }
            rest = rest.dropFirst(count)
        }
    }

    /// Closes the terminal's side.
    func hangUp() {
        // The number stays taken, so that no other file gets it.
        let nothing = open("/dev/null", O_RDWR | O_CLOEXEC)
        dup2(nothing, terminal)
        close(nothing)
    }
}
