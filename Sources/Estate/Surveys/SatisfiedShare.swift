import Handbook

/// The share of satisfied households, with its Wilson interval at 95 % for a finite number of households (Rules,
/// Surveys).
public struct SatisfiedShare: Hashable, Sendable {
    /// Households that answered 4 or 5.
    public let satisfied: Int
    /// Households that answered.
    public let answered: Int
    /// Households that the share is to stand for; never fewer than those who answered.
    public let population: Int

    public init(satisfied: Int, answered: Int, population: Int) {
        (self.satisfied, self.answered, self.population) = (satisfied, answered, max(answered, population))
    }

    /// 97.5 % of the normal distribution.
    private static let z = 1.959_963_984_540_054

    /// The interval within 0…1; `nil` if nobody answered. If all were asked it is a point.
    public var interval: ClosedRange<Double>? {
        guard answered > 0 else { return nil }
        let share = Double(satisfied) / Double(answered)
        if answered == population { return share...share }
        // The finite population makes the sample count for more.
        let n = Double(answered) * Double(population - 1) / Double(population - answered)
        let square = Self.z * Self.z
        let centre = share + square / (2 * n)
        let spread = Self.z * (share * (1 - share) / n + square / (4 * n * n)).squareRoot()
        let scale = 1 + square / n
        // At the ends the bound is exact, whatever rounding says.
        let low = satisfied == 0 ? 0 : max(0, (centre - spread) / scale)
        let high = satisfied == answered ? 1 : min(1, (centre + spread) / scale)
        return low...high
    }

    /// The comparison with a target in percent: met if the lower bound reaches it, not met if the upper bound does not.
    public func verdict(target: Int) -> SatisfactionVerdict {
        guard let interval else { return .noData }
        if answered == population {
            return Share(satisfied, of: answered)?.meets(percent: target) ?? false ? .met : .notMet
        }
        let target = Double(target) / 100
        return interval.lowerBound >= target ? .met : interval.upperBound < target ? .notMet : .undecided
    }

    /// A bound in percent with four decimals, to the nearest.
    static func percent(_ bound: Double) -> String {
        let parts = Int((bound * 1_000_000).rounded()).quotientAndRemainder(dividingBy: 10_000)
        return "\(parts.quotient)." + String(String(10_000 + parts.remainder).dropFirst())
    }

    /// The share if all who did not answer were dissatisfied, and if all were satisfied.
    ///
    /// - Parameter asked: the households that were to be asked.
    public func extremes(asked: Int) -> (worst: Share, best: Share)? {
        let asked = max(asked, answered)
        guard let worst = Share(satisfied, of: asked), let best = Share(satisfied + asked - answered, of: asked) else {
            return nil
        }
        return (worst, best)
    }
}

/// How a satisfaction compares with its target.
public enum SatisfactionVerdict: String, NamedChoice {
    case met, notMet, undecided, noData

    public var label: Label {
        switch self {
        case .met: Label("达标", en: "met")
        case .notMet: Label("未达标", en: "not met")
        case .undecided: Label("不能判定", en: "undecided")
        case .noData: Label("无数据", en: "no data")
        }
    }
}
