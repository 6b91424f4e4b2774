import Screen
import Testing

@Suite("Gauges and sparklines")
struct GaugeTests {
    @Test("A gauge has a resolution of 1/8 column")
    func gauge() {
        #expect(picture(Gauge(0.5), 8, 1) == ["████────"])
        #expect(picture(Gauge(0.3), 8, 1) == ["██▍─────"])
        #expect(picture(Gauge(2), 4, 1) == ["████"])
        #expect(picture(Gauge(-1), 4, 1) == ["────"])
        #expect(picture(Gauge(0.5), 4, 1, ambiguousIsWide: true) == ["##--"])
    }

    @Test("A gauge can stand within a line, in two tones")
    func gaugeInText() {
        let line: Line = ["核对 ", Span("43%", .strong)]
        let gauge = Gauge(0.43).line(width: 5, .fine)
        let grid = drawn(StatusBar(left: [], right: [BarItem(gauge + " " + line)]), 20, 1)
        #expect(grid.lines == ["     ██▏── 核对 43% "])
        #expect(grid[5, 0].style == Style(.accent, on: .bar) && grid[9, 0].style == Style(.frame, on: .bar))
        #expect(Gauge(0).line(width: 4, .fine).text == "────")
        #expect(Gauge(1).line(width: 4, .plain).text == "####")
        #expect(Gauge(0.5).line(width: 0, .fine).isEmpty)
        #expect(Gauge(0.5).line(width: -3, .fine).isEmpty)
    }
}
