import Foundation
import Journal
import Testing
import TestSupport

@testable import Estate

/// An action that is sent again with its key is recorded once (issue 11, “Doing it once”).
@Suite("Idempotency keys")
struct IdempotencyTests {
    private let test: TestEstate

    init() throws { test = try TestEstate(now: "2026-03-02T16:00") }

    /// A visitor, registered with a key.
    @discardableResult
    private func arrive(
        _ name: String, key: String?, by: String = "S03", at time: String? = nil, in store: Store? = nil
    ) throws -> Receipt {
        let members: [String: JSONValue] = [
            "name": .string(name), "host": .string("3-2-501"), "purpose": .string("探亲"),
        ]
        let moment = try time.map { try Moment(text: $0, zone: .shanghai) }
        return try (store ?? test.store).perform(
            ArriveVisitor.read(members, zone: .shanghai), by: by, at: moment,
            key: key.map { try IdempotencyKey($0, of: ArriveVisitor.name, [members], at: moment) })
    }

    private func open(fullHistory: Bool = true) throws -> Store {
        try Store(at: test.folder, fullHistory: fullHistory, clock: test.clock.clock)
    }

    /// Writes a checkpoint, even if none is due.
    private func leaveCheckpoint() throws {
        let store = try open()
        try Checkpoint(
            of: test.folder, WorkingSet(of: store.estate, at: store.now), store.handbook,
            positions: store.journal.positions, on: store.disk
        ).save(in: test.folder, on: store.disk)
    }

    /// A store that starts from a checkpoint.
    private func openAtCheckpoint() throws -> Store {
        let store = try open(fullHistory: false)
        try #require(!store.hasFullHistory)
        return store
    }

    private var names: [String] { test.estate.gate.visits.values.map(\.name) }

    @Test("the same key gives the same receipt, and nothing is recorded")
    func again() throws {
        let first = try arrive("张三", key: "k1")
        let size = try test.bytes()
        test.clock.pass(seconds: 3600)
        #expect(try arrive("张三", key: "k1") == first)
        #expect(try test.bytes() == size)
        #expect(names == ["张三"])
        // Without a key, and with another one, it is another visit.
        #expect(try arrive("张三", key: "k2") != first)
        #expect(try arrive("张三", key: nil) != first)
        #expect(names.count == 3)
    }

