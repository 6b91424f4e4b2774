import CSystem
import Glibc

/// A failed system call: its name, the path, and `errno`.
public struct DiskFailure: Error, Equatable, Sendable {
    public let call: String
    public let path: String
    public let number: Int32

    public init(call: String, path: String, number: Int32) {
        self.call = call
        self.path = path
        self.number = number
    }

    /// The system's text for the error number.
    public var reason: String {
        isOfOtherKind ? "not a regular file" : String(cString: strerror(number))
    }
    /// The path names a pipe, a device or a socket, which is never opened: it may hang, or have no end.
    public var isOfOtherKind: Bool { call == DiskFailure.opening && number == ESPIPE }
    static let opening = "open"
    /// The disk or a quota is full; freeing space helps.
    public var isFull: Bool { number == ENOSPC || number == EDQUOT }
    /// The account lacks a permission; another account or other modes help.
    public var isDenied: Bool { (number == EACCES || number == EPERM) && !isOfForeignMirror }
    /// The file system is mounted read-only.
    public var isOnReadOnlyDisk: Bool { number == EROFS }
    /// The path is not UTF-8.
    public var isOfEncoding: Bool { number == EILSEQ }
    var isOfSync: Bool { call == "fdatasync" || call == "fsync" }
}

/// The system calls that the journal makes. Tests replace them, to make each one fail.
///
/// All throw ``DiskFailure``.
public protocol Disk: Sendable {
    /// Creates a folder; `false` if it is there already.
    @discardableResult
    func makeFolder(_ path: String, mode: mode_t) throws -> Bool
    /// The names in a folder, sorted; empty if the path is no folder.
    func names(in path: String) throws -> [String]
    /// The last change of the names in a folder; `nil` if it is so recent that another may have the same time, or if it
    /// cannot be told.
    func settledChange(of folder: String) -> FolderChange?
    /// Opens a file or a folder; a pipe, a device or a socket is refused, see ``DiskFailure/isOfOtherKind``.
    func open(_ path: String, flags: Int32, mode: mode_t) throws -> Int32
    func close(_ file: Int32)
    func size(of file: Int32) throws -> Int
    /// Whether the path still names this open file; `false` once it is removed or replaced.
    func isCurrent(_ file: Int32, at path: String) throws -> Bool
    /// Reads up to `buffer.count` bytes and returns their count; 0 at the end of the file.
    func read(_ file: Int32, into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws -> Int
    /// One `write` to a file opened with `O_APPEND`; returns the bytes taken, which may be fewer.
    func append(_ bytes: UnsafeRawBufferPointer, to file: Int32) throws -> Int
    /// Writes all bytes at an offset; a short write is continued.
    func write(_ bytes: UnsafeRawBufferPointer, to file: Int32, at offset: Int) throws
    /// `fdatasync`: makes the file's bytes and length durable.
    func synchronise(_ file: Int32) throws
    /// `fsync` of a folder: makes its names durable.
    func synchroniseFolder(_ path: String) throws
    /// Takes an exclusive `flock` without waiting; `false` while another open file has it.
    func tryLock(_ file: Int32) throws -> Bool
    func unlock(_ file: Int32)
    /// The process that has an exclusive `flock` of the file; `nil` if the system does not tell.
    func lockHolder(of file: Int32) -> LockHolder?
    /// `rename`: atomically replaces a file of the other name.
    func rename(_ path: String, to other: String) throws
    /// `unlink`; a missing file is no error.
    func remove(_ path: String) throws
    /// The absolute path without links, `.` and `..`.
    func realPath(of path: String) throws -> String
    func fileSystem(of path: String) throws -> FileSystem
    /// What lets another account change what is in a folder; `nil` if nothing does, or it is not there. A folder that is
    /// `inside` another, of which the same holds, has to belong to who has that one, and be no link.
    func exposure(of folder: String, inside parent: String?) throws -> Exposure?
    /// Which file or folder this is, whatever its name.
    func identity(of path: String) throws -> FileIdentity
    /// `rmdir`: removes an empty folder; a missing one is no error.
    func removeFolder(_ path: String) throws
    /// The number of the group that shares a folder; `nil` for a private one. See ``share(_:with:)``.
    func sharedGroup(of folder: String) throws -> UInt32?
    /// Gives a folder to a group: mode 02770. Whatever is made in it later belongs to the group, too: folders likewise,
    /// files with mode 0660.
    func share(_ folder: String, with group: UInt32) throws
}

/// Tells a file or folder from every copy of it.
public struct FileIdentity: Equatable, Sendable {
    /// May change with a restart of the machine.
    public let device: UInt64
    public let inode: UInt64
    /// When it was made, in nanoseconds of Unix time; 0 if the file system does not tell.
    public let born: Int64

