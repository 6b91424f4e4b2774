import Foundation
import Journal
import Screen
import Synchronization
import Testing

@testable import Console
@testable import Estate

/// A journal check that proceeds step by step under the test's control.
final class VerificationSteps: Sendable {
    private let (next, done) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
    private let share = Mutex<Double?>(0)
    private let stopped = Mutex(false)

    var wasStopped: Bool { stopped.withLock { $0 } }

    func go(to part: Double) {
        share.withLock { $0 = part }
        next.signal()
        done.wait()
    }

    func finish() {
        share.withLock { $0 = nil }
        next.signal()
    }

    var verify: ConsoleController.Verify {
        { [self] folder, goOn in
            while true {
                next.wait()
                guard let part = share.withLock({ $0 }) else { break }
                let isWanted = goOn(part)
                stopped.withLock { $0 = !isWanted }
                done.signal()
                if !isWanted { break }
            }
            return try Verification(of: folder) { _ in !wasStopped }
        }
    }
}

extension ConsoleDriver {
    /// Checks the journal, by its command, and waits until that is done.
    func check() {
        press("F9")
        type("核对日志")
        press("Enter")
        awaitVerification()
    }

    /// Changes a byte of the journal in a line that has a text.
    func damage(at text: String, in folder: String? = nil) throws {
        let log = URL(fileURLWithPath: folder ?? estate.folder + "/journal").appendingPathComponent("desk")
        let segment = log.appendingPathComponent("2026-11.jsonl")
        var data = try Data(contentsOf: segment)
        let place = try #require(data.range(of: Data(text.utf8)))
        data[place.upperBound - 1] ^= 1
        // In place, so that processes that have the file open see it.
        let file = try FileHandle(forWritingTo: segment)
        try file.seek(toOffset: UInt64(place.upperBound - 1))
        try file.write(contentsOf: Data([data[place.upperBound - 1]]))
        try file.close()
    }
}

/// A temporary folder for a mirror.
final class MirrorFolder {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("mirror-\(UUID().uuidString)").path
    deinit { try? FileManager.default.removeItem(atPath: path) }
}
