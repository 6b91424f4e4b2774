import Glibc

/// The write protocol: lock, read to the end, put a torn tail on record, append, sync, HEAD, unlock, mirror.
/// `Journal.md` numbers the steps. A failed step is never retried (J5): the kernel may have dropped the bytes of a
/// failed sync, and a second sync would then succeed without them. The next writer writes them again first (J11).
extension Journal {
    /// Runs `body` under the lock, after reading to the end of the log, and returns once all lines that it appended are
    /// durable. Actions of one call share one sync.
    ///
    /// Each line is delivered when it is appended, before it is durable, so that `body` can build on it. If this throws
    /// after that, discard the state and read the journal again.
    ///
    /// - Throws: ``JournalError/disk(_:)``, ``JournalError/busy(_:)``, ``JournalError/outdated`` or
    ///   ``JournalError/replaced(folder:)`` if nothing was recorded, ``JournalError/unconfirmed(_:)`` if some actions may
    ///   have been, ``JournalError/readOnly(_:)`` after an earlier failure, and the errors of `body`.
    public func write<Result>(
        delivering deliver: (Line) -> Void, _ body: (inout WriteTransaction) throws -> Result
    ) throws -> Result {
        // J5
        if let failure { throw JournalError.readOnly(failure) }
        var appended: [UInt8] = []
        let result = try withoutActuallyEscaping(deliver) { deliver in
            do {
                try markFolder()
                // J9
                try lock.lock(within: patience)
                defer { lock.unlock() }
                var head = try readHead()
                try advance(deliver)
                // With unknown offsets, a new line might be joined to a torn one.
                if readers[own].isOutdated { throw JournalError.outdated }
                if newerLines > 0 { throw JournalError.newer(lines: newerLines) }
                // J11
                try settle(after: head)
                tidy()
                let now = clock()
                let segment = now.segmentName(after: readers[own].segment, in: zone)
                if segment > readers[own].segment { try finishSegment(deliver) }
                let file = try open(segment: segment)
                var transaction = WriteTransaction(
                    node: node, isAlone: readers.count == 1, after: latest,
                    written: now.bytes(in: zone, milliseconds: true), deliver: deliver, now: now)
                // Numbers of lost lines are not used again: the gap stays visible.
                transaction.continue(from: (head.sequence, head.hash))
                try recordTornTail(in: file, head, &transaction)
                // No log gets this long: only a forged line, written to exhaust the numbers, leads here.
                if transaction.next.sequence > Line.numbers.upperBound / 2 {
                    throw DiskFailure(call: "write", path: segment, number: EOVERFLOW)
                }
                compare(with: head)
                // J15: HEAD is about to be written anew, which ends what it shows.
                if let headDamage, mustRecordHeadDamage {
                    transaction.append([NewEntry(recording: headDamage, at: now)])
                }
                let result = try body(&transaction)
                transaction.finish()
                if !transaction.buffer.isEmpty { try commit(transaction, to: file, head: &head) }
                appended = transaction.buffer
                return result
            } catch let failure as DiskFailure {
                self.failure = failure
                throw JournalError.disk(failure)
            } catch let error as JournalError {
                // Lines of the folder that was opened say nothing of the one at its path.
                if [.replaced(folder: folder), .outdated].contains(error) {
                    failure = DiskFailure(call: "stat", path: folder, number: ESTALE)
                }
                throw error
            }
        }
        // J7: outside the lock, so that a slow mirror keeps nobody else waiting.
        if !appended.isEmpty { updateMirror(appended: appended) }
        return result
    }

    /// Removes the temporary files that ended programs have left in the data folder. A failure is no reason not to write.
    private func tidy() {
        if hasTidied { return }
        hasTidied = true
        // The names of other folders than the journal's are not known here.
        let inside = ((try? disk.names(in: folder)) ?? []).filter { $0 != "journal" }.map { "\(folder)/\($0)" }
        for place in [folder, readers[own].folder] + inside { try? disk.removeLeftovers(in: place) }
    }

