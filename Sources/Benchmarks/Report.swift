import Foundation

/// The results of one run.
struct Report: Encodable {
    /// The number of facts of the large estate.
    let facts: Int
    var measures: [BenchmarkResult] = []

    var json: String {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            return String(decoding: try encoder.encode(self), as: UTF8.self)
        }
    }
}

/// The result of one benchmark: figures of this machine, and ratios that can be compared between machines.
struct BenchmarkResult: Encodable {
    let name: String
    private(set) var figures: [Figure] = []
    private(set) var ratios: [Ratio] = []
    /// Baselines that are not installed, and options that were not given.
    private(set) var unavailable: [String] = []

    struct Figure: Encodable {
        let name: String
        let value: Double
        let unit: String
    }

    struct Ratio: Encodable {
        let name: String
        let value: Double
        var atMost: Double?
        var atLeast: Double?
        /// Whether the target is met; `nil` without a target.
        var met: Bool?
    }

    init(_ name: String) { self.name = name }

    mutating func figure(_ name: String, _ value: Double, _ unit: String) {
        figures.append(Figure(name: name, value: value.rounded(digits: 4), unit: unit))
    }

    mutating func ratio(_ name: String, _ value: Double) {
        ratios.append(Ratio(name: name, value: value.rounded(digits: 4)))
    }

    mutating func ratio(_ name: String, _ value: Double, atMost limit: Double) {
        ratios.append(Ratio(name: name, value: value.rounded(digits: 4), atMost: limit, met: value <= limit))
    }

    mutating func ratio(_ name: String, _ value: Double, atLeast limit: Double) {
        ratios.append(Ratio(name: name, value: value.rounded(digits: 4), atLeast: limit, met: value >= limit))
    }

    mutating func markUnavailable(_ name: String) { unavailable.append(name) }
}

extension Double {
    /// Rounds to a number of significant digits.
    fileprivate func rounded(digits: Int) -> Double {
        guard self != 0, isFinite else { return 0 }
        let scale = pow(10, Double(digits - 1) - log10(magnitude).rounded(.down))
        return (self * scale).rounded() / scale
    }
}
