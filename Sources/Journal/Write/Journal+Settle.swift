import Glibc

extension Journal {
    /// Makes everything that stands in this node's log durable, so that what is there after a failed sync counts as
    /// recorded. Delivers lines that were not read before.
    ///
    /// - Throws: ``JournalError``; what HEAD does not name is then still of unknown durability.
    public func settle(delivering deliver: (Line) -> Void) throws {
        if let failure { throw JournalError.readOnly(failure) }
        let isWrong = try JournalError.wrap {
            try whileLocked {
                var head = try readHead()
                try advance(deliver)
                try settle(after: head)
                compare(with: head)
                if mustRecordHeadDamage { return true }
                guard let end = readers[own].resumePoint, end.sequence > head.sequence else { return false }
                try head.write(
                    sequence: end.sequence, hash: end.hash, segment: end.segment, offset: end.offset, to: headFile,
                    on: disk)
                return false
            }
        }
        // J15. A copy would begin a log of its own.
        if isWrong, !isCopy { try write(delivering: deliver) { _ in } }
    }

    /// The same for a folder in which nothing has been recorded since it was opened. After a power cut HEAD may be behind
    /// lines that were acknowledged, and only those up to it go to other nodes. Does nothing if HEAD names the last line.
    ///
    /// - Throws: ``JournalError``.
    public static func settle(_ folder: String, disk: any Disk = SystemDisk()) throws {
        var log = LogOutbox(of: try writer(of: folder, disk: disk).node, in: folder, isOwn: true, disk: disk)
        if try log.refresh() == log.lastLine() { return }
        try Journal(at: folder, disk: disk).settle { _ in }
    }

    /// The same for a writer that has read to the end. Does nothing if the log ends where HEAD says.
    func settle(after head: Head) throws {
        if readers[own].ends(at: head) { return }
        try Journal.writeUnacknowledged(after: head, in: readers[own].folder, disk: disk)
    }

    /// Writes the bytes that stand in a log after HEAD a second time, and syncs them (J11).
    ///
    /// They were never acknowledged, and their sync may have failed: Linux then keeps them readable but takes them for
    /// written, so that no later sync writes them, and a power cut leaves a hole in their place.
    static func writeUnacknowledged(after head: Head, in log: String, disk: any Disk) throws {
        for name in try disk.names(in: log) where LogReader.isSegment(name) && name >= head.segment {
            // A descriptor of its own: on one opened with O_APPEND every write appends.
            let file = try disk.open("\(log)/\(name)", flags: O_RDWR, mode: 0)
            defer { disk.close(file) }
            let (start, size) = (name == head.segment ? head.offset : 0, try disk.size(of: file))
            if start >= size { continue }
            try disk.copy(start..<size, of: file, to: file, at: start)
            try disk.synchronise(file)
        }
    }

    /// The same for a process that holds the lock and has no journal open.
    static func settle(_ folder: String, node: String, disk: any Disk) throws {
        let log = "\(folder)/journal/\(node)"
        guard let file = try disk.openIfThere("\(log)/HEAD") else { return }
        defer { disk.close(file) }
        try writeUnacknowledged(after: try Head(reading: file, from: disk), in: log, disk: disk)
    }
}
