import Foundation
import Synchronization

@testable import Journal

/// A disk in memory that knows what a power cut would leave of it.
final class MemoryDisk: Disk {
    struct File {
        var bytes: [UInt8] = []
        /// What the last sync put beyond the reach of a power cut.
        var synced: [UInt8] = []
        /// Whether its folder was synced since it was made.
        var isNamed = false
    }

    private struct State {
        var files: [String: File] = [:]
        var open: [Int32: String] = [:]
        var nextFile: Int32 = 100
    }

    private let state = Mutex(State())

    init(files: [String: [UInt8]] = [:]) {
        state.withLock {
            $0.files = files.mapValues { File(bytes: $0, synced: $0, isNamed: true) }
        }
    }

    var files: [String: [UInt8]] { state.withLock { $0.files.mapValues(\.bytes) } }
    var openFiles: Int { state.withLock { $0.open.count } }

    /// What is left after a power cut: all that was synced, and of the rest a part, in thousandths.
    func afterPowerCut(keeping part: Int) -> [String: [UInt8]] {
        state.withLock { state in
            state.files.filter { $1.isNamed || part > 0 }.mapValues { file in
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
            guard let path = state.open[file] else { throw DiskFailure(call: "fd", path: "\(file)", number: EBADF) }
            var entry = state.files[path] ?? File()
            defer { state.files[path] = entry }
            return body(&entry)
        }
    }

    func makeFolder(_ path: String, mode: mode_t) throws {}

    func names(in path: String) throws -> [String] {
        state.withLock { state in
            let inside = state.files.keys.filter { $0.hasPrefix(path + "/") }
            return Set(inside.map { String($0.dropFirst(path.count + 1).prefix { $0 != "/" }) }).sorted()
        }
    }

    func open(_ path: String, flags: Int32, mode: mode_t) throws -> Int32 {
        try state.withLock { state in
            if state.files[path] == nil {
                if flags & O_CREAT == 0 { throw DiskFailure(call: "open", path: path, number: ENOENT) }
                state.files[path] = File()
            }
            if flags & O_TRUNC != 0 { state.files[path]?.bytes = [] }
            state.nextFile += 1
            state.open[state.nextFile] = path
            return state.nextFile
        }
    }

    func close(_ file: Int32) { state.withLock { $0.open[file] = nil } }

    func size(of file: Int32) throws -> Int { try with(file) { $0.bytes.count } }

    func isCurrent(_ file: Int32, at path: String) throws -> Bool {
        state.withLock { $0.open[file] == path && $0.files[path] != nil }
    }

    func read(_ file: Int32, into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws -> Int {
        try with(file) { entry in
            let part = entry.bytes.dropFirst(offset).prefix(buffer.count)
            buffer.copyBytes(from: part)
            return part.count
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
            for name in state.files.keys
            where name.hasPrefix(path + "/") && !name.dropFirst(path.count + 1).contains("/") {
                state.files[name]?.isNamed = true
            }
        }
    }

    func lock(_ file: Int32) throws {}
    func unlock(_ file: Int32) {}
    func fileSystem(of path: String) throws -> Int { 0xEF53 }
}
