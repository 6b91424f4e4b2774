import Estate
import Screen

/// The violations (违规), those that are to be reported first.
struct ViolationList: ViewSource {
    typealias Shown = ViolationsView
    static let name = "violations"
    static let label = ViolationsView.label
    static let creates: (any Action.Type)? = nil
    static let refreshPolicy = RefreshPolicy.inSight
    static func parts(of estate: Estate) -> [Int] { [estate.$renovations, estate.$staff] }
    static let nothingSelected = Label("没有选中的违规", en: "no violation is selected")
    static func empty(_ context: Context) -> Label { Label("没有违规", en: "no violations") }

    static let commands: [Command] = [
        rowCommand(
            "violations.report", Label("已报告", en: "Reported"),
            doc: Label("已向主管部门报告：报给谁、受理号", en: "it was reported: to whom, and their number"),
            keys: [.enter], priority: 9, action: ReportViolation.self,
            disabledReason: { row, _ in
                switch row.state {
                case .toReport: nil
                case .reported: Label("这条已报告", en: "it was reported already")
                case .obeyed: Label("已改正，不必报告", en: "it was put right: no report is needed")
                }
            }
        ) { row, _ in
            .form(
                ReportViolation.self, fixed: ["violation": row.id],
                title: Label("报告违规 · \(subject(of: row))", en: "Reported · \(subject(of: row))"))
        },
        rowCommand(
            "violations.obeyed", Label("已改正", en: "Put right"),
            doc: Label("装修人停下或改正了", en: "they have stopped, or put it right"), keys: [.control("n")],
            priority: 8, action: ObeyViolation.self,
            disabledReason: { row, _ in row.obeyed == nil ? nil : Label("这条已改正", en: "it was put right already") }
        ) { row, _ in
            .confirm(
                Label("\(subject(of: row)) 已改正？", en: "\(subject(of: row)): put right?"),
                about: row.isHarmed
                    ? [Label("已造成后果：改正了也要报告", en: "harm was done: it is to be reported all the same")] : [],
                yes: Label("已改正", en: "put right"),
                .perform(
                    ObeyViolation(violation: row.id),
                    done: Label("\(subject(of: row)) 已改正", en: "\(subject(of: row)) was put right")))
        },
    ]

    private static func subject(of row: Row) -> String { "\(row.unit?.text ?? "") \(row.what)" }

    static let columns: [ListColumn<Row>] = [
        .sign(priority: 9),
        ListColumn("state", Label("状态", en: "State"), .fixed("", 8, priority: 8)) { $0.state.rawValue },
        ListColumn("unit", .unit, .fixed("", 8, priority: 9)) { $0.unit?.text ?? "" },
        ListColumn("what", ViolationsView.label, .filling("", min: 16, priority: 7)) { Pinyin.spelled($0.what) },
        ListColumn("at", Label("发现", en: "Found"), .fixed("", 11, priority: 4)) { $0.at },
        ListColumn("due", Label("报告期限", en: "Report due"), .fixed("", 11, priority: 6)) {
            $0.reportDue ?? .distantFuture
        },
        ListColumn("evidence", Label("证据", en: "Evidence"), Column("", min: 6, ideal: 10, priority: 3)) {
            $0.evidence ?? ""
        },
    ]

    static func rows(_ context: Context) -> [Row] {
        let rows = context.estate.renovations.violations.values.map { Row($0, in: context.view) }
        let open = rows.filter { $0.state == .toReport }
        return open.sorted { ($0.reportDue ?? .distantFuture) < ($1.reportDue ?? .distantFuture) }
            + rows.filter { $0.state != .toReport }.reversed()
    }

    static func updated(_ violation: Violation, _ context: Context) -> Row? {
        context.estate.renovations.violations[violation.id].map { Row($0, in: context.view) }
    }

    static func id(_ row: Row) -> String { row.id.id.text }
    static func subject(_ row: Row) -> String? { row.subject.renovation.id.text }
    static func words(_ row: Row) -> [String] {
        [row.unit?.text ?? "", row.what, row.evidence ?? "", row.state.label.chinese]
    }

    static func style(of state: ViolationState) -> Style {
        switch state {
        case .toReport: .danger
        case .reported: .info
        case .obeyed: .muted
        }
    }

    /// `待报告 11-24 09:00 前`, `已报告 住建局 2026-118`, `已改正 11-23 16:00`.
    static func words(of row: Row, _ context: Context) -> Label {
        if let report = row.report {
            let words = [report.to, report.number].compactMap { $0 }.joined(separator: " ")
            return Label("已报告 \(words)", en: "reported to \(words)")
        }
        if row.state == .toReport, let due = row.reportDue {
            return Label("\(context.clock(due)) 前报告", en: "to be reported by \(context.clock(due))")
        }
        let at = row.obeyed.map { context.clock($0) } ?? ""
        return Label("已改正 \(at)", en: "put right \(at)")
    }

    static func cells(_ row: Row, _ glyphs: Glyphs, _ context: Context) -> [Line] {
        let style = style(of: row.state)
        let isLate = row.state == .toReport && row.reportDue.map { $0 < context.now } ?? false
        return [
            row.state == .toReport ? Line("!", style.bold) : Line(glyphs.done, .muted),
            Line(context(row.state.label), style), Line(row.unit?.text ?? "", .strong), Line(row.what),
            Line(context.clock(row.at), .muted),
            Line(
                row.state == .toReport ? row.reportDue.map { context.clock($0) } ?? "" : "—",
                isLate ? .danger : row.state == .toReport ? .warning : .faint),
            Line(row.evidence ?? "—", row.evidence == nil ? .faint : .text),
        ]
    }

    /// 待报告 1
    static func tally(_ rows: [Row], _ context: Context) -> Int { rows.count { $0.state == .toReport } }
    static func summary(_ tally: Int, _ glyphs: Glyphs, _ context: Context) -> [Span] {
        .counts([(ViolationState.toReport.label, tally, .danger)], context)
    }

    static func detail(_ row: Row, _ context: Context) -> [Line] {
        row.detailLines(context, without: ["id", "renovation"])
    }
}
