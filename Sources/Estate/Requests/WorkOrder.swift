import Handbook
import Journal

/// The work order of a request (派工单): one page for who does the work, with room for what was used and the signatures.
public struct WorkOrder: Report {
    public static let name = "workorder"
    public static let label = Label("派工单", en: "Work order")
    var request = Ref<Request>.placeholder

    public static var columns: [ViewColumn<Self>] {
        columns(of: RequestsView.self)
    }

    public init() {}

    public init(request: Ref<Request>) { self.request = request }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("request", &request)
    }

    /// Throws ``Refusal`` `request.unknown`.
    public func subjects(in context: ViewContext) throws -> [Request] {
        do { return [try context.estate.requests.known(request)] } catch let refusal as Refusal {
            throw refusal.about("request")
        }
    }
}

extension WorkOrder {
    public static func document(of rows: [Row], in estate: Estate, at moment: Moment, _ language: Language) -> Document
    {
        Document(
            name: rows.first.map { "\(name)-\(Day($0.opened, in: estate.zone).text)-\($0.id.id.text.suffix(4))" }
                ?? name,
            title: label[language], language: language,
            sheets: rows.map {
                OrderSheet(RequestsView.Row($0.subject, in: $0.context), in: estate, at: moment, language).sheet
            }, empty: "")
    }
}

/// The page of one request.
private struct OrderSheet {
    private let row: RequestsView.Row
    private let estate: Estate
    private let moment: Moment
    private let language: Language

    init(_ row: RequestsView.Row, in estate: Estate, at moment: Moment, _ language: Language) {
        (self.row, self.estate, self.moment, self.language) = (row, estate, moment, language)
    }

    private func word(_ chinese: String, _ english: String) -> String { language == .chinese ? chinese : english }
    private func clock(_ moment: Moment?) -> String {
        moment.map { $0.display(zone: estate.zone, language: language) } ?? "—"
    }
    /// A deadline at the end of a day is that day's: `2026-12-02 24:00`.
    private func limit(_ moment: Moment?) -> String {
        guard let moment else { return clock(nil) }
        let day = Day(asOf: moment, in: estate.zone)
        return day.end(in: estate.zone) == moment ? "\(day.text) 24:00" : clock(moment)
    }

    var sheet: Sheet {
        Sheet(
            heading: "\(estate.name) \(WorkOrder.label[language])", number: String(row.id.id.text.suffix(8)),
            blocks: [.entries(matter), .words(word("内容", "What"), row.text, lines: 2)] + limits + course + work + done,
            foot: word("打印于 \(clock(moment))", "Printed \(clock(moment))"))
    }

    private var matter: [Sheet.Entry] {
        let resident = estate.people.owner(of: row.unit) ?? estate.people.residents(of: row.unit).first
        let urgent = row.isUrgent ? word("（急修）", " (urgent)") : ""
        return [
            .init(word("房号、地点", "Where"), row.unit.text),
            .init(word("类别", "Class"), row.class.label[language] + urgent),
            .init(word("联系人", "Resident"), resident?.name ?? word("无", "none")),
            .init(word("电话", "Phone"), resident?.phone?.masked ?? word("无", "none")),
            .init(word("受理", "Opened"), "\(clock(row.opened)) \(row.by)"),
            .init(word("派给", "Assigned to"), row.assigned),
        ]
    }

    /// By when each step is to be done (policy).
    private var limits: [Sheet.Block] {
        [
            .heading(word("时限", "Limits")),
            .table(
                [word("步骤", "Step"), word("最迟", "At the latest"), word("实际", "Really")],
                [
                    [word("回应", "Answer"), limit(row.respondBy), row.responded.map { clock($0) } ?? ""],
                    [word("到场、答复", "Visit"), limit(row.arriveDue), ""],
                    [word("办结", "Done"), limit(row.dueAt), row.completed.map { clock($0) } ?? ""],
                ]),
            .text(word("等配件须告知业主并改期；收费的先报价、后施工。", "Waiting for parts: tell the owner and agree on another day.")),
        ]
    }

    private var course: [Sheet.Block] {
        let notes = row.subject.progress.map { [clock($0.at), $0.note, estate.staff.name(of: $0.by)] }
        if notes.isEmpty { return [] }
        return [
            .heading(word("进展", "Progress")),
            .table([word("时间", "When"), word("情况", "What"), word("登记人", "By")], notes),
        ]
    }

    /// What the worker writes: the cause, what was done, and the materials.
    private var work: [Sheet.Block] {
        [
            .heading(word("处理", "The work")),
            .words(word("原因和处理情况", "Cause, and what was done"), nil, lines: 3),
            .heading(word("用料", "Materials used")),
            .table(
                [
                    word("品名", "Item"), word("规格", "Size"), word("数量", "Quantity"), word("单价", "Price"),
                    word("金额", "Amount"),
                ], Array(repeating: Array(repeating: "", count: 5), count: 4)),
            .choices(
                word("收费", "Charge"),
                [
                    .init(word("不收费", "none"), isTicked: false),
                    .init(word("收费，元", "yuan"), isTicked: false, hasRoom: true),
                ]),
        ]
    }

    private var done: [Sheet.Block] {
        [
            .choices(
                word("现场清理", "Site"),
                [
                    .init(word("已收拾干净", "left clean"), isTicked: false),
                    .init(word("已试用正常", "tried, works"), isTicked: false),
                ]),
            .entries([
                .init(word("到场时间", "Arrived"), nil), .init(word("完工时间", "Finished"), nil),
                .init(word("承办人签名", "Done by"), nil), .init(word("业主签名", "Owner"), nil),
            ]),
        ]
    }
}
