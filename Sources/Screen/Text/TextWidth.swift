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
    public func width(of text: String) -> Int { plainWidth(of: text) ?? text.reduce(0) { $0 + width(of: $1) } }

    /// The columns of text that is made of nothing but signs which stand alone whatever follows, each a scalar shown as it is:
    /// most text is. `nil` for any other.
    func plainWidth(of text: String) -> Int? {
        var columns = 0
        for scalar in text.unicodeScalars {
            guard let width = plainWidth(of: scalar) else { return nil }
            columns += width
        }
        return columns
    }

    /// ASCII, ideographs, full-width signs, lines and blocks.
    @inline(__always)
    func plainWidth(of scalar: Unicode.Scalar) -> Int? {
        switch scalar.value {
        case 0x20...0x7E: 1
        case 0x4E00...0x9FFF, 0x3001...0x3011, 0xFF01...0xFF60: 2
        case 0x2500...0x259F where !ambiguousIsWide: 1
        default: nil
        }
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
