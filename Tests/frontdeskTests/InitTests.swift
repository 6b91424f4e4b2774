import Foundation
import Testing

extension Program {
    @Suite("init")
    struct InitTests {
        @Test("A new estate is empty and has its name and first staff member")
        func initialises() throws {
            let home = try TestHome(empty: true)
            let made = try home.run("init --name 翠湖花园 --staff S01:王经理:manager --staff S02:陈接待:operator")
            #expect(made.code == 0)
            #expect(made.out.contains("翠湖花园"))
            #expect(try home.show("staff").map { $0["name"].text } == ["王经理", "陈接待"])
            #expect(try home.show("requests").isEmpty)
            #expect(try home.run("verify").code == 0)
            let mode = try FileManager.default.attributesOfItem(atPath: home.data)[.posixPermissions] as? Int
            #expect(mode == 0o700)
            #expect(
                try home.run("init --name 别的 --staff S01:王经理:manager").code == 2, "an existing estate is not replaced")
        }

        @Test(
            "Invalid arguments of init create no estate",
            arguments: [
                "--staff S01:王经理:manager", "--name 翠湖", "--name 翠湖 --staff S01:王经理:guard", "--name 翠湖 --staff 王经理",
                "--name 翠湖 --staff S01:王:manager --staff S01:李:guard", "--name 翠湖 --staff S,1:王:manager",
                "--name 翠湖 --staff S01:王:boss", "--name 翠湖 --staff S01:王:manager --zone Mars/Base",
                "--name 翠湖 --staff S01:王:manager --node ../x",
            ])
        func refusesInvalidArguments(words: String) throws {
            let home = try TestHome(empty: true)
            #expect(try home.run("init \(words)").code == 2)
            #expect(try home.run("show units").code == 2)
        }

        @Test(
            "A mirror that cannot be kept leaves nothing behind, neither the estate nor folders of the mirror",
            arguments: ["/proc/mirror", "DATA/mirror", "FILE/mirror", "FOREIGN"])
        func badMirror(place: String) throws {
            let home = try TestHome(empty: true)
            let other = try home.file("other")
            #expect(
                try home.run(["init", "--name", "翠湖", "--staff", "S01:王:manager", "--data", other]).code == 0)
            // Mirrors another estate's log.
            let foreign = try home.file("mirrors/of-other")
            #expect(try home.run(["mirror", foreign, "--data", other]).code == 0)
            let file = try home.file("a-file", "no folder")
            let mirror = place.replacing("DATA", with: home.data).replacing("FILE", with: file)
                .replacing("FOREIGN", with: foreign)
            let kept = try FileManager.default.subpathsOfDirectory(atPath: foreign)
            for (data, isThere) in [
                (home.data, false), ("\(home.data)/new/deep", false), (try home.file("empty"), true),
            ] {
                if isThere { try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: true) }
                let words = ["init", "--name", "翠湖", "--staff", "S01:王:manager", "--data", data, "--mirror"]
                let refused = try home.run(words + [mirror.replacing(home.data, with: data)])
                #expect([2, 5].contains(refused.code) && !refused.err.isEmpty, "\(refused)")
                #expect(FileManager.default.fileExists(atPath: data) == isThere)
                if isThere { #expect(try FileManager.default.contentsOfDirectory(atPath: data).isEmpty) }
                #expect(!FileManager.default.fileExists(atPath: home.data))
                #expect(try home.run(words.dropLast() + []).code == 0, "the same without it")
                try FileManager.default.removeItem(atPath: home.data.hasPrefix(data) || isThere ? data : home.data)
            }
            #expect(try FileManager.default.subpathsOfDirectory(atPath: foreign) == kept)
        }

        @Test("Of two concurrent inits in one folder, one succeeds")
        func concurrentInit() throws {
            let home = try TestHome(empty: true)
            let founders = try ["甲", "乙"].map { try home.start("init --name 翠湖 --staff S01:\($0):manager") }
            #expect(Set(founders.map { $0.wait() }) == [0, 2])
            #expect(try home.show("staff").count == 1)
            #expect(try home.run("verify").code == 0)
        }
    }
}
