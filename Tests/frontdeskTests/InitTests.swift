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

        @Test("Of two concurrent inits in one folder, one succeeds")
        func concurrentInit() throws {
            let home = try TestHome(empty: true)
            let founders = try ["S01", "S02"].map { try home.start("init --name 翠湖 --staff \($0):王:manager") }
            #expect(Set(founders.map { $0.wait() }) == [0, 2])
            #expect(try home.show("staff").count == 1)
            #expect(try home.run("verify").code == 0)
        }
    }
}
