import TestSupport
import Testing

@testable import Estate

extension Patrols: RecordedDay {
    static func record(in test: TestEstate) throws {
        let patrol = try test.do("patrol.start", ["route": "全区"])
        try test.do("patrol.check", ["route": "全区", "point": "3栋顶层"])
        try test.do("patrol.finish", ["patrol": patrol])
        try test.do("patrol.check", ["route": "夜巡", "point": "1号楼顶层"])
    }
}
