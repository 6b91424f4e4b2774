import TestSupport
import Testing

@testable import Estate

extension Incidents: RecordedDay {
    static func record(in test: TestEstate) throws {
        let visit = try test.arrive("点名人")
        let incident = try test.do("incident.open", ["kind": "火灾", "drill": "yes"])
        try test.do("incident.step", ["incident": incident, "step": "1"])
        try test.do("incident.told", ["incident": incident, "who": "119"])
        try test.do("incident.seen", ["incident": incident, "visit": visit])
        try test.do("incident.close", ["incident": incident, "note": "演练结束"])
        try test.do("incident.debrief", ["incident": incident, "note": "灭火器会用"])
        try test.do("visitor.leave", ["visit": visit])
    }
}
