import Journal

/// Something that was found wanting and is to be put right (整改), whichever feature found it; see
/// ``Feature/rectifications(in:onlyOpen:)``.
public struct Rectification: Sendable {
    /// The kind of entity that it was found at: `inspection`, `followup`.
    public let kind: String
    /// That entity, whose history tells of it.
    public let subject: EntryID
    /// The item of a checklist; `nil` for others.
    public let item: String?
    /// What is asked: the item's text, or the matter that a visit was about.
    public let text: String
    /// What was wanting.
    public let note: String?
    public let place: String?
    /// The number of the photo.
    public let photo: String?
    public let found: Moment
    /// The number of the staff member, or the name of another, who puts it right; `nil`: 未指派.
    public let who: String?
    /// The last day for it; `nil` in older records.
    public let due: Day?
    public let isCritical: Bool
    public let state: RectificationState
    /// How often it was checked or visited again.
    public let rechecks: Int
    /// The last of these checks, and what was found then.
    public var lastCheck: (at: Moment, note: String?)?
}

/// The state of a rectification (整改).
public enum RectificationState: String, NamedChoice {
    case open, rectified

    public var label: Label {
        switch self {
        case .open: Label("待复查", en: "open")
        case .rectified: Label("已整改", en: "rectified")
        }
    }
}

extension Estate {
    /// The rectifications of all features, all or those that are still open.
    public func rectifications(onlyOpen: Bool = false) -> [Rectification] {
        Estate.features.flatMap { $0.rectifications(in: self, onlyOpen: onlyOpen) }
    }
}

extension Label {
    static let rectifier = Label("整改人", en: "To be put right by")
    static let rectifiedBy = Label("整改期限", en: "To be put right until")
}

extension Refusal {
    static let dueEarly = Refusal(
        .rule, "rectification.dueEarly", "整改期限不能早于当天", en: "it cannot be due before the day it is said",
        field: "due")
}
