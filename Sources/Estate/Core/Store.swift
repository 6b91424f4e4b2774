import Foundation
import Handbook
import Journal

/// The estate on disk: replays the journal, performs actions, and follows other writers.
///
/// Not thread-safe. Several stores, in this and other processes, may share one data folder.
public final class Store {
    public let folder: String
    public internal(set) var estate: Estate
    var journal: Journal {
        didSet {
            setPatience()
            if oldValue !== journal { note(oldValue.lastHeads) }
        }
    }
    /// The last lines that were read before the journal was opened again.
    private var formerHeads: [HeadSeal] = []
    /// A store opens the journal again with each undo; of its heads the latest count, and of the lines before
    /// ``Journal/heads``.
    private static let mostFormerHeads = 64

    private func note(_ heads: [HeadSeal]) {
        formerHeads += heads.filter { !formerHeads.contains($0) }
        formerHeads.removeFirst(max(0, formerHeads.count - Store.mostFormerHeads))
    }

    /// The seconds that a write waits while another program holds the data, before it throws ``JournalError/busy(_:)``.
    public var patience = 10.0 { didSet { setPatience() } }
    /// The seconds that a write waits for the mirror.
    public var mirrorPatience: Double? { didSet { setPatience() } }
    let clock: Clock
    let newID: IDSource
    let handbook: Handbook
    var zone: Zone
    let disk: any Disk
    let isReadOnly: Bool
    /// The keys of sealed particulars.
    public let ring: KeyRing
    /// The number of endings that the ring knows of.
    var knownEndings = 0
    /// Whether something has ended since the keys were looked at.
    var mustLookAtKeys = false
    /// The id of the PIN that the acting member has proved to know.
    var proven: EntryID?
    /// The number of facts that this program cannot read; the journal keeps them.
    public internal(set) var unknownFacts = 0
    /// Whether the state comes from all facts, not only from those of a checkpoint.
    public internal(set) var hasFullHistory = true
    /// The journal positions of the checkpoint that the state began with, if it still does.
    var covered: [Journal.Position]?
    /// The background reading of the whole journal.
    public internal(set) var history: History?
    /// Why the last background reading ended without a state.
    public internal(set) var historyTrouble: (any Error)?
    /// The states to which an undo or a late fact rewinds; only a store that stays open keeps some.
    var timeline = Timeline()
    var keepsTimeline = false
    /// The time of the earliest fact that arrived after later ones and is not in the state yet.
    var late: HybridTime?
    /// The replay on another thread that puts such facts in their place, and leaves out what was undone.
    var replaying: BackgroundReplay?

    /// Creates an empty estate with its first staff members and opens it. Completes a founding that was interrupted.
    /// `group`: the accounts that share the folder; `nil`: it is this account's alone.
    ///
    /// Throws ``JournalError``: `exists` when the folder holds an estate.
    public static func found(
        at folder: String, name: String, node: String = "desk", zone: Zone = .shanghai, staff: [StaffMember],
        group: UserGroup? = nil, clock: @escaping Clock = Moment.now,
        newID: @escaping IDSource = { EntryID(at: $0) }, disk: any Disk = SystemDisk()
    ) throws -> Store {
        do {
            try Journal.create(at: folder, node: node, group: group, disk: disk)
        } catch JournalError.exists {
            // The journal may have been created without an estate in it.
        }
        let store = try Store(at: folder, zone: zone, clock: clock, newID: newID, disk: disk)
        try store.perform(by: staff.first?.code ?? "") { batch in
            // Checked under the lock, so that one of two simultaneous founders succeeds.
            guard store.estate.name.isEmpty else { throw JournalError.exists(folder: folder) }
            try batch.found(name, zone: zone, staff: staff)
        }
        return try zone == store.zone ? store : Store(at: folder, zone: zone, clock: clock, newID: newID, disk: disk)
    }

    /// Opens an estate. `fullHistory`: reads all of its journal; otherwise starts from the checkpoint of today's work, if
    /// there is one. `ownHandbook`: with the estate's own handbook, otherwise with that which the program has.
    /// `readOnly`: leaves the folder as it is, and cannot be recorded with; otherwise particulars whose ending was
    /// interrupted are ended now, which is recorded.
    ///
    /// Throws ``JournalError`` or ``HandbookError``.
    public init(
        at folder: String, fullHistory: Bool = true, ownHandbook: Bool = true, readOnly: Bool = false,
        zone: Zone = .shanghai,
        clock: @escaping Clock = Moment.now,
        newID: @escaping IDSource = { EntryID(at: $0) }, disk: any Disk = SystemDisk()
    ) throws {
        self.folder = folder
        self.clock = clock
        self.newID = newID
        self.disk = disk
        ring = KeyRing(of: folder, disk: disk)
        handbook = try Handbook.load(
            overriding: ownHandbook ? URL(fileURLWithPath: folder).appendingPathComponent("handbook") : nil,
            chapters: Estate.chapters)
        self.zone = zone
        isReadOnly = readOnly
        journal = try Journal(at: folder, zone: zone, clock: clock, disk: disk, readOnly: readOnly)
        estate = Estate(handbook: handbook, without: Undone(), now: clock(), ring)
        if !fullHistory { _ = try startAtCheckpoint() }
        try catchUp()
        // The estate states its own zone; the journal writes times in it.
        if estate.zone != zone {
            self.zone = estate.zone
            try reopen()
        }
        // What cannot be finished now is at the next write.
        if !readOnly, !journal.isCopy { try? finishEndings() }
    }

