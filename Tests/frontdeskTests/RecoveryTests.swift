import Foundation
import Testing

extension ProgramInTerminal {
    /// The procedures of `Operating.md`, section “When something is wrong”.
    @Suite("Recovery from damage")
    struct RecoveryTests {
        /// An estate with eight visitors and, optionally, a mirror.
        private struct Place {
            let home: TestHome
            let mirror: String
            var segment: URL
            let sound: Data

            init(mirrored: Bool) throws {
                home = try TestHome()
                mirror = home.folder.appendingPathComponent("mirror").path
                if mirrored { try #require(try home.run(["mirror", mirror]).code == 0) }
                for number in 1...8 { try home.do("visitor.arrive name=客\(number) host=3-2-501 purpose=快递") }
                segment = try #require(home.segments().last)
                sound = try Data(contentsOf: segment)
            }

            var copy: URL { URL(fileURLWithPath: mirror).appendingPathComponent("desk/\(segment.lastPathComponent)") }
            var names: [String] {
                get throws {
                    try FileManager.default.contentsOfDirectory(atPath: segment.deletingLastPathComponent().path)
                }
            }

            /// The segment with the line of 客3 damaged, its offset and its sequence number.
            func damaged(_ injury: Injury) throws -> (data: Data, offset: Int, number: Int) {
                let name = try #require(sound.range(of: home.visit("客3")))
                let start = try #require(sound[..<name.lowerBound].lastIndex(of: 0x0A)) + 1
                let end = try #require(sound[start...].firstIndex(of: 0x0A)) + 1
                let number = try #require(JSON(String(decoding: sound[start..<end], as: UTF8.self))["s"].number)
                var data = sound
                switch injury {
                case .flippedByte: data[name.upperBound - 1] ^= 1
                case .deletedLine: data.removeSubrange(start..<end)
                }
                return (data, start, number)
            }
        }

        enum Injury: String, CaseIterable { case flippedByte, deletedLine }

        @Test(
            "Damage is shown with segment, offset and line; other work continues, and only a mirror can repair it",
            .enabled(if: Tmux.isInstalled, "tmux is not installed"), arguments: Injury.allCases, [false, true])
        func damageIsReported(injury: Injury, mirrored: Bool) throws {
            let place = try Place(mirrored: mirrored)
            let home = place.home
            let (data, offset, number) = try place.damaged(injury)
            try data.write(to: place.segment)
            let tmux = Tmux(home)
            try tmux.open("a", shell: "exec \(Program.path) --as S03")
            try tmux.expect(injury == .flippedByte ? "损坏行" : "缺行")
            try tmux.press("F3", "F2")
            try tmux.expect("日志损坏", "客1", "客8")
            #expect(try tmux.style(of: "日志损坏") != tmux.style(of: "翠湖花园"))
            #expect(try !tmux.screen().contains("客3"))

            let verified = try home.run("verify", ["LANG": "en"])
            #expect(verified.code == 4)
            #expect(verified.out.contains("desk/\(place.segment.lastPathComponent) @\(offset)"), "\(verified)")
            #expect(verified.out.contains("missing lines") && verified.out.contains("(\(number))"), "\(verified)")
            try home.do("visitor.arrive name=后来 host=3-2-502 purpose=快递")
            try tmux.expect("后来")

            let repaired = try home.run("verify --repair", ["LANG": "en"])
            guard mirrored else {
                #expect(repaired.code == 4 && !repaired.out.contains("mended"), "\(repaired)")
                #expect(repaired.out.contains("no mirror to mend it from"), "what to do next: \(repaired)")
                #expect(try Data(contentsOf: place.segment).starts(with: data), "nothing is changed")
                #expect(try !place.names.contains { $0.contains("damaged") })
                try tmux.expect("日志损坏")
                return
            }
            #expect(repaired.code == 0, "\(repaired)")
            #expect(repaired.out.contains("mended desk/\(place.segment.lastPathComponent): \(number)"), "\(repaired)")
            #expect(try Data(contentsOf: place.segment).starts(with: place.sound), "byte for byte")
            #expect(try Data(contentsOf: place.copy) == Data(contentsOf: place.segment))
            let kept = place.segment.appendingPathExtension("damaged-1")
            #expect(try Data(contentsOf: kept).starts(with: data))
            // The running console reads the repaired file.
            #expect(try eventually { try !tmux.screen().contains("日志损坏") })
            try tmux.expect("客3", "后来")
        }

