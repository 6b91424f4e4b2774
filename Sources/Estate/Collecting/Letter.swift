import Handbook
import Journal

/// A dunning letter (催缴函) that was served, or that was to be.
public struct Letter: Entity, Sendable {
    public static let entity = "letter"
    public static let label = Label("催缴函", en: "letter")
    public let id: Ref<Letter>
    public internal(set) var unit: UnitCode
    public let at: Moment
    /// The day of its delivery, from which limitation runs: that of the recording unless it was an earlier one.
    public let day: Day
    public let by: String
    public let way: String
    /// The number of the letter, or of its parcel.
    public let number: String?
    /// Who took it.
    let taken: Particular<String?>
    /// Whether limitation begins anew with it for its bills (Civil Code 195).
    public let renews: Bool
    /// The bills that it asked for: those of the account that were open then, issued or due by that day.
    public let bills: [Ref<Bill>]
}

/// The ways of serving a letter.
public enum LetterWays: WordList {
    public static func words(in estate: Estate) -> [Candidate] {
        estate.handbook.collecting.ways.map {
            Candidate(
                $0.name,
                detail: $0.renews
                    ? Label("时效重新起算", en: "limitation begins anew") : Label("时效不重新起算", en: "limitation runs on"))
        }
    }
}

/// A letter was served (送达), refused, sent back, or put on a door.
public struct ServeLetter: ActionFact {
    public static let name = "letter.serve"
    static let kind: StaticString = "letter.served"
    static var merging: Merging<Self> { .grows }
    public static let label = Label("登记送达", en: "Record a letter's delivery")
    public static let roles: Set<Role> = [.operator, .finance, .supervisor]
    var unit = UnitCode.placeholder
    var way = Word<LetterWays>.placeholder
    var number: SlipNumber?
    var taken = Particular<String?>(nil)
    /// Whether it went to a former owner, for what they owe.
    var former: Bool?
    /// The day of the delivery, if that is past.
    var on: Day?
    /// By the handbook of that day.
    var renews = false

    public init() {}

    public init(unit: UnitCode, way: String, number: String? = nil, taken: String? = nil) {
        (self.unit, self.way, self.number) = (unit, Word(way), number.map { SlipNumber($0) })
        self.taken = Particular(taken)
    }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("unit", &unit)
        try visitor.field("way", &way, .way)
        try visitor.field("number", &number, .letterNumber)
        try visitor.particular("taken", &taken, .taken)
        try visitor.field("on", &on, .deliveredOn)
        try visitor.field("former", &former, .formerOwner)
        try visitor.derived("renews", &renews, .renews)
    }

    /// Only a row of a former owner says so.
    public static func asks(for key: String, with values: [String: String]) -> Bool { key != "former" }

    /// The residents of the unit.
    public static func candidates(
        for key: String, with values: [String: String], in estate: Estate
    ) -> [Candidate] {
        guard key == "taken", let text = values["unit"], let typed = try? UnitCode(text: text, zone: estate.zone) else {
            return []
        }
        return estate.people.residents(of: estate.people.current(typed)).map {
            Candidate($0.name, detail: $0.role.label)
        }
    }

    /// The member's own last way of those that prove the receipt, and today.
    public static func proposals(
        with values: [String: String], to member: String, in estate: Estate, at moment: Moment
    ) -> [String: String] {
        let last = estate.collecting.letters.values.suffix(500).last { $0.by == member && $0.renews }
        var proposals = ["on": Day(moment, in: estate.zone).text]
        proposals["way"] = last?.way
        return proposals
    }

    public static func cautions(
        with values: [String: String], by member: String, in estate: Estate
    ) -> [String: Label] {
        estate.threats(["way"], in: values).merging(
            (values["way"]).flatMap { way in
                way.isEmpty || estate.handbook.collecting.renews(way)
                    ? nil : ["way": Label("不能证明收到，诉讼时效不重新起算", en: "proves no receipt: limitation runs on")]
            } ?? [:]
        ) { threat, _ in threat }
    }

    /// Limitation begins anew by what can be proven.
    public func confirmation(in estate: Estate, at moment: Moment) -> Confirmation? {
        let isNamed = taken.plain.flatMap { $0 } != nil
        guard estate.handbook.collecting.renews(way.text), number == nil, !isNamed else { return nil }
        return Confirmation(
            Label(
                "\(unit.text) \(way.text)，没有单号也没有签收人，照样登记？",
                en: "\(unit.text), \(way.text): record it without a number and without who took it?"),
            [.fact(.renews, "是，但以后难以证明", en: "yes, but hard to prove later")],
            yes: Label("登记", en: "record it"))
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        try estate.people.check(unit)
        let today = Day(plan.at, in: estate.zone)
        if let on, on > today {
            throw Refusal(
                .rule, "letter.future", "送达日期 \(on.text) 还没有到", en: "\(on.text) is still to come", field: "on")
        }
        if on == today { on = nil }
        if asked(in: estate, at: plan.at).isEmpty {
            throw Refusal(
                .rule, "letter.nothing", "\(unit.text) 没有欠费，没有可送达的催缴函",
                en: "\(unit.text) owes nothing: there is no letter to serve", field: "unit")
        }
        renews = estate.handbook.collecting.renews(way.text)
        plan.warnOfThreats([way.text], in: estate)
    }

    /// The open bills of the account that it went to.
    private func asked(in estate: Estate, at recorded: Moment) -> [Ref<Bill>] {
        let isPresent = former != true
        let moment = on.map { min(recorded, $0.end(in: estate.zone).adding(seconds: -1)) } ?? recorded
        return estate.fees.accounts(of: unit).filter { $0.isPresent == isPresent }.flatMap { account in
            estate.fees.unpaidBills(of: account).filter { $0.wasKnown(at: moment, in: estate.zone) }.map(\.id)
        }
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        estate.collecting.add(
            Letter(
                id: Ref(metadata.id), unit: unit, at: metadata.at,
                day: on ?? Day(metadata.at, in: estate.zone), by: metadata.by, way: way.text,
                number: number?.text, taken: taken, renews: renews, bills: asked(in: estate, at: metadata.at)))
    }
}

/// The letters that were served.
public struct LettersView: PlainView {
    public static let name = "letters"
    public static let label = Label("送达", en: "Letters")
    public static let changesWithTime = false
    public static let timeKey: String? = "at"

    public static var columns: [ViewColumn<Self>] {
        Column("id") { $0.id }
        Column("unit") { $0.unit }
        Column("at") { $0.at }
        Column("on", .deliveredOn) { $0.day }
        Column("way", .way) { $0.way }
        Column("number", .letterNumber) { $0.number }
        Column("renews", .renews) { $0.renews }
        Column("by", Label("送达人", en: "By")) { $0.estate.staff.name(of: $0.by) }
        Column("taken", .taken) { $0.subject.taken }.restricted(to: [.finance, .manager])
    }

    public init() {}

    public func subjects(in context: ViewContext) -> [Letter] {
        context.estate.collecting.letters.values.sorted { ($0.at, $0.id.id) < ($1.at, $1.id.id) }
    }
}

extension Label {
    fileprivate static let way = Label("送达方式", en: "Way")
    fileprivate static let letterNumber = Label("函号或单号", en: "Number")
    fileprivate static let deliveredOn = Label("送达日期", en: "Delivered on")
    fileprivate static let taken = Label("签收人", en: "Taken by")
    fileprivate static let renews = Label("时效重新起算", en: "Limitation anew")
}
