import Foundation
import Testing

@testable import Journal
@testable import TestDisks

/// What programs do with a journal, for the disk to fail or the power to be cut at every call of it.
enum Scene: CaseIterable {
    case founding, writing, tornTail, tornLastMonth, unendedLine, unendedLastMonth, mirroring, setMirror, behindMirror
    case repair, repairAlone

    /// How the programs find the disk, and what they were told so far.
    func before() throws -> Life {
        let disk = self == .founding ? MemoryDisk() : try MemoryDisk.founded()
        if [.mirroring, .behindMirror, .repair].contains(self) { try disk.setMirror() }
        let life = Life(disk)
        switch self {
        case .founding, .writing, .mirroring: break
        case .tornTail, .tornLastMonth, .unendedLine, .unendedLastMonth:
            life.record(1)
            life.record(2, 3)
            let isUnended = self == .unendedLine || self == .unendedLastMonth
            // An action that somebody did not live to end.
            let whole = try disk.appended { try $0.journal().record(4, 5, 6) }
            try disk.append(whole.dropLast(isUnended ? 1 : 100))
            life.left(unknown: [4, 5, 6])
        case .setMirror, .behindMirror, .repair, .repairAlone:
            for number in [10, 20, 30, 40] {
                if number == 30 { life.clock.set(december) }
                life.record(number)
                life.record(number + 1, number + 2)
                life.record(number + 3, number + 4, number + 5)
            }
        }
        life.end()
        return life
    }

    /// What happens to the files before the programs come.
    func damage(_ files: [String: [UInt8]]) -> [String: [UInt8]] {
        var files = files
        func change(_ folder: String, _ month: String, _ change: (inout [ArraySlice<UInt8>]) -> Void) {
            var lines = (files["\(folder)/2026-\(month).jsonl"] ?? []).split(separator: 0x0A)
            change(&lines)
            files["\(folder)/2026-\(month).jsonl"] = lines.flatMap { $0 + [0x0A] }
        }
        switch self {
        case .repair:
            change(MemoryDisk.log, "11") { $0[2][$0[2].startIndex + 30] ^= 1 }
            files["\(MemoryDisk.log)/2026-12.jsonl"] = nil
            change(MemoryDisk.mirrorLog, "11") { $0.remove(at: 7) }
        case .repairAlone:
            change(MemoryDisk.log, "12") {
                $0.swapAt(1, 4)
                $0.insert($0[2], at: 6)
            }
        case .behindMirror:
            change(MemoryDisk.mirrorLog, "11") { $0.removeLast(4) }
            files["\(MemoryDisk.mirrorLog)/2026-12.jsonl"] = nil
        default: break
        }
        return files
    }

    /// What the programs do. Theirs are the numbers from 50 on.
    func act(_ life: Life) {
        switch self {
        case .founding:
            life.run { disk in
                if !Journal.exists(at: MemoryDisk.folder, disk: disk) {
                    try Journal.create(at: MemoryDisk.folder, node: "desk", disk: disk)
                }
            }
            life.record(50)
        case .writing, .mirroring:
            life.record(50)
            life.record(51, 52, 53, by: 1)
            life.record(54)
            life.clock.set(december)
            life.record(55, 56, by: 1)
            life.record(57)
            life.record(58, 59, 60, by: 1)
        case .tornTail, .unendedLine:
            life.record(50, 51)
            life.record(52, by: 1)
        case .tornLastMonth, .unendedLastMonth, .behindMirror:
            life.clock.set(december)
            life.record(50, 51)
            life.record(52, by: 1)
        case .setMirror:
            life.clock.set(december)
            life.run { try Journal.setMirror(of: MemoryDisk.folder, to: MemoryDisk.mirror, disk: $0) }
            life.record(50, 51)
        case .repair, .repairAlone:
            life.clock.set(december)
            life.isMended = life.run { _ = try Journal.repair(folder: MemoryDisk.folder, disk: $0) }
        }
    }

    /// Whether the journal is damaged before the programs come, and may be afterwards; it can all be mended.
    var isDamaged: Bool { [.repair, .repairAlone].contains(self) }
}

extension MemoryDisk {
    /// The segment of November, as another program would have made it grow.
    fileprivate func append(_ bytes: some Collection<UInt8>) throws {
        let file = try open("\(MemoryDisk.log)/2026-11.jsonl", flags: O_WRONLY, mode: 0)
        defer { close(file) }
        _ = try Array(bytes).withUnsafeBytes { try append($0, to: file) }
        try synchronise(file)
    }

    /// What doing something on a copy of this disk adds to that segment.
    fileprivate func appended(_ body: (MemoryDisk) throws -> Void) throws -> ArraySlice<UInt8> {
        let copy = MemoryDisk(files: files)
        try body(copy)
        let path = "\(MemoryDisk.log)/2026-11.jsonl"
        return (copy.files[path] ?? []).dropFirst(files[path]?.count ?? 0)
    }
}
