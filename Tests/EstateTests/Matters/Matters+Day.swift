import TestSupport
import Testing

@testable import Estate

extension Matters: RecordedDay {
    static func record(in test: TestEstate) throws {
        let matter = try test.do("matter.pass", ["to": "工程", "what": "地库灯不亮", "unit": "3-2-501"])
        try test.do("matter.answer", ["matter": matter, "answer": "已换灯"])
        try test.do("matter.pass", ["to": "客服", "what": "押金纠纷", "kind": "dispute"])
    }
}
