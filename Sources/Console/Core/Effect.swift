import Estate

/// What the console asks of the world outside of it; carried out after the state has changed.
enum Effect {
    /// Record an action. What comes of it is told to the layer that asked, or shown; once it is on record, `next` is done.
    case perform(any Action, done: Label, next: (@Sendable (inout Session, Context) -> [Effect])? = nil)
    /// Read the whole journal anew, beside the work. How far that is, and what it finds, is told as it comes.
    case verify
    /// Keep what a member has not sent in case the console dies, or keep nothing there any more.
    case keepDraft(Draft?, at: DraftPlace)
    /// Offer what the member has left unsent; `isAsked` where somebody wants to know.
    case findDrafts(isAsked: Bool)
    /// Go on with what was left unsent, or throw it away.
    case takeDraft(String, at: DraftPlace)
    case discardDraft(String)
    /// Let a member sit down here, whose PIN this is said to be.
    case signIn(StaffMember, PIN)
    /// Change one's own PIN, or with `nil` have none any more.
    case setPIN(PIN?, current: PIN?)
    /// Keep how a staff member wants to see things.
    case keep(Preferences, since: Preferences, of: String)
    /// Put text on the clipboard of the user's machine.
    case copy(String)
    /// Write something to be printed into the data folder, and tell where it is.
    case save(Document)
    /// Look up what was recorded of something, and show it.
    case history(HistoryView, of: String)
    case quit
    case suspend
    case redraw
}
