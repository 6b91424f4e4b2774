import Foundation

/// What the command line asks for.
struct Options {
    /// How many facts the large estate has.
    var facts = 1_000_000
    /// Where estates are kept between runs, and where everything is measured: its file system is the one that counts.
    var work = FileManager.default.temporaryDirectory.appendingPathComponent("frontdesk-benchmarks").path
    /// The program itself, for the measures that start it.
    var frontdesk: String?
    /// The measures to take; all when empty.
    var only: [String] = []

    /// How many facts the small estate has: some weeks of a front desk's life.
    static let few = 10_000

    private static let usage = "usage: Benchmarks [--facts N] [--work DIR] [--frontdesk PATH] [--only NAME,…]"

    init(_ arguments: [String]) throws {
        var rest = arguments[...]
        while let option = rest.popFirst() {
            guard let value = rest.popFirst() else { throw Misuse(Options.usage) }
            switch option {
            case "--facts":
                guard let count = Int(value), count >= Growth.fewest else {
                    throw Misuse("--facts takes a number from \(Growth.fewest) on")
                }
                facts = count
            case "--work": work = value
            case "--frontdesk": frontdesk = value
            case "--only": only += value.split(separator: ",").map(String.init)
            default: throw Misuse(Options.usage)
            }
        }
        try FileManager.default.createDirectory(atPath: work, withIntermediateDirectories: true)
    }
}

/// A mistake on the command line.
struct Misuse: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
