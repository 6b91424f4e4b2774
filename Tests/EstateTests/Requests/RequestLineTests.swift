import Testing
import TestSupport

@testable import Estate

@Suite("A request said in one line: the unit or place, and the matter")
struct RequestLineTests {
    private let test: TestEstate

    init() throws {
        test = try TestEstate()
        try test.do("place.add", ["place": "中心花园"])
    }

    private func parts(_ line: String) -> [String?]? {
        OpenRequest.values(ofLine: line, in: test.estate).map { [$0["unit"], $0["text"]] }
    }

    @Test(
        "the longest known unit at the beginning, however it is written",
        arguments: [
            ("3-2-501厨房漏水", "厨房漏水"), ("3栋2单元501室漏水了", "漏水了"), ("３－２－５０１，厨房漏水", "厨房漏水"),
            ("3-2-501 楼道灯不亮。", "楼道灯不亮"), ("3-2-501房间漏水", "房间漏水"), ("3-2-501户外灯坏了", "户外灯坏了"),
        ])
    func units(line: String, text: String) { #expect(parts(line) == ["3-2-501", text]) }

    @Test("a place of the estate as well")
    func places() {
        #expect(parts("中心花园路灯不亮") == ["中心花园", "路灯不亮"])
        #expect(parts("中心花园 路灯不亮") == ["中心花园", "路灯不亮"])
    }

    @Test(
        "no known unit, no matter, or a name: none",
        arguments: ["9-9-999漏水", "3-2-501", "3-2-501漏", "厨房漏水", "32501 ls", ""])
    func others(line: String) { #expect(parts(line) == nil) }

    @Test("words where the unit is asked for belong to the text; a unit, a place and digits stay")
    func typedElsewhere() {
        func place(_ text: String, _ key: String = "unit") -> String? {
            OpenRequest.place(of: text, typedFor: key, in: test.estate)
        }
        #expect(place("厨房漏水") == "text")
        for text in ["3-2-501", "9-9-999", "中心花园", "32501", "商铺108"] { #expect(place(text) == nil) }
        #expect(place("厨房漏水", "text") == nil)
    }
}
