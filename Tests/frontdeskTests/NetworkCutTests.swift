import Foundation
import Glibc
import Testing
import TestServer

extension Program {
    @Suite(
        "Two machines and a cable", .enabled(if: PostgresServer.programs != nil, "\(PostgresServer.missing)"),
        .enabled(if: TestNetwork.isPossible, "\(TestNetwork.missing)"))
    struct NetworkCutTests {
        private func follow(_ home: TestHome) throws -> ChildProcess {
            try ChildProcess(
                home.machine + [Program.path, "hub", "--follow"], environment: home.environment(),
                .files(
                    input: "/dev/null", output: try home.file("service.out"), errors: try home.file("service.err")))
        }

        private func arrive(_ name: String, at home: TestHome) throws {
            try home.do("visitor.arrive name=\(name) host=3-2-501 purpose=快递 --as S03")
        }

        @Test("while the gate's cable is cut each works alone; when it is whole again both have everything")
        func cut() throws {
            let network = try TestNetwork(["desk", "gate"])
            let machines = try TwoMachines(network)
            let (desk, gate) = (machines.desk, machines.gate)
            let services = try [desk, gate].map(follow)
            try arrive("客甲", at: gate)
            #expect(try eventually { try TwoMachines.shows("客甲", at: desk) })

            try network.set("gate", isCut: true)
            for name in ["客乙", "客丙"] { try arrive(name, at: gate) }
            let request = try desk.do("request.open class=repair.minor unit=3-2-501 text=漏水 --as S02")
            #expect(
                try eventually(within: 90) {
                    try gate.run("hub --status --json").json["trouble"].text == "hub.unreachable"
                })
            #expect(try gate.run("hub").out.contains("断开 待传 2"))
            #expect(try !TwoMachines.shows("客乙", at: desk))

            try network.set("gate", isCut: false)
            #expect(try eventually(within: 120) { try TwoMachines.shows("客丙", at: desk) })
            #expect(
                try eventually(within: 30) {
                    try gate.show("requests").contains { $0["id"].text == request }
                })
            for service in services {
                kill(service.number, SIGTERM)
                #expect(service.wait() == 0)
            }
            try machines.expectAgreement()
        }
    }
}
