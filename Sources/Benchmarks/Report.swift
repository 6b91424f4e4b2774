import Foundation

/// All that was measured in one run.
struct Report: Encodable {
    /// The size of the large estate.
    let facts: Int
    var measures: [Findings] = []

    var json: String {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            return String(decoding: try encoder.encode(self), as: UTF8.self)
        }
    }
}

/// What one measure found: figures of this machine, and ratios that may be compared with other machines'.
struct Findings: Encodable {
    let name: String
    private(set) var figures: [Figure] = []
    private(set) var ratios: [Ratio] = []
    /// Peers that are not installed, programs that were not named.
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
        /// Whether the target is met; nothing where there is none.
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

    mutating func lacks(_ what: String) { unavailable.append(what) }
}

extension Double {
    /// To so many significant digits: more would only be noise.
    fileprivate func rounded(digits: Int) -> Double {
        guard self != 0, isFinite else { return 0 }
        let scale = pow(10, Double(digits - 1) - log10(magnitude).rounded(.down))
        return (self * scale).rounded() / scale
    }
}
