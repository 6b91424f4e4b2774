import Estate
import Screen

/// What the call pane shows while no call is shown: the day's counts, missed calls, call quality and past calls.
struct IdleCallDrawing {
    let pane: CallPane
    let context: Context
    /// See ``CallPane/place``, which searches all calls.
    private let place: Int?

    init(pane: CallPane, context: Context) { (self.pane, self.context, place) = (pane, context, pane.place) }

    /// The rows besides those of the calls: three at the top, what the board says, four titles below a blank row each, three of call quality.
    static let otherRows = 3 + 2 + 4 * 2 + 3

    /// The rows of a past call: one for each demand.
    static func rows(of call: Call) -> Int { max(1, call.demands.count) }

    /// The rows for a place of this size.
    func rows(_ size: Size, _ measure: TextWidth) -> IdleRows {
        let (calls, allEarlier) = pane.past(context)
        // Of years of open demands only what may be in sight is drawn.
        let earlier = allEarlier.prefix(earlierRows(size))
        var rows = [IdleRows.Row(summary(calls, size.width, measure)), IdleRows.Row(Line([])), IdleRows.Row(Line([]))]
        func add(_ title: Label, _ lines: [IdleRows.Row], style: Style = .title) {
            if lines.isEmpty { return }
            rows += [IdleRows.Row(Line([])), IdleRows.Row(Line(context(title), style))] + lines
        }
        rows += Beginning.lines(context).map { IdleRows.Row($0) }
        add(Label("今日牌", en: "Today"), board(size.width, measure).map { IdleRows.Row($0) })
        let missed = pane.missed(context)
        let missedColumns = widths(missed, measure)
        add(
            Label("待回电 \(missed.count)", en: "To call back: \(missed.count)"),
            missed.dropFirst(missedAbove(size)).prefix(missedRows(size)).map {
                IdleRows.Row(self.missed($0, missedColumns, measure), target: .call(.missed($0.id)))
            }, style: .danger)
        let quality = CallQualityView.counts(of: calls, in: context.estate)
        if size.height >= 16 {
            add(Label("接听质量", en: "Call quality"), quality.map { IdleRows.Row(self.quality($0, measure)) })
        }
        let fixed = rows.count
        let columns = widths(calls + earlier, size.width, measure)
        add(Label("今日通话", en: "Today's calls"), calls.flatMap { past($0, columns, measure) })
        add(
            Label("早先待处理的诉求 \(allEarlier.count)", en: "Demands still open: \(allEarlier.count)"),
            earlier.flatMap { past($0, columns, measure) })
        return IdleRows(rows, fixed: fixed, basis: basis(size, measure))
    }

    /// What the rows depend on besides the contents of the pane.
    func basis(_ size: Size, _ measure: TextWidth) -> [Int] {
        [size.width, size.height, measure.ambiguousIsWide ? 1 : 0, missedAbove(size), earlierRows(size)]
    }

    private func missedRows(_ size: Size) -> Int { max(3, size.height / 3) }

    /// The missed calls above those that are shown; the selected one is among these.
    private func missedAbove(_ size: Size) -> Int {
        guard let place, place < pane.missedCount else { return 0 }
        return max(0, place - missedRows(size) + 1)
    }

    /// Whole screens of the earlier calls, to one screen below the selected one.
    private func earlierRows(_ size: Size) -> Int {
        let height = max(1, size.height)
        let place = max(0, (place ?? 0) - pane.missedCount - pane.todayCount)
        return (place / height + 2) * height
    }

    /// Where there is no room for all, the share within three rings is left out: it stands below, too.
    private func summary(_ calls: [Call], _ width: Int, _ measure: TextWidth) -> Line {
        let limit = context.estate.handbook.calls.rings.limit
        let answered = calls.compactMap { $0.inTime(limit: limit) }
        let missed = calls.count { $0.isMissed }
        let unsettled = calls.reduce(0) { $0 + $1.openDemands }
        let count = [
            Span(context(Label("今日 ", en: "Today ")), .muted), Span("\(calls.count)", .strong),
            Span(context(Label(" 通", en: " calls")), .muted),
        ]
        let inTime = [
            Span(context(Label("  三声内 ", en: "  within three rings ")), .muted),
            share(answered.count { $0 }, of: answered.count),
        ]
        let rest = [
            Span(missed > 0 ? context(Label("  未接 \(missed)", en: "  missed \(missed)")) : "", .warning),
            Span(
                unsettled > 0 ? context(Label("  诉求待处理 \(unsettled)", en: "  demands open \(unsettled)")) : "", .warning
            ),
        ]
        let line = Line(count + inTime + rest)
        return line.width(measure) <= width ? line : Line(count + rest)
    }

    /// The share of the calls that were answered within three rings; the standard is all of them (1.1).
    private func share(_ inTime: Int, of answered: Int) -> Span {
        guard let share = Share(inTime, of: answered) else { return Span("—", .muted) }
        return Span("\(share.text)%", inTime == answered ? .good : .warning)
    }

    /// What Enter and the key for calling out do now; nothing for a member who may not call.
    func keys(_ measure: TextWidth) -> IdleRows.Row {
        if context.disabledReason(RingCall.self) != nil { return IdleRows.Row(Line([])) }
        // The second key does not move when the first does something else.
        let room = 4 + (CallPane.idleLabels.map { measure.width(of: context($0)) }.max() ?? 0)
        let (enter, out) = (context.keys.key(of: "calls.enter"), context.keys.key(of: "calls.out"))
        let line = Line([
            Span(enter, .key),
            Span(" " + measure.pad(context(pane.enterLabel), to: room, align: .left)),
            Span(out, .key), Span(" " + context(pane.outLabel(context))),
        ])
        let ends = [Line(Array(line.spans.prefix(2))), line].map { $0.width(measure) }
        let places = zip(ends, [enter, out]).compactMap { end, name in
            Key(name).map { CallPane.KeySpan(end: end, key: $0) }
        }
        return IdleRows.Row(line, target: .keys(places))
    }

