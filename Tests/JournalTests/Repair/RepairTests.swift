import Foundation
import Testing

@testable import Journal
@testable import TestDisks

/// Lines that one copy lost are restored from the other, byte for byte; nothing is guessed.
@Suite struct RepairTests {
    static let names = ["2026-11.jsonl", "2026-12.jsonl"]

    /// A journal and its mirror with two segments; the first has a torn tail on record.
    struct Sample {
        let files: [String: [UInt8]]
        let original: [String: [UInt8]]

        init(actions: Int = 8) throws {
            let (disk, clock) = (try MemoryDisk.withMirror(), TestClock(november))
            var number = 0
            for action in 0..<actions {
                if action == actions / 2 { clock.set(december) }
                let size = [1, 3, 2, 4][action % 4]
                _ = try disk.journal(clock).write(delivering: { _ in }) { transaction in
                    transaction.append((number..<number + size).map(newEntry))
                }
                number += size
                if action == 1 {
                    try disk.append(tornBytes)
                }
            }
            files = disk.files
            original = disk.segments(.primary)
        }

        func path(_ copy: Damage.Copy, _ name: String) -> String {
            "\(copy == .primary ? MemoryDisk.log : MemoryDisk.mirrorLog)/\(name)"
        }

        func lines(_ name: String) -> [[UInt8]] {
            (original[name] ?? []).split(separator: 0x0A).map { Array($0) + [0x0A] }
        }

        /// The journal with other bytes in some of its files.
        func disk(_ changes: [(copy: Damage.Copy, name: String, bytes: [UInt8]?)]) -> MemoryDisk {
            var files = files
            for change in changes { files[path(change.copy, change.name)] = change.bytes }
            return MemoryDisk(files: files)
        }

        /// Repairs the disk, and expects the original segments.
        func checkRestored(_ disk: MemoryDisk, _ context: @autoclosure () -> String) throws {
            let before = disk.files
            let repairs = try disk.repair()
            if disk.segments(.primary) != original { Issue.record("\(context()): the log is not restored") }
            if disk.segments(.mirror) != original { Issue.record("\(context()): the mirror is not restored") }
            if repairs.contains(where: { $0.outcome == .conflict }) { Issue.record("\(context()): a conflict") }
            let isChanged = before != files
            if repairs.isEmpty == isChanged { Issue.record("\(context()): reported \(repairs)") }
            // Replaced segments are kept.
            let kept = disk.files.filter { $0.key.contains(".damaged-") }.map(\.value)
            for name in RepairTests.names {
                guard let bytes = before[path(.primary, name)], bytes != original[name] else { continue }
                if !kept.contains(bytes) { Issue.record("\(context()): the damaged segment is gone") }
            }
            if disk.files.keys.contains(where: { $0.hasSuffix(".new") }) || disk.openFiles != 0 {
                Issue.record("\(context()): a temporary or open file is left")
            }
        }

        func checkIntact(_ disk: MemoryDisk, _ context: @autoclosure () -> String) throws {
            let found = try disk.verification()
            if !found.damages.isEmpty { Issue.record("\(context()): \(found.damages)") }
            let again = try disk.repair()
            if !again.isEmpty { Issue.record("\(context()): again \(again)") }
        }
    }

    @Test func intactCopiesAreUnchanged() throws {
        let sample = try Sample(actions: 16)
        let disk = sample.disk([])
        #expect(try disk.repair() == [])
        #expect(disk.files == sample.files)
        #expect(sample.original.count == 2 && sample.original.values.joined().count { $0 == 0x0A } == 42)
    }

    @Test(.hangLimit, arguments: Damage.Copy.allCases, names)
    func flippedBytesAreRestored(copy: Damage.Copy, name: String) throws {
        let sample = try Sample(actions: isLong ? 16 : 8)
        let bytes = sample.original[name] ?? []
        let torn = try sample.disk([]).verification().setAsides
        for place in stride(from: 0, to: bytes.count, by: isLong ? 3 : 29) {
            var changed = bytes
            changed[place] ^= 1 << UInt8(place % 8)
            let disk = sample.disk([(copy, name, changed)])
            let isTorn = torn.contains { $0.covers(segment: name, offset: place) }
            if place.isMultiple(of: 5), try disk.verification().damages.allSatisfy({ $0.copy != copy }) {
                // Nothing proves the bytes of a torn tail; only the difference is reported.
                if !isTorn || copy == .mirror { Issue.record("flip at \(place): not reported") }
            }
            if isTorn, copy == .primary { continue }
            try sample.checkRestored(disk, "flip at \(place) of \(copy) \(name)")
            if place.isMultiple(of: 5) { try sample.checkIntact(disk, "flip at \(place) of \(copy) \(name)") }
        }
    }

