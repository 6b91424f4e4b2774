import TestSupport
import Testing

@testable import Estate

extension Registers: RecordedDay {
    static func record(in test: TestEstate) throws {
        let key = try test.do(
            "register.add", ["register": "key", "what": "地库门卡", "who": "王五", "count": "2", "phone": "13800009999"])
        try test.do(
            "register.add", ["register": "goods", "what": "冰箱", "who": "李四", "unit": "3-2-501", "witness": "李四"])
        try test.do("register.close", ["entry": key, "who": "王五", "note": "两张都还", "outcome": "returned"])
    }
}
