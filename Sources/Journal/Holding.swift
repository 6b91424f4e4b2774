/// One copy's lines by their numbers.
struct Holding {
    let copy: Damage.Copy
    let survey: Survey
    /// Of each piece, whether it stands where it was written.
    let inPlace: [Bool]
    /// The piece that holds a line, by its number: the one in place, or else the first.
    let pieces: [Int: Int]

    init(_ copy: Damage.Copy, _ survey: Survey) {
        (self.copy, self.survey, inPlace) = (copy, survey, survey.inPlace)
        var pieces: [Int: Int] = [:]
        for (index, piece) in survey.pieces.enumerated() {
            guard let sequence = piece.proof?.sequence, inPlace[index] || pieces[sequence] == nil else { continue }
            pieces[sequence] = index
        }
        self.pieces = pieces
    }

    func piece(_ sequence: Int) -> Survey.Piece? { pieces[sequence].map { survey.pieces[$0] } }

    func isInPlace(_ sequence: Int) -> Bool { pieces[sequence].map { inPlace[$0] } ?? false }

    /// The pieces of a torn tail that is on record, without the whole lines among them; `nil` when they are not all there.
    func torn(_ aside: SetAside) -> [Int]? {
        let inside = survey.pieces.indices.filter {
            aside.covers(segment: survey.pieces[$0].segment, offset: survey.pieces[$0].offset)
        }
        guard let first = inside.first, let last = inside.last, survey.pieces[first].offset == aside.offset else {
            return nil
        }
        // The newline that ended the tail came with the record, or had been there.
        let (end, piece) = (aside.offset + aside.bytes, survey.pieces[last])
        guard piece.end == end || (piece.hasNewline && piece.end == end + 1) else { return nil }
        // Nothing came between the two, unless a month ended.
        let next = last + 1
        let isFollowed =
            next == survey.pieces.count || survey.pieces[next].segment != aside.segment
            || survey.pieces[next].proof?.aside != nil
        guard isFollowed else { return nil }
        return inside.filter { survey.pieces[$0].proof == nil }
    }

    /// The number of the next line in place behind a piece.
    func line(behind index: Int) -> Int? {
        survey.pieces.indices[(index + 1)...].first { inPlace[$0] }.flatMap { survey.pieces[$0].proof?.sequence }
    }

    func digests(_ indices: [Int]) -> [Digest] { indices.map { survey.pieces[$0].digest } }

    /// The pieces, no lines, that stand directly before one of some records of torn tails, if they are these.
    func pieces(like digests: [Digest], before records: ClosedRange<Int>, in segment: String) -> [Int]? {
        for record in records.reversed() {
            if let found = pieces(like: digests, before: record, in: segment) { return found }
        }
        return nil
    }

    /// The same of one record, or at a segment's end if the record is in the next.
    private func pieces(like digests: [Digest], before record: Int, in segment: String) -> [Int]? {
        let limit = pieces[record].flatMap { survey.pieces[$0].segment == segment ? $0 : nil }
        let end = limit ?? (survey.pieces.lastIndex { $0.segment == segment } ?? -1) + 1
        guard end >= digests.count else { return nil }
        let indices = Array(end - digests.count..<end)
        let areSuch = indices.allSatisfy { survey.pieces[$0].segment == segment && survey.pieces[$0].proof == nil }
        return areSuch && self.digests(indices) == digests ? indices : nil
    }
}