    /// Completes and syncs the current segment before its successor is created (J2).
    private func finishSegment(_ deliver: (Line) -> Void) throws {
        let name = readers[own].segment
        if name.isEmpty { return }
        let file = try open(segment: name)
        if readers[own].tailCount > 0 { try append([UInt8(ascii: "\n")], to: file) }
        try disk.synchronise(file)
        try readers[own].advance(deliver)
    }

    /// Ends a torn tail with a newline and appends its record. A line that lacks only its newline is kept as a line.
    ///
    /// Both are synced here, before new lines are written (J4).
    private func recordTornTail(in file: Int32, _ head: Head, _ transaction: inout WriteTransaction) throws {
        if readers[own].tailIsIntact {
            try append([UInt8(ascii: "\n")], to: file)
            try disk.synchronise(file)
            try readers[own].advance(transaction.deliver)
        } else if readers[own].tailCount > 0 {
            transaction.buffer.append(UInt8(ascii: "\n"))
        }
        readers[own].deliverAcknowledged(through: head.sequence, transaction.deliver)
        transaction.continue(from: readers[own].last)
        // If HEAD names lines that are missing, the end is damaged, not torn: it stays reported.
        if head.sequence <= readers[own].last.sequence {
            for tail in readers[own].unresolvedTails {
                transaction.append([NewEntry(recording: tail, at: transaction.now)])
            }
        }
        if transaction.buffer.isEmpty { return }
        try append(transaction.buffer, to: file)
        try disk.synchronise(file)
        try readers[own].advance(transaction.deliver)
        transaction.buffer = []
    }

    /// Appends and syncs the lines, then updates HEAD (J1).
    ///
    /// - Throws: ``JournalError/unconfirmed(_:)`` when a complete action had reached the log before the failure.
    private func commit(_ transaction: WriteTransaction, to file: Int32, head: inout Head) throws {
        var written = 0
        try lock.requireCurrent()
        do {
            try append(transaction.buffer, to: file, written: &written)
            try disk.synchronise(file)
            try head.write(
                sequence: transaction.next.sequence - 1, hash: transaction.next.previous,
                segment: segmentFile?.name ?? "", offset: try disk.size(of: file), to: headFile, on: disk)
            // These lines were delivered when they were appended.
            try readers[own].advance(through: segmentFile?.name ?? "") { _ in }
        } catch let failure as DiskFailure where transaction.hasCompleteAction(inFirst: written) {
            self.failure = failure
            throw JournalError.unconfirmed(failure)
        }
        compare(with: head)
    }

    private func append(_ bytes: [UInt8], to file: Int32) throws {
        var written = 0
        try append(bytes, to: file, written: &written)
    }

    /// Usually one `write`; after a short one, the rest is written too, since nothing is acknowledged yet. `written`
    /// counts the bytes taken, also when this throws.
    private func append(_ bytes: [UInt8], to file: Int32, written: inout Int) throws {
        while written < bytes.count {
            let count = try bytes.withUnsafeBytes {
                try disk.append(UnsafeRawBufferPointer(rebasing: $0[written...]), to: file)
            }
            if count == 0 { throw DiskFailure(call: "write", path: "\(file)", number: EIO) }
            written += count
        }
    }

    private func open(segment name: String) throws -> Int32 {
        let path = "\(readers[own].folder)/\(name)"
        if let segmentFile {
            if segmentFile.name == name, try disk.isCurrent(segmentFile.file, at: path) { return segmentFile.file }
            disk.close(segmentFile.file)
            self.segmentFile = nil
        }
        let file = try disk.open(path, flags: O_WRONLY | O_APPEND | O_CREAT, mode: 0o600)
        segmentFile = (name, file)
        // J8: a process that created or repaired the files may have been killed before it synced their names.
        if try disk.size(of: file) == 0 {
            try disk.synchroniseFolder(folder)
            try disk.synchronise(file)
        }
        try disk.synchroniseFolder(readers[own].folder)
        return file
    }
}
