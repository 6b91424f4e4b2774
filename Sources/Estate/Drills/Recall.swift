import Foundation

// FSRS-6 with its published default weights, for two answers: the stability S is the number of days after which a plate is
// still known with a probability of 90 %, the difficulty D lies from 1 to 10. Source: the formulas of the algorithm by
// Jarrett Ye and others, as py-fsrs publishes them; its intervals for these weights are a test.
//
//     R(t) = (1 + f·t/S)^−w20, where f makes R(S) = 0.9
//     S after a recall        S·(1 + e^w8·(11−D)·S^−w9·(e^(w10·(1−R)) − 1))
//     S after a lapse         min(w11·D^−w12·((S+1)^w13 − 1)·e^(w14·(1−R)), S/e^(w17·w18))
//     S on the same day       S·e^(w17·(G−3+w18))·S^−w19, no less than S for a recall
//     D                       D − w6·(G−3)·(10−D)/9, drawn to D0(4) by w7
//
// G is 1 for again and 3 for good.

/// How well a member knew a plate (记得, 不记得).
public enum DrillResult: String, NamedChoice {
    case good, again

    public var label: Label {
        switch self {
        case .good: Label("记得", en: "good")
        case .again: Label("不记得", en: "again")
        }
    }

    fileprivate var grade: Double { self == .good ? 3 : 1 }
}

/// What a member recalls of one card, and when it is asked again.
public struct Recall: Equatable, Sendable {
    public enum Stage: Equatable, Sendable {
        /// Within the first steps of minutes; the number of steps that are done.
        case learning(Int)
        /// The same after a lapse.
        case relearning(Int)
        /// By days.
        case review
    }

    /// When it is asked next.
    public enum Next: Equatable, Sendable {
        case minutes(Int)
        case days(Int)
    }

    public private(set) var stability: Double
    private(set) var difficulty: Double
    public private(set) var stage: Stage
    public private(set) var next: Next
    /// How often it was asked, and how often forgotten once it had been learned.
    public private(set) var answers = 1
    public private(set) var lapses = 0

    private static let weights: [Double] = [
        0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796, 1.4835, 0.0614, 0.2629,
        1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
    ]
    /// Minutes.
    private static let learningSteps = [1, 10]
    private static let relearningSteps = [10]
    private static let retention = 0.9
    private static let longest = 36_500
    private static let least = 0.001

    /// The first answer.
    init(_ result: DrillResult) {
        let w = Recall.weights
        stability = max(w[Int(result.grade) - 1], Recall.least)
        difficulty = Recall.clamped(Recall.firstDifficulty(result.grade))
        (stage, next) = (.learning(0), .minutes(Recall.learningSteps[0]))
        proceed(result)
    }

    /// A further answer, some calendar days after the last one.
    mutating func answer(_ result: DrillResult, after days: Int) {
        let isLapse = stage == .review && result == .again
        stability = max(days < 1 ? sameDay(result) : later(result, days), Recall.least)
        difficulty = Recall.clamped(nextDifficulty(result))
        answers += 1
        if isLapse { lapses += 1 }
        proceed(result)
    }

    /// The probability that it is known after some days.
    func probability(after days: Int) -> Double {
        let decay = -Recall.weights[20]
        return pow(1 + Recall.factor * Double(max(0, days)) / stability, decay)
    }

    private static let factor = pow(0.9, -1 / weights[20]) - 1

    private static func firstDifficulty(_ grade: Double) -> Double { weights[4] - exp(weights[5] * (grade - 1)) + 1 }
    private static func clamped(_ difficulty: Double) -> Double { min(max(difficulty, 1), 10) }

    private func nextDifficulty(_ result: DrillResult) -> Double {
        let w = Recall.weights
        let damped = difficulty - w[6] * (result.grade - 3) * (10 - difficulty) / 9
        return w[7] * Recall.firstDifficulty(4) + (1 - w[7]) * damped
    }

    private func sameDay(_ result: DrillResult) -> Double {
        let w = Recall.weights
        let growth = exp(w[17] * (result.grade - 3 + w[18])) * pow(stability, -w[19])
        return stability * (result == .good ? max(growth, 1) : growth)
    }

    private func later(_ result: DrillResult, _ days: Int) -> Double {
        let (w, forgotten) = (Recall.weights, 1 - probability(after: days))
        if result == .again {
            let long =
                w[11] * pow(difficulty, -w[12]) * (pow(stability + 1, w[13]) - 1) * exp(forgotten * w[14])
            return min(long, stability / exp(w[17] * w[18]))
        }
        return stability
            * (1 + exp(w[8]) * (11 - difficulty) * pow(stability, -w[9]) * (exp(forgotten * w[10]) - 1))
    }

    /// The next step of minutes, or the days after which 90 % are left.
    private mutating func proceed(_ result: DrillResult) {
        let (steps, done) =
            switch stage {
            case .learning(let done): (Recall.learningSteps, done)
            case .relearning(let done): (Recall.relearningSteps, done)
            case .review: (Recall.relearningSteps, Recall.relearningSteps.count)
            }
        let isFirst = if case .learning = stage { true } else { false }
        if result == .again {
            (stage, next) = (isFirst ? .learning(0) : .relearning(0), .minutes(steps[0]))
        } else if done + 1 < steps.count {
            (stage, next) = (isFirst ? .learning(done + 1) : .relearning(done + 1), .minutes(steps[done + 1]))
        } else {
            let days = stability / Recall.factor * (pow(Recall.retention, -1 / Recall.weights[20]) - 1)
            (stage, next) = (.review, .days(min(max(Int(days.rounded(.toNearestOrEven)), 1), Recall.longest)))
        }
    }
}
