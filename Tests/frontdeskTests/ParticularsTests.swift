import Foundation
import Testing

extension Program {
    @Suite("Particulars end, and nothing of them is left")
    struct ParticularsTests {
        private static let texts = [
            "欧阳娜娜", "浙A98765", "13912345678", "E12345678", "13787654321", "司马相如", "13687654321", "诸葛孔明",
        ]

        /// A day so many days ago.
        private static func day(_ ago: Int) -> String {
            let format = DateFormatter()
            (format.dateFormat, format.timeZone) = ("yyyy-MM-dd", TimeZone(identifier: "Asia/Shanghai"))
            format.locale = Locale(identifier: "en_US_POSIX")
            return format.string(from: Date(timeIntervalSinceNow: -86_400 * Double(ago)))
        }

        /// The files under folders that hold one of the texts, as it is or in JSON escapes.
        private func files(_ folders: [String], holding texts: [String]) throws -> [String] {
            let forms = texts.flatMap { text in
                let escaped = text.utf16.map { String(format: "\\u%04x", $0) }.joined()
                return [text, escaped, escaped.uppercased().replacing("\\U", with: "\\u")].map { Data($0.utf8) }
            }
            return try folders.flatMap { folder in
                try FileManager.default.subpathsOfDirectory(atPath: folder).map { "\(folder)/\($0)" }.filter { path in
                    let data = FileManager.default.contents(atPath: path) ?? Data()
                    return forms.contains { data.range(of: $0) != nil }
                }
            }
        }

        /// The secret parts of the key files.
        private func secrets(_ data: String) throws -> [String: String] {
            var secrets: [String: String] = [:]
            for name in try FileManager.default.contentsOfDirectory(atPath: "\(data)/keys") {
                secrets[name] = try JSON(TestHome.text("\(data)/keys/\(name)"))["key"].text
            }
            return secrets
        }

        private func at(_ folder: String) -> [String: String] { ["FRONTDESK_DATA": folder] }

