import Glibc
import Journal

// What a failed system call is called.
extension DiskFailure {
    /// A stable English code, which scripts rely on.
    var code: String {
        if isFull { return "disk.full" }
        if isDenied { return "disk.denied" }
        if isOnReadOnlyDisk { return "disk.readOnly" }
        if isOfOtherKind { return "disk.kind" }
        return isOfEncoding ? "usage.encoding" : "disk.failed"
    }

    /// The fault and the remedy, for people.
    var label: Label {
        if isDenied {
            return Label(
                "这个账户没有权限，没有确认任何记录；换有权限的账户，或请管理员放开（几个账户共用，见 init --group）：\(faultLabel.chinese)",
                en:
                    "this account lacks the permission, nothing was acknowledged; use another account, or have it permitted (several share a folder by init --group): \(faultLabel.english)"
            )
        }
        if isOnReadOnlyDisk {
            return Label(
                "磁盘只读，没有确认任何记录；请以可写方式挂载：\(faultLabel.chinese)",
                en:
                    "the disk is mounted read-only, nothing was acknowledged; mount it for writing: \(faultLabel.english)"
            )
        }
        if isOfOtherKind {
            return Label(
                "\(path) 是管道、设备一类，不是文件，没有读它；请移开",
                en: "\(path) is a pipe or a device, not a file, and was not read; move it away")
        }
        if isOfEncoding {
            return Label(
                "文件夹名不是 UTF-8 文字，不能用：\(path)；请改名 · the path is not UTF-8",
                en: "the path is not UTF-8 and cannot be used: \(path); rename the folder")
        }
        return Label(
            "磁盘操作失败，没有确认任何记录，请\(isFull ? "腾出空间" : "检查磁盘")后重试：\(faultLabel.chinese)",
            en:
                "the disk failed, nothing was acknowledged; \(isFull ? "free some space" : "see to the disk") and try again: \(faultLabel.english)"
        )
    }

    /// The call, the path and the reason, for people.
    var faultLabel: Label {
        Label("\(call) \(path)：\(reasonLabel.chinese)", en: "\(call) \(path): \(reasonLabel.english)")
    }

    /// The path and the reason, for people.
    public var placeLabel: Label { Label("\(path)：\(reasonLabel.chinese)", en: "\(path): \(reasonLabel.english)") }

    /// The reason, for people.
    public var reasonLabel: Label {
        isOfOtherKind ? Label("不是普通文件", en: reason) : Label(systemError: number)
    }

    /// The mirror belongs to another data folder, for people.
    public var foreignMirrorLabel: Label {
        Label(
            "镜像属于另一个数据文件夹，没有写入也没有读取：\(path)；另设镜像，或执行 frontdesk mirror --adopt 接管",
            en:
                "the mirror belongs to another data folder and was neither written nor read: \(path); set another one, or take it over with frontdesk mirror --adopt"
        )
    }
}

extension Label {
    /// An error number of the system (`errno`), for people. A rare one has the system's own reasonLabel.
    init(systemError number: Int32) {
        let own = String(cString: strerror(number))
        self.init(Label.systemErrors[number] ?? "系统错误 \(number)（\(own)）", en: own)
    }

    private static let systemErrors: [Int32: String] = [
        EPERM: "不允许", ENOENT: "没有这个文件或文件夹", EIO: "磁盘读写出错", EAGAIN: "暂时不可用", ENOMEM: "内存不足",
        EACCES: "没有权限", EBUSY: "正被占用", EEXIST: "已经存在", EXDEV: "不在同一个磁盘上", ENODEV: "没有这个设备",
        ENOTDIR: "不是文件夹", EISDIR: "是文件夹，不是文件", ENFILE: "系统打开的文件太多", EMFILE: "程序打开的文件太多",
        EFBIG: "文件太大", ENOSPC: "磁盘已满", EROFS: "磁盘只读", EMLINK: "链接太多", ENAMETOOLONG: "名称太长",
        ENOTEMPTY: "文件夹不是空的", ELOOP: "是符号链接，或链接绕成圈", EDQUOT: "空间配额已用完", ESTALE: "网络盘上的文件已失效",
        ETIMEDOUT: "没有回应", ENOTCONN: "没有连接", EHOSTDOWN: "对方机器没有开", EILSEQ: "名称不是 UTF-8",
    ]
}
