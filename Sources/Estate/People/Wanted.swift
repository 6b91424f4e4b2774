/// How well a text answers what is looked for, the best first.
public enum Likeness: Int, Comparable, Sendable {
    /// It is the text, or its pinyin in full.
    case exact
    /// The text, or its pinyin, begins with it.
    case prefix
    /// The text's first characters begin with its letters: `zs` for 张三.
    case initials
    /// It stands somewhere within.
    case contained

    public static func < (a: Likeness, b: Likeness) -> Bool { a.rawValue < b.rawValue }
}

/// Where a hit stands among others: the likelier first, and of two alike the shorter text, of which less was left untyped.
public struct Rank: Comparable, Hashable, Sendable {
    public let likeness: Likeness
    /// The characters of the text that was hit.
    public let length: Int

    public init(_ likeness: Likeness, length: Int) { (self.likeness, self.length) = (likeness, length) }

    public static func < (a: Rank, b: Rank) -> Bool { (a.likeness, a.length) < (b.likeness, b.length) }
}

/// What somebody typed to find something by: text, pinyin, initials or digits.
public struct Wanted: Sendable {
    /// Half-width, in lower case, without blanks.
    public let text: String
    private let signs: [Character]
    private let isLatin: Bool

    public init(_ query: String) {
        text = Wanted.folded(query.halfwidth)
        signs = Array(text)
        isLatin = text.utf8.allSatisfy { $0 < 0x80 }
    }

    public var isEmpty: Bool { signs.isEmpty }

    private static func folded(_ text: String) -> String { text.lowercased().filter { !$0.isWhitespace } }

    /// The best rank that any of several texts gives; `nil` if it is found in none.
    public func rank(of texts: [String]) -> Rank? {
        texts.compactMap { text in likeness(of: text).map { Rank($0, length: text.count) } }.min()
    }

    /// How the text answers it; `nil` if it is not found in it. Nothing wanted is found nowhere.
    public func likeness(of text: String) -> Likeness? {
        let folded = Wanted.folded(text)
        if isEmpty || folded.isEmpty { return nil }
        if folded.hasPrefix(self.text) { return folded.utf8.count == self.text.utf8.count ? .exact : .prefix }
        if isLatin, folded.utf8.contains(where: { $0 >= 0x80 }) {
            let others = Array(folded)
            if let found = match(signs[...], others[...], isFull: true) { return found }
            if folded.contains(self.text) { return .contained }
            let isWithin = others.indices.dropFirst().contains {
                match(signs[...], others[$0...], isFull: true) != nil
            }
            return isWithin ? .contained : nil
        }
        return folded.contains(self.text) ? .contained : nil
    }

    /// Each sign takes up the start of one of its readings, or itself. `isFull`: all signs so far were spelled out.
    private func match(
        _ query: ArraySlice<Character>, _ signs: ArraySlice<Character>, isFull: Bool
    ) -> Likeness? {
        if query.isEmpty { return isFull ? (signs.isEmpty ? .exact : .prefix) : .initials }
        guard let sign = signs.first else { return nil }
        var best: Likeness?
        for reading in Pinyin.readings(of: sign) {
            let common = zip(reading, query).prefix { $0 == $1 }.count
            // The longest start first: zhangsan is zhang and san before it is z and hangsan.
            for length in stride(from: common, to: 0, by: -1) {
                let rest = query.dropFirst(length)
                // What is typed last need not be spelled out.
                let found = match(
                    rest, signs.dropFirst(), isFull: isFull && (length == reading.count || rest.isEmpty))
                guard let found else { continue }
                // A last sign that is not spelled out makes no whole text.
                let likeness = found == .exact && rest.isEmpty && length < reading.count ? .prefix : found
                if likeness <= .prefix { return likeness }
                best = likeness
            }
        }
        return best
    }
}
