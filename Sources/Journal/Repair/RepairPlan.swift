/// Computes the correct content of one copy of a log from its own lines and those of the other copy.
///
/// 1. Choose a line for each number: our own, otherwise the other copy's if its hashes link it to both neighbours. Two
///    different intact lines for one number are a conflict, and both copies keep theirs.
/// 2. Place each line in its segment, in order of the numbers.
/// 3. Place the bytes that are no lines: torn tails before their records, damaged lines where the missing lines would
///    be; bytes between lines that are all there are dropped.
///
/// Nothing is guessed: lines damaged in both copies stay as they are.
struct RepairPlan {
    /// A raw line of one of the copies, and its place in the result.
    struct Placement {
        let copy: Damage.Copy
        let rawLine: LogScan.RawLine
        let segment: String
        /// The line's number; for bytes that are no line, that of the line before, or of the line they replace.
        let sequence: Int
        /// The order among placements of one number; 0 for the line itself.
        let rank: Int
        /// Whether this line is restored or moved.
        let isRepaired: Bool
    }

    private let ours: LineIndex
    private let other: LineIndex
    private let head: Int
    /// The chosen lines, by number.
    private var lines: [Int: (source: LineIndex, rawLine: LogScan.RawLine)] = [:]
    /// Their numbers, sorted.
    private var numbers: [Int] = []
    /// Their segments.
    private var segments: [Int: String] = [:]
    /// Numbers of which different intact lines exist.
    private(set) var conflicts: Set<Int> = []
    /// The result, in file order.
    private(set) var placements: [Placement] = []

    /// - Parameters:
    ///   - head: The last acknowledged line's number; 0 if unknown.
    ///   - end: The end of the log itself, when this plan is for the mirror.
    init(_ ours: LineIndex, from other: LineIndex, head: Int, end: End? = nil) {
        (self.ours, self.other, self.head) = (ours, other, head)
        chooseLines()
        placeLines()
        placeRest(end)
        placements.sort { ($0.segment, $0.sequence, $0.rank) < ($1.segment, $1.sequence, $1.rank) }
    }

    // MARK: Lines

    private mutating func chooseLines() {
        let hashes = ours.scan.hashes
        for (sequence, others) in other.scan.hashes where others.union(hashes[sequence] ?? []).count > 1 {
            conflicts.insert(sequence)
        }
        for (sequence, own) in hashes where own.count > 1 { conflicts.insert(sequence) }
        for sequence in ours.sequences {
            if let line = ours[sequence] { lines[sequence] = (ours, line) }
        }
        for sequence in other.sequences.sorted() where lines[sequence] == nil && !conflicts.contains(sequence) {
            guard let line = other[sequence] else { continue }
            let isLinkedBack = lines[sequence - 1].map { $0.rawLine.digest == line.header?.previous } ?? true
            let isLinkedOn = lines[sequence + 1].map { $0.rawLine.header?.previous == line.digest } ?? true
            if isLinkedBack && isLinkedOn { lines[sequence] = (other, line) } else { conflicts.insert(sequence) }
        }
        numbers = lines.keys.sorted()
    }

    private mutating func placeLines() {
        var latest = ""
        for sequence in numbers {
            guard var (source, line) = lines[sequence] else { continue }
            // Our line may lack only its newline.
            if !line.hasNewline, let complete = other[sequence], complete.hasNewline, complete.digest == line.digest {
                (source, line) = (other, complete)
            }
            let inPlace = [ours, other].first { $0.isInPlace(sequence) && $0[sequence]?.digest == line.digest }
            let month = line.header?.segment ?? ""
            let segment = inPlace?[sequence]?.segment ?? (LogReader.isSegment(month) ? month : line.segment)
            latest = max(latest, segment)
            segments[sequence] = latest
            let isUnchanged = source.copy == ours.copy && ours.isInPlace(sequence) && line.segment == latest
            placements.append(
                Placement(
                    copy: source.copy, rawLine: line, segment: latest, sequence: sequence, rank: 0,
                    isRepaired: !isUnchanged))
        }
    }

    // MARK: Bytes that are no line

    /// The lowest rank of a torn tail, which comes last: its record follows at once.
    private static let tornTailRank = 1 << 40

    /// The bytes after the last line of a log.
    struct End {
        let last: Int
        let placements: [Placement]
    }

    /// The end of this copy.
    var end: End {
        let last = numbers.last ?? 0
        return End(last: last, placements: placements.filter { $0.sequence == last && $0.rank > 0 })
    }

