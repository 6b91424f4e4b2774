import Foundation
import Testing

extension Program {
    @Suite("Endings that are killed")
    struct KilledEndingTests {
        /// All that is readable, or nothing; and the next start finishes what was asked for.
        @Test("kill -9 while particulars end: all or nothing is readable", arguments: ["expire", "erase"])
        func killed(_ way: String) throws {
            let home = try TestHome()
            let names = (0..<30).map { "客\($0)" }
            let lines = names.enumerated().flatMap { number, name in
                [
                    #"{"do":"visitor.arrive","at":"2026-01-05T09:00","ref":"v\#(number)","name":"\#(name)","host":"3-2-501","purpose":"探亲"}"#,
                    #"{"do":"visitor.leave","at":"2026-01-05T10:00","visit":"$v\#(number)"}"#,
                ]
            }
            try #require(home.run("do --lines", input: lines.joined(separator: "\n")).code == 0)
            let first = try #require(home.show("gate").first { $0["name"].text == names[0] }?["id"].text)
            let words =
                way == "expire" ? "do particulars.expire" : "do particulars.erase record=\(first) why=本人要求"
            var isEnded = false
            for round in 0..<12 where !isEnded {
                let writer = try home.start(words)
                usleep(useconds_t(round * 12_000))
                writer.kill()
                let shown = try home.show("gate").compactMap { $0["name"].text }
                let ended = way == "expire" ? names.map { _ in "已到期删除" } : ["已到期删除"] + names.dropFirst()
                #expect(shown == names || shown == ended, "\(round)")
                isEnded = shown == ended
                let verified = try home.run("verify")
                #expect(verified.code == 0, "\(round): \(verified)")
                let keys = try FileManager.default.contentsOfDirectory(atPath: "\(home.data)/keys")
                let month = keys.filter { $0.hasPrefix("visitors.2026-01") }
                #expect(!isEnded || (way == "expire" ? month.isEmpty : month.count == 1), "\(round)")
            }
            if !isEnded { #expect(try home.run(words).code == 0) }
            #expect(try home.show("gate")[0]["name"].text == "已到期删除")
        }
    }
}
