import Demo
import Estate
import Foundation
import Journal

/// The time and peak memory of commands on a store in which much has moved, as after some ten years. The time is compared
/// with that of the program's start without an estate.
enum Stock: ProgramBenchmark {
    static let name = "stock"

    private static let rounds = 5
    private static let movements = 100_000
    private static let items = 300
    private static let commands = [
        ["show", "gate", "--json"], ["show", "stock", "--json"], ["show", "movements", "--json"],
        ["show", "movements", "sku=K-001", "--json"],
    ]

    static func run(_ frontdesk: String, _ options: Options, _ result: inout BenchmarkResult) throws {
        let empty = emptyStarts(frontdesk, rounds: rounds)
        result.figure("start without an estate", empty.median, "s")
        try estate(options).withCopy { folder in
            try measure(
                commands, frontdesk, on: folder, "\(movements) movements", rounds: rounds, empty: empty, &result)
        }
    }

    /// The store, generated unless an earlier run has left it in the work folder.
    private static func estate(_ options: Options) throws -> EstateFolder {
        let path = "\(options.work)/stock-\(movements)"
        if !FileManager.default.fileExists(atPath: path) {
            printProgress("generating a store of \(movements) movements …")
            let unfinished = "\(path).unfinished"
            try? FileManager.default.removeItem(atPath: unfinished)
            try record(at: unfinished)
            try FileManager.default.moveItem(atPath: unfinished, toPath: path)
        }
        return EstateFolder(path: path)
    }

    /// Each item is received at changing prices and issued, one movement every half an hour up to now.
    private static func record(at folder: String) throws {
        let founded = Moment.now().adding(minutes: -30 * (movements + 2))
        let clock = SimulationClock(at: founded)
        let store = try Store.found(at: folder, name: Workload.name, staff: [Roster.manager], clock: { clock.now })
        try store.perform(by: Roster.manager.code) { batch in
            try Roster.record(in: &batch, at: founded)
            for number in 0..<items {
                try batch.perform(
                    SetStockItem(sku: sku(number), name: "物料\(number)", unit: "个", kind: .consumable),
                    by: Roster.keeper, at: founded)
            }
        }
        for start in stride(from: 0, to: movements, by: 1000) {
            clock.now = founded.adding(minutes: 30 * (start + 1000))
            try store.perform(by: Roster.keeper) { batch in
                for place in start..<min(start + 1000, movements) {
                    try batch.perform(action(place), by: Roster.keeper, at: founded.adding(minutes: 30 * (place + 1)))
                }
            }
        }
    }

    private static func sku(_ number: Int) -> String { "K-\(number < 10 ? "00" : number < 100 ? "0" : "")\(number)" }

    /// What is received lasts for nine issues.
    private static func action(_ place: Int) -> any Action {
        let (round, item) = (place / items, sku(place % items))
        if round % 10 == 0 {
            return ReceiveStock(
                sku: item, qty: StockQuantity(scaled: 9000), price: Rate(scaled: 10_000 + place % 7 * 1000),
                supplier: "城南五金店")
        }
        return IssueStock(sku: item, qty: StockQuantity(scaled: 1000), to: "维修班")
    }
}
