import Journal

/// Where a training was recorded.
public enum TrainingSource: String, NamedChoice {
    case recorded, drill

    public var label: Label {
        switch self {
        case .recorded: Label("登记", en: "recorded")
        case .drill: Label("车牌练习", en: "plate drill")
        }
    }
}

/// Whether a certificate holds.
public enum CertificateState: String, NamedChoice {
    case valid, expiring, expired, renewed

    public var label: Label {
        switch self {
        case .valid: Label("有效", en: "valid")
        case .expiring: Label("快到期", en: "expiring")
        case .expired: Label("已到期", en: "expired")
        case .renewed: Label("已换新", en: "renewed")
        }
    }
}

/// The trainings of each member, and the days on which they drilled plates (7.7). Results are each member's own and their
/// superiors'.
public struct TrainingsView: PlainView {
    public static let name = "trainings"
    public static let label = Label("培训", en: "Trainings")
    public static let timeKey: String? = "day"

    /// One member's part in a training, or a day's drill.
    public struct Subject: Sendable {
        /// `nil`: a drill.
        public let training: Training?
        public let staff: String
        public let day: Day
        /// Of a drill, the answers, and those that were known.
        public let answers: Int?
        public let good: Int?
        let isRenewed: Bool

        public var source: TrainingSource { training == nil ? .drill : .recorded }
    }

    public static var columns: [ViewColumn<Self>] {
        Column("id") { $0.training?.id }
        Column("day", Label("日期", en: "Day")) { $0.day }
        Column("staff") { $0.subject.staff }
        Column("name") { $0.name }
        Column("topic", .trainingTopic) { $0.topic }
        Column("hours", .trainingHours) { $0.training?.hours }
        Column("trainer", .trainer) { $0.trainer }
        Column("result") { $0.training?.result }.withheld { row, _ in !row.isShown }
        Column("until", .certificateEnds) { $0.training?.until }
        Column("state", Label("证书", en: "Certificate")) { $0.state }
        Column("source", Label("来源", en: "Source")) { $0.subject.source }
        Column("answers", Label("练习次数", en: "Answers")) { $0.answers }.withheld { row, _ in !row.isShown }
        Column("good", Label("记得", en: "Known")) { $0.good }.withheld { row, _ in !row.isShown }
    }

    public init() {}

    public func subjects(in context: ViewContext) -> [Subject] {
        let estate = context.estate
        let renewed = Set(
            estate.trainings.certificates.filter { $0.renewal != nil }.map { "\($0.training.id.id.text) \($0.staff)" })
        let recorded = estate.trainings.all.values.flatMap { training in
            training.staff.map { member in
                Subject(
                    training: training, staff: member, day: Day(training.at, in: context.zone), answers: nil, good: nil,
                    isRenewed: renewed.contains("\(training.id.id.text) \(member)"))
            }
        }
        let drills = estate.drills.answers.sorted { $0.key < $1.key }.flatMap { member, answers in
            Dictionary(grouping: answers) { Day($0.at, in: context.zone) }.map { day, answers in
                Subject(
                    training: nil, staff: member, day: day, answers: answers.count,
                    good: answers.count(where: \.isGood),
                    isRenewed: false)
            }
        }
        return (recorded + drills).enumerated().sorted {
            ($0.element.day, $0.element.staff, $0.offset) < ($1.element.day, $1.element.staff, $1.offset)
        }.map(\.element)
    }
}

extension ViewRow<TrainingsView> {
    public var name: String { estate.staff.name(of: subject.staff) }
    public var topic: String { subject.training?.topic ?? TrainingSource.drill.label.chinese }
    public var trainer: String? { subject.training?.trainer.name(in: estate) }
    /// Whether the reader sees what came of it.
    public var isShown: Bool { context.seesAssessment(of: subject.staff) }

    public var state: CertificateState? {
        guard let until = subject.training?.until, subject.training?.result != .failed else { return nil }
        if subject.isRenewed { return .renewed }
        if until < context.day { return .expired }
        return until.adding(-estate.handbook.training.noticeDays) <= context.day ? .expiring : .valid
    }
}
