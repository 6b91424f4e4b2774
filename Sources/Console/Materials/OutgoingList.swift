import Estate
import Screen
import struct Journal.EntryID
import struct Journal.Moment

/// What has left the store: loans that are not back first, the overdue ones before all, then what was issued lately.
struct OutgoingList: ListSource {
    static let name = "outgoing"
    static let label = Label("领用/借用", en: "Issued and lent")
    static let creates: (any Action.Type)? = IssueStock.self
    static let refreshPolicy = RefreshPolicy.inSight
    static func parts(of estate: Estate) -> [Int] { [estate.$materials, estate.$requests] }
    static let granularity = ClockGranularity.day

    /// A loan or an issue, with the name of its item.
    enum Row: Sendable {
        case loan(StockLoan, name: String)
        case issue(StockIssue, name: String)
    }

    /// The issues that are listed.
    private static let limit = 300

    static func empty(_ context: Context) -> Label { Label("没有借出的，也没有领用", en: "nothing is lent or issued") }

    static let commands: [Command] = [
        rowCommand(
            "outgoing.back", Label("归还/退库", en: "Back"),
            doc: Label("借用归还：完好、损坏、丢失；领用没用完的退库", en: "what was lent comes back, or what was not used"),
            keys: [.enter], priority: 9, action: TakeBackStock.self,
            disabledReason: { row, _ in
                row.left.scaled > 0 ? nil : Label("已经全部收回", en: "all of it is back")
            },
            run: { row, context in
                let words = row.words(context)
                switch row {
                case .loan(let loan, _):
                    return .form(
                        TakeBackStock.self, fixed: ["loan": loan.id],
                        title: Label("归还 · \(words)", en: "Back · \(words)"))
                case .issue(let issue, _):
                    return .form(
                        ReturnStock.self, fixed: ["issue": issue.id],
                        title: Label("退库 · \(words)", en: "Return · \(words)"))
                }
            })
    ]

    static let columns: [ListColumn<Row>] = [
        .sign(priority: 9),
        ListColumn("what", Label("事项", en: "What"), .fixed("", 6, priority: 7)) { $0.isLoan ? 0 : 1 },
        ListColumn("name", .stockName, .filling("", min: 14, priority: 9)) {
            Pinyin.spelled($0.name)
        },
        ListColumn("qty", Label("数量", en: "Quantity"), .fixed("", 11, alignment: .right, priority: 8)) { $0.left },
        ListColumn("to", Label("谁", en: "Who"), Column("", min: 11, ideal: 14, priority: 9)) { Pinyin.spelled($0.to) },
        ListColumn("due", Label("应还", en: "Due"), Column("", min: 9, ideal: 10, priority: 7)) { $0.due?.text ?? "" },
        ListColumn("at", Label("时间", en: "At"), .fixed("", 11, priority: 4)) { $0.at },
        ListColumn("request", Label("工单", en: "Request"), Column("", min: 18, ideal: 24, priority: 2)) {
            $0.request?.id.text ?? ""
        },
    ]

    static func rows(_ context: Context) -> [Row] {
        let materials = context.estate.materials
        func row(_ loan: StockLoan) -> Row { .loan(loan, name: materials.item(loan.itemID)?.name ?? "") }
        func row(_ issue: StockIssue) -> Row { .issue(issue, name: materials.item(issue.itemID)?.name ?? "") }
        let open = materials.loans.values.filter(\.isOpen).sorted {
            ($0.due?.number ?? .max, $0.at) < ($1.due?.number ?? .max, $1.at)
        }
        let closed = materials.loans.values.suffix(limit).filter { !$0.isOpen }.map { row($0) }
        let issues = materials.issues.values.suffix(limit).map { row($0) }
        return open.map { row($0) } + (issues + closed).sorted { $0.at > $1.at }
    }

    static func id(_ row: Row) -> String {
        switch row {
        case .loan(let loan, _): loan.id.id.text
        case .issue(let issue, _): issue.id.id.text
        }
    }

    static func stage(_ row: Row) -> Bool { row.left.scaled == 0 }
    static func words(_ row: Row) -> [String] { [row.name, row.to] }

    static func cells(_ row: Row, _ glyphs: Glyphs, _ context: Context) -> [Line] {
        let item = context.estate.materials.item(row.itemID)
        let isOverdue = row.isOverdue(context)
        let isDone = row.left.scaled == 0
        let sign = isOverdue ? Span("!", .danger.bold) : isDone ? Span(glyphs.done, .good) : Span(" ")
        let request = row.request.flatMap { context.estate.requests[$0] }
        return [
            [sign], Line(context(row.isLoan ? Label("借用", en: "lent") : Label("领用", en: "issued")), .muted),
            Line(row.name, isDone ? .muted : .strong),
            Line(item?.amount(isDone ? row.quantity : row.left) ?? row.quantity.text),
            Line(row.to), due(row, isOverdue, context), Line(context.clock(row.at), .muted),
            Line(request.map { "\($0.unit.text) \($0.text)" } ?? "", .muted),
        ]
    }

