import Estate
import Screen

/// The caller and the open matters of their unit, in short or in full.
struct CallCard {
    let call: Call
    let context: Context

    private var unit: UnitCard? {
        call.unit.map {
            UnitCard(
                $0, call.person.flatMap { context.estate.people.persons[$0] }, context, phone: call.phone,
                isDialled: isDialled)
        }
    }

    /// Whether the number is being dialled, so that it is shown in full. The call itself is the record of who saw it.
    private var isDialled: Bool { call.direction == .outgoing && !call.isReached && call.isOpen }

    /// The caller, the purpose, then one line per section.
    var brief: [Line] { lines(\.brief) }

    /// The caller, the purpose, then one line per entry.
    var full: [Line] { lines(\.full) }

    private func lines(_ form: (UnitCard) -> [Line]) -> [Line] {
        let unit = unit
        return [unit?.title ?? stranger] + purpose + (unit.map(form) ?? [])
    }

    private var stranger: Line {
        [
            Span(call.phone?.text ?? context(Label("无来电号码", en: "no number")), .strong),
            Span(context(Label("  未知来电人", en: "  unknown caller")), .warning), "  ",
            Span(context.keys.key(of: "calls.caller"), .key), Span(context(Label(" 查找", en: " find"))),
        ]
    }

    private var purpose: [Line] {
        call.purpose(for: context.member?.role).map {
            [Line([Span(context(Label("事由 ", en: "for ")), .muted), Span($0, .info)])]
        } ?? []
    }
}
