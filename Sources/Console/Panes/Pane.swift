import Estate
import Screen

/// A part of the screen that shows one feature and takes keys for it.
protocol Pane: Spoken, Sendable {
    /// The feature's one name.
    var name: String { get }
    var label: Label { get }
    /// What its keys do, besides moving about in it.
    var commands: [Command] { get }
    /// How one moves about in it, as help tells it.
    var moves: [Move] { get }
    /// The action that makes a new record here.
    var creates: (any Action.Type)? { get }
    /// What a new record's form has filled in already.
    func proposal(_ context: Context) -> [String: String]
    /// Whether typed text belongs to it rather than to commands.
    var takesText: Bool { get }
    /// Works out what is shown anew, keeping what is selected.
    mutating func refresh(_ context: Context)
    /// Moves about or types; `nil` for a key that is neither.
    mutating func handle(_ key: Key, _ context: Context) -> [Effect]?
    /// What it lists that is looked for, the filter aside; best first, and no more than `limit`.
    func find(_ wanted: Wanted, limit: Int) -> [Found]
    /// Whether it lists a record, the filter aside.
    func lists(_ id: String) -> Bool
    /// Shows and selects a record that it lists.
    mutating func select(_ id: String)
    /// `true` if what was selected already was hit once more: as good as Enter.
    mutating func click(at point: Point, in rect: Rect) -> Bool
    /// How somebody wants to see it, and the columns to choose from.
    var settings: ListSettings { get set }
    var columns: [ColumnName] { get }
    /// The wheel is turned over it: moves about, and nothing more.
    mutating func scroll(by rows: Int)
    /// `number` is that of its F-key.
    mutating func draw(into grid: inout Grid, rect: Rect, number: Int, isFocused: Bool, _ context: Context)
}

/// Keys that move about in a pane, which is none of its commands.
struct Move {
    let label: Label
    let doc: Label
    /// All do the same; the first is the one to tell of.
    let keys: [Key]
}

/// Something in a pane that was looked for.
struct Found {
    /// The pane's name, and the record's id in it.
    let pane: String
    let id: String
    /// What it is called by, then whatever else is said of it.
    let words: [String]
    let rank: Rank
}

/// A column, as it is chosen by.
struct ColumnName: Sendable {
    let name: String
    let label: Label
}

/// A pane that is no list has nothing to find, to sort or to leave out.
extension Pane {
    var settings: ListSettings {
        get { ListSettings() }
        set {}
    }
    var columns: [ColumnName] { [] }
    func find(_ wanted: Wanted, limit: Int) -> [Found] { [] }
    func lists(_ id: String) -> Bool { false }
    mutating func select(_ id: String) {}
}
