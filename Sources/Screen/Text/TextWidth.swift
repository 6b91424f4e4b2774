/// How many terminal columns text takes: the one measure by which everything is laid out, drawn and put on the screen.
///
/// It goes by grapheme cluster: an emoji family or a letter with its marks is one character. Text is measured as it will be
/// shown, so a control character counts as the sign ``VisibleText`` puts in its place.
public struct TextWidth: Hashable, Sendable {
    /// Whether characters of ambiguous width (“ ” … — ① and the box-drawing characters) take two columns.
    ///
    /// Most terminals give them one; those set up for legacy Chinese encodings give them two.
    public var ambiguousIsWide: Bool

    public init(ambiguousIsWide: Bool = false) {
        self.ambiguousIsWide = ambiguousIsWide
    }

    /// The columns `text` takes on one line.
    public func width(of text: String) -> Int {
        var ascii = 0
        for byte in text.utf8 {
            guard byte >= 0x20 && byte < 0x7F else { return text.reduce(0) { $0 + width(of: $1) } }
            ascii += 1
        }
        return ascii
    }

    /// The columns one character takes as it will be shown: 1 or 2, more only for a sign such as `⟨U+202E⟩`.
    public func width(of character: Character) -> Int {
        if let ascii = character.asciiValue, ascii >= 0x20, ascii < 0x7F { return 1 }
        if let sign = VisibleText.sign(for: character) {
            return sign.unicodeScalars.reduce(0) { $0 + width(of: $1) }
        }
        return clusterWidth(of: character)
    }

    /// The columns of one scalar by itself: 0, 1 or 2. Control characters count as 1, for the sign that stands for them.
    public func width(of scalar: Unicode.Scalar) -> Int {
        let value = scalar.value
        if value < 0xA1 { return 1 }
        if (0x4E00...0x9FFF).contains(value) { return 2 }
        if WidthTable.contains(value, in: WidthTable.wide) { return 2 }
        if WidthTable.contains(value, in: WidthTable.zero) { return 0 }
        return ambiguousIsWide && WidthTable.contains(value, in: WidthTable.ambiguous) ? 2 : 1
    }

    /// A cluster takes what its scalars take together, but at most two columns; an emoji sequence always takes two.
    private func clusterWidth(of character: Character) -> Int {
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
