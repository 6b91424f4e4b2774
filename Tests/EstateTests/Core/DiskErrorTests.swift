import Glibc
import Journal
import Testing

@testable import Estate

@Suite("What is said of a failure of the disk")
struct DiskErrorTests {
    @Test(
        "has a code of its own for a full disk, a missing permission and a read-only disk, and their remedies",
        arguments: [
            (ENOSPC, "disk.full", "腾出空间", "free some space"), (EDQUOT, "disk.full", "腾出空间", "free some space"),
            (EACCES, "disk.denied", "没有权限", "lacks the permission"),
            (EPERM, "disk.denied", "没有权限", "lacks the permission"),
            (EROFS, "disk.readOnly", "磁盘只读", "read-only"), (EIO, "disk.failed", "检查磁盘", "see to the disk"),
            (EILSEQ, "usage.encoding", "不是 UTF-8", "not UTF-8"),
        ])
    func remedies(number: Int32, code: String, chinese: String, english: String) {
        let error = JournalError.disk(DiskFailure(call: "open", path: "/srv/data/LOCK", number: number))
        #expect(error.code == code)
        #expect(error.label.chinese.contains(chinese) && error.label.chinese.contains("/srv/data/LOCK"))
        #expect(error.label.english.contains(english) && error.label.english.contains("/srv/data/LOCK"))
        #expect(error.label.english.contains("free some space") == (code == "disk.full"))
    }

    @Test("names the file system whose locks cannot be trusted")
    func fileSystem() {
        let error = JournalError.network(folder: "/mnt/c/data", fileSystem: "drvfs")
        #expect(
            error.code == "data.network" && error.label.chinese.contains("drvfs")
                && error.label.english.contains("drvfs"))
    }
}
