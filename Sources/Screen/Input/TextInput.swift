/// A line of text being typed: the text and the caret in it, which always stands between two whole characters.
public struct TextInput: Hashable, Sendable {
    /// The text on either side of the caret.
    public private(set) var beforeCaret: String
    public private(set) var afterCaret: String

    /// A line with the caret at its end. Line breaks become blanks.
    public init(_ text: String = "") {
        beforeCaret = TextInput.oneLine(text)
        afterCaret = ""
    }

    public var text: String { beforeCaret + afterCaret }
    public var isEmpty: Bool { beforeCaret.isEmpty && afterCaret.isEmpty }

    /// The characters before the caret, counted as a reader counts them.
    public var caret: Int { beforeCaret.count }

    /// Inserts text at the caret, typed or pasted; line breaks in it become blanks, so that it never submits a form.
    public mutating func insert(_ text: String) {
        beforeCaret += TextInput.oneLine(text)
    }

    public mutating func insert(_ character: Character) {
        insert(String(character))
    }

    public mutating func deleteBackward() {
        _ = beforeCaret.popLast()
    }

    public mutating func deleteForward() {
        if !afterCaret.isEmpty { afterCaret.removeFirst() }
    }

    /// Deletes from the start of the word to the caret.
    public mutating func deleteWordBackward() {
        beforeCaret = String(beforeCaret[..<TextInput.wordStart(in: beforeCaret)])
    }

    public mutating func deleteToStart() {
        beforeCaret = ""
    }

    public mutating func deleteToEnd() {
        afterCaret = ""
    }

    public mutating func clear() {
        self = TextInput()
    }

    public mutating func moveLeft() {
        if let character = beforeCaret.popLast() { afterCaret = String(character) + afterCaret }
    }

    public mutating func moveRight() {
        if let character = afterCaret.first {
            afterCaret.removeFirst()
            beforeCaret.append(character)
        }
    }

    public mutating func moveWordLeft() {
        let start = TextInput.wordStart(in: beforeCaret)
        afterCaret = String(beforeCaret[start...]) + afterCaret
        beforeCaret = String(beforeCaret[..<start])
    }

    public mutating func moveWordRight() {
        let end = TextInput.wordEnd(in: afterCaret)
        beforeCaret += String(afterCaret[..<end])
        afterCaret = String(afterCaret[end...])
    }

    public mutating func moveToStart() {
        afterCaret = text
        beforeCaret = ""
    }

    public mutating func moveToEnd() {
        beforeCaret = text
        afterCaret = ""
    }

    /// Does what `key` means in a text field; `false` if it means nothing here and somebody else may have it.
    public mutating func handle(_ key: Key) -> Bool {
        switch key {
        case .character(let character): insert(character)
        case .backspace, .control("h"): deleteBackward()
        case .delete: deleteForward()
        case .left: moveLeft()
        case .right: moveRight()
        case .home, .control("a"): moveToStart()
        case .end, .control("e"): moveToEnd()
        case .controlled(.left), .alt("b"): moveWordLeft()
        case .controlled(.right), .alt("f"): moveWordRight()
        case .control("w"): deleteWordBackward()
        case .control("u"): deleteToStart()
        case .control("k"): deleteToEnd()
        default: return false
        }
        return true
    }

    private static func oneLine(_ text: String) -> String {
        text.contains(where: \.isNewline) ? String(text.map { $0.isNewline ? " " : $0 }) : text
    }

    /// What one word is made of: a run of letters and digits, or one of Chinese characters, or one of anything else.
    private enum Kind {
        case blank, latin, ideographic, sign

        init(_ character: Character) {
            if character.isWhitespace {
                self = .blank
            } else if character.unicodeScalars.first.map({ $0.properties.isIdeographic }) ?? false {
                self = .ideographic
            } else if character.isLetter || character.isNumber {
                self = .latin
            } else {
                self = .sign
            }
        }
    }

    private static func wordStart(in text: String) -> String.Index {
        let trimmed = text[..<(text.lastIndex { Kind($0) != .blank }.map(text.index(after:)) ?? text.startIndex)]
        guard let kind = trimmed.last.map(Kind.init) else { return text.startIndex }
        return trimmed.lastIndex { Kind($0) != kind }.map(text.index(after:)) ?? text.startIndex
    }

    private static func wordEnd(in text: String) -> String.Index {
        let start = text.firstIndex { Kind($0) != .blank } ?? text.endIndex
        guard start < text.endIndex else { return text.endIndex }
        let kind = Kind(text[start])
        return text[start...].firstIndex { Kind($0) != kind } ?? text.endIndex
    }
}
