import Estate
import Screen

/// The trainings of each member, the latest first, with the days on which plates were drilled.
struct TrainingList: ViewSource {
    typealias Shown = TrainingsView
    static let name = "trainings"
    static let label = TrainingsView.label
    static let creates: (any Action.Type)? = RecordTraining.self
    static let refreshPolicy = RefreshPolicy.inSight
    static let granularity = ClockGranularity.day
    static func parts(of estate: Estate) -> [Int] { [estate.$trainings, estate.$drills, estate.$staff] }
    static let nothingSelected = Label("没有选中的培训", en: "no training is selected")
    static func empty(_ context: Context) -> Label {
        let key = context.keys.key(of: "new")
        return Label("还没有培训；\(key) 登记一次", en: "no trainings yet; \(key) records one")
    }

    private static let limit = 1000

    static let commands: [Command] = [
        rowCommand(
            "trainings.renew", Label("再培训", en: "Again"),
            doc: Label("同一内容再登记一次：换证、补考", en: "the same topic once more: a new certificate, another try"),
            keys: [.enter], priority: 8, action: RecordTraining.self,
            disabledReason: { row, _ in
                row.subject.training == nil ? Label("车牌练习由各人自己做", en: "drills are each member's own") : nil
            }
        ) { row, _ in
            .form(
                RecordTraining.self,
                prefill: [
                    "topic": row.topic, "staff": row.name, "hours": row.subject.training?.hours,
                    "trainer": row.trainer ?? "",
                ],
                title: Label("再培训 · \(row.name) \(row.topic)", en: "Again · \(row.name) \(row.topic)"))
        }
    ]

    static let columns: [ListColumn<Row>] = [
        ListColumn("day", Label("日期", en: "Day"), .fixed("", 10, priority: 9)) { $0.day },
        ListColumn("name", Label("员工", en: "Staff"), Column("", min: 6, ideal: 8, priority: 9)) {
            Pinyin.spelled($0.name)
        },
        ListColumn("topic", Label("内容", en: "Topic"), .filling("", min: 10, priority: 8)) { Pinyin.spelled($0.topic) },
        ListColumn("hours", Label("课时", en: "Hours"), .fixed("", 5, alignment: .right, priority: 5)) {
            $0.subject.training?.hours.scaled ?? 0
        },
        ListColumn("trainer", Label("讲师", en: "Trainer"), Column("", min: 6, ideal: 10, priority: 3)) {
            Pinyin.spelled($0.trainer ?? "")
        },
        ListColumn("result", Label("结果", en: "Result"), .fixed("", 12, priority: 7)) { $0.subject.good ?? -1 },
        ListColumn("until", Label("证书", en: "Certificate"), .fixed("", 17, priority: 6)) {
            $0.subject.training?.until ?? Day(number: 0)
        },
    ]

    static func rows(_ context: Context) -> [Row] {
        TrainingsView().subjects(in: context.view).suffix(limit).reversed().map { Row($0, in: context.view) }
    }

    static func id(_ row: Row) -> String {
        "\(row.subject.training?.id.id.text ?? row.day.text) \(row.subject.staff)"
    }
    static func subject(_ row: Row) -> String? { row.subject.training?.id.id.text }
    static func words(_ row: Row) -> [String] { [row.name, row.topic, row.trainer ?? ""] }

    static func cells(_ row: Row, _ glyphs: Glyphs, _ context: Context) -> [Line] {
        let training = row.subject.training
        return [
            Line(row.day.text, .muted), Line(row.name, .strong), Line(row.topic),
            Line(training?.hours.text ?? ""), Line(row.trainer ?? "", .muted), result(row, context),
            certificate(row, context),
        ]
    }

    /// What came of it, where the member may see it.
    private static func result(_ row: Row, _ context: Context) -> Line {
        guard row.isShown else { return Line("—", .faint) }
        if let answers = row.subject.answers, let good = row.subject.good {
            return Line(context(Label("记得 \(good)/\(answers)", en: "knew \(good)/\(answers)")), .muted)
        }
        guard let result = row.subject.training?.result else { return Line("") }
        return Line(context(result.label), result == .passed ? .good : .danger)
    }

    private static func certificate(_ row: Row, _ context: Context) -> Line {
        guard let until = row.subject.training?.until, let state = row.state else { return Line("") }
        let style: Style =
            switch state {
            case .valid: .text
            case .expiring: .warning
            case .expired: .danger
            case .renewed: .faint
            }
        return Line("\(until.text) \(context(state.label))", style)
    }

    static func tally(_ rows: [Row], _ context: Context) -> (expiring: Int, expired: Int) {
        (rows.count { $0.state == .expiring }, rows.count { $0.state == .expired })
    }

    static func summary(_ tally: (expiring: Int, expired: Int), _ glyphs: Glyphs, _ context: Context) -> [Span] {
        .counts(
            [
                (Label("证书快到期", en: "certificates expiring"), tally.expiring, .warning),
                (CertificateState.expired.label, tally.expired, .danger),
            ], context)
    }

    static func detail(_ row: Row, _ context: Context) -> [Line] { row.detailLines(context, without: ["id", "staff"]) }
}
