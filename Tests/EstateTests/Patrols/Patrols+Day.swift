import TestSupport
import Testing

@testable import Estate

extension Patrols: RecordedDay {
    static func record(in test: TestEstate) throws {
        try test.do("patrol.check", ["route": "夜巡", "point": "1号楼顶层"])
    }
}
