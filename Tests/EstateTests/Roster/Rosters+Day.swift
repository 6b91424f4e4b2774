import TestSupport

@testable import Estate

extension Rosters: RecordedDay {
    static func record(in test: TestEstate) throws {
        let shift = ["post": "门岗", "from": "2027-01-02T06:00", "to": "2027-01-02T14:00"]
        try test.do("roster.set", shift.merging(["staff": "S03"]) { $1 })
        let planned = try test.do("roster.set", shift.merging(["staff": "S02"]) { $1 })
        try test.do("roster.drop", ["shift": planned])
    }
}
