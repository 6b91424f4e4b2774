import TestSupport
import Testing

@testable import Estate

extension Gate: RecordedDay {
    static func record(in test: TestEstate) throws {
        let visitors = try ["张三", "李雷"].map { try test.arrive($0) }
        try test.do("visitor.leave", ["visit": visitors[0]])
        try test.do("visitor.unknown", ["visit": visitors[1], "why": "没看见"])
    }
}
