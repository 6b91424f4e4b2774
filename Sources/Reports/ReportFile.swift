import Foundation
import Journal

/// A report in a file of its own, which only its owner reads: the whole of it, or what was there before.
public enum ReportFile {
    /// Where the console puts reports of a data folder.
    public static func folder(of data: String) -> String { "\(data)/reports" }

    /// Writes a file in place of the one of that name, or of none; returns its path. Throws `JournalError`.
    @discardableResult
    public static func write(_ text: String, to path: String, on disk: any Disk = SystemDisk()) throws -> String {
        do {
            let real = try resolved(path, on: disk)
            let (folder, name) = ((real as NSString).deletingLastPathComponent, (real as NSString).lastPathComponent)
            try disk.replace(name, in: folder, text: text.utf8)
            return real
        } catch let failure as DiskFailure {
            throw JournalError.disk(failure)
        }
    }

    /// The same for a name in a folder that is made if it is not there.
    public static func write(
        _ text: String, named name: String, in folder: String, on disk: any Disk = SystemDisk()
    ) throws -> String {
        do { try disk.makeFolder(folder, mode: 0o700) } catch let failure as DiskFailure {
            throw JournalError.disk(failure)
        }
        return try write(text, to: "\(folder)/\(name)", on: disk)
    }

    /// The file that a path means: behind a link, the one that it leads to. What is there and no file is not replaced.
    private static func resolved(_ path: String, on disk: any Disk) throws -> String {
        var status = stat()
        if stat(path, &status) == 0 {
            if status.st_mode & S_IFMT != S_IFREG { throw DiskFailure(call: "open", path: path, number: EEXIST) }
            return try disk.realPath(of: path)
        }
        let (folder, name) = ((path as NSString).deletingLastPathComponent, (path as NSString).lastPathComponent)
        return "\(try disk.realPath(of: folder.isEmpty ? "." : folder))/\(name)"
    }
}