    public init(device: UInt64, inode: UInt64, born: Int64) {
        (self.device, self.inode, self.born) = (device, inode, born)
    }
}

/// How accounts that do not share a folder could change what is in it.
public enum Exposure: Equatable, Sendable {
    /// Everybody may write to it.
    case everybody
    /// It belongs to an account that has nothing to do with the data.
    case stranger
    /// It is a link to a folder elsewhere.
    case link
}

extension Disk {
    public func settledChange(of folder: String) -> FolderChange? { nil }
    public func exposure(of folder: String, inside parent: String?) throws -> Exposure? { nil }
}

/// The system calls of this machine.
public struct SystemDisk: Disk {
    public init() {}

    /// Repeats a call that failed with `EINTR`, which means it did nothing.
    private func retrying<Value: SignedInteger>(
        _ call: String, _ path: @autoclosure () -> String, _ body: () -> Value
    ) throws -> Value {
        while true {
            let result = body()
            if result >= 0 { return result }
            let number = errno
            if number != EINTR { throw DiskFailure(call: call, path: path(), number: number) }
        }
    }

    /// The path of an open file, for error messages.
    private func name(of file: Int32) -> String {
        var path = [UInt8](repeating: 0, count: Int(PATH_MAX))
        let count = readlink("/proc/self/fd/\(file)", &path, path.count)
        return count > 0 ? String(decoding: path[..<count], as: UTF8.self) : "\(file)"
    }

    @discardableResult
    public func makeFolder(_ path: String, mode: mode_t) throws -> Bool {
        if mkdir(path, mode) == 0 {
            try shareLikeParent(folder: path)
            return true
        }
        let number = errno
        var status = stat()
        if number == EEXIST, stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR { return false }
        throw DiskFailure(call: "mkdir", path: path, number: number)
    }

