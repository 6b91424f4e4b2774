import Foundation
import Handbook
import Testing
import TestSupport

@testable import Estate
@testable import Journal
@testable import TestDisks

@Suite("Checkpoints on a failing disk")
struct CheckpointFaultTests {
    private static let step = ProcessInfo.processInfo.environment["FRONTDESK_LONG_TESTS"] == "1" ? 97 : 997
    private let test: TestEstate
    /// The files of an estate with a checkpoint and a later arrival.
    private let files: [String: [UInt8]]

    init() throws {
        test = try TestEstate()
        try test.recordDay()
        let disk = try CheckpointFaultTests.copy(of: test.folder)
        try CheckpointFaultTests.save(test.folder, disk, now: test.store.now)
        try Store(at: test.folder, clock: test.clock.clock, disk: disk).perform(
            ArriveVisitor(name: "后来", host: unit("3-2-501"), purpose: "探亲"), by: "S03")
        files = disk.files
    }

    private static func copy(of folder: String) throws -> MemoryDisk {
        var files: [String: [UInt8]] = [:]
        for name in try FileManager.default.subpathsOfDirectory(atPath: folder) {
            if let data = FileManager.default.contents(atPath: "\(folder)/\(name)") {
                files["\(folder)/\(name)"] = Array(data)
            }
        }
        let disk = MemoryDisk(files: files)
        // On this disk it is the folder itself: a copy gets no checkpoint.
        try Instance(forFolder: folder, disk: disk).save(in: folder, disk: disk)
        return MemoryDisk(files: disk.files)
    }

    /// Writes a checkpoint, even if none is due.
    private static func save(_ folder: String, _ disk: any Disk, now: Moment) throws {
        let handbook = try Handbook(chapters: Estate.chapters)
        let journal = try Journal(at: folder, disk: disk)
        var estate = Estate(handbook: handbook)
        try journal.catchUp { _ = Estate.facts.apply($0, to: &estate) }
        // None is due if a log cannot be read.
        if journal.positions.isEmpty { return }
        try Checkpoint(
            of: folder, WorkingSet(of: estate, at: now), handbook, positions: journal.positions, on: disk
        ).save(in: folder, on: disk)
    }

    private func start(_ files: [String: [UInt8]]) throws -> Store {
        try Store(at: test.folder, fullHistory: false, clock: test.clock.clock, disk: MemoryDisk(files: files))
    }

    private func rows(_ store: Store) throws -> [[[String]]] {
        try Estate.views.filter { !$0.description.contains(where: \.isRequired) }.map {
            try test.rows($0, of: store.estate)
        }
    }

    @Test("a failed save leaves the former or the new checkpoint, at every call and with every fault")
    func saving() throws {
        let expected = try rows(start(files))
        // The same files give the same start, but for the random id of the record and the hashes that follow from it.
        func outcome(_ left: [String: [UInt8]]) -> [String: [UInt8]] {
            let masked = left.filter { files[$0] != $1 }.mapValues { bytes in
                bytes.map { $0 > 0x20 && $0 < 0x7F && $0 != 0x22 ? UInt8(ascii: "x") : $0 }
            }
            return masked.merging(left.filter { files[$0] == $1 }.mapValues { _ in [] }) { $1 }
        }
        var (cases, seen, checkpoints) = (0, Set<[String: [UInt8]]>(), Set<[UInt8]>())
        for fault in FaultyDisk.Fault.allCases {
            for lasting in [false, true] {
                for place in 1...100 {
                    let disk = MemoryDisk(files: files)
                    let faulty = FaultyDisk(disk, failing: place, with: fault, lasting: lasting)
                    try? CheckpointFaultTests.save(test.folder, faulty, now: test.store.now)
                    for left in disk.afterPowerCuts {
                        cases += 1
                        guard seen.insert(outcome(left)).inserted else { continue }
                        let store = try start(left)
                        if try store.hasFullHistory || rows(store) != expected {
                            Issue.record("\(fault) at call \(place): \(!store.hasFullHistory)")
                        }
                        // The place of the record differs: its id is random.
                        if let bytes = left[Checkpoint.path(in: test.folder)] {
                            checkpoints.insert(Array(bytes.drop { $0 != 0x0A }))
                        }
                    }
                    #expect(disk.openFiles == 0)
                    if faulty.calls < place { break }
                }
            }
        }
        // The former checkpoint and the new one.
        #expect(checkpoints.count == 2)
        #expect(cases > 100)
    }

    @Test("a truncated or partly zeroed checkpoint is ignored")
    func partly() throws {
        let path = Checkpoint.path(in: test.folder)
        let complete = try #require(files[path])
        #expect(try !start(files).hasFullHistory)
        var changed = files
        changed[path] = nil
        let expected = try rows(start(changed))
        func check(_ bytes: [UInt8], _ damage: String) throws {
            changed[path] = bytes
            let store = try start(changed)
            if try !store.hasFullHistory || rows(store) != expected {
                Issue.record("\(damage): \(!store.hasFullHistory)")
            }
        }
        // Truncated, or zeroed to the end, at every line's end and at every 997th byte; in the long form every 97th.
        for place in complete.indices where place.isMultiple(of: Self.step) || complete[place] == 0x0A {
            try check(Array(complete[..<place]), "cut at \(place)")
            try check(complete[..<place] + [UInt8](repeating: 0, count: complete.count - place), "zeros from \(place)")
        }
    }
}