    private static func due(_ row: Row, _ isOverdue: Bool, _ context: Context) -> Line {
        guard case .loan(let loan, _) = row else { return Line("") }
        if !loan.isOpen { return Line(context(Label("已还", en: "back")), .good) }
        guard let due = loan.due else { return Line("—", .faint) }
        let days = context.today.days(since: due)
        if days > 0 { return Line(context(Label("迟 \(days) 天", en: "\(days) d late")), .danger) }
        return days == 0 ? Line(context(Label("今天", en: "today")), .warning) : Line(due.short)
    }

    static func summary(_ rows: [Row], _ glyphs: Glyphs, _ context: Context) -> [Span] {
        let lent = rows.filter { $0.isLoan && $0.left.scaled > 0 }
        let late = lent.count { $0.isOverdue(context) }
        let open = Span(context(Label("未还 \(lent.count)", en: "lent \(lent.count)")), .muted)
        if late == 0 { return [open] }
        return [open, Span(context(Label("  逾期 \(late)", en: "  overdue \(late)")), .danger)]
    }

    static func detail(_ row: Row, _ context: Context) -> [Line] {
        let item = context.estate.materials.item(row.itemID)
        var lines = [
            Line([Span("\(row.name)  ", .strong), Span(item?.amount(row.quantity) ?? "")]),
            detailLine(context(Label("谁", en: "Who")), row.to),
            detailLine(context(Label("时间", en: "At")), context.clock(row.at)),
        ]
        switch row {
        case .loan(let loan, _):
            let parts = [
                (Label("已还", en: "returned"), loan.returned), (Label("损坏", en: "damaged"), loan.damaged),
                (Label("丢失", en: "lost"), loan.lost), (Label("未还", en: "still lent"), loan.outstanding),
            ]
            lines += parts.filter { $0.1.scaled > 0 }.map { detailLine(context($0.0), $0.1.text) }
            if let due = loan.due { lines.append(detailLine(context(Label("应还日", en: "Due back")), due.text)) }
        case .issue(let issue, _):
            lines.append(detailLine(context(Label("成本", en: "Cost")), issue.cost.grouped))
            if issue.returned.scaled > 0 {
                lines.append(detailLine(context(Label("已退库", en: "Returned")), issue.returned.text))
            }
            if let purpose = issue.purpose { lines.append(detailLine(context(Label("用途", en: "Purpose")), purpose)) }
            if let request = issue.request.flatMap({ context.estate.requests[$0] }) {
                lines.append(
                    detailLine(context(Label("工单", en: "Request")), "\(request.unit.text) \(request.text)"))
            }
        }
        return lines
    }
}

extension OutgoingList.Row {
    var isLoan: Bool { if case .loan = self { true } else { false } }

    var name: String {
        switch self {
        case .loan(_, let name), .issue(_, let name): name
        }
    }

    var to: String {
        switch self {
        case .loan(let loan, _): loan.to
        case .issue(let issue, _): issue.to
        }
    }

    var quantity: StockQuantity {
        switch self {
        case .loan(let loan, _): loan.quantity
        case .issue(let issue, _): issue.quantity
        }
    }

    /// What has not come back.
    var left: StockQuantity {
        switch self {
        case .loan(let loan, _): loan.outstanding
        case .issue(let issue, _): issue.used
        }
    }

    var at: Moment {
        switch self {
        case .loan(let loan, _): loan.at
        case .issue(let issue, _): issue.at
        }
    }

    var itemID: EntryID {
        switch self {
        case .loan(let loan, _): loan.itemID
        case .issue(let issue, _): issue.itemID
        }
    }

    var due: Day? { if case .loan(let loan, _) = self { loan.due } else { nil } }
    var request: Ref<Request>? { if case .issue(let issue, _) = self { issue.request } else { nil } }

    func isOverdue(_ context: Context) -> Bool {
        if case .loan(let loan, _) = self { loan.isOverdue(on: context.today) } else { false }
    }

    func words(_ context: Context) -> String {
        switch self {
        case .loan(let loan, _): loan.words(in: context.estate)
        case .issue(let issue, _): issue.words(in: context.estate)
        }
    }
}
