/// What a copy of a log should be, as far as its own lines and the other copy's prove it.
///
/// Nothing is guessed: a line is taken over when it proves itself, has a number that is missing here, and is linked by its
/// hashes to the lines before and behind. Two intact lines for one number are left where they are, and so is what is
/// damaged in both copies.
struct Mending {
    /// A piece of one of the two copies, and where it is to stand.
    struct Item {
        let copy: Damage.Copy
        let piece: Survey.Piece
        let segment: String
        /// Its number, or for what is no line, that of the line before.
        let sequence: Int
        let order: Int
        let isMended: Bool
    }

    private let ours: Holding
    private let other: Holding
    private let head: Int
    /// The lines to be, by their numbers, and those numbers in order.
    private var lines: [Int: (holding: Holding, piece: Survey.Piece)] = [:]
    private var order: [Int] = []
    /// The segments those lines belong to.
    private var segments: [Int: String] = [:]
    /// Numbers for which a person must choose.
    private(set) var conflicts: Set<Int> = []
    private(set) var items: [Item] = []

    /// - Parameters:
    ///   - head: The last acknowledged line's number; 0 when it is not known.
    ///   - end: What stands behind the last line of the log itself, when it is the mirror that is mended.
    init(_ ours: Holding, from other: Holding, head: Int, end: End? = nil) {
        (self.ours, self.other, self.head) = (ours, other, head)
        chooseLines()
        placeLines()
        placeRest(end)
        items.sort { ($0.segment, $0.sequence, $0.order) < ($1.segment, $1.sequence, $1.order) }
    }

    // MARK: Lines

    private mutating func chooseLines() {
        let hashes = ours.survey.hashes
        for (sequence, others) in other.survey.hashes where others.union(hashes[sequence] ?? []).count > 1 {
            conflicts.insert(sequence)
        }
        for (sequence, own) in hashes where own.count > 1 { conflicts.insert(sequence) }
        for sequence in ours.pieces.keys {
            if let piece = ours.piece(sequence) { lines[sequence] = (ours, piece) }
        }
        for sequence in other.pieces.keys.sorted() where lines[sequence] == nil && !conflicts.contains(sequence) {
            guard let piece = other.piece(sequence) else { continue }
            let isLinked = lines[sequence - 1].map { $0.piece.digest == piece.proof?.previous } ?? true
            let isLinkedOn = lines[sequence + 1].map { $0.piece.proof?.previous == piece.digest } ?? true
            if isLinked && isLinkedOn { lines[sequence] = (other, piece) } else { conflicts.insert(sequence) }
        }
        order = lines.keys.sorted()
    }

    private mutating func placeLines() {
        var latest = ""
        for sequence in order {
            guard var (holding, piece) = lines[sequence] else { continue }
            // The newline may be all that is missing here.
            if !piece.hasNewline, let whole = other.piece(sequence), whole.hasNewline, whole.digest == piece.digest {
                (holding, piece) = (other, whole)
            }
            let found = [ours, other].first { $0.isInPlace(sequence) && $0.piece(sequence)?.digest == piece.digest }
            let month = piece.proof?.month ?? ""
            let segment = found?.piece(sequence)?.segment ?? (LogReader.isSegment(month) ? month : piece.segment)
            latest = max(latest, segment)
            segments[sequence] = latest
            let isUntouched =
                holding.copy == ours.copy && ours.isInPlace(sequence) && piece.segment == latest
            items.append(
                Item(
                    copy: holding.copy, piece: piece, segment: latest, sequence: sequence, order: 0,
                    isMended: !isUntouched))
        }
    }

    // MARK: What is no line

    /// Where a torn tail stands among what is no line: its record follows at once.
    private static let behindAll = 1 << 40

    /// What stands behind the last line of a log.
    struct End {
        let last: Int
        let items: [Item]
    }

    /// This copy's own end.
    var end: End {
        let last = order.last ?? 0
        return End(last: last, items: items.filter { $0.sequence == last && $0.order > 0 })
    }

