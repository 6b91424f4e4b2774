import Screen
import Testing

@testable import Console
@testable import Estate

/// The rows that windows on a wide screen get.
@Suite struct ArrangementTests {
    private let area = Rect(Size(width: 160, height: 43))
    private let arrangement = Arrangement(left: [("a", 1), ("b", 1), ("c", 1)], right: [("d", 1)], share: 50)

    private func heights(_ contents: [String: Int], of arrangement: Arrangement) -> [Int] {
        arrangement.places(in: area, focus: "a", alone: false, contents: { contents[$0] }).map(\.rect.height)
    }

    @Test func aWindowTakesTheRoomThatItsContentsNeed() {
        #expect(heights([:], of: arrangement) == [14, 14, 15, 43])
        #expect(heights(["a": 6], of: arrangement) == [8, 17, 18, 43], "the others get what it leaves")
        #expect(heights(["a": 6, "b": 10], of: arrangement) == [8, 12, 23, 43])
        #expect(
            heights(["a": 6, "b": 15], of: arrangement) == [8, 17, 18, 43],
            "one that needs more than its share gets that")
        #expect(heights(["a": 1], of: arrangement)[0] == 5, "a frame and three rows at least")
        #expect(heights(["a": 4, "b": 4, "c": 4], of: arrangement).prefix(3).reduce(0, +) == 43)
    }

    /// Columns are filled to the last row, whatever the contents.
    @Test func aColumnIsAlwaysFull() {
        for a in stride(from: 0, through: 60, by: 7) {
            for b in stride(from: 0, through: 60, by: 11) {
                let heights = heights(["a": a, "b": b], of: arrangement)
                #expect(heights.prefix(3).reduce(0, +) == 43)
                #expect(heights.allSatisfy { $0 >= 5 })
            }
        }
    }

    @Test func heightsThatAMemberHasSetStay() {
        var own = arrangement
        own.grow("a", by: 1, in: area, contents: { ["a": 6][$0] })
        #expect(heights(["a": 6], of: own) == [9, 16, 18, 43])
        #expect(heights(["a": 30], of: own) == [9, 16, 18, 43])
    }

    /// The supervisor's checklist of two rows and the operator's idle telephone leave room to the lists.
    @Test(arguments: [("周主管", "inspections"), ("王芳", "calls")])
    func anIdleWindowIsLow(member: String, window: String) throws {
        let console = try ConsoleDriver(as: member, size: Size(width: 160, height: 45))
        for count in 1...40 {
            let request = ["class": "complaint", "unit": "3-2-501", "text": "第 \(count) 件"]
            try console.estate.do("request.complete", ["request": try console.estate.do("request.open", request)])
            try console.estate.do("request.open", request)
        }
        _ = console.controller.catchUp()
        let places = console.controller.session.places
        let idle = try #require(places.first { $0.window == window })
        #expect(idle.rect.height < 20, "\(console.screen)")
        let column = places.filter { $0.rect.x == idle.rect.x }
        #expect(column.count > 1 && column.reduce(0) { $0 + $1.rect.height } == 43)
    }

    @Test func detailsThatDoNotFitSaySo() throws {
        let console = try ConsoleDriver(as: "王芳", size: Size(width: 100, height: 28))
        let text = String(repeating: "很长的内容 ", count: 200)
        try console.estate.do("request.open", ["class": "complaint", "unit": "3-2-501", "text": text])
        _ = console.controller.catchUp()
        console.open("requests")
        console.press("F12", "Space")
        console.expect("↓ 还有")
        for _ in 0..<60 where console.sees("↓ 还有") { console.press("Down") }
        console.expectNot("↓ 还有")
        let end = console.screen
        console.press("Down", "PageDown")
        #expect(console.screen == end, "nothing scrolls beyond the end")
        console.press("Up")
        #expect(console.screen != end)
    }
}
