import Handbook
import Journal

/// The entities that today's work needs: open cases, the last days, the months whose collection is watched.
///
/// A checkpoint keeps the facts about these and no others, so that a start is quick however long the history is. Worked
/// out from the full state, never from an earlier checkpoint.
struct WorkingSet {
    /// The ids that the features retain, of all kinds.
    let ids: Set<EntryID>
    /// Facts that were undone, which no checkpoint keeps.
    let undone: Undone
    /// The receipts to be kept, as bytes for the checkpoint.
    let receipts: [UInt8]
    let window: RetentionWindow
    let zone: Zone
    /// The moment as of which it was worked out.
    let moment: Moment

    init(of estate: Estate, at moment: Moment) {
        let window = RetentionWindow(at: moment, in: estate.zone, estate.handbook)
        ids = Estate.features.reduce(into: []) { $0.formUnion($1.retainedIDs(in: estate, window)) }
        (self.window, self.moment, undone, zone) = (window, moment, estate.undone, estate.zone)
        receipts = estate.actionReceipts.bytes
    }
}

/// The time for which a checkpoint keeps facts even if their subjects are closed.
public struct RetentionWindow: Sendable {
    let today: Day
    /// The day before yesterday, so that the facts of the last night shift are included.
    let firstDay: Day
    /// 0:00 of the first day.
    let since: Moment
    let handbook: Handbook

    init(at moment: Moment, in zone: Zone, _ handbook: Handbook) {
        (today, self.handbook) = (Day(moment, in: zone), handbook)
        firstDay = today.adding(-2)
        since = firstDay.start(in: zone)
    }

    /// Whether the filter `from` leaves only days of the window.
    func covers(from filters: [String: String]) -> Bool { filters["from"].map { $0 >= firstDay.text } ?? false }
}

/// The gaps of a state that comes from a checkpoint and all later facts: it lacks the facts outside the working set.
///
/// What the working set answers, features and views say themselves: ``Feature/isCovered(_:by:)`` for actions,
/// ``View/isCovered(_:by:)`` for filters.
struct PartialHistory {
    /// The window of the checkpoint's working set.
    let window: RetentionWindow
    /// Whether a later fact changed an entity that the checkpoint left out, e.g. reopened an old request. Then the
    /// working set answers nothing.
    var isInsufficient = false
}

extension Estate {
    /// The window within which the working set answers questions; `nil` if the state has all facts or is insufficient.
    var coveredWindow: RetentionWindow? { partial.flatMap { $0.isInsufficient ? nil : $0.window } }

    /// Whether the subject of a fact is known.
    func knows(_ subject: EntryID) -> Bool { Estate.subjects.contains { $0.isKnown(subject, in: self) } }

    private static let subjects = entities.filter { $0.isSubject }

    /// Whether the working set is enough to check an action and to fill in its facts, if it does not refuse the action.
    static func isCovered(_ action: any Action, by window: RetentionWindow) -> Bool {
        featuresByAction[type(of: action).name]?.isCovered(action, by: window) ?? false
    }

    private static let featuresByAction = Dictionary(
        uniqueKeysWithValues: features.flatMap { feature in feature.actions.map { ($0.name, feature) } })
}

extension Entity {
    fileprivate static func isKnown(_ id: EntryID, in estate: Estate) -> Bool { known(Ref(id), in: estate) != nil }
}
