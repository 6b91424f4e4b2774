import Journal

/// The report of an incident (事件报告): the log with its clock, the roll call, who was told, and the signatures.
public struct IncidentReport: Report {
    public static let name = "incident"
    public static let label = Label("事件报告", en: "Incident report")
    public static let changesWithTime = false
    public static let timeKey: String? = "at"
    var incident = Ref<Incident>.placeholder

    public static var columns: [ViewColumn<Self>] {
        Column("at") { $0.at }
        Column("minute", Label("第几分钟", en: "Minute")) { $0.minute }
        Column("what", Label("事项", en: "What")) { $0.what }
        Column("text") { $0.text }
        Column("flag", Label("备注", en: "Remark")) { $0.flag }
        Column("by", Label("记录人", en: "By")) { $0.estate.staff.name(of: $0.by) }
    }

    public init() {}

    public init(incident: Ref<Incident>) { self.incident = incident }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("incident", &incident, .incident)
    }

    public static func isCovered(_ filters: [String: String], by window: RetentionWindow) -> Bool { false }

    public func subjects(in context: ViewContext) throws -> [IncidentEntry] {
        guard let known = context.estate.incidents[incident] else { throw incident.unknown.about("incident") }
        return context.estate.log(of: known)
    }
}

extension IncidentReport {
    public static func document(of rows: [Row], in estate: Estate, at moment: Moment, _ language: Language) -> Document
    {
        let incident = rows.first?.incident
        return Document(
            name: incident.map { "\(name)-\(Day($0.opened, in: estate.zone).text)-\($0.id.id.text.suffix(4))" } ?? name,
            title: label[language], language: language,
            sheets: incident.map { [sheet(of: $0, rows, in: estate, at: moment, language)] } ?? [],
            empty: Label("没有这次应急的记录", en: "there is no record of this incident")[language])
    }

    private static func sheet(
        of incident: Incident, _ rows: [Row], in estate: Estate, at moment: Moment, _ language: Language
    ) -> Sheet {
        func word(_ chinese: String, _ english: String) -> String { language == .chinese ? chinese : english }
        func clock(_ moment: Moment) -> String { moment.display(zone: estate.zone, language: language) }
        let rule = estate.handbook.incidents
        let card = rule[incident.kind]
        var blocks: [Sheet.Block] = []
        if card?.supplied == false { blocks.append(.text(rule.notice[language])) }
        blocks.append(
            .entries([
                .init(word("情况", "Kind"), estate.title(ofIncident: incident.kind)[language]),
                .init(word("性质", "Nature"), incident.isDrill ? word("演练", "drill") : word("真实", "real")),
                .init(word("开始", "Opened"), clock(incident.opened)),
                .init(word("结束", "Closed"), incident.closing.map { clock($0.at) } ?? word("进行中", "still open")),
                .init(
                    word("历时", "Lasted"),
                    incident.closing.map {
                        word("\(incident.minutes(at: $0.at)) 分", "\(incident.minutes(at: $0.at)) min")
                    }
                        ?? "—"),
                .init(
                    word("步骤", "Steps"),
                    card.map { "\(incident.doneCount)/\($0.steps.count)" } ?? "\(incident.doneCount)"),
            ]))
        let head = [word("时刻", "Time"), word("分", "Min"), word("事项", "What"), word("内容", "Text"), word("记录人", "By")]
        let log = rows.map { row in
            let flag = row.flag.map { "（\($0.label[language])）" } ?? ""
            return [
                String(clock(row.at).suffix(5)), "+\(row.minute)", row.what.label[language], row.text + flag,
                estate.staff.name(of: row.by),
            ]
        }
        blocks += [.heading(word("经过", "Log")), .table(head, log)]
        blocks += rollCall(of: incident, in: estate, clock, word)
        if let note = incident.closing?.note { blocks.append(.words(word("结果", "What came of it"), note, lines: 2)) }
        blocks.append(.words(word("复盘", "What was learned"), incident.debrief?.note, lines: 4))
        blocks.append(
            .entries([
                .init(word("记录人签名", "Recorded by"), nil), .init(word("主管签名", "Supervisor"), nil),
                .init(word("经理签名", "Manager"), nil), .init(word("日期", "Date"), nil),
            ]))
        let number = Day(incident.opened, in: estate.zone).text
        return Sheet(
            heading: "\(estate.name) \(label[language])", number: number, blocks: blocks,
            foot: word("打印于 \(clock(moment))", "Printed \(clock(moment))"))
    }

    /// Each visitor who was inside at the opening, and what is known of them.
    private static func rollCall(
        of incident: Incident, in estate: Estate, _ clock: (Moment) -> String, _ word: (String, String) -> String
    ) -> [Sheet.Block] {
        if incident.inside.isEmpty { return [] }
        let missing = Set(estate.unaccounted(of: incident))
        let table = incident.inside.compactMap { estate.gate.visits[$0] }.map { visit in
            let state =
                if missing.contains(visit.id) {
                    word("未见到", "unaccounted for")
                } else if let seen = incident.sighting(of: visit.id) {
                    word("见到 \(clock(seen.at).suffix(5))", "seen \(clock(seen.at).suffix(5))")
                } else {
                    word("已离场", "had left")
                }
            return [visit.name, visit.hostName, visit.purpose, "\(visit.count)", state]
        }
        let head = [
            word("访客", "Visitor"), word("房号", "Host"), word("事由", "Purpose"), word("人数", "People"),
            word("点名", "Roll call"),
        ]
        let (inside, unseen) = (estate.people(in: incident.inside), estate.people(in: missing))
        return [
            .heading(
                word(
                    "点名：在场 \(inside) 人，未见到 \(unseen) 人",
                    "Roll call: \(inside) inside, \(unseen) unaccounted for")),
            .table(head, table),
        ]
    }
}
