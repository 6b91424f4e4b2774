import Glibc

// Checkpoints of the state are files beside the log, which anybody who may write there can change, hashes included. So the
// log itself says which content is genuine.

extension Journal {
    /// Puts the SHA-256 of a checkpoint on record. Returns the place of the record, which the checkpoint has to keep
    /// outside of that content.
    ///
    /// - Throws: ``JournalError``.
    public func vouch(for content: Digest) throws -> Position {
        _ = try write(delivering: { _ in }) { $0.append([NewEntry(vouchingFor: content, at: $0.now)]) }
        guard let record = readers[own].resumePoint, record.sequence == readers[own].last.sequence else {
            throw JournalError.outdated
        }
        return record
    }

    /// Whether this node's log has the record of a checkpoint's content at a place. One read, which does not prove the
    /// chain: whoever reads on from the checkpoint's positions does that.
    public func vouches(for content: Digest, at place: Position) -> Bool {
        guard place.node == node, LogReader.isSegment(place.segment) else { return false }
        guard let file = try? disk.openIfThere("\(readers[own].folder)/\(place.segment)") else { return false }
        defer { disk.close(file) }
        let record = try? place.line(in: file, on: disk, \.ownRecord)
        guard case .checkpoint(let known) = record else { return false }
        return known == content
    }
}
