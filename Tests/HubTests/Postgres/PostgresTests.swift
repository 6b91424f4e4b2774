import Foundation
import Glibc
import Journal
import Synchronization
import TestServer
import TestSupport
import Testing

@testable import Estate
@testable import Hub

/// The exchange over a real PostgreSQL, with real folders.
@Suite(
    "A node and a PostgreSQL hub", .serialized,
    .enabled(if: PostgresServer.programs != nil, "\(PostgresServer.missing)"))
struct PostgresTests {
    /// A folder with a store that records for it.
    private final class Desk {
        let folder: String
        let store: Store
        let clock: TestClock
        let isOwned: Bool

        init(_ folder: String, _ clock: TestClock, isOwned: Bool = true) throws {
            (self.folder, self.clock, self.isOwned) = (folder, clock, isOwned)
            store = try Store(at: folder, clock: clock.clock)
        }

        deinit { if isOwned { try? FileManager.default.removeItem(atPath: folder) } }

        @discardableResult
        func arrive(_ name: String) throws -> String {
            let members = ["name": name, "host": "3-2-501", "purpose": "探亲"].mapValues { JSONValue.string($0) }
            clock.pass(seconds: 1)
            return try store.perform(
                Estate.action(named: "visitor.arrive").read(members, zone: .shanghai), by: "S03"
            ).id.text
        }
    }

    private let server: PostgresServer
    private let estate: TestEstate
    private let origin: EntryID
    private let desk: Desk
    private let gate: Desk

    init() throws {
        (server, estate) = (try PostgresServer(), try TestEstate(now: "2026-03-10T08:00"))
        origin = try #require(try Journal.origin(of: estate.folder))
        desk = try Desk(estate.folder, estate.clock, isOwned: false)
        // A gate begins with a copy of the desk's folder, under a name of its own.
        let (backup, place) = ("\(estate.folder)-backup", "\(estate.folder)-gate")
        defer { try? FileManager.default.removeItem(atPath: backup) }
        _ = try Backup(of: estate.folder, to: backup)
        _ = try Restore(from: backup, to: place, as: .named("gate"))
        gate = try Desk(place, estate.clock)
        try server.setUp(origin, nodes: ["desk", "gate"])
        for (desk, name) in [(desk, "desk"), (gate, "gate")] {
            try HubSetting(server.address(name), estate: origin).save(in: desk.folder)
        }
    }

    @discardableResult
    private func meet(_ desk: Desk) throws -> HubStatus {
        let setting = try #require(try HubSetting(in: desk.folder))
        let status = try HubFollower.once(desk.folder, setting)
        try desk.store.catchUp()
        return status
    }

    private func rows(_ folder: String) throws -> [String] {
        let (now, clock) = (estate.store.now, estate.clock.clock)
        let store = try Store(at: folder, clock: clock)
        #expect(store.damages.isEmpty && store.nodeNotices.isEmpty)
        func rows<V: View>(_: V.Type) throws -> [String] {
            try V().rows(of: store.estate, at: now).map { "\(V.name): \($0.texts)" }
        }
        return try Estate.views.filter { !$0.description.contains(where: \.isRequired) && $0 != NodesView.self }
            .flatMap { try rows($0) }
    }

    private func expectAgreement(_ location: SourceLocation = #_sourceLocation) throws {
        for _ in 0..<2 { for desk in [desk, gate] { try meet(desk) } }
        #expect(try rows(desk.folder) == rows(gate.folder), sourceLocation: location)
        let logs = try [desk, gate].map { try segments($0.folder) }
        #expect(logs[0] == logs[1] && !logs[0].isEmpty, sourceLocation: location)
    }

    private func segments(_ folder: String) throws -> [String: Data] {
        let names = try FileManager.default.subpathsOfDirectory(atPath: "\(folder)/journal").filter {
            $0.hasSuffix(".jsonl")
        }
        // A segment in which nothing was recorded yet is there at its own node only.
        return try Dictionary(
            uniqueKeysWithValues: names.map {
                ($0, try Data(contentsOf: URL(fileURLWithPath: "\(folder)/journal/\($0)")))
            }
        ).filter { !$0.value.isEmpty }
    }

    @Test("two folders become byte-equal, in their logs and in all views")
    func twoFolders() throws {
        for number in 0..<30 { try (number % 3 == 0 ? desk : gate).arrive("客\(number)") }
        try expectAgreement()
        #expect(desk.store.estate.gate.inside.count == 30)
        #expect(try server.sql("SELECT count(DISTINCT node) FROM frontdesk.line") == "2")
    }

