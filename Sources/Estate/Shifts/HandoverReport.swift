import Handbook
import Journal

/// The log of one shift with its handover (交接记录), on one page, with room for both signatures (7.3).
public struct HandoverReport: Report {
    public static let name = "handover"
    public static let label = Label("交接记录", en: "Handover")
    var shift = Ref<Shift>.placeholder

    public static var columns: [ViewColumn<Self>] {
        columns(of: ShiftsView.self)
    }

    public init() {}

    public init(shift: Ref<Shift>) { self.shift = shift }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("shift", &shift, .shift)
    }

    /// Throws ``Refusal`` `shift.unknown`.
    public func subjects(in context: ViewContext) throws -> [Shift] {
        guard let known = context.estate.shifts[shift] else { throw shift.unknown.about("shift") }
        return [known]
    }
}

extension HandoverReport {
    public static func document(of rows: [Row], in estate: Estate, at moment: Moment, _ language: Language) -> Document
    {
        Document(
            name: rows.first.map { "\(name)-\(Day($0.opened, in: estate.zone).text)-\($0.id.id.text.suffix(4))" }
                ?? name,
            title: label[language], language: language,
            sheets: rows.map { HandoverSheet($0.subject, in: estate, at: moment, language).sheet }, empty: "")
    }
}

/// The page of one shift.
private struct HandoverSheet {
    private let shift: Shift
    private let estate: Estate
    private let moment: Moment
    private let language: Language
    private var end: Moment { shift.closed ?? moment }

    init(_ shift: Shift, in estate: Estate, at moment: Moment, _ language: Language) {
        (self.shift, self.estate, self.moment, self.language) = (shift, estate, moment, language)
    }

    private func word(_ chinese: String, _ english: String) -> String { language == .chinese ? chinese : english }
    private func clock(_ moment: Moment) -> String { moment.display(zone: estate.zone, language: language) }
    private func name(_ code: String?) -> String? { code.map { estate.staff.name(of: $0) } }

    var sheet: Sheet {
        let handover = shift.handover ?? Handover()
        let span = "\(clock(shift.opened)) — \(shift.closed.map { clock($0) } ?? word("当班中", "on duty"))"
        var blocks: [Sheet.Block] = [
            .entries([
                .init(word("岗位", "Post"), shift.post), .init(word("当班人", "On duty"), name(shift.staff)),
                .init(word("起止", "From, to"), span, isWide: true), .init(word("接班人", "Next"), name(shift.next)),
                .init(word("签收", "Acknowledged"), shift.signature.map { clock($0.at) }),
            ]),
            .entries(visitors),
        ]
        let log = estate.shiftLog(from: shift.opened, to: end, at: shift.post).map { $0[language] }
        blocks.append(.words(word("当班纪事", "During the shift"), log.isEmpty ? word("无", "none") : lines(log), lines: 1))
        if shift.closed == nil {
            let notes = estate.handoverNotes(at: moment).map { $0[language] }
            if !notes.isEmpty { blocks.append(.words(word("待交", "Left over"), lines(notes), lines: 1)) }
        }
        blocks.append(
            .table(
                [word("项", "No."), word("交接内容", "Item"), word("交班人", "Outgoing"), word("接班人", "Incoming")],
                items(handover)))
        let differences = handover.differences.map(\.text)
        blocks.append(
            .words(
                word("不符", "Differences"), differences.isEmpty ? word("无", "none") : differences.joined(separator: "；"),
                lines: 1))
        if let notes = shift.notes { blocks.append(.words(word("交接事项", "Notes"), notes, lines: 1)) }
        if let seal = shift.seal { blocks.append(.words(Label.seal[language], seal, lines: 1)) }
        if let reservation = shift.signature?.reservation {
            blocks.append(.words(word("保留意见", "Reservation"), reservation, lines: 1))
        }
        blocks += [
            .choices(
                word("交接动作", "Ritual"),
                [
                    .init(word("交班人已做", "outgoing"), isTicked: handover.ritual == true),
                    .init(word("接班人已做", "incoming"), isTicked: shift.signature?.ritual == true),
                ]),
            .entries([
                .init(word("交班人签名", "Outgoing"), nil), .init(word("接班人签名", "Incoming"), nil),
            ]),
        ]
        let by = [name(shift.closedBy), name(shift.signature?.by)].compactMap { $0 }.joined(separator: "、")
        let signed = by.isEmpty ? "" : word("系统内签收：\(by)。", "Recorded by \(by). ")
        return Sheet(
            heading: "\(estate.name) \(HandoverReport.label[language])",
            number: Day(shift.opened, in: estate.zone).text,
            blocks: blocks, foot: signed + word("打印于 \(clock(moment))", "Printed \(clock(moment))"))
    }

