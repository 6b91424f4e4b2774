import Foundation
import Handbook
import Journal

/// The estate on disk: replays the journal, performs actions, and follows other writers.
///
/// Not thread-safe. Several stores, in this and other processes, may share one data folder.
public final class Store {
    public let folder: String
    public private(set) var estate: Estate
    private var journal: Journal
    private let clock: Clock
    let newID: IDSource
    private let handbook: Handbook
    private var zone: Zone
    let disk: any Disk
    /// The id of the PIN that the acting member has proved to know.
    var proven: EntryID?
    /// The number of facts that this program cannot read; the journal keeps them.
    public private(set) var unknownFacts = 0

    /// Creates an empty estate with its first staff members and opens it. Completes a founding that was interrupted.
    ///
    /// Throws ``JournalError``: `exists` when the folder holds an estate.
    public static func found(
        at folder: String, name: String, node: String = "desk", zone: Zone = .shanghai, staff: [StaffMember],
        clock: @escaping Clock = Moment.now, newID: @escaping IDSource = { EntryID(at: $0) },
        disk: any Disk = SystemDisk()
    ) throws -> Store {
        do {
            try Journal.create(at: folder, node: node, disk: disk)
        } catch JournalError.exists {
            // The journal may have been created without an estate in it.
        }
        let store = try Store(at: folder, zone: zone, clock: clock, newID: newID, disk: disk)
        try store.perform(by: staff.first?.code ?? "") { batch in
            // Checked under the lock, so that one of two simultaneous founders succeeds.
            guard store.estate.name.isEmpty else { throw JournalError.exists(folder: folder) }
            batch.found(name, zone: zone, staff: staff)
        }
        return try zone == store.zone ? store : Store(at: folder, zone: zone, clock: clock, newID: newID, disk: disk)
    }

    /// Opens an estate. `fullHistory`: reads all of its journal; otherwise starts from the checkpoint of today's work, if
    /// there is one.
    ///
    /// Throws ``JournalError`` or ``HandbookError``.
    public init(
        at folder: String, fullHistory: Bool = true, zone: Zone = .shanghai, clock: @escaping Clock = Moment.now,
        newID: @escaping IDSource = { EntryID(at: $0) }, disk: any Disk = SystemDisk()
    ) throws {
        self.folder = folder
        self.clock = clock
        self.newID = newID
        self.disk = disk
        handbook = try Handbook.load(
            overriding: URL(fileURLWithPath: folder).appendingPathComponent("handbook"), chapters: Estate.chapters)
        self.zone = zone
        journal = try Journal(at: folder, zone: zone, clock: clock, disk: disk)
        estate = Estate(handbook: handbook, without: Undone(), now: clock())
        if !fullHistory { _ = try startAtCheckpoint() }
        try catchUp()
        // The estate states its own zone; the journal writes times in it.
        if estate.zone != zone {
            self.zone = estate.zone
            try reopen()
        }
    }

    /// Starts from the checkpoint without the undone facts; `false` when there is no valid checkpoint.
    private func startAtCheckpoint(without undone: Undone = Undone()) throws -> Bool {
        guard let checkpoint = Checkpoint(of: folder, on: disk),
            let estate = checkpoint.estate(handbook, without: undone, now: now)
        else { return false }
        let journal = try Journal(at: folder, zone: estate.zone, clock: clock, disk: disk)
        guard journal.start(after: checkpoint.positions) else { return false }
        (self.journal, self.estate, zone) = (journal, estate, estate.zone)
        (hasFullHistory, covered) = (false, checkpoint.positions)
        unknownFacts = 0
        return true
    }

    /// Whether the state comes from all facts, not only from those of a checkpoint.
    public private(set) var hasFullHistory = true
    /// The journal positions that the checkpoint covers.
    private var covered: [Journal.Position]?
    /// The background reading of the whole journal.
    public private(set) var history: History?

    /// Starts reading the whole journal in the background, if the state lacks facts or a new checkpoint is due.
    public func readHistory() {
        guard !hasFullHistory || Checkpoint.isDue(journal.positions, since: nil) else { return }
        history = History(of: folder, handbook, zone, clock, disk, since: covered)
    }

    /// Starts reading the whole journal again in the background, after a repair.
    public func readAnew() {
        hasFullHistory = false
        readHistory()
    }

    /// Adopts the state that was read in the background, if it is complete.
    public func takeHistory() throws {
        guard let history, let replayed = history.take() else { return }
        self.history = nil
        if hasFullHistory { return }
        (journal, estate, unknownFacts, hasFullHistory) = (
            replayed.journal, replayed.estate, replayed.unknownFacts, true
        )
        generation += 1
        try catchUp()
    }

