import Estate

/// Who sits at the console: signing in, and the screen locked while nobody does.
extension Session {
    /// All that somebody has before them.
    struct Place {
        var panes: [any Pane]
        var layers: [any Layer]
        var arrangement: Arrangement
        var focus: String
        var isZoomed: Bool
        var usesMouse: Bool
        /// `nil` for somebody who has just come: theirs is still to be looked up.
        var kept: Preferences?
    }

    /// The member goes on where they were; else their role's own layout comes up.
    mutating func signIn(_ member: StaffMember) {
        layers.removeAll { $0 is SignInLayer || $0 is LockLayer }
        notice = nil
        if member.code == signedIn { return }
        given = Given()
        let former = Place(
            panes: panes, layers: layers, arrangement: arrangement, focus: focus, isZoomed: isZoomed,
            usesMouse: usesMouse, kept: kept)
        if let signedIn { left[signedIn] = former }
        signedIn = member.code
        let layout = Arrangement.of(member.role)
        let place =
            left.removeValue(forKey: member.code)
            ?? Place(
                panes: Command.panes, layers: [], arrangement: layout, focus: layout.first, isZoomed: false,
                usesMouse: true)
        (panes, layers, arrangement) = (place.panes, place.layers, place.arrangement)
        (focus, isZoomed, usesMouse, kept) = (place.focus, place.isZoomed, place.usesMouse, place.kept)
    }

    /// Whether what is going on is hidden from whoever stands before the screen.
    func isCovered(_ context: Context) -> Bool { layers.contains { $0.hidesAll(context) } }

    /// Hides everything until the member, or another, signs in; all that lies open stays as it is.
    mutating func lock(_ context: Context) {
        guard let member = context.member, !isCovered(context) else { return }
        notice = nil
        open(LockLayer(member, context))
    }

    /// Locks the screen of a member with a PIN who has not touched a key for as long as the estate allows.
    mutating func lockIfIdle(for seconds: Int, _ context: Context) -> Bool {
        let minutes = context.estate.handbook.staff.idleMinutes
        guard minutes > 0, seconds >= minutes * 60, !isCovered(context), Command.lock.whyNot(self, context) == nil
        else { return false }
        lock(context)
        return true
    }
}
