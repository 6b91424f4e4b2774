/// Figures of repeated runs, such as durations in seconds.
struct Samples {
    private var samples: [Double] = []

    mutating func add(_ sample: Double) { samples.append(sample) }

    var total: Double { samples.reduce(0, +) }
    var median: Double { percentile(50) }

    /// The smallest sample that `percent` of the samples do not exceed (nearest rank); 0 without samples.
    func percentile(_ percent: Int) -> Double {
        if samples.isEmpty { return 0 }
        let rank = (samples.count * percent + 99) / 100
        return samples.sorted()[max(rank - 1, 0)]
    }
}

/// The duration of `body` in seconds.
func time(_ body: () throws -> Void) rethrows -> Double { try ContinuousClock().measure(body).inSeconds }

extension Duration {
    var inSeconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}