    /// Writes a checkpoint for the next start, if one is due.
    public func leaveCheckpoint() {
        let reached = journal.positions
        guard hasFullHistory, Checkpoint.isDue(reached, since: nil) else { return }
        let set = WorkingSet(of: estate, at: now)
        // A checkpoint only speeds up the next start, so a failed write is ignored.
        try? Checkpoint(of: folder, set, handbook, positions: reached, on: disk).save(in: folder, on: disk)
    }

    public var node: String { journal.node }
    public var now: Moment { clock() }
    /// The moment and zone for reading relative dates such as 明天.
    public var present: Present { Present(now, in: zone) }
    public var damages: [Damage] { journal.damages }
    /// Why the mirror does not follow; the log itself is safe.
    public var mirrorTrouble: DiskFailure? { journal.mirrorFailure }
    /// Checks the mirror without writing, at most once a second.
    public func lookAtMirror() { journal.checkMirror() }
    public var setAsides: [SetAside] { journal.setAsides }
    /// Changes whenever the state may have.
    public var revision: Int { generation &* 1_000_003 &+ journal.lines }
    /// The number of times the state was replayed.
    private var generation = 0
    /// Set when `estate` may contain facts that are not durable; the next call replays the journal first.
    private var isStale = false
    /// The last write failure, until a write succeeds.
    public private(set) var trouble: JournalError?

    // MARK: Reading

    /// Applies the facts that other processes have recorded. Throws ``JournalError``.
    public func catchUp() throws {
        if isStale { return try reopen() }
        try journal.catchUp { take($0) }
        // A repair has replaced the bytes that were read.
        if journal.isOutdated { return try reopen() }
        if estate.undone.isLate { try replayWithoutUndone() }
    }

    /// Replays the whole journal, skipping the facts that are known to be undone.
    private func reopen(without undone: Undone = Undone()) throws {
        let replayed = try ReplayedState(at: folder, handbook, zone, clock, disk, without: undone)
        (journal, estate, unknownFacts) = (replayed.journal, replayed.estate, replayed.unknownFacts)
        generation += 1
        (isStale, hasFullHistory) = (false, true)
    }

    /// Replays the state after a fact in it was undone: from the checkpoint where that suffices, else from the whole
    /// journal.
    private func replayWithoutUndone() throws {
        generation += 1
        let undone = estate.undone
        let hadFullHistory = hasFullHistory
        if !hadFullHistory, try startAtCheckpoint(without: undone) {
            var unread = undone.entries
            try journal.catchUp { line in
                unread.remove(line.id)
                take(line)
            }
            // Undoing a fact that only the checkpoint covers may make facts necessary that it left out.
            if unread.isEmpty, !estate.undone.isLate { return }
        }
        try reopen(without: estate.undone)
        if !hadFullHistory { leaveCheckpoint() }
    }

    /// The same within a write transaction, including its lines that are not on the disk yet.
    private func replayWithoutUndone(in transaction: Journal.WriteTransaction) throws {
        let replayed = try ReplayedState(
            at: folder, handbook, zone, clock, disk, without: estate.undone, and: transaction.replay)
        (estate, unknownFacts) = (replayed.estate, replayed.unknownFacts)
        generation += 1
    }

    /// The journal entries that name any of these texts, or all entries, in order. Throws ``JournalError``.
    public func entries(naming names: [String]) throws -> [JournalEntry] {
        try JournalEntry.read(folder, estate.zone, naming: names)
    }

    /// The state as of a moment: from all facts that hold by then, whenever they were written. Throws ``JournalError``.
    ///
    /// As of 0:00 means 24:00 of the day before: facts at 0:00 sharp belong to the day that begins (Rules, Time).
    public func estate(asOf moment: Moment) throws -> Estate {
        let isMidnight = Day(moment, in: zone).start(in: zone) == moment
        let moment = isMidnight ? Moment(milliseconds: moment.milliseconds - 1) : moment
        return try ReplayedState(at: folder, handbook, zone, clock, disk, without: estate.undone, until: moment).estate
    }

    private func take(_ line: Line) {
        if Estate.facts.apply(line, to: &estate) != .applied { unknownFacts += 1 }
    }

    // MARK: Performing

    /// The seconds that a moment may lie ahead of the clock.
    static let tolerance = 5 * 60

    /// Checks an action and records its facts; returns once they are durable. Throws ``Refusal`` or ``JournalError``.
    @discardableResult
    public func perform(_ action: any Action, by: String, at moment: Moment? = nil) throws -> Receipt {
        try perform(by: by) { try $0.perform(action, at: moment) }
    }

