/// The file system of a path: whether its locks and syncs guarantee what J1 to J9 need.
public struct FileSystem: Equatable, Sendable {
    /// `f_type` of `statfs`.
    public let magic: Int
    /// The type by which it is mounted, such as `fuse.sshfs`; empty if it was not asked for.
    public let type: String

    public init(magic: Int, type: String = "") { (self.magic, self.type) = (magic, type) }

    /// Network file systems and shares of a virtual machine's host, by magic number (linux/magic.h, and stat.c of GNU
    /// coreutils for those outside the kernel).
    private static let remote: [Int: String] = [
        0x6969: "nfs", 0x517B: "smb", 0xFF53_4D42: "cifs", 0xFE53_4D42: "smb3", 0x6573_5546: "fuse", 0x0102_1997: "9p",
        0x786F_4256: "vboxsf", 0xBACB_ACBC: "vmhgfs", 0x7C7C_6673: "prl_fs", 0x00C3_6400: "ceph",
        0x5346_414F: "afs", 0x6B41_4653: "afs", 0x0BD0_0BD0: "lustre", 0x7375_7245: "coda", 0x1983_0326: "beegfs",
    ]
    /// WSL 1, whose own disk and whose drvfs, the disks of Windows, have one number.
    private static let wsl = 0x5346_4846

    /// Whether ``type`` says more than ``magic``.
    var needsType: Bool { FileSystem.remote[magic] != nil || magic == FileSystem.wsl }

    /// The name of a file system whose locks cannot be trusted; `nil` for any other.
    public var untrusted: String? {
        if let name = FileSystem.remote[magic] { return type.isEmpty ? name : type }
        return magic == FileSystem.wsl && type == "drvfs" ? type : nil
    }

    /// The type of the mount that holds a path without links, by the text of `/proc/self/mountinfo`:
    ///
    ///     36 35 98:0 /root /mnt/usb\040disk rw,noatime master:1 - ext4 /dev/sdb1 rw
    static func type(of path: String, in mounts: String) -> String? {
        var found: (place: Int, type: String)?
        for line in mounts.split(separator: "\n") {
            let words = line.split(separator: " ")
            guard words.count > 6, let dash = words.firstIndex(of: "-"), dash + 1 < words.count else { continue }
            let place = unescaped(words[4])
            let folder = place.hasSuffix("/") ? place : place + "/"
            // Of several at one place, the last covers the others.
            guard (path + "/").hasPrefix(folder), folder.utf8.count >= found?.place ?? 0 else { continue }
            found = (folder.utf8.count, String(words[dash + 1]))
        }
        return found?.type
    }

    /// A place whose blanks, tabs, newlines and backslashes are written `\040`, `\011`, `\012` and `\134`.
    private static func unescaped(_ text: Substring) -> String {
        var (bytes, rest) = ([UInt8](), Array(text.utf8)[...])
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "\\"), rest.count > 2,
                let code = UInt8(String(decoding: rest.prefix(3), as: UTF8.self), radix: 8)
            {
                bytes.append(code)
                rest.removeFirst(3)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
