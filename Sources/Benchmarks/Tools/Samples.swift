/// Durations of repeated runs, in seconds.
struct Samples {
    private var seconds: [Double] = []

    mutating func add(_ sample: Double) { seconds.append(sample) }

    var total: Double { seconds.reduce(0, +) }
    var median: Double { percentile(50) }

    /// The smallest sample that `percent` of the samples do not exceed (nearest rank); 0 without samples.
    func percentile(_ percent: Int) -> Double {
        if seconds.isEmpty { return 0 }
        let rank = (seconds.count * percent + 99) / 100
        return seconds.sorted()[max(rank - 1, 0)]
    }
}

/// The duration of `body` in seconds.
func time(_ body: () throws -> Void) rethrows -> Double { try ContinuousClock().measure(body).inSeconds }

extension Duration {
    var inSeconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}
