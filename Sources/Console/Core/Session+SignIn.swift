import Estate

/// Signing in, and locking the screen.
extension Session {
    /// The windows, layers and layout of a member, kept while another is signed in.
    struct Workplace {
        var windows: [Window]
        var layers: [any Layer] = []
        var parked: [ParkedLayers] = []
        var arrangement: Arrangement
        var focus: String
        var isZoomed = false
        var usesMouse = true
        /// `nil` for a member whose preferences are still to be read.
        var storedPreferences: Preferences?
    }

    /// Restores what the member has open here; else shows the layout of their role.
    mutating func signIn(_ member: StaffMember) {
        layers.removeAll { $0 is SignInLayer || $0 is LockLayer }
        notice = nil
        if member.code == signedIn { return }
        recentInput = RecentInput()
        if let signedIn {
            suspended[signedIn] = Workplace(
                windows: windows, layers: layers, parked: parked, arrangement: arrangement, focus: focus,
                isZoomed: isZoomed, usesMouse: usesMouse, storedPreferences: storedPreferences)
        }
        signedIn = member.code
        let layout = Windows.arrangement(for: member.role)
        let place =
            suspended.removeValue(forKey: member.code)
            ?? Workplace(windows: Windows.visible(to: member.role), arrangement: layout, focus: layout.first)
        (windows, layers, arrangement, focus) = (place.windows, place.layers, place.arrangement, place.focus)
        parked = place.parked
        (isZoomed, usesMouse, storedPreferences) = (place.isZoomed, place.usesMouse, place.storedPreferences)
    }

    /// Ends the session of a member who has left. What they had open is not shown to anybody.
    mutating func signOut() {
        signedIn = nil
        (layers, parked) = ([], [])
        (windows, arrangement) = (Windows.visible(to: nil), Windows.arrangement(for: nil))
        focus = arrangement.first
    }

    /// Whether a layer hides everything, as the lock screen does.
    func isCovered(_ context: Context) -> Bool { layers.contains { $0.hidesAll(context) } }

    /// Hides everything until the member, or another, signs in. All that is open stays as it is.
    mutating func lock(_ context: Context) {
        guard let member = context.member, !isCovered(context) else { return }
        notice = nil
        open(LockLayer(member, context), context)
    }

    /// Locks the screen of a member with a PIN after the idle time of the handbook; `true` if it was locked.
    mutating func lockIfIdle(for seconds: Int, _ context: Context) -> Bool {
        let minutes = context.estate.handbook.staff.idleMinutes
        guard minutes > 0, seconds >= minutes * 60, !isCovered(context),
            Command.lock.disabledReason(self, context) == nil
        else { return false }
        lock(context)
        return true
    }
}
