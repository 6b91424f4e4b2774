import CNcurses
import Foundation
import Screen
import TestSupport
import Testing

@testable import Curses

/// Pictures are encoded for the terminals of terminfo and applied to a model of a terminal, which must then show them.
///
/// Serialized: terminfo has one current terminal in a process.
@Suite("Encoding of pictures", .serialized, .timeLimit(.minutes(60)))
struct PictureEncoderTests {
    private static let isLong = ProcessInfo.processInfo.environment["FRONTDESK_LONG_TESTS"] == "1"

    static func capabilities(_ type: String) throws -> Capabilities {
        try #require(cn_use_type(type), "no terminfo entry \(type)")
        return try #require(Capabilities.ofTerminal())
    }

    /// Direct colours, with the sequences of `xterm-direct2`.
    static func direct() throws -> Capabilities {
        var result = try capabilities("xterm-256color")
        func sequence(_ kind: Int, _ color: Int) -> [UInt8] {
            Array("\u{1B}[\(kind);2;\(color >> 16);\(color >> 8 & 255);\(color & 255)m".utf8)
        }
        result.depth = .direct
        result.foreground = { sequence(38, $0) }
        result.background = { sequence(48, $0) }
        return result
    }

    static func all(_ type: String) throws -> Capabilities { type == "direct" ? try direct() : try capabilities(type) }

    @Test(
        "The terminal shows each of many random pictures",
        arguments: [
            "xterm-256color", "screen-256color", "tmux-256color", "linux", "vt100", "xterm-color", "ansi", "direct",
        ], [1, 2])
    func randomPictures(type: String, seed: UInt64) throws {
        for theme in Theme.all {
            for ambiguousIsWide in [false, true] {
                var player = try PicturePlayer(
                    PictureEncoderTests.all(type), theme, TextWidth(ambiguousIsWide: ambiguousIsWide), seed: seed)
                for step in 0..<(PictureEncoderTests.isLong ? 20_000 : 60) {
                    player.step()
                    guard let fault = player.fault else { continue }
                    Issue.record(
                        "\(type), \(theme.name), wide \(ambiguousIsWide), seed \(seed), step \(step): \(fault)")
                    return
                }
            }
        }
    }

    @Test("Exact colours are defined before they are used, and again when the shell has used the terminal")
    func exactColors() throws {
        var capabilities = try PictureEncoderTests.capabilities("xterm-256color")
        var encoder = PictureEncoder(
            palette: Palette(theme: .dark, exactColors: true, capabilities), measure: TextWidth(), capabilities)
        var terminal = VirtualTerminal(
            size: Size(width: 9, height: 1), measure: TextWidth(), erasesWithBackground: true)
        var grid = Grid(size: terminal.size)
        grid.put("张三", at: Point(x: 0, y: 0), style: .danger)
        terminal.apply(encoder.encode(grid, on: grid.size))
        #expect(terminal.errors.isEmpty)
        let color = try #require(Theme.dark.foreground(of: .danger).color).rgb
        func hex(_ part: UInt8) -> String {
            let text = String(Int(part) * 1000 / 255 * 255 / 1000, radix: 16, uppercase: true)
            return text.count < 2 ? "0" + text : text
        }
        let expected = "rgb:\(hex(color.red))/\(hex(color.green))/\(hex(color.blue))"
        #expect(terminal.palette[terminal[0, 0].look.foreground] == expected)
        encoder.palette.restoreColors()
        encoder.invalidate()
        let again = String(decoding: encoder.encode(grid, on: grid.size), as: UTF8.self)
        #expect(again.contains("]4;\(terminal[0, 0].look.foreground);\(expected)"))
        capabilities.defineColor = nil
        #expect(!Palette(theme: .dark, exactColors: true, capabilities).isExact)
    }

    @Test("A terminal that cannot move its cursor is refused")
    func incapable() throws {
        try #require(cn_use_type("dumb"))
        #expect(Capabilities.ofTerminal() == nil)
    }

    @Test("A terminal with other cursor sequences than ANSI gets its own")
    func otherMoves() throws {
        let capabilities = try PictureEncoderTests.capabilities("vt52")
        #expect(!capabilities.hasANSIMoves)
        var encoder = PictureEncoder(
            palette: Palette(theme: .dark, exactColors: false, capabilities), measure: TextWidth(), capabilities)
        var grid = Grid(size: Size(width: 20, height: 4))
        _ = encoder.encode(grid, on: grid.size)
        grid.put("ab", at: Point(x: 3, y: 2))
        #expect(String(decoding: encoder.encode(grid, on: grid.size), as: UTF8.self) == "\u{1B}Y\"#ab")
    }

    /// The bytes from one picture to the next on `xterm-256color`.
    private func bytes(_ first: (inout Grid) -> Void = { _ in }, _ change: (inout Grid) -> Void) throws -> String {
        let capabilities = try PictureEncoderTests.capabilities("xterm-256color")
        var encoder = PictureEncoder(
            palette: Palette(theme: .dark, exactColors: false, capabilities), measure: TextWidth(), capabilities)
        var grid = Grid(size: Size(width: 40, height: 12))
        first(&grid)
        _ = encoder.encode(grid, on: grid.size)
        change(&grid)
        return String(decoding: encoder.encode(grid, on: grid.size), as: UTF8.self)
            .replacingOccurrences(of: "\u{1B}", with: "^")
    }

