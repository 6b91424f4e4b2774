import Foundation
import Testing

@testable import Journal
@testable import TestDisks

/// A torn tail is no damage: a repair leaves it where it is.
@Suite struct TornTailRepairTests {
    @Test func tornTailsThatFollowOneAnotherStayWhereTheyAre() throws {
        let disk = try MemoryDisk.mirrored()
        try disk.journal().record(1)
        for _ in 0..<3 {
            let file = try disk.open("\(MemoryDisk.log)/\(RepairTests.names[0])", flags: O_WRONLY, mode: 0)
            _ = try Array("{\"v\":1,\"n\":\"desk\",\"s\":".utf8).withUnsafeBytes { try disk.append($0, to: file) }
            disk.close(file)
            // It puts the torn tail on record, and has nothing else to write.
            try disk.journal().write(delivering: { _ in }) { _ in }
        }
        try disk.journal().record(2)
        let files = disk.files
        #expect(try disk.verification().setAsides.count == 3 && disk.repair().isEmpty)
        #expect(disk.files == files && disk.isMirrored)
        // Nor do they keep what is damaged from being mended.
        var damaged = files
        damaged["\(MemoryDisk.log)/\(RepairTests.names[0])"]?[100] ^= 1
        let other = MemoryDisk(files: damaged)
        _ = try other.repair()
        #expect(other.segments(.primary) == disk.segments(.primary))
    }
}
