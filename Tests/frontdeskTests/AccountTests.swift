import Foundation
import Glibc
import Testing

extension Program {
    @Suite("Several accounts of the machine")
    struct AccountTests {
        /// Accounts that exist as long as the object: `a` and `b` are in the group, `c` is not.
        private final class Accounts {
            let group = "fdg\(getpid())"
            static let letters = ["a", "b", "c"]

            func name(_ letter: String) -> String { "fd\(letter)\(getpid())" }

            init() throws {
                try #require(try Accounts.run(["groupadd", group]) == 0)
                for letter in Accounts.letters {
                    let groups = letter == "c" ? [] : ["-G", group]
                    try #require(try Accounts.run(["useradd", "-M", "-N"] + groups + [name(letter)]) == 0)
                }
            }

            deinit {
                for letter in Accounts.letters { _ = try? Accounts.run(["userdel", name(letter)]) }
                _ = try? Accounts.run(["groupdel", group])
            }

            private static func run(_ words: [String]) throws -> Int32? {
                let environment = ["PATH": "/usr/sbin:/usr/bin:/sbin:/bin"]
                return try ChildProcess(
                    words, environment: environment,
                    .files(input: "/dev/null", output: "/dev/null", errors: "/dev/null")
                ).wait()
            }

            /// Whether accounts can be made here, and can run the program.
            static let isAvailable: Bool = {
                guard geteuid() == 0 else { return false }
                let child = try? ChildProcess(
                    ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups", Program.path, "--version"],
                    environment: ProcessInfo.processInfo.environment,
                    .files(input: "/dev/null", output: "/dev/null", errors: "/dev/null"))
                let tools = ["/usr/sbin/useradd", "/usr/sbin/groupadd", "/usr/sbin/userdel", "/usr/sbin/groupdel"]
                return child?.wait() == 0 && tools.allSatisfy { access($0, X_OK) == 0 }
            }()
        }

        private static let reason: Comment = "needs root, useradd and setpriv, and a program that all accounts can run"

