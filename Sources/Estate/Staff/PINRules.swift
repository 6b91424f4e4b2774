import Journal

// Who needs a PIN, and who may set one. While nobody has a PIN, anybody may act as anybody. The first PIN is a manager's;
// once there is one, a manager without a PIN cannot act, and the first PIN of everybody else is set by a manager who has
// proved theirs. So nobody takes a manager's place, or locks a member out, without a PIN.

extension Staff {
    public func hasPIN(_ code: String) -> Bool { pins[code] != nil }

    /// Whether anybody who works here has a PIN.
    public var asksForPINs: Bool { pins.keys.contains { members[$0]?.isPresent ?? false } }

    /// The managers who work here and have a PIN.
    private var managersWithPIN: some Collection<StaffMember> {
        present.filter { $0.role == .manager && pins[$0.code] != nil }
    }

    /// Whether nobody else could manage the estate for want of a PIN.
    func isLastManagerWithPIN(_ code: String) -> Bool { managersWithPIN.map(\.code) == [code] }

    /// Why a member without a PIN may not act, as a manager once anybody has one; `nil` if they may.
    public func pinNeeded(by member: StaffMember) -> Refusal? {
        guard member.role == .manager, pins[member.code] == nil, asksForPINs else { return nil }
        if !managersWithPIN.isEmpty { return .pinNeeded(member) }
        return recovery == nil ? .ownPINNeeded(member) : .codeNeeded(member)
    }

    /// Why a member may not set their own first PIN; `nil` if they may, or have one.
    public func firstPINRefusal(of member: StaffMember) -> Refusal? {
        if pins[member.code] != nil { return nil }
        if member.role != .manager { return managersWithPIN.isEmpty ? .managerFirst : .pinByManager }
        // Where only others had PINs, and no code was made, as earlier versions permitted, a manager begins.
        return managersWithPIN.isEmpty && recovery == nil ? nil : pinNeeded(by: member)
    }

    /// Throws ``Refusal``: `staff.pinRequired` if the member has a PIN that was not proven, `staff.pinNeeded` if they need
    /// one.
    func check(_ member: StaffMember, knows proven: EntryID?) throws {
        guard let state = pins[member.code] else {
            if let refusal = pinNeeded(by: member) { throw refusal }
            return
        }
        if state.id != proven { throw Refusal.pinRequired(member) }
    }

    /// Throws ``Refusal`` unless the acting member may set the PIN of a member. `proven`: the PIN that was proven.
    fileprivate func checkSetting(of member: StaffMember, by actor: StaffMember, knows proven: EntryID?) throws {
        if member.code == actor.code {
            if let refusal = firstPINRefusal(of: member) { throw refusal }
            if hasPIN(member.code) { try check(member, knows: proven) }
            return
        }
        try check(actor, knows: proven)
        if actor.role != .manager || !hasPIN(actor.code) { throw Refusal.managerFirst }
    }
}

/// Sets, changes or removes a PIN. Only ``Store`` performs this.
struct ChangePIN: Action {
    static let name = "staff.changePin"
    static let label = Label("设置密码", en: "Set a PIN")
    static let roles = Set(Role.allCases)
    /// Whose PIN it is, by number.
    var staff = ""
    /// The id of the new PIN, whose file exists already; `nil` removes the PIN.
    var id: EntryID?
    /// The recovery code by which a manager sets their PIN without a sign-in.
    var given: RecoveryCode?
    /// The code that is recorded if a new one is needed, or wanted.
    var candidate: RecoveryCode?
    var wantsCode = false
    /// The id of the PIN that the acting member has proved to know.
    var proven: EntryID?

    mutating func fields(_ visitor: inout some FieldVisitor) throws {}

    func perform(_ plan: inout Plan, in estate: Estate) throws {
        let (actor, member) = (try estate.staff.working(plan.by), try estate.staff.working(staff))
        guard let id else {
            try estate.staff.check(member, knows: proven)
            if member.role == .manager, estate.staff.isAnotherGuarded(than: member) { throw Refusal.pinKept }
            plan.record(PINRemoved(staff: member.code))
            return
        }
        if let given {
            guard member.role == .manager else { throw Refusal.codeOfManagers }
            guard given.digest == estate.staff.recovery else { throw Refusal.codeWrong }
        } else {
            try estate.staff.checkSetting(of: member, by: actor, knows: proven)
        }
        let makesCode =
            member.role == .manager
            && (estate.staff.needsCode || given != nil || wantsCode && actor.code == member.code)
        plan.record(PINSet(staff: member.code, recovery: makesCode ? candidate?.digest : nil), as: id)
    }
}