    public func names(in path: String) throws -> [String] {
        guard let folder = opendir(path) else {
            let number = errno
            if number == ENOENT || number == ENOTDIR { return [] }
            throw DiskFailure(call: "opendir", path: path, number: number)
        }
        defer { closedir(folder) }
        var names: [String] = []
        while true {
            // Only `errno` tells the end from a failure.
            errno = 0
            guard let entry = readdir(folder) else { break }
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        if errno != 0 { throw DiskFailure(call: "readdir", path: path, number: errno) }
        return names.sorted()
    }

    public func settledChange(of folder: String) -> FolderChange? {
        /// In seconds: no file system has coarser times.
        let coarsest = 2
        var (status, now) = (stat(), timespec())
        guard stat(folder, &status) == 0, clock_gettime(CLOCK_REALTIME, &now) == 0,
            status.st_mtim.tv_sec < now.tv_sec - coarsest
        else { return nil }
        return FolderChange(
            identity: [UInt64(status.st_dev), UInt64(status.st_ino)], seconds: status.st_mtim.tv_sec,
            nanoseconds: status.st_mtim.tv_nsec)
    }

    public func open(_ path: String, flags: Int32, mode: mode_t) throws -> Int32 {
        // O_NONBLOCK: opening a pipe would wait for its other end. Files and folders do not heed it.
        let file = try retrying(DiskFailure.opening, path) {
            Glibc.open(path, flags | O_CLOEXEC | O_NONBLOCK | O_NOCTTY, mode)
        }
        do {
            try requireFile(file, at: path)
            if flags & O_CREAT != 0 { try shareLikeParent(file, at: path) }
        } catch {
            close(file)
            if flags & O_EXCL != 0 { unlink(path) }
            throw error
        }
        return file
    }

    private func requireFile(_ file: Int32, at path: String) throws {
        var status = stat()
        _ = try retrying("fstat", path) { fstat(file, &status) }
        if ![S_IFREG, S_IFDIR].contains(status.st_mode & S_IFMT) {
            throw DiskFailure(call: DiskFailure.opening, path: path, number: ESPIPE)
        }
    }

    public func close(_ file: Int32) { _ = Glibc.close(file) }

    public func size(of file: Int32) throws -> Int {
        var status = stat()
        _ = try retrying("fstat", name(of: file)) { fstat(file, &status) }
        return Int(status.st_size)
    }

    public func isCurrent(_ file: Int32, at path: String) throws -> Bool {
        var (open, named) = (stat(), stat())
        _ = try retrying("fstat", path) { fstat(file, &open) }
        if stat(path, &named) != 0 {
            let number = errno
            if number == ENOENT { return false }
            throw DiskFailure(call: "stat", path: path, number: number)
        }
        return open.st_dev == named.st_dev && open.st_ino == named.st_ino
    }

    public func read(
        _ file: Int32, into buffer: UnsafeMutableRawBufferPointer, at offset: Int
    ) throws -> Int {
        try retrying("pread", name(of: file)) { pread(file, buffer.baseAddress, buffer.count, off_t(offset)) }
    }

    public func append(_ bytes: UnsafeRawBufferPointer, to file: Int32) throws -> Int {
        try retrying("write", name(of: file)) { Glibc.write(file, bytes.baseAddress, bytes.count) }
    }

    public func write(_ bytes: UnsafeRawBufferPointer, to file: Int32, at offset: Int) throws {
        try SystemDisk.complete(bytes, path: name(of: file)) { rest, done in
            try retrying("pwrite", name(of: file)) {
                pwrite(file, rest.baseAddress, rest.count, off_t(offset + done))
            }
        }
    }

    /// Repeats a short write with the bytes that are left. Only the error of a later one tells why it was short: the
    /// disk may be full, the file at its limit, or a signal may have come.
    static func complete(
        _ bytes: UnsafeRawBufferPointer, path: @autoclosure () -> String,
        write: (_ rest: UnsafeRawBufferPointer, _ done: Int) throws -> Int
    ) throws {
        var done = 0
        while done < bytes.count {
            let written = try write(UnsafeRawBufferPointer(rebasing: bytes[done...]), done)
            if written == 0 { throw DiskFailure(call: "pwrite", path: path(), number: EIO) }
            done += written
        }
    }

    public func synchronise(_ file: Int32) throws {
        _ = try retrying("fdatasync", name(of: file)) { fdatasync(file) }
    }

    public func synchroniseFolder(_ path: String) throws {
        let folder = try open(path, flags: O_RDONLY | O_DIRECTORY, mode: 0)
        defer { close(folder) }
        _ = try retrying("fsync", path) { fsync(folder) }
    }

    public func tryLock(_ file: Int32) throws -> Bool {
        do {
            _ = try retrying("flock", name(of: file)) { flock(file, LOCK_EX | LOCK_NB) }
            return true
        } catch let failure as DiskFailure where failure.number == EWOULDBLOCK {
            return false
        }
    }

    public func unlock(_ file: Int32) { _ = flock(file, LOCK_UN) }

    public func lockHolder(of file: Int32) -> LockHolder? {
        var status = stat()
        guard fstat(file, &status) == 0, let locks = try? contentsOfSystemFile("/proc/locks") else { return nil }
        guard
            let process = LockHolder.process(in: locks, inode: UInt64(status.st_ino), device: UInt64(status.st_dev))
        else { return nil }
        let program = (try? contentsOfSystemFile("/proc/\(process)/comm")) ?? ""
        return LockHolder(process: process, program: String(program.prefix { !$0.isNewline }))
    }

    /// The text of a file in `/proc`, whose size is not known before it is read.
    private func contentsOfSystemFile(_ path: String) throws -> String {
        let file = try open(path, flags: O_RDONLY, mode: 0)
        defer { close(file) }
        var text: [UInt8] = []
        while true {
            let part = try bytes(of: file, from: text.count, count: 1 << 16)
            text += part
            if part.isEmpty { return String(decoding: text, as: UTF8.self) }
        }
    }

    public func rename(_ path: String, to other: String) throws {
        _ = try retrying("rename", path) { Glibc.rename(path, other) }
    }

    public func remove(_ path: String) throws {
        if unlink(path) == 0 { return }
        let number = errno
        if number != ENOENT { throw DiskFailure(call: "unlink", path: path, number: number) }
    }

    public func realPath(of path: String) throws -> String {
        guard let real = realpath(path, nil) else {
            throw DiskFailure(call: "realpath", path: path, number: errno)
        }
        defer { free(real) }
        guard let text = String(validatingCString: real) else {
            throw DiskFailure(call: "realpath", path: String(cString: real), number: EILSEQ)
        }
        return text
    }

    public func fileSystem(of path: String) throws -> FileSystem {
        let magic = try retrying("statfs", path) { file_system_type(path) }
        let system = FileSystem(magic: magic & 0xFFFF_FFFF)
        guard system.needsType else { return system }
        let mounts = (try? contentsOfSystemFile("/proc/self/mountinfo")) ?? ""
        return FileSystem(magic: system.magic, type: FileSystem.type(of: try realPath(of: path), in: mounts) ?? "")
    }

    public func exposure(of folder: String, inside parent: String?) throws -> Exposure? {
        var (status, above) = (stat(), stat())
        // The data folder itself may be named by a link; what is in it may not.
        if (parent == nil ? stat(folder, &status) : lstat(folder, &status)) != 0 { return nil }
        if status.st_mode & S_IFMT == S_IFLNK { return .link }
        if status.st_mode & 0o002 != 0 { return .everybody }
        guard let parent, stat(parent, &above) == 0 else { return nil }
        return [above.st_uid, geteuid(), 0].contains(status.st_uid) || status.isShared ? nil : .stranger
    }

    public func identity(of path: String) throws -> FileIdentity {
        var found = file_identity()
        _ = try retrying("statx", path) { identify_file(path, &found) }
        return FileIdentity(device: found.device, inode: found.inode, born: found.born)
    }

    public func removeFolder(_ path: String) throws {
        if rmdir(path) == 0 { return }
        let number = errno
        if number != ENOENT { throw DiskFailure(call: "rmdir", path: path, number: number) }
    }
}