        private func lines(_ visits: Int) -> String {
            let (visit, call) = (ParticularsTests.day(100), ParticularsTests.day(250))
            var lines = [
                #"{"do":"visitor.arrive","at":"\#(visit)T09:00","ref":"v","name":"欧阳娜娜","host":"3-2-501","purpose":"探亲","plate":"浙A98765","phone":"13912345678","document":"护照 E12345678"}"#,
                #"{"do":"visitor.leave","at":"\#(visit)T10:00","visit":"$v"}"#,
                #"{"do":"call.ring","at":"\#(call)T09:00","ref":"c","phone":"13787654321"}"#,
                #"{"do":"call.answer","at":"\#(call)T09:01","call":"$c","rings":"1"}"#,
                #"{"do":"call.end","at":"\#(call)T09:02","call":"$c"}"#,
                #"{"do":"person.add","at":"\#(visit)","ref":"p","name":"司马相如","unit":"3-2-502","role":"family","phone":"13687654321"}"#,
            ]
            for number in 0..<visits {
                lines.append(
                    #"{"do":"visitor.arrive","at":"\#(visit)T09:00","ref":"x\#(number)","name":"客\#(number)","host":"3-2-501","purpose":"探亲"}"#
                )
                lines.append(#"{"do":"visitor.leave","at":"\#(visit)T10:00","visit":"$x\#(number)"}"#)
            }
            return lines.joined(separator: "\n")
        }

        @Test("After expiry no byte under the folder and its mirror tells of anybody, whatever was made before")
        func search() throws {
            let home = try TestHome()
            let (mirror, backup, restored) = (
                try home.file("mirror"), try home.file("backup"), try home.file("restored")
            )
            #expect(try home.run(["mirror", mirror]).code == 0)
            let filled = try home.run("do --lines", input: lines(20))
            try #require(filled.code == 0, "\(filled)")
            if Tmux.isInstalled {
                let tmux = Tmux(home)
                try tmux.console("a")
                try tmux.press("F8")
                try tmux.type("诸葛孔明")
                try tmux.expect("诸葛孔明")
                #expect(
                    try eventually {
                        let names = try? FileManager.default.contentsOfDirectory(atPath: "\(home.data)/drafts")
                        return names?.contains { $0.hasSuffix(".json") } ?? false
                    })
                kill(try #require(pid_t(try tmux.ask("pane_pid"))), SIGKILL)
                #expect(try eventually { try tmux.ask("pane_dead") == "1" })
            }
            #expect(try home.show("gate")[0]["name"].text == "欧阳娜娜")
            #expect(try home.show("people").contains { $0["name"].text == "司马相如" })
            let folders = [home.data, mirror]
            #expect(try files(folders, holding: ParticularsTests.texts) == [], "sealed from the beginning")
            #expect(try home.run(["backup", backup]).code == 0)
            let keys = try secrets(home.data)

            #expect(try home.run("do particulars.expire --as S03").code == 3, "managers only")
            let person = try #require(home.show("people").first { $0["name"].text == "司马相如" }?["id"].text)
            try home.do("particulars.erase record=\(person) why=本人要求")
            try home.do("particulars.expire")
            #expect(try home.show("gate")[0]["name"].text == "已到期删除")
            #expect(try home.show("calls")[0]["phone"].text == "已到期删除")
            #expect(try home.show("people").contains { $0["name"].text == "已到期删除" })
            #expect(try home.show("people").contains { $0["name"].text == "李四" })
            #expect(try files(folders, holding: ParticularsTests.texts) == [])
            // Nor any key of theirs, by which somebody could read the log.
            let ended = keys.filter { ["visitors", "callers"].contains($0.key.prefix { $0 != "." }) }
            #expect(ended.count == 2)
            #expect(try files(folders, holding: Array(ended.values)) == [])
            let verified = try home.run("verify")
            #expect(verified.code == 0, "\(verified)")
            #expect(try files([home.data, mirror], holding: ["visitors.2"]).isEmpty)

            // What was ended, the keys of a backup do not bring back.
            for name in keys.keys {
                try? FileManager.default.removeItem(atPath: "\(home.data)/keys/\(name)")
                try FileManager.default.copyItem(atPath: "\(backup)/keys/\(name)", toPath: "\(home.data)/keys/\(name)")
            }
            #expect(try home.show("gate")[0]["name"].text == "已到期删除")
            #expect(try files(folders, holding: Array(ended.values)) == [])
            #expect(try home.show("people").contains { $0["name"].text == "李四" })
            #expect(try home.run("verify").code == 0)

            // A folder restored from the backup knows nothing of it, and ends what is due by itself.
            #expect(try home.run(["restore", backup, restored]).code == 0)
            #expect(try home.run("show gate --json", at(restored)).json.array[0]["name"].text == "欧阳娜娜")
            #expect(try home.run("do particulars.expire", at(restored)).code == 0)
            #expect(try home.run("show gate --json", at(restored)).json.array[0]["name"].text == "已到期删除")
            #expect(try files([restored], holding: ParticularsTests.texts + ended.values) == [])
            #expect(try home.run("verify", at(restored)).code == 0)
        }

        @Test("A backup without keys holds no particulars; its restored folder works, and verify says what is missing")
        func withoutKeys() throws {
            let home = try TestHome()
            let (backup, restored) = (try home.file("backup"), try home.file("restored"))
            try home.do("visitor.arrive name=欧阳娜娜 host=3-2-501 purpose=探亲")
            #expect(try home.run(["backup", backup, "--without-keys"]).code == 0)
            #expect(!FileManager.default.fileExists(atPath: "\(backup)/keys"))
            let told = try home.run(["restore", backup, restored])
            #expect(told.code == 0 && told.err.contains("个人信息读不出"), "\(told)")
            #expect(try home.run("show gate --json", at(restored)).json.array[0]["name"].text == "无法读取")
            let verified = try home.run("verify --json", at(restored))
            #expect(verified.code == 4 && verified.json["intact"].flag == false, "\(verified)")
            #expect(verified.json["unreadable"].array.contains { $0["class"].text == "visitors" })
            #expect(try home.run("do visitor.arrive name=王五 host=3-2-501 purpose=探亲", at(restored)).code == 0)
            #expect(try home.run("show gate --json", at(restored)).json.array.last?["name"].text == "王五")
            // A copy that should have them and does not is no good one.
            let (second, third) = (try home.file("second"), try home.file("third"))
            let lacking = try home.run(["backup", second], at(restored))
            #expect(lacking.code == 4 && lacking.err.contains("个人信息读不出"), "\(lacking)")
            #expect(try home.run(["backup", third, "--without-keys"], at(restored)).code == 0)
            let exported = try home.run(["export", try home.file("export")], at(restored))
            #expect(exported.code == 4 && exported.err.contains("个人信息读不出"), "\(exported)")
        }
    }
}
