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

    @Test(
        "gives the system's reason in the reader's language, and a rare one by its number",
        arguments: [
            (ENOENT, "没有这个文件或文件夹", "No such file"), (EIO, "磁盘读写出错", "Input/output error"),
            (ENOSPC, "磁盘已满", "No space left"), (ETIMEDOUT, "没有回应", "timed out"), (EUCLEAN, "系统错误 117", "clean"),
        ])
    func reasons(number: Int32, chinese: String, english: String) {
        let failure = DiskFailure(call: "write", path: "/srv/data", number: number)
        for label in [failure.reasonLabel, JournalError.recorded(failure).label, JournalError.readOnly(failure).label] {
            #expect(label.chinese.contains(chinese) && label.english.contains(english))
        }
        #expect(failure.faultLabel.chinese.hasPrefix("write /srv/data：\(failure.reasonLabel.chinese)"))
    }

    @Test("names the file system whose locks cannot be trusted")
    func fileSystem() {
        let error = JournalError.network(folder: "/mnt/c/data", fileSystem: "drvfs")
        #expect(
            error.code == "data.network" && error.label.chinese.contains("drvfs")
                && error.label.english.contains("drvfs"))
    }
}
