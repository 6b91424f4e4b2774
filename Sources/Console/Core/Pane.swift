import Estate
import Screen

/// One tab of a window: shows one feature and takes keys for it.
protocol Pane: Spoken, Sendable {
    /// The name in preferences and in the names of commands.
    var name: String { get }
    var label: Label { get }
    var commands: [Command] { get }
    /// The keys that move in the pane, for help.
    var moves: [Move] { get }
    /// The action that creates a record here.
    var creates: (any Action.Type)? { get }
    /// Whether it is shown as soon as such a record is made, from whichever pane: the work goes on here. Default: no.
    var showsNew: Bool { get }
    /// The values that the form of a new record starts with.
    func proposal(_ context: Context) -> [String: String]
    /// In linear mode, the facts of the selected row, one a line.
    func spokenDetails(_ context: Context) -> [String]
    /// In linear mode, the meaning of a typed line; `nil` if it is the name of a command.
    func interpret(_ line: String, _ context: Context) -> Interpretation?
    /// The rows that the contents need, without the frame; `nil` if they can use any number.
    var contentHeight: Int? { get }
    /// Whether typed text goes to the pane before it is looked up as a command's key.
    var takesText: Bool { get }
    /// When the contents are worked out again.
    var refreshPolicy: RefreshPolicy { get }
    /// The counts (``Estate/Counted``) of the parts of the state that contents and picture are made of.
    func parts(of estate: Estate) -> [Int]
    /// How long contents and picture hold if none of these parts changes, apart from running seconds (``ticks(_:)``).
    var granularity: ClockGranularity { get }
    /// Whether it shows figures of months that are over: they are read while it is in sight.
    var needsPast: Bool { get }
    /// The roles that must not see the pane.
    var hiddenFrom: Set<Role> { get }
    /// Works out the contents again, keeping the selection.
    mutating func refresh(_ context: Context)
    /// Moves or types; `nil` for a key that does neither.
    mutating func handle(_ key: Key, _ context: Context) -> [Intent]?
    /// Takes pasted text, or characters typed in one go; `nil` if the pane has no use for it.
    mutating func paste(_ text: String, _ context: Context) -> [Intent]?
    mutating func handle(_ action: PaneAction, _ context: Context)
    /// Selects what is at the point. Returns the key to press for the click, e.g. Enter on a row that was already
    /// selected; `nil` for none.
    mutating func click(at point: Point, in rect: Rect) -> Key?
    mutating func scroll(by rows: Int)
    mutating func draw(into grid: inout Grid, rect: Rect, heading: PaneHeading, isFocused: Bool, _ context: Context)

    // MARK: Records

    /// The records that match, disregarding the filter; best first, at most `limit`.
    func find(_ query: Query, limit: Int) -> [Hit]
    /// Whether the pane lists a record, disregarding the filter.
    func lists(_ id: String) -> Bool
    /// The id or unit of the selected row; `nil` if there is none.
    func record(_ context: Context) -> String?
    /// Selects a record that the pane lists.
    mutating func select(_ id: String, _ context: Context)
    /// A layer that opens along with a record that was searched for.
    func layer(showing id: String) -> (any Layer)?
    /// Sorting, filter and hidden columns.
    var settings: ListSettings { get }
    mutating func apply(_ settings: ListSettings, _ context: Context)
    var columns: [ColumnName] { get }

    // MARK: Beyond the pane

    /// The items for the status bar. `inSight`: the pane is on the screen now.
    func badges(_ context: Context, inSight: Bool) -> [Badge]
    /// The open matters of a unit, for its card. May be called on a pane that was never refreshed, so it reads the estate
    /// alone.
    func card(of unit: UnitCode, _ context: Context) -> CardSection?
    /// Why leaving the console needs a confirmation.
    func busyReason(_ context: Context) -> Label?
    /// Whether the picture changes every second.
    func ticks(_ context: Context) -> Bool
    /// Called after an action was recorded here and the pane was refreshed.
    mutating func performed(_ receipt: Receipt, _ context: Context) -> [Intent]

    // MARK: Unsent text

