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

/// The order of matches: the better first; of two equally good ones the shorter text, which the query covers more of; then
/// that which is read as names usually are: `zj` is 赵静 before 张强, whose 强 is seldom read jiang.
public struct Rank: Comparable, Hashable, Sendable {
    public let matchKind: MatchKind
    /// The number of characters of the matched text.
    public let length: Int
    /// Whether it takes a further reading of a character.
    let isFurther: Bool

    public init(_ matchKind: MatchKind, length: Int) { self.init(matchKind, length: length, isFurther: false) }

    init(_ matchKind: MatchKind, length: Int, isFurther: Bool) {
        (self.matchKind, self.length, self.isFurther) = (matchKind, length, isFurther)
    }

    private var place: (Int, Int, Int) { (matchKind.rawValue, length, isFurther ? 1 : 0) }

    public static func < (a: Rank, b: Rank) -> Bool { a.place < b.place }
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
        if isFolded { return text }
        // The names of commands have also blanks, capitals and punctuation.
        var folded: [UInt8] = []
        folded.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 65...90: folded.append(UInt8(scalar.value) + 32)
            case 0x21...0x7E: folded.append(UInt8(scalar.value))
            case 0x4E00...0x9FFF, 0x2014, 0x201C...0x201D, 0x3001...0x3011, 0xFF01...0xFF20:
                folded.append(contentsOf: scalar.utf8)
            case 0x20, 0x3000: continue
            default: return text.lowercased().filter { !$0.isWhitespace && !"·•・‧∙⋅･".contains($0) }
            }
        }
        return String(decoding: folded, as: UTF8.self)
    }

    /// ü as v behind l and n, and v as u behind j, q, x and y.
    private static func spelled(_ text: String) -> String {
        text.replacing("ü", with: "v").replacing(/([jqxy])v/) { "\($0.output.1)u" }
    }

    /// The best rank among several texts; `nil` if none matches.
    public func rank(of texts: [String]) -> Rank? {
        texts.compactMap { text in
            match(with: text).map { Rank($0.kind, length: text.count, isFurther: $0.isFurther) }
        }.min()
    }

    /// Whether any of several texts matches.
    public func matches(_ texts: [String]) -> Bool { texts.contains { matchKind(of: $0) != nil } }

    /// The quality of the match with a text; `nil` if there is none. An empty query matches nothing.
    public func matchKind(of text: String) -> MatchKind? { match(with: text)?.kind }

    /// The quality of a match, and whether it takes a further reading of a character.
    private typealias Match = (kind: MatchKind, isFurther: Bool)

    private func match(with text: String) -> Match? {
        // A reading has at most six letters, and a character with readings at least two bytes.
        if isEmpty || signs.count > 3 * text.utf8.count { return nil }
        let folded = Query.folded(text)
        if folded.isEmpty { return nil }
        if folded.hasPrefix(self.text) {
            return (folded.utf8.count == self.text.utf8.count ? .exact : .prefix, false)
        }
        if isLatin, folded.utf8.contains(where: { $0 >= 0x80 }) {
            let others = Array(folded)
            if let found = match(signs[...], others[...], isFull: true) { return found }
            if folded.contains(self.text) { return (.contained, false) }
            let isWithin = others.indices.dropFirst().contains {
                match(signs[...], others[$0...], isFull: true) != nil
            }
            return isWithin ? (.contained, false) : nil
        }
        return folded.contains(self.text) ? (.contained, false) : nil
    }

    /// Matches the query with the start of a text. Each character matches the start of one of its readings.
    ///
    /// Recursive, with the longest start first: zhangsan is zhang + san before z + hangsan. `isFull`: all characters so
    /// far were spelled out. Of equally good matches that of the first readings counts.
    private func match(_ query: ArraySlice<Character>, _ signs: ArraySlice<Character>, isFull: Bool) -> Match? {
        if query.isEmpty { return (isFull ? (signs.isEmpty ? .exact : .prefix) : .initials, false) }
        guard let sign = signs.first else { return nil }
        var best: Match?
        for (place, reading) in Pinyin.readings(of: sign).enumerated() {
            let common = zip(reading, query).prefix { $0 == $1 }.count
            for length in stride(from: common, to: 0, by: -1) {
                let rest = query.dropFirst(length)
                // The last character of the query need not be spelled out.
                let others = match(
                    rest, signs.dropFirst(), isFull: isFull && (length == reading.count || rest.isEmpty))
                guard let others else { continue }
                // A partly spelled last character is no exact match.
                let isPart = others.kind == .exact && rest.isEmpty && length < reading.count
                let found = (kind: isPart ? .prefix : others.kind, isFurther: others.isFurther || place > 0)
                if found.kind <= .prefix { return found }
                if let known = best, known.kind < found.kind || known.kind == found.kind && !known.isFurther {
                    continue
                }
                best = found
            }
        }
        return best
    }
}
