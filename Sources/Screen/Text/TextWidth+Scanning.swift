/// One character of a text as it is shown.
struct ShownCharacter {
    /// The scalar, or 0 for a cluster of several.
    var scalar: UInt32
    /// The character; set if it is a cluster.
    var cluster: Character?
    /// Columns: 1 or 2.
    var width: Int
    /// Where the character of the text begins that this is, or is part of the sign for: an offset in its UTF-8.
    var offset: Int

    /// The glyph of a cell.
    @inline(__always)
    var glyph: UInt32 { scalar != 0 ? scalar : cluster.map(ClusterTable.glyph) ?? 0x20 }
}

extension TextWidth {
    /// Calls `body` for each character of `text` as it is shown (see ``VisibleText``), until it returns `false`.
    ///
    /// One pass over the UTF-8. A scalar of ``plainWidth(of:)`` whose successor is one too is a character of its own, so
    /// most text is never split into grapheme clusters.
    @inline(__always)
    func forEachShown(in text: String, _ body: (ShownCharacter) -> Bool) {
        var text = text
        text.makeContiguousUTF8()
        text.utf8.withContiguousStorageIfAvailable { bytes in
            var offset = 0
            while offset < bytes.count {
                let (scalar, length) = TextWidth.scalar(in: bytes, at: offset)
                let (width, end) = (plainWidth(of: scalar), offset + length)
                if width > 0, end == bytes.count || isPlain(in: bytes, at: end) {
                    let shown = ShownCharacter(scalar: scalar, width: width, offset: offset)
                    guard body(shown) else { return }
                    offset = end
                } else {
                    let length = forEachShown(ofCharacterIn: text, at: offset, body)
                    if length == 0 { return }
                    offset += length
                }
            }
        }
    }

    /// Width of a scalar that is shown unchanged and does not combine with another of its kind; 0 for any other scalar.
    ///
    /// These are ASCII, the rest of Latin-1, ideographs and full-width characters, and the punctuation, arrows and signs
    /// of ``Glyphs``.
    @inline(__always)
    func plainWidth(of scalar: UInt32) -> Int {
        switch scalar {
        case 0x20...0x7E: 1
        case 0x4E00...0x9FFF, 0x3000...0x301F, 0xFF01...0xFF60: 2
        case 0xA1...0xAC, 0xAE...0xFF, 0x2010...0x2027, 0x2190...0x21FF, 0x2460...0x25FC, 0x2713, 0x2717:
            ambiguousIsWide ? 0 : 1
        default: 0
        }
    }

    @inline(__always)
    private func isPlain(in bytes: UnsafeBufferPointer<UInt8>, at offset: Int) -> Bool {
        switch bytes[offset] {
        // ASCII, and the first byte of U+5000…U+9FFF.
        case 0x20...0x7E, 0xE5...0xE9: true
        default: plainWidth(of: TextWidth.scalar(in: bytes, at: offset).value) > 0
        }
    }

    /// The same for the character at an offset, which is shown as several if a sign replaces it. Returns its length in
    /// bytes; 0 if `body` returned `false`.
    @inline(never)
    private func forEachShown(
        ofCharacterIn text: String, at offset: Int, _ body: (ShownCharacter) -> Bool
    ) -> Int {
        guard let character = text[text.utf8.index(text.startIndex, offsetBy: offset)...].first else { return 0 }
        func isShown(_ character: Character) -> Bool {
            let scalars = character.unicodeScalars
            let single = scalars.dropFirst().isEmpty ? scalars.first : nil
            return body(
                ShownCharacter(
                    scalar: single?.value ?? 0, cluster: single == nil ? character : nil,
                    width: clusterWidth(of: character), offset: offset))
        }
        let goesOn = VisibleText.sign(for: character).map { $0.allSatisfy(isShown) } ?? isShown(character)
        return goesOn ? character.utf8.count : 0
    }

    /// Decodes the scalar at an offset of valid UTF-8, and its length in bytes.
    @inline(__always)
    private static func scalar(
        in bytes: UnsafeBufferPointer<UInt8>, at offset: Int
    ) -> (value: UInt32, length: Int) {
        let first = UInt32(bytes[offset])
        func rest(_ index: Int) -> UInt32 { UInt32(bytes[offset + index]) & 0x3F }
        if first < 0x80 { return (first, 1) }
        if first < 0xE0 { return ((first & 0x1F) << 6 | rest(1), 2) }
        if first < 0xF0 { return ((first & 0x0F) << 12 | rest(1) << 6 | rest(2), 3) }
        return ((first & 0x07) << 18 | rest(1) << 12 | rest(2) << 6 | rest(3), 4)
    }
}
