import Foundation
import Handbook
import Testing

@testable import Estate
@testable import Journal
@testable import TestDisks

@Suite("A checkpoint on a disk that fails")
struct CheckpointFaultTests {
    private let desk: Desk
    /// An estate with a checkpoint, and what has happened since.
    private let files: [String: [UInt8]]

    init() throws {
        desk = try Desk()
        try desk.liveADay()
        let disk = try CheckpointFaultTests.copy(of: desk.folder)
        try CheckpointFaultTests.save(desk.folder, disk, now: desk.store.now)
        try Store(at: desk.folder, clock: desk.clock.clock, disk: disk).perform(
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
        return MemoryDisk(files: files)
    }

    /// Leaves a checkpoint, however little it is worth.
    private static func save(_ folder: String, _ disk: any Disk, now: Moment) throws {
        let handbook = try Handbook(chapters: Estate.chapters)
        let journal = try Journal(at: folder, disk: disk)
        var estate = Estate(handbook: handbook)
        try journal.catchUp { _ = Estate.facts.apply($0, to: &estate) }
        try Checkpoint(
            of: folder, WorkingSet(of: estate, at: now), handbook, positions: journal.positions, on: disk
        ).save(in: folder, on: disk)
    }

    /// Whether a start used the checkpoint, and what it shows.
    private func start(_ disk: MemoryDisk) throws -> (usesIt: Bool, rows: [[[String]]]) {
        let store = try Store(at: desk.folder, whole: false, clock: desk.clock.clock, disk: disk)
        var rows: [[[String]]] = []
        for view in Estate.views where !view.description.contains(where: \.isRequired) {
            rows.append(try desk.rows(view, of: store.estate))
        }
        return (!store.isWhole, rows)
    }

    @Test("is there as it was, or the new one is, whatever fails at whatever call of saving it")
    func saving() throws {
        let (_, expected) = try start(MemoryDisk(files: files))
        var (cases, news) = (0, Set<[UInt8]>())
        for fault in FaultyDisk.Fault.allCases {
            for lasting in [false, true] {
                for place in 1...100 {
                    let disk = MemoryDisk(files: files)
                    let faulty = FaultyDisk(disk, failing: place, with: fault, lasting: lasting)
                    try? CheckpointFaultTests.save(desk.folder, faulty, now: desk.store.now)
                    for left in disk.afterPowerCuts {
                        cases += 1
                        let (usesIt, rows) = try start(MemoryDisk(files: left))
                        if !usesIt || rows != expected { Issue.record("\(fault) at call \(place): \(usesIt)") }
                        if let bytes = left[Checkpoint.path(in: desk.folder)] { news.insert(bytes) }
                    }
                    #expect(disk.openFiles == 0)
                    if faulty.calls < place { break }
                }
            }
        }
        #expect(news.count == 2)
        print("checkpoint sweep: \(cases) cases")
    }

    @Test("that is not whole is never believed")
    func partly() throws {
        let path = Checkpoint.path(in: desk.folder)
        let whole = try #require(files[path])
        #expect(try start(MemoryDisk(files: files)).usesIt)
        var none = files
        none[path] = nil
        let (_, expected) = try start(MemoryDisk(files: none))
        func check(_ bytes: [UInt8], _ what: String) throws {
            var changed = files
            changed[path] = bytes
            let (usesIt, rows) = try start(MemoryDisk(files: changed))
            if usesIt || rows != expected { Issue.record("\(what): \(usesIt)") }
        }
        // Cut off, or its rest never written; and the same near each line's end.
        for place in whole.indices where place.isMultiple(of: 97) || whole[place] == 0x0A {
            try check(Array(whole[..<place]), "cut at \(place)")
            try check(whole[..<place] + [UInt8](repeating: 0, count: whole.count - place), "zeros from \(place)")
        }
    }
}
