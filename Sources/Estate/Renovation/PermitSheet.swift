import Handbook
import Journal

/// The sheet that hangs at the door while works go on (施工证). It shows a registration, no official permit.
public struct PermitSheet: Report {
    public static let name = "permit"
    public static let label = Label("施工证", en: "Works")
    var renovation: Ref<RenovationCase>?

    public static var columns: [ViewColumn<Self>] {
        columns(of: PermitsView.self)
        Column("works", .works) { $0.works.text }
        Column("hours", .workHours) { $0.hours }
        Column("responsible", .responsible) { $0.works.responsible }
        // Masked. The printed sheet has the whole number if the person who prints it is signed in.
        Column("phone", .responsiblePhone) { $0.works.phone.map { $0?.masked } }
    }

    public init() {}

    public init(renovation: Ref<RenovationCase>) { self.renovation = renovation }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("renovation", &renovation, .renovation)
    }

    /// That of one renovation; else all that are valid.
    public func subjects(in context: ViewContext) throws -> [RenovationCase] {
        let estate = context.estate
        guard let renovation else {
            return estate.renovations.open.filter { estate.permitState(of: $0, on: context.day) == .valid }
        }
        return [try estate.registered(renovation)]
    }
}

extension ViewRow<PermitSheet> {
    fileprivate var responsiblePhone: String? {
        subject.works.phone.value.flatMap { $0 }.map { context.reader == nil ? $0.masked : $0.text }
    }
}

extension Estate {
    /// A renovation whose works may begin, for its papers. Throws ``Refusal`` `renovation.unknown` or `renovation.early`.
    func registered(_ id: Ref<RenovationCase>) throws -> RenovationCase {
        guard let known = renovations.all[id] else { throw id.unknown.about("renovation") }
        if known.permit == nil {
            throw Refusal(
                .rule, "renovation.early", "\(known.unit.text) 的装修还没有登记可开工",
                en: "works in \(known.unit.text) may not begin yet",
                field: "renovation")
        }
        return known
    }
}

extension ViewRow where V.Subject == RenovationCase {
    /// The agreed hours, else those of the estate.
    public var hours: String { subject.agreement?.hours ?? estate.handbook.renovation.hours.text }

    /// `2026-03-02 至 2026-05-31`
    var span: (from: String, until: String) {
        let from = subject.agreement?.from ?? subject.permit.map { Day($0.at, in: context.zone) }
        return (from?.text ?? "", subject.until?.text ?? "")
    }
}

extension PermitSheet {
    public static func document(of rows: [Row], in estate: Estate, at moment: Moment, _ language: Language) -> Document
    {
        Document(
            name: rows.count == 1 ? "\(name)-\(rows[0].unit.text)" : name, title: label[language], language: language,
            sheets: rows.map { sheet($0, at: moment, language) },
            empty: Label("没有在施工的装修", en: "no works are going on")[language])
    }

    private static func sheet(_ row: Row, at moment: Moment, _ language: Language) -> Sheet {
        func word(_ chinese: String, _ english: String) -> String { language == .chinese ? chinese : english }
        let (from, until) = row.span
        let issue =
            row.extensions.isEmpty
            ? "" : word("（延期第 \(row.extensions.count) 次）", " (extension \(row.extensions.count))")
        let estate = row.estate
        let rule = estate.handbook.renovation
        return Sheet(
            heading: "\(estate.name) \(label[language])\(row.permitState.mark(language))", number: row.number,
            blocks: [
                .entries([
                    .init(word("房号", "Unit"), row.unit.text), .init(word("编号", "Number"), row.number + issue),
                    .init(Label.works[language], row.works.text, isWide: true),
                    .init(Label.contractor[language], row.contractor, isWide: true),
                    .init(word("期限", "Days"), word("\(from) 至 \(until)", "\(from) to \(until)"), isWide: true),
                    .init(Label.workHours[language], row.hours, isWide: true),
                    .init(Label.responsible[language], row.works.responsible.value ?? nil),
                    .init(Label.responsiblePhone[language], row.responsiblePhone),
                    .init(word("物业电话", "Estate office"), nil), .init(word("物业（章）", "Seal"), nil),
                ]),
                .heading(word("一律不得", "Forbidden")),
                .table(
                    [word("序号", "No."), word("事项", "What")], rule.forbidden.enumerated().map { ["\($0 + 1)", $1] }),
            ],
            foot: word(
                "已申报登记，可开工。本证只证明已在物业登记，不是行政许可；到期自动失效，延期换新。打印于 \(moment.display(zone: estate.zone, language: language))",
                "Registered; works may begin. This shows a registration with the estate, no official permit, and ends with its last day. Printed \(moment.display(zone: estate.zone, language: language))"
            ))
    }
}

extension PermitState? {
    /// What a paper says that is not valid any more.
    fileprivate func mark(_ language: Language) -> String {
        guard self == .expired || self == .ended, let label = self?.label else { return "" }
        return language == .chinese ? "（\(label.chinese)）" : " (\(label.english))"
    }
}

/// The workers' passes (出入证) of a renovation, several on a page. They show no number of an identity card.
public struct PassSheet: Report {
    public static let name = "pass"
    public static let label = Label("出入证", en: "Passes")
    var renovation = Ref<RenovationCase>.placeholder

    public static var columns: [ViewColumn<Self>] {
        Column("number", Label("编号", en: "Number")) { $0.number }
        Column("name") { $0.subject.name }
        Column("trade", .trade) { $0.trade }
        Column("unit") { $0.unit }
        Column("contractor", .contractor) { $0.renovationCase?.contractor }
        Column("until", .worksUntil) { $0.until }
        Column("issue", Label("第几版", en: "Issue")) { $0.issue }
        Column("state") { $0.state }
    }

    public init() {}

    public init(renovation: Ref<RenovationCase>) { self.renovation = renovation }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("renovation", &renovation, .renovation)
    }

    public func subjects(in context: ViewContext) throws -> [Pass] {
        context.estate.renovations.passes(of: try context.estate.registered(renovation))
    }

    public static func document(of rows: [Row], in estate: Estate, at moment: Moment, _ language: Language) -> Document
    {
        func word(_ chinese: String, _ english: String) -> String { language == .chinese ? chinese : english }
        let cards = rows.flatMap { row -> [Sheet.Block] in
            [
                .heading(
                    "\(estate.name) \(word("施工人员出入证", "Worker's pass")) \(row.number)\(row.state.mark(language))"),
                .entries([
                    .init(word("姓名", "Name"), row.subject.name.text), .init(Label.trade[language], row.trade ?? ""),
                    .init(word("房号", "Unit"), row.unit?.text ?? ""),
                    .init(word("有效期至", "Valid until"), row.until?.text ?? ""),
                    .init(Label.contractor[language], row.renovationCase?.contractor ?? "", isWide: true),
                ]),
            ]
        }
        let unit = rows.first?.unit?.text ?? ""
        let foot = word(
            "与施工期限同时到期，延期换新；随身佩戴，离场交回。只在登记的房号和楼层施工。",
            "It ends with the works; an extension issues it anew. Worn on the site, given back at the end.")
        return Document(
            name: rows.isEmpty ? name : "\(name)-\(unit)", title: label[language], language: language,
            sheets: rows.isEmpty
                ? [] : [Sheet(heading: "\(unit) \(label[language])", number: "", blocks: cards, foot: foot)],
            empty: word("还没有办出入证", "there are no passes yet"))
    }
}
