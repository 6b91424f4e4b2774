import Foundation
import Synchronization
import Testing

@testable import Journal

/// `flock` holds between open files, so journals in several threads share a log as processes do.
@Suite struct SharingTests {
    @Test func fourWritersAndAReader() throws {
        let scratch = Scratch()
        let (writers, actions) = (4, 50)
        try Journal.create(at: scratch.path, node: "desk")
        let path = scratch.path
        let acknowledged = Mutex<[Int: Int]>([:])
        let followed = Mutex<[Int]>([])
        let failures = Mutex<[String]>([])
        let isDone = Mutex(false)
        let (writing, reading) = (DispatchGroup(), DispatchGroup())

        @Sendable func run(_ group: DispatchGroup, _ body: @escaping @Sendable () throws -> Void) {
            group.enter()
            Thread.detachNewThread {
                do { try body() } catch { failures.withLock { $0.append("\(error)") } }
                group.leave()
            }
        }
        run(reading) {
            let reader = try Journal(at: path)
            var last = false
            while !last {
                last = isDone.withLock { $0 }
                let numbers = try reader.numbers()
                followed.withLock { $0 += numbers }
                if !reader.damages.isEmpty { failures.withLock { $0.append("\(reader.damages)") } }
            }
        }
        for writer in 0..<writers {
            run(writing) {
                let journal = try Journal(at: path)
                for action in 0..<actions {
                    let number = (writer * actions + action) * 2
                    let sequence = try journal.write(delivering: { _ in }) { turn in
                        turn.append(action.isMultiple(of: 5) ? [draft(number), draft(number + 1)] : [draft(number)])
                    }
                    let isTaken = acknowledged.withLock { $0.updateValue(number, forKey: sequence) != nil }
                    if isTaken { failures.withLock { $0.append("\(sequence) twice") } }
                }
            }
        }
        writing.wait()
        isDone.withLock { $0 = true }
        reading.wait()

        #expect(failures.withLock { $0 } == [])
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
