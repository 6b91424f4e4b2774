import Foundation
import Testing

@testable import Journal
@testable import TestDisks

/// Temporary files of programs that were ended before they renamed them.
@Suite struct LeftoverTests {
    @Test func nextWriteRemovesThem() throws {
        let disk = try MemoryDisk.withMirror()
        try disk.journal().record(1)
        let places = [
            MemoryDisk.folder, MemoryDisk.log, "\(MemoryDisk.folder)/pins", "\(MemoryDisk.folder)/preferences",
            MemoryDisk.mirrorLog,
        ]
        var files = disk.files
        for place in places {
            files["\(place)/2026-11.jsonl.new"] = [1]
            // No process has so high a number; this one runs.
            files["\(place)/.S01.json.2000000000"] = [2]
            files["\(place)/.S02.json.\(getpid())"] = [3]
            files["\(place)/.hidden"] = [4]
        }
        let left = MemoryDisk(files: files)
        try left.journal().record(2)
        for place in places {
            let names = try left.names(in: place)
            #expect(!names.contains { $0.hasSuffix(".new") || $0.hasSuffix("2000000000") }, "\(names)")
            #expect(names.contains(".hidden") && names.contains(".S02.json.\(getpid())"), "\(names)")
        }
        #expect(left.isMirrored && left.openFiles == 0)
        #expect(try left.verification().damages.isEmpty)
    }
}
