import Testing

@testable import Journal
@testable import TestDisks

@Suite("File systems whose locks cannot be trusted")
struct FileSystemTests {
    @Test(
        "are refused by name",
        arguments: [
            (0x6969, "nfs"), (0x517B, "smb"), (0xFF53_4D42, "cifs"), (0xFE53_4D42, "smb3"), (0x6573_5546, "fuse"),
            (0x0102_1997, "9p"), (0x786F_4256, "vboxsf"), (0xBACB_ACBC, "vmhgfs"), (0x7C7C_6673, "prl_fs"),
            (0x00C3_6400, "ceph"), (0x5346_414F, "afs"), (0x6B41_4653, "afs"), (0x0BD0_0BD0, "lustre"),
        ])
    func refused(magic: Int, name: String) {
        #expect(FileSystem(magic: magic).untrusted == name)
        #expect(FileSystem(magic: magic).needsType)
    }

    @Test("are named by their mount, and drvfs is known by it")
    func named() {
        #expect(FileSystem(magic: 0x6573_5546, type: "fuse.sshfs").untrusted == "fuse.sshfs")
        #expect(FileSystem(magic: 0x5346_4846, type: "drvfs").untrusted == "drvfs")
        #expect(FileSystem(magic: 0x5346_4846, type: "wslfs").untrusted == nil, "WSL 1's own disk")
    }

    @Test(
        "are not those of a machine's own disks",
        arguments: [0xEF53, 0x5846_5342, 0x9123_683E, 0x0102_1994, 0x2FC1_2FC1])
    func local(magic: Int) {
        #expect(FileSystem(magic: magic).untrusted == nil && !FileSystem(magic: magic).needsType)
    }

    @Test("The mount of a path is the longest and last one that holds it")
    func mounts() {
        let mounts = """
            22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
            30 22 0:5 / /mnt rw - tmpfs none rw
            36 30 0:31 / /mnt/usb\\040disk rw,noatime master:1 - drvfs D:\\134 rw
            40 22 0:40 / /srv rw - ext4 /dev/vdb rw
            41 40 0:41 / /srv rw - nfs4 host:/srv rw
            """
        for (path, type) in [
            ("/home/desk", "ext4"), ("/mnt", "tmpfs"), ("/mnt/usb disk/data", "drvfs"), ("/mnt/usb", "tmpfs"),
            ("/srv/data", "nfs4"), ("/", "ext4"),
        ] {
            #expect(FileSystem.type(of: path, in: mounts) == type, "\(path)")
        }
        #expect(FileSystem.type(of: "/", in: "") == nil)
    }

    @Test("A journal on one is refused, with its name")
    func journal() throws {
        let disk = MemoryDisk(files: try MemoryDisk.withJournal().files, network: MemoryDisk.folder)
        #expect(throws: JournalError.network(folder: MemoryDisk.folder, fileSystem: "nfs")) {
            _ = try Journal(at: MemoryDisk.folder, disk: disk)
        }
    }
}
