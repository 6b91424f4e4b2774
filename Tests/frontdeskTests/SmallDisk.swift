import Foundation
import Glibc

/// A disk of 128 KB that can be filled completely.
///
/// A tmpfs, mounted by a child process in its own user and mount namespace and accessed through `/proc/PID/root`. Needs
/// unprivileged user namespaces, which not every machine permits.
final class SmallDisk {
    private let holder: ChildProcess
    let path: String

    static let isAvailable: Bool = (try? SmallDisk()) != nil

    private struct Unavailable: Error {}

    init() throws {
        let folder = FileManager.default.temporaryDirectory.path
        holder = try ChildProcess(
            ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c"]
                + ["mount -t tmpfs -o size=128k none '\(folder)' && echo mounted && exec cat"],
            environment: ["PATH": ProcessInfo.processInfo.environment["PATH"] ?? ""], .pipes(errors: "/dev/null"))
        guard holder.line() == "mounted" else { throw Unavailable() }
        path = "/proc/\(holder.number)/root\(folder)"
        guard access(path, W_OK) == 0 else { throw Unavailable() }
    }

    private var filler: String { "\(path)/filler" }

    /// Fills the disk to the last page.
    func fill() throws {
        let file = open(filler, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        guard file >= 0 else { throw Unavailable() }
        defer { close(file) }
        let page = [UInt8](repeating: 0, count: 4096)
        while write(file, page, page.count) > 0 {}
    }

    func free() { unlink(filler) }
}
