import Foundation
import Testing

extension Program {
    @Suite("Assessments need a member, the role and the PIN")
    struct AssessmentTests {
        private let home: TestHome
        private let pin: String

        init() throws {
            home = try TestHome()
            pin = try home.file("pin", "4711\n")
            try #require(try home.run("pin --as S01 --new-pin-file \(pin)").code == 0)
            try #require(try home.run("pin --of S03 --pin-file \(pin) --new-pin-file \(pin)").code == 0)
        }

        @Test("show and report", arguments: ["show assessments", "report assessment"])
        func restricted(command: String) throws {
            #expect(try home.run(command, ["FRONTDESK_STAFF": ""]).code != 0, "nobody is named")
            #expect(try home.run("\(command) --as S03").code == 3, "no PIN")
            let own = try home.run("\(command) --as S03 --pin-file \(pin)")
            #expect(own.code == 0 && own.out.contains("赵门岗") && !own.out.contains("陈接待"), "\(own)")
            #expect(try home.run("\(command) staff=S02 --as S03 --pin-file \(pin)").code == 3)
            let below = try home.run("\(command) --as S04")
            #expect(below.out.contains("赵门岗") && below.out.contains("陈接待") && !below.out.contains("王经理"))
            #expect(try home.run("\(command) staff=S01 --as S04").code == 3)
            #expect(try home.run("\(command) --as S01 --pin-file \(pin)").out.contains("王经理"))
        }
    }
}
