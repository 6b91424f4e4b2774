import Journal

private let posters: Set<Role> = [.operator, .supervisor]

extension Label {
    static let shownUntil = Label("显示到", en: "Until")
}

/// A notice is put on the desk's board.
public struct PostNotice: ActionFact {
    public static let name = "notice.post"
    static let kind: StaticString = "notice.posted"
    static var merging: Merging<Self> { .grows }
    public static let label = Label("挂今日牌", en: "Post a notice")
    public static let roles = posters
    var text = ""
    /// The last day on which it is shown.
    var until = Day.placeholder

    public init() {}

    public init(text: String, until: Day) { (self.text, self.until) = (text, until) }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("text", &text)
        try visitor.field("until", &until, .shownUntil)
    }

    public static func proposals(
        with values: [String: String], to member: String, in estate: Estate, at moment: Moment
    ) -> [String: String] { ["until": Day(moment, in: estate.zone).text] }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        text = text.oneLine
        if until < Day(plan.at, in: estate.zone) {
            throw Refusal(
                .rule, "notice.past", "显示到的日子已经过了", en: "its last day is over", field: "until")
        }
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        estate.board.all.add(
            DeskNotice(id: Ref(metadata.id), text: text, until: until, posted: metadata.at, by: metadata.by))
    }
}

/// A notice is taken down before its last day.
public struct EndNotice: ActionFact {
    public static let name = "notice.end"
    static let kind: StaticString = "notice.ended"
    static var merging: Merging<Self> {
        .first { fact, estate, _ in
            estate.board.all.value(of: fact.notice) {
                $0.ended == nil ? nil : .doubled(Label("这条已经撤下", en: "it had been taken down"))
            } ?? .unknown
        }
    }
    public static let label = Label("撤下今日牌", en: "Take a notice down")
    public static let roles = posters
    var notice = Ref<DeskNotice>.placeholder

    public init() {}

    public init(notice: Ref<DeskNotice>) { self.notice = notice }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("notice", &notice, DeskNotice.label)
    }

    var subject: EntryID? { notice.id }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        guard let known = estate.board.all[notice] else { throw notice.unknown }
        if known.ended != nil { throw Refusal.rule("notice.ended", "这条已经撤下", en: "it was taken down") }
        try plan.refuse(before: known.posted, Label("挂牌", en: "it was posted"))
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        estate.board.all.change(notice) { $0.ended = metadata.at }
    }
}
