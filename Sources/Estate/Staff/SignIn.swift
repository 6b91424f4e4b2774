import Journal

/// What came of setting a PIN.
public struct PINChange: Sendable {
    public let receipt: Receipt
    /// The recovery code that was made with it. It is nowhere else, and is to be shown once.
    public let code: RecoveryCode?
}

extension Store {
    /// Whether a member may act without further sign-in: has no PIN and needs none, or has proved it.
    public func isSignedIn(_ member: StaffMember) -> Bool {
        (try? estate.staff.check(member, knows: proven)) != nil
    }

    /// Throws ``Refusal``: `staff.pinRequired` for a member with a PIN who has not proved it, `staff.pinNeeded` for one who
    /// needs a PIN, `staff.left` for one who left.
    public func requireSignIn(of member: StaffMember) throws {
        try estate.staff.check(estate.staff.working(member.code), knows: proven)
    }

    /// Lets a member with a PIN act until another member signs in. A member without a PIN need not sign in.
    ///
    /// Throws ``Refusal``: `staff.left`, `staff.pinRequired`, `staff.pinNeeded`, `staff.pinWrong`, `staff.locked` or
    /// `staff.pinLost`; or ``JournalError``. Wrong tries at all terminals count together; after too many the member is
    /// locked, and a fact tells it.
    public func signIn(_ member: StaffMember, pin: PIN?) throws {
        try catchUp()
        let member = try estate.staff.working(member.code)
        guard let id = estate.staff.pins[member.code]?.id else {
            if let refusal = estate.staff.pinNeeded(by: member) { throw refusal }
            return
        }
        try estate.refuseLocked(member, at: now)
        guard let pin else { throw Refusal.pinRequired(member) }
        let files = SecretFiles(of: folder, disk)
        guard let secret = try files.read(id) else { throw Refusal.pinLost(member) }
        let (policy, limit) = (estate.handbook.staff, estate.handbook.staff.pinTries)
        let known = estate.locks(of: member.code, at: now)
        switch try files.take(of: id, limit: limit, at: now, minutes: { policy.lockMinutes(after: max($0, known)) }) {
        case .locked(let until): throw Refusal.locked(member, until: until, in: zone)
        case .counted(let before, let after):
            guard secret.fits(pin) else { return try refuse(member, after, limit) }
            if let until = try files.forget(after, before: before, of: id, limit: limit, at: now) {
                throw Refusal.locked(member, until: until, in: zone)
            }
            proven = id
        }
    }

    /// Throws ``Refusal`` `staff.pinWrong` or, after the last try, `staff.locked`.
    private func refuse(_ member: StaffMember, _ tries: Tries, _ limit: Int) throws {
        guard let until = tries.locked(at: now) else { throw Refusal.pinWrong(left: tries.left(of: limit)) }
        // The lock stands. The fact tells it to people and other nodes; on a full disk it is missing.
        do { try perform(by: member.code) { try $0.lock(member, until: until) } } catch is JournalError {}
        throw Refusal.locked(member, until: until, in: zone)
    }

    // MARK: Setting

    /// Sets a member's own PIN; `nil` removes it. The present PIN must be given, if there is one. `wantsCode`: with a
    /// manager's PIN makes a new recovery code even if there is one.
    ///
    /// Throws as ``signIn(_:pin:)`` does; or ``Refusal``: `staff.pinNone`, `staff.pinKept`, `staff.pinManagerFirst`,
    /// `staff.pinByManager` or `staff.pinNeeded`.
    @discardableResult
    public func setPIN(
        of member: StaffMember, to pin: PIN?, current: PIN?, wantsCode: Bool = false
    ) throws -> PINChange {
        try catchUp()
        if estate.staff.hasPIN(member.code) { try signIn(member, pin: current) }
        guard let pin else {
            guard estate.staff.hasPIN(member.code) else { throw Refusal.pinNone(member) }
            let change = ChangePIN(staff: member.code, proven: proven)
            return PINChange(receipt: try perform(by: member.code) { try $0.change(change) }, code: nil)
        }
        if let refusal = estate.staff.firstPINRefusal(of: member) { throw refusal }
        return try change(ChangePIN(staff: member.code, wantsCode: wantsCode), to: pin, by: member)
    }

    /// Sets another member's PIN, whether or not they have one. The manager has signed in.
    ///
    /// Throws ``Refusal``: `staff.notAllowed`, `staff.pinRequired`, `staff.pinNeeded` or `staff.pinManagerFirst`; or
    /// ``JournalError``.
    @discardableResult
    public func setPIN(of member: StaffMember, to pin: PIN, by manager: StaffMember) throws -> PINChange {
        try catchUp()
        _ = try estate.staff.check(manager.code, may: ClearPIN.self)
        return try change(ChangePIN(staff: member.code), to: pin, by: manager)
    }

    /// Sets a manager's PIN by the recovery code, which is used up: a new one comes with the PIN.
    ///
    /// Throws ``Refusal`` `staff.codeWrong`, `staff.codeOfManagers` or `staff.left`; or ``JournalError``.
    public func recover(_ member: StaffMember, by code: RecoveryCode, pin: PIN) throws -> PINChange {
        try catchUp()
        return try change(ChangePIN(staff: member.code, given: code), to: pin, by: member)
    }

    private func change(_ change: ChangePIN, to pin: PIN, by member: StaffMember) throws -> PINChange {
        // The files are written before the fact that names them, so that a PIN in force always has them.
        let (id, candidate) = (newID(now), RecoveryCode())
        var change = change
        (change.id, change.candidate, change.proven) = (id, candidate, proven)
        let files = SecretFiles(of: folder, disk)
        try files.add(Secret(pin, .usual), id)
        do {
            let receipt = try perform(by: member.code) { [change] in try $0.change(change) }
            if change.staff == member.code { proven = id }
            return PINChange(
                receipt: receipt, code: estate.staff.recovery == candidate.digest ? candidate : nil)
        } catch let refusal as Refusal {
            // After any other failure the fact may be on the disk, so its files stay.
            files.remove(id)
            throw refusal
        } catch JournalError.busy(let holder) {
            files.remove(id)
            throw JournalError.busy(holder)
        }
    }

    /// Removes the files of PINs that are no longer in force.
    func dropSecrets(of former: [String: PINState]) {
        if former == estate.staff.pins { return }
        let current = Set(estate.staff.pins.values.map(\.id))
        for state in former.values where !current.contains(state.id) { SecretFiles(of: folder, disk).remove(state.id) }
    }
}
