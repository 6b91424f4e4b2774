/// The lines of one copy by sequence number, and its torn tails by their records.
struct LineIndex {
    let copy: Damage.Copy
    let scan: LogScan
    /// For each raw line, whether it stands where it was written.
    let inPlace: [Bool]
    /// The index of a line's raw line, by sequence number: the one in place, otherwise the first.
    private let indices: [Int: Int]

    init(_ copy: Damage.Copy, _ scan: LogScan) {
        (self.copy, self.scan, inPlace) = (copy, scan, scan.inPlace)
        var indices: [Int: Int] = [:]
        for (index, line) in scan.rawLines.enumerated() {
            guard let sequence = line.header?.sequence, inPlace[index] || indices[sequence] == nil else { continue }
            indices[sequence] = index
        }
        self.indices = indices
    }

    var sequences: Dictionary<Int, Int>.Keys { indices.keys }

    subscript(sequence: Int) -> LogScan.RawLine? { indices[sequence].map { scan.rawLines[$0] } }

    func isInPlace(_ sequence: Int) -> Bool { indices[sequence].map { inPlace[$0] } ?? false }

    /// The number of the next line in place after a raw line.
    func sequence(after index: Int) -> Int? {
        scan.rawLines.indices[(index + 1)...].first { inPlace[$0] }.flatMap { scan.rawLines[$0].header?.sequence }
    }

    func digests(_ indices: [Int]) -> [Digest] { indices.map { scan.rawLines[$0].digest } }

    // MARK: Torn tails

    /// The raw lines of a torn tail that are no intact lines; `nil` if the bytes do not fit its record.
    func tornTail(_ setAside: SetAside) -> [Int]? {
        let covered = scan.rawLines.indices.filter {
            setAside.covers(segment: scan.rawLines[$0].segment, offset: scan.rawLines[$0].offset)
        }
        guard let first = covered.first, let last = covered.last, scan.rawLines[first].offset == setAside.offset
        else { return nil }
        // The tail ends before or after a newline: the one that the next writer added is not counted in its record.
        let (end, line) = (setAside.offset + setAside.bytes, scan.rawLines[last])
        guard line.end == end || (line.hasNewline && line.end == end + 1) else { return nil }
        // Its record follows at once, or stands in the next segment.
        let next = last + 1
        let isFollowed =
            next == scan.rawLines.count || scan.rawLines[next].segment != setAside.segment
            || scan.rawLines[next].header?.setAside != nil
        guard isFollowed else { return nil }
        return covered.filter { scan.rawLines[$0].header == nil }
    }

    /// The raw lines with these digests that stand directly before one of the records and are no intact lines.
    func tornTail(like digests: [Digest], before records: ClosedRange<Int>, in segment: String) -> [Int]? {
        for record in records.reversed() {
            if let found = tornTail(like: digests, before: record, in: segment) { return found }
        }
        return nil
    }

    /// The same for one record. If the record is in the next segment, the tail ends its own.
    private func tornTail(like digests: [Digest], before record: Int, in segment: String) -> [Int]? {
        let limit = indices[record].flatMap { scan.rawLines[$0].segment == segment ? $0 : nil }
        let end = limit ?? (scan.rawLines.lastIndex { $0.segment == segment } ?? -1) + 1
        guard end >= digests.count else { return nil }
        let found = Array(end - digests.count..<end)
        let areNoLines = found.allSatisfy {
            scan.rawLines[$0].segment == segment && scan.rawLines[$0].header == nil
        }
        return areNoLines && self.digests(found) == digests ? found : nil
    }
}
