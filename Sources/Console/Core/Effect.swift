import Estate

/// A request of the session to the world outside: ``ConsoleController`` carries it out after the state has changed.
enum Effect {
    /// Records actions, all of them or none. The result goes to the layer that asked, or to the status bar; `then` is
    /// performed once the actions are durable. `key`: that of the form, so that sending it again records nothing more.
    case perform([any Action], done: Label, then: [Intent], key: IdempotencyKey? = nil)
    /// Reads the whole journal again in the background and reports progress and damage.
    case verify
    /// Does a step of an import in the background, and shows its progress and what came of it.
    case importFile(ImportJob)
    /// Stops that step; then nothing is recorded.
    case stopImport
    /// Stores a draft, or with `nil` removes the stored one.
    case keepDraft(Draft?, at: DraftPlace)
    /// Offers the member's unsent drafts. `isAsked`: the member asked for them, so that finding none is reported too.
    case findDrafts(isAsked: Bool)
    /// Continues a draft of a console that has ended.
    case takeDraft(DraftFolder.Leftover)
    /// Deletes such a draft, by its id.
    case discardDraft(String)
    case signIn(StaffMember, PIN)
    /// Changes the member's own PIN; `nil` removes it.
    case setPIN(PIN?, current: PIN?)
    /// Sets the PIN of another member.
    case setPINOf(StaffMember, PIN)
    /// Stores what has changed in a member's preferences.
    case keepPreferences(Preferences, since: Preferences, of: String)
    /// Puts text on the clipboard of the user's machine.
    case copy(String)
    /// Writes a document to be printed into the data folder and shows its path.
    case save(Document)
    /// Looks up the journal entries about something and shows them.
    case history(HistoryView, of: String)
    case quit
    case suspend
    case redraw

    /// Whether its result goes to ``Session/finished(_:done:_:)``.
    var hasResult: Bool {
        switch self {
        case .perform, .setPIN, .setPINOf: true
        default: false
        }
    }
}
