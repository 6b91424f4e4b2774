import Foundation
import Testing

extension ProgramWithFiles {
    @Suite("Copies, backups and restores of a data folder")
    struct CopyTests {
        private let manager = FileManager.default

        private func at(_ folder: String) -> [String: String] { ["FRONTDESK_DATA": folder] }

        /// Runs a command on another data folder; it has to succeed.
        @discardableResult
        private func run(_ home: TestHome, _ words: String, _ folder: String) throws -> Outcome {
            let outcome = try home.run(words, at(folder))
            try #require(outcome.code == 0, "\(words): \(outcome)")
            return outcome
        }

        private func payments(_ home: TestHome, _ folder: String) throws -> [String] {
            try run(home, "show payments --json", folder).json.array.compactMap { $0["amount"].text }
        }

        @Test("a source that is not there is said in words")
        func noSource() throws {
            let home = try TestHome()
            let outcome = try home.run("restore \(home.folder.path)/nosuch \(home.folder.path)/new --json")
            #expect((outcome.code, outcome.error["code"].text) == (2, "copy.missing"), "\(outcome)")
            #expect(!manager.fileExists(atPath: "\(home.folder.path)/new"))
        }

        @Test("A payment of a rehearsal in a copied folder is never taken into the original")
        func rehearsal() throws {
            let home = try TestHome()
            let (mirror, copy) = (try home.file("mirror"), try home.file("tcopy"))
            #expect(try home.run(["mirror", mirror]).code == 0)
            try home.do("payment.receive unit=3-2-501 amount=100 method=现金")
            try manager.copyItem(atPath: home.data, toPath: copy)
            let shown = try run(home, "show staff", copy)
            #expect(shown.err.contains("复制") && shown.err.contains("mirror --adopt"), "\(shown)")
            let paid = try run(home, "do payment.receive unit=3-2-502 amount=777 method=现金", copy)
            #expect(paid.json["node"].text == "desk-2" && paid.json["seq"].number == 1)
            #expect(paid.err.contains("desk-2"), "told once: \(paid)")
            let again = try run(home, "do visitor.arrive name=张三 host=3-2-501 purpose=快递", copy)
            #expect(again.err.isEmpty && again.json["node"].text == "desk-2", "\(again)")

            let repaired = try home.run("verify --repair")
            #expect(repaired.code == 0, "\(repaired)")
            #expect(try payments(home, home.data) == ["100.00"])
            #expect(try payments(home, copy).sorted() == ["100.00", "777.00"])
            #expect(try home.run("mirror", at(copy)).out.contains("没有镜像"))
            try home.do("payment.receive unit=3-2-503 amount=55 method=现金")
            #expect(try home.run("verify").code == 0 && home.run("verify", at(copy)).code == 0)
            let segment = try #require(home.segments().last)
            let mirrored = try Data(contentsOf: URL(fileURLWithPath: "\(mirror)/desk/\(segment.lastPathComponent)"))
            #expect(try mirrored == Data(contentsOf: segment), "the original's mirror follows")
        }

        @Test("A repair in a copy leaves the original's mirror alone")
        func repairInCopy() throws {
            let home = try TestHome()
            let (mirror, copy) = (try home.file("mirror"), try home.file("tcopy"))
            #expect(try home.run(["mirror", mirror]).code == 0)
            try manager.copyItem(atPath: home.data, toPath: copy)
            try home.do("payment.receive unit=3-2-501 amount=100 method=现金")
            let repaired = try home.run("verify --repair", at(copy))
            #expect(repaired.code == 0 && repaired.out.contains("复制"), "\(repaired)")
            #expect(try payments(home, copy).isEmpty)
            #expect(try home.run(["mirror", mirror], at(copy)).err.contains("mirror.owned"))
            #expect(try home.run(["mirror", "--adopt"], at(copy)).err.contains("mirror.stands"))
            #expect(!manager.fileExists(atPath: "\(copy)/journal/desk-2"), "a refusal changes nothing")
            #expect(try home.run("verify").code == 0)
        }

