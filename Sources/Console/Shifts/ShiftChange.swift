import Estate
import Screen

extension Command {
    /// Begins the member's shift, or hands it over.
    static let changeShift = Command(
        "gate.shift", Label("交接班", en: "Shift"),
        doc: Label("接班，或把在场访客逐一移交后交班", en: "begin a shift, or hand over by name who is inside"),
        keys: [.control("g")], priority: 6, worksInWindow: true, action: { _ in CloseShift.self },
        disabledReason: { _, context in context.disabledReason(CloseShift.self) },
        run: { _, context in ShiftChange.intent(context) })
}

/// What a change of guards comes to for the member.
enum ShiftChange {
    /// Closes the member's own shift and hands over, by name, the visitors of its post (门岗 8). A guard who is not on
    /// duty takes the open shift over; where nobody is on duty, the member sees the last handover and signs for it.
    static func intent(_ context: Context) -> Intent {
        let shifts = context.estate.shifts
        guard let member = context.member else { return .none }
        if let own = shifts.open(of: member.code) { return .open(HandoverLayer(own.id, .closing, context)) }
        let handovers = shifts.handoversToTake
        if let handover = handovers.first(where: { $0.next == member.code }) { return acknowledging(handover, context) }
        if let open = shifts.open.last {
            return .open(HandoverLayer(open.id, member.role == .guard ? .together : .closing, context))
        }
        if let handover = handovers.first { return acknowledging(handover, context) }
        let planned = context.estate.onRoster(member.code, context.now)
        return .form(OpenShift.self, prefill: ["post": planned?.post ?? Gate.mainPost, "staff": member.name])
    }

    /// The width in which a form's title shows all names.
    private static let titleWidth = 52

    /// What signing a checklist leads to once each line is answered. The checklist is closed when that is recorded.
    static func signing(_ id: Ref<Shift>, _ draft: HandoverDraft, _ context: Context) -> Intent {
        guard let shift = context.estate.shifts[id], let member = context.member else { return .none }
        switch draft.purpose {
        case .closing: return closing(shift, draft.handover, context)
        case .together: return takingOver(shift, member, draft, context)
        case .incoming:
            return .perform(
                AcknowledgeShift(
                    shift: id, confirmed: draft.confirmed, reservation: draft.reservation, ritual: true),
                done: Label("\(member.name) 已接 \(shift.post) 的班", en: "\(member.name) has taken over \(shift.post)"),
                then: [.closeLayer])
        }
    }

    private static func closing(_ shift: Shift, _ handover: Handover, _ context: Context) -> Intent {
        guard let form = form(closing: shift.id, handover, context) else { return .none }
        let list = context.estate.gate.handover(at: shift.post)
        if fits(list, context) { return form }
        return .confirm(
            Label("\(shift.post) 交班，以下访客一并移交？", en: "Hand over \(shift.post), with these visitors?"), about: [list],
            yes: Label("填接班人", en: "to whom"), form)
    }

    /// The form that closes a shift and hands over who is inside at its post; it follows who comes and leaves. `nil` for a
    /// closed shift.
    private static func form(closing id: Ref<Shift>, _ handover: Handover, _ context: Context) -> Intent? {
        let gate = context.estate.gate
        guard let shift = context.estate.shifts[id], shift.closed == nil else { return nil }
        let list = context.estate.gate.handover(at: shift.post)
        let title =
            fits(list, context)
            ? Label("交班 · \(list.chinese)", en: "Hand over · \(list.english)")
            : Label("交班 · \(shift.post)", en: "Hand over · \(shift.post)")
        return .form(
            CloseShift.self,
            fixed: [
                "shift": id, "handed": gate.inside(at: shift.post).map(\.id), "items": handover.items,
                "equipment": handover.equipment, "keys": handover.keys, "ritual": handover.ritual,
            ], title: title, then: [.closeLayer]
        ).renewed { form(closing: id, handover, $0) }
    }

    /// Whether a form's title shows the whole list.
    private static func fits(_ list: Label, _ context: Context) -> Bool {
        TextWidth().width(of: "交班 · \(context(list))") <= titleWidth
    }

    /// Takes over an open shift: the other's shift is closed and the member's opened in one action.
    private static func takingOver(
        _ shift: Shift, _ member: StaffMember, _ draft: HandoverDraft, _ context: Context
    ) -> Intent {
        let name = context.estate.staff.name(of: shift.staff)
        return .perform(
            CloseShift(
                shift: shift.id, next: member.code, handed: context.estate.gate.inside(at: shift.post).map(\.id),
                handover: draft.handover),
            AcknowledgeShift(
                shift: shift.id, confirmed: draft.confirmed, reservation: draft.reservation, ritual: true),
            done: Label("\(member.name) 已接 \(name) 的班", en: "\(member.name) took over from \(name)"),
            then: [.closeLayer])
    }

    /// Goes through the handover of a closed shift; one without a checklist is signed for at once.
    private static func acknowledging(_ shift: Shift, _ context: Context) -> Intent {
        guard shift.handover?.items == nil else { return .open(HandoverLayer(shift.id, .incoming, context)) }
        let name = context.member?.name ?? ""
        return .perform(
            AcknowledgeShift(shift: shift.id),
            done: Label("\(name) 已接 \(shift.post) 的班", en: "\(name) has taken over \(shift.post)"))
    }
}
