extension Journal {
    /// One writer's turn: what it has read up to, and what it is about to append.
    public struct Turn {
        var next: (sequence: Int, previous: Digest) = (1, .zero)
        var buffer: [UInt8] = []
        let node: String
        let written: [UInt8]
        let deliver: (Line) -> Void
        /// The clock at the turn's start.
        public let now: Moment

        init(node: String, written: [UInt8], deliver: @escaping (Line) -> Void, now: Moment) {
            self.node = node
            self.written = written
            self.deliver = deliver
            self.now = now
        }

        mutating func `continue`(from last: (sequence: Int, hash: Digest)) {
            if last.sequence >= next.sequence { next = (last.sequence + 1, last.hash) }
        }

        /// Whether anything was appended in this turn.
        public private(set) var hasAppended = false

        /// Delivers again what was appended in this turn, for a state that is worked out anew.
        public func repeatAll(_ deliver: (Line) -> Void) {
            buffer.withUnsafeBytes { buffer in
                for text in buffer.split(separator: UInt8(ascii: "\n")) {
                    if let line = Line(UnsafeRawBufferPointer(rebasing: text)), !line.isSetAside { deliver(line) }
                }
            }
        }

        /// What was appended since ``joinActions()``, and from where on.
        private var joined: (start: Int, next: (sequence: Int, previous: Digest), drafts: [Draft])?

        /// From here on all that is appended is one action: on the disk it is all there or none of it.
        public mutating func joinActions() { joined = (buffer.count, next, []) }

        /// Writes joined actions anew as the one that they are, now that it is known how many lines it has.
        mutating func finish() {
            guard let joined, joined.drafts.count > 1 else { return }
            buffer.removeSubrange(joined.start...)
            next = joined.next
            for (index, draft) in joined.drafts.enumerated() {
                encode(draft, Line.Group(index: index, count: joined.drafts.count))
            }
        }

        private mutating func encode(_ draft: Draft, _ group: Line.Group) {
            next.previous = Line.encode(
                draft, node: node, sequence: next.sequence, written: written, group: group, previous: next.previous,
                into: &buffer)
            next.sequence += 1
        }

        /// Takes the lines of one action, all or none; returns the sequence number of the first.
        ///
        /// - Precondition: each draft can be read back: a kind without escapes, an object without newlines. Better to stop
        ///   than to acknowledge what nobody can read.
        @discardableResult
        public mutating func append(_ action: [Draft]) -> Int {
            let first = next.sequence
            hasAppended = hasAppended || !action.isEmpty
            joined?.drafts += action
            for (index, draft) in action.enumerated() {
                let start = buffer.count
                encode(draft, Line.Group(index: index, count: action.count))
                buffer.withUnsafeBytes { bytes in
                    let text = UnsafeRawBufferPointer(rebasing: bytes[start..<bytes.count - 1])
                    guard let line = Line(text), !text.contains(UInt8(ascii: "\n")) else {
                        preconditionFailure("no line: the kind needs escapes, or the data is no object on one line")
                    }
                    if !line.isSetAside { deliver(line) }
                }
            }
            return first
        }

        /// Whether the first bytes of what was appended hold a whole action, which counts even if no more of it is there.
        func holdsAction(in count: Int) -> Bool {
            buffer.prefix(count).split(separator: UInt8(ascii: "\n")).contains { piece in
                piece.withUnsafeBytes { Line($0).map { $0.group.isLast && !$0.isSetAside } ?? false }
            }
        }
    }
}
