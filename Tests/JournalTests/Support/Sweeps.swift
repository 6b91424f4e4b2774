import Foundation
import Synchronization
import Testing

/// Whether sweeps and fuzz tests run in their long form: `FRONTDESK_LONG_TESTS=1 swift test`.
let isLong = ProcessInfo.processInfo.environment["FRONTDESK_LONG_TESTS"] == "1"

extension Trait where Self == TimeLimitTrait {
    /// For tests in which a defect may loop or wait for ever.
    static var hangLimit: Self { .timeLimit(.minutes(isLong ? 240 : 30)) }
}

/// Counts the cases of a sweep and prints their number after its last part.
final class CaseCounter: Sendable {
    private let name: String
    private let state: Mutex<(parts: Int, cases: Int)>

    init(_ name: String, parts: Int) {
        self.name = name
        state = Mutex((parts, 0))
    }

    func add(_ cases: Int) {
        let total: Int? = state.withLock { state in
            state.parts -= 1
            state.cases += cases
            return state.parts == 0 ? state.cases : nil
        }
        if let total { print("\(name): \(total.formatted(.number.locale(Locale(identifier: "en")))) cases") }
    }
}

/// The seed of a random test. It is the test's argument, so a failure prints it; `FRONTDESK_TEST_SEED=… swift test`
/// runs the same cases again.
struct Seed: CustomTestStringConvertible {
    let value: UInt64

    static let current = [
        Seed(
            value: ProcessInfo.processInfo.environment["FRONTDESK_TEST_SEED"].flatMap { UInt64($0) }
                ?? .random(in: 0...UInt64.max))
    ]

    var generator: SeededGenerator { SeededGenerator(state: value) }
    var testDescription: String { "seed \(value)" }
}

/// SplitMix64.
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }

    /// A number in a range.
    mutating func int(_ range: Range<Int>) -> Int { .random(in: range, using: &self) }
    mutating func int(_ range: ClosedRange<Int>) -> Int { .random(in: range, using: &self) }
    mutating func bool() -> Bool { .random(using: &self) }

    /// An element of a collection that is not empty.
    mutating func pick<C: Collection>(_ elements: C) -> C.Element {
        elements[elements.index(elements.startIndex, offsetBy: int(0..<elements.count))]
    }

    /// A string of fewer than `count` scalars from `pool`.
    mutating func string(of pool: String, below count: Int) -> String {
        let pool = Array(pool.unicodeScalars)
        var text = String.UnicodeScalarView()
        for _ in 0..<int(0..<count) { text.append(pick(pool)) }
        return String(text)
    }
}