    private mutating func placeRest(_ end: End?) {
        let (explained, unclear) = placeTornTails()
        // The raw lines since the last line in place, which has the number `before`.
        var (before, rest) = (0, [Int]())
        for (index, line) in ours.scan.rawLines.enumerated() {
            if ours.inPlace[index], let sequence = line.header?.sequence {
                place(rest, after: before, until: sequence, unclear)
                (before, rest) = (sequence, [])
            } else if let header = line.header {
                // A misplaced line has been placed by its number; one in conflict stays where it is.
                if lines[header.sequence]?.rawLine.digest != line.digest { keep([index], after: before) }
            } else if !explained.contains(index) {
                rest.append(index)
            }
        }
        let last = numbers.last ?? 0
        guard let end, end.last == last, before == last, head <= last else {
            return place(rest, after: before, until: nil, unclear)
        }
        // Both copies end with the same line: the mirror's end becomes that of the log.
        let (own, theirs) = (rest.map { ours.scan.rawLines[$0] }, end.placements.map(\.rawLine))
        if own.map(\.digest) == theirs.map(\.digest), own.map(\.length) == theirs.map(\.length) {
            keep(rest, after: before)
        } else {
            placements += end.placements
        }
    }

    /// Places the torn tails on record, from a copy that has them complete; if they differ, from the log itself.
    ///
    /// - Returns: Our raw lines that are torn tails, and the numbers of records whose tail is complete in no copy.
    private mutating func placeTornTails() -> (explained: Set<Int>, unclear: Set<Int>) {
        var (explained, unclear): (Set<Int>, Set<Int>) = ([], [])
        for sequence in numbers {
            guard let setAside = lines[sequence]?.rawLine.header?.setAside else { continue }
            // Of several records in a row, the tail stood before this one or an earlier one.
            var first = sequence
            while lines[first - 1]?.rawLine.header?.setAside != nil { first -= 1 }
            let theirs = other.tornTail(setAside)
            let alike = theirs.flatMap {
                ours.tornTail(like: other.digests($0), before: first...sequence, in: setAside.segment)
            }
            let own = ours.tornTail(setAside) ?? alike
            explained.formUnion(own ?? [])
            let isSame = own.map(ours.digests) == theirs.map(other.digests)
            let isOurs = own != nil && (theirs == nil || isSame || ours.copy == .primary)
            guard let chosen = isOurs ? own : theirs else {
                unclear.insert(sequence)
                continue
            }
            let source = isOurs ? ours : other
            for (number, index) in chosen.enumerated() {
                let line = source.scan.rawLines[index]
                // Intact lines inside the tail keep their order with its other bytes.
                let next = source.sequence(after: index).flatMap { $0 <= sequence ? $0 : nil } ?? first
                placements.append(
                    Placement(
                        copy: source.copy, rawLine: line, segment: line.segment, sequence: next - 1,
                        rank: RepairPlan.tornTailRank + number, isRepaired: false))
            }
        }
        return (explained, unclear)
    }

    /// Keeps or drops the raw lines between two of our lines; `next` is `nil` after the last one.
    private mutating func place(_ rest: [Int], after before: Int, until next: Int?, _ unclear: Set<Int>) {
        if rest.isEmpty { return }
        let last = numbers.last ?? 0
        let end = next ?? max(head, last) + 1
        let low = numbers.partitioningIndex { $0 > before }
        let high = numbers.partitioningIndex { $0 >= end }
        let known = numbers[low..<high]
        let expected = end - before - 1
        if expected > known.count {
            // Lines are lost here, and these bytes may be their remains: keep them where the lost lines should be.
            if expected == rest.count {
                keep(rest, insteadOf: before + 1, except: Set(known))
            } else {
                var lost = before + 1
                for sequence in known where sequence == lost { lost += 1 }
                keep(rest, after: lost - 1)
            }
        } else if next == nil, last == before {
            // A torn tail that is not on record yet.
            keep(rest, after: before)
        } else if numbers[low..<min(high + 1, numbers.count)].contains(where: unclear.contains) {
            // Perhaps the torn tail of such a record.
            keep(rest, after: before)
        } else if let next, expected == 0, let line = lines[next]?.rawLine, before > 0,
            line.header?.previous != lines[before]?.rawLine.digest
        {
            // The chain is broken here.
            keep(rest, after: before)
        }
        // Otherwise all lines are there without these bytes.
    }

    private mutating func keep(_ rest: [Int], after sequence: Int) {
        for index in rest { keep(index, sequence, rank: 1 + index) }
    }

    /// Places one raw line for each missing line, since their counts are equal; drops those whose line was restored.
    private mutating func keep(_ rest: [Int], insteadOf first: Int, except known: Set<Int>) {
        for (number, index) in rest.enumerated() where !known.contains(first + number) {
            keep(index, first + number, rank: 0)
        }
    }

    private mutating func keep(_ index: Int, _ sequence: Int, rank: Int) {
        let line = ours.scan.rawLines[index]
        placements.append(
            Placement(
                copy: ours.copy, rawLine: line, segment: max(line.segment, segments[sequence] ?? ""),
                sequence: sequence, rank: rank, isRepaired: false))
    }
}