    @Test("the line states digests of key and content, answer and warnings")
    func line() throws {
        let receipt = try arrive("张三", key: "甲 \"1\"\n")
        var stated: [String] = []
        try Journal(at: test.folder).catchUp { line in
            if line.sequence == receipt.sequence { stated.append(String(decoding: line.idempotency, as: UTF8.self)) }
        }
        let json = try JSONValue(parsing: try #require(stated.first))
        guard case .array(let parts) = json else { throw Unexpected() }
        let digest = IdempotencyKey.digest(of: "甲 \"1\"\n").text
        #expect(parts.count == 3 && parts[0] == .string(digest) && parts[2] == .string(receipt.id.text))
        guard case .string(let content) = parts[1] else { throw Unexpected() }
        #expect(content.count == 32 && content.allSatisfy { $0.isHexDigit })
    }

    private struct Unexpected: Error {}

    @Test("the receipt keeps its warnings")
    func warnings() throws {
        var warned: [Receipt] = []
        for _ in 0..<2 {
            let receipt = try test.store.perform(Warning(), by: "S01", key: try IdempotencyKey("w", of: "w", []))
            warned.append(receipt)
        }
        #expect(warned[0].warnings == ["one.thing", "another"] && warned[0] == warned[1])
        #expect(try open().perform(Warning(), by: "S01", key: IdempotencyKey("w", of: "w", [])) == warned[0])
    }

    /// Records a unit and warns.
    private struct Warning: Action {
        static let name = "test.warn"
        static let label = Label("警告", en: "Warn")
        static let roles: Set<Role> = []
        mutating func fields(_ visitor: inout some FieldVisitor) throws {}
        func perform(_ plan: inout Plan, in estate: Estate) throws {
            plan.warn("one.thing")
            plan.warn("another")
            plan.record(AddUnit(unit: unit("3-2-777")))
        }
    }

    @Test("the same key with other content is refused, and nothing is recorded")
    func otherContent() throws {
        try arrive("张三", key: "k1")
        let size = try test.bytes()
        let refused = refusal { try arrive("李雷", key: "k1") }
        #expect(refused?.code == "key.reused" && refused?.cause == .rule)
        // The moment is part of what was asked, and so is the action.
        #expect(refusal { try arrive("张三", key: "k1", at: "2026-03-02T15:00") }?.code == "key.reused")
        let other = refusal {
            try test.store.perform(
                AddUnit(unit: unit("3-2-504")), by: "S03", key: try IdempotencyKey("k1", of: "unit.add", [[:]]))
        }
        #expect(other?.code == "key.reused")
        #expect(try test.bytes() == size)
    }

    @Test("the content is compared as it was asked, whatever the order, and empty fields count for nothing")
    func content() throws {
        func content(_ text: String) throws -> IdempotencyKey {
            guard case .object(let members) = try JSONValue(parsing: text) else { throw Unexpected() }
            return try IdempotencyKey("k", of: "a", [members])
        }
        let expected = try content(#"{"name":"张三","count":"2"}"#)
        for same in [#"{"count":2,"name":"张三"}"#, #"{"count":"2","name":"\u5f20三","plate":"","phone":null}"#] {
            #expect(try content(same) == expected)
        }
        #expect(
            try IdempotencyKey("other", of: "a", [["name": .string("张三"), "count": .number("2")]]).content
                != expected.content)
        for other in [#"{"name":"张三"}"#, #"{"name":"张三","count":"3"}"#, #"{"name":"张三","plate":"2"}"#] {
            #expect(try content(other) != expected)
        }
    }

    /// Keys are compared with those of 62 days ago, perhaps by another version of the program.
    @Test("digest and line stay as they are")
    func format() throws {
        let key = try IdempotencyKey(
            "k1", of: "visitor.arrive", [["name": .string("张三"), "count": .number("2"), "phone": .null]],
            at: at("2026-03-02T15:00"))
        #expect(key.digest.text == "6ab9f1eb8f7d3388f4f9d586f66e99fd")
        #expect(key.content.text == "b9134425904cfd259bfe1a9e89a805ae")
        let text =
            #"{"v":2,"n":"desk","s":7,"c":[1772438400000,0],"t":"2026-03-02T16:00:00.000+08:00","id":"01KJQ5KDM00000000000000001","by":"S03","k":"visitor.arrived","i":["\#(key.digest.text)","\#(key.content.text)","01KJQ5KDM00000000000000002","one.thing"],"d":{},"p":"\#(Digest.zero.text)","h":"\#(Digest.zero.text)"}"#
        var estate = Estate(handbook: test.store.handbook)
        try Array(text.utf8).withUnsafeBytes { _ = Estate.facts.apply(try #require(Line($0)), to: &estate) }
        let receipt = try #require(try estate.receipt(for: key, of: "S03", at: "gate"))
        #expect(receipt.id.text == "01KJQ5KDM00000000000000002" && receipt.node == "desk" && receipt.sequence == 7)
        #expect(receipt.warnings == ["one.thing"])
    }

    @Test("another member's key is another key")
    func otherMember() throws {
        let first = try arrive("张三", key: "k1")
        let second = try arrive("张三", key: "k1", by: "S02")
        #expect(second != first && names.count == 2)
        #expect(try arrive("张三", key: "k1") == first)
        #expect(try arrive("张三", key: "k1", by: "S02") == second)
        // Who and key are not just strung together.
        try test.do("staff.add", ["staff": "S0", "name": "零", "role": "guard"])
        try arrive("李雷", key: "3k", by: "S0")
        #expect(try arrive("韩梅", key: "k") != first)
    }

    @Test("a refused action's key is not used up")
    func refused() throws {
        try test.do("person.add", ["name": "李四", "unit": "3-2-502", "role": "tenant"])
        let members: [String: JSONValue] = [
            "name": .string("张三"), "host": .string("李四"), "purpose": .string("探亲"),
        ]
        func send() throws -> Receipt {
            try test.store.perform(
                ArriveVisitor.read(members, zone: .shanghai), by: "S03",
                key: try IdempotencyKey("k1", of: ArriveVisitor.name, [members]))
        }
        #expect(refusal { try send() }?.code == "host.ambiguous")
        try test.do("person.leave", ["person": try #require(test.estate.people.persons(named: "李四").last).id.id.text])
        let receipt = try send()
        #expect(names == ["张三"])
        #expect(try send() == receipt)
    }

    @Test("the key is known to other consoles, after a restart, and to a start from a checkpoint")
    func elsewhere() throws {
        let other = try open()
        let first = try arrive("张三", key: "k1")
        #expect(try arrive("张三", key: "k1", in: other) == first)
        #expect(try arrive("张三", key: "k1", in: open()) == first)
        try leaveCheckpoint()
        let later = try arrive("李雷", key: "k2")
        // The lines after the checkpoint are read as well, and the whole history is not.
        let started = try openAtCheckpoint()
        #expect(try arrive("张三", key: "k1", in: started) == first)
        #expect(try arrive("李雷", key: "k2", in: started) == later)
        #expect(refusal { try arrive("别人", key: "k1", in: started) }?.code == "key.reused")
        #expect(!started.hasFullHistory)
        #expect(try arrive("韩梅", key: "k3", in: started).sequence == later.sequence + 1)
        try test.store.catchUp()
        #expect(names == ["张三", "李雷", "韩梅"])
    }

    @Test("a checkpoint keeps the receipts of actions that it leaves out")
    func leftOut() throws {
        let first = try arrive("张三", key: "k1", at: "2026-03-02T09:00")
        try test.do("visitor.leave", ["visit": first.id.text])
        test.clock.pass(seconds: 10 * 86400)
        try leaveCheckpoint()
        let store = try openAtCheckpoint()
        #expect(store.estate.gate.visits.isEmpty)
        #expect(try arrive("张三", key: "k1", at: "2026-03-02T09:00", in: store) == first)
        #expect(!store.hasFullHistory)
    }

    @Test("a key is known for 62 days on which anything was recorded, however far the clock has leapt")
    func expiry() throws {
        let first = try arrive("张三", key: "k1")
        // Nothing is recorded meanwhile.
        test.clock.pass(seconds: 200 * 86400)
        #expect(try arrive("张三", key: "k1") == first)
        try passDays(1, from: 501)
        #expect(try arrive("张三", key: "k1", in: open()) == first)
        try leaveCheckpoint()
        try passDays(61, from: 502)
        #expect(try arrive("张三", key: "k1") == first)
        #expect(try arrive("张三", key: "k1", in: openAtCheckpoint()) == first)
        try leaveCheckpoint()
        #expect(try arrive("张三", key: "k1", in: openAtCheckpoint()) == first)
        try passDays(1, from: 600)
        let second = try arrive("张三", key: "k1", in: openAtCheckpoint())
        #expect(second != first)
        #expect(try arrive("张三", key: "k1") == second)
        #expect(try arrive("张三", key: "k1", in: open()) == second)
    }

    /// Records a home on each of some days.
    private func passDays(_ count: Int, from number: Int) throws {
        for number in number..<number + count {
            test.clock.pass(seconds: 86400)
            try test.do("unit.add", ["unit": "9-1-\(number)"])
        }
    }

    @Test("the key of an undone action answers with its receipt, live, after a restart and from a checkpoint")
    func undone() throws {
        let first = try arrive("张三", key: "k1")
        try test.do("action.undo", by: "S03")
        #expect(test.estate.gate.visits.isEmpty)
        #expect(try arrive("张三", key: "k1") == first)
        #expect(try arrive("张三", key: "k1", in: open()) == first)
        try leaveCheckpoint()
        #expect(try arrive("张三", key: "k1", in: openAtCheckpoint()) == first)
        try test.store.catchUp()
        #expect(test.estate.gate.visits.isEmpty)
    }

    @Test("an undo that is sent again undoes once")
    func undo() throws {
        try arrive("张三", key: nil)
        try arrive("李雷", key: nil)
        let key = try IdempotencyKey("u", of: UndoAction.name, [[:]])
        let first = try test.store.perform(UndoAction(), by: "S03", key: key)
        #expect(try test.store.perform(UndoAction(), by: "S03", key: key) == first)
        #expect(names == ["张三"])
    }

    @Test("a key that reads like an id or a unit keeps nothing from being undone")
    func keyNamesNothing() throws {
        let visit = try arrive("张三", key: "k")
        for key in [visit.id.text, "3-2-501"] {
            try test.store.perform(
                AddUnit(unit: unit("3-2-50\(key.count)")), by: "S01",
                key: try IdempotencyKey(key, of: "unit.add", [[:]]))
        }
        try test.do("action.undo", ["entry": visit.id.text], by: "S03")
        #expect(names.isEmpty)
    }

    // MARK: Several actions together

    /// An import of units, as one action.
    private func units(
        _ names: [String], key: String?, in store: Store? = nil
    ) throws -> Receipt? {
        let rows = names.map { ["unit": JSONValue.string($0)] }
        let key = try key.map { try IdempotencyKey($0, of: AddUnit.name, rows) }
        return try (store ?? test.store).perform(by: "S01") { batch in
            if let receipt = try batch.joinActions(key: key) { return receipt }
            for name in names { try batch.perform(AddUnit(unit: unit(name))) }
            return batch.joinedReceipt
        }
    }

    @Test("joined actions have one key", arguments: [["3-2-601"], ["3-2-601", "3-2-602", "3-2-603"]])
    func joined(names: [String]) throws {
        let first = try #require(try units(names, key: "import"))
        let size = try test.bytes()
        #expect(try units(names, key: "import") == first)
        #expect(try units(names, key: "import", in: open()) == first)
        #expect(refusal { _ = try units(["3-2-699"], key: "import") }?.code == "key.reused")
        #expect(try test.bytes() == size)
        try leaveCheckpoint()
        #expect(try units(names, key: "import", in: openAtCheckpoint()) == first)
        #expect(try Verification(of: test.folder).damages.isEmpty)
        // One refused action refuses all, and the key is free.
        #expect(refusal { _ = try units(["3-2-701", names[0]], key: "second") }?.code == "unit.exists")
        #expect(try units(["3-2-701", "3-2-702"], key: "second") != nil)
    }

    @Test("a key that comes twice in one batch is recorded once")
    func twiceInABatch() throws {
        let key = try IdempotencyKey("k", of: AddUnit.name, [["unit": .string("3-2-601")]])
        let receipts = try test.store.perform(by: "S01") { batch in
            try (0..<3).map { _ in try batch.perform(AddUnit(unit: unit("3-2-601")), key: key) }
        }
        #expect(Set(receipts).count == 1)
    }

    @Test("who has a PIN must prove it before a key is answered")
    func pin() throws {
        try arrive("张三", key: "k1", by: "S02")
        try test.givePIN("482915", to: "S02")
        #expect(refusal { try arrive("张三", key: "k1", by: "S02", in: open()) }?.code == "staff.pinRequired")
    }

    @Test("a key has 1 to 200 bytes")
    func malformed() throws {
        for text in ["", String(repeating: "长", count: 67)] {
            #expect(refusal { _ = try IdempotencyKey(text, of: "a", []) }?.code == "key.malformed")
        }
        _ = try IdempotencyKey(String(repeating: "k", count: 200), of: "a", [])
    }

    @Test("a checkpoint whose receipts are damaged is not used")
    func damaged() throws {
        for number in 0..<40 { try arrive("张三", key: "k\(number)") }
        try leaveCheckpoint()
        let path = Checkpoint.path(in: test.folder)
        let whole = try Data(contentsOf: URL(fileURLWithPath: path))
        let length = whole.count
        for place in stride(from: length - 1, through: length - 40 * 64, by: -41) {
            var bytes = whole
            bytes[place] ^= 0x20
            try bytes.write(to: URL(fileURLWithPath: path))
            #expect(try open(fullHistory: false).hasFullHistory, "byte \(place)")
        }
        try whole.write(to: URL(fileURLWithPath: path))
        #expect(try !open(fullHistory: false).hasFullHistory)
    }

    @Test("of many keys each is found, live, replayed and from a checkpoint")
    func many() throws {
        var receipts: [Int: Receipt] = [:]
        for start in stride(from: 0, to: 3000, by: 500) {
            test.clock.pass(seconds: 3600)
            try test.store.perform(by: "S01") { batch in
                for number in start..<start + 500 {
                    receipts[number] = try batch.perform(
                        AddUnit(unit: unit("9-\(number / 100 + 1)-\(1000 + number)")),
                        key: IdempotencyKey("unit \(number)", of: AddUnit.name, [["n": .number("\(number)")]]))
                }
            }
        }
        try leaveCheckpoint()
        for store in [test.store, try open(), try openAtCheckpoint()] {
            for number in stride(from: 0, to: 3000, by: 7) {
                let key = try IdempotencyKey("unit \(number)", of: AddUnit.name, [["n": .number("\(number)")]])
                #expect(try store.estate.receipt(for: key, of: "S01", at: "desk") == receipts[number])
            }
            #expect(!store.estate.hasReceipt(for: "unit 3000", of: "S01"))
            #expect(!store.estate.hasReceipt(for: "unit 7", of: "S02"))
        }
    }
}
