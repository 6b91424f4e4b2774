import Journal

extension Store {
    /// Whether nothing is to be asked of a member any more before they act.
    public func isSignedIn(_ member: StaffMember) -> Bool {
        estate.staff.pins[member.code].map { $0.id == proven } ?? true
    }

    /// Lets a member who has a PIN act from here on, until another signs in. A member without one need not sign in.
    ///
    /// Throws ``Refusal``: `staff.pinRequired`, `staff.pinWrong`, `staff.locked` or `staff.pinLost`; or ``JournalError``. A
    /// wrong try counts at all terminals; that it was one too many is a fact.
    public func signIn(_ member: StaffMember, pin: PIN?) throws {
        try catchUp()
        guard let id = estate.staff.pins[member.code]?.id else { return }
        try estate.refuseLocked(member, at: now)
        guard let pin else { throw Refusal.pinRequired(member) }
        let files = SecretFiles(of: folder, disk)
        guard let secret = try files.takeTry(of: id) else { throw Refusal.pinLost(member) }
        let left = estate.handbook.staff.pinTries - secret.tries
        // With none left, others are trying at this moment: no more are looked at.
        if left >= 0, secret.fits(pin) {
            try files.forgetTries(of: id)
            proven = id
            return
        }
        if left > 0 { throw Refusal.pinWrong(left: left) }
        try perform(by: member.code) { try $0.lock(member) }
        try files.forgetTries(of: id)
        try estate.refuseLocked(member, at: now)
        throw Refusal.pinWrong(left: 0)
    }

    /// Sets the PIN of the member who acts, or with `nil` leaves them without; the present one, if there is one, must be
    /// given. Throws as ``signIn(_:pin:)`` does, and `staff.pinNone`.
    @discardableResult
    public func setPIN(of member: StaffMember, to pin: PIN?, current: PIN?) throws -> Receipt {
        try signIn(member, pin: current)
        guard let pin else {
            guard estate.staff.hasPIN(member.code) else { throw Refusal.pinNone(member) }
            return try perform(ChangePIN(), by: member.code)
        }
        // The file is there before the fact that names it: whatever happens, the PIN that counts has one.
        let id = newID(now)
        let files = SecretFiles(of: folder, disk)
        try files.add(Secret(pin), id)
        do {
            let receipt = try perform(ChangePIN(id: id), by: member.code)
            proven = id
            return receipt
        } catch let refusal as Refusal {
            // After any other failure the fact may be on the disk all the same: its file stays.
            files.remove(id)
            throw refusal
        }
    }

    /// Removes the files of PINs that count no more.
    func dropSecrets(of former: [String: PINState]) {
        if former == estate.staff.pins { return }
        let kept = Set(estate.staff.pins.values.map(\.id))
        for state in former.values where !kept.contains(state.id) { SecretFiles(of: folder, disk).remove(state.id) }
    }
}
