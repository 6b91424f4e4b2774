import Handbook
import Journal

/// The state of a member's PIN (密码): its id and its locks, but neither the PIN nor its hash.
public struct PINState: Hashable, Sendable {
    /// The id of the fact that set it; names its private file.
    public let id: EntryID
    /// The moments at which it was locked after wrong tries.
    fileprivate(set) var locks: [Moment] = []
    /// The last lock, by the clock that wrote it.
    fileprivate var since: Moment?
    fileprivate var until: Moment?

    fileprivate init(id: EntryID) { self.id = id }

    /// The end of the lock; `nil` if it is not locked. A lock that begins later was written by a clock that was ahead.
    public func locked(at moment: Moment) -> Moment? {
        guard let since, let until, since.isPast(at: moment), until > moment else { return nil }
        return until
    }
}

extension Estate {
    /// How often a member's PIN was locked in the 24 hours before.
    func locks(of code: String, at moment: Moment) -> Int {
        staff.pins[code]?.locks.count { $0.isPast(at: moment) && moment.seconds(since: $0) < 24 * 3600 } ?? 0
    }

    /// Throws ``Refusal`` `staff.locked` while a fact locks a member's PIN.
    func refuseLocked(_ member: StaffMember, at moment: Moment) throws {
        guard let until = staff.pins[member.code]?.locked(at: moment) else { return }
        throw Refusal.locked(member, until: until, in: zone)
    }
}

// MARK: Facts

/// A member has a PIN, set by the member or a manager. The fact does not contain it.
struct PINSet: Fact {
    static let kind: StaticString = "staff.pinSet"
    static var merging: Merging<Self> { .derived }
    static let action: (any Action.Type)? = ChangePIN.self
    var staff = ""
    /// The hash of a new recovery code, which replaces the one before.
    var recovery: String?

    mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("staff", &staff)
        try visitor.derived("recovery", &recovery)
    }

    func isRetained(in set: WorkingSet, _ metadata: Metadata) -> Bool { true }
    func affectedIDs(in estate: Estate) -> [String]? { nil }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        estate.staff.pins[staff] = PINState(id: metadata.id)
        if let recovery { estate.staff.recovery = recovery }
    }
}

/// A member's PIN was removed by the member or cleared by a manager.
struct PINRemoved: Fact {
    static let kind: StaticString = "staff.pinRemoved"
    static var merging: Merging<Self> { .derived }
    static let action: (any Action.Type)? = ClearPIN.self
    var staff = ""

    mutating func fields(_ visitor: inout some FieldVisitor) throws { try visitor.field("staff", &staff) }

    func isRetained(in set: WorkingSet, _ metadata: Metadata) -> Bool { true }
    func affectedIDs(in estate: Estate) -> [String]? { nil }
    func apply(to estate: inout Estate, _ metadata: Metadata) { estate.staff.pins[staff] = nil }
}

/// A member was locked out after too many wrong PINs.
struct StaffLocked: Fact {
    static let kind: StaticString = "staff.locked"
    static var merging: Merging<Self> { .grows }
    static let action: (any Action.Type)? = nil
    static let label = Label("锁定登录", en: "Sign-in locked")
    var staff = ""
    var until = Moment.placeholder

    mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("staff", &staff)
        try visitor.field("until", &until)
    }

    func isRetained(in set: WorkingSet, _ metadata: Metadata) -> Bool { until >= set.window.since }
    func affectedIDs(in estate: Estate) -> [String]? { nil }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        estate.staff.pins[staff]?.locks.append(metadata.at)
        estate.staff.pins[staff]?.since = metadata.at
        estate.staff.pins[staff]?.until = until
    }
}

// MARK: Actions

/// A manager clears another member's forgotten PIN. Members change their own by ``Store/setPIN(of:to:current:wantsCode:)``.
public struct ClearPIN: Action {
    public static let name = "staff.clearPin"
    public static let label = Label("清除密码", en: "Clear a PIN")
    public static let roles: Set<Role> = [.manager]
    var staff = StaffName.placeholder

    public init() {}

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("staff", &staff, Label("员工", en: "Staff"))
    }

    public func perform(_ plan: inout Plan, in estate: Estate) throws {
        let member = try estate.staff.named(staff.text)
        if member.code == plan.by {
            throw Refusal(
                .rule, "staff.pinOwn", "自己的密码用“设置密码”清除：须先输入现在的密码",
                en: "one’s own PIN is cleared by setting none, for which the present one is asked", field: "staff")
        }
        guard estate.staff.hasPIN(member.code) else { throw Refusal.pinNone(member).about("staff") }
        plan.record(PINRemoved(staff: member.code))
    }
}
