import CNcurses
import Foundation
import Glibc
import Testing

@Suite("Writing to a terminal")
struct WritingTests {
    @Test("Signals that interrupt a write lose nothing of it", arguments: [0, O_NONBLOCK])
    func interruptedWrite(mode: Int32) throws {
        var ends: [Int32] = [-1, -1]
        try #require(pipe(&ends) == 0)
        let (input, output) = (ends[0], ends[1])
        defer { close(input) }
        _ = fcntl(output, F_SETFL, mode)
        // Without SA_RESTART a signal ends a system call.
        var (action, old) = (sigaction(), sigaction())
        action.__sigaction_handler.sa_handler = { _ in }
        sigaction(SIGWINCH, &action, &old)
        defer { sigaction(SIGWINCH, &old, nil) }
        let sent = (0..<1_000_000).map { UInt8(truncatingIfNeeded: $0 / 7) }
        let writer = Writer(output, sent)
        var (received, buffer) = ([UInt8](), [UInt8](repeating: 0, count: 20_000))
        while true {
            writer.interrupt()
            let count = read(input, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            if count <= 0 { break }
            received += buffer[..<count]
        }
        #expect(received == sent)
        #expect(writer.isComplete)
        writer.finish()
    }

    /// A thread that writes bytes to a file and closes it.
    private final class Writer: @unchecked Sendable {
        private let (started, read) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        // Set before `started` is signalled, and before the file is closed.
        private var thread: pthread_t?
        private(set) var isComplete = false

        init(_ file: Int32, _ bytes: [UInt8]) {
            Thread.detachNewThread { [self] in
                thread = pthread_self()
                started.signal()
                isComplete = cn_write_to(file, bytes, bytes.count)
                close(file)
                // Only a thread that exists can be interrupted.
                read.wait()
            }
            started.wait()
        }

        func interrupt() {
            if let thread { pthread_kill(thread, SIGWINCH) }
        }

        func finish() {
            read.signal()
        }
    }
}
