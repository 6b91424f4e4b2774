import Handbook
import Journal

/// A training (培训) of one or several members, with what came of it.
public struct Training: Entity, Sendable {
    public static let entity = "training"
    public static let label = Label("培训", en: "training")
    public let id: Ref<Training>
    public let topic: String
    public let hours: TrainingHours
    public let trainer: Worker
    /// The members' numbers.
    public let staff: [String]
    public let result: TrainingResult?
    /// The last day on which a certificate holds.
    public let until: Day?
    public let at: Moment
    public let by: String
}

/// The hours of a training, to a hundredth.
public struct TrainingHours: DecimalValue {
    public static let places = 2
    public static let writtenPlaces = 0
    public static let label = Label("课时", en: "number of hours")
    public static let units = ["小时", "课时", "h"]
    public let scaled: Int

    public init(scaled: Int) { self.scaled = scaled }
}

/// What came of a training.
public enum TrainingResult: String, NamedChoice {
    case passed, failed

    public var label: Label {
        switch self {
        case .passed: Label("合格", en: "passed")
        case .failed: Label("不合格", en: "failed")
        }
    }
}

/// Topics of the handbook, and those that were recorded.
public enum TrainingTopics: WordList {
    public static func words(in estate: Estate) -> [Candidate] {
        var seen: Set<String> = []
        let recorded = estate.trainings.all.values.suffix(200).reversed().map(\.topic)
        return (estate.handbook.training.topics + recorded).filter { seen.insert($0).inserted }.map { Candidate($0) }
    }
}

extension Training {
    /// The latest trainings.
    public static func candidates(in estate: Estate) -> [Candidate] {
        estate.trainings.all.values.suffix(50).reversed().map {
            Candidate($0.id.id.text, text: $0.words(in: estate), detail: Day($0.at, in: estate.zone).short)
        }
    }

    public static func known(_ id: Ref<Training>, in estate: Estate) -> Training? { estate.trainings.all[id] }
    public func words(in estate: Estate) -> String { topic }
}

/// The trainings of the staff.
public struct Trainings: Sendable {
    public internal(set) var all = EntityTable<Training>()

    public subscript(id: Ref<Training>) -> Training? { all[id] }

    /// A member's certificate: a training that holds until a day, and the one on the same topic that followed it.
    struct Certificate {
        let training: Training
        let until: Day
        let staff: String
        let renewal: Training?
    }

    /// The certificates of all members, in the order of recording.
    var certificates: [Certificate] {
        var open: [String: [String: Int]] = [:]
        var found: [Certificate] = []
        for training in all.values where training.result != .failed {
            for member in training.staff {
                if let place = open[member]?[training.topic] {
                    let former = found[place]
                    found[place] = Certificate(
                        training: former.training, until: former.until, staff: member, renewal: training)
                    open[member]?[training.topic] = nil
                }
                guard let until = training.until else { continue }
                open[member, default: [:]][training.topic] = found.count
                found.append(Certificate(training: training, until: until, staff: member, renewal: nil))
            }
        }
        return found
    }
}

extension Trainings: Feature {
    static let chapters: [any Chapter.Type] = [Handbook.Training.self]
    static let actions: [any Action.Type] = [RecordTraining.self]
    static let views: [any View.Type] = [TrainingsView.self]
    static let entities: [any Entity.Type] = [Training.self]

    /// A certificate that ends is renewed by another training on its topic. Who has left needs none.
    static let duties = [
        DutyRule.perCase(
            "certificate", Label("证书到期", en: "Certificate that ends"), .supervisor, by: RecordTraining.self, field: nil,
            parts: { [$0.$trainings, $0.$staff] },
            prefill: { duty, estate in
                guard let one = estate.trainings.certificates.first(where: { duty.id == "certificate-\($0.dutyID)" })
                else { return [:] }
                return [
                    "topic": one.training.topic, "staff": one.staff, "hours": one.training.hours.text,
                    "trainer": one.training.trainer.text,
                ]
            }
        ) { estate in
            estate.trainings.certificates.compactMap { one in
                guard one.renewal != nil || estate.staff.members[one.staff]?.isPresent ?? false else { return nil }
                return DutyCase(
                    id: one.dutyID, subject: "\(estate.staff.name(of: one.staff)) \(one.training.topic)",
                    opens: one.until.adding(-estate.handbook.training.noticeDays), due: one.until,
                    done: one.renewal.map { Duty.Fulfilment(fact: Ref($0.id.id), at: $0.at, due: nil) }, note: nil)
            }
        }
    ]

    /// All of them: there are few, and certificates hold for years.
    static func retainedIDs(in estate: Estate, _ window: RetentionWindow) -> [EntryID] {
        estate.trainings.all.values.map(\.id.id)
    }

    static func isCovered(_ action: any Action, by window: RetentionWindow) -> Bool { true }
}

extension Trainings.Certificate {
    fileprivate var dutyID: String { "\(training.id.id.text)-\(staff)" }
}

/// A training is recorded once it has taken place.
public struct RecordTraining: ActionFact, RevealingFact {
    public static let name = "training.record"
    static let kind: StaticString = "training.recorded"
    static var merging: Merging<Self> { .grows }
    public static let label = Label("登记培训", en: "Record a training")
    public static let roles: Set<Role> = [.supervisor]
    var topic = Word<TrainingTopics>.placeholder
    var hours = TrainingHours.placeholder
    var trainer = Worker.placeholder
    var staff = StaffNames.placeholder
    var result: TrainingResult?
    var until: Day?

    public init() {}

    public init(
        topic: String, hours: TrainingHours, trainer: String, staff: [String], result: TrainingResult? = nil,
        until: Day? = nil
    ) {
        (self.topic, self.hours, self.trainer) = (Word(topic), hours, Worker(trainer))
        (self.staff, self.result, self.until) = (StaffNames(staff), result, until)
    }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("topic", &topic, .trainingTopic)
        try visitor.field("hours", &hours, .trainingHours)
        try visitor.field("trainer", &trainer, .trainer)
        try visitor.field("staff", &staff, .trained)
        try visitor.field("result", &result)
        try visitor.field("until", &until, .certificateEnds)
    }

    /// A result tells of the members' work, which only their superiors see beside them.
    var hiddenFrom: Set<Role> {
        result == nil ? [] : Set(Role.allCases).subtracting([.supervisor, .manager])
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        if hours.scaled == 0 {
            throw Refusal(.input, "training.hours", "课时须大于零", en: "the hours have to be above zero", field: "hours")
        }
        do { trainer = try trainer.known(in: estate) } catch let refusal as Refusal { throw refusal.about("trainer") }
        var codes: [String] = []
        for member in try staff.members(in: estate, about: "staff") where !codes.contains(member.code) {
            do { codes.append(try estate.staff.working(member.code).code) } catch let refusal as Refusal {
                throw refusal.about("staff")
            }
        }
        staff = StaffNames(codes)
        if let until, until < Day(plan.at, in: estate.zone) {
            throw Refusal(
                .rule, "training.until", "有效期早于培训当天", en: "the certificate would end before the training",
                field: "until")
        }
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        estate.trainings.all.add(
            Training(
                id: Ref(metadata.id), topic: topic.text, hours: hours, trainer: trainer, staff: staff.names,
                result: result, until: until, at: metadata.at, by: metadata.by))
    }
}

extension Label {
    static let trainingTopic = Label("内容", en: "Topic")
    static let trainingHours = Label("课时", en: "Hours")
    static let trainer = Label("讲师", en: "Trainer")
    static let trained = Label("参加人", en: "Staff")
    static let certificateEnds = Label("证书有效期至", en: "Certificate until")
}