    /// The text typed in the pane and not recorded, as drafts that outlive the console.
    func drafts(of staff: String) -> [Draft]
    /// The key of the field that a draft was typed in; `nil` for drafts of forms and other panes.
    func draftKey(of draft: Draft) -> String?
    /// Puts a draft back into its field, unless it was recorded; `false` if the field no longer exists.
    mutating func restore(_ draft: Draft, _ context: Context) -> Bool
    /// The form that continues a draft of this pane whose field no longer exists.
    func formDraft(for draft: Draft, _ context: Context) -> Draft?
    /// A draft whose field no longer exists.
    func orphanedDraft(of staff: String) -> Draft?
    mutating func discard(_ draft: Draft)
}

extension Pane {
    var showsNew: Bool { false }
    var refreshPolicy: RefreshPolicy { .always }
    func parts(of estate: Estate) -> [Int] { [estate.changes] }
    var granularity: ClockGranularity { .minute }
    var needsPast: Bool { false }
    mutating func paste(_ text: String, _ context: Context) -> [Intent]? { nil }
    var contentHeight: Int? { nil }
    var hiddenFrom: Set<Role> { [] }
    func proposal(_ context: Context) -> [String: String] { [:] }
    mutating func handle(_ action: PaneAction, _ context: Context) {}
    mutating func click(at point: Point, in rect: Rect) -> Key? { nil }
    mutating func scroll(by rows: Int) {}
    func find(_ query: Query, limit: Int) -> [Hit] { [] }
    func lists(_ id: String) -> Bool { false }
    func record(_ context: Context) -> String? { nil }
    mutating func select(_ id: String, _ context: Context) {}
    func layer(showing id: String) -> (any Layer)? { nil }
    var settings: ListSettings { ListSettings() }
    mutating func apply(_ settings: ListSettings, _ context: Context) {}
    var columns: [ColumnName] { [] }
    func badges(_ context: Context, inSight: Bool) -> [Badge] { [] }
    func card(of unit: UnitCode, _ context: Context) -> CardSection? { nil }
    func busyReason(_ context: Context) -> Label? { nil }
    func ticks(_ context: Context) -> Bool { false }
    mutating func performed(_ receipt: Receipt, _ context: Context) -> [Intent] { [] }
    func drafts(of staff: String) -> [Draft] { [] }
    func draftKey(of draft: Draft) -> String? { nil }
    mutating func restore(_ draft: Draft, _ context: Context) -> Bool { false }
    func formDraft(for draft: Draft, _ context: Context) -> Draft? { nil }
    func orphanedDraft(of staff: String) -> Draft? { nil }
    mutating func discard(_ draft: Draft) {}
}

/// When a pane's contents are worked out again after a change.
enum RefreshPolicy {
    /// At once: they are seen, or have effects, beyond the pane.
    case always
    /// While the pane is in sight, or when a command may look into it.
    case whenNeeded
    /// While the pane is in sight.
    case inSight
}

/// A key that moves in a pane and is not a command.
struct Move {
    let label: Label
    let doc: Label
    /// All do the same; help shows the first.
    let keys: [Key]

    init(_ label: Label, _ doc: Label, _ keys: Key...) { (self.label, self.doc, self.keys) = (label, doc, keys) }
}

/// A record in a pane that a search has found.
struct Hit {
    let pane: String
    /// The record's id in the pane.
    let id: String
    /// The record's name, then further words about it.
    let words: [String]
    let rank: Rank
}

/// A column's name in preferences and its label.
struct ColumnName: Sendable {
    let name: String
    let label: Label
}

/// An item of the status bar that a pane contributes.
struct Badge: Equatable {
    enum Side { case left, right }

    let line: Line
    /// On a narrow screen the item with the lowest priority is dropped first.
    let priority: Int
    var side = Side.right
    /// Whether it is drawn over a notice and on the lock screen too.
    var isUrgent = false
    /// The key that answers it in the pane.
    var key: Key?
}

/// The part of a unit's card that one feature contributes.
struct CardSection {
    /// Words for the first line of both cards.
    var headline: [Span] = []
    /// One line, for the short card.
    var brief: Line?
    var title: Label
    /// One line per entry, for the full card.
    var lines: [Line]
    /// The ids of the records that the lines are about, in the pane or in the journal; empty for none.
    var records: [String] = []
    /// Sections with a higher priority stand first.
    var priority: Int
}