    private func lines(_ texts: [String]) -> String { texts.joined(separator: "；") }

    /// How many came and left, and who was still inside, with those who stayed too long.
    private var visitors: [Sheet.Entry] {
        let all = estate.gate.visits.values.filter { $0.post == shift.post }
        func within(_ time: Moment?) -> Bool { time.map { $0 >= shift.opened && $0 <= end } ?? false }
        let inside =
            shift.closed == nil
            ? estate.gate.inside(at: shift.post) : shift.handed.compactMap { estate.gate.visits[$0] }
        let late = inside.filter { visit in
            end.seconds(since: visit.arrived)
                > estate.handbook.gate.overstayHours(purpose: visit.purpose) * 3600
        }
        func names(_ visits: [Visit]) -> String {
            visits.isEmpty
                ? word("无", "none")
                : visits.map { "\($0.name)\($0.count > 1 ? " ×\($0.count)" : "")(\($0.hostName))" }
                    .joined(separator: "、")
        }
        let came = all.filter { within($0.arrived) }.reduce(0) { $0 + $1.total }
        let left = all.reduce(0) { sum, visit in
            sum + visit.releases.reduce(0) { $0 + (within($1.at) ? $1.count : 0) }
                + (within(visit.left) ? visit.count : 0)
        }
        return [
            .init(word("进", "Came in"), word("\(came) 人", "\(came)")),
            .init(word("出", "Left"), word("\(left) 人", "\(left)")),
            .init(word("未离场", "Inside"), names(inside), isWide: true),
            .init(word("超时", "Overstay"), names(late), isWide: true),
            .init(RefusalsView.label[language], refusals, isWide: true),
        ]
    }

    /// Whom the member on duty turned away, and why.
    private var refusals: String {
        let refused = estate.gate.lists.refused.filter {
            $0.by == shift.staff && $0.at >= shift.opened && $0.at <= end
        }
        return refused.isEmpty
            ? word("无", "none")
            : refused.map { "\($0.name.text)\($0.host.text { $0.map { "(\($0.text))" } ?? "" }) \($0.why)" }.joined(
                separator: "、")
    }

    /// Each item with its answer, the counts among them, and whether the incoming member confirmed it.
    private func items(_ handover: Handover) -> [[String]] {
        let answers = handover.items?.answers ?? [:]
        return estate.handbook.shifts.items.enumerated().map { index, item in
            let counts =
                switch item.id {
                case "equipment": handover.equipment
                case "keys": handover.keys
                default: HandoverCounts?.none
                }
            let texts = [answers[index + 1], counts?.entries.map(\.text).joined(separator: "；")].compactMap { $0 }
            let isConfirmed = shift.signature?.confirmed.contains(index + 1) ?? false
            return ["\(index + 1)", item.name, texts.joined(separator: "；"), isConfirmed ? "✓" : ""]
        }
    }
}

extension Estate {
    /// What the features recorded during a shift of a post.
    func shiftLog(from start: Moment, to end: Moment, at post: String) -> [Label] {
        Estate.features.flatMap { $0.shiftLog(in: self, from: start, to: end, at: post) }
    }
}
