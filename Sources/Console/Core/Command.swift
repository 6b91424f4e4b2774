import Estate
import Screen

/// An operation that a key or the palette starts. Hints, help, palette, key table and tests all read this declaration.
struct Command: Sendable {
    let name: String
    /// Two or three words, for hints.
    let label: Label
    /// One line, for help.
    let doc: Label
    /// The default keys. ``KeyTable`` applies the role's window keys and the user's key file.
    let keys: [Key]
    /// On a narrow screen the hint with the lowest priority is dropped first. 0: never shown as a hint.
    let priority: Int
    /// Whether the command also works while a form or another layer is open. It must not change that layer.
    let worksOverLayers: Bool
    /// Whether the command works over open layers now, and sets them aside until no pane is busy.
    let parksLayers: @Sendable (Session, Context) -> Bool
    /// Whether the command works in every tab of its window: it needs no selected row.
    let worksInWindow: Bool
    /// The action that the command leads to now. A member who may not do it sees no hint of the command.
    let action: @Sendable (Session) -> (any Action.Type)?
    /// What the command would do now, for its hint; `nil` for the label.
    let hint: @Sendable (Session, Context) -> Label?
    /// All that ``hint`` may give: the hint is as wide as the widest.
    let hints: [Label]
    /// Why the command cannot be used now; `nil` if it can.
    let disabledReason: @Sendable (Session, Context) -> Label?
    let run: @Sendable (Session, Context) -> Intent

    init(
        _ name: String, _ label: Label, doc: Label, keys: [Key], priority: Int = 5, worksOverLayers: Bool = false,
        worksInWindow: Bool = false, parksLayers: @escaping @Sendable (Session, Context) -> Bool = { _, _ in false },
        action: @escaping @Sendable (Session) -> (any Action.Type)? = { _ in nil },
        hint: @escaping @Sendable (Session, Context) -> Label? = { _, _ in nil }, hints: [Label] = [],
        disabledReason: @escaping @Sendable (Session, Context) -> Label? = { _, _ in nil },
        run: @escaping @Sendable (Session, Context) -> Intent
    ) {
        (self.name, self.label, self.doc, self.keys, self.priority) = (name, label, doc, keys, priority)
        (self.worksOverLayers, self.worksInWindow, self.parksLayers) = (worksOverLayers, worksInWindow, parksLayers)
        (self.action, self.hint, self.hints, self.disabledReason, self.run) = (action, hint, hints, disabledReason, run)
    }

    /// Whether the role of the member may do what the command leads to.
    func isPermitted(_ session: Session, _ context: Context) -> Bool {
        guard let action = action(session), let member = context.member else { return true }
        return context.estate.staff.permits(member.code, action)
    }
}

extension Label {
    /// The reason of every command that needs a selected row.
    static let nothingSelected = Label("没有选中的记录", en: "nothing is selected")
}
