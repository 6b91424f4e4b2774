import TestSupport
import Testing

@testable import Estate

extension FollowUps: RecordedDay {
    static func record(in test: TestEstate) throws {
        try test.do("target.set", ["class": "other", "target": "80", "from": "2026-12-01"], by: "S05")
    }
}
