import Foundation
import Handbook
import Testing
import TestSupport

@testable import Estate
@testable import Journal
@testable import TestDisks

@Suite("A checkpoint that somebody has edited, hashes included, changes nothing")
struct CheckpointTamperTests {
    private let test: TestEstate
    private let path: String
    private let sound: [UInt8]

    init() throws {
        test = try TestEstate()
        try test.recordDay()
        let store = test.store
        try Checkpoint(
            of: test.folder, WorkingSet(of: store.estate, at: store.now), store.handbook,
            positions: store.journal.positions, on: store.disk
        ).save(in: test.folder, on: store.disk)
        path = Checkpoint.path(in: test.folder)
        sound = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    }

    /// Whether a start used the checkpoint, and the rows of all views.
    private func start() throws -> (usesIt: Bool, rows: [[[String]]]) {
        let store = try Store(at: test.folder, fullHistory: false, clock: test.clock.clock)
        let views = Estate.views.filter { !$0.description.contains(where: \.isRequired) }
        return (!store.hasFullHistory, try views.map { try test.rows($0, of: store.estate) })
    }

    /// The parts of the file: where the record is, the head, the lines, the receipts.
    private struct Parts {
        var record, head: String
        var lines: [String]
        var receipts: [UInt8]

        init(_ bytes: [UInt8]) throws {
            let parts = bytes.split(separator: 0x0A, maxSplits: 2, omittingEmptySubsequences: false)
            record = String(decoding: parts[0], as: UTF8.self)
            head = String(decoding: parts[1], as: UTF8.self)
            let length = try #require(head.firstMatch(of: /"bytes":([0-9]+)/)).output.1
            let count = try #require(Int(length))
            lines = String(decoding: parts[2].prefix(count), as: UTF8.self).split(separator: "\n").map(String.init)
            receipts = Array(parts[2].dropFirst(count))
        }

        /// The file with the lengths as they are.
        var bytes: [UInt8] {
            let text = Array(lines.map { $0 + "\n" }.joined().utf8)
            let head = head.replacing(/"bytes":[0-9]+/, with: "\"bytes\":\(text.count)")
                .replacing(/"receipts":[0-9]+/, with: "\"receipts\":\(receipts.count)")
            return Array("\(record)\n\(head)\n".utf8) + text + receipts
        }

        /// Changes a line, and makes its hash anew.
        mutating func change(_ index: Int, _ text: String, to other: String) {
            let line = lines[index].replacing(text, with: other)
            let previous = String(line.suffix(Forgery.hashesLength).dropFirst(6).prefix(64))
            lines[index] = Forgery.hashed(String(line.dropLast(Forgery.hashesLength)), after: previous).line
        }
    }

    private static let edits: [(String, @Sendable (inout Parts) -> Void)] = [
        ("a name", { parts in for index in parts.lines.indices { parts.change(index, "翠湖", to: "碧湖") } }),
        ("a day", { parts in for index in parts.lines.indices { parts.change(index, "2026-12", to: "2026-11") } }),
        ("every other member", { $0.change(2, "\"by\":\"S01\"", to: "\"by\":\"S02\"") }),
        ("the first line gone", { $0.lines.removeFirst() }), ("the last line gone", { $0.lines.removeLast() }),
        ("a middle line gone", { $0.lines.remove(at: $0.lines.count / 2) }), ("all lines gone", { $0.lines = [] }),
        ("a line twice", { $0.lines.append($0.lines[3]) }), ("two lines swapped", { $0.lines.swapAt(1, 2) }),
        ("all reversed", { $0.lines.reverse() }), ("no receipts", { $0.receipts = [] }),
        (
            "a later position",
            { parts in
                parts.head = parts.head.replacing(/"sequence":([0-9]+)/) {
                    "\"sequence\":\((Int($0.output.1) ?? 0) + 1)"
                }
            }
        ),
        ("no positions", { $0.head = $0.head.replacing(/"positions":\[.*\]/, with: "\"positions\":[]") }),
        (
            "an earlier moment",
            { parts in
                guard let moment = parts.head.firstMatch(of: /"moment":([0-9]+)/).flatMap({ Int64($0.output.1) }) else {
                    return
                }
                let earlier = moment - 86_400_000
                let proof = Array("\(Estate.facts.schema) \(earlier)".utf8).withUnsafeBytes { Digest(of: $0).text }
                parts.head = parts.head.replacing("\(moment)", with: "\(earlier)")
                    .replacing(/"proof":"[0-9a-f]+"/, with: "\"proof\":\"\(proof)\"")
            }
        ),
        ("another record", { $0.record = $0.record.replacing(/"hash":"[0-9a-f]{4}/, with: "\"hash\":\"0000") }),
        ("a record of another file", { $0.record = $0.record.replacing("2026-12.jsonl", with: "../../NODE") }),
        ("no record", { $0.record = "{}" }),
    ]

    @Test("the file as it was written is used, and gives what the whole journal gives")
    func isUsed() throws {
        #expect(try start().usesIt && Parts(sound).bytes == sound)
    }

    @Test("each edit leads to the whole journal", arguments: edits.indices)
    func edited(index: Int) throws {
        let (name, edit) = Self.edits[index]
        let expected = try Store(at: test.folder, clock: test.clock.clock)
        let views = Estate.views.filter { !$0.description.contains(where: \.isRequired) }
        let rows = try views.map { try test.rows($0, of: expected.estate) }
        var parts = try Parts(sound)
        edit(&parts)
        try #require(parts.bytes != sound, "\(name) changes nothing")
        try Data(parts.bytes).write(to: URL(fileURLWithPath: path))
        let (usesIt, found) = try start()
        #expect(!usesIt && found == rows, "\(name)")
    }

    @Test("one of another folder, and one of an earlier day, do not count for more than they say")
    func others() throws {
        let other = try TestEstate()
        try other.recordDay()
        try FileManager.default.createDirectory(atPath: "\(other.folder)/checkpoint", withIntermediateDirectories: true)
        try Data(sound).write(to: URL(fileURLWithPath: Checkpoint.path(in: other.folder)))
        #expect(try Store(at: other.folder, fullHistory: false, clock: other.clock.clock).hasFullHistory)
    }

    @Test("a copy of a folder keeps its checkpoint and gets no record by being looked at")
    func copied() throws {
        let copy = test.folder + "-copy"
        try FileManager.default.copyItem(atPath: test.folder, toPath: copy)
        defer { try? FileManager.default.removeItem(atPath: copy) }
        let store = try Store(at: copy, fullHistory: false, clock: test.clock.clock)
        #expect(!store.hasFullHistory)
        let before = store.journal.lines
        try Checkpoint(
            of: copy, WorkingSet(of: store.estate, at: store.now), store.handbook, positions: store.journal.positions,
            on: store.disk
        ).save(in: copy, on: store.disk)
        try store.catchUp()
        #expect(store.journal.isCopy && store.journal.lines == before)
    }
}
