import TestSupport

@testable import Estate

extension Particulars: RecordedDay {
    static func record(in test: TestEstate) throws {
        for (name, day) in [("到期", "2026-10-01"), ("旧客", "2026-11-02"), ("留存", "2026-11-03")] {
            let visit = try test.arrive(name, at: "\(day)T10:00")
            try test.do("visitor.leave", ["visit": visit], at: "\(day)T11:00")
            if name == "留存" {
                try test.do("particulars.hold", ["record": visit, "why": "事故", "until": "2027-03-01"])
            } else if name == "旧客" {
                try test.do("particulars.erase", ["record": visit, "why": "本人要求"])
            }
        }
        try test.do("particulars.expire")
    }
}
