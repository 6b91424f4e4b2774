import Testing

@testable import Estate

@Suite("The bars of a chart")
struct BarTests {
    private func lengths(_ sizes: Int...) -> [Int] {
        Sheet.Bar.lengths(of: sizes.map { Sheet.Bar("", size: $0, "") }, in: 10)
    }

    @Test("the longest fills the width, the others have their share, and what is above zero is seen")
    func lengths() {
        #expect(lengths(200, 100, 19, 1, 0) == [10, 5, 1, 1, 0])
        #expect(lengths(0, 0) == [0, 0])
        #expect(lengths() == [])
    }
}
