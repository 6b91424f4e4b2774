import Estate
import Screen

/// The return visits that are due, await rectification, or open within two weeks; the most urgent first.
struct FollowUpList: ViewSource {
    typealias Shown = FollowUpsView
    static let name = "followups"
    static let label = FollowUpsView.label
    static let creates: (any Action.Type)? = nil
    // Its badges stand in the status bar, wherever the list is.
    static var refreshPolicy: RefreshPolicy { .always }
    static func parts(of estate: Estate) -> [Int] {
        [estate.$followUps, estate.$requests, estate.$people, estate.$staff]
    }
    static func empty(_ context: Context) -> Label { Label("没有待办的回访", en: "no return visits are due") }
    /// How far ahead the list looks, in days.
    private static let horizon = 14

    static let commands: [Command] = [
        rowCommand(
            "followups.record", Label("登记回访", en: "Record"),
            doc: Label("登记回访结果：五项内容与业主签名", en: "what the visit came to, and the signature"),
            keys: [.enter], priority: 9, action: RecordFollowUp.self,
            disabledReason: { row, context in
                if row.awaitsRectification {
                    let key = context.keys.key(of: "followups.rectified")
                    return Label("不满意：先按 \(key) 登记整改完成", en: "unsatisfied: rectify it first (\(key))")
                }
                return row.state == .upcoming
                    ? Label("\(row.opens.short) 起才可回访", en: "may be visited from \(row.opens.short) on") : nil
            }
        ) { row, context in
            .form(
                RecordFollowUp.self, prefill: ["visitors": proposedVisitors(row, context)],
                fixed: ["followup": row.id],
                title: Label(
                    "登记回访 · \(row.unit.text) \(row.text) · 回访人员：\(row.requiredRoles(.chinese))",
                    en: "Return visit · \(row.unit.text) \(row.text) · visitors: \(row.requiredRoles(.english))"))
        },
        rowCommand(
            "followups.rectified", Label("整改完成", en: "Rectified"),
            doc: Label("不满意之处已整改，等待再次回访", en: "what was wanting is put right; visit again"), keys: [.control("r")],
            priority: 6, action: RectifyFollowUp.self,
            disabledReason: { row, _ in
                row.awaitsRectification
                    ? nil : Label("这个回访没有待整改的不满意", en: "this visit left nothing to rectify")
            }
        ) { row, _ in
            .form(
                RectifyFollowUp.self, fixed: ["followup": row.id],
                title: Label("\(row.unit.text)“\(row.text)”已整改？", en: "\(row.unit.text): put right?"))
        },
        rowCommand(
            "followups.appoint", Label("预约", en: "Appoint"),
            doc: Label("与业主约好：何时、谁去", en: "agree with the owner when, and who goes"), keys: [.control("g")],
            priority: 5, action: AppointFollowUp.self, disabledReason: isMade
        ) { row, context in
            .form(
                AppointFollowUp.self, prefill: ["visitors": proposedVisitors(row, context)],
                fixed: ["followup": row.id],
                title: Label(
                    "预约回访 · \(row.unit.text) \(row.text)", en: "Appointment · \(row.unit.text) \(row.text)"))
        },
        rowCommand(
            "followups.close", Label("无法回访", en: "Unreachable"),
            doc: Label("多次未遇或拒访：主管写明原因结案，仍计为未回访", en: "after several attempts: closed with the reason, not covered"),
            keys: [.control("u")], priority: 1, action: CloseFollowUp.self,
            disabledReason: { row, context in
                isMade(row, context)
                    ?? context.estate.followUps[row.id].flatMap { context.estate.closingRefused(of: $0) }
            }
        ) { row, _ in
            .form(
                CloseFollowUp.self, fixed: ["followup": row.id],
                title: Label(
                    "无法回访结案 · \(row.unit.text) \(row.text)", en: "Unreachable · \(row.unit.text) \(row.text)"))
        },
        callOut { .record($0.id.id) }, sheet,
        Command(
            "followups.route", Label("路线/队列", en: "Route/queue"),
            doc: Label("今日到期和逾期的，按楼排成路线；再按回到队列", en: "what is due today or overdue, by building; again for the queue"),
            keys: [.control("b")], priority: 5,
            run: { session, context in
                var settings = session.pane(ListPane<FollowUpList>.self)?.settings ?? ListSettings()
                settings.groupedOn = settings.isGrouped ? nil : context.today
                return .settings(settings, pane: name)
            }),
        .figures("followups.rates", .rates),
    ]

