import Handbook
import Journal

/// A shift that is planned (排班): who is to be on duty at a post, from when to when.
public struct PlannedShift: Entity, Sendable {
    public static let entity = "planned"
    public static let label = Label("排班", en: "planned shift")
    public let id: Ref<PlannedShift>
    /// The member's number.
    public let staff: String
    public let post: String
    public let from: Moment
    public let to: Moment
    /// When it was replaced by another plan, or dropped.
    public internal(set) var dropped: Moment?
}

extension PlannedShift {
    /// The shifts that have not begun, the next first.
    public static func candidates(in estate: Estate) -> [Candidate] {
        estate.rosters.standing.suffix(100).sorted { $0.from < $1.from }.map {
            Candidate($0.id.id.text, text: $0.words(in: estate), detail: Day($0.from, in: estate.zone).short)
        }
    }

    public static func known(_ id: Ref<PlannedShift>, in estate: Estate) -> PlannedShift? { estate.rosters.all[id] }

    /// `门岗 张强 12-01 06:00`.
    public func words(in estate: Estate) -> String {
        "\(post) \(estate.staff.name(of: staff)) \(String(from.text(in: estate.zone).dropFirst(5).prefix(11)).replacing("T", with: " "))"
    }
}

/// The roster of all posts (排班).
public struct Rosters: Sendable {
    public private(set) var all = EntityTable<PlannedShift>()
    /// The plans by the day on which they begin, in UTC.
    private var byDay: [Int64: [Ref<PlannedShift>]] = [:]

    public subscript(id: Ref<PlannedShift>) -> PlannedShift? { all[id] }

    /// The plans that hold, in the order of recording.
    public var standing: [PlannedShift] { all.values.filter { $0.dropped == nil } }

    private static func day(_ moment: Moment) -> Int64 { moment.milliseconds / 86_400_000 }

    /// The plans that hold and overlap a time, in order. No plan is longer than three days.
    func overlapping(_ from: Moment, _ to: Moment) -> [PlannedShift] {
        (Rosters.day(from) - 3...max(Rosters.day(from), Rosters.day(to))).flatMap { byDay[$0] ?? [] }
            .compactMap { all[$0] }.filter { $0.dropped == nil && $0.from < to && from < $0.to }
            .sorted { ($0.from, $0.id.id) < ($1.from, $1.id.id) }
    }

    /// The plan of a post that begins at a moment.
    func planned(at post: String, from moment: Moment) -> PlannedShift? {
        overlapping(moment, moment.adding(seconds: 1)).last { $0.from == moment && $0.post == post }
    }

    /// The plan of a post that ends last.
    public func last(at post: String) -> PlannedShift? {
        all.values.filter { $0.post == post && $0.dropped == nil }.max { $0.to < $1.to }
    }

    mutating func add(_ planned: PlannedShift) {
        all.add(planned)
        byDay[Rosters.day(planned.from), default: []].append(planned.id)
    }

    mutating func drop(_ id: Ref<PlannedShift>, at moment: Moment) {
        all.change(id) { $0.dropped = $0.dropped ?? moment }
    }
}

extension Rosters: Feature {
    static let chapters: [any Chapter.Type] = [Handbook.Roster.self]
    static let actions: [any Action.Type] = [SetRoster.self, DropRoster.self]
    static let views: [any View.Type] = [RosterView.self]
    static let entities: [any Entity.Type] = [PlannedShift.self]

    static let warnings = [
        "roster.past": Label("这个班已经开始，补排的", en: "the shift had begun when it was planned"),
        "roster.rest": Label("和本人另一班之间休息不够", en: "too little rest between this and another shift of theirs"),
    ]

    /// What is to come, what ended within the window, and what the retained shifts may belong to.
    static func retainedIDs(in estate: Estate, _ window: RetentionWindow) -> [EntryID] {
        let opened = estate.shifts.retained(window).map(\.opened).min() ?? window.since
        let since = min(window.since, max(opened, window.since.adding(seconds: -7 * 86400)))
        return estate.rosters.all.values.filter { $0.to >= since }.map(\.id.id)
    }

    /// A plan is checked against those that overlap it or leave too little rest, which have not ended long before it.
    static func isCovered(_ action: any Action, by window: RetentionWindow) -> Bool {
        (action as? SetRoster).map { set in
            set.from.adding(minutes: -window.handbook.roster.restHours * 60) >= window.since
        } ?? true
    }
}

extension Estate {
    /// Whose turn at a post is next at a moment: the earliest plan that is not over, of another than who is there now.
    public func nextOnRoster(at post: String, _ moment: Moment, besides member: String?) -> PlannedShift? {
        let limit = moment.adding(minutes: handbook.roster.aheadHours * 60)
        return rosters.overlapping(moment, limit).first {
            $0.post == post && $0.staff != member && staff.members[$0.staff]?.isPresent ?? false
        }
    }

    /// The plan by which a member is to be on duty at a moment, or soon.
    public func onRoster(_ member: String, _ moment: Moment) -> PlannedShift? {
        let limit = moment.adding(minutes: handbook.roster.aheadHours * 60)
        return rosters.overlapping(moment, limit).first { $0.staff == member }
    }
}