        /// Runs the program as one of the accounts, with the umask of a login.
        private func run(
            _ home: TestHome, _ account: String, _ words: String, input: String = "", _ changes: [String: String] = [:]
        ) throws -> Outcome {
            let (output, errors) = (try home.file("account.out"), try home.file("account.err"))
            let child = try ChildProcess(
                [
                    "setpriv", "--reuid", account, "--regid", "users", "--init-groups", "sh", "-c",
                    "umask 022; exec \"$@\"", "sh",
                ]
                    + [Program.path] + words.split(separator: " ").map(String.init),
                environment: home.environment(changes),
                .files(input: try home.file("account.in", input), output: output, errors: errors))
            return Outcome(
                code: try #require(child.wait()), out: try TestHome.text(output), err: try TestHome.text(errors))
        }

        /// A folder that every account may write to.
        private func open(_ home: TestHome, _ name: String) throws -> String {
            let path = try home.file(name)
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
            try #require(chmod(path, 0o1777) == 0 && chmod(home.folder.path, 0o755) == 0)
            return path
        }

        @Test(
            "The accounts of a group share a folder, its keys, PINs, drafts and mirror",
            .enabled(if: Accounts.isAvailable, reason))
        func sharing() throws {
            let (home, accounts) = (try TestHome(empty: true), try Accounts())
            let (a, b, c) = (accounts.name("a"), accounts.name("b"), accounts.name("c"))
            let place = try open(home, "srv")
            let (data, mirror) = ("\(place)/estate/data", "\(place)/mirror/deep")
            let here = ["FRONTDESK_DATA": data]
            let made = try run(
                home, a, "init --name 翠湖 --staff S01:王:manager --group \(accounts.group) --mirror \(mirror)", here)
            #expect(made.code == 0 && made.err.isEmpty, "\(made)")
            let lines = """
                {"do":"unit.add","unit":"3-2-501"}
                {"do":"person.add","name":"李四","unit":"3-2-501","role":"owner","phone":"13800001111"}
                {"do":"visitor.arrive","name":"张三","host":"3-2-501","purpose":"快递"}

                """
            for (account, unit) in [(b, "3-2-503"), (a, "3-2-502")] {
                let done = try run(home, account, "do --lines", input: lines.replacing("3-2-501", with: unit), here)
                #expect(done.code == 0 && done.err.isEmpty, "\(done)")
            }
            let visitor = try run(home, b, "do visitor.arrive name=王五 host=3-2-503 purpose=探亲", here)
            #expect(visitor.code == 0 && visitor.err.isEmpty, "\(visitor)")
            let pin = try home.file("pin", "4711")
            #expect(chmod(pin, 0o644) == 0)
            #expect(try run(home, b, "pin --new-pin-file \(pin)", here).code == 0)
            let signedIn = try run(home, a, "do visitor.arrive name=赵六 host=3-2-503 purpose=探亲 --pin-file \(pin)", here)
            #expect(signedIn.code == 0, "\(signedIn)")
            // Leaves preferences, and a draft if it ends in a form.
            #expect(try run(home, b, "console --linear --pin-file \(pin)", input: "F10\n", here).code == 0)
            for account in [a, b] {
                let shown = try run(home, account, "show gate --csv", here)
                #expect(shown.code == 0 && shown.out.contains("赵六") && shown.out.contains("王五"), "\(shown)")
                #expect(try run(home, account, "verify", here).code == 0)
            }
            let group = try #require(getgrnam(accounts.group)).pointee.gr_gid
            for root in [data, mirror] {
                let inside = try FileManager.default.subpathsOfDirectory(atPath: root)
                #expect(!inside.isEmpty)
                for path in [root] + inside.map({ "\(root)/\($0)" }) {
                    var status = stat()
                    try #require(stat(path, &status) == 0)
                    let isFolder = status.st_mode & S_IFMT == S_IFDIR
                    #expect(status.st_gid == group && status.st_mode & 0o7777 == (isFolder ? 0o2770 : 0o660), "\(path)")
                }
            }
            // A backup is its maker's alone, a restored folder the group's if asked.
            let backup = "\(place)/backup"
            #expect(try run(home, b, "backup \(backup)", here).code == 0)
            #expect(try run(home, a, "verify --data \(backup)").code == 5)
            let restored = try run(home, b, "restore \(backup) \(place)/again --group \(accounts.group)")
            #expect(restored.code == 0, "\(restored)")
            #expect(try run(home, a, "do unit.add unit=9-9-909 --pin-file \(pin) --data \(place)/again").code == 0)
            // Nobody else gets in.
            let refused = try run(home, c, "show gate --json", here)
            #expect(refused.code == 5 && refused.error["code"].text == "disk.denied", "\(refused)")
            let outsider = try run(
                home, c, "init --name 翠湖 --staff S01:王:manager --group \(accounts.group) --data \(place)/c")
            #expect(outsider.code == 2 && outsider.err.contains("init.group"), "\(outsider)")
            #expect(!FileManager.default.fileExists(atPath: "\(place)/c"))
        }

        @Test("A missing permission is called so, not a full disk", .enabled(if: Accounts.isAvailable, reason))
        func denied() throws {
            let (home, accounts) = (try TestHome(), try Accounts())
            let (a, place) = (accounts.name("a"), try open(home, "srv"))
            let made = try run(home, a, "init --name 翠湖 --staff S01:王:manager", ["FRONTDESK_DATA": "\(place)/own"])
            #expect(made.code == 0)
            var status = stat()
            #expect(stat("\(place)/own/NODE", &status) == 0 && status.st_mode & 0o7777 == 0o600)
            // A private folder of another account; a folder that may be read only; a place where nothing may be made.
            try #require(chmod("\(place)/own", 0o755) == 0)
            for (words, data) in [
                ("show units", home.data), ("do unit.add unit=1-1-101", home.data), ("verify", home.data),
                ("init --name 翠湖 --staff S01:王:manager", "/etc/frontdesk"),
                ("do unit.add unit=1-1-101", "\(place)/own"),
                ("backup /etc/frontdesk-backup", "\(place)/own"),
            ] {
                let account = data == "\(place)/own" && words.hasPrefix("do") ? accounts.name("b") : a
                let refused = try run(home, account, words, ["FRONTDESK_DATA": data])
                #expect(refused.code == 5 && refused.err.contains("disk.denied"), "\(words): \(refused)")
                #expect(refused.err.contains("没有权限") && !refused.err.contains("腾出空间"), "\(words): \(refused)")
            }
            let unknown = try home.run("init --name 翠湖 --staff S01:王:manager --group no-such-group --data \(place)/new")
            #expect(unknown.code == 2 && unknown.err.contains("init.group"), "\(unknown)")
            let hidden = "\(place)/hidden"
            try FileManager.default.createDirectory(
                atPath: hidden, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            let warned = try home.run(
                "init --name 翠湖 --staff S01:王:manager --group \(accounts.group) --data \(hidden)/data")
            #expect(warned.code == 0 && warned.err.contains(hidden), "\(warned)")
        }
    }
}