    @Sendable private static func isMade(_ row: Row, _ context: Context) -> Label? {
        row.awaitsRectification ? Label("不满意：先登记整改，再预约", en: "unsatisfied: rectify it first") : nil
    }

    /// The proposed visitors: those of the appointment; else, for each required role, its only member who did not do
    /// the work, or the signed-in member.
    private static func proposedVisitors(_ row: Row, _ context: Context) -> String {
        if !row.appointees.isEmpty { return row.appointees.joined(separator: ",") }
        let workers = context.estate.followUps[row.id].map { context.estate.assignedWorkers(of: $0).map(\.text) } ?? []
        return context.estate.handbook.followUpRule(for: row.class).visitors.compactMap { role in
            let all = context.estate.staff.present.filter { $0.role == role }
            let others = all.filter { !workers.contains($0.code) }
            let holders = others.isEmpty ? all : others
            return holders.count == 1 ? holders[0].name : holders.first { $0.code == context.member?.code }?.name
        }.joined(separator: ",")
    }

    static let columns: [ListColumn<Row>] = [
        .sign(priority: 9),
        ListColumn("due", Label("期限", en: "Due"), .fixed("", 8, priority: 8)) { $0.due },
        ListColumn("class", Label("类别", en: "Class"), Column("", min: 9, ideal: 11, priority: 5)) { $0.class.rawValue },
        ListColumn("unit", .unit, .fixed("", 8, priority: 7)) { $0.unit },
        ListColumn("text", Label("内容", en: "Text"), .filling("", min: 10, ideal: 18, priority: 6)) {
            Pinyin.spelled($0.text)
        },
        ListColumn("visitors", Label("回访人员", en: "Visitors"), .fixed("", 15, priority: 1)) { $0.visitors },
    ]

    static let grouping: ListGrouping<Row>? = ListGrouping(
        label: Label("楼", en: "Building"), width: 10,
        empty: Label("今天没有要走的回访", en: "nobody has to be visited today"),
        rows: { rows, context in
            let estate = context.estate
            let route = estate.followUps.route(
                for: context.member, estate.handbook, at: context.now, in: estate.zone)
            let known = Dictionary(uniqueKeysWithValues: rows.map { ($0.id, $0) })
            return route.compactMap { known[$0.id] }
        }, group: { $0.unit.building }, head: { Label("\($0) 栋 \($1) 次", en: "\($0): \($1)") },
        title: { Label("路线 \($0) 栋 \($1) 次", en: "route \($0) buildings \($1) visits") })

    static func rows(_ context: Context) -> [Row] {
        let all = context.estate.followUps
        let limit = context.today.adding(horizon)
        let pending = all.pending.compactMap { all[$0] }.filter { $0.opens <= limit }
        let awaiting = all.awaitingRectification.compactMap { all[$0] }
        return (pending + awaiting).map { Row($0, in: context.view) }
            .sorted { (rank($0), $0.due, $0.unit) < (rank($1), $1.due, $1.unit) }
    }

    static func updated(_ visit: FollowUp, _ context: Context) -> Row? {
        let all = context.estate.followUps
        guard all.pending.contains(visit.id) || all.awaitingRectification.contains(visit.id) else { return nil }
        return all[visit.id].map { Row($0, in: context.view) }
    }

    /// Overdue visits first, then those to rectify, then open ones, then those to come.
    private static func rank(_ row: Row) -> Int {
        if row.awaitsRectification { return 1 }
        return row.state == .overdue ? 0 : row.state == .open ? 2 : 3
    }

