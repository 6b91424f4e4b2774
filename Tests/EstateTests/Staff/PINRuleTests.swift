import Foundation
import Journal
import Testing
import TestSupport

@testable import Estate

@Suite("Who needs a PIN, and who sets it")
struct PINRuleTests {
    private let test: TestEstate

    init() throws { test = try TestEstate(now: "2026-11-23T09:00") }

    private func pin(_ text: String) throws -> PIN { try PIN(typed: text) }

    private func member(_ code: String) throws -> StaffMember { try test.estate.staff.named(code) }

    private func code(_ body: () throws -> Void) -> String? { refusal(body)?.code }

    private func act(_ store: Store, by staff: String) -> String? {
        code { try store.perform(RingCall(members: [:], zone: .shanghai), by: staff) }
    }

    /// Another manager, S20, who has no PIN.
    private func addManager() throws {
        try test.do("staff.add", ["staff": "S20", "name": "钱经理", "role": "manager"])
    }

    @Test("the first PIN is a manager's; while nobody has one, anybody acts")
    func first() throws {
        #expect(act(test.store, by: "S01") == nil)
        #expect(
            code { try test.store.setPIN(of: member("S02"), to: pin("4711"), current: nil) } == "staff.pinManagerFirst")
        let refused = code { try test.store.setPIN(of: member("S02"), to: pin("4711"), by: member("S01")) }
        #expect(refused == "staff.pinManagerFirst")
        #expect(try FileManager.default.contentsOfDirectory(atPath: "\(test.folder)/pins") == [])
        try test.store.setPIN(of: member("S01"), to: pin("271828"), current: nil)
        #expect(act(test.store, by: "S01") == nil && act(test.store, by: "S02") == nil)
    }

    @Test("once anybody has a PIN, a manager without one neither acts, nor signs in, nor sets their own")
    func takeover() throws {
        try addManager()
        try test.givePIN("4711", to: "S02")
        let stranger = try test.secondStore()
        #expect(code { try stranger.perform(clearing("S02"), by: "S20") } == "staff.pinNeeded")
        #expect(act(stranger, by: "S02") == "staff.pinRequired")
        #expect(code { try stranger.signIn(member("S20"), pin: nil) } == "staff.pinNeeded")
        #expect(code { try stranger.requireSignIn(of: member("S20")) } == "staff.pinNeeded")
        #expect(try !stranger.isSignedIn(member("S20")))
        #expect(code { try stranger.setPIN(of: member("S20"), to: pin("1111"), current: nil) } == "staff.pinNeeded")
        // A manager who has one sets it.
        try test.givePIN("1111", to: "S20")
        try stranger.signIn(member("S20"), pin: pin("1111"))
        #expect(code { try stranger.perform(clearing("S02"), by: "S20") } == nil)
    }

    private func clearing(_ code: String) throws -> any Action {
        try ClearPIN.read(["staff": .string(code)], zone: .shanghai)
    }

    @Test("a manager who gets no PIN with the post needs one from then on")
    func promoted() throws {
        try test.givePIN("4711", to: "S02")
        #expect(act(test.store, by: "S04") == nil)
        try test.do("staff.change", ["staff": "S04", "role": "manager"])
        #expect(act(test.store, by: "S04") == "staff.pinNeeded")
    }

    @Test("the first PIN of another is set by a manager who has proved theirs, by nobody else")
    func others() throws {
        try test.givePIN("4711", to: "S02")
        let stranger = try test.secondStore()
        #expect(code { try stranger.setPIN(of: member("S03"), to: pin("1111"), current: nil) } == "staff.pinByManager")
        for (actor, reason) in [("S01", "staff.pinRequired"), ("S04", "staff.notAllowed"), ("S02", "staff.notAllowed")]
        {
            let refused = code { try stranger.setPIN(of: member("S03"), to: pin("1111"), by: member(actor)) }
            #expect(refused == reason, "\(actor)")
        }
        #expect(act(stranger, by: "S04") == nil)
        try test.givePIN("1111", to: "S04")
        #expect(act(stranger, by: "S04") == "staff.pinRequired")
    }

    @Test("a manager keeps a PIN as long as others have one; without any, anybody acts again")
    func kept() throws {
        try test.givePIN("4711", to: "S02")
        let own = try pin(TestEstate.managerPIN)
        #expect(code { try test.store.setPIN(of: member("S01"), to: nil, current: own) } == "staff.pinKept")
        try test.do("staff.clearPin", ["staff": "S02"])
        try test.store.setPIN(of: member("S01"), to: nil, current: own)
        #expect(act(try test.secondStore(), by: "S01") == nil)
    }

    @Test("the only manager with a PIN neither leaves nor gets another post")
    func lastWithPIN() throws {
        try addManager()
        try test.givePIN("4711", to: "S02")
        #expect(code { try test.do("staff.leave", ["staff": "S01"]) } == "staff.lastManagerPin")
        #expect(code { try test.do("staff.change", ["staff": "S01", "role": "guard"]) } == "staff.lastManagerPin")
        try test.givePIN("1111", to: "S20")
        try test.do("staff.leave", ["staff": "S01"])
    }

    @Test("where an earlier version gave only others a PIN, a manager sets theirs before anything else")
    func earlierVersions() throws {
        _ = try test.store.perform(by: "S02") { try $0.record(PINSet(staff: "S02")) }
        let refused = refusal { try test.do("unit.add", ["unit": "9-9-909"]) }
        #expect(refused?.code == "staff.pinNeeded" && refused?.message.chinese.contains("请先设置") == true)
        #expect(
            code { try test.store.setPIN(of: member("S03"), to: pin("1111"), current: nil) } == "staff.pinManagerFirst")
        #expect(try test.store.setPIN(of: member("S01"), to: pin("271828"), current: nil).code != nil)
        try test.do("unit.add", ["unit": "9-9-909"])
    }

    // MARK: The recovery code

    @Test("the first manager's PIN comes with a recovery code, later ones do not unless it is wanted")
    func made() throws {
        try addManager()
        let first = try test.store.setPIN(of: member("S01"), to: pin("271828"), current: nil)
        let code = try #require(first.code)
        #expect(code.text.wholeMatch(of: /[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){4}/) != nil)
        #expect(try test.givePIN("1111", to: "S20").code == nil)
        #expect(try test.givePIN("4711", to: "S02").code == nil)
        #expect(try test.store.setPIN(of: member("S01"), to: pin("2222"), current: pin("271828")).code == nil)
        let wanted = try test.store.setPIN(of: member("S01"), to: pin("3333"), current: pin("2222"), wantsCode: true)
        #expect(wanted.code != nil && wanted.code != code)
        // One of a member who is no manager makes none.
        let s02 = try test.store.setPIN(of: member("S02"), to: pin("5555"), current: pin("4711"), wantsCode: true)
        #expect(s02.code == nil)
    }

    @Test("no file holds the code, only its hash")
    func onlyHash() throws {
        let code = try #require(try test.store.setPIN(of: member("S01"), to: pin("271828"), current: nil).code)
        var hashes = 0
        for path in try FileManager.default.subpathsOfDirectory(atPath: test.folder) {
            guard let bytes = FileManager.default.contents(atPath: "\(test.folder)/\(path)") else { continue }
            for text in [code.text, code.text.filter { $0 != "-" }] {
                #expect(bytes.range(of: Data(text.utf8)) == nil, "\(path)")
            }
            if bytes.range(of: Data(code.digest.utf8)) != nil { hashes += 1 }
        }
        #expect(hashes == 1)
    }

    @Test("with the folder of the PINs lost, the code gives a manager a PIN, once, and management goes on")
    func lostFolder() throws {
        let code = try #require(try test.store.setPIN(of: member("S01"), to: pin("271828"), current: nil).code)
        try test.givePIN("4711", to: "S02")
        try FileManager.default.removeItem(atPath: "\(test.folder)/pins")
        let store = try test.secondStore()
        let lost = refusal { try store.signIn(member("S01"), pin: pin("271828")) }
        #expect(lost?.code == "staff.pinLost" && lost?.message.chinese.contains("恢复码") == true)
        let wrong = try RecoveryCode(typed: "AAAA-BBBB-CCCC-DDDD-EEEE")
        #expect(self.code { _ = try store.recover(member("S01"), by: wrong, pin: pin("3333")) } == "staff.codeWrong")
        #expect(
            self.code { _ = try store.recover(member("S02"), by: code, pin: pin("3333")) } == "staff.codeOfManagers")
        #expect(act(store, by: "S01") == "staff.pinRequired")
        let typed = try RecoveryCode(typed: " \(code.text.lowercased().replacing("-", with: " "))\n")
        let recovered = try store.recover(member("S01"), by: typed, pin: pin("3333"))
        #expect(act(store, by: "S01") == nil)
        #expect(self.code { _ = try store.recover(member("S01"), by: code, pin: pin("4444")) } == "staff.codeWrong")
        // The others get theirs from the manager, and the next code is as good.
        try store.setPIN(of: member("S02"), to: pin("5555"), by: member("S01"))
        let later = try test.secondStore()
        try later.signIn(member("S02"), pin: pin("5555"))
        let next = try #require(recovered.code)
        #expect(try later.recover(member("S01"), by: next, pin: pin("6666")).code != nil)
    }

    @Test("the code admits a manager who is locked out")
    func lockedOut() throws {
        let code = try #require(try test.store.setPIN(of: member("S01"), to: pin("271828"), current: nil).code)
        let store = try test.secondStore()
        for _ in 0..<5 { _ = refusal { try store.signIn(member("S01"), pin: pin("0000")) } }
        #expect(self.code { try store.signIn(member("S01"), pin: pin("271828")) } == "staff.locked")
        _ = try store.recover(member("S01"), by: code, pin: pin("3333"))
        #expect(act(store, by: "S01") == nil)
        try test.secondStore().signIn(member("S01"), pin: pin("3333"))
    }

    @Test(
        "a code that is not 20 letters and digits is refused; small letters, O for 0, I and L for 1 are taken",
        arguments: [
            "", "K7QF", "K7QF-2M9X-0T4B-WD83-HZ5", "K7QF-2M9X-0T4B-WD83-HZ5NN", "K7QF-2M9X-0T4B-WD83-HZ5U", "四",
        ])
    func malformed(text: String) throws {
        #expect(code { _ = try RecoveryCode(typed: text) } == "staff.codeMalformed")
        let code = try RecoveryCode(typed: "K7QF-2M9X-0T1B-WD83-HZ5N")
        #expect(try RecoveryCode(typed: "k7qf2m9xotlbwd83hz5n") == code)
        #expect(code.text == "K7QF-2M9X-0T1B-WD83-HZ5N")
    }
}
