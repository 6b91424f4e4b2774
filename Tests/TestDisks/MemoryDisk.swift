import Foundation
import Journal
import Synchronization

/// A disk in memory that models a power cut; see ``afterPowerCut(_:)``.
///
/// Files and names are kept apart, as inodes and directory entries are: syncing a file makes its bytes durable, syncing
/// a folder its names. A folder that was made and whose parent was not synced may be gone with all that is in it; one
/// that nobody made exists as soon as a file is in it. Locks do nothing unless ``isHeld``; only
/// one thread writes at a time.
final class MemoryDisk: Disk {
    struct State {
        /// The files by number; a rename keeps the number.
        var inodes: [[UInt8]] = []
        var names: [String: Int] = [:]
        /// The durable state.
        var synced: (inodes: [[UInt8]], names: [String: Int]) = ([], [:])
        /// Changes that are not durable yet, in order.
        var pending: [Change] = []
        var open: [Int32: Int] = [:]
        var nextFile: Int32 = 100
        /// Counts changes and syncs.
        var changes = 0
        /// The inode numbers of folders that were moved; of any other it follows from the path.
        var folders: [String: UInt64] = [:]
        /// The folders that were made.
        var made: Set<String> = []
        var isHeld = false

        mutating func forget(folder path: String) {
            made.remove(path)
            pending.removeAll { if case .folder(path) = $0 { true } else { false } }
        }
    }

    let state = Mutex(State())

    /// The prefix of paths that are on a network file system.
    private let network: String?

    /// - Parameter folders: ``folders`` of a disk that had these files.
    init(files: [String: [UInt8]] = [:], folders: [String: UInt64] = [:], network: String? = nil) {
        self.network = network
        state.withLock { state in
            state.folders = folders
            for (path, bytes) in files {
                state.names[path] = state.inodes.count
                state.inodes.append(bytes)
            }
            state.synced = (state.inodes, state.names)
        }
    }

    var files: [String: [UInt8]] { state.withLock { state in state.names.mapValues { state.inodes[$0] } } }
    var changes: Int { state.withLock { $0.changes } }
    /// Whether another program has all locks.
    var isHeld: Bool {
        get { state.withLock { $0.isHeld } }
        set { state.withLock { $0.isHeld = newValue } }
    }
    var openFiles: Int { state.withLock { $0.open.count } }
    var folders: [String: UInt64] { state.withLock { $0.folders } }

    private func inode(_ file: Int32, _ state: State) throws -> Int {
        guard let inode = state.open[file] else { throw DiskFailure(call: "fd", path: "\(file)", number: EBADF) }
        return inode
    }

    func makeFolder(_ path: String, mode: mode_t) throws -> Bool {
        state.withLock { state in
            let isThere = state.made.contains(path) || state.names.keys.contains { $0.hasPrefix(path + "/") }
            if isThere { return false }
            state.changes += 1
            state.made.insert(path)
            state.pending.append(.folder(path))
            return true
        }
    }

    func names(in path: String) throws -> [String] {
        state.withLock { state in
            let inside = state.names.keys.filter { $0.hasPrefix(path + "/") }
            return Set(inside.map { String($0.dropFirst(path.count + 1).prefix { $0 != "/" }) }).sorted()
        }
    }

    func open(_ path: String, flags: Int32, mode: mode_t) throws -> Int32 {
        try state.withLock { state in
            let inode = state.names[path] ?? state.inodes.count
            if inode == state.inodes.count {
                state.changes += 1
                if flags & O_CREAT == 0 { throw DiskFailure(call: "open", path: path, number: ENOENT) }
                state.inodes.append([])
                state.synced.inodes.append([])
                state.names[path] = inode
                state.pending.append(.name(path, inode: inode))
            }
            if flags & O_TRUNC != 0, !state.inodes[inode].isEmpty {
                state.changes += 1
                state.inodes[inode] = []
                state.pending.append(.emptied(inode: inode))
            }
            state.nextFile += 1
            state.open[state.nextFile] = inode
            return state.nextFile
        }
    }

    func close(_ file: Int32) { state.withLock { $0.open[file] = nil } }

    func size(of file: Int32) throws -> Int { try state.withLock { $0.inodes[try inode(file, $0)].count } }

    func isCurrent(_ file: Int32, at path: String) throws -> Bool {
        state.withLock { $0.open[file] != nil && $0.open[file] == $0.names[path] }
    }

