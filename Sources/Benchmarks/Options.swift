import Foundation

/// The command line's options.
struct Options {
    /// The number of facts of the large estate.
    var facts = 1_000_000
    /// The folder that keeps the estates between runs. Its file system is the one measured.
    var work = FileManager.default.temporaryDirectory.appendingPathComponent("frontdesk-benchmarks").path
    /// The path of the `frontdesk` program, for the benchmarks that start it.
    var frontdesk: String?
    /// The benchmarks to run; all when empty.
    var only: [String] = []

    /// The number of facts of the small estate, about two weeks of work.
    static let smallEstate = 10_000

    private static let usage = "usage: Benchmarks [--facts N] [--work DIR] [--frontdesk PATH] [--only NAME,…]"

    init(_ arguments: [String]) throws {
        var rest = arguments[...]
        while let option = rest.popFirst() {
            guard let value = rest.popFirst() else { throw UsageError(Options.usage) }
            switch option {
            case "--facts":
                guard let count = Int(value), count >= Workload.minimumFacts else {
                    throw UsageError("--facts takes a number from \(Workload.minimumFacts) on")
                }
                facts = count
            case "--work": work = value
            case "--frontdesk": frontdesk = value
            case "--only": only += value.split(separator: ",").map(String.init)
            default: throw UsageError(Options.usage)
            }
        }
        try FileManager.default.createDirectory(atPath: work, withIntermediateDirectories: true)
    }
}

/// A mistake on the command line.
struct UsageError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
