import Foundation
import Synchronization

@testable import Journal
@testable import TestDisks

/// A folder of a test's own, gone with the test.
final class Scratch {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("journal-\(UUID().uuidString)").path

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func bytes(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(fileURLWithPath: "\(path)/\(name)")))
    }

    func put(_ bytes: [UInt8], _ name: String) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: "\(path)/\(name)"))
    }

    /// Adds to a file as a writer that was killed in the middle would have.
    func add(_ bytes: some Sequence<UInt8>, to name: String) throws {
        let file = try FileHandle(forWritingTo: URL(fileURLWithPath: "\(path)/\(name)"))
        defer { try? file.close() }
        try file.seekToEnd()
        try file.write(contentsOf: Data(bytes))
    }
}

/// A clock that a test sets.
final class TestClock: Sendable {
    private let moment: Mutex<Moment>

    init(_ text: String) { moment = Mutex(at(text)) }

    func set(_ text: String) { moment.withLock { $0 = at(text) } }

    var clock: Clock { { [self] in moment.withLock { $0 } } }
}

/// A moment by its ISO text; the epoch when the text is none, which no test expects.
func at(_ text: String) -> Moment { Moment(iso: text.utf8) ?? Moment(milliseconds: 0) }

let november = "2026-11-23T16:10:05.123+08:00"
let december = "2026-12-01T00:00:00+08:00"

/// The fact that the tests record: a number and nothing else.
func draft(_ number: Int) -> Draft {
    Draft(
        id: EntryID(high: 0x019A_0000_0000_0000, low: UInt64(number)), by: "S01", kind: "test.counted",
        data: Array("{\"number\":\(number)}".utf8))
}

extension Line {
    var number: Int { Int(id.low) }
}

extension Journal {
    /// Records one action of these numbers.
    func record(_ numbers: Int...) throws { _ = try write(delivering: { _ in }) { $0.append(numbers.map(draft)) } }

    /// Reads on; the numbers that came.
    func numbers() throws -> [Int] {
        var numbers: [Int] = []
        try catchUp { numbers.append($0.number) }
        return numbers
    }
}

extension MemoryDisk {
    static let folder = "/estate"
    static let log = "\(folder)/journal/desk"

    /// A journal in memory, made but empty.
    static func founded() throws -> MemoryDisk {
        let disk = MemoryDisk()
        try Journal.create(at: folder, node: "desk", disk: disk)
        return disk
    }

    func journal(_ clock: TestClock = TestClock(november)) throws -> Journal {
        try Journal(at: MemoryDisk.folder, clock: clock.clock, disk: self)
    }
}

/// Whether the long forms of the sweeps run too: `FRONTDESK_LONG_TESTS=1 swift test`.
let isLong = ProcessInfo.processInfo.environment["FRONTDESK_LONG_TESTS"] == "1"

/// How many cases a sweep tried; told once all its parts have told theirs.
final class Tally: Sendable {
    private let name: String
    private let state: Mutex<(parts: Int, cases: Int)>

    init(_ name: String, parts: Int) {
        self.name = name
        state = Mutex((parts, 0))
    }

    func add(_ cases: Int) {
        let total: Int? = state.withLock { state in
            state.parts -= 1
            state.cases += cases
            return state.parts == 0 ? state.cases : nil
        }
        if let total { print("\(name): \(total.formatted(.number.locale(Locale(identifier: "en")))) cases") }
    }
}

extension MemoryDisk {
    static let mirror = "/mirror"
    static let mirrorLog = "\(mirror)/desk"

    /// A journal in memory with a mirror, both empty.
    static func mirrored() throws -> MemoryDisk {
        let disk = try founded()
        try disk.setMirror()
        return disk
    }

    func setMirror() throws { try Journal.setMirror(of: MemoryDisk.folder, to: MemoryDisk.mirror, disk: self) }
    func repair() throws -> [Repair] { try Journal.repair(folder: MemoryDisk.folder, disk: self) }
    func verification() throws -> Verification { try Verification(of: MemoryDisk.folder, disk: self) }

    /// The segments of one copy.
    func segments(_ copy: Damage.Copy) -> [String: [UInt8]] {
        let folder = copy == .primary ? MemoryDisk.log : MemoryDisk.mirrorLog
        var segments: [String: [UInt8]] = [:]
        for (path, bytes) in files where path.hasPrefix(folder + "/") {
            let name = String(path.dropFirst(folder.count + 1))
            if LogReader.isSegment(name) { segments[name] = bytes }
        }
        return segments
    }

    var isMirrored: Bool { segments(.primary) == segments(.mirror) }
}
