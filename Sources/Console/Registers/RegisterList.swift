import Estate
import Screen
import struct Journal.Moment

/// The registers of the gate: what is overdue first, then what is open, then what was closed lately.
struct RegisterList: ViewSource {
    typealias Shown = RegistersView
    static let name = "registers"
    static let label = RegistersView.label
    static let creates: (any Action.Type)? = AddEntry.self
    static func parts(of estate: Estate) -> [Int] { [estate.$registers, estate.$staff, estate.$particulars] }
    static let granularity = ClockGranularity.day
    static func empty(_ context: Context) -> Label {
        let key = context.keys.key(of: "new")
        return Label(
            "没有登记；\(key) 开放行条、借钥匙、收代收物品、记失物", en: "no entries; \(key) registers goods, keys, parcels, lost property")
    }

    /// How many closed entries are listed.
    private static let limit = 300

    static let commands: [Command] = [
        rowCommand(
            "registers.close", Label("了结", en: "Close"),
            doc: Label("放行、归还或领走：先问再记", en: "it left, is back or was fetched: asks first"), keys: [.enter],
            priority: 9, action: CloseEntry.self, disabledReason: closedReason
        ) { row, _ in
            .perform(
                CloseEntry(entry: row.id),
                done: Label(
                    "\(row.register.label.chinese)“\(row.what)”已了结", en: "\(row.register.label.english): closed"))
        },
        rowCommand(
            "registers.outcome", Label("另行了结", en: "Otherwise"),
            doc: Label("写明交给谁、件数、交公安或作废", en: "to whom, how many, to the police, or cancelled"),
            keys: [.control("n")], priority: 6, action: CloseEntry.self, disabledReason: closedReason
        ) { row, _ in
            .form(
                CloseEntry.self, fixed: ["entry": row.id],
                title: Label("了结 · \(row.what)", en: "Close · \(row.what)"))
        },
        rowCommand(
            "registers.print", Label("打印放行条", en: "Slip"),
            doc: Label("打印放行条，门岗凭条核对", en: "the slip that is checked at the gate"), keys: [.control("e")],
            priority: 5,
            disabledReason: { row, _ in
                row.register == .goods ? nil : Label("只有放行条可以打印", en: "only slips for goods are printed")
            },
            run: { row, context in
                let report = ReleaseSlip(entry: row.id)
                return (try? report.document(of: context.estate, at: context.now, context.language)).map {
                    .effect(.save($0))
                } ?? .none
            }),
    ]

    @Sendable private static func closedReason(_ row: Row, _ context: Context) -> Label? {
        row.isOpen ? nil : Label("这一条已经了结", en: "the entry is closed")
    }

    static let columns: [ListColumn<Row>] = [
        .sign(priority: 9),
        ListColumn("register", Label("种类", en: "Kind"), Column("", min: 6, ideal: 9, priority: 8)) {
            $0.register.rawValue
        },
        ListColumn("what", Label("物品", en: "What"), .filling("", min: 10, priority: 9)) { Pinyin.spelled($0.what) },
        ListColumn("who", Label("谁", en: "Who"), Column("", min: 6, ideal: 9, priority: 7)) {
            Pinyin.spelled($0.name)
        },
        ListColumn("unit", .unit, .fixed("", 9, priority: 5)) { $0.unit?.text ?? "" },
        ListColumn("due", Label("期限", en: "Due"), Column("", min: 6, ideal: 12, priority: 8)) { $0.due?.text ?? "" },
        ListColumn("since", Label("登记", en: "Since"), .fixed("", 11, priority: 3)) { $0.since },
    ]

    static func rows(_ context: Context) -> [Row] {
        let registers = context.estate.registers
        let open = registers.open.map { Row($0, in: context.view) }.sorted { rank($0) < rank($1) }
        let closed = registers.all.values.suffix(2000).filter { !$0.isOpen }.suffix(limit)
        return open + closed.reversed().map { Row($0, in: context.view) }
    }

    /// By the day on which they are due; what has none comes last.
    private static func rank(_ row: Row) -> (Int, Moment) { (row.due?.number ?? .max, row.since) }

    static func updated(_ entry: RegisterEntry, _ context: Context) -> Row? {
        context.estate.registers.all[entry.id].map { Row($0, in: context.view) }
    }

    static func id(_ row: Row) -> String { row.id.id.text }
    static func stage(_ row: Row) -> Bool { !row.isOpen }
    static func words(_ row: Row) -> [String] {
        [
            row.register.label.chinese, row.what, row.name, row.unit?.text ?? "",
            row.closing?.outcome.label.chinese ?? "",
        ]
    }

    static func cells(_ row: Row, _ glyphs: Glyphs, _ context: Context) -> [Line] {
        let sign = row.isOverdue ? Span("!", .danger.bold) : row.isOpen ? Span(" ") : Span(glyphs.done, .good)
        let lacking =
            row.lacksOwner && row.isOpen ? [Span(context(Label(" 缺业主确认", en: " no owner's word")), .warning)] : []
        return [
            [sign], Line(context(row.register.label), row.isOpen ? .text : .muted),
            Line([Span(row.thing, row.isOpen ? .strong : .muted)] + lacking),
            Line(row.name, row.isOpen ? .text : .muted),
            Line(row.unit?.text ?? "", .muted), due(row, context), Line(context.clock(row.since), .muted),
        ]
    }

    /// 今天, 11-26, 迟 3 天, or what became of it.
    private static func due(_ row: Row, _ context: Context) -> Line {
        if let closing = row.closing {
            return Line("\(context(closing.outcome.label)) \(context.clock(closing.at))", .muted)
        }
        guard let due = row.due else { return Line("—", .faint) }
        let days = context.today.days(since: due)
        let words =
            days > 0
            ? Label("迟 \(days) 天", en: "\(days) d late")
            : days == 0 ? Label("今天", en: "today") : Label(due.short, en: due.short)
        return Line(context(words), days > 0 ? .danger : days == 0 ? .warning : .text)
    }

    /// Open and overdue entries.
    static func tally(_ rows: [Row], _ context: Context) -> (open: Int, overdue: Int) {
        (rows.count { $0.isOpen }, rows.count { $0.isOverdue })
    }

    static func summary(_ tally: (open: Int, overdue: Int), _ glyphs: Glyphs, _ context: Context) -> [Span] {
        var spans = [
            Span(context(Label("未了结 \(tally.open)", en: "open \(tally.open)")), tally.open > 0 ? .text : .muted)
        ]
        if tally.overdue > 0 {
            spans.append(Span(context(Label("  逾期 \(tally.overdue)", en: "  overdue \(tally.overdue)")), .danger))
        }
        return spans
    }

    static func detail(_ row: Row, _ context: Context) -> [Line] {
        row.detailLines(context, without: ["id"])
    }

    /// What of a unit is open.
    static func card(of unit: UnitCode, _ context: Context) -> CardSection? {
        let open = context.estate.registers.open.filter { $0.unit == unit }
        let lines = open.map { entry in
            detailLine(
                context(entry.register.label),
                [entry.thing, entry.name, entry.due.map { "\($0.short)" }].compactMap { $0 }.joined(separator: "  ")
            )
        }
        return CardSection(title: label, lines: lines, records: open.map(\.id.id.text), priority: 2)
    }
}
