import Foundation
import Testing

@testable import Journal
@testable import TestDisks

/// What one copy has lost comes back from the other, and nothing is made up.
@Suite struct RepairTests {
    static let names = ["2026-11.jsonl", "2026-12.jsonl"]

    /// A journal and its mirror, of two segments; with a torn tail on record in the first.
    struct Sample {
        let files: [String: [UInt8]]
        let original: [String: [UInt8]]

        init(actions: Int = 8) throws {
            let (disk, clock) = (try MemoryDisk.mirrored(), TestClock(november))
            var number = 0
            for action in 0..<actions {
                if action == actions / 2 { clock.set(december) }
                let size = [1, 3, 2, 4][action % 4]
                _ = try disk.journal(clock).write(delivering: { _ in }) { turn in
                    turn.append((number..<number + size).map(draft))
                }
                number += size
                if action == 1 {
                    // Somebody is killed while they write.
                    let file = try disk.open("\(MemoryDisk.log)/\(RepairTests.names[0])", flags: O_WRONLY, mode: 0)
                    _ = try Array("{\"v\":1,\"n\":\"desk\",\"s\":".utf8).withUnsafeBytes {
                        try disk.append($0, to: file)
                    }
                    disk.close(file)
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

        /// Repairs it and expects all to be as it was.
        func checkRestored(_ disk: MemoryDisk, _ what: @autoclosure () -> String) throws {
            let before = disk.files
            let repairs = try disk.repair()
            if disk.segments(.primary) != original { Issue.record("\(what()): the log is not restored") }
            if disk.segments(.mirror) != original { Issue.record("\(what()): the mirror is not restored") }
            if repairs.contains(where: { $0.outcome == .conflict }) { Issue.record("\(what()): a conflict") }
            let isChanged = before != files
            if repairs.isEmpty == isChanged { Issue.record("\(what()): told \(repairs)") }
            // What was replaced is kept.
            let kept = disk.files.filter { $0.key.contains(".damaged-") }.map(\.value)
            for name in RepairTests.names {
                guard let bytes = before[path(.primary, name)], bytes != original[name] else { continue }
                if !kept.contains(bytes) { Issue.record("\(what()): what was damaged is gone") }
            }
            if disk.files.keys.contains(where: { $0.hasSuffix(".new") }) || disk.openFiles != 0 {
                Issue.record("\(what()): something is left over")
            }
        }

        func checkSound(_ disk: MemoryDisk, _ what: @autoclosure () -> String) throws {
            let found = try disk.verification()
            if !found.damages.isEmpty { Issue.record("\(what()): \(found.damages)") }
            let again = try disk.repair()
            if !again.isEmpty { Issue.record("\(what()): again \(again)") }
        }
    }

    @Test func theUndamagedIsLeftAlone() throws {
        let sample = try Sample(actions: 16)
        let disk = sample.disk([])
        #expect(try disk.repair() == [])
        #expect(disk.files == sample.files)
        #expect(sample.original.count == 2 && sample.original.values.joined().count { $0 == 0x0A } == 42)
    }

    @Test(arguments: Damage.Copy.allCases, names)
    func flippedBytes(copy: Damage.Copy, name: String) throws {
        let sample = try Sample(actions: isLong ? 16 : 8)
        let bytes = sample.original[name] ?? []
        let torn = try sample.disk([]).verification().setAsides
        for place in stride(from: 0, to: bytes.count, by: isLong ? 3 : 29) {
            var changed = bytes
            changed[place] ^= 1 << UInt8(place % 8)
            let disk = sample.disk([(copy, name, changed)])
            let isTorn = torn.contains { $0.covers(segment: name, offset: place) }
            if place.isMultiple(of: 5), try disk.verification().damages.allSatisfy({ $0.copy != copy }) {
                // In a torn tail nothing proves which copy is right; that they differ is told all the same.
                if !isTorn || copy == .mirror { Issue.record("flip at \(place): not named") }
            }
            if isTorn, copy == .primary { continue }
            try sample.checkRestored(disk, "flip at \(place) of \(copy) \(name)")
            if place.isMultiple(of: 5) { try sample.checkSound(disk, "flip at \(place) of \(copy) \(name)") }
        }
    }

    @Test(arguments: Damage.Copy.allCases, names)
    func linesDeletedDoubledOrSwapped(copy: Damage.Copy, name: String) throws {
        let sample = try Sample(actions: isLong ? 16 : 8)
        let lines = sample.lines(name)
        for place in lines.indices {
            func check(_ what: String, _ change: (inout [[UInt8]]) -> Void) throws {
                var changed = lines
                change(&changed)
                let disk = sample.disk([(copy, name, Array(changed.joined()))])
                try sample.checkRestored(disk, "line \(place) of \(copy) \(name) \(what)")
                if isLong || place.isMultiple(of: 4) {
                    try sample.checkSound(disk, "line \(place) of \(copy) \(name) \(what)")
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

    @Test func bothCopiesDamagedInDifferentPlaces() throws {
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
                    // Whose newline is gone takes the line behind with it.
                    if (i == 2 && theirs == ours + 1) || (j == 2 && ours == theirs + 1) { continue }
                    // The torn tail is no line, and neither has a proof of it.
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

    @Test func swappedInBothCopiesIsMendedByTheNumbersAlone() throws {
        let sample = try Sample()
        var lines = sample.lines(RepairTests.names[1])
        lines.swapAt(1, 4)
        lines.insert(lines[2], at: 6)
        let bytes = Array(lines.joined())
        let disk = sample.disk([(.primary, RepairTests.names[1], bytes), (.mirror, RepairTests.names[1], bytes)])
        try sample.checkRestored(disk, "swapped and doubled in both")
        try sample.checkSound(disk, "swapped and doubled in both")
    }

    @Test func withoutAMirrorTheOrderAloneIsMended() throws {
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

    @Test func whatIsDamagedInBothStaysAndIsReported() throws {
        let sample = try Sample()
        let name = RepairTests.names[1]
        for line in sample.lines(name).indices {
            var (ours, theirs) = (sample.lines(name), sample.lines(name))
            ours[line][30] ^= 1
            theirs[line][60] ^= 1
            let (left, right) = (Array(ours.joined()), Array(theirs.joined()))
            // Another line besides, that can be mended; ours twice, theirs gone.
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
        let disk = try MemoryDisk.mirrored()
        for number in 1...3 { try disk.journal().record(number) }
        let before = disk.files
        for number in 4...5 { try disk.journal().record(number) }
        // The log was put back to an older state, HEAD and all, and then written to.
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

    @Test func aConflictDoesNotKeepTheRestFromBeingMended() throws {
        let disk = try MemoryDisk.mirrored()
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
        #expect(Set(try damaged.repair().map(\.outcome)) == [.mended, .conflict])
        #expect(damaged.segments(.primary) == forked.segments(.primary))
        #expect(damaged.segments(.mirror) == forked.segments(.mirror))
    }

    @Test func acknowledgedLinesBeyondTheEndComeBack() throws {
        let sample = try Sample()
        let name = RepairTests.names[1]
        for count in 0..<sample.lines(name).count {
            let disk = sample.disk([(.primary, name, Array(sample.lines(name).prefix(count).joined()))])
            #expect(try disk.journal().numbers().count < 20)
            #expect(try disk.verification().damages.contains { $0.kind == .head })
            try sample.checkRestored(disk, "\(count) lines left")
            try sample.checkSound(disk, "\(count) lines left")
        }
        // Written to before it was repaired: the numbers go on behind what is lost.
        let disk = sample.disk([(.primary, name, Array(sample.lines(name).prefix(4).joined()))])
        try disk.journal(TestClock(december)).record(90)
        _ = try disk.repair()
        #expect(try disk.journal().numbers() == Array(0..<20) + [90])
        #expect(try disk.verification().damages.isEmpty && disk.isMirrored)
    }
}
