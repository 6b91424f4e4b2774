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
        guard let since, let until, PINState.precedes(since, moment), until > moment else { return nil }
        return until
    }

    /// Whether a moment is past, as far as clocks agree.
    fileprivate static func precedes(_ moment: Moment, _ now: Moment) -> Bool {
        moment <= now.adding(seconds: Store.tolerance)
    }
}

extension Staff {
    public func hasPIN(_ code: String) -> Bool { pins[code] != nil }

    /// Throws ``Refusal`` `staff.pinRequired` if the member has a PIN that was not proven.
    func check(_ member: StaffMember, knows proven: EntryID?) throws {
        guard let state = pins[member.code], state.id != proven else { return }
        throw Refusal.pinRequired(member)
    }
}

extension Estate {
    /// The fact that locks a member's PIN, for longer with each lock within 24 hours; `nil` if it is locked already.
    func lock(of code: String, at moment: Moment) -> StaffLocked? {
        guard let state = staff.pins[code], state.locked(at: moment) == nil else { return nil }
        let times = state.locks.count {
            PINState.precedes($0, moment) && moment.seconds(since: $0) < 24 * 3600
        }
        return StaffLocked(
            staff: code, until: moment.adding(minutes: handbook.staff.lockMinutes(after: times)))
    }

    /// Throws ``Refusal`` `staff.locked` while a member's PIN is locked.
    func refuseLocked(_ member: StaffMember, at moment: Moment) throws {
        guard let until = staff.pins[member.code]?.locked(at: moment) else { return }
        let time = until.display(zone: zone, language: .chinese).dropFirst(5)
        throw Refusal.rule(
            "staff.locked", "密码多次输错，\(member.name) 锁定到 \(time)；届时再试，或请经理清除密码",
            en: "too many wrong tries: \(member.name) is locked until \(time); try then, or let a manager clear the PIN"
        )
    }
}

extension Refusal {
    static func pinRequired(_ member: StaffMember) -> Refusal {
        .rule(
            "staff.pinRequired", "\(member.name) 有密码：请重新登录（命令行用 --pin-file）",
            en: "\(member.name) has a PIN: sign in anew (a script: --pin-file)")
    }

    static func pinWrong(left: Int) -> Refusal {
        .rule("staff.pinWrong", "密码不对，还可以试 \(left) 次", en: "this is not the PIN; tries left: \(left)")
    }

    static func pinNone(_ member: StaffMember) -> Refusal {
        .rule("staff.pinNone", "\(member.name) 没有密码", en: "\(member.name) has no PIN")
    }

    /// The private file of a PIN is missing or damaged: the member cannot sign in.
    static func pinLost(_ member: StaffMember) -> Refusal {
        .rule(
            "staff.pinLost", "\(member.name) 的密码文件不见了或已损坏：从备份取回 pins 文件夹，或请经理清除密码",
            en:
                "the file of \(member.name)’s PIN is gone or damaged: restore the folder pins, or have a manager clear it"
        )
    }
}

// MARK: Facts

/// A member has set a PIN, which the fact does not contain.
struct PINSet: Fact {
    static let kind: StaticString = "staff.pinSet"
    static var merging: Merging<Self> { .derived }
    static let action: (any Action.Type)? = ChangePIN.self
    var staff = ""

    mutating func fields(_ visitor: inout some FieldVisitor) throws { try visitor.field("staff", &staff) }

    func isRetained(in set: WorkingSet, _ metadata: Metadata) -> Bool { true }
    func affectedIDs(in estate: Estate) -> [String]? { nil }
    func apply(to estate: inout Estate, _ metadata: Metadata) { estate.staff.pins[staff] = PINState(id: metadata.id) }
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

/// A manager clears another member's forgotten PIN. Members change their own by ``Store/setPIN(of:to:current:)``.
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

/// A member changes their own PIN. Only ``Store`` performs this, after it has checked the present PIN.
struct ChangePIN: Action {
    static let name = "staff.changePin"
    static let label = Label("设置密码", en: "Set a PIN")
    static let roles = Set(Role.allCases)
    /// The id of the new PIN, whose file exists already; `nil` removes the PIN.
    var id: EntryID?

    mutating func fields(_ visitor: inout some FieldVisitor) throws {}

    func perform(_ plan: inout Plan, in estate: Estate) throws {
        if let id { plan.record(PINSet(staff: plan.by), as: id) } else { plan.record(PINRemoved(staff: plan.by)) }
    }
}
