import Foundation
import Screen
import Synchronization
import Testing

@testable import Console
@testable import Estate
@testable import Journal
@testable import TestDisks

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
        { [self] folder, heads, goOn in
            while true {
                next.wait()
                guard let part = share.withLock({ $0 }) else { break }
                let isWanted = goOn(part)
                stopped.withLock { $0 = !isWanted }
                done.signal()
                if !isWanted { break }
            }
            return try Verification(of: folder, against: heads) { _ in !wasStopped }
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

    private func segment(in folder: String?) -> URL {
        URL(fileURLWithPath: folder ?? estate.folder + "/journal").appendingPathComponent("desk/2026-11.jsonl")
    }

    /// The line that records a resident, as its index in the segment.
    func line(ofResident name: String) throws -> Int {
        let person = try #require(store.estate.people.persons(named: name).first)
        let lines = try String(contentsOf: segment(in: nil), encoding: .utf8).split(separator: "\n")
        return try #require(lines.firstIndex { $0.contains("\"id\":\"\(person.id.id.text)\"") })
    }

    /// Changes the first record that names a unit, in place, with all hashes and HEAD made anew.
    func rewriteJournal() throws {
        var forgery = Forgery(Array(try Data(contentsOf: segment(in: nil))))
        let line = try #require(forgery.lines.firstIndex { $0.contains("3-2-501") })
        forgery.lines[line] = forgery.lines[line].replacing("3-2-501", with: "3-2-509")
        let bytes = forgery.bytes
        let hash = try #require(Digest(String(decoding: bytes.suffix(67).prefix(64), as: UTF8.self)))
        var head = Head()
        head.set(sequence: forgery.lines.count, hash: hash, segment: "2026-11.jsonl", offset: bytes.count)
        let path = segment(in: nil)
        for (url, content) in [
            (path, bytes),
            (path.deletingLastPathComponent().appendingPathComponent("HEAD"), head.encoded + head.encoded),
        ] {
            let file = try FileHandle(forWritingTo: url)
            try file.write(contentsOf: Data(content))
            try file.close()
        }
    }

    /// Changes a byte of the journal in a line; a second time it puts it back.
    func damage(line: Int, in folder: String? = nil) throws {
        let data = try Data(contentsOf: segment(in: folder))
        let ends = data.indices.filter { data[$0] == 0x0A }
        let place = ends[line] - 20
        // In place, so that processes that have the file open see it.
        let file = try FileHandle(forWritingTo: segment(in: folder))
        try file.seek(toOffset: UInt64(place))
        try file.write(contentsOf: Data([data[place] ^ 1]))
        try file.close()
    }
}

/// A temporary folder for a mirror.
final class MirrorFolder {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("mirror-\(UUID().uuidString)").path
    deinit { try? FileManager.default.removeItem(atPath: path) }
}
