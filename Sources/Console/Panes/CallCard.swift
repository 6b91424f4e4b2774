import Estate
import Screen

/// Who is on the telephone and what stands open with them: a line for each matter, or all of it.
struct CallCard {
    let call: Call
    let context: Context

    private var estate: Estate { context.estate }

    /// The person that a call is with: who was found, or else the unit's owner.
    private var resident: Person? {
        call.person.flatMap { estate.people.persons[$0] } ?? call.unit.flatMap { estate.people.owner(of: $0) }
    }

    // MARK: In brief

    /// The first line says who; the others, each on one line, what is known.
    var brief: [Line] {
        guard let unit = call.unit else { return [stranger] + purpose }
        let title: Line = [
            Span("\(resident?.name ?? "—")  ", .strong),
            Span("\(resident.map { context($0.role.label) } ?? "")  ", .muted), Span("\(unit.text)  ", .accent),
            Span(call.phone?.masked ?? resident?.phone?.masked ?? "", .muted),
        ]
        return [title] + purpose + [money(unit), requests(unit), visits(unit), calls(unit)].compactMap { $0 }
    }

    private var stranger: Line {
        [
            Span(call.phone?.text ?? context(Label("号码未显示", en: "no number")), .strong),
            Span(context(Label("  未知来电人", en: "  unknown caller")), .warning), Span("  Ctrl-F", .key),
            Span(context(Label(" 查找", en: " find"))),
        ]
    }

    private var purpose: [Line] {
        call.purpose.map { [Line([Span(context(Label("事由 ", en: "for ")), .muted), Span($0, .info)])] } ?? []
    }

    private func money(_ unit: UnitCode) -> Line? {
        var spans: [Span] = []
        if let arrears = estate.fees.arrears(of: unit, at: context.now, zone: estate.zone) {
            let words = Label(
                "欠费 \(arrears.owed.grouped)（\(arrears.periods) 期）  ",
                en: "owes \(arrears.owed.grouped) (\(arrears.periods)×)  ")
            spans.append(Span(context(words), .danger))
        }
        if let plates = estate.people.units[unit]?.plates, !plates.isEmpty {
            spans.append(Span(context(Label("车辆 ", en: "cars ")), .muted))
            spans.append(Span(plates.map(\.text).joined(separator: " ")))
        }
        return spans.isEmpty ? nil : Line(spans)
    }

    private func requests(_ unit: UnitCode) -> Line? {
        let open = estate.requests.open(of: unit)
        return matters(
            Label("未结 \(open.count)", en: "open \(open.count)"), open.map { "\(context($0.class.label)) \($0.text)" })
    }

    private func visits(_ unit: UnitCode) -> Line? {
        let pending = pendingVisits(unit)
        return matters(
            Label("待回访 \(pending.count)", en: "visits \(pending.count)"),
            pending.map { visit in
                let until = context(Label("\(visit.due.short) 止", en: "by \(visit.due.short)"))
                return "\(context(visit.class.label)) \(until)"
            })
    }

    private func calls(_ unit: UnitCode) -> Line? {
        let last = lastCalls(unit).prefix(3)
        if last.isEmpty { return nil }
        let words = last.map {
            "\(context.clock($0.rang)) \($0.demands.first?.text ?? $0.purpose ?? context($0.state.label))"
        }
        return Line([
            Span(context(Label("上次来电 ", en: "last call ")), .muted), Span(words.joined(separator: " · "), .muted),
        ])
    }

    private func matters(_ name: Label, _ texts: [String]) -> Line? {
        if texts.isEmpty { return nil }
        return Line([Span(context(name) + "  ", .warning), Span(texts.joined(separator: " · "))])
    }

    private func pendingVisits(_ unit: UnitCode) -> [FollowUp] {
        estate.followUps.pending.compactMap { estate.followUps[$0] }.filter { $0.unit == unit }
    }

    private func lastCalls(_ unit: UnitCode) -> [Call] {
        Array(estate.calls.with(unit: unit).lazy.filter { $0.id != call.id }.prefix(10))
    }

    // MARK: In full

    /// All of it, a line for each thing.
    var full: [Line] {
        guard let unit = call.unit else { return brief }
        var lines = [brief[0]] + purpose
        func add(_ title: Label, _ found: [Line]) {
            if found.isEmpty { return }
            lines += [Line([]), Line(context(title), .title)] + found
        }
        add(
            Label("住户", en: "Residents"),
            estate.people.residents(of: unit).map {
                detailLine(context($0.role.label), "\($0.name)  \($0.phone?.masked ?? "")")
            })
        add(
            Label("车辆", en: "Vehicles"),
            (estate.people.units[unit]?.plates ?? []).map { Line($0.text) })
        add(
            Label("欠费", en: "Arrears"),
            estate.fees.bills(of: unit).filter { $0.outstanding > .zero }.map { bill in
                let due = Label("到期 \(bill.due.text)", en: "due \(bill.due.text)")
                return detailLine(bill.period.text, "\(bill.item)  \(bill.outstanding.grouped)  \(context(due))")
            })
        add(
            Label("未结工单", en: "Open requests"),
            estate.requests.open(of: unit).map {
                detailLine(context.clock($0.opened), "\(context($0.class.label))  \($0.text)")
            })
        add(
            Label("待回访", en: "Return visits"),
            pendingVisits(unit).map { visit in
                let text = estate.requests[visit.request]?.text ?? ""
                return detailLine("\(visit.opens.short) – \(visit.due.short)", "\(context(visit.class.label))  \(text)")
            })
        add(
            Label("上次来电", en: "Last calls"),
            lastCalls(unit).map { call in
                let demands = call.demands.map { "\($0.text)（\(context($0.outcome.label))）" }.joined(separator: "、")
                return detailLine(
                    context.clock(call.rang),
                    "\(context(call.direction.label))  \(context(call.state.label))  \(demands)")
            })
        return lines
    }
}
