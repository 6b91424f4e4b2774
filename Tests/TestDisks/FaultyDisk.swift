import Foundation
import Journal
import Synchronization

/// A disk whose n-th call fails, once or from then on; or the n-th of those that concern one folder, as if that lay on a
/// disk of its own.
final class FaultyDisk: Disk {
    enum Fault: CaseIterable {
        case inputOutput, full
        /// What is read or appended is only half of what was asked for, which is no failure if it happens once; other calls,
        /// and the append of the rest, find the disk full.
        case short
        /// A signal came before anything was done.
        case interrupted
        /// The program is killed: it makes no other call, and of what it was about to write half is there.
        case killed

        /// Those that the program lives to see.
        static let survived = allCases.filter { $0 != .killed }

        var number: Int32 {
            switch self {
            case .inputOutput, .killed: EIO
            case .full, .short: ENOSPC
            case .interrupted: EINTR
            }
        }

        var takesHalf: Bool { self != .inputOutput && self != .interrupted }
    }

    private let real: any Disk
    private let fault: Fault
    private let place: Int
    private let lasts: Bool
    /// What the paths begin with whose calls count; all do when it is empty.
    private let folder: String
    private let paths = Mutex<[Int32: String]>([:])
    private let count = Mutex(0)
    private let appended = Mutex(0)
    private let failedCalls = Mutex<[String]>([])
    private let rewritten = Mutex(0)
    private let hasTaken = Mutex(false)
    private let isDown = Mutex(false)

    init(_ real: any Disk, failing place: Int, with fault: Fault = .inputOutput, lasting: Bool, in folder: String = "")
    {
        self.real = real
        self.fault = fault
        self.place = place
        lasts = lasting
        self.folder = folder
    }

    /// Calls made so far.
    var calls: Int { count.withLock { $0 } }

    /// The calls that failed.
    var failed: [String] { failedCalls.withLock { $0 } }

    /// Bytes asked to be written at a place, of files that count.
    var written: Int { rewritten.withLock { $0 } }

    /// Appends asked for so far.
    var appends: Int { appended.withLock { $0 } }

    /// Whether the program that makes the calls was killed.
    var isKilled: Bool { isDown.withLock { $0 } }

    /// Another program makes the calls from here on.
    func startProgram() { isDown.withLock { $0 = false } }

    private func isHit(_ path: String) throws -> Bool {
        if isKilled { throw DiskFailure(call: "killed", path: path, number: fault.number) }
        if !path.hasPrefix(folder) { return false }
        let isHit = count.withLock {
            $0 += 1
            return $0 == place || (lasts && $0 > place)
        }
        if isHit, fault == .killed { isDown.withLock { $0 = true } }
        return isHit
    }

    private func path(_ file: Int32) -> String { paths.withLock { $0[file] ?? "" } }

    private func tick(_ call: String, _ path: String) throws {
        if try isHit(path) {
            failedCalls.withLock { $0.append(call) }
            throw DiskFailure(call: call, path: "", number: fault.number)
        }
    }

    func makeFolder(_ path: String, mode: mode_t) throws {
        try tick("mkdir", path)
        try real.makeFolder(path, mode: mode)
    }

    func names(in path: String) throws -> [String] {
        try tick("opendir", path)
        return try real.names(in: path)
    }

    func open(_ path: String, flags: Int32, mode: mode_t) throws -> Int32 {
        try tick("open", path)
        let file = try real.open(path, flags: flags, mode: mode)
        paths.withLock { $0[file] = path }
        return file
    }

    func close(_ file: Int32) {
        paths.withLock { $0[file] = nil }
        real.close(file)
    }

    func size(of file: Int32) throws -> Int {
        try tick("fstat", path(file))
        return try real.size(of: file)
    }

    func isCurrent(_ file: Int32, at path: String) throws -> Bool {
        try tick("stat", path)
        return try real.isCurrent(file, at: path)
    }

    func read(_ file: Int32, into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws -> Int {
        if fault == .short, buffer.count > 1, try isHit(path(file)) {
            let half = UnsafeMutableRawBufferPointer(rebasing: buffer[..<(buffer.count / 2)])
            return try real.read(file, into: half, at: offset)
        }
        if fault != .short { try tick("pread", path(file)) }
        return try real.read(file, into: buffer, at: offset)
    }

    func append(_ bytes: UnsafeRawBufferPointer, to file: Int32) throws -> Int {
        appended.withLock { $0 += 1 }
        guard try isHit(path(file)) else { return try real.append(bytes, to: file) }
        if [.short, .killed].contains(fault), bytes.count > 1, !hasTaken.withLock({ $0 }) {
            hasTaken.withLock { $0 = true }
            let taken = try real.append(UnsafeRawBufferPointer(rebasing: bytes[..<(bytes.count / 2)]), to: file)
            if fault == .short { return taken }
        }
        failedCalls.withLock { $0.append("write") }
        throw DiskFailure(call: "write", path: "", number: fault.number)
    }

    func write(_ bytes: UnsafeRawBufferPointer, to file: Int32, at offset: Int) throws {
        if path(file).hasPrefix(folder) { rewritten.withLock { $0 += bytes.count } }
        if try isHit(path(file)) {
            // A disk that fills up takes a part.
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
        try tick("fdatasync", path(file))
        try real.synchronise(file)
    }

    func synchroniseFolder(_ path: String) throws {
        try tick("fsync", path)
        try real.synchroniseFolder(path)
    }

    func lock(_ file: Int32) throws {
        try tick("flock", path(file))
        try real.lock(file)
    }

    func unlock(_ file: Int32) { real.unlock(file) }

    func rename(_ path: String, to other: String) throws {
        try tick("rename", path)
        try real.rename(path, to: other)
    }

    func remove(_ path: String) throws {
        try tick("unlink", path)
        try real.remove(path)
    }

    func realPath(of path: String) throws -> String {
        try tick("realpath", path)
        return try real.realPath(of: path)
    }

    func fileSystem(of path: String) throws -> Int {
        try tick("statfs", path)
        return try real.fileSystem(of: path)
    }
}
