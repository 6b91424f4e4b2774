import Journal

/// One attempt to collect (催缴).
public struct Dunning: Entity, Sendable {
    public static let entity = "dunning"
    public static let label = Label("催缴", en: "dunning")
    public let id: Ref<Dunning>
    public internal(set) var unit: UnitCode
    public let at: Moment
    public let by: String
    public let channel: String
    public let outcome: String
    /// The day on which payment was promised.
    public let promise: Day?
    /// The bills that were open then, issued or due by that day: a promise is about these.
    public let bills: [Ref<Bill>]
}

/// What became of a promise to pay, at a moment.
public enum PromiseState: String, NamedChoice {
    case open, kept, broken

    public var label: Label {
        switch self {
        case .open: Label("未到期", en: "open")
        case .kept: Label("已兑现", en: "kept")
        case .broken: Label("失约", en: "broken")
        }
    }
}
