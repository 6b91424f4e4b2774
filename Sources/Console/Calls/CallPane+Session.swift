import Estate
import Screen

/// The call pane's status-bar badge, unit-card section, phrase occasion and drafts.
extension CallPane: PhraseOccasionSource {
    /// A badge for a ringing call that is not on the screen, with the key that shows it.
    func badges(_ context: Context, inSight: Bool) -> [Badge] {
        let shown = call(context).flatMap { $0.isRinging && !inSight ? $0 : nil }
        let others = open.lazy.filter { $0 != current }.compactMap { context.estate.calls[$0] }
        guard let call = shown ?? others.first(where: { $0.isRinging }) else { return [] }
        let name = call.person.flatMap { context.estate.people.persons[$0]?.name } ?? call.phone?.masked ?? ""
        let key = context.keys.key(of: "focus.\(self.name)")
        let words = Label("响铃 \(name) \(key)", en: "rings: \(name) \(key)")
        let line = Line(" \(context(words)) ", Style(.text, on: .warning, .bold))
        return [Badge(line: line, priority: 9, side: .left, isUrgent: true, key: shown == nil ? nil : .enter)]
    }

    func busyReason(_ context: Context) -> Label? {
        call(context) == nil ? nil : Label("通话还没有结束", en: "a call is not over")
    }

    func ticks(_ context: Context) -> Bool { call(context) != nil }

    func phraseOccasion(_ context: Context) -> PhraseOccasion? {
        call(context).map { CallScript($0, context).occasion }
    }

    /// The last ten ended calls with a unit.
    func card(of unit: UnitCode, _ context: Context) -> CardSection? {
        let calls = Array(context.estate.calls.with(unit: unit).lazy.filter { !$0.isOpen }.prefix(10))
        if calls.isEmpty { return nil }
        let words = calls.prefix(3).map { call in
            let matter = call.demands.first?.text ?? call.purpose(for: context.member?.role)
            return "\(context.clock(call.rang)) \(matter ?? context(call.state.label))"
        }
        let brief: Line = [
            Span(context(Label("最近通话 ", en: "last call ")), .muted), Span(words.joined(separator: " · "), .muted),
        ]
        let lines = calls.map { call in
            let demands = call.demands.map { "\($0.text)（\(context($0.outcome.label))）" }.joined(separator: "、")
            return detailLine(
                context.clock(call.rang), "\(context(call.direction.label))  \(context(call.state.label))  \(demands)")
        }
        return CardSection(
            brief: brief, title: Label("最近通话", en: "Last calls"), lines: lines, records: calls.map(\.id.id.text),
            priority: 4)
    }

    // MARK: Unsent text

    func drafts(of staff: String) -> [Draft] {
        inputs.compactMap { $1.text.isBlank ? nil : Draft(demand: $1, in: $0, of: staff) }
    }

    func draftKey(of draft: Draft) -> String? { draft.callID }

    mutating func restore(_ draft: Draft, _ context: Context) -> Bool {
        guard let (text, call) = draft.demand else { return false }
        // It was recorded before its draft could be removed.
        if let key = draft.key, context.holdsReceipt(for: key) { return true }
        guard open.contains(call) else { return false }
        let former = inputs[call].flatMap { $0.text.isBlank ? nil : $0 }
        let merged = former.map { "\(text)；\($0.text.text)" } ?? text
        inputs[call] = DemandInput(text: merged, key: former?.key ?? draft.key, context)
        return true
    }

    func formDraft(for draft: Draft, _ context: Context) -> Draft? { draft.request(in: context.estate) }

    func orphanedDraft(of staff: String) -> Draft? {
        drafts(of: staff).first { draft in draft.demand.map { !open.contains($0.call) } ?? false }
    }

    mutating func discard(_ draft: Draft) {
        if let call = draft.demand?.call { inputs[call] = nil }
    }
}
