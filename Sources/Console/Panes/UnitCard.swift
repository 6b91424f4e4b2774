import Estate
import Screen

/// What is known of a unit: who lives there and what stands open with them.
struct UnitCard {
    private let unit: UnitCode
    /// Whom it is about: somebody in particular, or else the owner.
    private let resident: Person?
    private let context: Context
    /// The call that is going on, which is none of the last ones.
    private let call: Call?

    init(_ unit: UnitCode, _ person: Person?, _ context: Context, in call: Call? = nil) {
        (self.unit, self.context, self.call) = (unit, context, call)
        resident = person ?? context.estate.people.owner(of: unit)
    }

    private var estate: Estate { context.estate }

    // MARK: In brief

    var title: Line {
        [
            Span("\(resident?.name ?? "—")  ", .strong),
            Span("\(resident.map { context($0.role.label) } ?? "")  ", .muted), Span("\(unit.text)  ", .accent),
            Span(call?.phone?.masked ?? resident?.phone?.masked ?? "", .muted),
        ]
    }

    /// A line for each matter.
    var brief: [Line] { [money, requests, visits, calls].compactMap { $0 } }

    private var money: Line? {
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

    private var requests: Line? {
        let open = estate.requests.open(of: unit)
        return matters(
            Label("未结 \(open.count)", en: "open \(open.count)"), open.map { "\(context($0.class.label)) \($0.text)" })
    }

    private var visits: Line? {
        let pending = pendingVisits
        return matters(
            Label("待回访 \(pending.count)", en: "visits \(pending.count)"),
            pending.map { visit in
                let until = context(Label("\(visit.due.short) 止", en: "by \(visit.due.short)"))
                return "\(context(visit.class.label)) \(until)"
            })
    }

    private var calls: Line? {
        let last = lastCalls.prefix(3)
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

    private var pendingVisits: [FollowUp] {
        estate.followUps.pending.compactMap { estate.followUps[$0] }.filter { $0.unit == unit }
    }

    private var lastCalls: [Call] {
        Array(estate.calls.with(unit: unit).lazy.filter { $0.id != call?.id }.prefix(10))
    }

    // MARK: In full

    /// All of it, a line for each thing.
    var full: [Line] {
        var lines = money.map { [$0] } ?? []
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
            Label("欠费", en: "Arrears"),
            estate.fees.bills(of: unit).filter { $0.outstanding > .zero }.map { bill in
                let due = Label("到期 \(bill.due.text)", en: "due \(bill.due.text)")
                return detailLine(bill.period.text, "\(bill.item)  \(bill.outstanding.grouped)  \(context(due))")
            })
        add(
            Label("未结工单", en: "Open requests"),
            estate.requests.open(of: unit).map { request in
                let (holder, progress) = (request.hands.first?.name(in: estate), request.lastProgress?.note)
                let words = [context(request.class.label), request.text] + [holder, progress].compactMap { $0 }
                return detailLine(context.clock(request.opened), words.joined(separator: "  "))
            })
        add(
            Label("待回访", en: "Return visits"),
            pendingVisits.map { visit in
                let text = estate.requests[visit.request]?.text ?? ""
                return detailLine("\(visit.opens.short) – \(visit.due.short)", "\(context(visit.class.label))  \(text)")
            })
        add(
            Label("在访", en: "Visitors"),
            estate.gate.inside.compactMap { estate.gate.visits[$0] }.filter { $0.host == unit }.map { visit in
                detailLine(
                    context.clock(visit.arrived),
                    [visit.name, visit.purpose, visit.plate?.text].compactMap { $0 }.joined(separator: "  "))
            })
        add(
            Label("上次来电", en: "Last calls"),
            lastCalls.map { call in
                let demands = call.demands.map { "\($0.text)（\(context($0.outcome.label))）" }.joined(separator: "、")
                return detailLine(
                    context.clock(call.rang),
                    "\(context(call.direction.label))  \(context(call.state.label))  \(demands)")
            })
        return lines
    }
}
