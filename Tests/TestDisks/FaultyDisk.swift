import Foundation
import Journal
import Synchronization

/// A disk whose n-th call fails, once or from then on. With `folder`, only calls on paths in it count, as if it were on
/// a disk of its own.
///
/// Faults: input/output error, failed sync that drops bytes, disk full, short read or write, interrupted call, and a
/// kill of the program in the middle of a call. Unlocking and closing never fail.
final class FaultyDisk: Disk {
    enum Fault: CaseIterable {
        case inputOutput, full
        /// A read or append takes half of the bytes and succeeds; the append of the rest, and other calls, find the
        /// disk full.
        case short
        /// As `inputOutput`; a sync that fails also drops the bytes it was to make durable.
        case dropping
        /// A signal interrupted the call before it did anything.
        case interrupted
        /// The program is killed: half of the bytes are written, and all its later calls fail.
        case killed

        /// The faults that do not end the program.
        static let survived = allCases.filter { $0 != .killed }

        var number: Int32 {
            switch self {
            case .inputOutput, .dropping, .killed: EIO
            case .full, .short: ENOSPC
            case .interrupted: EINTR
            }
        }

        var takesHalf: Bool { [.full, .short, .killed].contains(self) }
    }

    private let real: any Disk
    private let fault: Fault
    private let place: Int
    private let lasts: Bool
    /// The prefix of the paths whose calls count; empty for all.
    private let folder: String
    private let paths = Mutex<[Int32: String]>([:])
    private let count = Mutex(0)
    private let appended = Mutex(0)
    private let failedCalls = Mutex<[String]>([])
    private let rewritten = Mutex(0)
    private let hasWrittenHalf = Mutex(false)
    private let isDown = Mutex(false)

    init(_ real: any Disk, failing place: Int, with fault: Fault = .inputOutput, lasting: Bool, in folder: String = "")
    {
        self.real = real
        self.fault = fault
        self.place = place
        lasts = lasting
        self.folder = folder
    }

    /// Calls counted so far.
    var calls: Int { count.withLock { $0 } }

    /// The names of the calls that failed.
    var failed: [String] { failedCalls.withLock { $0 } }

    /// Bytes passed to `write(_:to:at:)` for files that count.
    var written: Int { rewritten.withLock { $0 } }

    /// Calls of `append` so far.
    var appends: Int { appended.withLock { $0 } }

    private let gate = NSCondition()
    private nonisolated(unsafe) var isStopped = false
    private let isBroken = Mutex(false)
    private let longest = Mutex(0)

    /// Makes calls in the folder wait until ``goOn()``, as on a file system that no longer answers.
    func stop() { gate.withLock { isStopped = true } }

    func goOn() {
        gate.withLock { isStopped = false }
        gate.broadcast()
    }

    /// Makes all calls in the folder fail until the disk is mended.
    func breakDown(_ isBroken: Bool = true) { self.isBroken.withLock { $0 = isBroken } }

    /// The size of the largest read.
    var largestRead: Int { longest.withLock { $0 } }

    /// Whether the program was killed.
    var isKilled: Bool { isDown.withLock { $0 } }

    /// Lets calls succeed again, for the next program.
    func startProgram() { isDown.withLock { $0 = false } }

    private func countsAndFails(_ path: String) throws -> Bool {
        if isKilled { throw DiskFailure(call: "killed", path: path, number: fault.number) }
        if !path.hasPrefix(folder) { return false }
        gate.withLock { while isStopped { gate.wait() } }
        if isBroken.withLock({ $0 }) { return true }
        let isHit = count.withLock {
            $0 += 1
            return $0 == place || (lasts && $0 > place)
        }
        if isHit, fault == .killed { isDown.withLock { $0 = true } }
        return isHit
    }

    private func path(_ file: Int32) -> String { paths.withLock { $0[file] ?? "" } }

    private func call(_ call: String, _ path: String) throws {
        if try countsAndFails(path) {
            failedCalls.withLock { $0.append(call) }
            throw DiskFailure(call: call, path: "", number: fault.number)
        }
    }

    func makeFolder(_ path: String, mode: mode_t) throws -> Bool {
        try call("mkdir", path)
        return try real.makeFolder(path, mode: mode)
    }

