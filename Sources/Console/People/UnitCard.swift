import Estate
import Screen

/// The card of a unit: its residents and cars, and what each feature contributes.
struct UnitCard {
    private let unit: UnitCode
    private let resident: Person?
    private let phone: Phone?
    private let isDialled: Bool
    private let context: Context
    /// The sections of all features, by priority.
    private let sections: [CardSection]

    /// `person` is whom the card is about; the owner if `nil`. `phone` is the number they are calling from, or that is
    /// dialled: then it is shown in full.
    init(_ unit: UnitCode, _ person: Person?, _ context: Context, phone: Phone? = nil, isDialled: Bool = false) {
        (self.unit, self.context, self.isDialled) = (unit, context, isDialled)
        resident = person ?? context.estate.people.owner(of: unit)
        self.phone = phone ?? resident?.phone
        let all = Windows.visible(to: context.member?.role).flatMap(\.tabs).compactMap {
            $0.pane.card(of: unit, context)
        }
        sections = all.indices.sorted { (-all[$0].priority, $0) < (-all[$1].priority, $1) }.map { all[$0] }
    }

    var title: Line {
        [
            Span("\(resident?.name ?? "—")  ", .strong),
            Span("\(resident.map { context($0.role.label) } ?? "")  ", .muted), Span("\(unit.text)  ", .accent),
            isDialled ? Span(phone?.text ?? "", .strong) : Span(phone?.masked ?? "", .muted),
        ]
    }

    /// The headline, then a line for each section.
    var brief: [Line] { headline + sections.compactMap(\.brief) }

    /// The headline, then all sections with one line per entry.
    var full: [Line] {
        headline
            + ([residents] + sections).filter { !$0.lines.isEmpty }.flatMap { section in
                [Line([]), Line(context(section.title), .title)] + section.lines
            }
    }

    /// The card as a layer, from which the person can be called and the unit's history looked up.
    var layer: DetailLayer {
        var links = [
            DetailLayer.Link(
                command: "calls.history", label: HistoryView.label, intent: .history(of: unit.text, context))
        ]
        if context.disabledReason(RingCall.self) == nil, let phone {
            links.insert(
                DetailLayer.Link(
                    command: "calls.out", label: .callThem,
                    intent: .calling(phone, named: resident?.name, unit, context)), at: 0)
        }
        return DetailLayer(title: Line(unit.text, .title), lines: [title] + full, links: links)
    }

    /// `欠费 373.00（2 期）  车辆 浙A12345`
    private var headline: [Line] {
        let parts = (sections + [residents]).map(\.headline).filter { !$0.isEmpty }
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
        _ count: Label, _ texts: [String], title: Label, lines: [Line], priority: Int, _ context: Context
    ) -> CardSection {
        let brief: Line? =
            texts.isEmpty ? nil : [Span(context(count) + "  ", .warning), Span(texts.joined(separator: " · "))]
        return CardSection(brief: brief, title: title, lines: lines, priority: priority)
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
