import Estate
import Screen

/// The renovations (装修), what is due first at the top, those that are over last.
struct RenovationList: ViewSource {
    typealias Shown = RenovationsView
    static let name = "renovations"
    static let label = RenovationsView.label
    static let creates: (any Action.Type)? = ApplyRenovation.self
    static func parts(of estate: Estate) -> [Int] {
        [estate.$renovations, estate.$fees, estate.$people, estate.$staff]
    }
    static let granularity = ClockGranularity.day
    static let nothingSelected = Label("没有选中的装修", en: "no renovation is selected")
    static func empty(_ context: Context) -> Label {
        let key = context.keys.key(of: "new")
        return Label("还没有装修申报；\(key) 登记一户", en: "no renovation yet: \(key) registers one")
    }

    static let columns: [ListColumn<Row>] = [
        .sign(priority: 9),
        ListColumn("unit", .unit, .fixed("", 8, priority: 9)) { $0.unit },
        ListColumn("state", Label("状态", en: "State"), .fixed("", 12, priority: 8)) { order(of: $0.state) },
        ListColumn("next", Label("下一步", en: "Next"), .filling("", min: 16, priority: 7)) {
            $0.nextDue?.day ?? Day(number: .max)
        },
        ListColumn("contractor", Label("施工单位", en: "Contractor"), Column("", min: 8, ideal: 14, priority: 3)) {
            Pinyin.spelled($0.contractor)
        },
        ListColumn("until", Label("施工到", en: "Until"), .fixed("", 6, priority: 5)) {
            $0.until ?? Day(number: .max)
        },
        ListColumn("balance", Label("押金余额", en: "Deposit"), .fixed("", 10, alignment: .right, priority: 4)) {
            $0.balance
        },
    ]

    private static func order(of state: RenovationState) -> Int {
        RenovationState.allCases.firstIndex(of: state) ?? 0
    }

    static let grouping: ListGrouping<Row>? = ListGrouping(
        label: Label("状态", en: "State"), width: 16, empty: Label("没有装修", en: "no renovations"),
        rows: { rows, _ in RenovationState.allCases.flatMap { state in rows.filter { $0.state == state } } },
        group: { $0.state.rawValue },
        head: { name, count in
            let state = RenovationState(rawValue: name)?.label ?? .none
            return Label("\(state.chinese) \(count)", en: "\(state.english) \(count)")
        }, title: { _, count in Label("按状态 \(count) 户", en: "by state \(count)") })

    static func rows(_ context: Context) -> [Row] {
        RenovationsView().subjects(in: context.view).map { Row($0, in: context.view) }
    }

    static func updated(_ renovation: RenovationCase, _ context: Context) -> Row? {
        context.estate.renovations.all[renovation.id].map { Row($0, in: context.view) }
    }

    static func id(_ row: Row) -> String { row.id.id.text }
    static func words(_ row: Row) -> [String] {
        [row.unit.text, row.number, row.contractor, row.works.text, row.state.label.chinese] + row.kinds
    }

    static func cells(_ row: Row, _ glyphs: Glyphs, _ context: Context) -> [Line] {
        let next = next(of: row, context)
        let isLate = next.contains { $0.style == .danger }
        let sign: Span =
            if isLate {
                Span("!", Style.danger.bold)
            } else if !row.isOpen {
                Span(glyphs.done, .muted)
            } else if row.state == .permitted {
                Span(glyphs.current, .good)
            } else {
                Span(glyphs.open, .muted)
            }
        return [
            Line([sign]), Line(row.unit.text, row.isOpen ? .strong : .muted),
            Line(context(row.state.label), style(of: row.state)), Line(next),
            Line(row.contractor, .muted), Line(row.until?.short ?? "—", row.until == nil ? .faint : .text),
            row.balance > .zero && context.seesDeposits ? Line(row.balance.grouped) : Line("—", .faint),
        ]
    }

    static func style(of state: RenovationState) -> Style {
        switch state {
        case .applied, .accepted: .info
        case .papers, .finished: .warning
        case .permitted: .good
        case .rectifying: .danger
        case .refunded, .withdrawn: .muted
        }
    }

    /// How many renovations wait for what.
    struct Tally: Sendable {
        let permits, late, checks, refunds, violations: Int
    }

    static func tally(_ rows: [Row], _ context: Context) -> Tally {
        func count(_ states: RenovationState...) -> Int { rows.count { states.contains($0.state) && $0.isOpen } }
        return Tally(
            permits: count(.papers), late: rows.count { $0.permit == nil && $0.inTime == false },
            checks: count(.finished, .rectifying), refunds: count(.accepted, .withdrawn),
            violations: rows.count { $0.flags.contains(.violation) })
    }

    /// 违规未报 1 超期 1 待登记 1 待检查 1 待退押金 2: what waits for the member's own step.
    static func summary(_ tally: Tally, _ glyphs: Glyphs, _ context: Context) -> [Span] {
        let refunds = context.seesDeposits ? tally.refunds : 0
        let counts: [(Label, Int, Style)] = [
            (Label("违规未报", en: "to report"), tally.violations, .danger),
            (Label("超期", en: "late"), tally.late, .danger), (Label("待登记", en: "to register"), tally.permits, .warning),
            (Label("待检查", en: "to check"), tally.checks, .warning), (Label("待退押金", en: "to refund"), refunds, .info),
        ]
        return .counts(counts, context)
    }

    /// The open renovations of a unit.
    static func card(of unit: UnitCode, _ context: Context) -> CardSection? {
        let open = context.estate.renovations.of(unit).filter(\.isOpen).map { Row($0, in: context.view) }
        return .matters(
            Label("装修", en: "renovation"),
            open.map { "\(context($0.state.label)) \(Line(next(of: $0, context)).text)" },
            title: label, lines: open.map { line(of: $0, context) }, records: open.map(\.id.id.text), priority: 6,
            context)
    }

    /// `可开工  施工中，还有 12 天 · 安居装饰  到 12-08`
    private static func line(of row: Row, _ context: Context) -> Line {
        let until = row.until.map { context(Label("  到 \($0.short)", en: "  until \($0.short)")) } ?? ""
        return Line(
            [Span("\(context(row.state.label))  ", style(of: row.state))] + next(of: row, context)
                + [Span("  \(row.contractor)\(until)", .muted)])
    }

    /// The open renovations of a unit, for the details of what else concerns it.
    static func details(of unit: UnitCode, _ context: Context) -> [Line] {
        context.estate.renovations.of(unit).filter(\.isOpen).map { renovation in
            Line([Span("\(context(label))  ", .muted)] + line(of: Row(renovation, in: context.view), context).spans)
        }
    }
}

extension Context {
    /// Whether the member may see what is held of a deposit.
    var seesDeposits: Bool { member.map { !PaymentsView.hiddenFrom.contains($0.role) } ?? true }
}

extension [Span] {
    /// `违规未报 1 待登记 2`: what there is any of.
    static func counts(_ counts: [(Label, Int, Style)], _ context: Context) -> [Span] {
        counts.filter { $0.1 > 0 }.enumerated().map { place, count in
            Span("\(place == 0 ? "" : " ")\(context(count.0)) \(count.1)", count.2)
        }
    }
}
