import Estate
import Screen
import struct Journal.Moment

/// The lines of an incident's card.
struct IncidentRows {
    private let id: Ref<Incident>
    private let context: Context
    private var estate: Estate { context.estate }

    init(_ id: Ref<Incident>, _ context: Context) { (self.id, self.context) = (id, context) }

    /// The steps of the card, what else was done, and the roll call: who is unaccounted for first.
    var all: [IncidentLayer.Row] {
        guard let incident = estate.incidents[id] else { return [] }
        return steps(of: incident) + rollCall(of: incident)
    }

    /// Above the list: that the card is a placeholder, and who was told.
    func head(of incident: Incident) -> [Line] {
        let rule = estate.handbook.incidents
        let notice: Line =
            if let card = rule[incident.kind] {
                card.supplied ? Line(rule.title, .muted) : Line(context(rule.notice), .warning)
            } else {
                Line(context(Label("没有这类情况的处理卡：做了什么用另记", en: "no card for this kind: note what is done")), .warning)
            }
        if incident.told.isEmpty {
            return [notice, Line(context(Label("还没有告知任何人（F8）", en: "nobody was told yet (F8)")), .warning)]
        }
        let told = incident.told.suffix(6).map { "\(estate.name(of: $0)) \(context.clock($0.at).suffix(5))" }
        return [
            notice, [Span(context(Label("已告知 ", en: "told ")), .muted), Span(told.joined(separator: "  "), .text)],
        ]
    }

    private func steps(of incident: Incident) -> [IncidentLayer.Row] {
        let card = estate.handbook.incidents[incident.kind]?.steps ?? []
        let steps = card.indices.map { index in
            let (number, text) = (index + 1, card[index])
            let records = incident.steps.filter { $0.number == number }
            let first = incident.done(number)
            return IncidentLayer.Row(
                item: .step(number),
                cells: [
                    mark(isDone: first != nil), Line("\(number)", .key), Line(text, first == nil ? .text : .muted),
                    Line(
                        first.map { record($0.at, $0.by) + (records.count > 1 ? " ×\(records.count)" : "") } ?? "",
                        .good),
                ], text: "\(number). \(text)", isWaiting: first == nil && incident.isOpen)
        }
        let others = incident.steps.enumerated().filter { step in
            step.element.number.map { !card.indices.contains($0 - 1) } ?? true
        }
        return steps
            + others.map { index, step in
                IncidentLayer.Row(
                    item: .note(index),
                    cells: [
                        mark(isDone: true), Line(""), Line(step.text, .muted), Line(record(step.at, step.by), .good),
                    ],
                    text: step.text, isWaiting: false)
            }
    }

    private func rollCall(of incident: Incident) -> [IncidentLayer.Row] {
        let missing = Set(estate.unaccounted(of: incident))
        let visits = incident.inside.compactMap { estate.gate.visits[$0] }
        let (inside, unseen) = (estate.people(in: incident.inside), estate.people(in: missing))
        let words = context(
            visits.isEmpty
                ? Label("点名：没有在场访客", en: "Roll call: no visitors were inside")
                : Label(
                    "点名：在场 \(inside) 人，未见到 \(unseen) 人", en: "Roll call: \(inside) inside, \(unseen) not seen"))
        let heading = IncidentLayer.Row(
            item: .heading,
            cells: [Line(""), Line(""), Line(words, missing.isEmpty ? .good.bold : .danger.bold), Line("")],
            text: words,
            isWaiting: false)
        let sorted = visits.filter { missing.contains($0.id) } + visits.filter { !missing.contains($0.id) }
        return [heading]
            + sorted.map { visit in
                let isMissing = missing.contains(visit.id)
                let people = visit.count > 1 ? " ×\(visit.count)" : ""
                let text = "\(visit.name)\(people)  \(visit.hostName)  \(visit.purpose)"
                let state =
                    isMissing
                    ? (visit.unknown == nil ? Label("未见到", en: "not seen") : Label("离场不详", en: "gone, unseen"))
                    : incident.sighting(of: visit.id).map { Label("见到 \(time($0.at))", en: "seen \(time($0.at))") }
                        ?? Label("已离场", en: "left")
                return IncidentLayer.Row(
                    item: .visit(visit.id),
                    cells: [
                        mark(isDone: !isMissing), Line(""), Line(text, isMissing ? .strong : .muted),
                        Line(context(state), isMissing ? .danger : .good),
                    ], text: [text, visit.plate?.text].compactMap { $0 }.joined(separator: "  "), isWaiting: isMissing)
            }
    }

    private func mark(isDone: Bool) -> Line {
        Line([(isDone ? StepMark.done : .open).span(Glyphs(TextWidth()))])
    }

    private func time(_ moment: Moment) -> Substring { context.clock(moment).suffix(5) }

    private func record(_ moment: Moment, _ by: String) -> String { "\(time(moment)) \(estate.staff.name(of: by))" }
}
