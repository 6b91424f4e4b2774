import Foundation
import Glibc

/// A disk of a few pages, which can really be full: memory, mounted where only a process of the test's own sees it and the
/// test reaches it through that process. It takes user namespaces, which not every machine allows.
final class SmallDisk {
    private let holder: Child
    let path: String

    static let isThere: Bool = (try? SmallDisk()) != nil

    private struct NotThere: Error {}

    init() throws {
        let folder = FileManager.default.temporaryDirectory.path
        holder = try Child(
            ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c"]
                + ["mount -t tmpfs -o size=128k none '\(folder)' && echo mounted && exec cat"],
            environment: ["PATH": ProcessInfo.processInfo.environment["PATH"] ?? ""], .pipes(errors: "/dev/null"))
        guard holder.line() == "mounted" else { throw NotThere() }
        path = "/proc/\(holder.number)/root\(folder)"
        guard access(path, W_OK) == 0 else { throw NotThere() }
    }

    private var filler: String { "\(path)/filler" }

    /// Fills what is left to the last page.
    func fill() throws {
        let file = open(filler, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        guard file >= 0 else { throw NotThere() }
        defer { close(file) }
        let page = [UInt8](repeating: 0, count: 4096)
        while write(file, page, page.count) > 0 {}
    }

    func free() { unlink(filler) }
}
