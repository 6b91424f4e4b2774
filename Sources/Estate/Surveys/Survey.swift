import Handbook
import Journal

/// A survey of the owners' satisfaction (满意度调查, 5.1), planned for a time and a frame of households.
public struct Survey: Entity, Sendable {
    public static let entity = "survey"
    public static let label = Label("满意度调查", en: "survey")
    public let id: Ref<Survey>
    public let name: String
    public let questions: [String]
    /// The units that it is about; empty: all residences.
    public internal(set) var frame: [UnitCode]
    /// The households that were drawn to be asked; empty: all of the frame.
    public internal(set) var drawn: [UnitCode]
    public let from: Day
    /// The last day on which an answer counts.
    public let to: Day
    public let planned: Moment
    /// The day by which it was to be held.
    let due: Day?
    public let by: String
    /// The answers of each household, in the order of recording. One vote a household: the last one in time counts.
    public internal(set) var answers: [UnitCode: [Answer]] = [:]
    /// The attempts that got no whole answer.
    public internal(set) var contacts: [UnitCode: [Contact]] = [:]
    public internal(set) var closed: Moment?

    /// The answers of one household to all questions.
    public struct Answer: Sendable {
        let id: EntryID
        /// 1 to 5 in the order of the questions; `nil`: the household cannot tell.
        public let scores: [Int?]
        public let way: SurveyWay?
        /// What should become better first.
        public let wish: String?
        /// The reason for a low score.
        public let why: String?
        public let at: Moment
        public let by: String
    }

    /// An attempt to reach a household.
    public struct Contact: Sendable {
        public let outcome: SurveyOutcome
        public let at: Moment
        public let by: String
    }

    /// Whether an answer of a moment is too late to count.
    public func isLate(_ moment: Moment, in zone: Zone) -> Bool {
        Day(moment, in: zone) > to || closed.map { moment > $0 } ?? false
    }

    /// The answer of a household that counts, at a moment.
    public func vote(of unit: UnitCode, in zone: Zone) -> Answer? {
        answers[unit]?.last { !isLate($0.at, in: zone) }
    }

    /// Where a household stands.
    public func state(of unit: UnitCode, in zone: Zone) -> HouseholdState {
        if vote(of: unit, in: zone) != nil { return .answered }
        if answers[unit] != nil { return .late }
        // What was answered in part stays so, whoever calls in vain later.
        let contacts = contacts[unit] ?? []
        return switch (contacts.last { $0.outcome == .partial } ?? contacts.last)?.outcome {
        case .noAnswer: .noAnswer
        case .declined: .declined
        case .partial: .partial
        case nil: .silent
        }
    }

    public func state(at moment: Moment, in zone: Zone) -> SurveyState {
        if closed != nil { return .closed }
        let today = Day(moment, in: zone)
        return today < from ? .planned : today > to ? .over : .open
    }
}

/// How a household was asked.
public enum SurveyWay: String, NamedChoice {
    case door, phone, desk, online

    public var label: Label {
        switch self {
        case .door: Label("上门", en: "at the door")
        case .phone: Label("电话", en: "by telephone")
        case .desk: Label("当面", en: "at the desk")
        case .online: Label("线上", en: "online")
        }
    }
}

/// What became of an attempt that got no whole answer.
public enum SurveyOutcome: String, NamedChoice {
    case noAnswer, declined, partial

    public var label: Label {
        switch self {
        case .noAnswer: Label("未接触到", en: "not reached")
        case .declined: Label("拒访", en: "declined")
        case .partial: Label("只答一部分", en: "partly answered")
        }
    }

    public var synonyms: [String] {
        switch self {
        case .noAnswer: ["无人接听", "没人在家", "联系不上"]
        case .declined: ["拒绝", "不愿意"]
        case .partial: ["部分", "没答完"]
        }
    }
}

/// Where a household of a survey stands.
public enum HouseholdState: String, NamedChoice {
    case answered, late, partial, declined, noAnswer, silent

    public var label: Label {
        switch self {
        case .answered: Label("已答", en: "answered")
        case .late: Label("迟答", en: "late")
        case .partial: SurveyOutcome.partial.label
        case .declined: SurveyOutcome.declined.label
        case .noAnswer: SurveyOutcome.noAnswer.label
        case .silent: Label("未问", en: "not asked")
        }
    }
}

/// Where a survey stands.
public enum SurveyState: String, NamedChoice {
    case planned, open, over, closed

