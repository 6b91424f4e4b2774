import Estate
import Screen

extension Figures {
    /// The call quality by member (接听质量), section 1.
    static let calls = Figures(
        title: CallQualityView.label, name: Label("接听人", en: "Member"),
        counts: [
            Label("通话", en: "calls"), Label("接听", en: "answered"), Label("三声内", en: "in time"),
            Label("超三声", en: "late"),
            Label("未接", en: "missed"), Label("已回", en: "returned"), Label("打错", en: "wrong"),
            Label("有遗漏", en: "omissions"),
        ],
        remarks: [(Label("三声内%", en: "In time %"), 9)],
        rows: { period, context in
            let estate = context.estate
            let limit = estate.handbook.calls.rings.limit
            let calls = estate.calls.all.values.filter { Period($0.rang, in: estate.zone) == period }
            let members = Dictionary(grouping: calls, by: \.by).sorted { $0.key < $1.key }
            return members.map { member, calls in
                func count(_ style: Style, _ isCounted: (Call) -> Bool) -> Count {
                    Count(cases: calls.filter(isCounted).map(call), style: style)
                }
                let answered = count(.text) { $0.inTime(limit: limit) != nil }
                let inTime = count(.good) { $0.inTime(limit: limit) == true }
                let share = Share(inTime.cases.count, of: answered.cases.count)?.text
                return Row(
                    name: estate.staff.name(of: member),
                    counts: [
                        count(.text) { _ in true }, answered, inTime,
                        count(.warning) { $0.inTime(limit: limit) == false },
                        count(.danger) { $0.isMissed }, count(.text) { $0.state == .returned },
                        count(.muted) { $0.state == .wrong },
                        count(.warning) { !$0.omissions(limit: limit).isEmpty },
                    ], remarks: [Line(share ?? "—", .strong)])
            }
        },
        caseColumns: [
            .fixed("", 11, priority: 5), .fixed("", 13, priority: 6), .fixed("", 8, priority: 4),
            .filling("", min: 12, priority: 7),
        ])

    private static func call(_ call: Call) -> Case {
        Case(
            cells: { cells(of: call, $0) },
            detail: { call.detailLines($0) })
    }

    /// 11-05 09:12  3-2-501  李四  超过三声 · 楼上太吵
    private static func cells(of call: Call, _ context: Context) -> [Line] {
        let row = CallsView.Row(call, in: context.view)
        let rang = call.rang.display(zone: context.estate.zone, language: context.language)
        let omitted = row.omitted.map { context($0.label) }.joined(separator: context(Label("、", en: ", ")))
        let demands = call.demands.map(\.text).joined(separator: context(Label("、", en: ", ")))
        let wrong = call.state == .wrong ? context(call.state.label) : ""
        let text = demands.isEmpty ? call.purpose(for: context.member?.role) ?? wrong : demands
        return [
            Line(String(rang.dropFirst(5)), .muted), Line(row.unit?.text ?? row.phone ?? "—", .strong),
            Line(row.person ?? ""),
            omitted.isEmpty ? Line(text) : [Span(omitted, .warning), Span(text.isEmpty ? "" : " · \(text)")],
        ]
    }
}
