import TestSupport
import Testing

@testable import Estate

extension Shifts: RecordedDay {
    static func record(in test: TestEstate) throws {
        let shift = try test.do("shift.open", ["post": "东门", "staff": "S03"])
        let visitor = try test.arrive("韩梅")
        try test.do("shift.close", ["shift": shift, "next": "S02", "handed": visitor])
        try test.do("shift.acknowledge", ["shift": shift])
    }
}