    public var label: Label {
        switch self {
        case .planned: Label("未开始", en: "planned")
        case .open: Label("进行中", en: "open")
        case .over: Label("已过期限", en: "over")
        case .closed: Label("已结束", en: "closed")
        }
    }
}

extension Survey {
    /// The latest surveys, open ones first.
    public static func candidates(in estate: Estate) -> [Candidate] {
        let latest = estate.surveys.all.values.suffix(20).reversed()
        return (latest.filter { $0.closed == nil } + latest.filter { $0.closed != nil }).map {
            Candidate($0.id.id.text, text: $0.name, detail: "\($0.from.short)–\($0.to.short)")
        }
    }

    public static func known(_ id: Ref<Survey>, in estate: Estate) -> Survey? { estate.surveys[id] }
    public func words(in estate: Estate) -> String { name }
}

/// The surveys, in the order of recording.
public struct Surveys: Sendable {
    public private(set) var all = EntityTable<Survey>()

    public subscript(id: Ref<Survey>) -> Survey? { all[id] }

    /// The one that was planned last.
    public var latest: Survey? { all.values.last }

    mutating func add(_ survey: Survey) { all.add(survey) }
    mutating func change(_ id: Ref<Survey>, _ body: (inout Survey) -> Void) { all.change(id, body) }

    func known(_ id: Ref<Survey>) throws -> Survey {
        guard let survey = all[id] else { throw id.unknown }
        return survey
    }
}

extension Estate {
    /// The households that a survey's result stands for: the occupied residences of its frame at its last day, or at the
    /// moment if that is not over.
    func population(of survey: Survey, at moment: Moment) -> [UnitCode] {
        let occupied = occupiedResidences(at: min(moment, survey.to.end(in: zone)))
        let frame = Set(survey.frame)
        return people.units.keys.filter { (frame.isEmpty || frame.contains($0)) && occupied.contains($0) }
    }

    /// The households that are to be asked: those that were drawn, else all for which the result stands, and who has
    /// answered or was called at all the same.
    public func asked(by survey: Survey, at moment: Moment) -> [UnitCode] {
        asked(by: survey, of: population(of: survey, at: moment))
    }

    /// The same, where it is known for whom the result stands.
    func asked(by survey: Survey, of population: [UnitCode]) -> [UnitCode] {
        if !survey.drawn.isEmpty { return survey.drawn }
        let population = Set(population)
        return people.units.keys.filter {
            population.contains($0) || survey.answers[$0] != nil || survey.contacts[$0] != nil
        }
    }
}

extension Surveys: Feature {
    static let chapters: [any Chapter.Type] = [Handbook.Surveys.self]
    static let actions: [any Action.Type] = [
        PlanSurvey.self, AnswerSurvey.self, ContactHousehold.self, CloseSurvey.self,
    ]
    static let views: [any View.Type] = [SurveysView.self, SurveyResultsView.self, SurveyHouseholdsView.self]
    static let reports: [any Report.Type] = [SurveyReport.self]
    static let duties = [duty]
    static let entities: [any Entity.Type] = [Survey.self]

    static let warnings = [
        "survey.late": Label("已过期限，不计入结果", en: "too late to count"),
        "survey.replaced": Label("这一户答过了，以这次为准", en: "the household had answered: this one counts"),
        "survey.low": Label("有 1、2 分：问明原因，开工单", en: "a low score: ask why and open a request"),
    ]

    /// All of them: there are few, and an answer may still come.
    static func retainedIDs(in estate: Estate, _ window: RetentionWindow) -> [EntryID] {
        estate.surveys.all.values.map(\.id.id)
    }

    static func isCovered(_ action: any Action, by window: RetentionWindow) -> Bool { true }

    static func rename(_ unit: UnitCode, to code: UnitCode, in estate: inout Estate) {
        for id in estate.surveys.all.values.map(\.id) { estate.surveys.change(id) { $0.rename(unit, to: code) } }
    }
}

extension Survey {
    fileprivate mutating func rename(_ unit: UnitCode, to code: UnitCode) {
        frame = frame.map { $0 == unit ? code : $0 }
        drawn = drawn.map { $0 == unit ? code : $0 }
        if let moved = answers.removeValue(forKey: unit) { answers[code] = moved }
        if let moved = contacts.removeValue(forKey: unit) { contacts[code] = moved }
    }
}