    func names(in path: String) throws -> [String] {
        try call("opendir", path)
        return try real.names(in: path)
    }

    func open(_ path: String, flags: Int32, mode: mode_t) throws -> Int32 {
        try call("open", path)
        let file = try real.open(path, flags: flags, mode: mode)
        paths.withLock { $0[file] = path }
        return file
    }

    func close(_ file: Int32) {
        paths.withLock { $0[file] = nil }
        real.close(file)
    }

    func size(of file: Int32) throws -> Int {
        try call("fstat", path(file))
        return try real.size(of: file)
    }

    func isCurrent(_ file: Int32, at path: String) throws -> Bool {
        try call("stat", path)
        return try real.isCurrent(file, at: path)
    }

    func read(_ file: Int32, into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws -> Int {
        longest.withLock { $0 = max($0, buffer.count) }
        if fault == .short, buffer.count > 1, try countsAndFails(path(file)) {
            let half = UnsafeMutableRawBufferPointer(rebasing: buffer[..<(buffer.count / 2)])
            return try real.read(file, into: half, at: offset)
        }
        if fault != .short { try call("pread", path(file)) }
        return try real.read(file, into: buffer, at: offset)
    }

    func append(_ bytes: UnsafeRawBufferPointer, to file: Int32) throws -> Int {
        appended.withLock { $0 += 1 }
        guard try countsAndFails(path(file)) else { return try real.append(bytes, to: file) }
        if [.short, .killed].contains(fault), bytes.count > 1, !hasWrittenHalf.withLock({ $0 }) {
            hasWrittenHalf.withLock { $0 = true }
            let taken = try real.append(UnsafeRawBufferPointer(rebasing: bytes[..<(bytes.count / 2)]), to: file)
            if fault == .short { return taken }
        }
        failedCalls.withLock { $0.append("write") }
        throw DiskFailure(call: "write", path: "", number: fault.number)
    }

    func write(_ bytes: UnsafeRawBufferPointer, to file: Int32, at offset: Int) throws {
        if path(file).hasPrefix(folder) { rewritten.withLock { $0 += bytes.count } }
        if try countsAndFails(path(file)) {
            // A disk that becomes full takes a part.
            if fault.takesHalf, bytes.count > 1 {
                let half = UnsafeRawBufferPointer(rebasing: bytes[..<(bytes.count / 2)])
                try real.write(half, to: file, at: offset)
            }
            failedCalls.withLock { $0.append("pwrite") }
            throw DiskFailure(call: "pwrite", path: "", number: fault.number)
        }
        try real.write(bytes, to: file, at: offset)
    }

    func synchronise(_ file: Int32) throws {
        do { try call("fdatasync", path(file)) } catch {
            if fault == .dropping { try (real as? MemoryDisk)?.dropUnsynced(file) }
            throw error
        }
        try real.synchronise(file)
    }

    func synchroniseFolder(_ path: String) throws {
        try call("fsync", path)
        try real.synchroniseFolder(path)
    }

    func tryLock(_ file: Int32) throws -> Bool {
        try call("flock", path(file))
        return try real.tryLock(file)
    }

    func lockHolder(of file: Int32) -> LockHolder? { real.lockHolder(of: file) }

    func unlock(_ file: Int32) { real.unlock(file) }

    func rename(_ path: String, to other: String) throws {
        try call("rename", path)
        try real.rename(path, to: other)
    }

    func remove(_ path: String) throws {
        try call("unlink", path)
        try real.remove(path)
    }

    func realPath(of path: String) throws -> String {
        try call("realpath", path)
        return try real.realPath(of: path)
    }

    func fileSystem(of path: String) throws -> FileSystem {
        try call("statfs", path)
        return try real.fileSystem(of: path)
    }

    func sharedGroup(of folder: String) throws -> UInt32? {
        try call("stat", folder)
        return try real.sharedGroup(of: folder)
    }

    func share(_ folder: String, with group: UInt32) throws {
        try call("chmod", folder)
        try real.share(folder, with: group)
    }

    func identity(of path: String) throws -> FileIdentity {
        try call("statx", path)
        return try real.identity(of: path)
    }

    func removeFolder(_ path: String) throws {
        try call("rmdir", path)
        try real.removeFolder(path)
    }
}
