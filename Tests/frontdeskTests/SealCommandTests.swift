import Foundation
import Testing

extension Program {
    @Suite("seal")
    struct SealCommandTests {
        private let home: TestHome
        private let key: String
        private let publicKey: String

        init() throws {
            home = try TestHome()
            key = try home.file("seal.key")
            let made = try home.run(["seal", "--new-key", "--key", key])
            try #require(made.code == 0, "\(made)")
            publicKey = made.lines.first ?? ""
        }

        private func seal() throws -> String {
            let outcome = try home.run(["seal", "--key", key])
            try #require(outcome.code == 0, "\(outcome)")
            return outcome.lines.first ?? ""
        }

        private func verify(_ seals: String...) throws -> Outcome {
            try home.run(["verify", "--json", "--public-key", publicKey] + seals.flatMap { ["--against", $0] })
        }

        @Test("a past that the program itself wrote anew is intact for verify, and told by the signed seals: 4")
        func rewrittenPast() throws {
            try home.addVisitors(3)
            let first = try seal()
            let segment = try #require(home.segments().last)
            let head = segment.deletingLastPathComponent().appendingPathComponent("HEAD")
            let (lines, acknowledged) = (try Data(contentsOf: segment), try Data(contentsOf: head))
            try home.addVisitors(3)
            let second = try seal()
            #expect(try verify(first, second).code == 0)
            // What came after the first is taken back, and other visitors take its place.
            try lines.write(to: segment)
            try acknowledged.write(to: head)
            for name in ["甲", "乙", "丙"] { try home.do("visitor.arrive name=\(name) host=3-2-502 purpose=快递") }
            #expect(try home.run("verify").code == 0, "by itself it is flawless")
            let found = try verify(first, second)
            #expect(found.code == 4, "\(found)")
            #expect(found.json["against"].array.map { $0["fits"].flag } == [true, false])
            #expect(found.json["damages"].array.map { $0["kind"].text } == ["rewritten"])
            let after = try #require(first.split(separator: ":").first.flatMap { Int($0) })
            #expect(found.json["damages"][0]["from"].number == after + 1)
            #expect(found.json["damages"][0]["to"].number == after + 3)
            // And if nothing takes its place.
            try lines.write(to: segment)
            try acknowledged.write(to: head)
            let short = try verify(first, second)
            #expect(short.code == 4 && short.json["damages"].array.map { $0["kind"].text } == ["head"], "\(short)")
        }

        @Test("3: a seal of another key or a changed one; 2: no public key, an unsigned or incomplete code")
        func badSeals() throws {
            let signed = try seal()
            let other = try home.run(["seal", "--new-key", "--json", "--key", try home.file("other.key")])
            let wrong = try #require(other.json["publicKey"].text)
            for (words, code, name) in [
                (["--public-key", wrong, "--against", signed], 3, "verify.signature"),
                (["--public-key", publicKey, "--against", "1" + signed], 3, "verify.signature"),
                (["--against", signed], 2, "verify.keyMissing"),
                (["--public-key", publicKey, "--against", String(signed.dropLast())], 2, "verify.unsigned"),
                (["--public-key", publicKey, "--against", "12:3f2a-91bc-77e0-15d4"], 2, "verify.unsigned"),
                (["--public-key", "12", "--against", signed], 2, "verify.publicKey"),
            ] as [([String], Int32, String)] {
                let outcome = try home.run(["verify", "--json"] + words)
                #expect(outcome.code == code && outcome.error["code"].text == name, "\(words): \(outcome)")
            }
        }

        @Test("2: no key, one in the data folder, one that is there; 4: a damaged journal is not signed")
        func refusals() throws {
            for (words, name) in [
                (["--key", key, "--new-key"], "seal.exists"), (["--key", "\(key).none"], "seal.missing"),
                (["--key", "\(home.data)/seal.key", "--new-key"], "seal.inside"),
                (["--key", try home.file("empty", "")], "seal.exposed"),
            ] {
                let outcome = try home.run(["seal", "--json"] + words)
                #expect(outcome.code == 2 && outcome.error["code"].text == name, "\(words): \(outcome)")
            }
            try home.addVisitors(3)
            let segment = try #require(home.segments().last)
            try Data(contentsOf: segment).dropLast(40).write(to: segment)
            let outcome = try home.run(["seal", "--json", "--key", key])
            #expect(outcome.code == 4 && outcome.out.isEmpty, "\(outcome)")
        }
    }
}
