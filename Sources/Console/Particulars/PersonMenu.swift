import Estate
import Screen

/// What can be done with a record of a person that a search found and no list shows any more.
enum PersonMenu {
    /// How many of each feature's latest records the palette looks at for each key.
    static let searched = 300

    /// A menu with history, erasure and hold for a member who may erase; for others the history itself.
    static func intent(for record: PersonRecord, _ context: Context) -> Intent {
        let history = Intent.history(of: record.id.text, context)
        let ending = [
            item(EraseParticulars.self, Label("本人要求：写明原因，问过再删", en: "on request: asks first"), record, context),
            item(HoldParticulars.self, Label("为事故留存到某日", en: "for an incident, until a day"), record, context),
        ].compactMap(\.self)
        if ending.isEmpty { return history }
        let first = MenuLayer.Item(
            label: HistoryView.label, doc: Label("谁在何时记了什么", en: "who recorded what, and when"), intents: [history])
        return .open(
            MenuLayer(
                title: Line([Span(record.words.prefix(2).joined(separator: " "), .title)]), items: [first] + ending))
    }

    private static func item(
        _ action: any Action.Type, _ doc: Label, _ record: PersonRecord, _ context: Context
    ) -> MenuLayer.Item? {
        guard context.disabledReason(action) == nil, context.estate.hasParticulars(record.id) else { return nil }
        return MenuLayer.Item(
            label: action.label, doc: doc,
            intents: [.form(action, fixed: ["record": Ref<JournalEntry>(record.id)])])
    }
}
