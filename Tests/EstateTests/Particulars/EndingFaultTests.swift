import Foundation
import Journal
import TestSupport
import Testing

@testable import Estate
@testable import TestDisks

/// The whole of an ending, with each disk call of it failing, and the power cut at it.
@Suite("Ending particulars, interrupted")
struct EndingFaultTests {
    private static let folder = "/estate"
    private static let now = "2026-11-23T12:00"

    /// The files of an estate with a visitor of September and two of November; and the id of the first of these.
    private static func files() throws -> (files: [String: [UInt8]], record: EntryID) {
        let test = try TestEstate(now: now)
        var record: EntryID?
        for (name, day) in [("甲", "2026-09-10"), ("乙", "2026-11-10"), ("丙", "2026-11-11")] {
            let visit = try test.arrive(name, at: "\(day)T10:00")
            try test.do("visitor.leave", ["visit": visit], at: "\(day)T11:00")
            if name == "乙" { record = EntryID(visit) }
        }
        var files: [String: [UInt8]] = [:]
        for (name, data) in try test.files() where name != "INSTANCE" { files["\(folder)/\(name)"] = Array(data) }
        return (files, try #require(record))
    }

    private func open(_ disk: any Disk) throws -> Store {
        try Store(at: EndingFaultTests.folder, clock: TestClock(EndingFaultTests.now).clock, disk: disk)
    }

    /// Whatever happened: both are asked for or not, and what was asked for is finished at the next opening.
    private func check(_ disk: MemoryDisk, isErasing: Bool, mustBeAsked: Bool, _ comment: String) throws {
        // As a backup or a restored folder is looked at: nothing is recorded, and no key goes.
        let files = disk.files
        let looking = try Store(
            at: EndingFaultTests.folder, readOnly: true, clock: TestClock(EndingFaultTests.now).clock,
            disk: disk)
        _ = try looking.unreadableParticulars()
        for part in ["/journal/", "/keys/"]
        where files.filter({ $0.key.contains(part) }) != disk.files.filter({ $0.key.contains(part) }) {
            Issue.record("\(comment): \(part) was written to")
        }
        let store = try open(disk)
        let names = store.estate.gate.visits.values.map(\.name)
        let isAsked = store.estate.endings.count > 0
        if mustBeAsked, !isAsked { Issue.record("\(comment): acknowledged, and not asked for") }
        let ended = isErasing ? ["甲", "已到期删除", "丙"] : ["已到期删除", "乙", "丙"]
        if names != (isAsked ? ended : ["甲", "乙", "丙"]) { Issue.record("\(comment): \(names)") }
        if !store.estate.endings.asked.isEmpty { Issue.record("\(comment): not finished") }
        if isAsked {
            let keys = disk.files.filter { $0.key.contains("/keys/visitors") }
            let month = isErasing ? "2026-11" : "2026-09"
            let left = keys.filter { $0.key.contains(month) }
            let hasMonthKey = left.values.contains { String(decoding: $0, as: UTF8.self).hasPrefix("{\"key\"") }
            if isErasing ? hasMonthKey : !left.isEmpty { Issue.record("\(comment): \(left.keys)") }
            try checkNextKey(store, disk, comment)
        }
        if try !store.unreadableParticulars().isEmpty { Issue.record("\(comment): unreadable") }
    }

    /// What is recorded afterwards has a key of which nothing ended, and outlives one more opening.
    private func checkNextKey(_ store: Store, _ disk: MemoryDisk, _ comment: String) throws {
        let id = try store.perform(
            ArriveVisitor(name: "丁", host: unit("3-2-501"), purpose: "探亲"), by: "S03"
        ).id
        let name = store.estate.sealedLines.entries.first { $0.value.contains { $0.id == id } }?.key
        if name.map({ store.estate.endings.concern($0) }) ?? true {
            Issue.record("\(comment): sealed under \(name as Any)")
        }
        let last = try open(disk).estate.gate.visits.values.last
        if last?.name != "丁" { Issue.record("\(comment): the next visitor is \(last?.name ?? "gone")") }
    }

    @Test("it is finished at the next opening, or was never asked for", arguments: [false, true])
    func eachFailure(isErasing: Bool) throws {
        let (files, record) = try EndingFaultTests.files()
        for fault in [FaultyDisk.Fault.inputOutput, .killed, .dropping, .full] {
            for place in 1...2000 {
                let disk = MemoryDisk(files: files)
                let faulty = FaultyDisk(disk, failing: place, with: fault, lasting: fault == .killed)
                var isAcknowledged = false
                do {
                    let store = try open(faulty)
                    if isErasing {
                        try store.perform(EraseParticulars(record: record, why: "要求"), by: "S01")
                    } else {
                        try store.perform(ExpireParticulars(), by: "S01")
                    }
                    isAcknowledged = true
                } catch {}
                let comment = "\(fault) at call \(place)"
                if fault == .killed {
                    for (number, left) in disk.afterPowerCuts.enumerated() {
                        try check(
                            MemoryDisk(files: left), isErasing: isErasing, mustBeAsked: isAcknowledged,
                            "\(comment), cut \(number)")
                    }
                }
                try check(disk, isErasing: isErasing, mustBeAsked: isAcknowledged, comment)
                if disk.openFiles != 0 { Issue.record("\(comment): \(disk.openFiles) files are open") }
                if faulty.calls < place { break }
            }
        }
    }
}
