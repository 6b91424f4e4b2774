import Foundation
import Handbook
import Journal

/// The estate on disk: reads what has happened, performs actions, keeps the state up to date.
///
/// Not for sharing between threads; several stores, in this or other processes, may share one data folder.
public final class Store {
    public let folder: String
    public private(set) var estate: Estate
    private var journal: Journal
    private let clock: Clock
    let newID: IDSource
    private let handbook: Handbook
    private var zone: Zone
    let disk: any Disk
    /// The PIN that whoever acts has shown to know, by the fact that set it.
    var proven: EntryID?
    /// Facts of kinds that this program does not know, kept and passed over.
    public private(set) var unknownFacts = 0

    /// Makes a new, empty estate with its first staff members, and opens it. A founding that was cut short is carried on.
    public static func found(
        at folder: String, name: String, node: String = "desk", zone: Zone = .shanghai, staff: [StaffMember],
        clock: @escaping Clock = Moment.now, newID: @escaping IDSource = { EntryID(at: $0) },
        disk: any Disk = SystemDisk()
    ) throws -> Store {
        do {
            try Journal.create(at: folder, node: node, disk: disk)
        } catch JournalError.exists {
            // There may be a folder without an estate in it yet.
        }
        let store = try Store(at: folder, zone: zone, clock: clock, newID: newID, disk: disk)
        try store.perform(by: staff.first?.code ?? "") { batch in
            // Under the lock: of two who found an estate at once, one does.
            guard store.estate.name.isEmpty else { throw JournalError.exists(folder: folder) }
            batch.found(name, zone: zone, staff: staff)
        }
        return try zone == store.zone ? store : Store(at: folder, zone: zone, clock: clock, newID: newID, disk: disk)
    }

    /// Opens an estate and reads all of it; or, unless the whole is asked for, what a checkpoint says today's work needs.
    public init(
        at folder: String, whole: Bool = true, zone: Zone = .shanghai, clock: @escaping Clock = Moment.now,
        newID: @escaping IDSource = { EntryID(at: $0) }, disk: any Disk = SystemDisk()
    ) throws {
        self.folder = folder
        self.clock = clock
        self.newID = newID
        self.disk = disk
        handbook = try Handbook.load(overriding: URL(fileURLWithPath: folder).appendingPathComponent("handbook"))
        self.zone = zone
        journal = try Journal(at: folder, zone: zone, clock: clock, disk: disk)
        estate = Estate(handbook: handbook, without: Undone(), now: clock())
        if !whole { _ = try startAtCheckpoint() }
        try catchUp()
        // The estate says which zone it lies in; the journal's own stamps follow it.
        if estate.zone != zone {
            self.zone = estate.zone
            try reopen()
        }
    }

    /// Begins with what a checkpoint kept, but what was taken back since; `false` if there is none that holds.
    private func startAtCheckpoint(without undone: Undone = Undone()) throws -> Bool {
        guard let checkpoint = Checkpoint(of: folder, on: disk),
            let kept = checkpoint.estate(handbook, without: undone, now: now)
        else { return false }
        let later = try Journal(at: folder, zone: kept.zone, clock: clock, disk: disk)
        guard later.start(after: checkpoint.positions) else { return false }
        (journal, estate, zone, isWhole, covered) = (later, kept, kept.zone, false, checkpoint.positions)
        unknownFacts = 0
        return true
    }

    /// Whether the state follows from all facts, and not only from those that today's work needs.
    public private(set) var isWhole = true
    /// How far the checkpoint reached that the state began with.
    private var covered: [Journal.Position]?
    /// The rest of the facts, on their way.
    public private(set) var history: History?

    /// Reads what the checkpoint left out, in the background; also where only a new checkpoint is due.
    public func readHistory() {
        guard !isWhole || Checkpoint.isDue(journal.positions, since: nil) else { return }
        history = History(of: folder, handbook, zone, clock, disk, since: covered)
    }

    /// Reads everything again, in the background: what was damaged when it was read has been mended since.
    public func readAnew() {
        isWhole = false
        readHistory()
    }

    /// Takes the history in, if it has come.
    public func takeHistory() throws {
        guard let history, let rest = history.take() else { return }
        self.history = nil
        if isWhole { return }
        (journal, estate, unknownFacts, isWhole) = (rest.journal, rest.estate, rest.unknownFacts, true)
        generation += 1
        try catchUp()
    }

    /// Leaves a checkpoint for the next start, if that is worth it.
    public func leaveCheckpoint() {
        let reached = journal.positions
        guard isWhole, Checkpoint.isDue(reached, since: nil) else { return }
        let set = WorkingSet(of: estate, at: now)
        // That it cannot be written is no loss.
        try? Checkpoint(of: folder, set, handbook, positions: reached, on: disk).save(in: folder, on: disk)
    }

