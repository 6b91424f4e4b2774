import Glibc

/// What stands in one copy of a log, line by line and in the order of the file: the lines that prove themselves, and whatever
/// else is there. A repair is planned over two of these.
struct Survey {
    /// One line, intact or not.
    struct Piece {
        let segment: String
        let offset: Int
        /// Its newline included, if it has one.
        let length: Int
        let hasNewline: Bool
        /// What an intact line of this node tells; `nil` for anything else.
        let proof: Proof?
        /// The digest of a line, or of the bytes of what is none.
        let digest: Digest
        var end: Int { offset + length }
    }

    struct Proof {
        let sequence: Int
        let previous: Digest
        /// The torn tail that the line puts on record.
        let aside: SetAside?
        /// The segment of the month it was written in.
        let month: String
    }

    private(set) var segments: [(name: String, size: Int)] = []
    private(set) var pieces: [Piece] = []

    /// No copy at all.
    init() {}

    /// Reads a copy's segments, or some of them, or only the beginnings of some.
    init(_ folder: String, node: String, disk: any Disk, limits: [String: Int]? = nil) throws {
        let nodeText = Line.text(ofNode: node)
        for name in try disk.names(in: folder) where LogReader.isSegment(name) {
            guard let limit = limits == nil ? .max : limits?[name],
                let file = try disk.openIfThere("\(folder)/\(name)")
            else { continue }
            defer { disk.close(file) }
            let size = min(limit, try disk.size(of: file))
            segments.append((name, size))
            try read(file, name, size, nodeText, disk)
        }
    }

    /// The intact lines' hashes by sequence number; more than one for a number is a contradiction.
    var hashes: [Int: Set<Digest>] {
        var hashes: [Int: Set<Digest>] = [:]
        for piece in pieces {
            if let proof = piece.proof { hashes[proof.sequence, default: []].insert(piece.digest) }
        }
        return hashes
    }

    private mutating func read(_ file: Int32, _ name: String, _ size: Int, _ nodeText: [UInt8], _ disk: any Disk) throws
    {
        var (place, count) = (0, 1 << 20)
        while place < size {
            let chunk = try disk.bytes(of: file, from: place, count: min(count, size - place))
            if chunk.isEmpty { return }
            let isLast = place + chunk.count >= size
            let taken = chunk.withUnsafeBytes { take($0, at: place, of: name, nodeText, isLast: isLast) }
            // A line longer than that.
            if taken == 0 {
                if isLast { return }
                count *= 2
            }
            place += taken
        }
    }

    /// Takes the whole lines of a chunk, and what is behind them when nothing follows; returns how many bytes those are.
    private mutating func take(
        _ chunk: UnsafeRawBufferPointer, at place: Int, of segment: String, _ nodeText: [UInt8], isLast: Bool
    ) -> Int {
        guard let base = chunk.baseAddress else { return 0 }
        var start = 0
        while start < chunk.count {
            let newline = memchr(base + start, 0x0A, chunk.count - start).map { UnsafeRawPointer($0) - base }
            if newline == nil, !isLast { break }
            let end = newline ?? chunk.count
            let bytes = UnsafeRawBufferPointer(rebasing: chunk[start..<end])
            let line = Line(proving: bytes).flatMap { $0.isOf(nodeText) ? $0 : nil }
            pieces.append(
                Piece(
                    segment: segment, offset: place + start, length: end - start + (newline == nil ? 0 : 1),
                    hasNewline: newline != nil, proof: line.map(Proof.init), digest: line?.hash ?? Digest(of: bytes)))
            start = newline == nil ? end : end + 1
        }
        return start
    }
}

extension Survey.Proof {
    init(_ line: Line) {
        self.init(
            sequence: line.sequence, previous: line.previous, aside: line.setAside,
            month: String(decoding: line.writtenText.prefix(7), as: UTF8.self) + ".jsonl")
    }
}

extension Survey {
    /// The most lines whose numbers rise from one to the next: those stand where they were written. What is not among them
    /// stands out of place, or a second time.
    var inPlace: [Bool] {
        // Patience sorting: for every length, the rising row that ends lowest.
        var (ends, before) = ([Int](), [Int](repeating: -1, count: pieces.count))
        for (index, piece) in pieces.enumerated() {
            guard let sequence = piece.proof?.sequence else { continue }
            let isRising = ends.last.map { (pieces[$0].proof?.sequence ?? 0) < sequence } ?? true
            let length =
                isRising ? ends.count : ends.partitioningIndex { (pieces[$0].proof?.sequence ?? 0) >= sequence }
            before[index] = length > 0 ? ends[length - 1] : -1
            if length < ends.count { ends[length] = index } else { ends.append(index) }
        }
        var inPlace = [Bool](repeating: false, count: pieces.count)
        var index = ends.last ?? -1
        while index >= 0 {
            inPlace[index] = true
            index = before[index]
        }
        return inPlace
    }
}

extension Array {
    /// The first index at which a condition holds that holds for all behind it.
    func partitioningIndex(where isBehind: (Element) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if isBehind(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
