import Screen
import Testing

@Suite("Visible text")
struct VisibleTextTests {
    @Test(
        "Control and misleading characters become signs",
        arguments: [
            ("张三", "张三"), ("plain", "plain"), ("\u{1B}[31m红", "␛[31m红"), ("a\tb", "a␉b"), ("a\nb", "a␤b"),
            ("a\r\nb", "a␤b"),
            ("a\rb", "a␍b"), ("\u{0}", "␀"), ("\u{7F}", "␡"), ("\u{85}", "⟨U+0085⟩"), ("\u{9B}", "⟨U+009B⟩"),
            ("a\u{202E}b", "a⟨U+202E⟩b"), ("\u{2066}x\u{2069}", "⟨U+2066⟩x⟨U+2069⟩"), ("\u{200E}", "⟨U+200E⟩"),
            ("\u{200F}", "⟨U+200F⟩"), ("\u{2028}", "␤"), ("\u{200B}", "⟨U+200B⟩"), ("\u{301}", "◌\u{301}"), ("👨‍👩‍👧", "👨‍👩‍👧"),
            ("e\u{301}", "e\u{301}"), ("\u{FEFF}", "⟨U+FEFF⟩"),
            ("\u{378}", "⟨U+0378⟩"), ("\u{FFFF}", "⟨U+FFFF⟩"), ("\u{10FFFF}", "⟨U+10FFFF⟩"), ("\u{E000}", "\u{E000}"),
        ])
    func sign(text: String, visible: String) {
        #expect(VisibleText.visible(text) == visible)
    }

    @Test("The grid makes text visible by itself")
    func grid() {
        var grid = Grid(size: Size(width: 12, height: 1))
        let used = grid.put("\u{1B}]0;名\u{7}", at: Point(x: 0, y: 0))
        #expect(grid.lines == ["␛]0;名␇     "])
        #expect(used == 7)
    }

    @Test("Measured and drawn widths agree for all control and format characters")
    func agreement() {
        let measure = TextWidth()
        for value in Array(0...0x2FF) + Array(0x2000...0x206F) {
            guard let scalar = Unicode.Scalar(value) else { continue }
            var grid = Grid(size: Size(width: 20, height: 1))
            let text = "a" + String(Character(scalar))
            #expect(grid.put(text, at: Point(x: 0, y: 0)) == measure.width(of: text), "U+\(String(value, radix: 16))")
        }
    }
}
