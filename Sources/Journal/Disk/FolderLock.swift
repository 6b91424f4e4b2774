import Glibc

/// The lock of a data folder, held by one process at a time while it appends, repairs or sets the mirror (J9).
///
/// Somebody may remove or replace LOCK while a process holds it or waits for it. Therefore the locked file must be the
/// one at the path, and HEAD is locked besides: a process that finds no LOCK and creates another then still waits for
/// the one that holds the former.
struct FolderLock {
    private let folder: String
    private let disk: any Disk
    private var file: Int32
    /// HEAD of this node's log, open for reading and writing; `nil` before the log exists.
    let headFile: Int32?
    private let headPath: String
    /// Why the folder cannot be written to; its LOCK, if it has one, is locked all the same.
    private(set) var readOnly: DiskFailure?

    /// Opens the files, and creates those that are missing; HEAD only for a `node`. Of a folder that cannot be written
    /// to, or shall not, it opens what there is.
    init(_ folder: String, node: String?, disk: any Disk, readOnly: Bool = false) throws {
        (self.folder, self.disk) = (folder, disk)
        let (path, head) = ("\(folder)/LOCK", "\(folder)/journal/\(node ?? "")/HEAD")
        headPath = head
        do {
            if readOnly { throw DiskFailure(call: "open", path: path, number: EROFS) }
            let opened = try disk.open(path, flags: O_RDWR | O_CREAT, mode: 0o600)
            do {
                headFile = try node.map { _ in try disk.open(head, flags: O_RDWR | O_CREAT, mode: 0o600) }
            } catch {
                disk.close(opened)
                throw error
            }
            file = opened
        } catch let failure as DiskFailure where node != nil && [EACCES, EPERM, EROFS].contains(failure.number) {
            self.readOnly = failure
            headFile = try disk.openIfThere(head)
            file = (try? disk.openIfThere(path)) ?? -1
        }
    }

    func close() { for file in [file, headFile].compactMap({ $0 }) where file >= 0 { disk.close(file) } }

    /// Waits for the lock, at most so many seconds. Throws ``JournalError/busy(_:)``, ``JournalError/replaced(folder:)``
    /// or ``DiskFailure``, with nothing locked.
    mutating func lock(within seconds: Double) throws {
        let (path, deadline) = ("\(folder)/LOCK", ContinuousClock.now + .seconds(seconds))
        if readOnly != nil { return file >= 0 ? try take(file, until: deadline) : () }
        do {
            try take(file, until: deadline)
            while !(try disk.isCurrent(file, at: path)) {
                let other = try disk.open(path, flags: O_RDWR | O_CREAT, mode: 0o600)
                // Closing releases the lock of the former file.
                disk.close(file)
                file = other
                try take(file, until: deadline)
            }
            if let headFile { try take(headFile, until: deadline) }
            try requireCurrent()
        } catch {
            unlock()
            throw error
        }
    }

    private func take(_ file: Int32, until deadline: ContinuousClock.Instant) throws {
        guard try disk.lock(file, until: deadline) else { throw JournalError.busy(disk.lockHolder(of: file)) }
    }

    func unlock() {
        if let headFile { disk.unlock(headFile) }
        if file >= 0 { disk.unlock(file) }
    }

    /// Throws ``JournalError/replaced(folder:)`` if the folder at the path is not the one that was opened.
    func requireCurrent() throws {
        guard let headFile else { return }
        if !(try disk.isCurrent(headFile, at: headPath)) { throw JournalError.replaced(folder: folder) }
    }
}
