import Estate
import Screen

/// The sheets for the door (施工证) and the workers' passes below each: those that are valid first.
struct PermitList: ListSource {
    static let name = "permits"
    static let label = Label("证件", en: "Passes")
    static let creates: (any Action.Type)? = nil
    static let refreshPolicy = RefreshPolicy.inSight
    static func parts(of estate: Estate) -> [Int] { [estate.$renovations, estate.$staff] }
    static let granularity = ClockGranularity.day
    static let nothingSelected = Label("没有选中的证件", en: "nothing is selected")
    static func empty(_ context: Context) -> Label { Label("还没有登记可开工的装修", en: "no works may begin yet") }

    struct Item: Sendable {
        let renovation: RenovationCase
        let pass: Pass?
    }

    struct Row: Sendable {
        let permit: ViewRow<PermitsView>
        /// `nil` in the row of the sheet for the door.
        let pass: ViewRow<PassesView>?
    }

    static func item(of row: Row) -> Item { Item(renovation: row.permit.subject, pass: row.pass?.subject) }
    static func row(_ item: Item, _ context: Context) -> Row {
        Row(
            permit: ViewRow(item.renovation, in: context.view), pass: item.pass.map { ViewRow($0, in: context.view) })
    }

    static let commands: [Command] = [
        rowCommand(
            "permits.print", Label("打印", en: "Print"),
            doc: Label("打印施工证、出入证或案卷", en: "the sheet for the door, the passes or the case file"),
            keys: [.enter, .control("g")], priority: 9
        ) { row, context in .printing(row.permit.subject, context) },
        rowCommand(
            "permits.pass", Label("出入证", en: "Pass"), doc: Label("再办一张出入证", en: "one more pass of this renovation"),
            keys: [.control("a")], priority: 7, action: IssuePass.self,
            disabledReason: { row, _ in
                row.permit.permitState == .ended ? Label("施工已结束", en: "the works are over") : nil
            }
        ) { row, _ in
            .form(
                IssuePass.self, fixed: ["renovation": row.permit.subject.id],
                title: Label(
                    "\(IssuePass.label.chinese) · \(row.permit.unit.text) \(row.permit.contractor)",
                    en: "\(IssuePass.label.english) · \(row.permit.unit.text) \(row.permit.contractor)"))
        },
    ]

    static let columns: [ListColumn<Row>] = [
        ListColumn("unit", .unit, .fixed("", 8, priority: 9)) { $0.permit.unit },
        ListColumn("who", Label("施工单位、人员", en: "Contractor, workers"), .filling("", min: 14, priority: 8)) {
            Pinyin.spelled($0.permit.contractor)
        },
        ListColumn("state", Label("状态", en: "State"), .fixed("", 10, priority: 7)) {
            $0.permit.permitState?.rawValue ?? ""
        },
        ListColumn("until", Label("有效到", en: "Until"), .fixed("", 10, priority: 6)) {
            $0.permit.until ?? Day(number: .max)
        },
        ListColumn("issue", Label("版次", en: "Issue"), .fixed("", 8, priority: 3)) { issue(of: $0) },
        ListColumn("number", Label("编号", en: "Number"), Column("", min: 11, ideal: 15, priority: 4)) {
            $0.permit.number
        },
    ]

    /// How often it was issued: an extension issues it anew.
    private static func issue(of row: Row) -> Int { row.pass.map { $0.issue ?? 1 } ?? row.permit.extensions.count + 1 }

    static func rows(_ context: Context) -> [Row] {
        let permits = PermitsView().subjects(in: context.view).reversed().map {
            ViewRow<PermitsView>($0, in: context.view)
        }
        return PermitState.allCases.flatMap { state in permits.filter { $0.permitState == state } }.flatMap { permit in
            [Row(permit: permit, pass: nil)]
                + permit.passes.map { Row(permit: permit, pass: ViewRow($0, in: context.view)) }
        }
    }

    static func id(_ row: Row) -> String { row.pass?.id.id.text ?? row.permit.subject.id.id.text }
    static func subject(_ row: Row) -> String? { row.permit.subject.id.id.text }
    static func words(_ row: Row) -> [String] {
        [
            row.permit.unit.text, row.pass.map { name(of: $0) } ?? row.permit.contractor, row.pass?.trade ?? "",
            row.pass?.number ?? row.permit.number, row.permit.permitState?.label.chinese ?? "",
        ]
    }

    private static func name(of pass: ViewRow<PassesView>) -> String {
        pass.name.display(zone: pass.context.zone, language: .chinese)
    }

    static func cells(_ row: Row, _ glyphs: Glyphs, _ context: Context) -> [Line] {
        let state = row.permit.permitState ?? .ended
        let style: Style =
            switch state {
            case .valid: .good
            case .early: .info
            case .expired: .danger
            case .ended: .muted
            }
        let isOver = state == .ended
        let who: Line =
            row.pass.map { pass in
                [Span("  \(name(of: pass))"), Span(pass.trade.map { "  \($0)" } ?? "", .muted)]
            } ?? Line(row.permit.contractor, isOver ? .muted : .strong)
        let issue = issue(of: row)
        return [
            Line(row.permit.unit.text, row.pass == nil && !isOver ? .strong : .muted), who,
            Line(context(state.label), style), Line(row.permit.until?.text ?? "—", isOver ? .muted : .text),
            Line(issue > 1 ? context(Label("第 \(issue) 版", en: "issue \(issue)")) : "", .warning),
            Line(row.pass?.number ?? row.permit.number, .muted),
        ]
    }

    /// The sheets for the door that are valid, and those of works that should be over.
    static func tally(_ rows: [Row], _ context: Context) -> (valid: Int, expired: Int) {
        func count(_ state: PermitState) -> Int { rows.count { $0.pass == nil && $0.permit.permitState == state } }
        return (count(.valid), count(.expired))
    }

    /// 有效 5 已到期 1
    static func summary(
        _ tally: (valid: Int, expired: Int), _ glyphs: Glyphs, _ context: Context
    ) -> [Span] {
        .counts(
            [(PermitState.valid.label, tally.valid, .good), (PermitState.expired.label, tally.expired, .danger)],
            context)
    }

    static func detail(_ row: Row, _ context: Context) -> [Line] {
        row.pass?.detailLines(context, without: ["id", "renovation"])
            ?? row.permit.detailLines(context, without: ["id", "renovation"])
    }
}
