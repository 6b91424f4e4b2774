import Screen
import Testing

@Suite("Bytes become keys")
struct InputDecoderTests {
    private func decode(_ bytes: [UInt8], thenWaits: Bool = true) -> [Event] {
        var decoder = InputDecoder()
        return decoder.decode(bytes) + (thenWaits ? decoder.timeOut() : [])
    }

    private func decode(_ text: String, thenWaits: Bool = true) -> [Event] {
        decode(Array(text.utf8), thenWaits: thenWaits)
    }

    private func characters(_ text: String) -> [Event] { text.map { .key(.character($0)) } }

    @Test("Every form of a key is that key, at once")
    func known() {
        for (bytes, event) in KnownSequences.all {
            #expect(
                decode(bytes, thenWaits: false) == [event], "\(String(decoding: bytes, as: UTF8.self).debugDescription)"
            )
        }
    }

    @Test(
        "An unknown sequence does nothing",
        arguments: [
            "[1;7P", "[57361u", "[57441;2u", "[99~", "[201~", "[E", "[G", "[24;80R", "[?1;2c", "[>0;276;0c",
            "[?2026;2$y",
            "[8;36;120t", "[1 q", "[97;9u", "[97;1:3u", "[1;1:3A", "[1;9A", "[<35;1;1M", "[<64;1;1m", "[<0;0;0M",
            "[<0;1M",
            "[[Z", "OZ", "OE", "[999999999999999999999~", "[M\u{0}!!", "]0;门岗\u{7}", "]11;rgb:0/0/0\u{1B}\\",
            "P>|xterm(379)\u{1B}\\", "_Gi=1;OK\u{1B}\\", "^secret\u{1B}\\", "Xtext\u{1B}\\",
        ])
    func unknown(rest: String) {
        #expect(decode("\u{1B}\(rest)x张", thenWaits: false) == characters("x张"))
    }

    @Test("An Esc is a key after a wait of 25 ms, or at once if no sequence can follow")
    func escape() {
        var decoder = InputDecoder()
        #expect(decoder.waitMilliseconds == nil)
        #expect(decoder.decode([0x1B]).isEmpty)
        #expect(decoder.waitMilliseconds == 25)
        #expect(decoder.timeOut() == [.key(.escape)])
        #expect(decoder.waitMilliseconds == nil)
        #expect(decoder.timeOut().isEmpty)
        #expect(decode("\u{1B}\u{1B}") == [.key(.escape), .key(.escape)])
        #expect(decode("\u{1B}\u{1B}[A") == [.key(.escape), .key(.up)])
        #expect(decode("\u{1B}\r") == [.key(.escape), .key(.enter)])
        #expect(decode("\u{1B}\u{7F}") == [.key(.escape), .key(.backspace)])
        #expect(decode("\u{1B}张") == [.key(.escape), .key(.character("张"))])
    }

    @Test("Esc and an ASCII character are Alt, also where a sequence begins so")
    func alt() {
        for byte in UInt8(0x20)..<0x7F {
            let character = Character(Unicode.Scalar(byte))
            #expect(decode([0x1B, byte]) == [.key(.alt(character))], "\(character)")
        }
        #expect(decode("\u{1B}[张") == [.key(.alt("[")), .key(.character("张"))])
        #expect(decode("\u{1B}O12501") == [.key(.alt("O"))] + characters("12501"))
        #expect(decode("\u{1B}O3") == [.key(.alt("O")), .key(.character("3"))])
        #expect(decode("\u{1B}P漏水\r") == [.key(.alt("P"))] + characters("漏水") + [.key(.enter)])
        #expect(decode("\u{1B}]漏水\u{1B}OQ") == [.key(.alt("]"))] + characters("漏水") + [.key(.function(2))])
        #expect(decode("\u{1B}]漏水") == [.key(.alt("]"))] + characters("漏水"))
    }

    @Test(
        "A control sequence that is cut short is dropped, and nothing behind it",
        arguments: ["[1;", "[<0;1", "[M ", "[["])
    func cutShort(rest: String) {
        #expect(decode("\u{1B}\(rest)").isEmpty)
        #expect(decode("\u{1B}\(rest)\r") == [.key(.enter)])
        #expect(decode("\u{1B}\(rest)\u{1B}[A") == [.key(.up)])
        if rest != "[M " { #expect(decode("\u{1B}\(rest)张") == characters("张")) }
    }

    @Test("Control characters")
    func control() {
        let keys: [(UInt8, Key)] = [
            (0x00, .control(" ")), (0x01, .control("a")), (0x08, .control("h")), (0x09, .tab), (0x0A, .control("j")),
            (0x0D, .enter), (0x1A, .control("z")), (0x1C, .control("\\")), (0x1D, .control("]")), (0x1E, .control("^")),
            (0x1F, .control("_")), (0x7F, .backspace),
        ]
        for (byte, key) in keys { #expect(decode([byte], thenWaits: false) == [.key(key)]) }
        var decoder = InputDecoder(eraseIsControlH: true)
        #expect(decoder.decode([0x08, 0x7F]) == [.key(.backspace), .key(.backspace)])
    }

    @Test("An X10 report of a release means the button pressed before")
    func releasedButton() {
        let place = Point(x: 0, y: 0)
        #expect(
            decode("\u{1B}[M\"!!\u{1B}[M#!!") == [
                .mouse(Mouse(.press(.right), at: place)), .mouse(Mouse(.release(.right), at: place)),
            ])
    }

    @Test("Scalars of one piece are joined, a later combining mark is kept")
    func clusters() {
        let family = "👨‍👩‍👧"
        #expect(decode("e\u{301}\(family)🇨🇳", thenWaits: false) == characters("e\u{301}\(family)🇨🇳"))
        var decoder = InputDecoder()
        #expect(decoder.decode("e".utf8) == characters("e"))
        let mark = decoder.decode("\u{301}".utf8)
        #expect(mark == characters("\u{301}"))
        var field = TextInput("e")
        for case .key(let key) in mark { _ = field.handle(key) }
        #expect(field.text == "é" && field.caret == 1)
    }

    @Test("Invalid UTF-8 is dropped, and only that")
    func invalidUTF8() {
        let invalid: [[UInt8]] = [
            [0x80], [0xBF], [0xC0, 0x80], [0xC1, 0xBF], [0xE4], [0xE4, 0xB8], [0xE0, 0x9F, 0xBF], [0xED, 0xA0, 0x80],
            [0xF0, 0x8F, 0xBF, 0xBF], [0xF0, 0x9F, 0x91], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xFE],
            [0xFF],
        ]
        for bytes in invalid {
            #expect(decode(Array("中".utf8) + bytes + Array("a国".utf8)) == characters("中a国"), "\(bytes)")
            #expect(decode(bytes + Array("\u{1B}[A".utf8)) == [.key(.up)], "\(bytes)")
            #expect(decode(bytes).isEmpty, "\(bytes)")
        }
        for scalar in ["\u{80}", "\u{7FF}", "\u{800}", "\u{D7FF}", "\u{E000}", "\u{FFFF}", "\u{10000}", "\u{10FFFF}"] {
            #expect(decode(scalar, thenWaits: false) == characters(scalar))
        }
    }

    @Test("An incomplete character waits for its rest as long as need be")
    func incompleteCharacter() {
        var decoder = InputDecoder()
        #expect(decoder.decode([0x61, 0xE4, 0xB8]) == characters("a"))
        #expect(decoder.waitMilliseconds == nil)
        #expect(decoder.timeOut().isEmpty)
        #expect(decoder.decode([0xAD, 0x62]) == characters("中b"))
    }
}

