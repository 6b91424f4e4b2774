extension Journal {
    /// The open transaction of one ``Journal/write(delivering:_:)``: the next sequence number and the lines not yet
    /// written.
    public struct WriteTransaction {
        /// Number of the next line, and hash of the line before it.
        var next: (sequence: Int, previous: Digest) = (1, .zero)
        /// The lines appended so far, with their newlines.
        var buffer: [UInt8] = []
        let node: String
        /// Whether the folder has the log of this node only.
        private let isAlone: Bool
        /// The time of the latest action of all nodes.
        private var latest: HybridTime
        /// The time for `t` of each line, as ISO 8601 text.
        let written: [UInt8]
        let deliver: (Line) -> Void
        /// The clock when the transaction began.
        public let now: Moment
        /// Whether an entry was appended.
        public private(set) var hasAppended = false
        /// Where ``joinActions()`` was called, and the entries since.
        private var joined: (start: Int, next: (sequence: Int, previous: Digest), entries: [NewEntry])?

        init(
            node: String, isAlone: Bool, after latest: HybridTime, written: [UInt8],
            deliver: @escaping (Line) -> Void, now: Moment
        ) {
            self.node = node
            self.isAlone = isAlone
            self.latest = latest
            self.written = written
            self.deliver = deliver
            self.now = now
        }

        /// The last line so far; of joined actions, that before them. `nil` before the first.
        public var seal: HeadSeal? {
            let last = joined?.next ?? next
            return last.sequence > 1
                ? HeadSeal(node: isAlone ? nil : node, sequence: last.sequence - 1, hash: last.previous) : nil
        }

        /// Numbers the next line after `last`, unless it is numbered higher already.
        mutating func `continue`(from last: (sequence: Int, hash: Digest)) {
            if last.sequence >= next.sequence { next = (last.sequence + 1, last.hash) }
        }

        /// Appends the entries of one action and delivers each; after a failure either all or none are in the log (J3).
        ///
        /// - Returns: The sequence number of the first.
        /// - Precondition: `kind` needs no JSON escapes, `data` is an object without newlines, and no entry is larger than
        ///   ``NewEntry/longest``; otherwise the line could not be read back.
        @discardableResult
        public mutating func append(_ action: [NewEntry]) -> Int {
            let first = next.sequence
            hasAppended = hasAppended || !action.isEmpty
            if joined?.entries.isEmpty ?? true { latest = latest.next(at: now) }
            joined?.entries += action
            for (index, entry) in action.enumerated() {
                let start = buffer.count
                encode(entry, Line.Group(index: index, count: action.count), isFinal: joined == nil)
                buffer.withUnsafeBytes { bytes in
                    let text = UnsafeRawBufferPointer(rebasing: bytes[start..<bytes.count - 1])
                    guard let line = Line(text), text.eachLine({ _, _ in }) == 0, text.count < Line.longest else {
                        preconditionFailure(
                            "no line: the kind needs escapes, or the data is no object on one line, or too long")
                    }
                    if !line.isOwn { deliver(line) }
                }
            }
            return first
        }

        /// Makes one action of all entries that are appended from here on.
        public mutating func joinActions() { joined = (buffer.count, next, []) }

        /// The idempotency key of the joined actions, with their receipt: a JSON array of strings. The lines that were
        /// delivered lack it, as they lack their hashes and the number of all entries.
        public var joinedIdempotency: [UInt8] = []

        /// Encodes joined entries again, now that their number is known.
        mutating func finish() {
            guard let joined, !joined.entries.isEmpty else { return }
            buffer.removeSubrange(joined.start...)
            next = joined.next
            for (index, var entry) in joined.entries.enumerated() {
                if index == 0 { entry.idempotency = joinedIdempotency }
                encode(entry, Line.Group(index: index, count: joined.entries.count), isFinal: true)
            }
        }

        private mutating func encode(_ entry: NewEntry, _ group: Line.Group, isFinal: Bool) {
            next.previous = Line.encode(
                entry, node: node, sequence: next.sequence, time: latest, written: written, group: group,
                previous: isFinal ? next.previous : nil, into: &buffer)
            next.sequence += 1
        }

        /// Delivers all lines of this transaction again, for a caller that rebuilds its state.
        public func replay(_ deliver: (Line) -> Void) {
            buffer.withUnsafeBytes { bytes in
                _ = bytes.eachLine { text, _ in
                    if let line = Line(text), !line.isOwn { deliver(line) }
                }
            }
        }

        /// Whether the first `count` bytes contain a complete action; it is valid even if nothing after it was written.
        func hasCompleteAction(inFirst count: Int) -> Bool {
            buffer.prefix(count).split(separator: UInt8(ascii: "\n")).contains { text in
                text.withUnsafeBytes { Line($0).map { $0.group.isLast && !$0.isOwn } ?? false }
            }
        }
    }
}