    /// Performs several actions under one lock and one sync. Returns once all recorded facts are durable; if `body`
    /// throws, nothing was recorded.
    public func perform<Result>(by: String, _ body: (inout Batch) throws -> Result) throws -> Result {
        if !hasFullHistory {
            // An action is checked against the whole history.
            history?.wait()
            try takeHistory()
            if !hasFullHistory { try reopen() }
        }
        if isStale { try reopen() }
        var (hasAppended, joined, entries) = (false, 0, [EntryID]())
        let pins = estate.staff.pins
        do {
            let result = try journal.write(delivering: { take($0) }) { transaction in
                func current(_ transaction: Journal.WriteTransaction) throws -> Estate {
                    if estate.undone.isLate { try replayWithoutUndone(in: transaction) }
                    return estate
                }
                return try withoutActuallyEscaping(current) { state in
                    var batch = Batch(
                        by: by, transaction: transaction, node: node, zone: zone, newID: newID, proven: proven,
                        estate: state)
                    defer {
                        transaction = batch.transaction
                        (hasAppended, joined, entries) = (transaction.hasAppended, batch.joinedCount, batch.entries)
                    }
                    return try body(&batch)
                }
            }
            trouble = nil
            // The lines were applied as several actions and stand in the journal as one.
            estate.undoWindow.join(last: joined)
            dropSecrets(of: pins)
            // The undo is durable even if replaying the state without it fails now.
            if estate.undone.isLate { isStale = (try? replayWithoutUndone()) == nil }
            return result
        } catch {
            // Facts were applied that may not be durable: replay from the disk.
            isStale = hasAppended || journal.failure != nil
            if isStale { try? reopen() }
            guard let error = error as? JournalError else { throw error }
            let checked = confirmed(error, entries)
            trouble = checked
            throw checked
        }
    }

    /// Turns `unconfirmed` into `recorded` when all entries are found in the reopened journal, so that the action is
    /// not sent again.
    private func confirmed(_ error: JournalError, _ entries: [EntryID]) -> JournalError {
        guard case .unconfirmed(let failure) = error, !isStale, !entries.isEmpty else { return error }
        var missing = Set(entries)
        try? Journal(at: folder, zone: zone, disk: disk).catchUp { missing.remove($0.id) }
        return missing.isEmpty ? .recorded(failure) : error
    }

    /// A write transaction: each action is checked against the facts of those before it.
    public struct Batch {
        let by: String
        fileprivate var transaction: Journal.WriteTransaction
        fileprivate let node: String
        fileprivate let zone: Zone
        fileprivate let newID: IDSource
        fileprivate let proven: EntryID?
        fileprivate let estate: (Journal.WriteTransaction) throws -> Estate

        /// Makes all following actions one action on the disk: all of their facts are recorded, or none.
        public mutating func joinActions() {
            transaction.joinActions()
            joinStart = entries.count
        }

        fileprivate var joinStart: Int?
        /// The number of entries that are one action.
        fileprivate var joinedCount: Int { joinStart.map { entries.count - $0 } ?? 0 }
        /// The ids of the appended entries.
        fileprivate var entries: [EntryID] = []

        @discardableResult
        public mutating func perform(_ action: any Action, by other: String? = nil, at moment: Moment? = nil) throws
            -> Receipt
        {
            let by = other ?? by
            let at = moment ?? transaction.now
            if at > transaction.now.adding(seconds: Store.tolerance) {
                throw Refusal.rule(
                    "time.future", "不能记录未来的事：\(at.text(in: zone))",
                    en: "the future cannot be recorded: \(at.text(in: zone))")
            }
            return append(try plan(action, by: by, at: at))
        }

        // A separate function: its reference to the state ends on return, so that applying the facts does not copy it.
        private func plan(_ action: any Action, by: String, at: Moment) throws -> Plan {
            let estate = try estate(transaction)
            let member = try estate.staff.check(by, may: type(of: action))
            try estate.staff.check(member, knows: proven)
            var plan = Plan(by: member.code, at: at, now: transaction.now, newID: newID)
            try action.perform(&plan, in: estate)
            return plan
        }

        /// Locks a member after too many wrong PINs: the one fact that needs no signed-in member.
        mutating func lock(_ member: StaffMember) throws {
            var plan = Plan(by: member.code, at: transaction.now, now: transaction.now, newID: newID)
            if let fact = try estate(transaction).lock(of: member.code, at: transaction.now) { plan.record(fact) }
            _ = append(plan)
        }

        fileprivate mutating func found(_ name: String, zone: Zone, staff: [StaffMember]) {
            var plan = Plan(by: by, at: transaction.now, now: transaction.now, newID: newID)
            plan.record(EstateFounded(name: name, zone: zone.name))
            for member in staff { plan.record(AddStaff(staff: member.code, name: member.name, role: member.role)) }
            _ = append(plan)
        }

        private mutating func append(_ plan: Plan) -> Receipt {
            entries += plan.facts.map(\.id)
            let happened = plan.at == transaction.now ? nil : plan.at
            let first = transaction.append(
                plan.facts.map {
                    NewEntry(
                        id: $0.id, by: plan.by, kind: type(of: $0.fact).kind.description,
                        data: $0.fact.data(at: happened, zone: zone))
                })
            return Receipt(
                id: plan.answer ?? plan.facts.first?.id ?? plan.mint(), node: node, sequence: first,
                warnings: plan.warnings)
        }
    }
}
