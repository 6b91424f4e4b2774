import Estate
import Screen

/// Something a key does. Declared once: hints, help, palette and tests all read it here.
struct Command: Sendable {
    let name: String
    /// Two or three words, as hints show it.
    let label: Label
    /// One line, as help shows it.
    let doc: Label
    /// The keys it has unless the user's own file says otherwise; ``KeyTable`` knows.
    let keys: [Key]
    /// Where in the footer it may be left out first; 0 is not shown there at all.
    let priority: Int
    /// Why it cannot be done now; `nil` if it can.
    let whyNot: @Sendable (Session, Context) -> Label?
    let run: @Sendable (inout Session, Context) -> [Effect]

    init(
        _ name: String, _ label: Label, doc: Label, keys: [Key], priority: Int = 5,
        whyNot: @escaping @Sendable (Session, Context) -> Label? = { _, _ in nil },
        run: @escaping @Sendable (inout Session, Context) -> [Effect]
    ) {
        (self.name, self.label, self.doc, self.keys, self.priority) = (name, label, doc, keys, priority)
        (self.whyNot, self.run) = (whyNot, run)
    }
}