    private mutating func placeRest(_ end: End?) {
        let (explained, unclear) = placeTornTails()
        var (before, rest, hasEnd) = (0, [Int](), false)
        for (index, piece) in ours.survey.pieces.enumerated() {
            if ours.inPlace[index], let sequence = piece.proof?.sequence {
                place(rest, after: before, until: sequence, unclear)
                (before, rest) = (sequence, [])
            } else if let proof = piece.proof {
                // A line out of place is put where it belongs; one that says something else stays.
                if lines[proof.sequence]?.piece.digest != piece.digest { keep([index], after: before) }
            } else if !explained.contains(index) {
                rest.append(index)
            }
        }
        let last = order.last ?? 0
        if let end, end.last == last, before == last, head <= last {
            let own = rest.map { ours.survey.pieces[$0] }
            let isSame =
                own.map(\.digest) == end.items.map(\.piece.digest) && own.map(\.length) == end.items.map(\.piece.length)
            if isSame { keep(rest, after: before) } else { items += end.items }
            hasEnd = true
        }
        if !hasEnd { place(rest, after: before, until: nil, unclear) }
    }

    /// Torn tails that are on record stand as they did, from whichever copy has them whole: first the log itself. Returns
    /// which of our own pieces that accounts for, and the records whose tails neither copy has.
    private mutating func placeTornTails() -> (explained: Set<Int>, unclear: Set<Int>) {
        var (explained, unclear): (Set<Int>, Set<Int>) = ([], [])
        for sequence in order {
            guard let aside = lines[sequence]?.piece.proof?.aside else { continue }
            // Several tails may have been put on record in a row; each stood before its own record or an earlier one of them.
            var first = sequence
            while lines[first - 1]?.piece.proof?.aside != nil { first -= 1 }
            let others = other.torn(aside)
            let alike = others.flatMap {
                ours.pieces(like: other.digests($0), before: first...sequence, in: aside.segment)
            }
            let own = ours.torn(aside) ?? alike
            explained.formUnion(own ?? [])
            let isSame = own.map(ours.digests) == others.map(other.digests)
            let isOurs = own != nil && (others == nil || isSame || ours.copy == .primary)
            guard let chosen = isOurs ? own : others else {
                unclear.insert(sequence)
                continue
            }
            let holding = isOurs ? ours : other
            for (number, index) in chosen.enumerated() {
                let piece = holding.survey.pieces[index]
                // The tail may hold whole lines too, which stay behind what stood before them.
                let next = holding.line(behind: index).flatMap { $0 <= sequence ? $0 : nil } ?? first
                items.append(
                    Item(
                        copy: holding.copy, piece: piece, segment: piece.segment, sequence: next - 1,
                        order: Mending.behindAll + number, isMended: false))
            }
        }
        return (explained, unclear)
    }

    /// Keeps or drops what stands between two of our lines.
    private mutating func place(_ rest: [Int], after before: Int, until next: Int?, _ unclear: Set<Int>) {
        if rest.isEmpty { return }
        let last = order.last ?? 0
        let end = next ?? max(head, last) + 1
        let low = order.partitioningIndex { $0 > before }
        let high = order.partitioningIndex { $0 >= end }
        let known = order[low..<high]
        let missing = end - before - 1
        if missing > known.count {
            // Something is lost here, and this may be what is left of it: it is kept where the lost lines should be.
            if missing == rest.count {
                keep(rest, insteadOf: before + 1, but: Set(known))
            } else {
                var lost = before + 1
                for sequence in known where sequence == lost { lost += 1 }
                keep(rest, after: lost - 1)
            }
        } else if next == nil, last == before {
            // Behind the last line: a torn tail that no writer has settled yet.
            keep(rest, after: before)
        } else if order[low..<min(high + 1, order.count)].contains(where: unclear.contains) {
            keep(rest, after: before)
        } else if let next, missing == 0, let line = lines[next]?.piece, before > 0,
            line.proof?.previous != lines[before]?.piece.digest
        {
            keep(rest, after: before)
        }
        // Else every line is there without it.
    }

    private mutating func keep(_ rest: [Int], after sequence: Int) {
        for index in rest { keep(index, sequence, order: 1 + index) }
    }

    /// As many pieces as lines are missing: each is what one of them has become, and is kept if that is still so.
    private mutating func keep(_ rest: [Int], insteadOf first: Int, but known: Set<Int>) {
        for (number, index) in rest.enumerated() where !known.contains(first + number) {
            keep(index, first + number, order: 0)
        }
    }

    private mutating func keep(_ index: Int, _ sequence: Int, order: Int) {
        let piece = ours.survey.pieces[index]
        items.append(
            Item(
                copy: ours.copy, piece: piece, segment: max(piece.segment, segments[sequence] ?? ""),
                sequence: sequence, order: order, isMended: false))
    }
}
