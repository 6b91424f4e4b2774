import Foundation
import Synchronization

@testable import Journal

/// A disk whose n-th call fails, once or from then on.
final class FaultyDisk: Disk {
    enum Fault: CaseIterable {
        case inputOutput, full
        /// An append takes only half of its bytes, and the call after it fails.
        case short

        var number: Int32 { self == .inputOutput ? EIO : ENOSPC }
    }

    private let real: any Disk
    private let fault: Fault
    private let place: Int
    private let lasts: Bool
    private let count = Mutex(0)
    private let appended = Mutex(0)

    init(_ real: any Disk, failing place: Int, with fault: Fault = .inputOutput, lasting: Bool) {
        self.real = real
        self.fault = fault
        self.place = place
        lasts = lasting
    }

    /// Calls made so far.
    var calls: Int { count.withLock { $0 } }

    /// Appends asked for so far.
    var appends: Int { appended.withLock { $0 } }

    private func isHit() -> Bool {
        count.withLock {
            $0 += 1
            return $0 == place || (lasts && $0 > place)
        }
    }

    private func tick(_ call: String) throws {
        if isHit() { throw DiskFailure(call: call, path: "", number: fault.number) }
    }

    func makeFolder(_ path: String, mode: mode_t) throws {
        try tick("mkdir")
        try real.makeFolder(path, mode: mode)
    }

    func names(in path: String) throws -> [String] {
        try tick("opendir")
        return try real.names(in: path)
    }

    func open(_ path: String, flags: Int32, mode: mode_t) throws -> Int32 {
        try tick("open")
        return try real.open(path, flags: flags, mode: mode)
    }

    func close(_ file: Int32) { real.close(file) }

    func size(of file: Int32) throws -> Int {
        try tick("fstat")
        return try real.size(of: file)
    }

    func isCurrent(_ file: Int32, at path: String) throws -> Bool {
        try tick("stat")
        return try real.isCurrent(file, at: path)
    }

    func read(_ file: Int32, into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws -> Int {
        try tick("pread")
        return try real.read(file, into: buffer, at: offset)
    }

    func append(_ bytes: UnsafeRawBufferPointer, to file: Int32) throws -> Int {
        appended.withLock { $0 += 1 }
        guard isHit() else { return try real.append(bytes, to: file) }
        if fault == .short, bytes.count > 1 {
            return try real.append(UnsafeRawBufferPointer(rebasing: bytes[..<(bytes.count / 2)]), to: file)
        }
        throw DiskFailure(call: "write", path: "", number: fault.number)
    }

    func write(_ bytes: UnsafeRawBufferPointer, to file: Int32, at offset: Int) throws {
        try tick("pwrite")
        try real.write(bytes, to: file, at: offset)
    }

    func synchronise(_ file: Int32) throws {
        try tick("fdatasync")
        try real.synchronise(file)
    }

    func synchroniseFolder(_ path: String) throws {
        try tick("fsync")
        try real.synchroniseFolder(path)
    }

    func lock(_ file: Int32) throws {
        try tick("flock")
        try real.lock(file)
    }

    func unlock(_ file: Int32) { real.unlock(file) }

    func fileSystem(of path: String) throws -> Int {
        try tick("statfs")
        return try real.fileSystem(of: path)
    }
}
