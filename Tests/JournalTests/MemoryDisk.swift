import Foundation
import Synchronization

@testable import Journal

/// A disk in memory that knows what a power cut would leave of it.
final class MemoryDisk: Disk {
    struct File {
        var bytes: [UInt8] = []
        /// What the last sync put beyond the reach of a power cut.
        var synced: [UInt8] = []
    }

    private struct State {
        /// The files, by a number that stays whatever they are called.
        var inodes: [File] = []
        var names: [String: Int] = [:]
        /// The names as their folders' last syncs left them.
        var synced: [String: Int] = [:]
        var open: [Int32: Int] = [:]
        var nextFile: Int32 = 100
    }

    private let state = Mutex(State())

    /// What lies on another machine.
    private let network: String?

    init(files: [String: [UInt8]] = [:], network: String? = nil) {
        self.network = network
        state.withLock { state in
            for (path, bytes) in files {
                state.names[path] = state.inodes.count
                state.inodes.append(File(bytes: bytes, synced: bytes))
            }
            state.synced = state.names
        }
    }

    var files: [String: [UInt8]] { state.withLock { state in state.names.mapValues { state.inodes[$0].bytes } } }
    var openFiles: Int { state.withLock { $0.open.count } }

    /// What is left after a power cut: all that was synced, and of the rest a part, in thousandths.
    func afterPowerCut(keeping part: Int) -> [String: [UInt8]] {
        state.withLock { state in
            (part > 0 ? state.names : state.synced).mapValues { inode in
                let file = state.inodes[inode]
                if file.bytes.starts(with: file.synced) {
                    let more = file.bytes.count - file.synced.count
                    return Array(file.bytes[..<(file.synced.count + more * part / 1000)])
                }
                return part > 500 ? file.bytes : file.synced
            }
        }
    }

    private func with<Result>(_ file: Int32, _ body: (inout File) -> Result) throws -> Result {
        try state.withLock { state in
            guard let inode = state.open[file] else { throw DiskFailure(call: "fd", path: "\(file)", number: EBADF) }
            return body(&state.inodes[inode])
        }
    }

    func makeFolder(_ path: String, mode: mode_t) throws {}

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
                if flags & O_CREAT == 0 { throw DiskFailure(call: "open", path: path, number: ENOENT) }
                state.inodes.append(File())
                state.names[path] = inode
            }
            if flags & O_TRUNC != 0 { state.inodes[inode].bytes = [] }
            state.nextFile += 1
            state.open[state.nextFile] = inode
            return state.nextFile
        }
    }

    func close(_ file: Int32) { state.withLock { $0.open[file] = nil } }

    func size(of file: Int32) throws -> Int { try with(file) { $0.bytes.count } }

    func isCurrent(_ file: Int32, at path: String) throws -> Bool {
        state.withLock { $0.open[file] != nil && $0.open[file] == $0.names[path] }
    }

    func read(_ file: Int32, into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws -> Int {
        try with(file) { entry in
            let count = max(0, min(buffer.count, entry.bytes.count - offset))
            if count > 0 {
                entry.bytes.withUnsafeBytes { buffer.copyMemory(from: .init(rebasing: $0[offset..<offset + count])) }
            }
            return count
        }
    }

    func append(_ bytes: UnsafeRawBufferPointer, to file: Int32) throws -> Int {
        try with(file) { $0.bytes.append(contentsOf: bytes) }
        return bytes.count
    }

    func write(_ bytes: UnsafeRawBufferPointer, to file: Int32, at offset: Int) throws {
        try with(file) { entry in
            while entry.bytes.count < offset { entry.bytes.append(0) }
            let end = min(entry.bytes.count, offset + bytes.count)
            entry.bytes.replaceSubrange(offset..<end, with: bytes)
        }
    }

    func synchronise(_ file: Int32) throws { try with(file) { $0.synced = $0.bytes } }

    func synchroniseFolder(_ path: String) throws {
        state.withLock { state in
            func isInside(_ name: String) -> Bool {
                name.hasPrefix(path + "/") && !name.dropFirst(path.count + 1).contains("/")
            }
            state.synced = state.synced.filter { !isInside($0.key) }
            for (name, inode) in state.names where isInside(name) { state.synced[name] = inode }
        }
    }

    func rename(_ path: String, to other: String) throws {
        try state.withLock { state in
            guard let inode = state.names.removeValue(forKey: path) else {
                throw DiskFailure(call: "rename", path: path, number: ENOENT)
            }
            state.names[other] = inode
        }
    }

    func remove(_ path: String) throws { _ = state.withLock { $0.names.removeValue(forKey: path) } }
    func realPath(of path: String) throws -> String { path }
    func lock(_ file: Int32) throws {}
    func unlock(_ file: Int32) {}
    func fileSystem(of path: String) throws -> Int {
        network.map(path.hasPrefix) == true ? 0x6969 : 0xEF53
    }
}