    static func id(_ row: Row) -> String { row.id.id.text }
    static func words(_ row: Row) -> [String] { [row.unit.text, row.text, row.class.label.chinese] }

    static func cells(_ row: Row, _ glyphs: Glyphs, _ context: Context) -> [Line] {
        let (sign, when, style) = urgency(row, glyphs, context)
        // 特约·中期
        let requestClass =
            row.stage == .single
            ? context(row.class.label) : context(Label("特约", en: "special")) + "·\(context(row.stage.label))"
        return [
            Line(sign, style.bold), Line(when, style), Line(requestClass, .info),
            Line(row.unit.text, .strong),
            Line(flags(row, context) + ownWork(row, context) + [Span(row.text)] + course(row, context)),
            Line(row.requiredRoles(context.language), .muted),
        ]
    }

    /// The deviations of a visit.
    static func flags(_ row: Row, _ context: Context) -> [Span] {
        row.deviations.map { Span("\(context($0.label)) · ", .warning) }
    }

    /// · 约 14:00 of an appointment, and · 未遇 10:20 of today's attempt, or · 未遇 2 次 of earlier ones.
    private static func course(_ row: Row, _ context: Context) -> [Span] {
        guard row.visitedAt == nil, let visit = context.estate.followUps[row.id] else { return [] }
        var spans: [Span] = []
        if let time = row.appointed {
            let words = Label("约 \(context.clock(time))", en: "at \(context.clock(time))")
            let isPast = time < context.now
            let missed = isPast ? context(Label(" 已过", en: ", past")) : ""
            spans.append(Span(" · \(context(words))\(missed)", isPast ? .warning : .accent))
        }
        if let tried = visit.lastAttempt(on: context.today, in: context.estate.zone) {
            let time = context.clock(tried.at)
            spans.append(Span(" · \(context(tried.result.label)) \(time)", .warning))
        } else if visit.attempts > 0 {
            let words = Label("未遇 \(visit.attempts) 次", en: "tried \(visit.attempts)×")
            spans.append(Span(" · \(context(words))", .muted))
        }
        return spans
    }

    /// A warning for the member who did the work: another member should make the visit.
    private static func ownWork(_ row: Row, _ context: Context) -> [Span] {
        guard let member = context.member, row.visitedAt == nil, context.estate.handbook.followUps.flagsOwnWork,
            let visit = context.estate.followUps[row.id],
            context.estate.assignedWorkers(of: visit).contains(Worker(member.code))
        else { return [] }
        return [Span("\(context(Label("您处理的", en: "your work"))) · ", .warning)]
    }

    private static func urgency(
        _ row: Row, _ glyphs: Glyphs, _ context: Context
    ) -> (String, String, Style) {
        let days = row.due.days(since: context.today)
        if row.awaitsRectification { return (glyphs.failed, context(Label("待整改", en: "rectify")), .warning) }
        switch row.state {
        case .overdue: return ("!", context(Label("逾 \(-days) 天", en: "\(-days) d late")), .danger)
        case .upcoming:
            return (glyphs.none, context(Label("\(row.opens.short) 起", en: "from \(row.opens.short)")), .faint)
        default:
            if days == 0 { return (glyphs.current, context(Label("今日", en: "today")), .warning) }
            return (" ", days == 1 ? context(Label("明日", en: "tomorrow")) : row.due.short, .text)
        }
    }

    static func tally(_ rows: [Row], _ context: Context) -> FollowUpTally {
        let today = context.today
        return rows.reduce(into: FollowUpTally()) { $0.add($1.state, due: $1.due, on: today) }
    }

    static func badges(_ tally: FollowUpTally?, _ context: Context) -> [Badge] {
        guard let tally else { return [] }
        var badges: [Badge] = []
        if tally.today > 0 {
            let words = Label("今日到期回访 \(tally.today)", en: "due today \(tally.today)")
            badges.append(Badge(line: Line(context(words), .warning), priority: 5))
        }
        if tally.overdue > 0 {
            let words = Label("逾期 \(tally.overdue)", en: "overdue \(tally.overdue)")
            badges.append(Badge(line: Line(context(words), .danger), priority: 6))
        }
        return badges
    }