    func read(_ file: Int32, into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws -> Int {
        try state.withLock { state in
            let bytes = state.inodes[try inode(file, state)]
            let count = max(0, min(buffer.count, bytes.count - offset))
            if count > 0 {
                bytes.withUnsafeBytes { buffer.copyMemory(from: .init(rebasing: $0[offset..<offset + count])) }
            }
            return count
        }
    }

    func append(_ bytes: UnsafeRawBufferPointer, to file: Int32) throws -> Int {
        try state.withLock { state in
            let inode = try inode(file, state)
            put(bytes, state.inodes[inode].count, inode, &state)
        }
        return bytes.count
    }

    func write(_ bytes: UnsafeRawBufferPointer, to file: Int32, at offset: Int) throws {
        try state.withLock { put(bytes, offset, try inode(file, $0), &$0) }
    }

    private func put(_ bytes: UnsafeRawBufferPointer, _ offset: Int, _ inode: Int, _ state: inout State) {
        state.changes += 1
        state.inodes[inode].put(bytes, at: offset)
        state.pending.append(.written(inode: inode, offset: offset, bytes: Array(bytes)))
    }

    func synchronise(_ file: Int32) throws {
        try state.withLock { state in
            let inode = try inode(file, state)
            state.changes += 1
            for change in state.pending where change.inode == inode { change.apply(to: &state.synced.inodes) }
            state.pending.removeAll { $0.inode == inode }
        }
    }

    /// Drops the unsynced bytes of a file, as Linux may when a sync fails: they can still be read, and no later sync
    /// makes them durable.
    func dropUnsynced(_ file: Int32) throws {
        try state.withLock { state in
            let inode = try inode(file, state)
            state.pending.removeAll { $0.inode == inode }
        }
    }

    func synchroniseFolder(_ path: String) throws {
        state.withLock { state in
            let start = path == "/" ? path : path + "/"
            func isInside(_ name: String) -> Bool {
                name.hasPrefix(start) && !name.dropFirst(start.count).contains("/")
            }
            state.changes += 1
            for case .movedFolder(let name, let other) in state.pending where isInside(other) {
                state.synced.names.move(name, to: other)
            }
            state.synced.names = state.synced.names.filter { !isInside($0.key) }
            for (name, inode) in state.names where isInside(name) { state.synced.names[name] = inode }
            state.pending.removeAll { $0.name.map(isInside) ?? false }
        }
    }

    func rename(_ path: String, to other: String) throws {
        try state.withLock { state in
            if state.names.keys.contains(where: { $0.hasPrefix(path + "/") }) {
                if state.names.keys.contains(where: { $0.hasPrefix(other + "/") }) {
                    throw DiskFailure(call: "rename", path: path, number: ENOTEMPTY)
                }
                state.changes += 1
                state.names.move(path, to: other)
                state.folders[other] = MemoryDisk.inode(of: path, state)
                // Its name is the one that it is moved to.
                state.forget(folder: path)
                state.pending.append(.movedFolder(from: path, to: other))
                return
            }
            guard let inode = state.names.removeValue(forKey: path) else {
                throw DiskFailure(call: "rename", path: path, number: ENOENT)
            }
            state.changes += 1
            state.names[other] = inode
            state.pending.append(.renamed(from: path, to: other, inode: inode))
        }
    }

    func remove(_ path: String) throws {
        try state.withLock { state in
            if state.names.keys.contains(where: { $0.hasPrefix(path + "/") }) {
                throw DiskFailure(call: "unlink", path: path, number: EISDIR)
            }
            guard state.names.removeValue(forKey: path) != nil else { return }
            state.changes += 1
            state.pending.append(.name(path, inode: nil))
        }
    }

    func realPath(of path: String) throws -> String { path }
    func tryLock(_ file: Int32) throws -> Bool { !isHeld }
    func lockHolder(of file: Int32) -> LockHolder? { nil }
    func unlock(_ file: Int32) {}
    func fileSystem(of path: String) throws -> FileSystem {
        FileSystem(magic: network.map(path.hasPrefix) == true ? 0x6969 : 0xEF53)
    }
    func removeFolder(_ path: String) throws { state.withLock { $0.forget(folder: path) } }
    func sharedGroup(of folder: String) throws -> UInt32? { nil }
    func share(_ folder: String, with group: UInt32) throws {}

    func identity(of path: String) throws -> FileIdentity {
        state.withLock { FileIdentity(device: 1, inode: MemoryDisk.inode(of: path, $0), born: 0) }
    }

    private static func inode(of path: String, _ state: State) -> UInt64 {
        // FNV-1a: the same in every process.
        state.folders[path] ?? path.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }
}

extension [String: Int] {
    /// Moves a folder with all files in it.
    mutating func move(_ folder: String, to other: String) {
        for (name, inode) in self where name.hasPrefix(folder + "/") {
            self[name] = nil
            self[other + name.dropFirst(folder.count)] = inode
        }
    }
}

extension [UInt8] {
    /// Writes at an offset as `pwrite` does: a gap after the end is filled with zeros.
    mutating func put(_ bytes: UnsafeRawBufferPointer, at offset: Int) {
        if count < offset { append(contentsOf: [UInt8](repeating: 0, count: offset - count)) }
        replaceSubrange(offset..<Swift.min(count, offset + bytes.count), with: bytes)
    }
}
