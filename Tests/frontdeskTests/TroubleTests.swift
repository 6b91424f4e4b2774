import Foundation
import Testing

extension Program {
    /// The README's section “When something is wrong”, walked as a person would.
    @Suite("When something is wrong")
    struct TroubleTests {
        /// An estate with eight visitors, and the folder of its mirror.
        private struct Place {
            let desk: Desk
            let mirror: String
            var segment: URL
            let sound: Data

            init(mirrored: Bool) throws {
                desk = try Desk()
                mirror = desk.home.appendingPathComponent("mirror").path
                if mirrored { try #require(try desk.run(["mirror", mirror]).code == 0) }
                for number in 1...8 { try desk.do("visitor.arrive name=客\(number) host=3-2-501 purpose=快递") }
                segment = try #require(desk.segments().last)
                sound = try Data(contentsOf: segment)
            }

            var copy: URL { URL(fileURLWithPath: mirror).appendingPathComponent("desk/\(segment.lastPathComponent)") }
            var names: [String] {
                get throws {
                    try FileManager.default.contentsOfDirectory(atPath: segment.deletingLastPathComponent().path)
                }
            }

            /// The segment with the third visitor's line in other bytes, and where that line began.
            func damaged(_ injury: Injury) throws -> (data: Data, offset: Int, number: Int) {
                let name = try #require(sound.range(of: Data("客3".utf8)))
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
            "Damage is told in red, named by segment, byte and line; the rest goes on, and only a mirror can mend it",
            .enabled(if: Tmux.isInstalled, "tmux is not installed"), arguments: Injury.allCases, [false, true])
        func damage(injury: Injury, mirrored: Bool) throws {
            let place = try Place(mirrored: mirrored)
            let desk = place.desk
            let (data, offset, number) = try place.damaged(injury)
            try data.write(to: place.segment)
            let tmux = Tmux(desk)
            try tmux.open("a", shell: "exec \(Program.path) --as S03")
            try tmux.expect(injury == .flippedByte ? "损坏行" : "缺行")
            try tmux.press("F3", "F2")
            try tmux.expect("日志损坏", "客1", "客8")
            #expect(try tmux.style(of: "日志损坏") != tmux.style(of: "翠湖花园"))
            #expect(try !tmux.screen().contains("客3"))

            let verified = try desk.run("verify", ["LANG": "en"])
            #expect(verified.code == 4)
            #expect(verified.out.contains("desk/\(place.segment.lastPathComponent) @\(offset)"), "\(verified)")
            #expect(verified.out.contains("missing lines") && verified.out.contains("(\(number))"), "\(verified)")
            try desk.do("visitor.arrive name=后来 host=3-2-502 purpose=快递")
            try tmux.expect("后来")

            let repaired = try desk.run("verify --repair", ["LANG": "en"])
            guard mirrored else {
                #expect(repaired.code == 4 && !repaired.out.contains("mended"), "\(repaired)")
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
            // The console that had read the damaged file needs no restart.
            #expect(try eventually { try !tmux.screen().contains("日志损坏") })
            try tmux.expect("客3", "后来")
        }

        @Test("What both copies lack is left alone and stays an alarm; so is a damage that was there before the mirror")
        func beyondRepair() throws {
            let place = try Place(mirrored: true)
            let (data, _, number) = try place.damaged(.deletedLine)
            for copy in [place.segment, place.copy] { try data.write(to: copy) }
            let repaired = try place.desk.run("verify --repair")
            #expect(repaired.code == 4 && repaired.out.contains("（\(number)）"), "\(repaired)")
            for copy in [place.segment, place.copy] { #expect(try Data(contentsOf: copy) == data) }
            let copies = try place.desk.run("verify --json").json["damages"].array.compactMap { $0["copy"].text }
            #expect(Set(copies) == ["primary", "mirror"])

            #expect(try place.desk.run("mirror --off").code == 0)
            #expect(try place.desk.run(["mirror", place.mirror + "-2"]).code == 0)
            #expect(try place.desk.run("verify --repair").code == 4)
            #expect(try place.desk.show("gate").count == 7)
        }

        @Test(
            "A mirror that cannot follow stops nobody; it is told everywhere, and the next record after its return brings it up",
            .enabled(if: Tmux.isInstalled, "tmux is not installed"))
        func mirrorAway() throws {
            let desk = try Desk(empty: true)
            let mirror = desk.home.appendingPathComponent("mirror").path
            let made = try desk.run(["init", "--name", "翠湖花园", "--staff", "S01:王经理:manager", "--mirror", mirror])
            try #require(made.code == 0, "\(made)")
            try desk.do("unit.add unit=3-2-501")
            let tmux = Tmux(desk)
            try tmux.console("a", "")
            try FileManager.default.moveItem(atPath: mirror, toPath: mirror + "-away")
            try register("张三", tmux)
            try tmux.expect("张三", "在场")
            try tmux.press("F5", "F6")
            #expect(try eventually { try tmux.screen().contains("镜像跟不上") })
            #expect(try tmux.style(of: "镜像跟不上") != tmux.style(of: "翠湖花园"))

            let done = try desk.run("do visitor.arrive name=李四 host=3-2-501 purpose=快递")
            #expect(done.code == 0 && done.json["id"].exists)
            #expect(done.err.contains("镜像跟不上") && done.err.contains(mirror), "scripts are told too: \(done)")
            let verified = try desk.run("verify")
            #expect(verified.code == 4 && verified.out.contains("镜像读不到：\(mirror)"), "\(verified)")
            #expect(try desk.show("gate").count == 2, "the log itself is whole")

            try FileManager.default.moveItem(atPath: mirror + "-away", toPath: mirror)
            try register("王五", tmux)
            #expect(try eventually { try !tmux.screen().contains("镜像跟不上") })
            #expect(try desk.run("verify").code == 0)
            let segment = try #require(desk.segments().last)
            let copy = try Data(contentsOf: URL(fileURLWithPath: "\(mirror)/desk/\(segment.lastPathComponent)"))
            #expect(try copy == Data(contentsOf: segment))
        }

        /// Registers a visitor at the console.
        private func register(_ name: String, _ tmux: Tmux) throws {
            try tmux.press("F5", "F6", "F8")
            try tmux.expect("来访登记")
            for text in [name, "3-2-501", "看房"] {
                try tmux.type(text)
                try tmux.press("Tab")
            }
            try tmux.press("C-s")
            #expect(try eventually { try !tmux.screen().contains("房号/被访人") })
        }
    }
}
