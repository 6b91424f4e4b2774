import Foundation
import Testing

extension Program {
    @Suite("PINs that cannot be guessed, lost or taken")
    struct PINTests {
        private static let ring = "do call.ring --as S03 --json"

        /// Gives S01 the PIN 271828 and S03 4711; the answer to the first.
        private func guard03(_ home: TestHome) throws -> (manager: String, guarded: String, first: Outcome) {
            let (manager, guarded) = (try home.file("manager", "271828\n"), try home.file("guarded", "4711\n"))
            let first = try home.run("pin --as S01 --new-pin-file \(manager)")
            try #require(first.code == 0, "\(first)")
            let other = try home.run("pin --of S03 --as S01 --pin-file \(manager) --new-pin-file \(guarded)")
            try #require(other.code == 0, "\(other)")
            return (manager, guarded, first)
        }

        /// The number of processes that have the file LOCK open.
        private func queued(_ children: [ChildProcess], _ home: TestHome) -> Int {
            children.count { child in
                let folder = "/proc/\(child.number)/fd"
                let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
                return names.contains {
                    (try? FileManager.default.destinationOfSymbolicLink(atPath: "\(folder)/\($0)"))?.hasSuffix("/LOCK")
                        ?? false
                }
            }
        }

        @Test("many at once with the lock released after they queued: exactly five PINs are looked at")
        func atOnce() throws {
            let home = try TestHome()
            let (_, right, _) = try guard03(home)
            let wrong = try home.file("wrong", "0000\n")
            let file = open("\(home.data)/LOCK", O_RDWR)
            defer { close(file) }
            try #require(flock(file, LOCK_EX | LOCK_NB) == 0)
            let children = try (0..<(isLong ? 150 : 20)).map { number in
                try ChildProcess(
                    [Program.path] + "\(Self.ring) --pin-file \(wrong)".split(separator: " ").map(String.init),
                    environment: home.environment(),
                    .files(input: "/dev/null", output: "/dev/null", errors: try home.file("error\(number)")))
            }
            // Each waits for the lock two seconds.
            let deadline = Date(timeIntervalSinceNow: 1.5)
            while queued(children, home) < 12, Date() < deadline { usleep(5000) }
            print("\(queued(children, home)) of \(children.count) wait for the lock")
            flock(file, LOCK_UN)
            var said: [String: [String]] = [:]
            for (number, child) in children.enumerated() {
                #expect([3, 5].contains(child.wait()))
                let error = JSON(try TestHome.text(try home.file("error\(number)")))["error"]
                said[error["code"].text ?? "none", default: []].append(error["message"].text ?? "")
            }
            let left = (said["staff.pinWrong"] ?? []).compactMap { $0.firstMatch(of: /还可以试 (\d) 次/)?.output.1 }
            #expect(left.sorted() == ["1", "2", "3", "4"], "\(said)")
            #expect(Set(said.keys).isSubset(of: ["staff.pinWrong", "staff.locked", "data.busy"]), "\(said)")
            #expect(said["staff.locked"]?.isEmpty == false)
            let files = try FileManager.default.contentsOfDirectory(atPath: "\(home.data)/pins")
            let counts = try files.filter { $0.hasSuffix(".tries") }
                .map { try TestHome.text("\(home.data)/pins/\($0)").prefix(8) }
            #expect(counts.sorted() == ["00000000", "00000005"])
            #expect(try JournalFiles(home).entries.count { $0.kind == "staff.locked" } == 1)
            let refused = try home.run("\(Self.ring) --pin-file \(right)")
            #expect(refused.error["code"].text == "staff.locked", "the right one comes too late: \(refused)")
        }

