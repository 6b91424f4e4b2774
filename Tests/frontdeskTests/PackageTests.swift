import Foundation
import Glibc
import Testing

/// The newest package in `.build`, which `Sources/Packaging/deb` makes.
private let newestPackage: String? = {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    let folder = root.appendingPathComponent(".build")
    let files = try? FileManager.default.contentsOfDirectory(
        at: folder, includingPropertiesForKeys: [.contentModificationDateKey])
    func age(_ file: URL) -> Date {
        (try? file.resourceValues(forKeys: [.contentModificationDateKey]).contentModificationDate)
            ?? .distantPast
    }
    return files?.filter { $0.pathExtension == "deb" }.max { age($0) < age($1) }?.path
}()

extension Program {
    @Suite("The Debian package", .enabled(if: newestPackage != nil, "make one: Sources/Packaging/deb"))
    struct PackageTests {
        private func run(_ home: TestHome, _ words: [String], _ changes: [String: String] = [:]) throws -> Outcome {
            let (output, errors) = (try home.file("tool.out"), try home.file("tool.err"))
            let child = try ChildProcess(
                words, environment: home.environment(changes),
                .files(input: "/dev/null", output: output, errors: errors))
            return Outcome(
                code: try #require(child.wait()), out: try TestHome.text(output), err: try TestHome.text(errors))
        }

        @Test("needs what its program links, and nothing of Swift")
        func dependencies() throws {
            let (home, package) = (try TestHome(empty: true), try #require(newestPackage))
            let root = try home.file("root")
            #expect(try run(home, ["dpkg-deb", "-x", package, root]).code == 0)
            let linked = try run(home, ["ldd", "\(root)/usr/bin/frontdesk"]).lines
                .compactMap { $0.trimmingCharacters(in: .whitespaces).split(separator: " ").first }.map(String.init)
            let permitted = [
                "libc.", "libm.", "libgcc_s.", "libstdc++.", "libncursesw.", "libtinfo.", "linux-vdso", "/lib",
            ]
            for library in linked { #expect(permitted.contains { library.hasPrefix($0) }, "\(library)") }
            let depends = try run(home, ["dpkg-deb", "-f", package, "Depends"]).out
            for (library, name) in [
                ("libc.", "libc6"), ("libncursesw.", "libncursesw6"), ("libtinfo.", "libtinfo6"),
                ("libgcc_s.", "libgcc-s1"), ("libstdc++.", "libstdc++6"),
            ] where linked.contains(where: { $0.hasPrefix(library) }) {
                #expect(depends.contains(name), "\(library): \(depends)")
            }
            let files = try FileManager.default.subpathsOfDirectory(atPath: root)
            #expect(files.allSatisfy { $0 == "usr" || $0.hasPrefix("usr/") })
            for file in [
                "share/man/man1/frontdesk.1.gz", "share/bash-completion/completions/frontdesk",
                "share/zsh/vendor-completions/_frontdesk", "share/fish/vendor_completions.d/frontdesk.fish",
                "share/doc/frontdesk/copyright", "share/doc/frontdesk/Operating.md",
                "lib/systemd/system/frontdesk-particulars@.service", "lib/systemd/system/frontdesk-particulars@.timer",
                "lib/systemd/system/frontdesk-hub@.service",
            ] {
                #expect(files.contains("usr/\(file)"), "\(file)")
            }
        }

        @Test(
            "runs where Swift is out of sight, and installing, upgrading and purging leave the data alone",
            .enabled(if: geteuid() == 0, "needs root"))
        func life() throws {
            let (home, package) = (try TestHome(empty: true), try #require(newestPackage))
            // The machine without Swift: its toolchain and the build lie under empty folders.
            let swift =
                try run(home, ["sh", "-c", "dirname $(dirname $(realpath $(command -v swift)))"]).lines.first ?? "/opt"
            let build = URL(fileURLWithPath: Program.path).deletingLastPathComponent().path
            let root = try home.file("root")
            func inside(_ words: String) throws -> Outcome {
                let hide = "mount -t tmpfs none '\(swift)' && mount -t tmpfs none '\(build)'"
                return try run(
                    home, ["unshare", "--mount", "sh", "-c", "\(hide) && exec '\(root)/usr/bin/frontdesk' \(words)"],
                    ["LD_LIBRARY_PATH": ""])
            }
            for path in ["var/lib/dpkg/info", "var/lib/dpkg/updates", "usr", "var/log"] {
                try FileManager.default.createDirectory(atPath: "\(root)/\(path)", withIntermediateDirectories: true)
            }
            _ = try home.file("root/var/lib/dpkg/status", "")
            let dpkg = ["dpkg", "--root=\(root)", "--force-depends"]
            #expect(try run(home, dpkg + ["-i", package]).code == 0)
            let demo = try inside("demo --no-console --seed 3 --data \(home.data)")
            #expect(demo.code == 0, "\(demo)")
            let before = try inside("show followups --csv")
            #expect(before.code == 0 && before.lines.count > 10)
            #expect(try inside("verify").code == 0)
            // A higher version of the same.
            let (next, tree) = (try home.file("next.deb"), try home.file("tree"))
            #expect(try run(home, ["dpkg-deb", "-R", package, tree]).code == 0)
            let control = try TestHome.text("\(tree)/DEBIAN/control").replacing(
                /\nVersion: .*\n/, with: "\nVersion: 99.0\n")
            try Data(control.utf8).write(to: URL(fileURLWithPath: "\(tree)/DEBIAN/control"))
            #expect(try run(home, ["dpkg-deb", "-Znone", "-b", tree, next]).code == 0)
            #expect(try run(home, dpkg + ["-i", next]).code == 0)
            #expect(try run(home, ["dpkg-query", "--admindir=\(root)/var/lib/dpkg", "-W"]).out.contains("99.0"))
            #expect(try inside("show followups --csv").out == before.out)
            let files = try FileManager.default.subpathsOfDirectory(atPath: home.data)
            #expect(try run(home, dpkg + ["-P", "frontdesk"]).code == 0)
            #expect(!FileManager.default.fileExists(atPath: "\(root)/usr/bin/frontdesk"))
            #expect(try FileManager.default.subpathsOfDirectory(atPath: home.data) == files)
            #expect(try home.run("verify").code == 0)
        }
    }
}