    @Test(.hangLimit, arguments: Damage.Copy.allCases, names)
    func deletedDoubledAndSwappedLinesAreRestored(copy: Damage.Copy, name: String) throws {
        let sample = try Sample(actions: isLong ? 16 : 8)
        let lines = sample.lines(name)
        for place in lines.indices {
            func check(_ context: String, _ change: (inout [[UInt8]]) -> Void) throws {
                var changed = lines
                change(&changed)
                let disk = sample.disk([(copy, name, Array(changed.joined()))])
                try sample.checkRestored(disk, "line \(place) of \(copy) \(name) \(context)")
                if isLong || place.isMultiple(of: 4) {
                    try sample.checkIntact(disk, "line \(place) of \(copy) \(name) \(context)")
                }
            }
            try check("deleted") { $0.remove(at: place) }
            for distance in isLong ? [0, 1, 2, 3, 7, 11] : [0, 1, 5] where place + distance < lines.count {
                try check("doubled \(distance) on") { $0.insert(lines[place], at: place + distance) }
                if distance > 0 { try check("swapped with \(distance) on") { $0.swapAt(place, place + distance) } }
            }
            try check("and all behind it cut off") { $0.removeSubrange(place...) }
        }
        for cut in stride(from: 0, to: sample.original[name]?.count ?? 0, by: isLong ? 7 : 211) {
            let part = Array((sample.original[name] ?? []).prefix(cut))
            try sample.checkRestored(sample.disk([(copy, name, part)]), "cut at \(cut) of \(copy) \(name)")
        }
        try sample.checkRestored(sample.disk([(copy, name, nil)]), "\(copy) \(name) gone")
    }

    @Test func unfinishedFilesOfAKilledRepairAreRemoved() throws {
        let sample = try Sample()
        var files = sample.files
        for folder in [MemoryDisk.log, MemoryDisk.mirrorLog] { files["\(folder)/2026-11.jsonl.new"] = Array("{".utf8) }
        let disk = MemoryDisk(files: files)
        #expect(try disk.repair().isEmpty)
        #expect(disk.files == sample.files)
    }

    @Test func differentDamageInBothCopiesIsRepaired() throws {
        let sample = try Sample()
        let name = RepairTests.names[0]
        let lines = sample.lines(name)
        for (ours, theirs) in [(0, 1), (1, 0), (3, 4), (4, 3), (6, 2), (2, 9), (10, 9), (5, 7)] {
            func change(_ line: Int, _ change: (inout [[UInt8]], Int) -> Void) -> [UInt8] {
                var changed = lines
                change(&changed, line)
                return Array(changed.joined())
            }
            let changes: [(inout [[UInt8]], Int) -> Void] = [
                { $0[$1][30] ^= 1 }, { $0.remove(at: $1) }, { $0[$1][$0[$1].count - 1] = 0x20 },
                { $0.swapAt($1, ($1 + 5) % 11) }, { $0[$1].insert(0x0A, at: 40) },
            ]
            for (i, first) in changes.enumerated() {
                for (j, second) in changes.enumerated() {
                    // A lost newline damages the next line too.
                    if (i == 2 && theirs == ours + 1) || (j == 2 && ours == theirs + 1) { continue }
                    // Nothing proves the bytes of a torn tail.
                    let isTorn = String(decoding: lines[ours], as: UTF8.self).hasSuffix("\"s\":\n")
                    if isTorn || String(decoding: lines[theirs], as: UTF8.self).hasSuffix("\"s\":\n") { continue }
                    let disk = sample.disk([
                        (.primary, name, change(ours, first)), (.mirror, name, change(theirs, second)),
                    ])
                    try sample.checkRestored(disk, "\(ours)/\(i) and \(theirs)/\(j)")
                }
            }
        }
    }

    @Test func linesSwappedInBothCopiesAreSortedByNumber() throws {
        let sample = try Sample()
        var lines = sample.lines(RepairTests.names[1])
        lines.swapAt(1, 4)
        lines.insert(lines[2], at: 6)
        let bytes = Array(lines.joined())
        let disk = sample.disk([(.primary, RepairTests.names[1], bytes), (.mirror, RepairTests.names[1], bytes)])
        try sample.checkRestored(disk, "swapped and doubled in both")
        try sample.checkIntact(disk, "swapped and doubled in both")
    }

