import Testing

@testable import Estate

@Suite("FSRS-6 with its default weights (Rules, Gate: drill)")
struct RecallTests {
    /// The days until the next time, of answers that are each given when they are due.
    private func intervals(_ answers: [DrillResult]) -> [Int] {
        var recall: Recall?
        var days: [Int] = []
        for answer in answers {
            if recall == nil { recall = Recall(answer) } else { recall?.answer(answer, after: days.last ?? 0) }
            if case .days(let count)? = recall?.next { days.append(count) } else { days.append(0) }
        }
        return days
    }

    @Test("the intervals that are published for good ×6, again ×2, good ×5, each at its due date")
    func published() {
        let answers =
            Array(repeating: DrillResult.good, count: 6) + [.again, .again]
            + Array(repeating: .good, count: 5)
        #expect(intervals(answers) == [0, 2, 11, 46, 163, 498, 0, 0, 2, 4, 7, 12, 21])
    }

    @Test("a new plate takes two steps, of one and of ten minutes; a lapse one of ten")
    func steps() {
        var recall = Recall(.again)
        #expect(recall.next == .minutes(1) && recall.stage == .learning(0))
        recall.answer(.good, after: 0)
        #expect(recall.next == .minutes(10) && recall.stage == .learning(1))
        recall.answer(.again, after: 0)
        #expect(recall.next == .minutes(1) && recall.stage == .learning(0))
        recall.answer(.good, after: 0)
        recall.answer(.good, after: 0)
        #expect(recall.stage == .review && recall.lapses == 0)
        recall.answer(.again, after: 3)
        #expect(recall.next == .minutes(10) && recall.stage == .relearning(0) && recall.lapses == 1)
        recall.answer(.again, after: 0)
        #expect(recall.lapses == 1)
        recall.answer(.good, after: 0)
        #expect(recall.stage == .review && recall.answers == 8)
    }

    @Test("after as many days as its stability a plate is known with 90 %, the retention that is wanted")
    func retention() {
        var recall = Recall(.good)
        recall.answer(.good, after: 0)
        for days in [2, 11, 46] { recall.answer(.good, after: days) }
        let days = Int(recall.stability.rounded())
        #expect(abs(recall.probability(after: days) - 0.9) < 0.001)
        #expect(recall.probability(after: 0) == 1 && recall.probability(after: days * 9) < 0.8)
    }

    @Test("never below a day, and stable under whatever is answered", arguments: 1...20)
    func bounds(seed: UInt64) {
        var state = seed
        var recall = Recall(.good)
        for _ in 0..<300 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            recall.answer(state >> 40 & 3 == 0 ? .again : .good, after: Int(state >> 33 % 90))
            #expect(recall.stability >= 0.001 && recall.stability.isFinite)
            #expect((1...10).contains(recall.difficulty))
            if case .days(let days) = recall.next { #expect((1...36_500).contains(days)) }
        }
    }
}
