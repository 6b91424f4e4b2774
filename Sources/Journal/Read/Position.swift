import Glibc

extension Journal {
    /// A point in one node's log between two actions: the end, number and hash of the last line before it.
    ///
    /// Checkpoints keep positions. If the line still proves the same hash, all lines before it are unchanged too, since
    /// each hash covers the one before; the next start reads only what follows (J10).
    public struct Position: Equatable, Sendable {
        public let node: String
        /// The segment's file name; empty when the log has no lines yet.
        public let segment: String
        /// The end of the line, after its newline, in bytes from the segment's start.
        public let offset: Int
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

    /// How far each node's log has been delivered, in complete actions. Empty when anything is damaged, cannot be read or
    /// is of a newer program, so that each start reads everything and reports it.
    public var positions: [Position] {
        guard present.isEmpty, newerLines == 0, nodeFailures.isEmpty else { return [] }
        return readers.map {
            $0.resumePoint ?? Position(node: $0.node, segment: "", offset: 0, sequence: 0, hash: .zero)
        }
    }

    /// Positions from which a reading meets all actions after a time, and few before it. Empty as ``positions`` is.
    public func positions(notAfter time: HybridTime) -> [Position] {
        if positions.isEmpty { return [] }
        return readers.map { reader in
            reader.points.last { $0.time <= time }?.position
                ?? Position(node: reader.node, segment: "", offset: 0, sequence: 0, hash: .zero)
        }
    }

    /// Takes over what another instance knows of the lines that this one skipped.
    public func adoptPoints(of other: Journal) {
        for index in readers.indices {
            if let reader = other.readers.first(where: { $0.node == readers[index].node }) {
                readers[index].adoptPoints(of: reader)
            }
        }
    }

    /// Skips the lines before positions of an earlier run; call it before anything is read. ``lines``, ``bytes``,
    /// ``setAsides`` and ``newerLines`` then count from there.
    ///
    /// - Returns: `false` if a position's line is missing, has another hash or cannot be read; then nothing is skipped.
    public func start(after positions: [Position]) -> Bool {
        guard !positions.isEmpty, readers.allSatisfy(\.isAtFront) else { return false }
        var started = readers
        for position in positions {
            let index = started.firstIndex { $0.node == position.node }
            // A failing disk reports itself when the log is read from the front.
            let isStarted = try? index.map { try started[$0].start(after: position) }
            if isStarted != true {
                for reader in started { reader.close() }
                return false
            }
        }
        readers = started
        return true
    }
}

extension Journal.Position {
    /// The time of the line that ends here in an open segment; `nil` if there is none that has this hash.
    func time(in file: Int32, on disk: any Disk) throws -> HybridTime? { try line(in: file, on: disk, \.time) }

    /// What is read of the line that ends here in an open segment; `nil` if there is none that has this hash. Usually
    /// one read.
    func line<Result>(in file: Int32, on disk: any Disk, _ read: (Line) -> Result?) throws -> Result? {
        guard offset > 0 else { return nil }
        var count = min(offset, 16 << 10)
        while true {
            let bytes = try disk.bytes(of: file, from: offset - count, count: count)
            guard bytes.count == count, bytes.last == UInt8(ascii: "\n") else { return nil }
            let text = bytes.dropLast()
            let newline = text.lastIndex(of: UInt8(ascii: "\n"))
            if newline != nil || count == offset {
                let start = newline.map { $0 + 1 } ?? text.startIndex
                return text[start...].withUnsafeBytes {
                    guard let line = Line(proving: $0), line.isOf(Line.text(ofNode: node)),
                        line.sequence == sequence, line.hash == hash
                    else { return nil }
                    return read(line)
                }
            }
            if count > Line.longest { return nil }
            count = min(offset, count * 16, Line.longest + 1)
        }
    }
}
