/// Where a line of Chinese and Latin text may be broken (避头尾).
///
/// Between Chinese characters anywhere, except that no line begins with closing punctuation or ends with opening brackets;
/// Latin words, numbers, room and plate numbers stay whole, and the halves of —— and …… stay together.
enum LineBreaking {
    /// The lines of `characters` as ranges, none wider than `width` columns where a break can be found at all.
    ///
    /// Line breaks in the text are kept; blanks at a break belong to no line. A word longer than a whole line is cut.
    static func lines(of characters: [Character], width: Int, measure: TextWidth) -> [Range<Int>] {
        var lines: [Range<Int>] = []
        var start = 0
        for end in characters.indices where characters[end].isNewline {
            lines += paragraph(start..<end, of: characters, width: width, measure: measure)
            start = end + 1
        }
        return lines + paragraph(start..<characters.count, of: characters, width: width, measure: measure)
    }

    private static func paragraph(
        _ range: Range<Int>, of characters: [Character], width: Int, measure: TextWidth
    ) -> [Range<Int>] {
        var lines: [Range<Int>] = []
        var start = range.lowerBound
        var lastBreak: Int?
        var used = 0
        var index = start
        while index < range.upperBound {
            if index > start, mayBreak(between: characters[index - 1], and: characters[index], measure) {
                lastBreak = index
            }
            used += measure.width(of: characters[index])
            // Blanks may hang over the edge: they are not shown at the end of a line.
            guard used > width, characters[index] != " ", index > start else {
                index += 1
                continue
            }
            let end = lastBreak ?? index
            lines.append(trimmed(start..<end, of: characters))
            start = end
            index = end
            lastBreak = nil
            used = 0
        }
        lines.append(trimmed(start..<range.upperBound, of: characters))
        return lines
    }

    private static func trimmed(_ range: Range<Int>, of characters: [Character]) -> Range<Int> {
        var end = range.upperBound
        while end > range.lowerBound, characters[end - 1] == " " { end -= 1 }
        return range.lowerBound..<end
    }

    private static func mayBreak(
        between before: Character, and after: Character, _ measure: TextWidth
    ) -> Bool {
        if after == " " { return false }
        if before == " " { return true }
        if opening.contains(before) || closing.contains(after) { return false }
        if before == after, before == "—" || before == "…" { return false }
        return isIdeographic(before, measure) || isIdeographic(after, measure)
    }

    /// Wide characters, and the Chinese punctuation of ambiguous width.
    private static func isIdeographic(_ character: Character, _ measure: TextWidth) -> Bool {
        closing.contains(character) && !character.isASCII || opening.contains(character) && !character.isASCII
            || character == "—" || measure.width(of: character) == 2
    }

    private static let closing: Set<Character> = [
        "。", "，", "、", "；", "：", "！", "？", "）", "》", "」", "』", "】", "〕", "〉", "”", "’", "…", "·", "％", "～", "℃",
        ".", ",", ";", ":", "!", "?", ")", "]", "}", "%",
    ]
    private static let opening: Set<Character> = [
        "（", "《", "「", "『", "【", "〔", "〈", "“", "‘", "￥", "¥", "(", "[", "{", "$",
    ]
}

extension TextWidth {
    /// `text` broken into lines of at most `width` columns by the rules of Chinese typesetting; always at least one line.
    public func wrap(_ text: String, width: Int) -> [String] {
        let characters = Array(text)
        return LineBreaking.lines(of: characters, width: width, measure: self).map { String(characters[$0]) }
    }
}
