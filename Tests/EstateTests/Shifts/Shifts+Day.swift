import TestSupport
import Testing

@testable import Estate

extension Shifts: RecordedDay {
    static func record(in test: TestEstate) throws {
        let shift = try test.do("shift.open", ["post": "东门", "staff": "S03"])
        let visitor = try test.arrive("韩梅")
        try test.do(
            "shift.close",
            [
                "shift": shift, "next": "S02", "handed": visitor, "items": "3:无;8:一件包裹", "equipment": "手电 1 一支送修",
                "keys": "钥匙 6",
                "ritual": "yes",
            ])
        try test.do("shift.acknowledge", ["shift": shift, "confirmed": "3,8", "reservation": "手电待查"])
    }
}
