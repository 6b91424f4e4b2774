/// Measures text in terminal columns. Layout, drawing and encoding all use this measure, so that they agree.
///
/// The unit is the grapheme cluster: a letter with its marks or an emoji sequence is one character. A character takes
/// the sum of its scalars' columns (``WidthTable``), at least 1 and at most 2; an emoji sequence or flag always takes
/// 2. Text is measured as shown: a control character counts as the sign that ``VisibleText`` replaces it with.
public struct TextWidth: Hashable, Sendable {
    /// Whether characters of ambiguous width (“ ” … — ① and box drawing) take two columns.
    ///
    /// Most terminals use one column; those configured for legacy Chinese encodings use two.
    public var ambiguousIsWide: Bool

    public init(ambiguousIsWide: Bool = false) {
        self.ambiguousIsWide = ambiguousIsWide
    }

    /// Width of `text` in columns.
    public func width(of text: String) -> Int {
        var columns = 0
        forEachShown(in: text) { shown in
            columns += shown.width
            return true
        }
        return columns
    }

    /// Width of a character in columns, as shown: 1 or 2; more only for a replacement such as `⟨U+202E⟩`.
    public func width(of character: Character) -> Int {
        if let ascii = character.asciiValue, ascii >= 0x20, ascii < 0x7F { return 1 }
        if let sign = VisibleText.sign(for: character) {
            return sign.unicodeScalars.reduce(0) { $0 + width(of: $1) }
        }
        return clusterWidth(of: character)
    }

    /// Width of a single scalar in columns: 0, 1 or 2. Control characters count as 1, the width of their sign.
    public func width(of scalar: Unicode.Scalar) -> Int {
        let value = scalar.value
        if value < 0xA1 { return 1 }
        if (0x4E00...0x9FFF).contains(value) { return 2 }
        if WidthTable.contains(value, in: WidthTable.wide) { return 2 }
        if WidthTable.contains(value, in: WidthTable.zero) { return 0 }
        return ambiguousIsWide && WidthTable.contains(value, in: WidthTable.ambiguous) ? 2 : 1
    }

    /// The rule for clusters; see the type's description.
    func clusterWidth(of character: Character) -> Int {
        let scalars = character.unicodeScalars
        var columns = 0
        for (index, scalar) in scalars.enumerated() {
            let isEmojiVariation = scalar.value == 0xFE0F && index > 0
            let isSecondRegional = index == 1 && (0x1F1E6...0x1F1FF).contains(scalar.value)
            if isEmojiVariation || isSecondRegional { return 2 }
            columns += width(of: scalar)
        }
        return min(2, max(1, columns))
    }
}
