import Estate
import Screen

/// The gate's log: the visitors inside, the longest overstay first, then those who have left.
struct GateList: ViewSource {
    typealias Shown = GateView
    static let name = "gate"
    static let label = GateView.label
    static let creates: (any Action.Type)? = ArriveVisitor.self
    static func parts(of estate: Estate) -> [Int] { [estate.$gate, estate.$people, estate.$staff] }
    static let nothingSelected = Label("没有选中的访客", en: "no visitor is selected")
    static func empty(_ context: Context) -> Label { Label("今日没有来访", en: "no visitors today") }

    static let commands: [Command] =
        VisitCommands.leaving + [
            rowCommand(
                "gate.unknown", Label("离场时间不详", en: "Lost"),
                doc: Label("人已不在，离场时间不详：写明原因", en: "gone, and nobody saw when"),
                keys: [.control("u")], priority: 3, action: LoseVisitor.self, disabledReason: hasLeft
            ) { row, _ in
                .form(
                    LoseVisitor.self, fixed: ["visit": row.id],
                    title: Label("离场时间不详 · \(row.name)", en: "Leaving time unknown · \(row.name)"))
            }
        ] + VisitCommands.telling

    @Sendable static func hasLeft(_ row: Row, _ context: Context) -> Label? {
        row.isInside ? nil : Label("\(row.name) 已离场", en: "\(row.name) has left")
    }

    static let columns: [ListColumn<Row>] = [
        .sign(priority: 9),
        ListColumn("state", Label("状态", en: "State"), Column("", min: 10, ideal: 12, priority: 8)) { $0.arrived },
        ListColumn("name", Label("姓名", en: "Name"), Column("", min: 9, ideal: 12, priority: 7)) {
            Pinyin.spelled($0.name)
        },
        ListColumn("host", .unit, .fixed("", 8, priority: 6)) { $0.host },
        ListColumn("purpose", Label("事由", en: "Purpose"), .filling("", min: 8, priority: 5)) {
            Pinyin.spelled($0.purpose)
        },
        ListColumn("plate", Label("车牌", en: "Plate"), Column("", min: 10, ideal: 13, priority: 3)) {
            $0.plate?.text ?? ""
        },
    ]

    static func rows(_ context: Context) -> [Row] {
        let gate = context.estate.gate
        var visits = gate.inside.compactMap { gate.visits[$0] }
        // Of those who have left only today's and yesterday's; `frontdesk show gate` lists all.
        visits += gate.ended(on: [context.today, context.today.adding(-1)])
        return visits.map { Row($0, in: context.view) }.sorted {
            let (a, b) = (rank($0), rank($1))
            return a == b
                ? (a < 2 ? $0.arrived < $1.arrived : ($0.left ?? $0.arrived) > ($1.left ?? $1.arrived)) : a < b
        }
    }

    private static func rank(_ row: Row) -> Int {
        switch row.state {
        case .overstay: 0
        case .inside: 1
        case .left, .unknown: 2
        }
    }

    static func updated(_ visit: Visit, _ context: Context) -> Row? {
        context.estate.gate.visits[visit.id].map { Row($0, in: context.view) }
    }

    static func id(_ row: Row) -> String { row.id.id.text }

    static var filtersByDigits: Bool { true }
    /// The one visitor who is inside; those who left stand behind.
    static func isOne(_ rows: [Row]) -> Bool { rows.count { $0.isInside } == 1 && rows.first?.isInside == true }

    static func words(_ row: Row) -> [String] {
        [row.name, row.hostName, row.purpose, row.plate?.text ?? "", row.resident ?? ""]
    }

    static func codes(_ row: Row) -> [String] { [row.hostName.filter { $0 != "-" }] }

    static func cells(_ row: Row, _ glyphs: Glyphs, _ context: Context) -> [Line] {
        let stay = Context.duration(context.now.seconds(since: row.arrived))
        let (sign, state, style): (String, String, Style) =
            switch row.state {
            case .overstay:
                (
                    "!",
                    context(Label("超时 ", en: "over "))
                        + Context.duration(
                            context.estate.gate.visits[row.id]?.overstay(
                                at: context.now, by: context.estate.handbook.gate) ?? 0),
                    .danger
                )
            case .inside: (row.isHandedOver ? glyphs.current : " ", context(Label("在场 ", en: "inside ")) + stay, .good)
            case .left: (" ", departure(row, context), .muted)
            case .unknown: ("?", context(Label("离场不详", en: "unknown")), .warning)
            }
        let isGone = row.state == .left || row.state == .unknown
        let people = row.count > 1 ? " ×\(row.count)" : ""
        let told = row.contact.map {
            [Span(" · \(context($0.outcome.label))", $0.outcome == .reached ? .muted : .warning)]
        }
        let handed = row.isHandedOver && row.isInside ? [Span(" · \(context(.handedOver))", .warning)] : []
        return [
            Line(sign, style.bold), Line(state, style), Line(row.name + people, isGone ? .muted : .strong),
            Line(
                row.hostName + (row.hostState == .unknown ? " ?" : ""),
                isGone ? .muted : row.hostState == .unknown ? .warning : .text),
            Line([Span(row.purpose, .muted)] + handed + (row.isInside ? told ?? [] : [])),
            plate(row, glyphs),
        ]
    }