    public var node: String { journal.node }
    public var now: Moment { clock() }
    /// What a typed 明天 is counted from.
    public var present: Present { Present(now, in: zone) }
    public var damages: [Damage] { journal.damages }
    /// What keeps the mirror from following: the log itself is safe.
    public var mirrorTrouble: DiskFailure? { journal.mirrorFailure }
    /// Finds that out without writing anything, at most once a second.
    public func lookAtMirror() { journal.checkMirror() }
    public var setAsides: [SetAside] { journal.setAsides }
    /// Changes whenever the state may have.
    public var revision: Int { generation &* 1_000_003 &+ journal.lines }
    /// How often the journal was read anew.
    private var generation = 0
    /// Set when the state may hold what is not on the disk: the next call reads the journal anew before anything else.
    private var isStale = false
    /// The failure after which nothing has been recorded yet: an alarm.
    public private(set) var trouble: JournalError?

    // MARK: Reading

    /// Takes in what other processes have recorded.
    public func catchUp() throws {
        if isStale { return try reopen() }
        try journal.catchUp { take($0) }
        // A repair has put other bytes where these lines were read from.
        if journal.isOutdated { return try reopen() }
        if estate.undone.isLate { try workOutAnew() }
    }

    /// Forgets everything and reads the journal anew, passing over what is known to have been taken back.
    private func reopen(without undone: Undone = Undone()) throws {
        let whole = try Whole(at: folder, handbook, zone, clock, disk, without: undone)
        (journal, estate, unknownFacts) = (whole.journal, whole.estate, whole.unknownFacts)
        generation += 1
        (isStale, isWhole) = (false, true)
    }

    /// Works the state out anew, now that something in it was taken back.
    private func workOutAnew() throws {
        generation += 1
        let undone = estate.undone
        let wasWhole = isWhole
        if !wasWhole, try startAtCheckpoint(without: undone) {
            var older = undone.entries
            try journal.catchUp { line in
                older.remove(line.id)
                take(line)
            }
            // A checkpoint may lack what is needed again now that something in it was taken back.
            if older.isEmpty, !estate.undone.isLate { return }
        }
        try reopen(without: estate.undone)
        if !wasWhole { leaveCheckpoint() }
    }

    /// The same in the middle of a turn, whose lines are not on the disk yet.
    private func workOutAnew(in turn: Journal.WriteTransaction) throws {
        let whole = try Whole(at: folder, handbook, zone, clock, disk, without: estate.undone, and: turn.replay)
        (estate, unknownFacts) = (whole.estate, whole.unknownFacts)
        generation += 1
    }

    /// The lines of the journal that name any of these texts, or all lines, in their order.
    public func pages(naming names: [String]) throws -> [Page] {
        try Page.read(folder, estate.zone, naming: names)
    }

    /// The state that follows from what had happened by a moment, whenever that was written.
    ///
    /// As of 0:00 is as of 24:00 of the day before: what happened at 0:00 sharp belongs to the day that begins.
    public func estate(asOf moment: Moment) throws -> Estate {
        let isMidnight = Day(moment, in: zone).start(in: zone) == moment
        let moment = isMidnight ? Moment(milliseconds: moment.milliseconds - 1) : moment
        return try Whole(at: folder, handbook, zone, clock, disk, without: estate.undone, until: moment).estate
    }

    private func take(_ line: Line) {
        if Estate.facts.apply(line, to: &estate) != .applied { unknownFacts += 1 }
    }

    // MARK: Performing

    /// How far ahead of the clock a moment may lie.
    static let tolerance = 5 * 60

    /// Checks an action and records its facts; returns once they are durable. Throws ``Refusal`` or ``JournalError``.
    @discardableResult
    public func perform(_ action: any Action, by: String, at moment: Moment? = nil) throws -> Receipt {
        try perform(by: by) { try $0.perform(action, at: moment) }
    }

