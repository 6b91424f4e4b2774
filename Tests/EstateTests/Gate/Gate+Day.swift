import TestSupport
import Testing

@testable import Estate

extension Gate: RecordedDay {
    static func record(in test: TestEstate) throws {
        let shift = try test.do("shift.open", ["post": "东门", "staff": "S03"])
        let visitors = try ["张三", "李雷", "韩梅"].map { try test.arrive($0) }
        try test.do("visitor.leave", ["visit": visitors[0]])
        try test.do("visitor.unknown", ["visit": visitors[1], "why": "没看见"])
        try test.do("shift.close", ["shift": shift, "next": "S02", "handed": visitors[2]])
        try test.do("shift.acknowledge", ["shift": shift])
        try test.do("patrol.check", ["route": "夜巡", "point": "1号楼顶层"])
    }
}
