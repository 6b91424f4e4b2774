import Testing

@testable import Journal
@testable import TestDisks

/// Checks a journal after any failure: acknowledged lines are there, or damage names them; refused ones are not; no
/// action is there in part and no number twice (J3); and the next program can write, verify and repair.
struct InvariantChecker {
    private let scenario: Scenario
    /// The files before the programs ran.
    private let before: [String: [UInt8]]
    private var workload: Workload
    private var context = ""
    private var seen: Set<Outcome> = []

    /// The files now and after a power cut, and the answers that the programs got.
    private struct Outcome: Hashable {
        let files: [String: [UInt8]]
        let synced: [String: [UInt8]]
        let acknowledged: [Workload.Action]
        let refused: [[Int]]
        let isRepaired: Bool
    }

    init(_ scenario: Scenario, after workload: Workload) {
        (self.scenario, self.workload, before) = (scenario, workload, workload.disk.files)
    }

    /// Checks the disk after a workload, unless an equal outcome was checked before.
    mutating func check(_ workload: Workload, _ disk: MemoryDisk, _ context: String) throws {
        let outcome = Outcome(
            files: disk.files, synced: disk.synced, acknowledged: workload.acknowledged, refused: workload.refused,
            isRepaired: workload.isRepaired)
        guard seen.insert(outcome).inserted else { return }
        (self.workload, self.context) = (workload, context)
        try check(disk)
    }

    private func fail(_ text: String) { Issue.record("\(scenario), \(context): \(text)") }

    /// Reads the journal, writes to it, and reads the files that a power cut then leaves.
    private func check(_ disk: MemoryDisk) throws {
        if !Journal.exists(at: MemoryDisk.folder, disk: disk) {
            if scenario != .create || !workload.acknowledged.isEmpty { fail("there is no journal") }
            try Journal.create(at: MemoryDisk.folder, node: "desk", disk: disk)
        }
        let hasMirror = try Journal.mirrorFolder(of: MemoryDisk.folder, disk: disk) != nil
        // A power cut may leave zeros where the mirror was being written: that is reported, and repaired.
        let isTorn = hasMirror && hasTornMirror(disk)
        let isDamaged = scenario.isDamaged && !workload.isRepaired
        let first = try read(disk, workload.acknowledged, isDamaged: isDamaged, isWritten: false)
        let action = try Workload.Action(
            numbers: [900, 901],
            sequence: disk.journal(TestClock(december)).write(delivering: { _ in }) {
                $0.append([900, 901].map(newEntry))
            })
        if disk.openFiles != 0 { fail("\(disk.openFiles) files are open") }
        let left = MemoryDisk(files: disk.synced)
        let second = try read(left, workload.acknowledged + [action], isDamaged: isDamaged)
        if !Set(first.values).isSubset(of: second.values) { fail("after a write: \(first) became \(second)") }
        if scenario.isDamaged || isTorn {
            if try isTorn && left.verification().damages.isEmpty { fail("a torn mirror is not reported") }
            try repair(left, acknowledged: workload.acknowledged + [action])
        }
        let found = try left.verification()
        if !found.damages.isEmpty { fail("verified: \(found.damages)") }
        if hasMirror, !left.isMirrored { fail("the mirror does not follow") }
        let rest = try left.repair()
        if !rest.isEmpty { fail("repaired without damage: \(rest)") }
    }

    /// The entries' numbers by sequence number. `isWritten` is set if a writer has put torn tails on record.
    private func read(
        _ disk: MemoryDisk, _ acknowledged: [Workload.Action], isDamaged: Bool, isWritten: Bool = true
    ) throws -> [Int: Int] {
        let journal = try disk.journal(TestClock(december))
        var lines: [Int: Int] = [:]
        try journal.catchUp { line in
            if lines.updateValue(line.number, forKey: line.sequence) != nil { fail("\(line.sequence) twice") }
        }
        let numbers = Set(lines.values)
        if numbers.count != lines.count { fail("an entry twice: \(lines)") }
        let tails = journal.readers[journal.own].unresolvedTails
        let damages = journal.damages.filter { damage in
            isWritten || !tails.contains { $0.covers(segment: damage.segment, offset: damage.offset) }
        }
        if !isDamaged, !damages.isEmpty { fail("damage: \(damages)") }
        for action in acknowledged {
            for (place, number) in action.numbers.enumerated() {
                guard let sequence = action.sequence.map({ $0 + place }), lines[sequence] != number else { continue }
                let isReported = journal.damages.contains { $0.sequences?.contains(sequence) ?? false }
                if !isDamaged || !isReported { fail("lost \(number) of \(action)") }
            }
        }
        for action in workload.unknown where !numbers.isDisjoint(with: action) && !numbers.isSuperset(of: action) {
            fail("\(action) in part")
        }
        for action in workload.refused where !numbers.isDisjoint(with: action) { fail("\(action) was refused") }
        if numbers.contains(99) { fail("a read-only journal was written to") }
        return lines
    }

    /// Whether the mirror is not a prefix of the log; it must never be longer (J7).
    private func hasTornMirror(_ disk: MemoryDisk) -> Bool {
        if scenario.isDamaged { return false }
        let log = disk.segments(.primary)
        var isTorn = false
        for (name, bytes) in disk.segments(.mirror) where !(log[name] ?? []).starts(with: bytes) {
            if bytes.count > log[name]?.count ?? 0 { fail("the mirror leads in \(name)") }
            isTorn = true
        }
        return isTorn
    }

    /// Repairs the damage and checks that the old segments are kept.
    private func repair(_ disk: MemoryDisk, acknowledged: [Workload.Action]) throws {
        if try disk.repair().contains(where: { $0.outcome == .conflict }) { fail("a conflict") }
        _ = try read(disk, acknowledged, isDamaged: false)
        for (path, bytes) in scenario.damage(before) where bytes != before[path] {
            if !disk.files.values.contains(where: { $0.starts(with: bytes) }) {
                fail("the damaged segment is gone: \(path)")
            }
        }
    }
}
