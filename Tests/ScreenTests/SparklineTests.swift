import Testing

@testable import Screen

@Suite("Sparklines")
struct SparklineTests {
    private func text(_ values: [Double?], _ glyphs: Glyphs = .fine) -> String { Sparkline(values).line(glyphs).text }

    @Test("the lowest and the highest fill 1/8 and 8/8; what is missing is a dot")
    func heights() {
        #expect(text([0, 50, 100]) == "▁▅█")
        #expect(text([nil, 3, 1, 2]) == "·█▁▅")
        #expect(text([97.5, 98, 98.5, 99]) == "▁▃▆█")
    }

    @Test("values that are all the same stand in the middle; none are dots")
    func even() {
        #expect(text([5, 5]) == "▄▄")
        #expect(text([nil, nil]) == "··")
        #expect(text([]) == "")
    }

    @Test("terminals whose marks are two columns wide get ASCII")
    func plain() { #expect(text([0, 100, nil], .plain) == "_#.") }
}
