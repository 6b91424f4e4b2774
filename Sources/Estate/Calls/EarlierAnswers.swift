import Journal

/// An answer that a demand was given (1.3), to be given again.
public struct EarlierAnswer: Hashable, Sendable {
    /// The demand's text.
    public let demand: String
    public let note: String
    public let at: Moment
}

/// The latest answers to demands, found by the words of a demand.
///
/// Two texts are similar if at least half of their pairs of neighbouring characters are the same (Dice's coefficient);
/// spaces and punctuation count for nothing.
public struct EarlierAnswers: Sendable {
    /// Older answers are dropped, so that a search takes microseconds.
    private static let most = 2048

    /// An answer, and the pairs of characters of its demand.
    private struct Entry: Sendable {
        let answer: EarlierAnswer
        let pairs: [UInt64]
    }

    private var entries: [Entry] = []

    mutating func add(_ answer: EarlierAnswer) {
        // Dropped in one go: removing from the front moves all that follow.
        if entries.count >= 2 * Self.most { entries.removeFirst(Self.most) }
        entries.append(Entry(answer: answer, pairs: Self.pairs(of: answer.demand)))
    }

    /// At most `limit` answers to demands similar to a text, the most similar and then the latest first, each answer
    /// once.
    public func similar(to text: String, limit: Int = 3) -> [EarlierAnswer] {
        let pairs = Self.pairs(of: text)
        if pairs.isEmpty { return [] }
        var found: [(share: Int, place: Int)] = []
        for (place, entry) in entries.suffix(Self.most).enumerated() {
            let common = entry.pairs.count { pairs.contains($0) }
            let total = entry.pairs.count + pairs.count
            if common * 4 >= total { found.append((common * 2000 / total, place)) }
        }
        let latest = entries.suffix(Self.most)
        var answers: [EarlierAnswer] = []
        for (_, place) in found.sorted(by: >) where answers.count < limit {
            let answer = latest[latest.startIndex + place].answer
            if !answers.contains(where: { $0.note == answer.note }) { answers.append(answer) }
        }
        return answers
    }

    /// The pairs of neighbouring letters, digits and ideographs in the beginning of a text, each once.
    private static func pairs(of text: String) -> [UInt64] {
        var (pairs, former): ([UInt64], UInt64) = ([], 0)
        for scalar in text.unicodeScalars.prefix(64)
        where scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
            let value = UInt64(scalar.value)
            if former != 0, !pairs.contains(former << 32 | value) { pairs.append(former << 32 | value) }
            former = value
        }
        return pairs
    }
}
