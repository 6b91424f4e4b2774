import TestSupport
import Testing

@testable import Estate

extension Gate: RecordedDay {
    static func record(in test: TestEstate) throws {
        let visitors = try ["张三", "李雷"].map { try test.arrive($0) }
        try test.do("visitor.leave", ["visit": visitors[0]])
        try test.do("visitor.unknown", ["visit": visitors[1], "why": "没看见"])
        let group = try test.do(
            "visitor.arrive", ["name": "周林", "host": "王阿姨家", "purpose": "施工", "plate": "浙A54321", "count": "4"])
        try test.do("visitor.correct", ["visit": group, "plate": "浙A54322", "count": "5"])
        try test.do("visitor.contact", ["visit": group, "outcome": "patrol"])
        try test.do("visitor.leave", ["visit": group, "count": "2", "plate": "浙A54323"])
        let day = Day(test.clock.clock(), in: .shanghai).text
        try test.do("visitor.expect", ["name": "吴迪", "host": "3-2-501", "from": day, "to": day])
        try test.do("visitor.refuse", ["name": "推销员", "why": "推销"])
        try test.do("visitor.bar", ["name": "曹某", "why": "尾随", "until": day])
    }
}
