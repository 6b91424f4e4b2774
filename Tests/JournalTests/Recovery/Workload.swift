import Testing

@testable import Journal
@testable import TestDisks

/// Programs that use a journal on a faulty disk, and the answers they got. A program whose write fails opens the
/// journal again; one that is killed is followed by another.
final class Workload {
    struct Action: Hashable {
        let numbers: [Int]
        /// The sequence number of the first line on the receipt; `nil` without one.
        let sequence: Int?
    }

    let disk: MemoryDisk
    let faulty: FaultyDisk
    let clock = TestClock(november)
    private var programs: [Int: Journal] = [:]
    /// Actions answered with success.
    private(set) var acknowledged: [Action] = []
    /// Actions answered with an error that says nothing was recorded.
    private(set) var refused: [[Int]] = []
    /// Actions that were not answered, or answered with `unconfirmed`.
    private(set) var unknown: [[Int]] = []
    /// Whether a repair was answered with success.
    var isRepaired = false

    init(_ disk: MemoryDisk, failing place: Int = 0, with fault: FaultyDisk.Fault = .inputOutput, lasting: Bool = false)
    {
        self.disk = disk
        faulty = FaultyDisk(disk, failing: place, with: fault, lasting: lasting)
    }

    /// Continues after another workload, with its answers, on its disk or on a copy of it.
    convenience init(
        after workload: Workload, on disk: MemoryDisk, failing place: Int, with fault: FaultyDisk.Fault, lasting: Bool
    ) {
        self.init(disk, failing: place, with: fault, lasting: lasting)
        (acknowledged, refused, unknown) = (workload.acknowledged, workload.refused, workload.unknown)
    }

    /// Adds an action that a torn tail holds.
    func addUnknown(_ numbers: [Int]) { unknown.append(numbers) }

    /// Runs a call of a program; `nil` if the program was killed during it.
    private func attempt<Result>(_ body: () throws -> Result) -> Swift.Result<Result, any Error>? {
        let result = Swift.Result { try body() }
        if faulty.isKilled {
            programs = [:]
            faulty.startProgram()
            return nil
        }
        return result
    }

    /// One of the programs records an action.
    func record(_ numbers: Int..., by program: Int = 0) {
        let result = attempt {
            let journal = try programs[program] ?? Journal(at: MemoryDisk.folder, clock: clock.clock, disk: faulty)
            // The order of the calls must be the same on a busy machine.
            journal.mirrorPatience = 60
            programs[program] = journal
            return try journal.write(delivering: { _ in }) { $0.append(numbers.map(newEntry)) }
        }
        switch result {
        case .success(let sequence): acknowledged.append(Action(numbers: numbers, sequence: sequence))
        case .failure(JournalError.unconfirmed): unknown.append(numbers)
        case .failure: refused.append(numbers)
        case nil: unknown.append(numbers)
        }
        if let journal = programs[program], case .failure = result {
            if journal.failure == nil { Issue.record("\(numbers): failed, and not read-only") }
            #expect(throws: JournalError.self, "read-only") { try journal.record(99) }
            programs[program] = nil
        }
    }

    /// A program of its own uses the folder; `false` if it failed or was killed.
    @discardableResult
    func run(_ body: (any Disk) throws -> Void) -> Bool {
        guard let result = attempt({ try body(faulty) }) else { return false }
        if case .failure(let error) = result {
            if !(error is JournalError) { Issue.record("\(error)") }
            return false
        }
        return true
    }

    /// Ends all programs.
    func end() { programs = [:] }
}
