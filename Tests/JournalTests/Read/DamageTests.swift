import Foundation
import Testing

@testable import Journal
@testable import TestDisks

/// Any change of a log's bytes is detected, and all intact lines are still delivered (J3).
@Suite struct DamageTests {
    static let first = "\(MemoryDisk.log)/2026-11.jsonl"
    static let second = "\(MemoryDisk.log)/2026-12.jsonl"

    /// A journal of two segments with actions of one to three lines; the entries are numbered from 0.
    struct Sample {
        var files: [String: [UInt8]]
        let count: Int

        init(lines count: Int) throws {
            let (disk, clock) = (try MemoryDisk.withJournal(), TestClock(november))
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

        /// For each byte of a segment, the number of its entry.
        func numbers(_ name: String) -> [Int] {
            var number = start(name)
            return bytes(name).map { byte in
                defer { if byte == 0x0A { number += 1 } }
                return number
            }
        }

        /// The number of a segment's first entry.
        func start(_ name: String) -> Int { name == DamageTests.first ? 0 : count / 2 }

        /// Reads the journal with one segment changed, and expects damage and all intact entries, each once. Then
        /// writes to it, and expects the new entries and the damage.
        func check(
            _ name: String, _ bytes: [UInt8], losing lost: Range<Int>, writing: Bool,
            _ context: @autoclosure () -> String
        ) throws {
            var changed = files
            changed[name] = bytes
            let disk = MemoryDisk(files: changed)
            let reader = try disk.journal()
            let read = try reader.numbers()
            let isDetected = try !reader.damages.isEmpty || !reader.tornTail().isEmpty
            if !isDetected { Issue.record("not detected: \(context())") }
            if !isComplete(read, but: lost) { Issue.record("\(context()): read \(read)") }
            guard writing else { return }
            try disk.journal(TestClock(december)).record(count, count + 1)
            try disk.journal(TestClock(december)).record(count + 2)
            let later = try disk.journal()
            let again = try later.numbers()
            if !isComplete(again, but: lost, new: 3) { Issue.record("\(context()), then written: read \(again)") }
            if again.count < count + 3, later.damages.isEmpty {
                Issue.record("\(context()), then written: lost, and not reported")
            }
            if !later.setAsides.isEmpty { Issue.record("\(context()): acknowledged lines were set aside") }
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

    @Test func intactJournalHasNoDamage() throws {
        let reader = try MemoryDisk(files: Sample(lines: 60).files).journal()
        #expect(try reader.numbers() == Array(0..<60))
        #expect(try reader.damages.isEmpty && reader.tornTail().isEmpty)
    }

    /// A share of a segment's bytes or lines; the shares run in parallel.
    struct Part: CustomTestStringConvertible {
        let name: String
        let number: Int
        static let count = isLong ? 8 : 1
        static let all = [first, second].flatMap { name in (0..<count).map { Part(name: name, number: $0) } }

        func of(_ indices: Range<Int>) -> [Int] { indices.filter { $0 % Part.count == number } }
        var testDescription: String { "\(name.suffix(13)) \(number)" }
    }

    private static let flips = CaseCounter("flipped bytes", parts: Part.all.count)
    private static let cuts = CaseCounter("cuts", parts: Part.all.count)
    private static let moves = CaseCounter("lines deleted, doubled or swapped", parts: Part.all.count)
    /// The lines of the journal of which each byte is damaged.
    private static let length = isLong ? 204 : 12

    @Test(.hangLimit, arguments: Part.all) func eachFlippedByteIsDetected(part: Part) throws {
        var cases = 0
        defer { DamageTests.flips.add(cases) }
        let (sample, name) = (try Sample(lines: DamageTests.length), part.name)
        var bytes = sample.bytes(name)
        let lines = sample.numbers(name)
        for place in part.of(bytes.indices) {
            let (line, isNewline) = (lines[place], bytes[place] == 0x0A)
            for bit in isLong ? [0, place % 7 + 1, 7] : [place % 8] {
                bytes[place] ^= 1 << UInt8(bit)
                try sample.check(
                    name, bytes, losing: line..<line + (isNewline ? 2 : 1), writing: place.isMultiple(of: 17),
                    "bit \(bit) at \(place) of \(name)")
                bytes[place] ^= 1 << UInt8(bit)
                cases += 1
            }
        }
    }

    @Test(.hangLimit, arguments: Part.all) func eachTruncationIsDetected(part: Part) throws {
        var cases = 0
        defer { DamageTests.cuts.add(cases) }
        let (sample, name) = (try Sample(lines: DamageTests.length), part.name)
        let bytes = sample.bytes(name)
        let lines = sample.numbers(name)
        for place in part.of(bytes.indices) {
            let isNearNewline = bytes[max(0, place - 1)...min(place + 1, bytes.count - 1)].contains(0x0A)
            try sample.check(
                name, Array(bytes[..<place]), losing: lines[place]..<sample.start(name) + sample.count / 2,
                writing: isNearNewline || place.isMultiple(of: 17), "cut at \(place) of \(name)")
            cases += 1
        }
    }

    @Test(.hangLimit, arguments: Part.all) func deletedDoubledAndSwappedLinesAreDetected(part: Part) throws {
        var cases = 0
        defer { DamageTests.moves.add(cases) }
        let (sample, name) = (try Sample(lines: isLong ? 204 : 120), part.name)
        let (lines, start) = (sample.lines(name), sample.start(name))
        for place in part.of(lines.indices) {
            func check(_ context: String, losing: Int = 0, _ change: (inout [[UInt8]]) -> Void) throws {
                var changed = lines
                change(&changed)
                try sample.check(
                    name, Array(changed.joined()), losing: start + place..<start + place + losing,
                    writing: isLong || place.isMultiple(of: 5), "line \(place) of \(name) \(context)")
                cases += 1
            }
            try check("deleted", losing: 1) { $0.remove(at: place) }
            let distances = isLong ? [0, 1, 2, 3, 7, 20, 90] : [0, 1, [2, 3, 7, 20][place % 4]]
            for distance in distances where place + distance < lines.count {
                try check("doubled \(distance) on") { $0.insert(lines[place], at: place + distance) }
                if distance > 0 { try check("swapped with \(distance) on") { $0.swapAt(place, place + distance) } }
            }
        }
    }

    @Test(arguments: [first, second]) func missingSegmentIsReported(name: String) throws {
        var sample = try Sample(lines: 60)
        sample.files[name] = nil
        let reader = try MemoryDisk(files: sample.files).journal()
        #expect(try reader.numbers().count == 30)
        #expect(reader.damages.map(\.kind) == [name == DamageTests.first ? .gap : .head])
        #expect(reader.damages.first?.sequences == (name == DamageTests.first ? 1...30 : 31...60))
    }

    @Test func damageHasItsPlace() throws {
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
