import Foundation
import Hub
@testable import Journal
@testable import TestDisks
import TestSupport
import Testing

@testable import Estate

/// A machine of an estate, with its data folder on a disk in memory, its clock, its store and its side of the exchange.
final class HubNode {
    static let folder = "/estate"
    static let start = "2026-03-10T08:00"
    private static let newerKind = "robot.arrived"

    let name: String
    private(set) var disk: MemoryDisk
    let clock = TestClock(HubNode.start)
    private(set) var store: Store
    private(set) var exchange: HubExchange
    let limit: BatchLimit
    /// What repeats the test, for messages.
    var comment = ""

    /// The files of a new estate: its founder's log, which no node writes on. Without `INSTANCE`: a node would take itself
    /// for a copy.
    private static let origin: [String: [UInt8]] = {
        guard let estate = try? TestEstate(now: start),
            let names = try? FileManager.default.subpathsOfDirectory(atPath: estate.folder)
        else { return [:] }
        var files: [String: [UInt8]] = [:]
        for name in names where name != "INSTANCE" {
            if let data = FileManager.default.contents(atPath: "\(estate.folder)/\(name)") {
                files["\(folder)/\(name)"] = Array(data)
            }
        }
        // It has a hub.
        files["\(folder)/hub/SETTING"] = Array("{}\n".utf8)
        return files
    }()

    init(_ name: String, limit: BatchLimit = .usual) throws {
        var files = HubNode.origin
        files["\(HubNode.folder)/NODE"] = Array("\(name)\n".utf8)
        // A new node's log begins with a HEAD that a power cut does not take away.
        files["\(HubNode.folder)/journal/\(name)/HEAD"] = Head().file
        (self.name, self.limit) = (name, limit)
        disk = MemoryDisk(files: files)
        store = try Store(at: HubNode.folder, clock: clock.clock, disk: disk)
        exchange = HubExchange(of: HubNode.folder, disk: disk, limit: limit)
    }

    /// Ends the program and starts it again, on the same disk or on what a power cut left of it.
    func restart(with files: [String: [UInt8]]? = nil) throws {
        if let files { disk = MemoryDisk(files: files, folders: disk.folders) }
        exchange = HubExchange(of: HubNode.folder, disk: disk, limit: limit)
        store = try Store(at: HubNode.folder, clock: clock.clock, disk: disk)
    }

    /// Performs an action by its name and returns the id on its receipt. Throws ``Refusal``.
    @discardableResult
    func `do`(_ name: String, _ members: [String: String] = [:], by: String = "S01") throws -> String {
        let action = try Estate.action(named: name).read(members.mapValues { .string($0) }, zone: .shanghai)
        clock.pass(seconds: 60)
        return try store.perform(action, by: by).id.text
    }

    @discardableResult
    func arrive(_ name: String) throws -> String {
        try self.do("visitor.arrive", ["name": name, "host": "3-2-501", "purpose": "探亲"], by: "S03")
    }

    /// Records a fact as a newer program does, of a kind that this one does not know.
    func recordNewer(_ number: Int) throws {
        clock.pass(seconds: 60)
        let journal = try Journal(at: HubNode.folder, clock: clock.clock, disk: disk)
        let entry = NewEntry(
            id: EntryID(at: clock.clock()), by: "S01", kind: HubNode.newerKind, data: Array(#"{"n":\#(number)}"#.utf8))
        _ = try journal.write(delivering: { _ in }) { $0.append([entry]) }
        try store.catchUp()
    }

    /// The lines of a log in this folder, as a hub would have them.
    func lines(of node: String) throws -> [HubRow] {
        var outbox = LogOutbox(of: node, in: HubNode.folder, disk: disk)
        _ = try outbox.refresh()
        return try outbox.lines(after: 0, BatchLimit(lines: .max, bytes: .max)).map { HubRow($0) }
    }

    /// Exchanges on one connection until both are in step, at most so many rounds.
    func meet(_ hub: MemoryHub, rounds: Int = 200) throws {
        let connection = MemoryConnection(hub)
        exchange.begin()
        for _ in 0..<rounds where try exchange.round(connection) != .hasMore {
            try store.catchUp()
            return
        }
        Issue.record("\(name) is never in step \(comment)")
    }

    /// The segments of all logs, by path. One in which nothing was recorded yet is there at its own node only.
    var logs: [String: [UInt8]] { disk.files.filter { $0.key.hasSuffix(".jsonl") && !$0.value.isEmpty } }

    /// The rows of all views as of a moment, of the live store or of one that is opened anew.
    func rows(restarted: Bool = false, at moment: Moment) throws -> [String] {
        let store = restarted ? try Store(at: HubNode.folder, clock: { moment }, disk: disk) : store
        let newer = logs.values.reduce(0) { $0 + $1.split(separator: HubNode.newerKind.utf8).count - 1 }
        #expect(store.damages.isEmpty && store.unknownFacts == newer, "\(name): \(store.damages)")
        func rows<V: View>(_: V.Type) throws -> [String] {
            try V().rows(of: store.estate, at: moment).map { "\(V.name): \($0.texts)" }
        }
        return try Estate.views.filter { $0 != NodesView.self && !$0.description.contains(where: \.isRequired) }
            .flatMap { try rows($0) }
    }

    /// Whether any view shows a text now.
    func shows(_ text: String) throws -> Bool { try rows(at: store.now).contains { $0.contains(text) } }

    /// Expects the same bytes of all logs and the same rows of all views at every node, live and restarted.
    static func expectAgreement(
        _ nodes: [HubNode], _ comment: Comment? = nil, _ location: SourceLocation = #_sourceLocation
    ) throws {
        let now = nodes.map(\.store.now).max() ?? .distantPast
        let expected = try nodes[0].rows(at: now)
        for node in nodes {
            // What differs, not all of it.
            let (logs, others) = (node.logs, nodes[0].logs)
            let different = Set(logs.keys).union(others.keys).filter { logs[$0] != others[$0] }.sorted()
            #expect(different == [], comment, sourceLocation: location)
            for rows in [try node.rows(at: now), try node.rows(restarted: true, at: now)] {
                #expect(rows.difference(from: expected).isEmpty, comment, sourceLocation: location)
            }
        }
    }
}
