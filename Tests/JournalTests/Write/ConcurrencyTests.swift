import Foundation
import Synchronization
import Testing

@testable import Journal

/// Several writers and readers at once (J9).
@Suite struct ConcurrencyTests {
    /// A LOCK that is removed or replaced under running writers must not let two of them write at once.
    @Test(.hangLimit) func lockMayBeRemovedWhileWritersRun() throws {
        let scratch = ScratchFolder()
        try Journal.create(at: scratch.path, node: "desk")
        let (path, writers, actions) = (scratch.path, 4, isLong ? 2_000 : 100)
        let acknowledged = Mutex<Set<Int>>([])
        let isDone = Mutex(false)
        let (writing, removing) = (Workers(), Workers())
        removing.start {
            while !isDone.withLock({ $0 }) {
                unlink("\(path)/LOCK")
                usleep(200)
            }
        }
        for writer in 0..<writers {
            writing.start {
                for action in 0..<actions {
                    // A new program each time, as scripts are: it creates the LOCK that is missing.
                    let journal = try Journal(at: path)
                    let number = writer * actions + action
                    try journal.record(number)
                    acknowledged.withLock { _ = $0.insert(number) }
                }
            }
        }
        writing.wait()
        isDone.withLock { $0 = true }
        removing.wait()
        #expect(writing.failures == [])
        #expect(acknowledged.withLock { $0.count } == writers * actions)
        let journal = try Journal(at: path)
        #expect(Set(try journal.numbers()) == acknowledged.withLock { $0 })
        #expect(try Verification(of: path).damages.isEmpty)
    }

    @Test func folderThatWasReplacedIsNotWrittenTo() throws {
        let scratch = ScratchFolder()
        let path = "\(scratch.path)/data"
        try Journal.create(at: path, node: "desk")
        let journal = try Journal(at: path)
        try journal.record(1)
        try FileManager.default.copyItem(atPath: path, toPath: "\(path).copy")
        try FileManager.default.moveItem(atPath: path, toPath: "\(path).old")
        try FileManager.default.moveItem(atPath: "\(path).copy", toPath: path)
        #expect(throws: JournalError.replaced(folder: path)) { try journal.record(2) }
        #expect(throws: JournalError.self) { try journal.record(3) }
        #expect(try Journal(at: "\(path).old").numbers() == [1])
        let again = try Journal(at: path)
        try again.record(4)
        #expect(try Journal(at: path).numbers() == [1, 4])
        #expect(try Verification(of: path).damages.isEmpty)
    }

    /// Does again what found the lock taken for too long, as it may on a busy machine: such a write records nothing.
    private func patiently<Result>(_ body: () throws -> Result) throws -> Result {
        while true { do { return try body() } catch JournalError.busy { continue } }
    }

    @Test(.hangLimit) func fourWritersAndAReaderShareALog() throws {
        let scratch = ScratchFolder()
        let (writers, actions) = (4, 50)
        try Journal.create(at: scratch.path, node: "desk")
        let path = scratch.path
        let acknowledged = Mutex<[Int: Int]>([:])
        let followed = Mutex<[Int]>([])
        let isDone = Mutex(false)
        let (writing, reading) = (Workers(), Workers())

        reading.start {
            let reader = try Journal(at: path)
            var last = false
            while !last {
                last = isDone.withLock { $0 }
                let numbers = try reader.numbers()
                followed.withLock { $0 += numbers }
                if !reader.damages.isEmpty { reading.report("\(reader.damages)") }
            }
        }
        for writer in 0..<writers {
            writing.start {
                let journal = try Journal(at: path)
                for action in 0..<actions {
                    let number = (writer * actions + action) * 2
                    let entries =
                        action.isMultiple(of: 5) ? [newEntry(number), newEntry(number + 1)] : [newEntry(number)]
                    let sequence = try patiently { try journal.write(delivering: { _ in }) { $0.append(entries) } }
                    let isTaken = acknowledged.withLock { $0.updateValue(number, forKey: sequence) != nil }
                    if isTaken { writing.report("\(sequence) twice") }
                }
            }
        }
        writing.wait()
        isDone.withLock { $0 = true }
        reading.wait()

        #expect(writing.failures + reading.failures == [])
        var lines: [(sequence: Int, number: Int)] = []
        let journal = try Journal(at: path)
        try journal.catchUp { lines.append(($0.sequence, $0.number)) }
        #expect(lines.map(\.sequence) == Array(1...writers * actions * 6 / 5))
        #expect(lines.map(\.number) == followed.withLock { $0 })
        let first = Dictionary(uniqueKeysWithValues: lines.map { ($0.sequence, $0.number) })
        acknowledged.withLock { acknowledged in
            #expect(acknowledged.count == writers * actions)
            #expect(acknowledged.allSatisfy { first[$0] == $1 })
        }
        #expect(try Verification(of: path).damages.isEmpty)
    }
}
