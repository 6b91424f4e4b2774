import Estate
import Screen

extension Figures {
    /// The return-visit rates by class (回访率), each against its target.
    static let rates = Figures(
        title: RatesView.label, name: Label("类别", en: "Class"),
        counts: [
            Label("应回访", en: "matured"), Label("已回访", en: "covered"), Label("未回访", en: "not"),
            Label("及时", en: "on time"), Label("逾期", en: "late"), Label("不合规", en: "amiss"),
        ],
        remarks: [
            (Label("回访率/标准", en: "Rate/target"), 12), (Label("及时率%", en: "In time"), 7),
        ],
        rows: { period, context in
            let estate = context.estate
            return RequestClass.allCases.map { requestClass in
                let cases = estate.followUps.cases(
                    of: requestClass, in: period, at: context.now, zone: estate.zone
                ).map { FollowUpsView.Row($0, in: context.view) }
                func count(_ style: Style, _ isCounted: (FollowUpsView.Row) -> Bool) -> Count {
                    Count(cases: cases.filter(isCounted).map(visit), style: style)
                }
                let covered = count(.text) { $0.covered == true }
                let onTime = count(.good) { $0.onTime == true }
                return Row(
                    name: context(requestClass.label),
                    counts: [
                        count(.text) { _ in true }, covered,
                        count(.danger) { $0.covered == false }, onTime,
                        count(.warning) { $0.covered == true && $0.onTime == false },
                        count(.warning) { !$0.deviations.isEmpty },
                    ],
                    remarks: share(
                        Share(covered.cases.count, of: cases.count),
                        target: estate.visitTarget(of: requestClass, in: period),
                        onTime:
                            Share(onTime.cases.count, of: cases.count), context))
            }
        },
        caseColumns: [
            .fixed("", 8, priority: 5), .fixed("", 8, priority: 6), .filling("", min: 12, priority: 7),
            Column("", min: 14, ideal: 22, priority: 4),
        ])

    /// 98.70/100 ✗  96.20
    private static func share(_ share: Share?, target: Int?, onTime: Share?, _ context: Context) -> [Line] {
        let time = Line(onTime?.text ?? "—", .muted)
        let number = share?.text ?? "—"
        guard let target else { return [Line("\(number)/\(context(Label("未定", en: "unset")))", .muted), time] }
        guard let share else { return [Line("—/\(target)", .muted), time] }
        let isMet = share.meets(percent: target)
        return [Line("\(number)/\(target) \(isMet ? "✓" : "✗")", isMet ? .good : .danger), time]
    }

    private static func visit(_ row: FollowUpsView.Row) -> Case {
        Case(cells: { cells(of: row, $0) }, detail: { FollowUpList.detail(row, $0) })
    }

    /// 11-05 止  3-2-501  楼上太吵  11-04 吴霞
    private static func cells(of row: FollowUpsView.Row, _ context: Context) -> [Line] {
        let visited = row.visitedAt.map {
            "\(Day($0, in: context.estate.zone).short) \(row.visited.joined(separator: "、"))"
        }
        let missing =
            row.closed == nil ? Label("未回访", en: "not visited") : FollowUpState.closed.label
        let due = Label("\(row.due.short) 止", en: "by \(row.due.short)")
        let style: Style = row.covered == false ? .danger : row.onTime == false ? .warning : .text
        return [
            Line(context(due), .muted), Line(row.unit.text, .strong),
            Line(FollowUpList.flags(row, context) + [Span(row.text)]), Line(visited ?? context(missing), style),
        ]
    }
}
