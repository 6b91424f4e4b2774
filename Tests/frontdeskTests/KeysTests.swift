import Foundation
import Testing

extension Program {
    @Suite("The file of keys")
    struct KeysTests {
        @Test("The keys are told in the form of their file, which is found where the user's settings are")
        func telling() throws {
            let desk = try Desk()
            let declared = try desk.run("keys")
            #expect(declared.code == 0)
            #expect(declared.out.contains("gate.leave = Enter "))
            let folder = desk.home.appendingPathComponent(".config/frontdesk")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            let edited = declared.out.replacing("gate.leave = Enter ", with: "gate.leave = F16 ")
            try Data(edited.utf8).write(to: folder.appendingPathComponent("keys"))
            #expect(try desk.run("keys").out.contains("gate.leave = F16 "))
            #expect(try desk.run("keys", ["XDG_CONFIG_HOME": "/nowhere"]).out == declared.out)
            #expect(try desk.run("keys --keys \(try desk.file("mine", "zoom = F17"))").out.contains("zoom = F17 "))
            let english = try desk.run("keys", ["LANG": "en_US.UTF-8", "LC_ALL": ""])
            #expect(english.out.contains("the selected visitor leaves now"))
        }

        @Test("Mistakes are named by line, with 2; a file that was named must be there")
        func mistakes() throws {
            let desk = try Desk()
            let wrong = try desk.run("keys --keys \(try desk.file("mine", "zoom = F17\nzom = F18\n"))")
            #expect(wrong.code == 2)
            #expect(wrong.out.contains("zoom = F17 "))
            #expect(wrong.err.contains("第 2 行 zom"))
            let missing = try desk.run("keys --keys /nowhere/keys")
            #expect(missing.code == 2)
            #expect(missing.err.contains("keys.unreadable"))
            #expect(missing.out.isEmpty)
        }
    }
}
