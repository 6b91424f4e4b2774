import Screen
import Testing

@Suite("Names of keys")
struct KeyTests {
    @Test(
        "Each key is parsed from its own name",
        arguments: [
            (Key.character("a"), "a"), (.character("张"), "张"), (.character(" "), "Space"), (.character("-"), "-"),
            (.control("p"), "Ctrl-P"), (.control(" "), "Ctrl-Space"), (.control("-"), "Ctrl--"),
            (.control("\\"), "Ctrl-\\"),
            (.alt("x"), "Alt-x"), (.alt("X"), "Alt-X"), (.function(2), "F2"), (.function(12), "F12"), (.enter, "Enter"),
            (.escape, "Esc"), (.tab, "Tab"), (.backTab, "Shift-Tab"), (.backspace, "Backspace"), (.delete, "Delete"),
            (.insert, "Insert"), (.up, "Up"), (.down, "Down"), (.left, "Left"), (.right, "Right"), (.home, "Home"),
            (.end, "End"), (.pageUp, "PageUp"), (.pageDown, "PageDown"), (.shifted(.up), "Shift-Up"),
            (.controlled(.pageDown), "Ctrl-PageDown"), (.character("F"), "F"), (.character("f"), "f"),
        ])
    func roundTrip(key: Key, name: String) {
        #expect(key.description == name)
        #expect(Key(name) == key)
    }

    @Test("Names are case-insensitive")
    func caseInsensitive() {
        #expect(Key("ctrl-p") == .control("p"))
        #expect(Key("ESC") == .escape)
        #expect(Key("Escape") == .escape)
        #expect(Key("f10") == .function(10))
    }

    @Test("Unknown names are refused", arguments: ["", "F0", "F99", "Ctrl-", "Meta-x", "Enterr", "Ctrl-Foo"])
    func unknown(name: String) {
        #expect(Key(name) == nil)
    }

    @Test("Full-width ASCII counts as ASCII in commands")
    func fullWidth() {
        #expect(Key.character("？").commandEquivalent == .character("?"))
        #expect(Key.character("ｊ").commandEquivalent == .character("j"))
        #expect(Key.character("　").commandEquivalent == .character(" "))
        #expect(Key.character("～").commandEquivalent == .character("~"))
        #expect(Key.alt("J").commandEquivalent == .alt("j") && Key.alt("Ｊ").commandEquivalent == .alt("j"))
        #expect(Key.character("张").commandEquivalent == .character("张"))
        #expect(Key.character("张").isComposed && !Key.character("ｊ").isComposed && !Key.enter.isComposed)
    }
}