    private func put(_ text: String, _ x: Int, _ y: Int, _ style: Style = Style()) -> (inout Grid) -> Void {
        { grid in grid.put(text, at: Point(x: x, y: y), style: style) }
    }

    @Test("An equal picture sends nothing")
    func nothing() throws {
        #expect(try bytes { _ in } == "")
    }

    @Test("The cursor takes the shortest way, and column 1 is left out")
    func shortestWay() throws {
        let plain = try bytes(put("a", 10, 5)) { $0.put("b", at: Point(x: 10, y: 5)) }
        #expect(plain == "^[11Gb" || plain == "^[6;11Hb")
        #expect(try bytes(put("ab", 20, 0)) { $0.put("c", at: Point(x: 22, y: 3)) } == "^[3Bc")
        #expect(try bytes(put("ab", 0, 0)) { $0.put("b", at: Point(x: 0, y: 3)) } == "^[4Hb")
        #expect(
            try bytes(put("x         x", 0, 4)) { grid in
                grid.put("y", at: Point(x: 0, y: 4))
                grid.put("y", at: Point(x: 20, y: 4))
            } == "\ry^[21Gy")
    }

    @Test("A gap of few cells is sent again, a longer one is skipped")
    func gaps() throws {
        func change(_ grid: inout Grid) {
            grid.put("X", at: Point(x: 0, y: 2))
            grid.put("Y", at: Point(x: 4, y: 2))
        }
        #expect(try bytes(put("abcdefghij", 0, 2), change).hasSuffix("XbcdY"))
        #expect(try bytes(put("a你好了f", 0, 2)) { $0.put("X你好了Y", at: Point(x: 0, y: 2)) }.hasSuffix("X^[8GY"))
    }

    @Test("After a character that terminals disagree on, positions are absolute")
    func uncertainWidth() throws {
        let shown = try bytes(put("…abcdefghijklmnop", 0, 2)) { grid in
            grid.put("—", at: Point(x: 0, y: 2))
            grid.put("X", at: Point(x: 9, y: 2))
        }
        #expect(shown.hasSuffix("—^[10GX"))
    }

    @Test("Blanks keep the colour of the text, and the pen lasts until the next picture")
    func pen() throws {
        let shown = try bytes(put("甲", 0, 2, .danger)) { $0.put("乙  丙", at: Point(x: 0, y: 2), style: .danger) }
        #expect(!shown.contains("m"))
        let bold = try bytes(put("甲", 0, 2, .text.bold)) { grid in
            grid.put("乙", at: Point(x: 0, y: 2), style: .text.bold)
            grid.put("丙", at: Point(x: 2, y: 2), style: .text)
        }
        #expect(bold.hasSuffix("乙^[22m丙"))
    }

    @Test("A long blank run is erased, not sent")
    func erasing() throws {
        let tail = try bytes(put(String(repeating: "x", count: 30), 10, 3)) {
            $0.clear(Rect(x: 10, y: 3, width: 30, height: 1))
        }
        #expect(tail.hasSuffix("^[K") && tail.count < 12)
        let middle = try bytes(put(String(repeating: "x", count: 30), 0, 3)) {
            $0.clear(Rect(x: 0, y: 3, width: 20, height: 1))
        }
        #expect(middle.hasSuffix("^[20X") && middle.count < 12)
    }

    @Test("The cursor is shown, moved and hidden only when that changes")
    func cursor() throws {
        let at = { (x: Int, y: Int) in { (grid: inout Grid) in grid.cursor = Point(x: x, y: y) } }
        #expect(try bytes(at(3, 3), at(3, 3)) == "")
        #expect(try bytes(at(3, 3), at(4, 3)) == "^[C")
        #expect(try bytes(at(3, 3)) { $0.cursor = nil } == "^[?25l")
        #expect(try bytes({ _ in }, at(0, 0)).hasSuffix("^[?12l^[?25h"))
        #expect(try bytes(at(3, 3), at(99, 3)) == "^[?25l")
    }

    @Test("No cell sends a control character, a joiner or another width than its own")
    func sanitised() throws {
        let measure = TextWidth()
        let encoding = CellEncoding(measure: measure)
        for value in UInt32(0)...0x1FFFF {
            guard let scalar = Unicode.Scalar(value) else { continue }
            for text in [
                String(Character(scalar)), "a" + String(Character(scalar)), String(Character(scalar)) + "\u{200D}中",
            ] {
                var grid = Grid(size: Size(width: 24, height: 1), measure: measure)
                grid.put(text, at: Point(x: 0, y: 0))
                for cell in grid.row(0) where cell.glyph != 0x20 {
                    var bytes: [UInt8] = []
                    encoding.append(cell, to: &bytes)
                    let scalars = String(decoding: bytes, as: UTF8.self).unicodeScalars
                    let columns = scalars.reduce(0) { $0 + measure.width(of: $1) }
                    let isSafe = scalars.allSatisfy {
                        !(0x7F...0x9F).contains($0.value) && $0.value >= 0x20 && $0.value != 0x200D
                            && !(0xFE00...0xFE0F).contains($0.value)
                    }
                    guard columns == Int(cell.width), isSafe else {
                        Issue.record("U+\(String(value, radix: 16)): \(Array(scalars))")
                        return
                    }
                }
            }
            if value == 0x2FF, !PictureEncoderTests.isLong { break }
        }
    }
}