        @Test("a manager without a PIN is not taken over: neither to clear another's, nor by a first PIN")
        func takeover() throws {
            let home = try TestHome()
            let (manager, _, _) = try guard03(home)
            try home.do("staff.add staff=S20 name=钱经理 role=manager --pin-file \(manager)")
            let mine = try home.file("mine", "9999\n")
            for words in [
                "do staff.clearPin staff=S03 --as S20", "pin --as S20 --new-pin-file \(mine)",
                "do staff.clearPin staff=S03 --as S20 --pin-file \(mine)", "show assessments --as S20",
            ] {
                let refused = try home.run("\(words) --json")
                #expect(refused.code == 3 && refused.error["code"].text == "staff.pinNeeded", "\(words): \(refused)")
            }
            let own = try home.run("pin --as S02 --new-pin-file \(mine) --json")
            #expect(own.error["code"].text == "staff.pinByManager", "\(own)")
            #expect(try home.run("do call.ring --as S02").code == 0)
            let set = try home.run("pin --of S20 --as S01 --pin-file \(manager) --new-pin-file \(mine)")
            #expect(set.code == 0 && set.json["recovery"].text == nil, "\(set)")
            #expect(try home.run("do staff.clearPin staff=S03 --as S20 --pin-file \(mine)").code == 0)
        }

        @Test("a restore without the PINs does not end management: the recovery code gives the manager a new one")
        func recovery() throws {
            let home = try TestHome()
            let (manager, _, first) = try guard03(home)
            let code = try #require(first.json["recovery"].text)
            #expect(first.err.contains("只显示这一次"))
            let (backup, restored) = (try home.file("backup"), try home.file("restored"))
            #expect(try home.run(["backup", backup]).code == 0)
            #expect(try home.run(["restore", "--without-pins", backup, restored]).code == 0)
            let here = ["FRONTDESK_DATA": restored]
            let add = "do unit.add unit=9-9-909 --as S01 --json --pin-file"
            let lost = try home.run("\(add) \(manager)", here)
            #expect(lost.code == 3 && lost.error["code"].text == "staff.pinLost", "\(lost)")
            let new = try home.file("new", "31415926\n")
            let wrong = try home.file("code", "AAAA-BBBB-CCCC-DDDD-EEEE\n")
            let recover = "pin --recover --as S01 --json --new-pin-file \(new) --code-file"
            #expect(try home.run("\(recover) \(wrong)", here).error["code"].text == "staff.codeWrong")
            let typed = try home.file("typed", "\(code.lowercased())\n")
            let recovered = try home.run("\(recover) \(typed)", here)
            #expect(recovered.code == 0 && recovered.json["recovery"].text != code, "\(recovered)")
            #expect(try home.run("\(add) \(new)", here).code == 0)
            #expect(try home.run("\(recover) \(typed)", here).error["code"].text == "staff.codeWrong", "it is used up")
            #expect(try home.run("pin --recover --remove --as S01", here).code == 2)
        }

        @Test(
            "on a full disk a member signs in, wrong tries count, and the lock holds",
            .enabled(if: SmallDisk.isAvailable, "a small disk cannot be mounted"))
        func fullDisk() throws {
            let disk = try SmallDisk()
            let home = try TestHome(on: disk.path)
            let (_, right, _) = try guard03(home)
            let wrong = try home.file("wrong", "0000\n")
            try disk.fill()
            // Other processes use the room left in the last page, down to what the shortest line needs.
            for words in ["do visitor.arrive name=客 host=3-2-501 purpose=快递 --as S04", "do call.ring --as S02"] {
                while try home.run(words).code == 0 {}
            }
            let show = "show assessments --as S03 --json --pin-file"
            for _ in 0..<2 {
                #expect(try home.run("\(show) \(right)").code == 0)
                for left in (1...4).reversed() {
                    let refused = try home.run("\(show) \(wrong)")
                    #expect(refused.error["message"].text?.contains("还可以试 \(left) 次") == true, "\(refused)")
                }
                #expect(try home.run("\(show) \(right)").code == 0)
            }
            for _ in 0..<4 { #expect(try home.run("\(show) \(wrong)").error["code"].text == "staff.pinWrong") }
            for file in [wrong, right, wrong] {
                #expect(try home.run("\(show) \(file)").error["code"].text == "staff.locked")
            }
            #expect(try JournalFiles(home).entries.count { $0.kind == "staff.locked" } == 0, "there was no room for it")
        }
    }
}