    /// 已离 15:41, or 昨日 15:41.
    private static func departure(_ row: Row, _ context: Context) -> String {
        guard let left = row.left else { return "" }
        let isToday = Day(left, in: context.estate.zone) == context.today
        let time = context.clock(left).suffix(5)
        return context(
            isToday
                ? Label("已离 \(time)", en: "left \(time)")
                : Label("昨日 \(time)", en: "left \(Day(left, in: context.estate.zone).short)"))
    }

    private static func plate(_ row: Row, _ glyphs: Glyphs) -> Line {
        guard let plate = row.plate else { return Line("—", .faint) }
        return switch row.plateState {
        // A resident's car that visits another unit is no sign that all is well.
        case .known:
            plate.each.allSatisfy { row.estate.people.vehicles[$0] == row.host }
                ? [Span(plate.text, .text), Span(" \(glyphs.done)", .good)]
                : [Span(plate.text, .text), Span(" !", .warning)]
        case .unrecognised: [Span(plate.text, .text), Span(" ?", .warning)]
        default: Line(plate.text, .text)
        }
    }

    /// In people: a group of three is three.
    static func tally(_ rows: [Row], _ context: Context) -> (inside: Int, overstay: Int) {
        func people(_ fits: (Row) -> Bool) -> Int { rows.reduce(0) { $0 + (fits($1) ? $1.count : 0) } }
        return (people { $0.isInside }, people { $0.state == .overstay })
    }

    static func summary(
        _ tally: (inside: Int, overstay: Int), _ glyphs: Glyphs, _ context: Context
    ) -> [Span] {
        let (inside, over) = tally
        var spans = [Span(context(Label("在场 \(inside) 人", en: "inside \(inside)")), inside > 0 ? .good : .muted)]
        if over > 0 { spans.append(Span(context(Label("  超时 \(over)", en: "  over \(over)")), .danger)) }
        return spans
    }

    static func detail(_ row: Row, _ context: Context) -> [Line] {
        let usual = [
            row.post == Gate.mainPost ? "post" : nil, row.isHandedOver ? nil : "handed",
            row.isCorrected ? nil : "corrected",
            row.count == 1 ? "inside" : nil,
        ]
        var lines = row.detailLines(context, without: Set(["id", "count"] + usual.compactMap { $0 }))
        if let why = context.estate.gate.visits[row.id]?.unknown {
            lines.append(detailLine(context(Label("原因", en: "Why")), why))
        }
        return lines
    }

    /// The post where the member is on duty and since when, for others who is on duty; for a guard also who is inside.
    static func badges(_ tally: (inside: Int, overstay: Int)?, _ context: Context) -> [Badge] {
        guard let member = context.member else { return [] }
        guard let tally, member.role == .guard else { return onDuty(member, context) }
        let inside = Badge(line: Line(summary(tally, Glyphs(TextWidth()), context)), priority: 6)
        return onDuty(member, context) + [inside]
    }

    private static func onDuty(_ member: StaffMember, _ context: Context) -> [Badge] {
        let open = context.estate.shifts.open
        if open.isEmpty, !context.estate.shifts.all.values.isEmpty, context.disabledReason(OpenShift.self) == nil {
            let words = Label("无人当班", en: "nobody on duty")
            return [Badge(line: Line(context(words), .danger), priority: member.role == .guard ? 7 : 3, side: .left)]
        }
        let isOwn = open.contains { $0.staff == member.code }
        guard let shift = open.last(where: { !isOwn || $0.staff == member.code }) else { return [] }
        let who = isOwn ? "" : " \(context.estate.staff.name(of: shift.staff))"
        let since = context.clock(shift.opened)
        let line: Line = [
            Span(context(Label("当班 ", en: "on duty ")), .muted), Span(shift.post + who, isOwn ? .text : .muted),
            Span(context(Label(" \(since) 起", en: " since \(since)")), .muted),
        ]
        return [Badge(line: line, priority: isOwn ? 4 : 2, side: .left)]
    }

    static func card(of unit: UnitCode, _ context: Context) -> CardSection? {
        let gate = context.estate.gate
        let inside = gate.inside.compactMap { gate.visits[$0] }.filter { $0.host == unit }
        // The last ones who left, of those that were recorded lately.
        let left = gate.visits.values.suffix(2000).reversed().lazy.filter { $0.host == unit && !$0.isInside }.prefix(3)
        let visits = inside + left
        let lines = visits.map { visit in
            let state = visit.isInside ? context(VisitState.inside.label) : context(Label("已离", en: "left"))
            return detailLine(
                context.clock(visit.arrived),
                [visit.name, visit.purpose, visit.plate?.text, state].compactMap { $0 }.joined(separator: "  "))
        }
        return CardSection(
            title: Label("来访", en: "Visitors"), lines: lines, records: visits.map(\.id.id.text), priority: 5)
    }
}