    /// Opens the same estate once more, for work on another thread; the member who has signed in here may act there.
    public var opener: @Sendable () throws -> Store {
        { [folder, zone, clock, newID, disk, proven] in
            let store = try Store(
                at: folder, fullHistory: false, zone: zone, clock: clock, newID: newID, disk: disk)
            store.proven = proven
            return store
        }
    }

    public var node: String { journal.node }
    public var now: Moment { clock() }
    /// The moment and zone for reading relative dates such as 明天.
    public var present: Present { Present(now, in: zone) }
    public var damages: [Damage] { journal.damages }
    /// Whether the journal itself is damaged, as far as it was read.
    public var isDamaged: Bool { journal.isDamaged }
    /// Why the mirror does not follow; the log itself is safe.
    public var mirrorTrouble: DiskFailure? { journal.mirrorFailure }
    /// Checks the mirror without writing, at most once a second.
    public func lookAtMirror() { journal.checkMirror() }
    /// Waits a short time for a mirror that is late.
    public func awaitMirror() { journal.awaitMirror() }
    public var setAsides: [SetAside] { journal.setAsides }
    /// The last line of this node's log, for paper; `nil` before the first.
    public var seal: HeadSeal? { journal.seal }
    /// Lines that were read, for a verification to find again.
    public var heads: [HeadSeal] { journal.heads + formerHeads }
    /// Changes whenever the state may have.
    public var revision: Int { generation &* 1_000_003 &+ journal.lines }
    /// The number of times the state was replayed.
    public internal(set) var generation = 0
    /// Set when `estate` may contain facts that are not durable; the next call replays the journal first.
    var isStale = false { didSet { if isStale { replaying = nil } } }
    /// The last write failure, until a write succeeds.
    public internal(set) var trouble: JournalError?

    // MARK: Reading

    var source: ReplaySource {
        ReplaySource(
            folder: folder, handbook: handbook, zone: zone, clock: clock, disk: disk, ring: ring, isReadOnly: isReadOnly
        )
    }

    private func setPatience() {
        journal.patience = patience
        if let mirrorPatience { journal.mirrorPatience = mirrorPatience }
    }

    /// Applies the facts that other processes have recorded.
    ///
    /// Throws ``JournalError``: `replaced` once, when the data folder was exchanged for another, which is read anew.
    public func catchUp() throws {
        defer {
            noteEndings()
            noteHub()
        }
        if isStale { return try reopen() }
        if journal.isReplaced {
            isStale = true
            try reopen()
            // Of the former folder.
            formerHeads = []
            throw JournalError.replaced(folder: folder)
        }
        try takeReplayed()
        keepState()
        estate.undoWindow.move(to: now)
        try journal.catchUp { take($0) }
        // A repair has replaced the bytes that were read.
        if journal.isOutdated { return try reopen() }
        if isOutOfOrder { try putInOrder() }
    }

    /// The file descriptors to poll: readable once work in the background is complete.
    public var awaited: [Int32] { [history?.file, replaying?.file].compactMap { $0 } }

    /// The journal entries that name any of these texts, or all entries, in order. Throws ``JournalError``.
    public func entries(naming names: [String]) throws -> [JournalEntry] {
        try JournalEntry.read(folder, estate.zone, ring, naming: names)
    }

    /// The state as of a moment: from all facts that hold by then, whenever they were written. Throws ``JournalError``.
    ///
    /// As of 0:00 means 24:00 of the day before: facts at 0:00 sharp belong to the day that begins (Rules, Time).
    public func estate(asOf moment: Moment) throws -> Estate {
        try ReplayedState(source, without: estate.undone, until: moment.limit(in: zone)).estate
    }

    /// Applies a fact that was read, unless it belongs before some that are applied: another node wrote it. Its own
    /// facts a node writes after all that it has seen.
    func take(_ line: Line) {
        let isFirst = line.group.index == 0
        if line.version > 1, line.time < estate.latest || line.time == estate.latest && isFirst {
            late = min(late ?? line.time, line.time)
            // What it undoes is left out by the replay at once, instead of a second one.
            if line.isOf(kind: ActionUndone.kind),
                let undo = Estate.facts.read(line, zone: zone, ring)?.fact as? ActionUndone
            {
                estate.undone.add(undo)
            }
        } else {
            apply(line)
        }
    }

    func apply(_ line: Line) {
        timeline.count()
        if Estate.facts.apply(line, to: &estate) != .applied { unknownFacts += 1 }
    }
}
