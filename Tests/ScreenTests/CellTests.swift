import Foundation
import Testing

@testable import Screen

@Suite("Cells", .timeLimit(.minutes(60)))
struct CellTests {
    private static let isLong = ProcessInfo.processInfo.environment["FRONTDESK_LONG_TESTS"] == "1"

    private static let texts = [
        "张三", "a", "ab李", "👨‍👩‍👧x", "𠮷", "\u{202E}", "e\u{301}中", "🇨🇳🇨", "—“好”…", "\u{301}", "क्ष", "\r\n", "ｱＡ", "",
        "\u{1B}[2J电", "1️⃣2", "a\u{301}", "❤️❤", "│─·①✓", "\u{200D}", "한ᄒ\u{1161}", "\u{378}b", "㎡℃éß￥¥",
    ]

    @Test("A cell is eight plain bytes")
    func layout() {
        #expect(MemoryLayout<Cell>.size == 8 && MemoryLayout<Cell>.stride == 8)
        #expect(_isPOD(Cell.self))
    }

    @Test("Every style survives packing")
    func styles() {
        for tone in Tone.allCases {
            for ground in Ground.allCases + [nil] as [Ground?] {
                for bits in UInt8(0)..<32 {
                    let style = Style(tone, on: ground, Attributes(rawValue: bits))
                    #expect(PackedStyle(style).style == style)
                }
            }
        }
        let all = Tone.allCases.flatMap { tone in Ground.allCases.map { PackedStyle(Style(tone, on: $0)) } }
        #expect(Set(all).count == Tone.allCases.count * Ground.allCases.count)
    }

    @Test("Drawing shows what drawing one character after another shows", arguments: [false, true])
    func sweep(ambiguousIsWide: Bool) {
        var random = SplitMix(state: 7)
        let measure = TextWidth(ambiguousIsWide: ambiguousIsWide)
        let size = Size(width: 23, height: 6)
        var (grid, other) = (Grid(size: size, measure: measure), ReferenceGrid(size: size, measure: measure))
        for step in 0..<(CellTests.isLong ? 400_000 : 8000) {
            let rect = Rect(
                x: random.next(-3...23), y: random.next(-2...6), width: random.next(0...25), height: random.next(0...8))
            let point = Point(x: random.next(-5...25), y: random.next(-2...7))
            let ground = Ground.allCases[random.next(0...11)]
            let style = Style(Tone.allCases[random.next(0...13)], on: random.next(0...1) == 0 ? nil : ground)
            let text = (0...random.next(0...3)).map { _ in CellTests.texts[random.next(0...CellTests.texts.count - 1)] }
                .joined()
            let (kind, width) = (random.next(0...9), random.next(0...14))
            other.clip = step % 3 == 0 ? rect.intersection(grid.bounds) : grid.bounds
            grid.clipped(to: other.clip) { grid in
                switch kind {
                case 0: grid.clear(rect, style: style)
                case 1: grid.restyle(rect) { $0.ground = ground }
                default: grid.put(text, at: point, style: style, maxWidth: width)
                }
            }
            switch kind {
            case 0: other.clear(rect, style: style)
            case 1: other.restyle(rect) { $0.ground = ground }
            default: other.put(text, at: point, style: style, maxWidth: width)
            }
            guard grid.equals(other) else {
                Issue.record("step \(step), \(kind): \(text.unicodeScalars) at \(point)\n\(grid)")
                return
            }
        }
    }

    @Test("Grids are equal if and only if they show the same")
    func equality() {
        var random = SplitMix(state: 11)
        let size = Size(width: 4, height: 2)
        var grids: [(Grid, ReferenceGrid)] = []
        for _ in 0..<120 {
            var (grid, other) = (Grid(size: size), ReferenceGrid(size: size, measure: TextWidth()))
            for _ in 0..<random.next(0...2) {
                let text = CellTests.texts[random.next(0...12)]
                let point = Point(x: random.next(0...3), y: random.next(0...1))
                let style = Style(random.next(0...2) == 0 ? .danger : .text)
                grid.put(text, at: point, style: style)
                other.put(text, at: point, style: style, maxWidth: 9)
            }
            grids.append((grid, other))
        }
        for (one, shown) in grids {
            for (other, otherShown) in grids {
                let isSame = zip(shown.cells, otherShown.cells).allSatisfy {
                    $0.style == $1.style && $0.text.utf8.elementsEqual($1.text.utf8)
                }
                #expect((one == other) == isSame, "\(one)\n\(other)")
                if one == other { #expect(one.hashValue == other.hashValue) }
            }
        }
        var (left, right) = (grids[0].0, grids[0].0)
        #expect(left == right)
        left.cursor = Point(x: 1, y: 1)
        #expect(left != right)
        right.cursor = Point(x: 1, y: 1)
        #expect(left == right)
        #expect(Grid(size: size) != Grid(size: size, measure: TextWidth(ambiguousIsWide: true)))
    }

    @Test("The table of clusters is bounded, and a full one shows the first visible scalar")
    func clusters() {
        var table = ClusterTable(capacity: 2)
        let long = Character("a" + String(repeating: "\u{302}", count: 500))
        let glyphs = ["e\u{301}", "e\u{301}", "\u{E9}", long, "👨‍👩‍👧", "e\u{301}"].map { table.glyph(of: $0) }
        #expect(table.scalars(of: glyphs[0]) == ["e", "\u{301}"])
        #expect(glyphs[1] == glyphs[0] && glyphs[5] == glyphs[0])
        #expect(glyphs[2] == 0xE9, "a single scalar needs no entry")
        #expect(table.scalars(of: glyphs[3]).count == ClusterTable.longest)
        #expect(glyphs[4] == 0x1F468, "the table is full")
    }

    @Test("Text right of the clip is not read")
    func rightOfClip() {
        var grid = Grid(size: Size(width: 6, height: 1))
        #expect(grid.put(String(repeating: "长", count: 1000), at: Point(x: -1, y: 0)) == 8)
        #expect(grid.lines == [" 长长 "])
    }

    @Test("The width of a text is the sum of its characters', and a prefix ends between two", arguments: [false, true])
    func scanning(ambiguousIsWide: Bool) {
        let measure = TextWidth(ambiguousIsWide: ambiguousIsWide)
        for value in UInt32(0)...0x30000 {
            let width = measure.plainWidth(of: value)
            guard width > 0, let scalar = Unicode.Scalar(value) else { continue }
            let character = Character(scalar)
            #expect(measure.width(of: character) == width, "U+\(String(value, radix: 16))")
            #expect(VisibleText.visible(String(character)).unicodeScalars.elementsEqual([scalar]))
        }
        var random = SplitMix(state: 3)
        for _ in 0..<2000 {
            let text = (0...random.next(0...5)).map { _ in CellTests.texts[random.next(0...CellTests.texts.count - 1)] }
                .joined()
            let widths = text.map { measure.width(of: $0) }
            #expect(measure.width(of: text) == widths.reduce(0, +), "\(text.unicodeScalars)")
            let columns = random.next(0...20)
            var (count, used) = (0, 0)
            while count < widths.count, used + widths[count] <= columns {
                used += widths[count]
                count += 1
            }
            #expect(measure.prefix(of: text, columns: columns) == String(text.prefix(count)))
        }
    }
}
