extension Journal {
    /// How far one node's log was read: what a checkpoint of the state keeps, so that the next start reads on from there.
    public struct Position: Equatable, Sendable {
        public let node: String
        /// The segment's file name; empty when the log has no lines yet.
        public let segment: String
        /// Where the last line of the last whole action ends, in bytes from the segment's start.
        public let offset: Int
        /// That line's sequence number and hash.
        public let sequence: Int
        public let hash: Digest

        public init(node: String, segment: String, offset: Int, sequence: Int, hash: Digest) {
            self.node = node
            self.segment = segment
            self.offset = offset
            self.sequence = sequence
            self.hash = hash
        }
    }

    /// How far every node's log has been read and delivered, in whole actions.
    ///
    /// Empty when anything is damaged: what is wrong should show at every start, so all is read every time until it is
    /// mended.
    public var positions: [Position] {
        guard damages.isEmpty else { return [] }
        return readers.map { reader in
            let anchor = reader.settled ?? Anchor(segment: "", offset: 0, sequence: 0, hash: .zero)
            return Position(
                node: reader.node, segment: anchor.segment, offset: anchor.offset, sequence: anchor.sequence,
                hash: anchor.hash)
        }
    }

    /// Reads on only what comes after positions of an earlier run, whose lines are neither read nor checked again; each must
    /// prove itself with one read. If one does not, this is `false` and everything is read, from the front.
    ///
    /// Only before anything was read. ``lines``, ``bytes``, ``setAsides`` and ``newerLines`` then count what comes after.
    public func start(after positions: [Position]) -> Bool {
        guard !positions.isEmpty, readers.allSatisfy(\.isAtFront) else { return false }
        var started = readers
        do {
            for position in positions {
                guard let index = started.firstIndex(where: { $0.node == position.node }) else { throw Unheld() }
                if position.sequence == 0 { continue }
                let anchor = Anchor(
                    segment: position.segment, offset: position.offset, sequence: position.sequence,
                    hash: position.hash)
                guard LogReader.isSegment(anchor.segment), try started[index].start(after: anchor) else {
                    throw Unheld()
                }
            }
        } catch {
            // A disk that fails will say so when it is read from the front.
            for reader in started { reader.close() }
            return false
        }
        readers = started
        return true
    }

    private struct Unheld: Error {}
}
