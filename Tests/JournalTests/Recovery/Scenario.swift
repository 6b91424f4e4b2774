import Testing

@testable import Journal
@testable import TestDisks

/// A use of the journal, for the disk to fail or the power to be cut at each call of it.
enum Scenario: CaseIterable {
    case create, write, tornTail, tornLastMonth, missingNewline, missingNewlineLastMonth, writeMirrored, setMirror
    case mirrorBehind, repair, repairWithoutMirror

    /// The disk before the programs run, and the answers so far.
    func before() throws -> Workload {
        let disk = self == .create ? MemoryDisk() : try MemoryDisk.withJournal()
        if [.writeMirrored, .mirrorBehind, .repair].contains(self) { try disk.setMirror() }
        let workload = Workload(disk)
        switch self {
        case .create, .write, .writeMirrored: break
        case .tornTail, .tornLastMonth, .missingNewline, .missingNewlineLastMonth:
            workload.record(1)
            workload.record(2, 3)
            let isComplete = self == .missingNewline || self == .missingNewlineLastMonth
            // The action of a writer that was killed.
            let action = try disk.appended { try $0.journal().record(4, 5, 6) }
            try disk.append(action.dropLast(isComplete ? 1 : 100))
            try disk.synchroniseSegment()
            workload.addUnknown([4, 5, 6])
        case .setMirror, .mirrorBehind, .repair, .repairWithoutMirror:
            for number in [10, 20, 30, 40] {
                if number == 30 { workload.clock.set(december) }
                workload.record(number)
                workload.record(number + 1, number + 2)
                workload.record(number + 3, number + 4, number + 5)
            }
        }
        workload.end()
        return workload
    }

    /// The files with the damage that precedes the programs.
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
        case .repairWithoutMirror:
            change(MemoryDisk.log, "12") {
                $0.swapAt(1, 4)
                $0.insert($0[2], at: 6)
            }
        case .mirrorBehind:
            change(MemoryDisk.mirrorLog, "11") { $0.removeLast(4) }
            files["\(MemoryDisk.mirrorLog)/2026-12.jsonl"] = nil
        default: break
        }
        return files
    }

    /// Runs the programs; their entries have the numbers from 50.
    func run(_ workload: Workload) {
        switch self {
        case .create:
            workload.run { disk in
                if !Journal.exists(at: MemoryDisk.folder, disk: disk) {
                    try Journal.create(at: MemoryDisk.folder, node: "desk", disk: disk)
                }
            }
            workload.record(50)
        case .write, .writeMirrored:
            workload.record(50)
            workload.record(51, 52, 53, by: 1)
            workload.record(54)
            workload.clock.set(december)
            workload.record(55, 56, by: 1)
            workload.record(57)
            workload.record(58, 59, 60, by: 1)
        case .tornTail, .missingNewline:
            workload.record(50, 51)
            workload.record(52, by: 1)
        case .tornLastMonth, .missingNewlineLastMonth, .mirrorBehind:
            workload.clock.set(december)
            workload.record(50, 51)
            workload.record(52, by: 1)
        case .setMirror:
            workload.clock.set(december)
            workload.run { try Journal.setMirror(of: MemoryDisk.folder, to: MemoryDisk.mirror, disk: $0) }
            workload.record(50, 51)
        case .repair, .repairWithoutMirror:
            workload.clock.set(december)
            workload.isRepaired = workload.run { _ = try Journal.repair(folder: MemoryDisk.folder, disk: $0) }
        }
        workload.end()
    }

    /// Whether the journal may be damaged afterwards; all of it can be repaired.
    var isDamaged: Bool { [.repair, .repairWithoutMirror].contains(self) }
}

extension MemoryDisk {
    private static let segment = "\(log)/2026-11.jsonl"

    fileprivate func synchroniseSegment() throws {
        let file = try open(MemoryDisk.segment, flags: 0, mode: 0)
        defer { close(file) }
        try synchronise(file)
    }

    /// The bytes that `body` appends to the segment on a copy of this disk.
    fileprivate func appended(_ body: (MemoryDisk) throws -> Void) throws -> ArraySlice<UInt8> {
        let copy = MemoryDisk(files: files)
        try body(copy)
        return (copy.files[MemoryDisk.segment] ?? []).dropFirst(files[MemoryDisk.segment]?.count ?? 0)
    }
}