    @Test func withoutAMirrorOnlyTheOrderIsRepaired() throws {
        let sample = try Sample()
        var files = sample.files.filter { $0.key.hasPrefix(MemoryDisk.folder) }
        files["\(MemoryDisk.folder)/MIRROR"] = nil
        var lines = sample.lines(RepairTests.names[1])
        lines.swapAt(1, 4)
        lines[6][30] ^= 1
        files[sample.path(.primary, RepairTests.names[1])] = Array(lines.joined())
        let disk = MemoryDisk(files: files)
        #expect(try disk.repair().map(\.copy).allSatisfy { $0 == .primary })
        lines.swapAt(1, 4)
        #expect(disk.segments(.primary)[RepairTests.names[1]] == Array(lines.joined()))
        #expect(Set(try disk.verification().damages.map(\.kind)) == [.hash, .gap, .group])
    }

    @Test func linesDamagedInBothCopiesStayReported() throws {
        let sample = try Sample()
        let name = RepairTests.names[1]
        for line in sample.lines(name).indices {
            var (ours, theirs) = (sample.lines(name), sample.lines(name))
            ours[line][30] ^= 1
            theirs[line][60] ^= 1
            let (left, right) = (Array(ours.joined()), Array(theirs.joined()))
            // Another line can be repaired: it is doubled in our copy and missing in the other.
            let spare = (line + 3) % ours.count
            ours.insert(ours[spare], at: spare)
            theirs.remove(at: spare)
            let disk = sample.disk([(.primary, name, Array(ours.joined())), (.mirror, name, Array(theirs.joined()))])
            _ = try disk.repair()
            #expect(disk.segments(.primary)[name] == left, "line \(line)")
            #expect(disk.segments(.mirror)[name] == right, "line \(line)")
            let damages = try disk.verification().damages
            #expect(Set(damages.filter { $0.kind == .hash }.map(\.copy)) == [.primary, .mirror], "line \(line)")
            #expect(try disk.repair() == [], "line \(line)")
        }
    }

    @Test func differentIntactLinesAreAConflict() throws {
        let disk = try MemoryDisk.withMirror()
        for number in 1...3 { try disk.journal().record(number) }
        let before = disk.files
        for number in 4...5 { try disk.journal().record(number) }
        // The log was restored from a backup, HEAD included, and then written to.
        var files = before
        let path = "\(MemoryDisk.mirrorLog)/2026-11.jsonl"
        files[path] = disk.files[path]
        let forked = MemoryDisk(files: files)
        let writer = try forked.journal()
        try writer.record(40)
        #expect(writer.damages.map(\.kind) == [.mirror])
        let state = forked.files
        let found = try forked.verification().damages
        #expect(found.contains { $0.kind == .conflict && $0.sequences == 4...4 })
        let repairs = try forked.repair()
        #expect(repairs.map(\.outcome) == [.conflict] && repairs.first?.sequences == 4...5)
        #expect(forked.files == state)
        #expect(try forked.journal().numbers() == [1, 2, 3, 40])
    }

    @Test func linesBesideAConflictAreRepaired() throws {
        let disk = try MemoryDisk.withMirror()
        for number in 1...3 { try disk.journal().record(number) }
        let before = disk.files
        try disk.journal().record(4)
        var files = before
        let (log, mirror) = ("\(MemoryDisk.log)/2026-11.jsonl", "\(MemoryDisk.mirrorLog)/2026-11.jsonl")
        files[mirror] = disk.files[mirror]
        let forked = MemoryDisk(files: files)
        try forked.journal().record(40)
        files = forked.files
        files[log]?[50] ^= 1
        files[mirror]?[400] ^= 1
        let damaged = MemoryDisk(files: files)
        #expect(Set(try damaged.repair().map(\.outcome)) == [.repaired, .conflict])
        #expect(damaged.segments(.primary) == forked.segments(.primary))
        #expect(damaged.segments(.mirror) == forked.segments(.mirror))
    }

    @Test func truncatedAcknowledgedLinesAreRestored() throws {
        let sample = try Sample()
        let name = RepairTests.names[1]
        for count in 0..<sample.lines(name).count {
            let disk = sample.disk([(.primary, name, Array(sample.lines(name).prefix(count).joined()))])
            #expect(try disk.journal().numbers().count < 20)
            #expect(try disk.verification().damages.contains { $0.kind == .head })
            try sample.checkRestored(disk, "\(count) lines left")
            try sample.checkIntact(disk, "\(count) lines left")
        }
        // Lines written before the repair are numbered after the lost ones.
        let disk = sample.disk([(.primary, name, Array(sample.lines(name).prefix(4).joined()))])
        try disk.journal(TestClock(december)).record(90)
        _ = try disk.repair()
        #expect(try disk.journal().numbers() == Array(0..<20) + [90])
        #expect(try disk.verification().damages.isEmpty && disk.isMirrored)
    }
}
