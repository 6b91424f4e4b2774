/// An editable line of text with a caret, cut buffer and undo.
///
/// Key bindings are those of shells (readline); see ``handle(_:)``. The caret is always between two whole characters
/// (grapheme clusters), also when an edit joins the scalars on its two sides into one cluster.
public struct TextInput: Hashable, Sendable {
    public private(set) var beforeCaret: String
    public private(set) var afterCaret: String
    /// The text cut last, inserted by Ctrl-Y.
    private var cut = ""
    /// The line before each recent edit, oldest first. Consecutively typed characters count as one edit.
    private var undoStack: [Snapshot] = []
    private var isTyping = false

    private struct Snapshot: Hashable, Sendable {
        let beforeCaret: String
        let afterCaret: String
    }

    /// The number of edits that can be undone.
    private static let undoLimit = 32

    /// A line with the caret at its end. Line breaks become spaces.
    public init(_ text: String = "") {
        beforeCaret = TextInput.oneLine(text)
        afterCaret = ""
    }

    public var text: String { beforeCaret + afterCaret }
    public var isEmpty: Bool { beforeCaret.isEmpty && afterCaret.isEmpty }

    /// Caret position in characters (grapheme clusters).
    public var caret: Int { beforeCaret.count }

    /// Inserts typed or pasted text at the caret. Line breaks become spaces, so that a paste cannot submit a form.
    public mutating func insert(_ text: String) {
        let before = Snapshot(beforeCaret: beforeCaret, afterCaret: afterCaret)
        put(text)
        finishEdit(before, isTyped: false)
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

    /// Cuts from the start of the word before the caret.
    public mutating func cutWordBackward() {
        let start = TextInput.wordStart(in: beforeCaret)
        cut = String(beforeCaret[start...])
        beforeCaret = String(beforeCaret[..<start])
    }

    /// Cuts up to the end of the word after the caret.
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

    /// Restores the line before the last edit.
    public mutating func undo() {
        guard let last = undoStack.popLast() else { return }
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

    /// Applies the editing command bound to `key`, as in readline. Returns `false` for other keys, which the caller may
    /// use.
    public mutating func handle(_ key: Key) -> Bool {
        let before = Snapshot(beforeCaret: beforeCaret, afterCaret: afterCaret)
        guard key != .control("_") else {
            undo()
            return true
        }
        guard edit(key) else { return false }
        let isTyped = if case .character = key { true } else { false }
        finishEdit(before, isTyped: isTyped)
        return true
    }

    /// Pushes the state before an edit on the undo stack, unless the edit continues a run of typing or changes no text.
    private mutating func finishEdit(_ before: Snapshot, isTyped: Bool) {
        joinAtCaret()
        if text != before.beforeCaret + before.afterCaret, !(isTyped && isTyping) {
            undoStack = undoStack.suffix(TextInput.undoLimit - 1) + [before]
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

    /// Moves the caret to the end of the character it is in: scalars on its two sides, such as a letter and a combining
    /// mark, may have become one character.
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

    /// Character class for word movement. A word is a run of one class; blanks separate words.
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
