import Screen
import Testing

@Suite("Scrolling of lists")
struct ScrollingTests {
    @Test("The thumb touches an end only if the list is scrolled to it")
    func scrollBar() {
        #expect(ScrollBar(total: 5, offset: 0, visible: 5).thumb(height: 5) == nil)
        #expect(ScrollBar(total: 100, offset: 0, visible: 10).thumb(height: 10) == 0..<1)
        #expect(ScrollBar(total: 100, offset: 1, visible: 10).thumb(height: 10) == 1..<2)
        #expect(ScrollBar(total: 100, offset: 89, visible: 10).thumb(height: 10) == 8..<9)
        #expect(ScrollBar(total: 100, offset: 90, visible: 10).thumb(height: 10) == 9..<10)
    }

    @Test("A list scrolls by a third of its height, and no further than necessary to show the selection")
    func offset() {
        func offset(_ selection: Int?, _ count: Int, _ height: Int, _ from: Int) -> Int {
            ListPosition.offset(keeping: selection, in: count, height: height, from: from)
        }
        #expect(offset(3, 20, 5, 0) == 0)
        #expect(offset(5, 20, 5, 0) == 1)
        #expect(offset(2, 20, 5, 7) == 2)
        #expect(offset(nil, 20, 5, 18) == 15)
        #expect(offset(nil, 3, 5, 2) == 0)
        #expect(offset(4, 5, 0, 3) == 0)
        #expect(offset(9, 50, 9, 0) == 3)
        #expect(offset(11, 50, 9, 3) == 3)
        #expect(offset(12, 50, 9, 3) == 6)
        #expect(offset(30, 50, 9, 0) == 24)
        #expect(offset(5, 50, 9, 6) == 3)
        #expect(offset(0, 50, 9, 1) == 0)
        #expect(offset(49, 50, 9, 40) == 41)
        #expect((0..<50).allSatisfy { (0...8).contains($0 - offset($0, 50, 9, 20)) })
    }

    @Test("The selection stops at the ends")
    func move() {
        var position = ListPosition()
        position.move(by: 1, count: 3)
        #expect(position.selection == 0)
        position.move(by: .max, count: 3)
        #expect(position.selection == 2)
        position.fit(count: 1, height: 5)
        #expect(position == ListPosition(selection: 0, offset: 0))
        position.move(by: -1, count: 0)
        #expect(position.selection == nil)
    }
}
