import Testing

@testable import Journal
@testable import TestDisks

/// Some programs' life with a journal on a faulty disk. Whoever fails opens anew; whoever is killed is followed by another.
final class Life {
    struct Action: Hashable {
        let numbers: [Int]
        /// The place of the first line in the log, as it was answered.
        let sequence: Int?
    }

    let disk: MemoryDisk
    let faulty: FaultyDisk
    let clock = TestClock(november)
    private var programs: [Int: Journal] = [:]
    /// What was asked for and answered; answered, that it is not there; and all else, of which nobody knows.
    private(set) var acknowledged: [Action] = []
    private(set) var refused: [[Int]] = []
    private(set) var unknown: [[Int]] = []
    /// Whether a repair was answered to have been done.
    var isMended = false

    init(_ disk: MemoryDisk, failing place: Int = 0, with fault: FaultyDisk.Fault = .inputOutput, lasting: Bool = false)
    {
        self.disk = disk
        faulty = FaultyDisk(disk, failing: place, with: fault, lasting: lasting)
    }

    /// Goes on after another life on the same disk, or on a copy of it, remembering what that was told.
    convenience init(
        after life: Life, on disk: MemoryDisk, failing place: Int, with fault: FaultyDisk.Fault, lasting: Bool
    ) {
        self.init(disk, failing: place, with: fault, lasting: lasting)
        (acknowledged, refused, unknown) = (life.acknowledged, life.refused, life.unknown)
    }

    /// What a torn tail holds, which nobody was told of.
    func left(unknown numbers: [Int]) { unknown.append(numbers) }

    /// Has a program do something; `nil` when it failed or did not live to tell.
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
            programs[program] = journal
            return try journal.write(delivering: { _ in }) { $0.append(numbers.map(draft)) }
        }
        switch result {
        case .success(let sequence): acknowledged.append(Action(numbers: numbers, sequence: sequence))
        case .failure(JournalError.unconfirmed): unknown.append(numbers)
        case .failure: refused.append(numbers)
        case nil: unknown.append(numbers)
        }
        if let journal = programs[program], case .failure = result {
            if journal.failure == nil { Issue.record("\(numbers): failed, and takes more") }
            #expect(throws: JournalError.self, "read-only") { try journal.record(99) }
            programs[program] = nil
        }
    }

    /// A program of its own does something else with the folder.
    @discardableResult
    func run(_ body: (any Disk) throws -> Void) -> Bool {
        guard let result = attempt({ try body(faulty) }) else { return false }
        if case .failure(let error) = result {
            if !(error is JournalError) { Issue.record("\(error)") }
            return false
        }
        return true
    }

    /// All programs end.
    func end() { programs = [:] }
}
