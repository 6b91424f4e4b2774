import Foundation
import Handbook
import Testing

@Suite("The registers of the gate (Rules, Gate)")
struct RegistersTests {
    private func handbook(_ own: String? = nil) throws -> Handbook.Registers {
        let overrides = own.map { [Handbook.Registers.file: Data($0.utf8)] } ?? [:]
        return try Handbook(overrides: overrides, chapters: [Handbook.Registers.self]).registers
    }

    @Test("a slip for goods and a key are due the same day, what has no default is not due")
    func due() throws {
        let rule = try handbook()
        #expect(["goods", "key", "parcel", "lost", "other"].map { rule.dueDays(of: $0) } == [0, 0, 3, 7, nil])
        #expect(try handbook(#"{"policy":{"dueDays":{"key":1}}}"#).dueDays(of: "key") == 1)
        #expect(throws: HandbookError.self) { try handbook(#"{"policy":{"dueDays":{"key":-1}}}"#) }
    }

    @Test("fees are told to the desk and never to a guard, whatever the estate writes")
    func arrears() throws {
        #expect(try handbook().arrearsRoles == ["operator", "supervisor", "finance", "manager"])
        #expect(throws: HandbookError.self) { try handbook(#"{"policy":{"arrearsRoles":["guard"]}}"#) }
    }
}
