import Estate
import Screen
import struct Journal.Moment

/// The shifts with their handovers: those under way, then the latest.
struct ShiftList: ViewSource {
    typealias Shown = ShiftsView
    static let name = "shifts"
    static let label = Label("交接", en: "Shifts")
    static let creates: (any Action.Type)? = OpenShift.self
    static let refreshPolicy = RefreshPolicy.whenNeeded
    static func parts(of estate: Estate) -> [Int] { [estate.$shifts, estate.$staff] }
    static let granularity = ClockGranularity.day
    static func empty(_ context: Context) -> Label {
        let key = context.keys.key(of: "gate.shift")
        return Label("没有班次；\(key) 接班", en: "no shifts; \(key) opens one")
    }

    private static let limit = 300

    static let commands: [Command] = [
        .changeShift,
        rowCommand(
            "shifts.print", Label("打印", en: "Print"), doc: Label("交接记录，一页，双方签名", en: "the page that both sign"),
            keys: [.control("e")], priority: 5
        ) { row, context in
            (try? HandoverReport(shift: row.id).document(of: context.estate, at: context.now, context.language)).map {
                .effect(.save($0))
            } ?? .none
        },
    ]

    static let columns: [ListColumn<Row>] = [
        .sign(priority: 9),
        ListColumn("opened", Label("接班", en: "Opened"), .fixed("", 11, priority: 8)) { $0.opened },
        ListColumn("closed", Label("交班", en: "Closed"), .fixed("", 11, priority: 7)) { $0.closed ?? .distantFuture },
        ListColumn("post", Label("岗位", en: "Post"), Column("", min: 4, ideal: 8, priority: 5)) {
            Pinyin.spelled($0.post)
        },
        ListColumn("staff", .onDutyMember, Column("", min: 6, ideal: 8, priority: 9)) { Pinyin.spelled($0.staff) },
        ListColumn("next", Label("接班人", en: "Next"), Column("", min: 6, ideal: 8, priority: 6)) {
            Pinyin.spelled($0.next ?? "")
        },
        ListColumn("remarks", Label("不符、保留意见", en: "Differences, reservation"), .filling("", min: 10, priority: 5)) {
            $0.differences.count
        },
    ]

    static func rows(_ context: Context) -> [Row] {
        let latest = context.estate.shifts.all.values.suffix(limit).reversed().map { Row($0, in: context.view) }
        return latest.filter { $0.closed == nil } + latest.filter { $0.closed != nil }
    }

    static func updated(_ shift: Shift, _ context: Context) -> Row? {
        context.estate.shifts[shift.id].map { Row($0, in: context.view) }
    }

    static func id(_ row: Row) -> String { row.id.id.text }
    static func words(_ row: Row) -> [String] { [row.post, row.staff, row.next ?? "", row.notes ?? ""] }

    static func cells(_ row: Row, _ glyphs: Glyphs, _ context: Context) -> [Line] {
        let isOpen = row.closed == nil
        let sign =
            isOpen
            ? Span(glyphs.current, .accent)
            : row.acknowledged == nil ? Span("!", .warning.bold) : Span(glyphs.done, .good)
        let style: Style = isOpen ? .strong : .muted
        return [
            [sign], Line(context.clock(row.opened), isOpen ? .text : .muted),
            Line(
                row.closed.map { context.clock($0) } ?? context(Label("当班", en: "on duty")), isOpen ? .accent : .muted),
            Line(row.post, .text), Line(row.staff, style), Line(row.next ?? "", .muted), remarks(row, context),
        ]
    }

    private static func remarks(_ row: Row, _ context: Context) -> Line {
        var spans: [Span] = []
        if row.closed != nil, row.acknowledged == nil {
            spans.append(Span(context(Label("未签收  ", en: "not signed  ")), .warning))
        }
        if !row.differences.isEmpty { spans.append(Span(row.differences.joined(separator: "；") + "  ", .danger)) }
        if let reservation = row.signature?.reservation {
            spans.append(Span(context(Label("保留：", en: "reservation: ")) + reservation + "  ", .warning))
        }
        if let notes = row.notes { spans.append(Span(notes, .muted)) }
        return Line(spans)
    }

    static func summary(_ tally: [Row], _ glyphs: Glyphs, _ context: Context) -> [Span] {
        let open = tally.filter { $0.closed != nil && $0.acknowledged == nil }.prefix(1)
        return open.isEmpty ? [] : [Span(context(Label("有未签收", en: "one not signed for")), .warning)]
    }

    static func detail(_ row: Row, _ context: Context) -> [Line] {
        let rule = context.estate.handbook.shifts
        let answers = row.handover?.items?.answers ?? [:]
        let items = rule.items.enumerated().compactMap { index, item in
            answers[index + 1].map { detailLine("\(index + 1) \(item.name)", $0) }
        }
        let visitors = row.handed.compactMap { context.estate.gate.visits[$0]?.words(in: context.estate) }
        return row.detailLines(context, without: ["id", "handed", "items", "confirmed"])
            + (visitors.isEmpty
                ? [] : [detailLine(context(Label("移交访客", en: "Handed over")), visitors.joined(separator: "、"))])
            + items
    }
}

extension Label {
    fileprivate static let onDutyMember = Label("当班人", en: "Staff")
}
