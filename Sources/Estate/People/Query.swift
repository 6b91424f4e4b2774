/// The quality of a match, the best first.
public enum MatchKind: Int, Comparable, Sendable {
    /// The query is the text, or its full pinyin.
    case exact
    /// The text, or its pinyin, begins with the query.
    case prefix
    /// The letters of the query begin the readings of the first characters: `zs` for 张三.
    case initials
    /// The query occurs within the text.
    case contained

    public static func < (a: MatchKind, b: MatchKind) -> Bool { a.rawValue < b.rawValue }
}

/// The order of matches: the better first; of two equally good ones the shorter text, which the query covers more of.
public struct Rank: Comparable, Hashable, Sendable {
    public let matchKind: MatchKind
    /// The number of characters of the matched text.
    public let length: Int

    public init(_ matchKind: MatchKind, length: Int) { (self.matchKind, self.length) = (matchKind, length) }

    public static func < (a: Rank, b: Rank) -> Bool { (a.matchKind, a.length) < (b.matchKind, b.length) }
}

/// A search query: text, pinyin, initials or digits.
public struct Query: Sendable {
    /// Half-width, in lower case, without whitespace and `·`; ü is v, and u where v can only be that.
    public let text: String
    private let signs: [Character]
    private let isLatin: Bool

    public init(_ query: String) {
        let folded = Query.folded(query.halfwidth)
        text = folded.contains { $0 == "v" || $0 == "ü" } ? Query.spelled(folded) : folded
        signs = Array(text)
        isLatin = text.utf8.allSatisfy { $0 < 0x80 }
    }

    public var isEmpty: Bool { signs.isEmpty }

    private static func folded(_ text: String) -> String {
        // Most names are ideographs, digits and dashes, which folding keeps.
        let isFolded = text.unicodeScalars.allSatisfy {
            (0x4E00...0x9FFF).contains($0.value) || (0x21...0x7E).contains($0.value) && !(65...90).contains($0.value)
        }
        return isFolded ? text : text.lowercased().filter { !$0.isWhitespace && !"·•・‧∙⋅･".contains($0) }
    }

    /// ü as v behind l and n, and v as u behind j, q, x and y.
    private static func spelled(_ text: String) -> String {
        text.replacing("ü", with: "v").replacing(/([jqxy])v/) { "\($0.output.1)u" }
    }

    /// The best rank among several texts; `nil` if none matches.
    public func rank(of texts: [String]) -> Rank? {
        texts.compactMap { text in matchKind(of: text).map { Rank($0, length: text.count) } }.min()
    }

    /// Whether any of several texts matches.
    public func matches(_ texts: [String]) -> Bool { texts.contains { matchKind(of: $0) != nil } }

    /// The quality of the match with a text; `nil` if there is none. An empty query matches nothing.
    public func matchKind(of text: String) -> MatchKind? {
        // A reading has at most six letters, and a character with readings at least two bytes.
        if isEmpty || signs.count > 3 * text.utf8.count { return nil }
        let folded = Query.folded(text)
        if folded.isEmpty { return nil }
        if folded.hasPrefix(self.text) { return folded.utf8.count == self.text.utf8.count ? .exact : .prefix }
        if isLatin, folded.utf8.contains(where: { $0 >= 0x80 }) {
            let others = Array(folded)
            if let matchKind = match(signs[...], others[...], isFull: true) { return matchKind }
            if folded.contains(self.text) { return .contained }
            let isWithin = others.indices.dropFirst().contains {
                match(signs[...], others[$0...], isFull: true) != nil
            }
            return isWithin ? .contained : nil
        }
        return folded.contains(self.text) ? .contained : nil
    }

    /// Matches the query with the start of a text. Each character matches the start of one of its readings.
    ///
    /// Recursive, with the longest start first: zhangsan is zhang + san before z + hangsan. `isFull`: all characters so
    /// far were spelled out.
    private func match(
        _ query: ArraySlice<Character>, _ signs: ArraySlice<Character>, isFull: Bool
    ) -> MatchKind? {
        if query.isEmpty { return isFull ? (signs.isEmpty ? .exact : .prefix) : .initials }
        guard let sign = signs.first else { return nil }
        var best: MatchKind?
        for reading in Pinyin.readings(of: sign) {
            let common = zip(reading, query).prefix { $0 == $1 }.count
            for length in stride(from: common, to: 0, by: -1) {
                let rest = query.dropFirst(length)
                // The last character of the query need not be spelled out.
                let others = match(
                    rest, signs.dropFirst(), isFull: isFull && (length == reading.count || rest.isEmpty))
                guard let others else { continue }
                // A partly spelled last character is no exact match.
                let matchKind = others == .exact && rest.isEmpty && length < reading.count ? .prefix : others
                if matchKind <= .prefix { return matchKind }
                best = matchKind
            }
        }
        return best
    }
}
