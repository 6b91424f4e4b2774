import Estate
import Foundation
import Journal

/// The drill of an estate where ten guards have answered two thousand plates: what the tab shows and asks, and a start.
enum Drill: Benchmark {
    static let name = "drill"

    private static let (rounds, guards, vehicles) = (9, 10, 2000)
    private static let zone = Zone.shanghai

    static func run(_ options: Options) throws -> BenchmarkResult {
        try EstateFolder(path: "\(options.work)/drill").withFolder { folder in
            let store = try estate(at: folder)
            let (member, now) = ("G0", store.now)
            var (session, rows, start) = (Samples(), Samples(), Samples())
            for _ in 0..<rounds {
                session.add(time { _ = store.estate.drill(of: member, at: now).next })
                rows.add(
                    try time { _ = try DrillsView().rows(of: store.estate, at: now, for: .guard, member: member) })
                start.add(try time { _ = try Store(at: folder) })
            }
            var result = BenchmarkResult(name)
            result.figure("what a member has to drill, p50", session.median * 1e3, "ms")
            result.figure("rows of the tab, p50", rows.median * 1e3, "ms")
            result.figure("start with the whole history, p50", start.median * 1e3, "ms")
            return result
        }
    }

    private static func estate(at folder: String) throws -> Store {
        let staff = (0..<guards).map { StaffMember(code: "G\($0)", name: "门岗\($0)号", role: .guard) }
        let manager = StaffMember(code: "M", name: "经理", role: .manager)
        let store = try Store.found(at: folder, name: "练习", staff: [manager] + staff)
        let plates = try (0..<vehicles).map { try Plate(text: "浙A\(10_000 + $0)", zone: zone) }
        try store.perform(by: manager.code) { batch in
            for (number, plate) in plates.enumerated() {
                let unit = try UnitCode(text: "\(1 + number / 100)-\(101 + number % 100)", zone: zone)
                try batch.perform(AddUnit(unit: unit))
                try batch.perform(AddVehicle(plate: plate, unit: unit))
            }
        }
        for member in staff {
            try store.perform(by: member.code) { batch in
                for plate in plates { try batch.perform(AnswerDrill(plate: plate, .good)) }
            }
        }
        return store
    }
}