        @Test("Lines missing in both copies, or before the mirror existed, are not repaired and stay reported")
        func beyondRepair() throws {
            let place = try Place(mirrored: true)
            let (data, _, number) = try place.damaged(.deletedLine)
            for copy in [place.segment, place.copy] { try data.write(to: copy) }
            let repaired = try place.home.run("verify --repair")
            #expect(repaired.code == 4 && repaired.out.contains("（\(number)）"), "\(repaired)")
            #expect(repaired.out.contains("镜像里也没有的，修不回来。涉及第 \(number) 行"), "\(repaired)")
            for copy in [place.segment, place.copy] { #expect(try Data(contentsOf: copy) == data) }
            let copies = try place.home.run("verify --json").json["damages"].array.compactMap { $0["copy"].text }
            #expect(Set(copies) == ["primary", "mirror"])

            #expect(try place.home.run("mirror --off").code == 0)
            #expect(try place.home.run(["mirror", place.mirror + "-2"]).code == 0)
            #expect(try place.home.run("verify --repair").code == 4)
            let shown = try place.home.run("show gate --json")
            #expect(shown.code == 4 && shown.json.array.count == 7)
        }

        @Test("A mirror that a repair cannot mend is told with the way to a new one, which is then intact")
        func mirrorBeyondRepair() throws {
            let place = try Place(mirrored: true)
            let other = place.copy.deletingLastPathComponent().appendingPathComponent("2020-01.jsonl")
            try FileManager.default.moveItem(at: place.copy, to: other)
            let found = try place.home.run("verify")
            #expect(found.code == 4 && found.out.contains("frontdesk verify --repair --data"), "\(found)")
            let repaired = try place.home.run("verify --repair")
            #expect(repaired.code == 4 && repaired.out.contains("日志本身完好"), "\(repaired)")
            #expect(repaired.out.contains("frontdesk mirror FOLDER --data"), "\(repaired)")
            #expect(!repaired.out.contains("--repair"), "what did not help is not advised again: \(repaired)")
            #expect(try place.home.run(["mirror", place.mirror + "-2"]).code == 0)
            #expect(try place.home.run("verify").code == 0)
        }

        @Test(
            "An unavailable mirror is reported everywhere and does not stop work; the next record after its return updates it",
            .enabled(if: Tmux.isInstalled, "tmux is not installed"))
        func mirrorUnavailable() throws {
            let home = try TestHome(empty: true)
            let mirror = home.folder.appendingPathComponent("mirror").path
            let made = try home.run(["init", "--name", "翠湖花园", "--staff", "S01:王经理:manager", "--mirror", mirror])
            try #require(made.code == 0, "\(made)")
            try home.do("unit.add unit=3-2-501")
            try home.do("staff.add staff=S03 name=赵门岗 role=guard")
            let tmux = Tmux(home)
            try tmux.console()
            try FileManager.default.moveItem(atPath: mirror, toPath: mirror + "-away")
            try register("张三", tmux)
            try tmux.expect("张三", "在场")
            try tmux.press("F5", "F6")
            #expect(try eventually { try tmux.screen().contains("镜像跟不上") })
            #expect(try tmux.style(of: "镜像跟不上") != tmux.style(of: "翠湖花园"))

            let done = try home.run("do visitor.arrive name=李四 host=3-2-501 purpose=快递")
            #expect(done.code == 0 && done.json["id"].exists)
            #expect(done.err.contains("镜像跟不上") && done.err.contains(mirror), "scripts are warned too: \(done)")
            let verified = try home.run("verify")
            #expect(verified.code == 4 && verified.out.contains("镜像读不到（\(mirror)"), "\(verified)")
            #expect(try home.show("gate").count == 2, "the log itself is complete")

            try FileManager.default.moveItem(atPath: mirror + "-away", toPath: mirror)
            try register("王五", tmux)
            #expect(try eventually { try !tmux.screen().contains("镜像跟不上") })
            #expect(try home.run("verify").code == 0)
            let segment = try #require(home.segments().last)
            let copy = try Data(contentsOf: URL(fileURLWithPath: "\(mirror)/desk/\(segment.lastPathComponent)"))
            #expect(try copy == Data(contentsOf: segment))
        }

        @Test(
            "Ctrl-Y checks the journal in the background and lists damage with its remedy",
            .enabled(if: Tmux.isInstalled, "tmux is not installed"))
        func checksJournal() throws {
            let home = try TestHome()
            let mirror = try home.file("mirror")
            #expect(try home.run(["mirror", mirror]).code == 0)
            let tmux = Tmux(home)
            try tmux.console()
            try tmux.press("F8")
            try tmux.type("张三")
            try tmux.press("Escape", "Escape", "C-y")
            try tmux.expect("日志与镜像完好")
            let segment = try FileHandle(forUpdating: try #require(home.segments().first))
            try segment.seek(toOffset: 60)
            try segment.write(contentsOf: Data("?".utf8))
            try segment.close()
            try tmux.press("C-y")
            try tmux.expect("日志损坏", "@0", "frontdesk verify --repair --data")
            #expect(try home.run("verify --repair").code == 0)
            try tmux.press("Escape", "C-y")
            try tmux.expect("日志与镜像完好")
            try FileManager.default.moveItem(atPath: mirror, toPath: mirror + "-away")
            try tmux.expect("镜像跟不上")
        }

        /// Registers a visitor at the console.
        private func register(_ name: String, _ tmux: Tmux) throws {
            try tmux.fillVisitorForm(name)
            try tmux.press("C-s")
            #expect(try eventually { try !tmux.screen().contains("房号/被访人") })
        }
    }
}
