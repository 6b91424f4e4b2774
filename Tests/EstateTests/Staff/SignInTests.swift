import Foundation
import Journal
import Testing
import TestSupport

@testable import Estate

@Suite("Sign-in with a PIN")
struct SignInTests {
    private func pin(_ text: String) throws -> PIN { try PIN(typed: text) }

    private func member(_ code: String, _ store: Store) throws -> StaffMember { try store.estate.staff.named(code) }

    /// An estate in which S02 has the PIN 4711, opened again, as after a restart.
    private func guarded() throws -> (test: TestEstate, store: Store) {
        let test = try TestEstate(now: "2026-11-23T09:00")
        try test.givePIN("4711", to: "S02")
        return (test, try test.secondStore())
    }

    private func attempt(_ text: String, _ store: Store, _ code: String = "S02") -> Refusal? {
        refusal { try store.signIn(member(code, store), pin: pin(text)) }
    }

    private func ring(_ store: Store, by code: String = "S02") -> Refusal? {
        refusal { try store.perform(RingCall(members: [:], zone: .shanghai), by: code) }
    }

    /// The files of all PINs but the manager's.
    private func files(_ test: TestEstate) -> [String] {
        let manager = test.estate.staff.pins["S01"]?.id.text ?? "none"
        return ((try? FileManager.default.contentsOfDirectory(atPath: "\(test.folder)/pins")) ?? [])
            .filter { !$0.hasPrefix(manager) }.sorted()
    }

    @Test(
        "a PIN other than 4 to 12 digits is refused; full-width digits are accepted",
        arguments: ["123", "1234567890123", "12a4", "１２３a", "", "12 34"])
    func malformed(text: String) throws {
        #expect(refusal { try PIN(typed: text) }?.code == "staff.pinMalformed")
        #expect(try PIN(typed: "４７１１") == PIN(typed: "4711"))
        #expect("\(try PIN(typed: "4711"))" == "PIN")
    }

