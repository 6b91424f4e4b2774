import Screen
import Testing

@Suite("Layout")
struct LayoutTests {
    let screen = Rect(x: 0, y: 0, width: 100, height: 30)

    @Test("Fixed rows keep their height and the fill takes the rest")
    func rows() {
        let parts = screen.rows([.fixed(1), .fill(1), .fixed(2)])
        #expect(parts.map(\.height) == [1, 27, 2])
        #expect(parts.map(\.y) == [0, 1, 28])
        #expect(parts.allSatisfy { $0.width == 100 })
    }

    @Test("Fractions and weights cover the total, with gaps between them")
    func columns() {
        let parts = screen.columns([.fraction(0.4), .fill(1), .fill(2)], gap: 2)
        #expect(parts.map(\.width) == [38, 19, 39])
        #expect(parts.map(\.x) == [0, 40, 61])
        #expect(parts.last?.maxX == 100)
    }

    @Test("With too few columns the first parts are served first and none lies outside", arguments: 0...12)
    func tooSmall(width: Int) {
        let whole = Rect(x: 3, y: 0, width: width, height: 1)
        let parts = whole.columns([.fixed(4), .fill(1), .fixed(6)], gap: 1)
        #expect(parts.allSatisfy { $0.x >= 3 && $0.maxX <= whole.maxX })
        #expect(parts[0].width == min(4, max(0, width - 2)))
    }

    @Test("Rectangles are inset, intersected and centred")
    func rectangles() {
        #expect(
            Rect(x: 2, y: 2, width: 10, height: 5).inset(horizontal: 1, vertical: 1)
                == Rect(x: 3, y: 3, width: 8, height: 3))
        #expect(Rect(x: 0, y: 0, width: 1, height: 1).inset(horizontal: 1).isEmpty)
        #expect(
            screen.intersection(Rect(x: 90, y: -5, width: 20, height: 10)) == Rect(x: 90, y: 0, width: 10, height: 5))
        #expect(screen.intersection(Rect(x: 200, y: 0, width: 5, height: 5)).isEmpty)
        #expect(screen.centred(Size(width: 20, height: 10)) == Rect(x: 40, y: 10, width: 20, height: 10))
        #expect(screen.centred(Size(width: 200, height: 10)).width == 100)
        #expect(screen.row(29).height == 1 && screen.row(30).isEmpty)
    }
}
