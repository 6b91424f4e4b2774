/// Line breaking for mixed Chinese and Latin text (避头尾, a small part of UAX #14).
///
/// A break is allowed at a blank and on either side of a Chinese character, except
/// - before closing punctuation and after opening brackets,
/// - between the halves of —— and ……,
/// - inside a Latin word or number: rooms (3-2-501), plates and amounts stay whole.
///
/// Lines are filled greedily, left to right. A word wider than the whole line is cut at the line's width.
enum LineBreaking {
    /// The lines as ranges of `characters`, at least one, each at most `width` columns or one character wide.
    ///
    /// Line breaks in the text are kept. Blanks at a break are in no line.
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
            // Blanks may exceed the width: they are trimmed from the end of the line.
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

    /// Wide characters, and Chinese punctuation of ambiguous width.
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
    /// `text` broken into lines of at most `width` columns by ``LineBreaking``; always at least one line.
    public func wrap(_ text: String, width: Int) -> [String] {
        let characters = Array(text)
        return LineBreaking.lines(of: characters, width: width, measure: self).map { String(characters[$0]) }
    }
}