@Suite("Pasted bytes")
struct PasteTests {
    private func decode(_ text: String) -> [Event] {
        var decoder = InputDecoder()
        return decoder.decode(text.utf8)
    }

    @Test("A paste is one text, whose line breaks are LF")
    func text() {
        #expect(
            decode("a\u{1B}[200~一\r二\r\n三\n\n四\u{1B}[201~b") == [
                .key(.character("a")), .paste("一\n二\n三\n\n四"), .key(.character("b")),
            ])
        #expect(decode("\u{1B}[200~\u{1B}[201~").isEmpty)
    }

    @Test("Nothing in a paste is a key")
    func sequences() {
        let text = "\u{1B}[A\u{1B}OQ\u{1B}\u{3}\u{1B}[201\u{1B}[201;1~\u{1B}[20\u{1B}[<0;1;1M"
        #expect(decode("\u{1B}[200~\(text)\u{1B}[201~\u{1B}[A") == [.paste(text), .key(.up)])
    }

    @Test("Stray bytes in a paste are dropped")
    func strayBytes() {
        var decoder = InputDecoder()
        let bytes = Array("\u{1B}[200~中".utf8) + [0xFF, 0x61, 0xE4, 0xB8] + Array("国".utf8) + [0xE4]
        #expect(decoder.decode(bytes + Array("\u{1B}[201~".utf8)) == [.paste("中a国")])
    }

    @Test("A paste without end is delivered after 500 ms, and keys follow")
    func lostEnd() {
        for rest in ["", "\u{1B}", "\u{1B}[20", "\u{1B}[201"] {
            var decoder = InputDecoder()
            #expect(decoder.decode("\u{1B}[200~漏水\(rest)".utf8).isEmpty)
            #expect(decoder.waitMilliseconds == 500)
            #expect(decoder.timeOut() == [.paste("漏水")])
            #expect(decoder.waitMilliseconds == nil)
            #expect(decoder.decode("\u{1B}[A".utf8) == [.key(.up)])
        }
        #expect(decode("\u{1B}[200~一\u{1B}[200~二\u{1B}[201~") == [.paste("一二")])
    }
}

