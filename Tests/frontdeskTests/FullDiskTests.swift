import Foundation
import Testing

extension Program {
    @Suite("A full disk")
    struct FullDiskTests {
        private static let visitor = ["do", "visitor.arrive", "host=3-2-501", "purpose=快递"]

        /// The size of the segment that is written to.
        private func size(_ desk: Desk) throws -> Int { try Data(contentsOf: try #require(desk.segments().last)).count }

        @Test(
            "5: where files may grow no further nothing is acknowledged; with room again the same command works",
            arguments: [0, 1, 100, 300])
        func limit(room: Int) throws {
            let desk = try Desk()
            // The program gets no help with the signal that such a limit sends.
            let limited = ["prlimit", "--fsize=\(try size(desk) + room)", Program.path]
            let words = Self.visitor + ["name=张三"]
            for _ in 0..<3 {
                let (output, errors) = (try desk.file("output"), try desk.file("errors"))
                let child = try Child(
                    limited + words, environment: desk.environment(),
                    .files(input: "/dev/null", output: output, errors: errors))
                #expect(child.wait() == 5)
                #expect(try Desk.text(output).isEmpty)
                let said = try Desk.text(errors)
                let segment = try #require(desk.segments().last).path
                #expect(said.contains("磁盘操作失败") && said.contains("disk.failed") && said.contains(segment), "\(said)")
                #expect(try desk.show("gate").isEmpty)
            }
            let again = try desk.run(words)
            #expect(again.code == 0, "\(again)")
            #expect(try desk.show("gate").count == 1)
            #expect(try desk.run("verify").code == 0)
        }

        @Test(
            "5: on a disk that is full to the last byte what was acknowledged stays, what was not is not there",
            .enabled(if: SmallDisk.isThere, "a small disk cannot be mounted"))
        func reallyFull() throws {
            let disk = try SmallDisk()
            let desk = try Desk(on: disk.path)
            try disk.fill()
            var acknowledged: [String] = []
            var refusals = 0
            // There is some room left in the last page.
            for number in 0..<40 where refusals < 3 {
                let outcome = try desk.run(Self.visitor + ["name=客\(number)", "--json"])
                if outcome.code == 0 {
                    acknowledged.append(try #require(outcome.json["id"].text))
                    #expect(refusals == 0, "a full disk takes no more")
                } else {
                    refusals += 1
                    #expect(outcome.code == 5 && outcome.out.isEmpty && outcome.error["code"].text == "disk.full")
                }
            }
            #expect(refusals == 3)
            let shown = try desk.run("show gate --json")
            #expect(shown.code == 0 && shown.err.isEmpty, "reading takes no room: \(shown)")
            #expect(shown.json.array.compactMap { $0["id"].text } == acknowledged)
            disk.free()
            acknowledged.append(try desk.do("visitor.arrive name=后来 host=3-2-501 purpose=快递"))
            #expect(try desk.show("gate").compactMap { $0["id"].text } == acknowledged)
            let verified = try desk.run("verify")
            #expect(verified.code == 0, "\(verified)")
        }

        /// What keeps the console from writing.
        enum Obstacle: String, CaseIterable { case limit, full }

        @Test(
            "The console keeps a form, says in red that nothing is written, and takes the form once there is room",
            .enabled(if: Tmux.isInstalled, "tmux is not installed"), arguments: Obstacle.allCases)
        func console(obstacle: Obstacle) throws {
            guard obstacle == .limit || SmallDisk.isThere else { return }
            let disk = obstacle == .full ? try SmallDisk() : nil
            let desk = try Desk(on: disk?.path)
            let tmux = Tmux(desk)
            try tmux.console()
            try tmux.press("F8")
            try tmux.expect("来访登记")
            for text in ["张三", "3-2-501", "看房"] {
                try tmux.type(text)
                try tmux.press("Tab")
            }
            try tmux.expect("张三", "3-2-501", "看房")
            let process = try tmux.ask("pane_pid")
            if let disk {
                try disk.fill()
                // What is left in the last page is used up elsewhere.
                var code: Int32 = 0
                while code == 0 { code = try desk.run(Self.visitor + ["name=别处"]).code }
            } else {
                try lift(process, to: "\(try size(desk) + 50)")
            }
            let before = try desk.show("gate").count
            for _ in 0..<2 {
                try tmux.press("C-s")
                try tmux.expect(obstacle == .full ? "写入失败：disk.full" : "写入失败：disk.failed", "没有确认任何记录")
                try tmux.expect("来访登记", "张三", "3-2-501", "看房")
                #expect(try desk.show("gate").count == before)
            }
            let alarm = try tmux.style(of: "写入失败")
            let calm = try tmux.style(of: "翠湖花园")
            #expect(alarm != calm && alarm.contains("48;"), "on a ground of its own: \(alarm) beside \(calm)")
            if let disk { disk.free() } else { try lift(process, to: "unlimited") }
            try tmux.press("C-s")
            #expect(try eventually { try !tmux.screen().contains("写入失败") })
            // The row is there, the form has gone.
            #expect(try eventually { try !tmux.screen().contains("没有确认任何记录") })
            try tmux.expect("张三", "3-2-501", "在场")
            #expect(try desk.show("gate").count == before + 1)
            let verified = try desk.run("verify")
            #expect(verified.code == 0, "\(verified)")
        }

        /// Lets the files of a running process grow to a size and no further.
        private func lift(_ process: String, to size: String) throws {
            let child = try Child(
                ["prlimit", "--pid", process, "--fsize=\(size):"], environment: ["PATH": "/usr/bin:/bin"],
                .files(input: "/dev/null", output: "/dev/null", errors: "/dev/null"))
            try #require(child.wait() == 0)
        }
    }
}
