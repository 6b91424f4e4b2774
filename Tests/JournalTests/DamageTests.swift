import Foundation
import Testing

@testable import Journal
@testable import TestDisks

/// Whatever happens to a log's bytes is noticed, and takes no intact line with it.
@Suite struct DamageTests {
    static let first = "\(MemoryDisk.log)/2026-11.jsonl"
    static let second = "\(MemoryDisk.log)/2026-12.jsonl"

    /// A journal of actions of one to three lines, half of them in each of two segments; the facts count from 0.
    struct Sample {
        var files: [String: [UInt8]]
        let count: Int

        init(lines count: Int) throws {
            let (disk, clock) = (try MemoryDisk.founded(), TestClock(november))
            let writer = try disk.journal(clock)
            for number in stride(from: 0, to: count, by: 6) {
                if number == count / 2 { clock.set(december) }
                try writer.record(number)
                try writer.record(number + 1, number + 2)
                try writer.record(number + 3, number + 4, number + 5)
            }
            (files, self.count) = (disk.files, count)
        }

        func bytes(_ name: String) -> [UInt8] { files[name] ?? [] }

        /// A segment's lines, each with its newline.
        func lines(_ name: String) -> [[UInt8]] {
            bytes(name).split(separator: 0x0A).map { Array($0) + [0x0A] }
        }

        /// The number of a segment's first fact.
        func start(_ name: String) -> Int { name == DamageTests.first ? 0 : count / 2 }

        /// Reads the journal with one segment changed: is it noticed, are all intact facts there, each once? Then has it
        /// written to: is the new fact readable, and the damage still known, to others?
        func check(
            _ name: String, _ bytes: [UInt8], losing lost: Range<Int>, writing: Bool, _ what: @autoclosure () -> String
        ) throws {
            var changed = files
            changed[name] = bytes
            let disk = MemoryDisk(files: changed)
            let reader = try disk.journal()
            let read = try reader.numbers()
            let isNoticed = try !reader.damages.isEmpty || !reader.tornTail().isEmpty
            if !isNoticed { Issue.record("not noticed: \(what())") }
            if !isComplete(read, but: lost) { Issue.record("\(what()): read \(read)") }
            guard writing else { return }
            try disk.journal(TestClock(december)).record(count, count + 1)
            try disk.journal(TestClock(december)).record(count + 2)
            let later = try disk.journal()
            let again = try later.numbers()
            if !isComplete(again, but: lost, new: 3) { Issue.record("\(what()), then written: read \(again)") }
            if again.count < count + 3, later.damages.isEmpty {
                Issue.record("\(what()), then written: lost in silence")
            }
            if !later.setAsides.isEmpty { Issue.record("\(what()): acknowledged lines were set aside") }
        }

        private func isComplete(_ read: [Int], but lost: Range<Int>, new: Int = 0) -> Bool {
            var seen = [Int](repeating: 0, count: count + new)
            for number in read {
                guard seen.indices.contains(number) else { return false }
                seen[number] += 1
            }
            return seen.indices.allSatisfy { seen[$0] == 1 || (seen[$0] == 0 && lost.contains($0)) }
        }
    }

    @Test func theUndamagedJournalIsClean() throws {
        let reader = try MemoryDisk(files: Sample(lines: 60).files).journal()
        #expect(try reader.numbers() == Array(0..<60))
        #expect(try reader.damages.isEmpty && reader.tornTail().isEmpty)
    }

    @Test(arguments: [first, second]) func everyFlippedByte(name: String) throws {
        let sample = try Sample(lines: 24)
        var bytes = sample.bytes(name)
        var line = sample.start(name)
        for place in bytes.indices {
            let isNewline = bytes[place] == 0x0A
            let bit: UInt8 = 1 << UInt8(place % 8)
            bytes[place] ^= bit
            try sample.check(
                name, bytes, losing: line..<line + (isNewline ? 2 : 1), writing: place.isMultiple(of: 17),
                "flip at \(place) of \(name)")
            bytes[place] ^= bit
            if isNewline { line += 1 }
        }
    }

    @Test(arguments: [first, second]) func everyCut(name: String) throws {
        let sample = try Sample(lines: 24)
        let bytes = sample.bytes(name)
        var line = sample.start(name)
        for place in bytes.indices {
            let isNearNewline = bytes[max(0, place - 1)...min(place + 1, bytes.count - 1)].contains(0x0A)
            try sample.check(
                name, Array(bytes[..<place]), losing: line..<sample.start(name) + 12,
                writing: isNearNewline || place.isMultiple(of: 17), "cut at \(place) of \(name)")
            if bytes[place] == 0x0A { line += 1 }
        }
    }

    @Test(arguments: [first, second]) func everyLineDeletedDoubledOrSwapped(name: String) throws {
        let sample = try Sample(lines: 60)
        let (lines, start) = (sample.lines(name), sample.start(name))
        for place in lines.indices {
            func check(_ what: String, losing: Int = 0, _ change: (inout [[UInt8]]) -> Void) throws {
                var changed = lines
                change(&changed)
                try sample.check(
                    name, Array(changed.joined()), losing: start + place..<start + place + losing, writing: true,
                    "line \(place) of \(name) \(what)")
            }
            try check("deleted", losing: 1) { $0.remove(at: place) }
            for distance in [0, 1, 2, 3, 7, 20] where place + distance < lines.count {
                try check("doubled \(distance) on") { $0.insert(lines[place], at: place + distance) }
                if distance > 0 { try check("swapped with \(distance) on") { $0.swapAt(place, place + distance) } }
            }
        }
    }

    @Test(arguments: [first, second]) func aSegmentThatIsGone(name: String) throws {
        var sample = try Sample(lines: 60)
        sample.files[name] = nil
        let reader = try MemoryDisk(files: sample.files).journal()
        #expect(try reader.numbers().count == 30)
        #expect(reader.damages.map(\.kind) == [name == DamageTests.first ? .gap : .head])
        #expect(reader.damages.first?.sequences == (name == DamageTests.first ? 1...30 : 31...60))
    }

    @Test func damageTellsItsPlace() throws {
        let sample = try Sample(lines: 60)
        let lines = sample.lines(DamageTests.first)
        func damages(_ change: (inout [[UInt8]]) -> Void) throws -> [Damage] {
            var (changed, files) = (lines, sample.files)
            change(&changed)
            files[DamageTests.first] = Array(changed.joined())
            let reader = try MemoryDisk(files: files).journal()
            _ = try reader.numbers()
            return reader.damages
        }
        func damage(_ kind: Damage.Kind, line: Int, _ sequences: ClosedRange<Int>?) -> Damage {
            Damage(
                kind: kind, node: "desk", segment: "2026-11.jsonl", offset: lines[..<line].joined().count,
                sequences: sequences)
        }
        #expect(try damages { $0[6][20] ^= 1 } == [damage(.hash, line: 6, nil), damage(.gap, line: 7, 7...7)])
        #expect(try damages { $0.insert($0[6], at: 6) } == [damage(.duplicate, line: 7, 7...7)])
        #expect(try damages { $0.remove(at: 6) } == [damage(.gap, line: 6, 7...7)])
        #expect(try damages { $0.swapAt(0, 6) }.contains { $0.kind == .swapped && $0.sequences == 1...1 })
    }
}