@Suite("Keys of a terminfo entry")
struct KeySequencesTests {
    private func decoder(_ keys: [(String, Key)]) -> InputDecoder {
        InputDecoder(keys: KeySequences(keys.map { (Array($0.utf8), $1) }))
    }

    @Test("They precede the general forms")
    func precedence() {
        var vt100 = decoder([("\u{1B}Ot", .function(5)), ("\u{1B}[25~", .function(3))])
        #expect(
            vt100.decode("\u{1B}Ot\u{1B}Ou\u{1B}[25~".utf8) == [
                .key(.function(5)), .key(.character("5")), .key(.function(3)),
            ])
        var linux = decoder([("\u{1B}\t", .backTab)])
        #expect(linux.decode("\u{1B}\t\t".utf8) == [.key(.backTab), .key(.tab)])
    }

    @Test("Any control character may begin one; what it cannot be after a wait is decided without it")
    func otherBeginnings() {
        var wyse = decoder([("\u{1}@\r", .function(1)), ("\u{8}", .left), ("\n", .down), ("\u{7F}", .delete)])
        #expect(wyse.decode([0x01]).isEmpty)
        #expect(wyse.waitMilliseconds == 25)
        #expect(wyse.decode("@\r\u{8}\n\u{7F}".utf8) == [.key(.function(1)), .key(.left), .key(.down), .key(.delete)])
        #expect(wyse.decode("\u{1}x".utf8) == [.key(.control("a")), .key(.character("x"))])
        #expect(wyse.decode("\u{1}@".utf8) + wyse.timeOut() == [.key(.control("a")), .key(.character("@"))])
    }

    @Test("The longest one counts, and of two equal ones the first")
    func longest() {
        var keys = decoder([("\u{1B}[A", .up), ("\u{1B}[AB", .down), ("\u{1B}[A", .left)])
        #expect(keys.decode("\u{1B}[A".utf8).isEmpty)
        #expect(keys.timeOut() == [.key(.up)])
        #expect(keys.decode("\u{1B}[AB\u{1B}[Ax".utf8) == [.key(.down), .key(.up), .key(.character("x"))])
    }

    @Test("What would swallow typing is left out")
    func unusable() {
        var keys = decoder([("", .up), ("\u{1B}", .down), ("a", .left), ("中", .right)])
        #expect(keys.decode("a中".utf8) == [.key(.character("a")), .key(.character("中"))])
        #expect(keys.decode("\u{1B}[A".utf8) == [.key(.up)])
    }
}