    /// Several actions under one lock and one sync: none is acknowledged before all that were taken are durable, and if
    /// `body` throws, none of them has happened.
    public func perform<Result>(by: String, _ body: (inout Batch) throws -> Result) throws -> Result {
        if !isWhole {
            // What is recorded is checked against everything that has ever happened.
            history?.wait()
            try takeHistory()
            if !isWhole { try reopen() }
        }
        if isStale { try reopen() }
        var (wasApplied, wasJoined, entries) = (false, false, [EntryID]())
        let pins = estate.staff.pins
        do {
            let result = try journal.write(delivering: { take($0) }) { turn in
                func current(_ turn: Journal.WriteTransaction) throws -> Estate {
                    if estate.undone.isLate { try workOutAnew(in: turn) }
                    return estate
                }
                return try withoutActuallyEscaping(current) { state in
                    var batch = Batch(
                        by: by, turn: turn, node: node, zone: zone, newID: newID, proven: proven, estate: state)
                    defer {
                        turn = batch.turn
                        (wasApplied, wasJoined, entries) = (turn.hasAppended, batch.isJoined, batch.entries)
                    }
                    return try body(&batch)
                }
            }
            trouble = nil
            dropSecrets(of: pins)
            // What was taken back is on the disk: that the state is not worked out yet makes it no less so.
            if estate.undone.isLate { isStale = (try? workOutAnew()) == nil }
            // They were applied one by one, and stand there as one.
            if wasJoined { isStale = true }
            return result
        } catch {
            // What was applied is not on the disk, or may not be: only the disk knows.
            isStale = wasApplied || journal.failure != nil
            if isStale { try? reopen() }
            guard let error = error as? JournalError else { throw error }
            let known = settled(error, entries)
            trouble = known
            throw known
        }
    }

    /// What is to be said of an action that was not confirmed, now that the journal was opened anew: if all of it stands there,
    /// nobody need do it again.
    private func settled(_ error: JournalError, _ entries: [EntryID]) -> JournalError {
        guard case .unconfirmed(let failure) = error, !isStale, !entries.isEmpty else { return error }
        var missing = Set(entries)
        try? Journal(at: folder, zone: zone, disk: disk).catchUp { missing.remove($0.id) }
        return missing.isEmpty ? .recorded(failure) : error
    }

    /// One turn at the journal: actions are checked against all that was performed before them in it.
    public struct Batch {
        let by: String
        fileprivate var turn: Journal.WriteTransaction
        fileprivate let node: String
        fileprivate let zone: Zone
        fileprivate let newID: IDSource
        fileprivate let proven: EntryID?
        fileprivate let estate: (Journal.WriteTransaction) throws -> Estate

        /// From here on all that is performed is on the disk together or not at all.
        public mutating func joinActions() {
            turn.joinActions()
            isJoined = true
        }

        fileprivate var isJoined = false
        /// All that was appended.
        fileprivate var entries: [EntryID] = []

        @discardableResult
        public mutating func perform(_ action: any Action, by other: String? = nil, at moment: Moment? = nil) throws
            -> Receipt
        {
            let by = other ?? by
            let at = moment ?? turn.now
            if at > turn.now.adding(seconds: Store.tolerance) {
                throw Refusal.rule(
                    "time.future", "不能记录未来的事：\(at.text(in: zone))",
                    en: "the future cannot be recorded: \(at.text(in: zone))")
            }
            return append(try plan(action, by: by, at: at))
        }

        /// In a function of its own, so that no copy of the state is left when its facts are applied.
        private func plan(_ action: any Action, by: String, at: Moment) throws -> Plan {
            let estate = try estate(turn)
            let member = try estate.staff.check(by, may: type(of: action))
            try estate.staff.check(member, knows: proven)
            var plan = Plan(by: member.code, at: at, now: turn.now, newID: newID)
            try action.perform(&plan, in: estate)
            return plan
        }

        /// Records that a member's PIN was tried too often: the one fact for which nobody has to be signed in.
        mutating func lock(_ member: StaffMember) throws {
            var plan = Plan(by: member.code, at: turn.now, now: turn.now, newID: newID)
            if let fact = try estate(turn).lock(of: member.code, at: turn.now) { plan.record(fact) }
            _ = append(plan)
        }

        fileprivate mutating func found(_ name: String, zone: Zone, staff: [StaffMember]) {
            var plan = Plan(by: by, at: turn.now, now: turn.now, newID: newID)
            plan.record(EstateFounded(name: name, zone: zone.name))
            for member in staff { plan.record(StaffAdded(staff: member.code, name: member.name, role: member.role)) }
            _ = append(plan)
        }

        private mutating func append(_ plan: Plan) -> Receipt {
            entries += plan.facts.map(\.id)
            let happened = plan.at == turn.now ? nil : plan.at
            let first = turn.append(
                plan.facts.map {
                    NewEntry(
                        id: $0.id, by: plan.by, kind: type(of: $0.fact).kind.description,
                        data: $0.fact.data(at: happened, zone: zone))
                })
            return Receipt(id: plan.answer ?? plan.facts.first?.id ?? plan.mint(), node: node, sequence: first)
        }
    }
}
