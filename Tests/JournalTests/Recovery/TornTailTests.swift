import Foundation
import Testing

@testable import Journal
@testable import TestDisks

/// A writer is killed in the middle of its write: acknowledged lines stay, the incomplete action is set aside (J3, J4).
@Suite struct TornTailTests {
    static let path = "\(MemoryDisk.log)/2026-11.jsonl"

    /// The files of a journal with entries 1 and 2, and the bytes that an action of these numbers would append.
    private func torn(_ numbers: [Int]) throws -> (files: [String: [UInt8]], action: [UInt8]) {
        let disk = try MemoryDisk.withJournal()
        try disk.journal().record(1)
        try disk.journal().record(2)
        let before = disk.files
        _ = try disk.journal().write(delivering: { _ in }) { $0.append(numbers.map(newEntry)) }
        return (before, Array((disk.files[TornTailTests.path] ?? []).dropFirst(before[TornTailTests.path]?.count ?? 0)))
    }

    private func adding(_ part: some Sequence<UInt8>, to files: [String: [UInt8]]) -> MemoryDisk {
        var files = files
        files[TornTailTests.path]?.append(contentsOf: part)
        return MemoryDisk(files: files)
    }

    @Test func nextWriterPutsATornTailOnRecord() throws {
        let (files, action) = try torn([3])
        let disk = adding(action[..<100], to: files)
        let reader = try disk.journal()
        #expect(try reader.numbers() == [1, 2])
        #expect(reader.damages.isEmpty)
        #expect(try reader.tornTail().map(\.kind) == [.torn])
        try disk.journal().record(4)
        #expect(try reader.numbers() == [4])
        for reader in [reader, try disk.journal()] {
            _ = try reader.numbers()
            #expect(try reader.damages.isEmpty && reader.tornTail().isEmpty)
            #expect(
                reader.setAsides == [
                    SetAside(
                        node: "desk", segment: "2026-11.jsonl", offset: files[TornTailTests.path]?.count ?? 0,
                        bytes: 100,
                        lines: 0, at: at(november))
                ])
        }
    }

    @Test func recordIsWrittenBeforeNewLinesAndKeepsTheTornBytes() throws {
        let (files, action) = try torn([3])
        let disk = adding(action[..<100], to: files)
        let before = disk.files[TornTailTests.path] ?? []
        let calls = FaultyDisk(disk, failing: 0, lasting: false)
        try Journal(at: MemoryDisk.folder, clock: TestClock(november).clock, disk: calls).record(4)
        let after = disk.files[TornTailTests.path] ?? []
        #expect(after.starts(with: before))
        #expect(calls.appends == 2)
        #expect(after.dropFirst(before.count).first == 0x0A)
    }

    @Test func intactLineWithoutNewlineIsKept() throws {
        let (files, action) = try torn([3])
        let disk = adding(action.dropLast(), to: files)
        var seen: [Int] = []
        let writer = try disk.journal()
        let first = try writer.write(delivering: { seen.append($0.number) }) { $0.append([newEntry(4)]) }
        #expect(seen == [1, 2, 3, 4] && first == 4)
        let reader = try disk.journal()
        #expect(try reader.numbers() == [1, 2, 3, 4])
        #expect(reader.damages.isEmpty && reader.setAsides.isEmpty)
    }

    @Test func incompleteActionIsSetAside() throws {
        let (files, action) = try torn([3, 4, 5])
        let ends = action.indices.filter { action[$0] == 0x0A }
        // Two lines and some bytes; two lines; two lines without the last newline.
        for cut in [ends[1] + 20, ends[1] + 1, ends[1]] {
            let disk = adding(action[..<cut], to: files)
            let before = try disk.journal()
            #expect(try before.numbers() == [1, 2])
            try disk.journal().record(6)
            let reader = try disk.journal()
            #expect(try reader.numbers() == [1, 2, 6])
            #expect(reader.damages.isEmpty)
            #expect(reader.setAsides.map(\.lines) == [2])
            #expect(try before.numbers() == [6])
            #expect(before.damages.isEmpty)
        }
    }

    @Test func eachTruncationOfAnActionIsRecovered() throws {
        for numbers in [[3], [3, 4, 5]] {
            let (files, action) = try torn(numbers)
            for cut in 0...action.count {
                let disk = adding(action[..<cut], to: files)
                let hasFullHistory = cut >= action.count - 1
                let reader = try disk.journal()
                _ = try reader.numbers()
                #expect(reader.damages.isEmpty)
                try disk.journal().record(6)
                let later = try disk.journal()
                #expect(try later.numbers() == [1, 2] + (hasFullHistory ? numbers : []) + [6], "cut at \(cut)")
                #expect(later.damages.isEmpty, "cut at \(cut)")
                #expect(later.setAsides.count == (cut == 0 || hasFullHistory ? 0 : 1), "cut at \(cut)")
            }
        }
    }

    @Test(.hangLimit) func tornRecoveryIsRecovered() throws {
        let (files, action) = try torn([3, 4])
        for cut in stride(from: 1, to: action.count, by: 29) {
            let disk = adding(action[..<cut], to: files)
            let torn = disk.files
            try disk.journal().record(5, 6)
            let recovery = (disk.files[TornTailTests.path] ?? []).dropFirst(torn[TornTailTests.path]?.count ?? 0)
            for second in stride(from: 1, through: recovery.count, by: 7) {
                let disk = adding(recovery.prefix(second), to: torn)
                try disk.journal().record(7)
                let reader = try disk.journal()
                // A line that lacks only its newline is kept.
                let hasFullHistory = second >= recovery.count - 1
                #expect(
                    try reader.numbers() == [1, 2] + (hasFullHistory ? [5, 6] : []) + [7], "cut at \(cut), \(second)")
                #expect(reader.damages.isEmpty && !reader.setAsides.isEmpty, "cut at \(cut), \(second)")
            }
        }
    }

    @Test func tailOfLastMonthIsRecordedInTheNextSegment() throws {
        let (files, action) = try torn([3, 4])
        for cut in 1...action.count {
            let disk = adding(action[..<cut], to: files)
            let before = disk.files
            try disk.journal(TestClock(december)).record(5)
            let reader = try disk.journal()
            let hasFullHistory = cut >= action.count - 1
            let expected = [1, 2] + (hasFullHistory ? [3, 4] : []) + [5]
            #expect(try reader.numbers() == expected, "cut at \(cut)")
            #expect(reader.damages.isEmpty && reader.setAsides.count == (hasFullHistory ? 0 : 1), "cut at \(cut)")
            // The recovery is torn too, in the new segment.
            let path = "\(MemoryDisk.log)/2026-12.jsonl"
            for part in stride(from: 0, to: disk.files[path]?.count ?? 0, by: 61) where cut.isMultiple(of: 16) {
                var again = disk.files
                again[path] = Array((again[path] ?? []).prefix(part))
                again["\(MemoryDisk.log)/HEAD"] = before["\(MemoryDisk.log)/HEAD"]
                let second = MemoryDisk(files: again)
                try second.journal(TestClock(december)).record(6)
                let reader = try second.journal()
                #expect(try reader.numbers() == expected.dropLast() + [6], "cut at \(cut), \(part)")
                #expect(reader.damages.isEmpty, "cut at \(cut), \(part): \(reader.damages)")
            }
        }
    }

    @Test func intactLineOfLastMonthIsKept() throws {
        let (files, action) = try torn([3])
        let disk = adding(action.dropLast(), to: files)
        try disk.journal(TestClock(december)).record(4)
        let reader = try disk.journal()
        #expect(try reader.numbers() == [1, 2, 3, 4])
        #expect(reader.damages.isEmpty && reader.setAsides.isEmpty)
    }

    @Test func damageBeforeATornActionStaysReported() throws {
        let (files, action) = try torn([3, 4])
        let disk = adding(action.prefix(action.count - 50), to: files)
        var damaged = disk.files
        let second = (files[TornTailTests.path] ?? []).count - 100
        damaged[TornTailTests.path]?[second] ^= 1
        let again = MemoryDisk(files: damaged)
        try again.journal().record(5)
        let reader = try again.journal()
        #expect(try reader.numbers() == [1, 5])
        #expect(reader.damages.map(\.kind) == [.hash, .gap] && reader.setAsides.map(\.lines) == [1])
    }

    @Test func zerosAfterAPowerCutAreATornTail() throws {
        let (files, _) = try torn([3])
        let disk = adding([UInt8](repeating: 0, count: 4096), to: files)
        try disk.journal().record(4)
        let reader = try disk.journal()
        #expect(try reader.numbers() == [1, 2, 4])
        #expect(reader.damages.isEmpty && reader.setAsides.map(\.bytes) == [4096])
    }

    /// A power cut may keep the end of a write and lose its beginning.
    @Test func actionWithAHoleIsSetAsideUnlessAcknowledged() throws {
        let (files, action) = try torn([3, 4, 5])
        let holed = [UInt8](repeating: 0, count: 400) + action[400...]
        let disk = adding(holed, to: files)
        #expect(try disk.journal().numbers() == [1, 2])
        try disk.journal().record(6)
        let reader = try disk.journal()
        #expect(try reader.numbers() == [1, 2, 6] && reader.damages.isEmpty)
        #expect(reader.setAsides.map(\.lines) == [1] && reader.setAsides.map(\.bytes) == [action.count])
        #expect(try disk.repair().isEmpty && disk.verification().damages.isEmpty)
        // HEAD names the action, so it was damaged later, and its intact lines are delivered.
        let whole = adding([], to: files)
        try whole.journal().record(3, 4, 5)
        var damaged = whole.files
        damaged[TornTailTests.path] = (files[TornTailTests.path] ?? []) + holed
        let again = MemoryDisk(files: damaged)
        try again.journal().record(6)
        let other = try again.journal()
        #expect(try other.numbers() == [1, 2, 5, 6] && other.setAsides.isEmpty)
        #expect(Set(other.damages.map(\.kind)) == [.hash, .gap, .group])
    }
}
