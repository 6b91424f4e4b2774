import TestSupport
import Testing

@testable import Estate

extension Board: RecordedDay {
    static func record(in test: TestEstate) throws {
        let notice = try test.do("notice.post", ["text": "东区停水", "until": "2026-12-31"])
        try test.do("notice.end", ["notice": notice])
        try test.do("notice.post", ["text": "2 号梯维保", "until": "2026-12-31"])
    }
}