extension Staff {
    /// Whether anybody else who works here has a PIN.
    fileprivate func isAnotherGuarded(than member: StaffMember) -> Bool {
        pins.keys.contains { $0 != member.code && members[$0]?.isPresent ?? false }
    }

    /// Whether a manager's PIN comes with a new recovery code: it is the first one, or no code was ever made.
    fileprivate var needsCode: Bool { managersWithPIN.isEmpty || recovery == nil }
}

// MARK: Refusals

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

    static func locked(_ member: StaffMember, until: Moment, in zone: Zone) -> Refusal {
        let time = until.display(zone: zone, language: .chinese).dropFirst(5)
        return .rule(
            "staff.locked", "密码多次输错，\(member.name) 锁定到 \(time)；届时再试，或请经理清除密码",
            en: "too many wrong tries: \(member.name) is locked until \(time); try then, or let a manager clear the PIN"
        )
    }

    /// The private file of a PIN is missing or damaged: the member cannot sign in.
    static func pinLost(_ member: StaffMember) -> Refusal {
        if member.role == .manager {
            return .rule(
                "staff.pinLost", "\(member.name) 的密码文件不见了或已损坏：从备份取回 pins 文件夹，或用恢复码（frontdesk pin --recover）",
                en:
                    "the file of \(member.name)’s PIN is gone or damaged: restore the folder pins, or use the recovery code (frontdesk pin --recover)"
            )
        }
        return .rule(
            "staff.pinLost", "\(member.name) 的密码文件不见了或已损坏：从备份取回 pins 文件夹，或请经理重设密码",
            en:
                "the file of \(member.name)’s PIN is gone or damaged: restore the folder pins, or have a manager set it anew"
        )
    }

    fileprivate static func pinNeeded(_ member: StaffMember) -> Refusal {
        .rule(
            "staff.pinNeeded", "已启用密码，\(member.name) 还没有：请有密码的经理设置（F9“为员工设密码”）",
            en:
                "PINs are in use here and \(member.name) has none: a manager who has one sets it (F9, Set another’s PIN)"
        )
    }

    /// Only others have PINs, and no recovery code was ever made, as earlier versions permitted.
    fileprivate static func ownPINNeeded(_ member: StaffMember) -> Refusal {
        .rule(
            "staff.pinNeeded", "已启用密码，\(member.name) 还没有：请先设置（frontdesk pin）",
            en: "PINs are in use here and \(member.name) has none: set it first (frontdesk pin)")
    }

    /// No manager has a PIN any more, as after two nodes have each removed one.
    fileprivate static func codeNeeded(_ member: StaffMember) -> Refusal {
        .rule(
            "staff.pinNeeded", "已启用密码，\(member.name) 还没有：请凭恢复码设置（frontdesk pin --recover）",
            en:
                "PINs are in use here and \(member.name) has none: set it by the recovery code (frontdesk pin --recover)"
        )
    }

    fileprivate static let pinByManager = Refusal.rule(
        "staff.pinByManager", "第一次的密码由经理设置（F9“为员工设密码”）",
        en: "a manager sets the first PIN of a member (F9, Set another’s PIN)")

    fileprivate static let managerFirst = Refusal.rule(
        "staff.pinManagerFirst", "先由经理设置自己的密码，再为员工设密码",
        en: "a manager sets their own PIN first, then those of the staff")

    fileprivate static let pinKept = Refusal.rule(
        "staff.pinKept", "别的员工还有密码，经理的密码只能更改，不能清除",
        en: "others have PINs: a manager’s can be changed, not removed")

    fileprivate static let codeWrong = Refusal.rule(
        "staff.codeWrong", "不是现在的恢复码（用过一次即作废）", en: "this is not the present recovery code; each is good once")

    fileprivate static let codeOfManagers = Refusal.rule(
        "staff.codeOfManagers", "恢复码只能重设经理的密码", en: "the recovery code sets the PIN of a manager only")
}
