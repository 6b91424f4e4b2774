import Testing
import TestSupport

@testable import Estate

@Suite("Staff members")
struct StaffTests {
    @Test("a staff number is unique, and a shared name names nobody")
    func names() throws {
        let test = try TestEstate()
        #expect(
            refusal { try test.do("staff.add", ["staff": "S02", "name": "新人", "role": "guard"]) }?.code
                == "staff.exists")
        #expect(
            refusal { try test.do("staff.add", ["staff": "S 9", "name": "新人", "role": "guard"]) }?.code
                == "staff.malformed")
        try test.do("staff.add", ["staff": "S09", "name": "陈接待", "role": "门岗"])
        #expect(test.estate.staff.member("陈接待") == nil)
        #expect(test.estate.staff.member("S09")?.role == .guard)
    }
}