    static func card(of unit: UnitCode, _ context: Context) -> CardSection? {
        let visits = context.estate.followUps
        let pending = visits.pending.compactMap { visits[$0] }.filter { $0.unit == unit }
        return .matters(
            Label("待回访 \(pending.count)", en: "visits \(pending.count)"),
            pending.map { visit in
                let until = context(Label("\(visit.due.short) 止", en: "by \(visit.due.short)"))
                return "\(context(visit.class.label)) \(until)"
            }, title: Label("待回访", en: "Return visits"),
            lines: pending.map { visit in
                let text = context.estate.requests[visit.request]?.text ?? ""
                return detailLine("\(visit.opens.short) – \(visit.due.short)", "\(context(visit.class.label))  \(text)")
            }, records: pending.map(\.id.id.text), priority: 6, context)
    }

    static func summary(_ tally: FollowUpTally, _ glyphs: Glyphs, _ context: Context) -> [Span] {
        let (overdue, today, open) = (tally.overdue, tally.today, tally.open)
        var spans: [Span] = []
        func add(_ label: Label, _ style: Style) {
            spans.append(Span((spans.isEmpty ? "" : "  ") + context(label), style))
        }
        if overdue > 0 { add(Label("逾期 \(overdue)", en: "overdue \(overdue)"), .danger) }
        if today > 0 { add(Label("今日 \(today)", en: "today \(today)"), .warning) }
        if open > 0 { add(Label("待访 \(open)", en: "open \(open)"), .muted) }
        return spans
    }

    static func detail(_ row: Row, _ context: Context) -> [Line] {
        var lines = [
            Line([Span(context(row.class.label), .info), Span("  \(row.unit.text)  ", .strong), Span(row.text)]),
            detailLine(
                context(Label("期限", en: "Window")),
                "\(row.opens.text) – \(row.due.text)  " + context(row.state.label)
                    + (row.cycle > 1 ? context(Label("  第 \(row.cycle) 轮", en: "  cycle \(row.cycle)")) : "")),
            detailLine(context(Label("回访人员", en: "Visitors")), row.requiredRoles(context.language)),
        ]
        if let time = row.appointed {
            let who = row.appointees.joined(separator: context(Label("、", en: ", ")))
            lines.append(detailLine(context(Label("预约", en: "Appointed")), "\(context.clock(time))  \(who)", .accent))
        }
        if let closed = row.closed {
            lines.append(
                detailLine(context(FollowUpState.closed.label), "\(context.clock(closed.at))  \(closed.why)", .warning))
        }
        if !row.workers.isEmpty {
            lines.append(
                detailLine(
                    context(Label("承办人", en: "Done by")), row.workers.joined(separator: context(Label("、", en: ", ")))))
        }
        if !row.deviations.isEmpty {
            let names = (row.absent.map { context($0.label) } + row.ownWork).joined(
                separator: context(Label("、", en: ", ")))
            let words = row.deviations.map { context($0.label) } + [names].filter { !$0.isEmpty }
            lines.append(Line(words.joined(separator: " · "), .warning))
        }
        if let rectification = context.estate.followUps[row.id]?.rectification {
            lines.append(detailLine(context(Label("整改情况", en: "Put right")), rectification))
        }
        for report in context.estate.followUps[row.id]?.reports ?? [] {
            let names = report.visitors.map { context.estate.staff.name(of: $0) }.joined(separator: "、")
            let note = [
                report.quality, report.effect, report.shortcomings, report.suggestions,
                report.signature.map { context($0) }, report.way.map { context($0.label) },
            ].compactMap { $0 }
            lines.append(
                detailLine(
                    context.clock(report.at),
                    ([context(report.result.label), names] + note).joined(separator: "  "),
                    report.result == .unsatisfied ? .warning : .text))
        }
        return lines + resident(of: row.unit, context)
    }
}