        @Test("A folder that was moved goes on; one moved to another disk does after one command")
        func moved() throws {
            let home = try TestHome()
            let (mirror, other) = (try home.file("mirror"), try home.file("other"))
            #expect(try home.run(["mirror", mirror]).code == 0)
            try manager.moveItem(atPath: home.data, toPath: other)
            let paid = try run(home, "do payment.receive unit=3-2-501 amount=100 method=现金", other)
            #expect(paid.json["node"].text == "desk" && paid.err.isEmpty, "\(paid)")
            // Copied and deleted.
            try manager.copyItem(atPath: other, toPath: home.data)
            try manager.removeItem(atPath: other)
            let adopted = try home.run("mirror --adopt")
            #expect(adopted.code == 0 && adopted.out.contains(mirror), "\(adopted)")
            let next = try home.run("do payment.receive unit=3-2-502 amount=50 method=现金")
            #expect(next.json["node"].text == "desk" && next.err.isEmpty, "\(next)")
            #expect(try home.run("verify").code == 0)
        }

        @Test("Twenty backups under a busy writer are consistent and complete", .timeLimit(.minutes(5)))
        func backupWhileWriting() throws {
            let home = try TestHome()
            let writer = try home.start("do --lines --as S03")
            var acknowledged: [String] = []
            var sent = 0
            func feed(_ count: Int) {
                for _ in 0..<count {
                    writer.write(TestHome.visitor("客\(sent)") + "\n")
                    sent += 1
                }
            }
            func take() throws {
                while acknowledged.count < sent, let answer = writer.line(within: 10) {
                    acknowledged.append(try #require(JSON(answer)["id"].text))
                }
            }
            feed(3)
            try take()
            for round in 0..<20 {
                feed(25)
                let before = acknowledged
                let place = try home.file("backup-\(round)")
                let made = try home.run(["backup", place])
                #expect(made.code == 0 && made.err.isEmpty, "\(made)")
                try take()
                #expect(try home.run("verify", at(place)).code == 0)
                let shown = Set(try run(home, "show gate --json", place).json.array.compactMap { $0["id"].text })
                #expect(shown.isSuperset(of: before))
                if !round.isMultiple(of: 5) { continue }
                let restored = try home.file("restored-\(round)")
                let outcome = try home.run(["restore", place, restored])
                #expect(outcome.code == 0 && outcome.out.contains("desk-2"), "\(outcome)")
                try run(home, "do visitor.arrive name=后来 host=3-2-501 purpose=快递", restored)
                #expect(try run(home, "show gate --json", restored).json.array.count == shown.count + 1)
                #expect(try home.run("verify", at(restored)).code == 0)
            }
            writer.closeInput()
            #expect(writer.wait() == 0)
            #expect(try home.run("verify").code == 0)
            let names = try manager.contentsOfDirectory(atPath: home.folder.path)
            #expect(!names.contains { $0.contains("partial") })
        }

        @Test("A tar archive is written to standard output, also read by tar, and restored")
        func archive() throws {
            let home = try TestHome()
            let pin = try home.file("pin", "2468\n")
            #expect(try home.run(["pin", "--as", "S01", "--new-pin-file", pin]).code == 0)
            let archive = try home.file("backup.tar")
            let child = try ChildProcess(
                [Program.path, "backup", "-"], environment: home.environment(),
                .files(input: "/dev/null", output: archive, errors: try home.file("errors")))
            #expect(child.wait() == 0)
            let listed = try ChildProcess(
                ["tar", "-tvf", archive], environment: home.environment(),
                .files(input: "/dev/null", output: try home.file("list"), errors: try home.file("errors")))
            if listed.wait() == 0 {
                let list = try TestHome.text(try home.file("list"))
                #expect(list.contains("journal/desk/") && list.contains("pins/") && list.contains("BACKUP"), "\(list)")
                #expect(list.split(separator: "\n").allSatisfy { $0.hasPrefix("-rw------- ") })
            }
            let restored = try home.file("restored")
            #expect(try home.run(["restore", archive, restored]).code == 0)
            #expect(try run(home, "show units --json", restored).json.array.count == 3)
            #expect(try home.run("do unit.add unit=3-2-509", at(restored)).code == 3, "the PIN was restored")
            let done = try home.run(["do", "unit.add", "unit=3-2-509", "--pin-file", pin], at(restored))
            #expect(done.json["node"].text == "desk-2", "\(done)")
            let half = try home.file("half.tar", try Data(contentsOf: URL(fileURLWithPath: archive)).dropLast(2000))
            let refused = try home.run(["restore", half, try home.file("never")])
            #expect(refused.code == 2 && refused.err.contains("copy.notTar"), "\(refused)")
            #expect(!manager.fileExists(atPath: try home.file("never")))
            let full = try ChildProcess(
                [Program.path, "backup", "-"], environment: home.environment(),
                .files(input: "/dev/null", output: "/dev/full", errors: try home.file("errors")))
            #expect(full.wait() == 5)
        }

        @Test("A bare mirror is restored, and goes on as the mirror of the restored folder")
        func bareMirror() throws {
            let home = try TestHome()
            let (mirror, restored) = (try home.file("mirror"), try home.file("restored"))
            #expect(try home.run(["mirror", mirror]).code == 0)
            try home.do("payment.receive unit=3-2-501 amount=100 method=现金")
            let keys = try home.file("kept-keys")
            try manager.copyItem(atPath: "\(home.data)/keys", toPath: keys)
            try manager.removeItem(atPath: home.data)
            #expect(try home.run(["restore", mirror, restored]).code == 0)
            #expect(try payments(home, restored) == ["100.00"])
            // A mirror has no keys: they come from a backup.
            let blind = try home.run("verify", at(restored))
            #expect(blind.code == 4 && blind.out.contains("keys"), "\(blind)")
            try manager.copyItem(atPath: keys, toPath: "\(restored)/keys")
            #expect(try home.run(["mirror", mirror], at(restored)).code == 2)
            #expect(try home.run(["mirror", "--adopt", mirror], at(restored)).code == 0)
            try run(home, "do payment.receive unit=3-2-502 amount=50 method=现金", restored)
            #expect(try home.run("verify", at(restored)).code == 0)
            let second = try home.file("second")
            #expect(try home.run(["restore", mirror, second]).code == 0)
            #expect(try payments(home, second) == ["100.00", "50.00"])
            for (source, place, code) in [
                (mirror, restored, "copy.notEmpty"), (try home.file("nowhere"), try home.file("third"), "copy.missing"),
            ] {
                let refused = try home.run(["restore", source, place, "--json"])
                #expect(refused.code != 0 && refused.err.contains(code), "\(refused)")
            }
        }

        @Test("A folder on a read-only disk is shown and verified", .enabled(if: ReadOnlyDisk.isAvailable))
        func readOnly() throws {
            let home = try TestHome()
            try home.addVisitors(3)
            let place = try home.file("backup")
            #expect(try home.run(["backup", place]).code == 0)
            for folder in [home.data, place] {
                let disk = try ReadOnlyDisk(of: folder)
                #expect(try home.run("verify", at(disk.path)).code == 0)
                #expect(try run(home, "show gate --json", disk.path).json.array.count == 3)
                let refused = try home.run("do visitor.arrive name=甲 host=3-2-501 purpose=快递", at(disk.path))
                #expect(refused.code == 5 && refused.err.contains("disk.readOnly"), "\(refused)")
                // Nothing has to be changed, so nothing is locked.
                #expect(try home.run("verify --repair", at(disk.path)).code == 0)
                #expect(try home.run(["mirror", home.file("mirror")], at(disk.path)).code == 5)
                let restored = try home.file("restored-\(UUID().uuidString)")
                #expect(try home.run(["restore", disk.path, restored]).code == 0)
                let again = try home.file("again-\(UUID().uuidString)")
                #expect(try home.run(["backup", again], at(disk.path)).code == 0)
            }
            #expect(try manager.contentsOfDirectory(atPath: place).contains("LOCK") == false)
        }
    }
}

/// A folder seen through a mount that cannot be written to, by a child process in its own mount namespace.
final class ReadOnlyDisk {
    private let holder: ChildProcess
    let path: String

    static let isAvailable: Bool = (try? ReadOnlyDisk(of: FileManager.default.temporaryDirectory.path)) != nil

    private struct Unavailable: Error {}

    init(of folder: String) throws {
        holder = try ChildProcess(
            ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c"]
                + [
                    "mount --bind '\(folder)' '\(folder)' && mount -o remount,ro,bind '\(folder)' && echo ro && exec cat"
                ],
            environment: ["PATH": ProcessInfo.processInfo.environment["PATH"] ?? ""], .pipes(errors: "/dev/null"))
        guard holder.line() == "ro" else { throw Unavailable() }
        path = "/proc/\(holder.number)/root\(folder)"
        guard access(path, R_OK) == 0, access(path, W_OK) != 0 else { throw Unavailable() }
    }
}
