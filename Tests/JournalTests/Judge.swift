import Testing

@testable import Journal
@testable import TestDisks

/// What must hold of a journal whatever happened to it: what was acknowledged is there, or an alarm names it; what was
/// refused is not; no action is there in part and no number twice; and work goes on.
struct Judge {
    private let scene: Scene
    /// The files before the programs came.
    private let before: [String: [UInt8]]
    private var life: Life
    private var what = ""
    private var seen: Set<Outcome> = []

    /// What was left, now and by a power cut, and what the programs had been told by then.
    private struct Outcome: Hashable {
        let files: [String: [UInt8]]
        let synced: [String: [UInt8]]
        let acknowledged: [Life.Action]
        let refused: [[Int]]
        let isMended: Bool
    }

    init(_ scene: Scene, after life: Life) { (self.scene, self.life, before) = (scene, life, life.disk.files) }

    /// Judges what a life left on a disk, if nothing else has led to the same before.
    mutating func judge(_ life: Life, _ disk: MemoryDisk, _ what: String) throws {
        let outcome = Outcome(
            files: disk.files, synced: disk.synced, acknowledged: life.acknowledged, refused: life.refused,
            isMended: life.isMended)
        guard seen.insert(outcome).inserted else { return }
        (self.life, self.what) = (life, what)
        try judge(disk)
    }

    private func complain(_ text: String) { Issue.record("\(scene), \(what): \(text)") }

    /// Has a fresh program read what there is and write to it, and another one read what a power cut then leaves of it.
    private func judge(_ disk: MemoryDisk) throws {
        if !Journal.exists(at: MemoryDisk.folder, disk: disk) {
            if scene != .founding || !life.acknowledged.isEmpty { complain("there is no journal") }
            try Journal.create(at: MemoryDisk.folder, node: "desk", disk: disk)
        }
        let isMirrored = try Journal.mirrorFolder(of: MemoryDisk.folder, disk: disk) != nil
        // A power cut may leave zeros in what was being written to the mirror: that is named, and mended by a repair.
        let isTorn = isMirrored && hasTornMirror(disk)
        let isDamaged = scene.isDamaged && !life.isMended
        let first = try read(disk, life.acknowledged, isDamaged: isDamaged, isWritten: false)
        let action = try Life.Action(
            numbers: [900, 901],
            sequence: disk.journal(TestClock(december)).write(delivering: { _ in }) {
                $0.append([900, 901].map(draft))
            })
        if disk.openFiles != 0 { complain("\(disk.openFiles) files are open") }
        let left = MemoryDisk(files: disk.synced)
        let second = try read(left, life.acknowledged + [action], isDamaged: isDamaged)
        if !Set(first.values).isSubset(of: second.values) { complain("then written to: \(first) became \(second)") }
        if scene.isDamaged || isTorn {
            if try isTorn && left.verification().damages.isEmpty { complain("a torn mirror is not named") }
            try mend(left, acknowledged: life.acknowledged + [action])
        }
        let found = try left.verification()
        if !found.damages.isEmpty { complain("verified: \(found.damages)") }
        if isMirrored, !left.isMirrored { complain("the mirror does not follow") }
        let rest = try left.repair()
        if !rest.isEmpty { complain("there was something to mend: \(rest)") }
    }

    /// The lines' numbers by their places in the log.
    private func read(
        _ disk: MemoryDisk, _ acknowledged: [Life.Action], isDamaged: Bool, isWritten: Bool = true
    ) throws -> [Int: Int] {
        let journal = try disk.journal(TestClock(december))
        var lines: [Int: Int] = [:]
        try journal.catchUp { line in
            if lines.updateValue(line.number, forKey: line.sequence) != nil { complain("\(line.sequence) twice") }
        }
        let numbers = Set(lines.values)
        if numbers.count != lines.count { complain("a fact twice: \(lines)") }
        let unsettled = journal.readers[journal.own].unsettled
        // What a writer has yet to put on record may be an alarm until then.
        let alarms = journal.damages.filter { damage in
            isWritten || !unsettled.contains { $0.covers(segment: damage.segment, offset: damage.offset) }
        }
        if !isDamaged, !alarms.isEmpty { complain("alarm: \(alarms)") }
        for action in acknowledged {
            for (place, number) in action.numbers.enumerated() {
                guard let sequence = action.sequence.map({ $0 + place }), lines[sequence] != number else { continue }
                let isNamed = journal.damages.contains { $0.sequences?.contains(sequence) ?? false }
                if !isDamaged || !isNamed { complain("lost \(number) of \(action)") }
            }
        }
        for action in life.unknown where !numbers.isDisjoint(with: action) && !numbers.isSuperset(of: action) {
            complain("\(action) in part")
        }
        for action in life.refused where !numbers.isDisjoint(with: action) { complain("\(action) was refused") }
        if numbers.contains(99) { complain("a read-only journal was written to") }
        return lines
    }

    /// Whether the mirror is not the beginning of the log; ahead of it it is never.
    private func hasTornMirror(_ disk: MemoryDisk) -> Bool {
        if scene.isDamaged { return false }
        let log = disk.segments(.primary)
        var isTorn = false
        for (name, bytes) in disk.segments(.mirror) where !(log[name] ?? []).starts(with: bytes) {
            if bytes.count > log[name]?.count ?? 0 { complain("the mirror leads in \(name)") }
            isTorn = true
        }
        return isTorn
    }

    /// What was damaged can be mended after all, and what it was is kept.
    private func mend(_ disk: MemoryDisk, acknowledged: [Life.Action]) throws {
        if try disk.repair().contains(where: { $0.outcome == .conflict }) { complain("a conflict") }
        _ = try read(disk, acknowledged, isDamaged: false)
        for (path, bytes) in scene.damage(before) where bytes != before[path] {
            if !disk.files.values.contains(where: { $0.starts(with: bytes) }) {
                complain("what was damaged is gone: \(path)")
            }
        }
    }
}
