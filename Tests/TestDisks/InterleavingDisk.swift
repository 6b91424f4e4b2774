import Foundation
import Journal
import Synchronization

/// A disk that runs a closure, once armed, just before a listing of a folder: the step of another process.
final class InterleavingDisk: Disk {
    private let real: any Disk
    private let step: @Sendable () throws -> Void
    /// The listings to come before the step; `nil` if it is not armed.
    private let countdown = Mutex<Int?>(nil)

    init(_ real: any Disk, _ step: @escaping @Sendable () throws -> Void) {
        self.real = real
        self.step = step
    }

    /// Runs the closure before the next call of `names(in:)`, or after some calls more.
    func arm(skipping calls: Int = 0) { countdown.withLock { $0 = calls } }

    func names(in path: String) throws -> [String] {
        let isDue = countdown.withLock { count in
            defer { count = count.flatMap { $0 > 0 ? $0 - 1 : nil } }
            return count == 0
        }
        if isDue { try step() }
        return try real.names(in: path)
    }

    func makeFolder(_ path: String, mode: mode_t) throws -> Bool { try real.makeFolder(path, mode: mode) }
    func open(_ path: String, flags: Int32, mode: mode_t) throws -> Int32 {
        try real.open(path, flags: flags, mode: mode)
    }
    func close(_ file: Int32) { real.close(file) }
    func size(of file: Int32) throws -> Int { try real.size(of: file) }
    func isCurrent(_ file: Int32, at path: String) throws -> Bool { try real.isCurrent(file, at: path) }
    func read(_ file: Int32, into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws -> Int {
        try real.read(file, into: buffer, at: offset)
    }
    func append(_ bytes: UnsafeRawBufferPointer, to file: Int32) throws -> Int { try real.append(bytes, to: file) }
    func write(_ bytes: UnsafeRawBufferPointer, to file: Int32, at offset: Int) throws {
        try real.write(bytes, to: file, at: offset)
    }
    func synchronise(_ file: Int32) throws { try real.synchronise(file) }
    func synchroniseFolder(_ path: String) throws { try real.synchroniseFolder(path) }
    func tryLock(_ file: Int32) throws -> Bool { try real.tryLock(file) }
    func lockHolder(of file: Int32) -> LockHolder? { real.lockHolder(of: file) }
    func unlock(_ file: Int32) { real.unlock(file) }
    func rename(_ path: String, to other: String) throws { try real.rename(path, to: other) }
    func remove(_ path: String) throws { try real.remove(path) }
    func realPath(of path: String) throws -> String { try real.realPath(of: path) }
    func fileSystem(of path: String) throws -> FileSystem { try real.fileSystem(of: path) }
    func identity(of path: String) throws -> FileIdentity { try real.identity(of: path) }
    func removeFolder(_ path: String) throws { try real.removeFolder(path) }
    func sharedGroup(of folder: String) throws -> UInt32? { try real.sharedGroup(of: folder) }
    func share(_ folder: String, with group: UInt32) throws { try real.share(folder, with: group) }
}
