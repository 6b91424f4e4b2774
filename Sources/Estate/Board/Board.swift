import Handbook
import Journal

/// What the desk tells callers today: water is off, a lift stands, an event is held (今日牌).
public struct DeskNotice: Entity, Sendable {
    public static let entity = "notice"
    public static let label = Label("今日牌", en: "notice")
    public let id: Ref<DeskNotice>
    public let text: String
    /// The last day on which it is shown.
    public let until: Day
    public let posted: Moment
    public let by: String
    /// When it was taken down before its last day.
    public internal(set) var ended: Moment?

    public func isShown(on day: Day) -> Bool { ended == nil && day <= until }
}

extension DeskNotice {
    public static func candidates(in estate: Estate) -> [Candidate] {
        estate.board.shown(on: Day(Moment(milliseconds: estate.latest.milliseconds), in: estate.zone)).map {
            Candidate($0.id.id.text, text: $0.text, detail: $0.until.short)
        }
    }

    public static func known(_ id: Ref<DeskNotice>, in estate: Estate) -> DeskNotice? { estate.board.all[id] }
    public func words(in estate: Estate) -> String { text }
}

/// The desk's board of today.
public struct Board: Sendable {
    public internal(set) var all = EntityTable<DeskNotice>()

    /// What it shows on a day, the latest first. What has ended is seldom long ago.
    public func shown(on day: Day) -> [DeskNotice] { all.values.suffix(500).reversed().filter { $0.isShown(on: day) } }
}

extension Board: Feature {
    static let chapters: [any Chapter.Type] = [Handbook.Board.self]
    static let actions: [any Action.Type] = [PostNotice.self, EndNotice.self]
    static let views: [any View.Type] = [NoticesView.self]
    static let entities: [any Entity.Type] = [DeskNotice.self]

    static func retainedIDs(in estate: Estate, _ window: RetentionWindow) -> [EntryID] {
        estate.board.all.values.filter { $0.until >= window.firstDay }.map(\.id.id)
    }

    static func isCovered(_ action: any Action, by window: RetentionWindow) -> Bool { true }
}

extension Estate {
    /// What the features have due on a day or left from before, for the desk's board: 回访 3, 工单 1. Without what the
    /// reader must not see.
    public func dueToday(_ day: Day, at moment: Moment, for reader: Role? = nil) -> [Label] {
        Estate.features.filter { feature in reader.map { !feature.hiddenFrom.contains($0) } ?? true }
            .compactMap { $0.dueToday(day, in: self, at: moment) }
    }
}