    @Test("rows that no program wrote keep nobody from exchanging, and the status can be read")
    func impossibleRows() throws {
        try desk.arrive("甲")
        try meet(desk)
        let columns = "'\(String(repeating: "0", count: 64))'"
        for (node, number) in [("evil", "9223372036854775807"), ("evil2", "9007199254740993"), ("../x", "1")] {
            _ = try? server.sql(
                "INSERT INTO frontdesk.line VALUES ('\(node)', \(number), decode(\(columns), 'hex'), 'x', 0, 'x')")
        }
        #expect(try server.sql("SELECT count(*) FROM frontdesk.line WHERE node LIKE 'evil%'") != "0")
        try gate.arrive("乙")
        for _ in 0..<2 {
            for one in [gate, desk] {
                let status = try meet(one)
                #expect(status.unheard >= 0)
                #expect(HubStatus(in: one.folder).map { $0.unheard >= 0 } ?? true)
            }
        }
        #expect(desk.store.estate.gate.visits.count == 2 && gate.store.estate.gate.visits.count == 2)
    }

    @Test("an empty batch, lines of a megabyte and a batch beyond its bytes go through as they are")
    func sizes() throws {
        let note = String(repeating: "长", count: 60_000)
        for _ in 0..<40 { _ = try gate.arrive("张\(note.prefix(10))") }
        try gate.store.perform(AddUnit(unit: unit("7-7-701")), by: "S01")
        try expectAgreement()
    }

