/// A line of text being typed: the text and the caret in it, which always stands between two whole characters.
public struct TextInput: Hashable, Sendable {
    /// The text on either side of the caret.
    public private(set) var beforeCaret: String
    public private(set) var afterCaret: String
    /// What was cut last, for Ctrl-Y.
    private var cut = ""
    /// The line before each of the last edits, oldest first; letters typed one after the other are one edit.
    private var past: [Past] = []
    private var isTyping = false

    private struct Past: Hashable, Sendable {
        let beforeCaret: String
        let afterCaret: String
    }

    /// How many edits can be undone.
    private static let memory = 32

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
        let before = Past(beforeCaret: beforeCaret, afterCaret: afterCaret)
        put(text)
        edited(before, isTyped: false)
    }

    private mutating func put(_ text: String) {
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

    /// Cuts from the start of the word to the caret.
    public mutating func cutWordBackward() {
        let start = TextInput.wordStart(in: beforeCaret)
        cut = String(beforeCaret[start...])
        beforeCaret = String(beforeCaret[..<start])
    }

    /// Cuts from the caret to the end of the word.
    public mutating func cutWordForward() {
        let end = TextInput.wordEnd(in: afterCaret)
        cut = String(afterCaret[..<end])
        afterCaret = String(afterCaret[end...])
    }

    public mutating func cutToStart() {
        (cut, beforeCaret) = (beforeCaret, "")
    }

    public mutating func cutToEnd() {
        (cut, afterCaret) = (afterCaret, "")
    }

    /// Puts the line back as it was before the last edit.
    public mutating func undo() {
        guard let last = past.popLast() else { return }
        (beforeCaret, afterCaret, isTyping) = (last.beforeCaret, last.afterCaret, false)
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

    /// Does what `key` means in a text field, as shells have it; `false` if it means nothing here and somebody else may
    /// have it.
    public mutating func handle(_ key: Key) -> Bool {
        let before = Past(beforeCaret: beforeCaret, afterCaret: afterCaret)
        guard key != .control("_") else {
            undo()
            return true
        }
        guard edit(key) else { return false }
        let isTyped = if case .character = key { true } else { false }
        edited(before, isTyped: isTyped)
        return true
    }

    /// Keeps what an edit has changed, and sees to the caret.
    private mutating func edited(_ before: Past, isTyped: Bool) {
        joinAtCaret()
        if text != before.beforeCaret + before.afterCaret, !(isTyped && isTyping) {
            past = past.suffix(TextInput.memory - 1) + [before]
        }
        isTyping = isTyped
    }

    private mutating func edit(_ key: Key) -> Bool {
        switch key {
        case .character(let character): put(String(character))
        case .backspace, .control("h"): deleteBackward()
        case .delete, .control("d"): deleteForward()
        case .left, .control("b"): moveLeft()
        case .right, .control("f"): moveRight()
        case .home, .control("a"): moveToStart()
        case .end, .control("e"): moveToEnd()
        case .controlled(.left), .alt("b"): moveWordLeft()
        case .controlled(.right), .alt("f"): moveWordRight()
        case .control("w"): cutWordBackward()
        case .alt("d"): cutWordForward()
        case .control("u"): cutToStart()
        case .control("k"): cutToEnd()
        case .control("y"): put(cut)
        default: return false
        }
        return true
    }

    /// Moves the caret behind the character in the middle of which an edit has left it: what stood on either side may be one
    /// character together, such as a letter and its mark.
    private mutating func joinAtCaret() {
        guard let first = afterCaret.unicodeScalars.first, !first.isASCII, !beforeCaret.isEmpty else { return }
        let whole = text
        let caret = whole.utf8.index(whole.startIndex, offsetBy: beforeCaret.utf8.count)
        guard let end = whole.indices.first(where: { $0 >= caret }) ?? .some(whole.endIndex), end != caret else {
            return
        }
        (beforeCaret, afterCaret) = (String(whole[..<end]), String(whole[end...]))
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
