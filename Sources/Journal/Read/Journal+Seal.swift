extension Journal {
    /// Reads the whole journal and returns the last line of this node's log that was acknowledged, to be signed; `nil` if
    /// there is none. ``damages`` then has what is wrong.
    ///
    /// A line after HEAD may still be lost in a power cut; a signature of it would tell of a forgery.
    ///
    /// - Throws: ``JournalError``.
    public func acknowledgedSeal() throws -> HeadSeal? {
        let head = try JournalError.wrap { try readHead() }
        try catchUp { _ in }
        guard head.sequence > 0, readers[own].damage(by: head) == nil else { return nil }
        return HeadSeal(node: readers.count > 1 ? node : nil, sequence: head.sequence, hash: head.hash)
    }
}