    @Test("a login of a node can add and read, and do nothing else, but for keys")
    func rights() throws {
        try gate.arrive("张三")
        try expectAgreement()
        for command in [
            "DELETE FROM frontdesk.line", "UPDATE frontdesk.line SET seq = seq + 1", "TRUNCATE frontdesk.line",
            "DELETE FROM frontdesk.fork", "UPDATE frontdesk.estate SET id = 'x'", "DROP TABLE frontdesk.line",
            "DELETE FROM frontdesk.key_end", "CREATE TABLE frontdesk.more (a integer)",
            "CREATE TABLE public.more (a integer)",
        ] {
            #expect(throws: (any Error).self, "\(command)") { try server.sql("SET ROLE gate; \(command)") }
        }
        #expect(try server.sql("SET ROLE gate; SELECT count(*) > 0 FROM frontdesk.line") == "t")
        // Another estate's database of the same server is closed to it.
        try server.sql("CREATE DATABASE other", in: "postgres")
        try server.sql(HubSchema.sql(estate: EntryID(high: 1, low: 1)), in: "other")
        #expect(throws: HubError.self) {
            try PostgresHub(at: server.address("gate", database: "other"), node: "gate", estate: origin)
        }
    }

    @Test("setting a hub up twice changes nothing")
    func setUpTwice() throws {
        try gate.arrive("张三")
        try expectAgreement()
        let before = try server.sql("SELECT count(*), max(seq) FROM frontdesk.line")
        try server.sql(HubSchema.sql(estate: origin))
        #expect(try server.sql("SELECT count(*), max(seq) FROM frontdesk.line") == before)
    }

    @Test("another estate's database, one without tables, and a hub that is gone are told apart")
    func errors() throws {
        func trouble(_ address: HubAddress, _ estate: EntryID) -> HubTrouble? {
            do {
                _ = try PostgresHub(at: address, node: "gate", estate: estate)
                return nil
            } catch { return (error as? HubError)?.trouble }
        }
        #expect(trouble(server.address("gate"), origin) == nil)
        #expect(trouble(server.address("gate"), EntryID(high: 1, low: 2)) == .estate)
        #expect(trouble(server.address("postgres", database: "postgres"), origin) == .schema)
        #expect(trouble(server.address("gate", database: "nothing"), origin) == .schema)
        #expect(trouble(server.address("nobody-knows"), origin) == .login)
        try server.sql("UPDATE frontdesk.estate SET format = 2")
        #expect(trouble(server.address("gate"), origin) == .newer)
        try server.sql("UPDATE frontdesk.estate SET format = 1")
        #expect(trouble(HubAddress("host=/nowhere dbname=estate"), origin) == .unreachable)
        server.kill()
        #expect(trouble(server.address("gate"), origin) == .unreachable)
    }

    @Test("the server is killed in the middle of sending and starts again: nothing is lost, nothing is there twice")
    func killedServer() throws {
        for number in 0..<200 { try gate.arrive("客\(number)") }
        let exchange = HubExchange(of: gate.folder, limit: BatchLimit(lines: 20, bytes: 1 << 20))
        let hub = try PostgresHub(at: server.address("gate"), node: "gate", estate: origin)
        exchange.begin()
        for _ in 0..<3 { _ = try exchange.round(hub) }
        server.kill()
        #expect(throws: HubError.self) { for _ in 0..<3 { _ = try exchange.round(hub) } }
        try server.start()
        try expectAgreement()
        let counts = try server.sql("SELECT count(*) = max(seq) FROM frontdesk.line GROUP BY node")
        #expect(Set(counts.split(separator: "\n")) == ["t"])
    }

    @Test("a hub that was put back to a dump of an hour ago is filled again by the nodes")
    func putBack() throws {
        try gate.arrive("张三")
        try expectAgreement()
        let dump = try server.dump()
        for number in 0..<10 { try (number % 2 == 0 ? desk : gate).arrive("客\(number)") }
        try expectAgreement()
        let whole = try server.sql("SELECT node, seq, encode(hash, 'hex') FROM frontdesk.line ORDER BY 1, 2")
        try server.sql("DROP DATABASE estate", in: "postgres")
        try server.sql("CREATE DATABASE estate", in: "postgres")
        try server.sql(dump)
        #expect(try server.sql("SELECT node, seq, encode(hash, 'hex') FROM frontdesk.line ORDER BY 1, 2") != whole)
        try expectAgreement()
        #expect(try server.sql("SELECT node, seq, encode(hash, 'hex') FROM frontdesk.line ORDER BY 1, 2") == whole)
    }

    @Test("a fork is told at every node, and both lines are in the hub")
    func fork() throws {
        try gate.arrive("张三")
        try expectAgreement()
        // As the copy of a virtual machine does: the same folder, in the same place, at an earlier time.
        let (saved, other) = ("\(gate.folder)-saved", "\(gate.folder)-other")
        defer { for path in [saved, other] { try? FileManager.default.removeItem(atPath: path) } }
        try FileManager.default.copyItem(atPath: "\(gate.folder)/journal", toPath: saved)
        try gate.arrive("李四")
        try meet(gate)
        try FileManager.default.moveItem(atPath: "\(gate.folder)/journal", toPath: other)
        try FileManager.default.moveItem(atPath: saved, toPath: "\(gate.folder)/journal")
        #expect(try meetAnew().stops.map(\.trouble) == [.putBack])
        let clone = try Desk(gate.folder, estate.clock, isOwned: false)
        try clone.arrive("王五")
        #expect(try meetAnew().stops.map(\.trouble) == [.fork])
        #expect(try meet(desk).stops.map(\.trouble) == [.fork])
        #expect(
            try server.sql(
                "SELECT count(*) FROM frontdesk.fork NATURAL JOIN (SELECT node, seq FROM frontdesk.line) AS l") == "1")
    }

    @Test("lines are taken only where they go on with what is there; what is missing in the middle is filled in")
    func chain() throws {
        for number in 0..<8 { try gate.arrive("客\(number)") }
        var outbox = LogOutbox(of: "gate", in: gate.folder, isOwn: true)
        _ = try outbox.refresh()
        let lines = try outbox.lines(after: 0, .usual)
        let hub = try PostgresHub(at: server.address("gate"), node: "gate", estate: origin)
        func stored() throws -> String {
            try server.sql("SELECT string_agg(seq::text, ' ' ORDER BY seq) FROM frontdesk.line WHERE node = 'gate'")
        }
        #expect(try hub.push(Array(lines[2..<4])) == [nil, nil] && stored() == "")
        #expect(try hub.push(Array(lines[0..<3])) == lines[0..<3].map(\.hash))
        #expect(try hub.push(Array(lines[4..<6])) == [nil, nil] && stored() == "1 2 3")
        // Again, and beyond.
        #expect(try hub.push(Array(lines[1..<6])) == lines[1..<6].map(\.hash) && stored() == "1 2 3 4 5 6")
        // Of another machine of that name.
        try server.sql("UPDATE frontdesk.line SET hash = sha256('x') WHERE seq = 6")
        #expect(try hub.push(Array(lines[6..<8])) == [nil, nil] && stored() == "1 2 3 4 5 6")
        let hashes = try #require(try hub.push(Array(lines[5..<8])))
        #expect(hashes[0] != lines[5].hash && hashes[0] != nil && hashes[1...] == [nil, nil])
        try server.sql("DELETE FROM frontdesk.line WHERE seq IN (2, 6)")
        #expect(try hub.push(Array(lines[0..<2])) == lines[0..<2].map(\.hash) && stored() == "1 2 3 4 5")
        // While one adds lines, another waits for a later round.
        let other = try PostgresHub(at: server.address("gate"), node: "gate", estate: origin)
        var (pieces, isBegun) = ([Array(lines[6..<8]), Array(lines[5..<6])], false)
        let added = try hub.push(atMost: 3) {
            if isBegun {
                let answer = try other.push(Array(lines[5..<6]))
                #expect(answer == nil)
            }
            isBegun = true
            return pieces.popLast() ?? []
        }
        #expect(try added == lines[5..<8].map(\.hash) && stored() == "1 2 3 4 5 6 7 8")
    }

    /// The lines of a log with so many visitors, which one action has recorded.
    private func lines(_ desk: Desk, visitors: Int) throws -> [CarriedLine] {
        try desk.store.perform(by: "S03") { batch in
            for number in 0..<visitors {
                let members = ["name": "客\(number)", "host": "3-2-501", "purpose": "探亲"]
                let arrival = try Estate.action(named: "visitor.arrive")
                try batch.perform(
                    arrival.read(members.mapValues { JSONValue.string($0) }, zone: .shanghai), by: "S03")
            }
        }
        let (node, _) = try Journal.writer(of: desk.folder)
        var outbox = LogOutbox(of: node, in: desk.folder, isOwn: true)
        _ = try outbox.refresh()
        return try outbox.lines(after: 0, BatchLimit(lines: .max, bytes: .max))
    }

    /// Sends lines in pieces, of more bytes than a socket takes at once.
    private static func push(_ lines: [CarriedLine], _ hub: PostgresHub) throws -> [Digest?]? {
        var rest = lines[...]
        return try hub.push(atMost: lines.count) {
            defer { rest = rest.dropFirst(600) }
            return Array(rest.prefix(600))
        }
    }

    @Test("of two machines of one name that send at once the hub has the log of one, whole, and the other is told")
    func race() throws {
        let ours = try lines(desk, visitors: 1_200)
        let other = try TestEstate(now: "2026-03-10T08:00")
        let theirs = try lines(Desk(other.folder, other.clock, isOwned: false), visitors: 1_200)
        #expect(ours[0].node == theirs[0].node && ours[0].hash != theirs[0].hash)
        let (logs, address, origin) = ([ours, theirs], server.address("desk"), origin)
        let answers = Mutex<[Int: [Digest?]]>([:])
        DispatchQueue.concurrentPerform(iterations: 2) { place in
            guard let hub = try? PostgresHub(at: address, node: "desk", estate: origin) else { return }
            do {
                var hashes: [Digest?]?
                while hashes == nil { hashes = try PostgresTests.push(logs[place], hub) }
                let found = hashes
                answers.withLock { $0[place] = found }
            } catch { Issue.record(error) }
        }
        let (first, second) = answers.withLock { ($0[0] ?? [], $0[1] ?? []) }
        #expect((first == ours.map(\.hash)) != (second == theirs.map(\.hash)))
        let winner = first == ours.map(\.hash) ? ours : theirs
        let hub = try PostgresHub(at: address, node: "desk", estate: origin)
        let rows = try hub.pull("desk", after: 0, BatchLimit(lines: 5_000, bytes: .max))
        #expect(rows == winner.map { HubRow($0) })
        // What the other is answered is what is there, so that it finds the first line that differs.
        #expect(zip(first, second).allSatisfy { $0 == $1 })
        // Once more: nothing is there twice, and a part beyond the end goes on.
        #expect(try PostgresTests.push(winner, hub) == winner.map(\.hash))
        try server.sql("DELETE FROM frontdesk.line WHERE seq > 700")
        #expect(try PostgresTests.push(Array(winner[500...]), hub) == winner[500...].map(\.hash))
        #expect(try server.sql("SELECT count(*) FROM frontdesk.line") == "\(winner.count)")
    }

    private func meetAnew() throws -> HubStatus {
        try HubFollower.once(gate.folder, try #require(try HubSetting(in: gate.folder)))
    }

    @Test("a follower in the background brings what others record within seconds, and goes on after the hub was gone")
    func following() throws {
        let followers = [desk, gate].map { HubFollower(of: $0.folder) }
        for follower in followers { follower.start() }
        defer { for follower in followers { follower.stop(within: 10) } }
        func expectAtDesk(_ count: Int, _ location: SourceLocation = #_sourceLocation) throws {
            for _ in 0..<600 {
                try desk.store.catchUp()
                if desk.store.estate.gate.inside.count == count { return }
                usleep(100_000)
            }
            Issue.record("it does not come", sourceLocation: location)
        }
        try gate.arrive("张三")
        try expectAtDesk(1)
        server.kill()
        try gate.arrive("李四")
        for _ in 0..<100 where HubStatus(in: gate.folder)?.trouble == nil { usleep(100_000) }
        #expect(HubStatus(in: gate.folder)?.trouble == .unreachable)
        try server.start()
        try expectAtDesk(2)
        for _ in 0..<100 where HubStatus(in: gate.folder)?.trouble != nil { usleep(100_000) }
        #expect(HubStatus(in: gate.folder)?.trouble == nil)
        #expect(throws: HubFollower.HubBusy.self) { try meetAnew() }
    }

    @Test(
        "what ends an attempt is reported once, and told with the next attempt; without a hub nothing is told any more")
    func report() throws {
        let reported = Mutex<[String]>([])
        let address = HubAddress("host=/nowhere dbname=estate")
        let setting = HubSetting(address, estate: origin)
        try setting.save(in: gate.folder)
        let follower = HubFollower(of: gate.folder, report: { error in reported.withLock { $0.append("\(error)") } })
        follower.start()
        defer { follower.stop(within: 10) }
        func expectSoon(_ location: SourceLocation = #_sourceLocation, _ condition: () -> Bool) {
            for _ in 0..<200 where !condition() { usleep(50_000) }
            #expect(condition(), sourceLocation: location)
        }
        expectSoon { HubStatus(in: gate.folder)?.next != nil }
        let first = try #require(HubStatus(in: gate.folder))
        #expect(first.trouble == .unreachable && first.isCurrent(at: .now()))
        // It is tried again.
        expectSoon { HubStatus(in: gate.folder)?.next != first.next }
        #expect(reported.withLock { $0.count } == 1)
        try HubSetting.remove(from: gate.folder)
        usleep(2_500_000)
        #expect(HubStatus(in: gate.folder) == nil)
    }

    @Test("a node that is killed in the middle of hearing goes on with the line after the last")
    func killedNode() throws {
        for number in 0..<100 { try desk.arrive("客\(number)") }
        try meet(desk)
        for cut in [1, 500, 2_000] {
            let exchange = HubExchange(of: gate.folder, limit: BatchLimit(lines: 10, bytes: 1 << 20))
            exchange.begin()
            let hub = try PostgresHub(at: server.address("gate"), node: "gate", estate: origin)
            for _ in 0..<3 { _ = try exchange.round(hub) }
            // What it had begun to write.
            let path = "\(gate.folder)/journal/desk/2026-03.jsonl"
            let whole = try Data(contentsOf: URL(fileURLWithPath: "\(desk.folder)/journal/desk/2026-03.jsonl"))
            let here = try Data(contentsOf: URL(fileURLWithPath: path))
            try (here + whole[here.count..<min(whole.count, here.count + cut)]).write(to: URL(fileURLWithPath: path))
        }
        try expectAgreement()
    }

    @Test("keys of particulars come along, and an ended one is gone from the hub")
    func keys() throws {
        let visit = try gate.arrive("欧阳晓")
        try expectAgreement()
        #expect(try rows(desk.folder).contains { $0.contains("欧阳晓") })
        #expect(try server.sql("SELECT count(*) FROM frontdesk.key WHERE name LIKE 'visitors.%'") == "1")
        let leave = try Estate.action(named: "visitor.leave").read(["visit": .string(visit)], zone: .shanghai)
        try gate.store.perform(leave, by: "S03")
        estate.clock.pass(seconds: 100 * 86_400)
        try gate.store.perform(Estate.action(named: "particulars.expire").read([:], zone: .shanghai), by: "S01")
        for _ in 0..<3 {
            for desk in [gate, desk] {
                _ = try Store(at: desk.folder, clock: estate.clock.clock)
                try meet(desk)
            }
        }
        #expect(try server.sql("SELECT count(*) FROM frontdesk.key WHERE name LIKE 'visitors.%'") == "0")
        #expect(try server.sql("SELECT string_agg(node, ' ' ORDER BY node) FROM frontdesk.key_end") == "desk gate")
        try expectAgreement()
    }
}
