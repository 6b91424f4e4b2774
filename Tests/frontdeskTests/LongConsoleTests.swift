import Foundation
import Testing

extension ProgramInTerminal {
    /// What a console takes of the machine while it stays open.
    @Suite("A console that stays open", .enabled(if: Tmux.isInstalled, "tmux is not installed"))
    struct LongConsoleTests {
        private struct Held: Equatable, CustomStringConvertible {
            /// What each descriptor names, without numbers of pipes and sockets.
            let files: [String]
            let watches: Int
            let threads: Int

            init(of process: Int) throws {
                let (manager, folder) = (FileManager.default, "/proc/\(process)")
                let numbers = try manager.contentsOfDirectory(atPath: "\(folder)/fd")
                files = numbers.compactMap { try? manager.destinationOfSymbolicLink(atPath: "\(folder)/fd/\($0)") }
                    .map { String($0.prefix { $0 != "[" }) }.sorted()
                watches = numbers.reduce(0) { sum, number in
                    let info = (try? TestHome.text("\(folder)/fdinfo/\(number)")) ?? ""
                    return sum + info.split(separator: "\n").count { $0.hasPrefix("inotify ") }
                }
                threads = try manager.contentsOfDirectory(atPath: "\(folder)/task").count
            }

            var description: String { "\(watches) watches, \(threads) threads, \(files)" }
        }

        /// The memory that is a process's own, in megabytes.
        private static func memory(of process: Int) throws -> Int {
            let status = try TestHome.text("/proc/\(process)/status")
            let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("RssAnon:") })
            return try #require(Int(line.filter(\.isNumber))) / 1024
        }

        @Test("descriptors, watches and threads are the same before and after a long series of actions")
        func nothingIsLeft() throws {
            let home = try TestHome()
            try home.addVisitors(30)
            try home.do("staff.add staff=T01 name=总机 role=operator")
            let tmux = Tmux(home)
            try tmux.console("a", "--as S03")
            let process = try #require(Int(try tmux.ask("pane_pid")))
            // The first time makes what is made once; the lock of the drafts when one is written, a moment after it is typed.
            try tmux.fillVisitorForm("稿")
            let drafts = "\(home.data)/drafts"
            #expect(
                try eventually {
                    (try? FileManager.default.contentsOfDirectory(atPath: drafts))?.contains { $0.hasSuffix(".lock") }
                        == true
                })
            try tmux.press("Escape")
            try tmux.press("Escape")
            try work(0, home, tmux)
            var before = try Held(of: process)
            // Threads of the system's pool end by themselves.
            _ = try eventually {
                usleep(500_000)
                defer { before = (try? Held(of: process)) ?? before }
                return try Held(of: process) == before && before.threads < 3
            }
            for round in 1...(isLong ? 200 : 4) { try work(round, home, tmux) }
            let isSame = try eventually { try Held(of: process) == before }
            let after = try Held(of: process)
            #expect(isSame, "before: \(before); after: \(after)")
            #expect(before.watches > 0)
        }

        /// A call, a form begun and one sent, a search, the palette, a visitor of another terminal, the check of the journal.
        private func work(_ round: Int, _ home: TestHome, _ tmux: Tmux) throws {
            let call = try home.do("call.ring phone=13800001111 --as T01")
            try home.do("call.answer call=\(call) rings=1 --as T01")
            try home.do("call.end call=\(call) --as T01")
            try tmux.fillVisitorForm("半\(round)")
            try tmux.press("Escape")
            try tmux.press("Escape")
            #expect(try eventually { try !tmux.screen().contains("房号/被访人") })
            try tmux.fillVisitorForm("全\(round)")
            try tmux.press("C-s")
            #expect(try eventually { try !tmux.screen().contains("房号/被访人") })
            try tmux.press("C-f")
            try tmux.type("quan")
            try tmux.press("Escape", "Escape", "F9")
            try tmux.type("客7")
            try tmux.press("Escape", "Escape")
            try home.do("visitor.arrive name=外\(round) host=3-2-502 purpose=快递")
            try expectLast("外\(round)", tmux)
            try tmux.press("C-y")
            try tmux.expect("完好")
            try tmux.press("Escape")
        }

        /// Waits for a visitor, who comes last in the list.
        private func expectLast(_ name: String, _ tmux: Tmux) throws {
            let isThere = try eventually {
                try tmux.press("End")
                return try tmux.screen().contains(name)
            }
            #expect(isThere, "\(name) is not in the list")
        }

        @Test(
            "a console that lived through many records needs little more than one that is opened after them",
            .enabled(if: isLong, "FRONTDESK_LONG_TESTS"))
        func memoryIsBounded() throws {
            let home = try TestHome()
            let tmux = Tmux(home)
            try tmux.console("a", "--as S03")
            for part in 0..<10 {
                let lines = (0..<5_000).map { index in
                    index % 2 == 0
                        ? #"{"do":"visitor.arrive","name":"客\#(part)","host":"3-2-501","purpose":"快递","ref":"v\#(index)"}"#
                        : #"{"do":"visitor.leave","visit":"$v\#(index - 1)"}"#
                }
                let outcome = try home.run("do --lines", input: lines.joined(separator: "\n"))
                try #require(outcome.code == 0)
            }
            try home.do("visitor.arrive name=最后 host=3-2-501 purpose=快递")
            try tmux.expect("最后")
            let lived = try LongConsoleTests.memory(of: try #require(Int(try tmux.ask("pane_pid"))))
            try tmux.console("b", "--as S03")
            try tmux.expect("最后", in: "b")
            sleep(10)
            let opened = try LongConsoleTests.memory(of: try #require(Int(try tmux.ask("pane_pid", "b"))))
            print("after 50 000 records: \(lived) MB lived, \(opened) MB opened")
            #expect(lived <= opened + 24)
        }
    }
}
