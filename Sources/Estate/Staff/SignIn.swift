import Journal

extension Store {
    /// Whether a member may act without further sign-in: has no PIN, or has proved it.
    public func isSignedIn(_ member: StaffMember) -> Bool {
        estate.staff.pins[member.code].map { $0.id == proven } ?? true
    }

    /// Throws ``Refusal`` `staff.pinRequired` for a member with a PIN who has not proved it, `staff.left` for one who left.
    public func requireSignIn(of member: StaffMember) throws {
        _ = try estate.staff.working(member.code)
        if !isSignedIn(member) { throw Refusal.pinRequired(member) }
    }

    /// Lets a member with a PIN act until another member signs in. A member without a PIN need not sign in.
    ///
    /// Throws ``Refusal``: `staff.left`, `staff.pinRequired`, `staff.pinWrong`, `staff.locked` or `staff.pinLost`; or
    /// ``JournalError``. Wrong tries at all terminals count together; after too many a fact locks the member.
    public func signIn(_ member: StaffMember, pin: PIN?) throws {
        try catchUp()
        _ = try estate.staff.working(member.code)
        guard let id = estate.staff.pins[member.code]?.id else { return }
        try estate.refuseLocked(member, at: now)
        guard let pin else { throw Refusal.pinRequired(member) }
        let files = SecretFiles(of: folder, disk)
        guard let secret = try files.takeTry(of: id) else { throw Refusal.pinLost(member) }
        let triesLeft = estate.handbook.staff.pinTries - secret.tries
        // Below zero, simultaneous tries at other terminals have used up the limit: this one is not compared.
        if triesLeft >= 0, secret.fits(pin) {
            try files.forgetTries(of: id)
            proven = id
            return
        }
        if triesLeft > 0 { throw Refusal.pinWrong(left: triesLeft) }
        try perform(by: member.code) { try $0.lock(member) }
        try files.forgetTries(of: id)
        try estate.refuseLocked(member, at: now)
        throw Refusal.pinWrong(left: 0)
    }

    /// Sets the acting member's PIN; `nil` removes it. The present PIN must be given, if there is one. Throws as
    /// ``signIn(_:pin:)`` does, and `staff.pinNone`.
    @discardableResult
    public func setPIN(of member: StaffMember, to pin: PIN?, current: PIN?) throws -> Receipt {
        try signIn(member, pin: current)
        guard let pin else {
            guard estate.staff.hasPIN(member.code) else { throw Refusal.pinNone(member) }
            return try perform(ChangePIN(), by: member.code)
        }
        // The file is written before the fact that names it, so that a PIN in force always has a file.
        let id = newID(now)
        let files = SecretFiles(of: folder, disk)
        try files.add(Secret(pin), id)
        do {
            let receipt = try perform(ChangePIN(id: id), by: member.code)
            proven = id
            return receipt
        } catch let refusal as Refusal {
            // After any other failure the fact may be on the disk, so its file stays.
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
