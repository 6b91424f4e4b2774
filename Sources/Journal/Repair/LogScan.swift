import Glibc

/// All lines of one copy of a log in file order, intact or not: the input of a repair and of a comparison.
struct LogScan {
    /// The bytes between two newlines.
    struct RawLine {
        let segment: String
        let offset: Int
        /// In bytes, with the newline if there is one.
        let length: Int
        let hasNewline: Bool
        /// `nil` unless this is an intact line of the node.
        let header: EntryHeader?
        /// The line's hash; for damaged bytes, their SHA-256.
        let digest: Digest
        var end: Int { offset + length }
    }

    /// The fields of an intact line that a repair needs.
    struct EntryHeader {
        let sequence: Int
        let previous: Digest
        /// The torn tail that the line puts on record.
        let setAside: SetAside?
        /// The segment of the month in which the line was written.
        let segment: String

        init(_ line: Line) {
            sequence = line.sequence
            previous = line.previous
            setAside = line.setAside
            segment = String(decoding: line.writtenText.prefix(7), as: UTF8.self) + ".jsonl"
        }
    }

    private(set) var segments: [(name: String, size: Int)] = []
    private(set) var rawLines: [RawLine] = []

    /// The scan of a copy that does not exist.
    init() {}

    /// Reads all segments of a copy, or those in `limits`, each up to so many bytes.
    init(_ folder: String, node: String, disk: any Disk, limits: [String: Int]? = nil) throws {
        let nodeText = Line.text(ofNode: node)
        for name in try disk.names(in: folder) where LogReader.isSegment(name) {
            guard let limit = limits == nil ? .max : limits?[name],
                let file = try disk.openIfThere("\(folder)/\(name)")
            else { continue }
            defer { disk.close(file) }
            try read(name, file, to: min(limit, try disk.size(of: file)), nodeText, disk)
        }
    }

    /// Reads a segment up to `size`, as the last one. What was read of it before is continued.
    mutating func read(_ name: String, _ file: Int32, to size: Int, _ nodeText: [UInt8], _ disk: any Disk) throws {
        var start = 0
        if let last = segments.last, last.name == name {
            segments.removeLast()
            start = last.size
            if let tail = rawLines.last, tail.segment == name, !tail.hasNewline {
                start = tail.offset
                rawLines.removeLast()
            }
        }
        segments.append((name, size))
        try read(file, name, start..<size, nodeText, disk)
    }

    /// The hashes of intact lines by sequence number; more than one is a conflict.
    var hashes: [Int: Set<Digest>] {
        var hashes: [Int: Set<Digest>] = [:]
        for line in rawLines {
            if let header = line.header { hashes[header.sequence, default: []].insert(line.digest) }
        }
        return hashes
    }

    private mutating func read(
        _ file: Int32, _ name: String, _ range: Range<Int>, _ nodeText: [UInt8], _ disk: any Disk
    ) throws {
        var place = range.lowerBound
        while place < range.upperBound {
            let chunk = try disk.bytes(of: file, from: place, count: min(Line.longest, range.upperBound - place))
            if chunk.isEmpty { return }
            let isLast = place + chunk.count >= range.upperBound
            let added = chunk.withUnsafeBytes { add($0, at: place, of: name, nodeText, isLast: isLast) }
            place += added > 0 ? added : try addLongLine(file, name, place..<range.upperBound, disk)
        }
    }

    /// Adds the bytes up to the next newline, which are more than a line may have; returns their number.
    private mutating func addLongLine(_ file: Int32, _ name: String, _ range: Range<Int>, _ disk: any Disk) throws
        -> Int
    {
        var (end, hasNewline) = (range.lowerBound, false)
        while end < range.upperBound, !hasNewline {
            let part = try disk.bytes(of: file, from: end, count: min(Line.longest, range.upperBound - end))
            if part.isEmpty { break }
            let newline = part.firstIndex(of: UInt8(ascii: "\n"))
            end += newline ?? part.count
            hasNewline = newline != nil
        }
        rawLines.append(
            RawLine(
                segment: name, offset: range.lowerBound, length: end - range.lowerBound + (hasNewline ? 1 : 0),
                hasNewline: hasNewline, header: nil, digest: try Digest(of: range.lowerBound..<end, in: file, on: disk))
        )
        return end - range.lowerBound + (hasNewline ? 1 : 0)
    }

    /// Adds the lines of a chunk, in the last one also the bytes after the last newline; returns the bytes added.
    private mutating func add(
        _ chunk: UnsafeRawBufferPointer, at place: Int, of segment: String, _ nodeText: [UInt8], isLast: Bool
    ) -> Int {
        func add(_ bytes: UnsafeRawBufferPointer, _ offset: Int, hasNewline: Bool) {
            let line = Line(proving: bytes).flatMap { $0.isOf(nodeText) ? $0 : nil }
            rawLines.append(
                RawLine(
                    segment: segment, offset: place + offset, length: bytes.count + (hasNewline ? 1 : 0),
                    hasNewline: hasNewline, header: line.map(EntryHeader.init), digest: line?.hash ?? Digest(of: bytes))
            )
        }
        let lineBytes = chunk.eachLine { add($0, $1, hasNewline: true) }
        guard isLast, lineBytes < chunk.count else { return lineBytes }
        add(UnsafeRawBufferPointer(rebasing: chunk[lineBytes...]), lineBytes, hasNewline: false)
        return chunk.count
    }
}

extension LogScan {
    /// For each raw line, whether it stands where it was written: the longest increasing subsequence of the numbers.
    /// The other intact lines are out of place, or duplicates.
    var inPlace: [Bool] {
        // Patience sorting. `ends[n]` is the lowest last line of an increasing sequence of n + 1 lines; `before` links
        // each line to the one before it in its sequence.
        var (ends, before) = ([Int](), [Int](repeating: -1, count: rawLines.count))
        func number(_ index: Int) -> Int { rawLines[index].header?.sequence ?? 0 }
        for (index, line) in rawLines.enumerated() {
            guard let sequence = line.header?.sequence else { continue }
            let length = ends.partitioningIndex { number($0) >= sequence }
            before[index] = length > 0 ? ends[length - 1] : -1
            if length < ends.count { ends[length] = index } else { ends.append(index) }
        }
        var inPlace = [Bool](repeating: false, count: rawLines.count)
        var index = ends.last ?? -1
        while index >= 0 {
            inPlace[index] = true
            index = before[index]
        }
        return inPlace
    }
}

extension Array {
    /// The first index from which on a condition holds, by binary search; it must hold for all elements after that.
    func partitioningIndex(where isAfter: (Element) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if isAfter(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
