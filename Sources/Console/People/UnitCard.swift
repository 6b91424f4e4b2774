import Estate
import Screen

/// The card of a unit: its residents and cars, and what each feature contributes.
struct UnitCard {
    private let unit: UnitCode
    private let resident: Person?
    private let phone: Phone?
    private let isDialled: Bool
    private let context: Context
    /// The sections of all features, each with its pane's name, by priority.
    private let sections: [(pane: String, section: CardSection)]

    /// `person` is whom the card is about; the owner if `nil`. `phone` is the number they are calling from, or that is
    /// dialled: then it is shown in full.
    init(_ unit: UnitCode, _ person: Person?, _ context: Context, phone: Phone? = nil, isDialled: Bool = false) {
        (self.unit, self.context, self.isDialled) = (unit, context, isDialled)
        resident = person ?? context.estate.people.owner(of: unit)
        self.phone = phone ?? resident?.phone
        let all = Windows.visible(to: context.member?.role).flatMap(\.tabs).compactMap { tab in
            tab.pane.card(of: unit, context).map { (pane: tab.pane.name, section: $0) }
        }
        sections = all.indices.sorted { (-all[$0].section.priority, $0) < (-all[$1].section.priority, $1) }
            .map { all[$0] }
    }

    var title: Line {
        [
            Span("\(resident?.name ?? "—")  ", .strong),
            Span("\(resident.map { context($0.role.label) } ?? "")  ", .muted), Span("\(unit.text)  ", .accent),
            isDialled ? Span(phone?.text ?? "", .strong) : Span(phone?.masked ?? "", .muted),
        ]
    }

    /// The headline, then a line for each section.
    var brief: [Line] { headline + sections.compactMap(\.section.brief) }

    /// The headline, then all sections with one line per entry.
    var full: [Line] {
        headline
            + ([residents] + sections.map(\.section)).filter { !$0.lines.isEmpty }.flatMap { section in
                [Line([]), Line(context(section.title), .title)] + section.lines
            }
    }

    /// `3-2-501  李四`: for the frame of the card as a layer.
    var heading: Line {
        let name = resident.map { [Span("  \($0.name)", .strong)] } ?? []
        return Line([Span(unit.text, .title)] + name)
    }

    /// The lines of the card as a layer: the unit, residents, vehicles, then what each feature has, under headings.
    var rows: [UnitCardLayer.Row] {
        let people = context.estate.people
        var rows: [UnitCardLayer.Row] = []
        func add(_ title: Label, headline: [Span] = [], _ own: [UnitCardLayer.Row]) {
            if own.isEmpty { return }
            if !rows.isEmpty { rows.append(.init(line: Line([]), subject: .text)) }
            let line = headline.isEmpty ? Line(context(title), .title) : Line(headline)
            rows.append(.init(line: line, subject: .text))
            rows += own
        }
        if people.units[unit] != nil { rows = [.init(line: description, subject: .unit)] }
        let residents = [Tenure.owner, .family, .tenant].flatMap { role in
            people.residents(of: unit).filter { $0.role == role }
        }
        add(Label("住户", en: "Residents"), residents.flatMap { self.rows(of: $0) })
        add(
            VehiclesView.label,
            people.vehicles(of: unit).map { vehicle in
                let subject = vehicle.number.value.map { CardSubject.vehicle($0) } ?? .text
                return .init(line: Line(vehicle.words(in: context.estate)), subject: subject)
            })
        for (pane, section) in sections {
            add(
                section.title, headline: section.headline,
                section.lines.enumerated().map { index, line in
                    let id = section.records.indices.contains(index) ? section.records[index] : nil
                    return .init(line: line, subject: id.map { .record($0, pane: pane) } ?? .text)
                })
        }
        if rows.isEmpty {
            rows = [.init(line: Line(context(Label("没有未结事项", en: "nothing is open here")), .muted), subject: .unit)]
        }
        return rows
    }

    /// A resident with their number, and a line for each further one or one with a note.
    private func rows(of person: Person) -> [UnitCardLayer.Row] {
        let numbers = person.numbers
        let isWhole = context.member?.role == .manager
        func text(_ number: Person.Number) -> String { isWhole ? number.phone.text : number.phone.masked }
        let role = Span("\(context(person.role.label))  ", .muted)
        let isPlain = numbers.count < 2 && numbers.first?.note == nil
        let first = isPlain ? numbers.first.map { "  \(text($0))" } ?? "" : ""
        let head = UnitCardLayer.Row(
            line: [role, Span(person.name, .strong), Span(first)], subject: .person(person.id))
        if isPlain { return [head] }
        return [head]
            + numbers.map { number in
                .init(
                    line: [Span("      \(text(number))"), Span(number.note.map { "  \($0)" } ?? "", .muted)],
                    subject: .number(person.id, number.phone))
            }
    }

    /// `房屋  89.50㎡  住宅  自住（2026-03-01 起）`
    private var description: Line {
        let people = context.estate.people
        guard let known = people.units[unit] else { return Line([]) }
        let state = known.occupancy(on: context.today).map { occupancy in
            let (label, day) = (occupancy.state.label, occupancy.from.text)
            let isUntenanted =
                occupancy.state == .rented && !people.residents(of: unit).contains { $0.role == .tenant }
            let doubt = isUntenanted ? Label("，没有登记租户", en: ", no tenant is registered") : .none
            return context(
                Label(
                    "\(label.chinese)（\(day) 起\(doubt.chinese)）", en: "\(label.english) (since \(day)\(doubt.english))")
            )
        }
        let area = known.area.map { "\($0.text(zone: context.view.zone))㎡" }
        let words = [area, context(known.kind.label), state].compactMap { $0 }.joined(separator: "  ")
        return detailLine(context(Label("房屋", en: "Unit")), words)
    }

    /// `欠费 373.00（2 期）  车辆 浙A12345`
    private var headline: [Line] {
        let parts = (sections.map(\.section) + [residents]).map(\.headline).filter { !$0.isEmpty }
        return parts.isEmpty ? [] : [Line(Array(parts.joined(separator: [Span("  ")])))]
    }

    private var residents: CardSection {
        let people = context.estate.people
        let plates = people.vehicles(of: unit).map { $0.words(in: context.estate) }.joined(separator: " ")
        let cars = plates.isEmpty ? [] : [Span(context(Label("车辆 ", en: "cars ")), .muted), Span(plates)]
        let lines = people.residents(of: unit).map {
            detailLine(context($0.role.label), "\($0.name)  \($0.phone?.masked ?? "")")
        }
        return CardSection(headline: cars, title: Label("住户", en: "Residents"), lines: lines, priority: 0)
    }
}

extension CardSection {
    /// A section about open matters: how many in its short line, then their texts.
    static func matters(
        _ count: Label, _ texts: [String], title: Label, lines: [Line], records: [String], priority: Int,
        _ context: Context
    ) -> CardSection {
        let brief: Line? =
            texts.isEmpty ? nil : [Span(context(count) + "  ", .warning), Span(texts.joined(separator: " · "))]
        return CardSection(brief: brief, title: title, lines: lines, records: records, priority: priority)
    }
}

/// The owner of a unit, as a detail line.
func resident(of unit: UnitCode, _ context: Context) -> [Line] {
    context.estate.people.owner(of: unit).map { owner in
        [
            detailLine(
                context(owner.role.label), [owner.name, owner.phone?.masked].compactMap { $0 }.joined(separator: "  "))
        ]
    } ?? []
}