    /// The widths of the columns of a list of calls: no wider than its texts.
    private struct Widths {
        var (clock, state, place, name) = (0, 0, 0, 0)
        /// Whether a caller who is known by name is named without the unit, and an ordinary call without its direction.
        var isNarrow = false
    }

    /// The least room for what a call was about.
    private static let least = 20

    private func widths(_ calls: [Call], _ width: Int, _ measure: TextWidth) -> Widths {
        var widths = widths(calls, measure)
        // Two blanks behind each column, and the outcome at the end.
        let rest = width - widths.clock - widths.state - widths.place - widths.name - 8 - 7
        widths.isNarrow = rest < IdleCallDrawing.least
        if widths.isNarrow {
            widths.name = 0
            widths.place = min(13, calls.map { measure.width(of: narrowPlace(of: $0)) }.max() ?? 0)
        }
        return widths
    }

    private func narrowPlace(of call: Call) -> String {
        let name = name(of: call)
        return name.isEmpty ? place(of: call) : name
    }

    private func widths(_ calls: [Call], _ measure: TextWidth) -> Widths {
        calls.reduce(into: Widths()) { widths, call in
            widths.clock = max(widths.clock, measure.width(of: context.clock(call.rang)))
            widths.state = max(widths.state, measure.width(of: context(state(of: call))))
            widths.place = min(13, max(widths.place, measure.width(of: place(of: call))))
            widths.name = min(10, max(widths.name, measure.width(of: name(of: call))))
        }
    }

    /// 未接, 未通 or 打错; else in which direction it went.
    private func state(of call: Call) -> Label {
        switch call.state {
        case .missed, .returned, .unreached, .wrong: call.state.label
        default: call.direction.label
        }
    }

    /// Whether a call was not simply answered.
    private func isSpecial(_ call: Call) -> Bool {
        switch call.state {
        case .missed, .returned, .unreached, .wrong: true
        default: call.direction == .outgoing
        }
    }

    private func place(of call: Call) -> String {
        call.unit?.text ?? call.phone?.masked ?? context(Label("无来电号码", en: "no number"))
    }

    private func name(of call: Call) -> String {
        call.person.flatMap { context.estate.people.persons[$0]?.name } ?? ""
    }

    private func who(_ call: Call, _ widths: Widths, _ measure: TextWidth) -> [Span] {
        if widths.isNarrow {
            return [Span(measure.pad(narrowPlace(of: call), to: widths.place, align: .left) + "  ", .strong)]
        }
        return [
            Span(measure.pad(place(of: call), to: widths.place, align: .left) + "  ", .strong),
            Span(measure.pad(name(of: call), to: widths.name, align: .left) + "  "),
        ]
    }

    private func missed(_ call: Call, _ widths: Widths, _ measure: TextWidth) -> Line {
        Line(
            [Span(measure.pad(context.clock(call.rang), to: widths.clock, align: .left) + "  ", .muted)]
                + who(call, widths, measure) + [Span(call.phone?.masked ?? "", .muted)])
    }

    /// A call: its time, state and other side; then each demand with its outcome, or the purpose. Another member's call
    /// ends with the member's name.
    private func past(_ call: Call, _ widths: Widths, _ measure: TextWidth) -> [IdleRows.Row] {
        let target = CallPane.ClickTarget.call(.past(call.id))
        let style: Style =
            switch call.state {
            case .missed: .danger
            case .unreached, .wrong: .warning
            case .returned: .muted
            default: .info
            }
        let head =
            [
                Span("\(context.clock(call.rang))  ", .muted),
                Span(
                    widths.isNarrow ? "" : measure.pad(context(state(of: call)), to: widths.state, align: .left) + "  ",
                    style),
            ] + who(call, widths, measure)
            // In a narrow pane only what is out of the ordinary is named.
            + (widths.isNarrow && isSpecial(call) ? [Span("\(context(state(of: call)))  ", style)] : [])
        let gap = Span(String(repeating: " ", count: Line(head).width(measure)))
        let by = call.by == context.member?.code ? "" : context.estate.staff.name(of: call.by)
        if call.demands.isEmpty {
            return [
                IdleRows.Row(
                    Line(head + [Span(call.purpose(for: context.member?.role) ?? "", .muted)]), aside: Line(by, .faint),
                    target: target)
            ]
        }
        return call.demands.enumerated().map { index, demand in
            let outcome =
                demand.outcome == .open ? Line(context(demand.outcome.label), .warning) : demand.outcomeLine(context)
            return IdleRows.Row(
                Line((index == 0 ? head : [gap]) + [Span(demand.text, demand.outcome == .open ? .text : .muted)]),
                trailing: outcome, aside: Line(index == 0 ? by : "", .faint), target: target)
        }
    }

    /// 王芳  接听 11  三声内 90.90%  超过三声 1
    private func quality(_ row: CallQualityView.Subject, _ measure: TextWidth) -> Line {
        let zone = context.estate.zone
        let omitted = row.omitted.map { $0.display(zone: zone, language: context.language) }
        return Line([
            Span(measure.pad(context.estate.staff.name(of: row.staff), to: 8, align: .left), .strong),
            Span(context(Label(" 接听 \(row.answered)  ", en: " answered \(row.answered)  ")), .muted),
            Span(context(Label("三声内 ", en: "in time ")), .muted), share(row.inTime, of: row.answered),
            Span("  \(omitted.joined(separator: context(Label("、", en: ", "))))", .warning),
        ])
    }
}