    @Test("a member with a PIN acts only after signing in; others need not")
    func required() throws {
        let (test, store) = try guarded()
        defer { #expect(files(test).count == 2) }
        #expect(ring(store, by: "S04") == nil)
        #expect(ring(store)?.code == "staff.pinRequired")
        #expect(ring(store)?.cause == .rule)
        #expect(refusal { try store.signIn(member("S02", store), pin: nil) }?.code == "staff.pinRequired")
        #expect(attempt("4712", store)?.code == "staff.pinWrong")
        #expect(ring(store)?.code == "staff.pinRequired")
        #expect(attempt("4711", store) == nil)
        #expect(ring(store) == nil)
    }

    @Test("the journal does not contain the PIN, and its file is private")
    func secrecy() throws {
        let (test, store) = try guarded()
        let journal = try FileManager.default.subpathsOfDirectory(atPath: "\(test.folder)/journal")
            .filter { $0.hasSuffix(".jsonl") }
            .map { try String(contentsOfFile: "\(test.folder)/journal/\($0)", encoding: .utf8) }
        let line = try #require(journal.flatMap { $0.split(separator: "\n") }.last { $0.contains("staff.pinSet") })
        #expect(line.contains(#""d":{"staff":"S02"}"#))
        #expect(line.contains(#""by":"S01""#))
        let id = try #require(store.estate.staff.pins["S02"]).id.text
        #expect(files(test) == ["\(id).json", "\(id).tries"])
        let file = "\(id).json"
        for (path, mode) in [("pins", 0o700), ("pins/\(file)", 0o600), ("pins/\(id).tries", 0o600)] {
            let found = try FileManager.default.attributesOfItem(atPath: "\(test.folder)/\(path)")[.posixPermissions]
            #expect(found as? Int == mode, "\(path)")
        }
        #expect(try !String(contentsOfFile: "\(test.folder)/pins/\(file)", encoding: .utf8).contains("4711"))
        // The same PIN of another member has another salt.
        try test.givePIN("4711", to: "S03")
        let contents = try files(test).filter { $0.hasSuffix("json") }.map {
            try String(contentsOfFile: "\(test.folder)/pins/\($0)", encoding: .utf8)
        }
        #expect(Set(contents).count == 2)
    }

    @Test("a try is the work that is promised: scrypt with 32 MB, twice")
    func work() throws {
        // Of what a release build stores; a debug build reads it as well.
        let secret = try Secret(pin("4711"), .full)
        #expect(try secret.isSound && secret.fits(pin("4711")) && !secret.fits(pin("4712")))
        let text = String(decoding: try JSONEncoder().encode(secret), as: UTF8.self)
        for number in [#""rounds":32768"#, #""blockSize":8"#, #""parallelism":2"#] { #expect(text.contains(number)) }
    }

    @Test("five wrong tries lock at every terminal, longer each time within a day; a right one resets the count")
    func locking() throws {
        let (test, store) = try guarded()
        let other = try test.secondStore()
        #expect((0..<4).map { _ in attempt("0000", store)?.code } == Array(repeating: "staff.pinWrong", count: 4))
        #expect(attempt("4711", other) == nil)
        for (number, minutes) in [1, 5].enumerated() {
            for left in (1...4).reversed() {
                let refused = attempt("0000", left % 2 == 0 ? store : other)
                #expect(refused?.code == "staff.pinWrong")
                #expect(refused?.message.chinese == "密码不对，还可以试 \(left) 次")
            }
            #expect(attempt("0000", store)?.code == "staff.locked", "\(number)")
            // While it is locked, the right PIN is refused at every terminal, and after a restart.
            for terminal in [store, other, try test.secondStore()] {
                #expect(attempt("4711", terminal)?.code == "staff.locked")
            }
            let row = try #require(try StaffView().rows(of: store.estate, at: store.now).first { $0.staff == "S02" })
            #expect(row.locked == store.now.adding(minutes: minutes))
            #expect(row.pin)
            test.clock.set(store.now.adding(minutes: minutes).text(in: .shanghai))
        }
        #expect(attempt("4711", store) == nil)
        // A day later it begins with the shortest again.
        test.clock.set("2026-11-25T09:00")
        for _ in 0..<5 { _ = attempt("0000", store) }
        #expect(store.estate.staff.pins["S02"]?.locked(at: store.now) == store.now.adding(minutes: 1))
    }

    @Test("simultaneous tries at other terminals count before the PIN is compared, and a lock resets no count")
    func atOnce() throws {
        let (test, store) = try guarded()
        let id = try #require(store.estate.staff.pins["S02"]).id
        let files = SecretFiles(of: test.folder, SystemDisk())
        // All have passed the check for a lock, and have not compared anything yet.
        var (counted, locked) = (0, 0)
        for _ in 0..<150 {
            switch try files.take(of: id, limit: 5, at: store.now, minutes: { _ in 1 }) {
            case .counted: counted += 1
            case .locked: locked += 1
            }
        }
        #expect(counted == 5 && locked == 145)
        #expect(attempt("4711", store)?.code == "staff.locked")
        test.clock.pass(seconds: 61)
        #expect(attempt("0000", store)?.message.chinese == "密码不对，还可以试 4 次")
    }

    @Test("the last try admits with the right PIN, and leaves no lock; one that a lock overtook does not")
    func rightAtLast() throws {
        let (test, store) = try guarded()
        for _ in 0..<4 { #expect(attempt("0000", store)?.code == "staff.pinWrong") }
        #expect(attempt("4711", store) == nil)
        #expect(try test.secondStore().estate.staff.pins["S02"]?.locks == [])
        for _ in 0..<4 { #expect(attempt("0000", store)?.code == "staff.pinWrong") }
        #expect(attempt("4711", store) == nil)
        let id = try #require(store.estate.staff.pins["S02"]).id
        let files = SecretFiles(of: test.folder, SystemDisk())
        func take() throws -> Tries.Outcome { try files.take(of: id, limit: 5, at: store.now, minutes: { _ in 1 }) }
        guard case .counted(let before, let after) = try take() else {
            Issue.record("locked at the first try")
            return
        }
        for _ in 0..<4 { _ = try take() }
        #expect(
            try files.forget(after, before: before, of: id, limit: 5, at: store.now) == store.now.adding(minutes: 1))
        #expect(attempt("4711", store)?.code == "staff.locked")
    }

    @Test(
        "a count that is missing begins anew; with a damaged one the next try is the last",
        arguments: ["", "x", "9", nil])
    func damagedCount(contents: String?) throws {
        let (test, store) = try guarded()
        let path = "\(test.folder)/pins/\(try #require(files(test).last))"
        func damage() throws {
            try FileManager.default.removeItem(atPath: path)
            if let contents { try Data(contents.utf8).write(to: URL(fileURLWithPath: path)) }
        }
        try damage()
        #expect(attempt("4711", store) == nil)
        try damage()
        #expect(attempt("0000", store)?.code == (contents == nil ? "staff.pinWrong" : "staff.locked"))
    }

    @Test("a PIN is changed or removed by a member who knows it, which ends the sign-in at other terminals")
    func changing() throws {
        let (test, store) = try guarded()
        let s02 = try member("S02", store)
        #expect(refusal { try store.setPIN(of: s02, to: pin("1111"), current: nil) }?.code == "staff.pinRequired")
        #expect(refusal { try store.setPIN(of: s02, to: pin("1111"), current: pin("2222")) }?.code == "staff.pinWrong")
        #expect(attempt("4711", store) == nil)
        let other = try test.secondStore()
        try other.setPIN(of: s02, to: pin("123456"), current: pin("4711"))
        #expect(files(test).count == 2)
        #expect(ring(store)?.code == "staff.pinRequired")
        #expect(ring(other) == nil)
        #expect(attempt("4711", store)?.code == "staff.pinWrong")
        try store.setPIN(of: s02, to: nil, current: pin("123456"))
        #expect(files(test) == [])
        #expect(ring(try test.secondStore()) == nil)
        #expect(refusal { try store.setPIN(of: s02, to: nil, current: nil) }?.code == "staff.pinNone")
    }

    @Test("a manager clears a forgotten PIN and its lock, except their own; others may not")
    func clearing() throws {
        let (test, store) = try guarded()
        for _ in 0..<5 { _ = attempt("0000", store) }
        let refused = refusal { try test.do("staff.clearPin", ["staff": "S02"], by: "S04") }
        #expect(refused?.code == "staff.notAllowed")
        #expect(refused?.message.chinese == "客服主管不能“清除密码”；可以的有：客服经理")
        try test.do("staff.clearPin", ["staff": "陈接待"])
        #expect(files(test) == [])
        try store.catchUp()
        #expect(ring(store) == nil)
        #expect(refusal { try test.do("staff.clearPin", ["staff": "S02"]) }?.code == "staff.pinNone")
        #expect(refusal { try test.do("staff.clearPin", ["staff": "S01"]) }?.code == "staff.pinOwn")
        try test.givePIN("9999", to: "S02")
        #expect(attempt("9999", store) == nil)
        // A forgotten one need not be cleared first.
        try test.givePIN("8888", to: "S02")
        #expect(attempt("9999", store)?.code == "staff.pinWrong")
        #expect(attempt("8888", store) == nil)
    }

    @Test("a missing or damaged file admits nobody", arguments: ["", "{}", "{\"rounds\":1}", nil])
    func lost(contents: String?) throws {
        let (test, store) = try guarded()
        let path = "\(test.folder)/pins/\(try #require(files(test).first))"
        if let contents {
            try Data(contents.utf8).write(to: URL(fileURLWithPath: path))
        } else {
            try FileManager.default.removeItem(atPath: "\(test.folder)/pins")
        }
        #expect(attempt("4711", store)?.code == "staff.pinLost")
        #expect(ring(store)?.code == "staff.pinRequired")
        try test.do("staff.clearPin", ["staff": "S02"])
        #expect(ring(try test.secondStore()) == nil)
    }

    @Test("the policy sets the number of tries and the time of the lock")
    func policy() throws {
        let (test, _) = try guarded()
        let folder = URL(fileURLWithPath: test.folder).appendingPathComponent("handbook")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data(#"{"policy":{"pinTries":1,"lockMinutes":[7]}}"#.utf8)
            .write(to: folder.appendingPathComponent("staff.json"))
        let store = try test.secondStore()
        #expect(attempt("0000", store)?.code == "staff.locked")
        #expect(store.estate.staff.pins["S02"]?.locked(at: store.now) == store.now.adding(minutes: 7))
        #expect(store.estate.handbook.staff.idleMinutes == 10)
    }

    @Test(
        "a folder of PINs that is another's, everybody's or a link is not believed: neither right nor wrong PINs count")
    func foreignFolder() throws {
        let (test, store) = try guarded()
        let folder = "\(test.folder)/pins"
        try #require(chmod(folder, 0o777) == 0)
        #expect(attempt("4711", store)?.code == "staff.pinFolder" && attempt("9999", store)?.code == "staff.pinFolder")
        #expect(ring(store)?.code == "staff.pinRequired")
        #expect(
            refusal { try test.store.setPIN(of: member("S02", test.store), to: pin("4712"), current: pin("4711")) }?
                .code
                == "staff.pinFolder")
        try #require(chmod(folder, 0o700) == 0)
        try FileManager.default.moveItem(atPath: folder, toPath: "\(test.folder)/elsewhere")
        try FileManager.default.createSymbolicLink(atPath: folder, withDestinationPath: "\(test.folder)/elsewhere")
        #expect(attempt("4711", store)?.code == "staff.pinFolder")
        try FileManager.default.removeItem(atPath: folder)
        try FileManager.default.moveItem(atPath: "\(test.folder)/elsewhere", toPath: folder)
        #expect(attempt("4711", store) == nil)
    }
}
