import Foundation
import Testing

extension Program {
    @Suite("The key file")
    struct KeysTests {
        @Test("keys prints the bindings in the format of the key file, which is found in the XDG folder")
        func printsKeys() throws {
            let home = try TestHome()
            let declared = try home.run("keys")
            #expect(declared.code == 0)
            #expect(declared.out.contains("gate.leave = Enter "))
            let folder = home.folder.appendingPathComponent(".config/frontdesk")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            let edited = declared.out.replacing("gate.leave = Enter ", with: "gate.leave = F16 ")
            try Data(edited.utf8).write(to: folder.appendingPathComponent("keys"))
            #expect(try home.run("keys").out.contains("gate.leave = F16 "))
            #expect(try home.run("keys", ["XDG_CONFIG_HOME": "/nowhere"]).out == declared.out)
            #expect(try home.run("keys --keys \(try home.file("mine", "zoom = F17"))").out.contains("zoom = F17 "))
            let english = try home.run("keys", ["LANG": "en_US.UTF-8", "LC_ALL": ""])
            #expect(english.out.contains("the selected visitors leave now"))
        }

        @Test("an empty key file is fine, also as a device")
        func emptyFile() throws {
            let home = try TestHome()
            let declared = try home.run("keys").out
            for path in ["/dev/null", try home.file("empty", "")] {
                let answer = try home.run("keys --keys \(path)")
                #expect(answer.code == 0 && answer.out == declared && answer.err.isEmpty)
            }
        }

        @Test("2: mistakes are reported by line; a named file must exist")
        func reportsMistakes() throws {
            let home = try TestHome()
            let wrong = try home.run("keys --keys \(try home.file("mine", "zoom = F17\nzom = F18\n"))")
            #expect(wrong.code == 2)
            #expect(wrong.out.contains("zoom = F17 "))
            #expect(wrong.err.contains("第 2 行 zom"))
            let missing = try home.run("keys --keys /nowhere/keys")
            #expect(missing.code == 2)
            #expect(missing.err.contains("keys.unreadable"))
            #expect(missing.out.isEmpty)
        }
    }
}
