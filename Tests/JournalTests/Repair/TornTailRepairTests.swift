import Foundation
import Testing

@testable import Journal
@testable import TestDisks

/// A torn tail is no damage: a repair leaves it in place (J4).
@Suite struct TornTailRepairTests {
    @Test func consecutiveTornTailsStayInPlace() throws {
        let disk = try MemoryDisk.withMirror()
        try disk.journal().record(1)
        for _ in 0..<3 {
            try disk.append(tornBytes)
            // Puts the torn tail on record, and appends nothing else.
            try disk.journal().write(delivering: { _ in }) { _ in }
        }
        try disk.journal().record(2)
        let files = disk.files
        #expect(try disk.verification().setAsides.count == 3 && disk.repair().isEmpty)
        #expect(disk.files == files && disk.isMirrored)
        // Other damage is repaired.
        var damaged = files
        damaged["\(MemoryDisk.log)/\(RepairTests.names[0])"]?[100] ^= 1
        let other = MemoryDisk(files: damaged)
        _ = try other.repair()
        #expect(other.segments(.primary) == disk.segments(.primary))
    }
}
