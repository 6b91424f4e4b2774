import Estate
import Screen

/// The daily close (日结): the methods of the open tills to be counted, the member's own first, then what was closed.
///
/// What has to be there is not shown before it is counted.
struct TillList: ListSource {
    static let name = "tills"
    static let label = TillsView.label
    static let creates: (any Action.Type)? = OpenTill.self
    static let refreshPolicy = RefreshPolicy.inSight
    static func parts(of estate: Estate) -> [Int] { [estate.$tills, estate.$fees, estate.$deposits, estate.$staff] }
    static let granularity = ClockGranularity.day
    static let hiddenFrom = TillsView.hiddenFrom
    static let nothingSelected = Label("没有选中的方式", en: "no method is selected")

    typealias Row = TillsView.Subject

    /// The tills that are listed.
    private static let limit = 40

    static func empty(_ context: Context) -> Label {
        let key = context.keys.key(of: "new")
        return Label("还没有收银班：\(key) 填备用金开始", en: "no till yet: \(key) opens one with its float")
    }

    static let commands: [Command] = [
        rowCommand(
            "tills.count", Label("点数", en: "Count"),
            doc: Label("填这种方式清点的数，填后才显示应有数", en: "what was counted, before it shows what has to be there"),
            keys: [.enter], priority: 9, action: CountTill.self, disabledReason: closedReason
        ) { row, context in
            guard let till = row.till else { return .none }
            let (method, note) = (row.method, row.method == PaymentMethods.cash && till.float > .zero)
            return .form(
                CountTill.self, fixed: ["till": till.id, "method": method], first: "counted",
                title: Label(
                    "点数 · \(method)\(note ? "（连备用金）" : "")", en: "Count · \(method)\(note ? " (with the float)" : "")"),
                done: Label("\(method) 已点", en: "\(method) is counted"))
        },
        rowCommand(
            "tills.close", Label("日结交款", en: "Close"),
            doc: Label("各种方式点完后日结，交给接收人", en: "close the till and hand it over"),
            keys: [.control("e")], priority: 8, action: CloseTill.self, disabledReason: closedReason
        ) { row, context in
            guard let till = row.till else { return .none }
            let cashier = context.estate.staff.name(of: till.cashier)
            return .form(
                CloseTill.self, fixed: ["till": till.id],
                title: Label("日结交款 · \(cashier)", en: "Close the till of \(cashier)"))
        },
        rowCommand(
            "tills.explain", Label("原因", en: "Reason"), doc: Label("写明这种方式长款或短款的原因", en: "why a method differs"),
            keys: [.control("r")], priority: 6, action: ExplainTill.self,
            disabledReason: { row, _ in
                row.difference.map { $0 == .zero } ?? true
                    ? Label("没有长短款", en: "there is no difference") : nil
            },
            run: { row, context in
                guard let till = row.till else { return .none }
                let words = row.difference?.differenceWords ?? .none
                return .form(
                    ExplainTill.self, prefill: row.why.map { ["why": $0] } ?? [:],
                    fixed: ["till": till.id, "method": row.method],
                    title: Label("\(row.method) \(words.chinese) · 原因", en: "\(row.method), \(words.english): why"))
            }),
        rowCommand(
            "tills.print", Label("日结单", en: "Print"),
            doc: Label("打印这一班的日结单", en: "the sheet of this till, to be printed"),
            keys: [.control("g")], priority: 5, disabledReason: { row, _ in row.till == nil ? .inNoTill : nil }
        ) { row, context in
            guard let till = row.till else { return .none }
            let report = DailyReport(till: till.id)
            return (try? report.document(of: context.estate, at: context.now, context.language)).map {
                .effect(.save($0))
            } ?? .none
        },
    ]

    @Sendable private static func closedReason(_ row: Row, _ context: Context) -> Label? {
        guard let till = row.till else { return .inNoTill }
        if !till.isOpen { return Label("这一班已经日结", en: "this till was closed") }
        guard let member = context.member, member.role == .operator, member.code != till.cashier else { return nil }
        let name = context.estate.staff.name(of: till.cashier)
        return Label("这是 \(name) 的收银班", en: "this is the till of \(name)")
    }

    static let columns: [ListColumn<Row>] = [
        ListColumn("opened", Label("开始", en: "Opened"), .fixed("", 11, priority: 6)) { $0.opened },
        ListColumn("cashier", Label("收银员", en: "Cashier"), Column("", min: 6, ideal: 8, priority: 5)) {
            $0.cashier
        },
        ListColumn("method", Label("方式", en: "Method"), Column("", min: 6, ideal: 8, priority: 9)) { $0.method },
        ListColumn("counted", Label("清点", en: "Counted"), .fixed("", 12, alignment: .right, priority: 9)) {
            $0.counted ?? .zero
        },
        ListColumn("expected", Label("应有", en: "Expected"), .fixed("", 12, alignment: .right, priority: 8)) {
            $0.expected ?? .zero
        },
        ListColumn("difference", Label("长短款", en: "Difference"), Column("", min: 10, ideal: 17, priority: 8)) {
            $0.difference ?? .zero
        },
        ListColumn("why", Label("原因", en: "Reason"), .filling("", min: 8, priority: 4)) { $0.why ?? "" },
    ]

