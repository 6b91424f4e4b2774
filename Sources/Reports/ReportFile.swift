import Foundation
import Journal

/// Writes reports to files with mode 0600. A file is replaced atomically: after a failure the old content is intact.
public enum ReportFile {
    /// The folder for reports written by the console.
    public static func folder(of data: String) -> String { "\(data)/reports" }

    /// Creates or replaces a file; a symbolic link is followed. Returns the file's real path.
    ///
    /// - Throws: `JournalError.disk`; also if `path` is a folder or a device, or a link that another account has put into
    ///   a folder to which everybody may write, such as `/tmp`.
    @discardableResult
    public static func write(_ text: String, to path: String, on disk: any Disk = SystemDisk()) throws -> String {
        try write(text.utf8, to: path, on: disk)
    }

    /// The same for a file of bytes.
    @discardableResult
    public static func write(
        _ bytes: some Sequence<UInt8>, to path: String, on disk: any Disk = SystemDisk()
    ) throws -> String {
        do {
            let real = try resolved(path, on: disk)
            let (folder, name) = ((real as NSString).deletingLastPathComponent, (real as NSString).lastPathComponent)
            try disk.replace(name, in: folder, text: bytes)
            return real
        } catch let failure as DiskFailure {
            throw JournalError.disk(failure)
        }
    }

    /// Creates or replaces a file in a folder, which is created with mode 0700 if missing. Returns the file's real
    /// path.
    ///
    /// - Throws: `JournalError.disk`.
    public static func write(
        _ text: String, named name: String, in folder: String, on disk: any Disk = SystemDisk()
    ) throws -> String {
        try write(text.utf8, named: name, in: folder, on: disk)
    }

    /// The same for a file of bytes.
    public static func write(
        _ bytes: some Sequence<UInt8>, named name: String, in folder: String, on disk: any Disk = SystemDisk()
    ) throws -> String {
        do { try disk.makeFolder(folder, mode: 0o700) } catch let failure as DiskFailure {
            throw JournalError.disk(failure)
        }
        return try write(bytes, to: "\(folder)/\(name)", on: disk)
    }

    /// The path with symbolic links resolved. Throws `DiskFailure` if it exists and is not a regular file.
    private static func resolved(_ path: String, on disk: any Disk) throws -> String {
        var status = stat()
        if isPlanted(path) { throw DiskFailure(call: "open", path: path, number: ELOOP) }
        if stat(path, &status) == 0 {
            if status.st_mode & S_IFMT != S_IFREG { throw DiskFailure(call: "open", path: path, number: EEXIST) }
            return try disk.realPath(of: path)
        }
        let (folder, name) = ((path as NSString).deletingLastPathComponent, (path as NSString).lastPathComponent)
        return "\(try disk.realPath(of: folder.isEmpty ? "." : folder))/\(name)"
    }

    /// Whether the path is a link that neither this account nor the folder's owner has made, in a folder of everybody:
    /// what the kernel does not follow either (`fs.protected_symlinks`).
    private static func isPlanted(_ path: String) -> Bool {
        var (link, folder) = (stat(), stat())
        let parent = (path as NSString).deletingLastPathComponent
        guard lstat(path, &link) == 0, link.st_mode & S_IFMT == S_IFLNK,
            stat(parent.isEmpty ? "." : parent, &folder) == 0, folder.st_mode & 0o002 != 0
        else { return false }
        return link.st_uid != geteuid() && link.st_uid != folder.st_uid
    }
}
