import Foundation
import Testing

extension Program {
    @Suite("A full disk")
    struct FullDiskTests {
        private static let visitor = ["do", "visitor.arrive", "host=3-2-501", "purpose=快递"]

        /// Size of the latest segment in bytes.
        private func size(_ home: TestHome) throws -> Int {
            try Data(contentsOf: try #require(home.segments().last)).count
        }

        @Test(
            "5: at a file size limit nothing is acknowledged; without it the same command succeeds",
            arguments: [0, 1, 100, 300])
        func fileSizeLimit(room: Int) throws {
            let home = try TestHome()
            // SIGXFSZ is not ignored here: the program has to do that itself.
            let limited = ["prlimit", "--fsize=\(try size(home) + room)", Program.path]
            let words = Self.visitor + ["name=张三"]
            for _ in 0..<3 {
                let (output, errors) = (try home.file("output"), try home.file("errors"))
                let child = try ChildProcess(
                    limited + words, environment: home.environment(),
                    .files(input: "/dev/null", output: output, errors: errors))
                #expect(child.wait() == 5)
                #expect(try TestHome.text(output).isEmpty)
                let said = try TestHome.text(errors)
                let segment = try #require(home.segments().last).path
                #expect(said.contains("磁盘操作失败") && said.contains("disk.failed") && said.contains(segment), "\(said)")
                #expect(try home.show("gate").isEmpty)
            }
            let again = try home.run(words)
            #expect(again.code == 0, "\(again)")
            #expect(try home.show("gate").count == 1)
            #expect(try home.run("verify").code == 0)
        }

        @Test(
            "5: on a full disk exactly the acknowledged facts exist",
            .enabled(if: SmallDisk.isAvailable, "a small disk cannot be mounted"))
        func fullDisk() throws {
            let disk = try SmallDisk()
            let home = try TestHome(on: disk.path)
            try disk.fill()
            var acknowledged: [String] = []
            var refusals = 0
            // The last page of the segment has room for some lines.
            for number in 0..<40 where refusals < 3 {
                let outcome = try home.run(Self.visitor + ["name=客\(number)", "--json"])
                if outcome.code == 0 {
                    acknowledged.append(try #require(outcome.json["id"].text))
                    #expect(refusals == 0, "nothing is acknowledged after a refusal")
                } else {
                    refusals += 1
                    #expect(outcome.code == 5 && outcome.out.isEmpty && outcome.error["code"].text == "disk.full")
                }
            }
            #expect(refusals == 3)
            let shown = try home.run("show gate --json")
            #expect(shown.code == 0 && shown.err.isEmpty, "reading needs no disk space: \(shown)")
            #expect(shown.json.array.compactMap { $0["id"].text } == acknowledged)
            disk.free()
            acknowledged.append(try home.do("visitor.arrive name=后来 host=3-2-501 purpose=快递"))
            #expect(try home.show("gate").compactMap { $0["id"].text } == acknowledged)
            let verified = try home.run("verify")
            #expect(verified.code == 0, "\(verified)")
        }

        @Test(
            "At a file size limit the console keeps the form, reports the failure in red, and accepts the form later",
            .enabled(if: Tmux.isInstalled, "tmux is not installed"))
        func consoleAtFileSizeLimit() throws { try consoleKeepsForm(on: nil, error: "disk.failed") }

        @Test(
            "On a full disk the console keeps the form, reports the failure in red, and accepts the form later",
            .enabled(if: Tmux.isInstalled, "tmux is not installed"),
            .enabled(if: SmallDisk.isAvailable, "a small disk cannot be mounted"))
        func consoleOnFullDisk() throws { try consoleKeepsForm(on: try SmallDisk(), error: "disk.full") }

        /// Submits a form while `disk` is full or, without a disk, while the console has a file size limit.
        private func consoleKeepsForm(on disk: SmallDisk?, error: String) throws {
            let home = try TestHome(on: disk?.path)
            let tmux = Tmux(home)
            try tmux.console()
            try tmux.fillVisitorForm("张三")
            let process = try tmux.ask("pane_pid")
            if let disk {
                try disk.fill()
                // Another process uses the room left in the last page.
                var code: Int32 = 0
                while code == 0 { code = try home.run(Self.visitor + ["name=别处"]).code }
            } else {
                try limitFiles(of: process, to: "\(try size(home) + 50)")
            }
            let before = try home.show("gate").count
            for _ in 0..<2 {
                try tmux.press("C-s")
                try tmux.expect("写入失败：\(error)", "没有确认任何记录")
                try tmux.expect("来访登记", "张三", "3-2-501", "看房")
                #expect(try home.show("gate").count == before)
            }
            let alarm = try tmux.style(of: "写入失败")
            let calm = try tmux.style(of: "翠湖花园")
            #expect(alarm != calm && alarm.contains("48;"), "the alarm has a background colour: \(alarm), \(calm)")
            if let disk { disk.free() } else { try limitFiles(of: process, to: "unlimited") }
            try tmux.press("C-s")
            #expect(try eventually { try !tmux.screen().contains("写入失败") })
            // The form is closed and the row is shown.
            #expect(try eventually { try !tmux.screen().contains("没有确认任何记录") })
            try tmux.expect("张三", "3-2-501", "在场")
            #expect(try home.show("gate").count == before + 1)
            let verified = try home.run("verify")
            #expect(verified.code == 0, "\(verified)")
        }

        /// Sets the file size limit of a running process, in bytes.
        private func limitFiles(of process: String, to size: String) throws {
            let child = try ChildProcess(
                ["prlimit", "--pid", process, "--fsize=\(size):"], environment: ["PATH": "/usr/bin:/bin"],
                .files(input: "/dev/null", output: "/dev/null", errors: "/dev/null"))
            try #require(child.wait() == 0)
        }

        @Test("5: when the limit is reached within a batch, nothing is acknowledged and nothing acknowledged is lost")
        func fileSizeLimitWithinBatch() throws {
            let home = try TestHome()
            try home.addVisitors(20)
            let segment = try #require(home.segments().last)
            let size = try Data(contentsOf: segment).count
            let lines = (0..<200).map { TestHome.visitor("客\($0)") }
            let (output, errors) = (try home.file("output"), try home.file("errors"))
            // The limit is in blocks of 512 bytes.
            let child = try ChildProcess(
                ["sh", "-c", "trap '' XFSZ; ulimit -f \(size / 512 + 8); exec \(Program.path) do --lines"],
                environment: home.environment(),
                .files(input: try home.file("many", lines.joined(separator: "\n")), output: output, errors: errors))
            #expect(child.wait() == 5)
            #expect(try TestHome.text(output).isEmpty)
            #expect(try TestHome.text(errors).contains("写入未能确认"), "some lines may be on the disk")
            // Complete lines count although they were not acknowledged.
            let kept = try home.show("gate").count
            #expect((20..<220).contains(kept))
            try home.do("visitor.arrive name=后来 host=3-2-501 purpose=快递")
            #expect(try home.show("gate").count == kept + 1)
            let verified = try home.run("verify")
            #expect(verified.code == 0, "\(verified)")
            #expect(verified.out.contains("搁置"))
        }
    }
}