    /// The methods of the open tills, what came today outside any till, then the closed ones.
    static func rows(_ context: Context) -> [Row] {
        let estate = context.estate
        let closed = estate.tills.all.values.filter { !$0.isOpen }.suffix(limit)
        let own = context.member?.code
        let open = estate.tills.all.values.filter(\.isOpen)
        let outside = estate.moneyOutside(open + closed).filter { $0.day == context.today }
        let methods = estate.tillMethods(
            of: open.filter { $0.cashier == own } + open.filter { $0.cashier != own } + closed.reversed()
        ).filter { $0.till.isOpen || $0.expected != .zero || $0.counted ?? .zero != .zero || $0.later != nil }
        return methods.filter(\.till.isOpen).map { .method($0) } + outside.map { .outside($0) }
            + methods.filter { !$0.till.isOpen }.map { .method($0) }
    }

    static func id(_ row: Row) -> String { "\(row.till?.id.id.text ?? row.cashier) \(row.method)" }
    static func subject(_ row: Row) -> String? { row.till?.id.id.text }
    /// After a count the next method is to be counted.
    static func stage(_ row: Row) -> Bool { row.isCounted }
    static func words(_ row: Row) -> [String] { [row.method, row.why ?? "", row.count?.slip ?? ""] }

    static func cells(_ row: Row, _ glyphs: Glyphs, _ context: Context) -> [Line] {
        let clock = context.clock(row.opened)
        let name = context.estate.staff.name(of: row.cashier)
        return [
            Line(clock, .muted), Line(name, row.till?.isOpen ?? true ? .strong : .muted), Line(row.method),
            Line(row.counted?.grouped ?? "", .strong), Line(row.expected?.grouped ?? ""), difference(row, context),
            row.till == nil ? Line(words(outside: row, context), .warning) : Line(row.why ?? "", .muted),
        ]
    }

    /// `3 笔 500.00，退 20.00` of money outside any till.
    private static func words(outside row: Row, _ context: Context) -> String {
        guard case .outside(let money) = row else { return "" }
        let (count, received, refunded) = (money.line.count, money.line.received, money.line.refunded)
        return [
            count == 0 ? nil : Label("\(count) 笔 \(received.grouped)", en: "\(count): \(received.grouped)"),
            refunded == .zero ? nil : Label("退 \(refunded.grouped)", en: "refunded \(refunded.grouped)"),
        ].compactMap { $0 }.map { context($0) }.joined(separator: context(Label("，", en: ", ")))
    }

    private static func difference(_ row: Row, _ context: Context) -> Line {
        if row.till == nil { return Line(context(Label("班外，不进日结", en: "in no till")), .warning) }
        guard let difference = row.difference else {
            return row.count == nil
                ? Line(context(Label("待点数", en: "to be counted")), .warning)
                : Line(context(Label("又有进出", en: "changed")), .danger)
        }
        guard let words = difference.differenceWords else { return Line(context(Label("相符", en: "agrees")), .good) }
        return Line(context(words), .danger)
    }

    /// The first open till's counted methods and differences, then the number of entries of money outside any till.
    static func summary(_ rows: [Row], _ glyphs: Glyphs, _ context: Context) -> [Span] {
        let outside = rows.count { $0.till == nil }
        let others =
            outside == 0
            ? [] : [Span(context(Label(" 班外收款 \(outside) 项", en: " outside any till: \(outside)")), .warning)]
        guard let till = rows.first?.till, till.isOpen else { return others }
        let own = rows.filter { $0.till?.id == till.id }
        let (counted, float) = (own.count(where: \.isCounted), till.float.grouped)
        var spans = [
            Span(context(Label(" 备用金 \(float)", en: " float \(float)")), .muted),
            Span(
                context(Label(" 已点 \(counted)/\(own.count)", en: " counted \(counted)/\(own.count)")),
                counted == own.count ? .good : .warning),
        ]
        if let words = own.reduce(Money.zero, { $0 + ($1.difference ?? .zero) }).differenceWords {
            spans.append(Span(" \(context(words))", .danger))
        }
        return spans + others
    }

    static func detail(_ row: Row, _ context: Context) -> [Line] {
        let estate = context.estate
        var lines = [
            Line([
                Span("\(row.method)  ", .strong),
                Span("\(estate.staff.name(of: row.cashier))  \(context.clock(row.opened))"),
            ])
        ]
        lines += TillsView.Row(row, in: context.view).detailLines(
            context, without: ["id", "cashier", "opened", "method", "outside"])
        if row.till == nil {
            lines.append(Line(context(Label("收款前没有开收银班", en: "no till was open when it was received")), .warning))
        } else if row.till?.isOpen == true {
            lines += estate.handbook.tills.steps.enumerated().map { Line("\($0 + 1). \($1)", .muted) }
        }
        return lines
    }
}

extension Label {
    fileprivate static let inNoTill = Label("这笔钱不在任何收银班里", en: "this money is in no till")
}
