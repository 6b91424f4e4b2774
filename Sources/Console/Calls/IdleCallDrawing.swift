import Estate
import Screen

/// Draws the call pane while no call is shown: the day's counts, missed calls, call quality and past calls.
struct IdleCallDrawing {
    let pane: CallPane
    let context: Context

    func draw(into grid: inout Grid, rect: Rect, isFocused: Bool) {
        let (calls, earlier) = pane.past(context)
        var rows: [Row] = [(summary(calls), false), (Line([]), false), (keys, false)]
        func add(_ title: Label, _ lines: [Row]) {
            if lines.isEmpty { return }
            rows += [(Line([]), false), (Line(context(title), .title), false)] + lines
        }
        let missed = pane.missed(context)
        add(
            Label("未接待回 \(missed.count)", en: "To call back: \(missed.count)"),
            visible(missed, max(3, rect.height / 3)).map {
                (self.missed($0, grid.measure), pane.selectedCall == .missed($0.id))
            })
        let quality = CallQualityView.counts(of: calls, in: context.estate)
        if rect.height >= 16 {
            add(Label("接听质量", en: "Call quality"), quality.map { (self.quality($0, grid.measure), false) })
        }
        // Removes past calls from the top until the selected one is visible; the section title stays.
        let fixed = rows.count
        func past(_ call: Call) -> Row { (line(call, grid.measure), pane.selectedCall == .past(call.id)) }
        add(Label("今日通话", en: "Today's calls"), calls.map(past))
        add(Label("早先未落实的诉求", en: "Demands still open"), earlier.map(past))
        if let selected = rows.dropFirst(fixed).firstIndex(where: \.isChosen), selected >= rect.height {
            rows.removeSubrange(fixed + 2..<fixed + 2 + min(selected - rect.height + 1, selected - fixed - 2))
        }
        for (index, row) in rows.prefix(rect.height).enumerated() {
            let place = rect.row(index)
            if row.isChosen { grid.restyle(place) { $0.ground = isFocused ? .selected : .selectedUnfocused } }
            grid.put(row.line, in: place)
        }
    }

    /// As many missed calls as fit in `height` rows, including the selected one.
    private func visible(_ missed: [Call], _ height: Int) -> ArraySlice<Call> {
        let place = missed.firstIndex { pane.selectedCall == .missed($0.id) } ?? 0
        return missed.dropFirst(max(0, place - height + 1)).prefix(height)
    }

    private typealias Row = (line: Line, isChosen: Bool)

    private func summary(_ calls: [Call]) -> Line {
        let limit = context.estate.handbook.calls.rings.limit
        let answered = calls.compactMap { $0.inTime(limit: limit) }
        let missed = calls.count { $0.isMissed }
        let unsettled = calls.reduce(0) { $0 + $1.openDemands }
        return Line([
            Span(context(Label("今日 ", en: "Today ")), .muted), Span("\(calls.count)", .strong),
            Span(context(Label(" 通  三声内 ", en: " calls  within three rings ")), .muted),
            share(answered.count { $0 }, of: answered.count),
            Span(missed > 0 ? context(Label("  未接 \(missed)", en: "  missed \(missed)")) : "", .danger),
            Span(
                unsettled > 0 ? context(Label("  诉求未落实 \(unsettled)", en: "  demands open \(unsettled)")) : "", .warning
            ),
        ])
    }

    /// The share of the calls that were answered within three rings; the standard is all of them (1.1).
    private func share(_ inTime: Int, of answered: Int) -> Span {
        guard let share = Share(inTime, of: answered) else { return Span("—", .muted) }
        return Span("\(share.text)%", inTime == answered ? .good : .warning)
    }

    private var keys: Line {
        let isChosen = pane.selectedMissed(context) != nil
        return Line([
            Span(context.keys.key(of: "calls.enter"), .key),
            Span(
                context(pane.selectedPast == nil ? Label(" 来电响铃", en: " incoming call") : Label(" 查看", en: " details"))),
            Span("    "), Span(context.keys.key(of: "calls.out"), .key),
            Span(context(isChosen ? Label(" 回拨", en: " call back") : Label(" 拨出", en: " call out"))),
        ])
    }

    private func who(_ call: Call, _ measure: TextWidth) -> [Span] {
        let name = call.person.flatMap { context.estate.people.persons[$0]?.name } ?? ""
        let place = call.unit?.text ?? call.phone?.masked ?? context(Label("未知", en: "unknown"))
        return [Span(measure.pad(place, to: 13, align: .left), .strong), Span(measure.pad(name, to: 10, align: .left))]
    }

    private func missed(_ call: Call, _ measure: TextWidth) -> Line {
        Line(
            [Span(measure.pad(context.clock(call.rang), to: 11, align: .left) + "  ", .muted)] + who(call, measure)
                + [Span(call.phone?.masked ?? "", .muted)])
    }

    private func line(_ call: Call, _ measure: TextWidth) -> Line {
        let state = call.isMissed ? call.state.label : call.direction.label
        let open =
            call.openDemands > 0 ? context(Label("未落实 \(call.openDemands)  ", en: "open \(call.openDemands)  ")) : ""
        return Line(
            [
                Span("\(context.clock(call.rang))  ", .muted),
                Span(
                    measure.pad(context(state), to: 8, align: .left) + "  ",
                    call.state == .missed ? .danger : call.state == .returned ? .muted : .info),
            ] + who(call, measure)
                + [Span(open, .warning), Span(call.demands.first?.text ?? call.purpose ?? "", .muted)])
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
