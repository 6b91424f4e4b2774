/// An editable line of text with a caret, cut buffer and undo.
///
/// It holds at most ``capacity`` bytes: what goes beyond is left out, and ``hasOverflowed`` says so. Typing at the end
/// appends in place; every edit takes time by the text held, never by the text offered.
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
    /// Whether the last edit left out text for want of room.
    public private(set) var hasOverflowed = false

    /// The longest text, in bytes of UTF-8.
    public static let capacity = 4000

    private struct Snapshot: Hashable, Sendable {
        let beforeCaret: String
        let afterCaret: String
    }

    /// The number of edits that can be undone.
    private static let undoLimit = 32

    /// A line with the caret at its end. Line breaks become spaces.
    public init(_ text: String = "") {
        (beforeCaret, afterCaret) = ("", "")
        put(text)
    }

    public var text: String { afterCaret.isEmpty ? beforeCaret : beforeCaret + afterCaret }
    /// The length of the text in bytes of UTF-8.
    private var length: Int { beforeCaret.utf8.count + afterCaret.utf8.count }
    public var isEmpty: Bool { beforeCaret.isEmpty && afterCaret.isEmpty }

    /// Caret position in characters (grapheme clusters).
    public var caret: Int { beforeCaret.count }

    /// Moves the caret before the character at a column of the text, counted from its start; past the end, to the end.
    public mutating func moveCaret(toColumn column: Int, _ measure: TextWidth) {
        moveToStart()
        var x = 0
        while let character = afterCaret.first {
            x += measure.width(of: character)
            if x > column { break }
            moveRight()
        }
        isTyping = false
    }

    /// Inserts typed or pasted text at the caret. Line breaks become spaces, so that a paste cannot submit a form.
    public mutating func insert(_ text: String) {
        let before = Snapshot(beforeCaret: beforeCaret, afterCaret: afterCaret)
        put(text)
        finishEdit(before)
    }

    /// Inserts whole characters as long as there is room.
    private mutating func put(_ text: String) {
        var room = TextInput.capacity - length
        for character in text {
            let character = character.isNewline ? " " : character
            room -= character.utf8.count
            if room < 0 {
                hasOverflowed = true
                return
            }
            beforeCaret.append(character)
        }
        hasOverflowed = false
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
        if case .character(let character) = key {
            type(character)
            return true
        }
        if key == .control("_") {
            undo()
            return true
        }
        let before = Snapshot(beforeCaret: beforeCaret, afterCaret: afterCaret)
        hasOverflowed = false
        guard edit(key) else { return false }
        finishEdit(before)
        return true
    }

    /// Inserts a typed character. Only the first of a run makes an undo step: the others append in place.
    private mutating func type(_ character: Character) {
        let before = isTyping ? nil : Snapshot(beforeCaret: beforeCaret, afterCaret: afterCaret)
        put(String(character))
        if let before { finishEdit(before) } else { joinAtCaret() }
        isTyping = true
    }

    /// Ends an edit that is no typing. If it has changed the text, the state before it becomes an undo step.
    private mutating func finishEdit(_ before: Snapshot) {
        joinAtCaret()
        isTyping = false
        let isChanged = text != before.beforeCaret + before.afterCaret
        if isChanged { undoStack = undoStack.suffix(TextInput.undoLimit - 1) + [before] }
    }

    private mutating func edit(_ key: Key) -> Bool {
        switch key {
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
    ///
    /// Looks only at the character before the caret and what follows: boundaries further left stay as they are.
    private mutating func joinAtCaret() {
        guard let first = afterCaret.unicodeScalars.first, !first.isASCII, let last = beforeCaret.last else { return }
        let joined = String(last) + afterCaret
        let end = joined.index(after: joined.startIndex)
        guard joined[..<end].utf8.count != last.utf8.count else { return }
        beforeCaret.removeLast()
        beforeCaret += joined[..<end]
        afterCaret = String(joined[end...])
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
