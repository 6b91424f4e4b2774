import Estate
import enum Journal.JSONValue
import Screen

/// A request to the session, as a value. Commands, layers and panes return intents; ``Session/perform(_:_:)`` carries
/// them out, in order.
enum Intent {
    case none
    case several([Intent])
    case open(any Layer)
    case fill(FormRequest)
    /// Shows words in the status bar for some seconds. An error is shown longer and in red.
    case say(Label, isError: Bool = false)
    /// Focuses a window; if it has the focus already, shows its next tab.
    case window(String)
    /// Focuses the pane of this name, that is its window and its tab.
    case focus(String)
    /// Focuses the next (1) or the previous (-1) pane.
    case focusNext(Int)
    /// Selects the first of these records that the focused pane lists.
    case select([String])
    /// Selects a record in the first pane that lists one of these ids, and closes the lists over it; the pane or window of
    /// the name `first` is looked at before the others. Performs the other intent if no pane lists it.
    indirect case record([String], first: String, otherwise: Intent)
    /// Selects a search hit in its pane.
    case show(Hit)
    /// Runs a command that is in force now, by its name.
    case run(String)
    /// Runs a command of a pane on a record that the pane lists; does nothing if it lists it no more.
    case runOn(String, record: String, in: String)
    /// Runs a pane's command on the row that followed a record, whether or not the record is still listed.
    case runAfter(String, record: String, in: String)
    case press(Key)
    case pane(PaneAction, name: String)
    case settings(ListSettings, pane: String)
    case toggleZoom
    case toggleMouse
    /// Changes the layout; `nil` restores that of the role.
    case arrange(Arrangement?)
    case signIn(StaffMember)
    case lock
    case effect(Effect)
    /// Carries out an effect that the member has agreed to: nothing more is asked.
    case agreed(Effect)
    /// Brings back the layers that were parked last.
    case unpark
    /// Closes the topmost layer.
    case closeLayer

    /// Records actions, all of them or none; `then` is performed once they are durable.
    static func perform(_ actions: any Action..., done: Label, then: [Intent] = []) -> Intent {
        .effect(.perform(actions, done: done, then: then))
    }

    /// Asks before an operation that a stray key must not start.
    static func confirm(_ question: Label, about: [Label] = [], yes: Label, _ intent: Intent) -> Intent {
        .open(ConfirmLayer(question: question, about: about, yes: yes, intent: intent))
    }

    static func error(_ label: Label) -> Intent { .say(label, isError: true) }

    static func error(_ error: any Error) -> Intent { .error((error as? Refusal)?.message ?? .none) }
}

/// An operation on one pane that is not a movement in it.
enum PaneAction {
    /// Start typing a filter.
    case filter
    /// Mark the selected row, or take the mark back.
    case mark
    /// Take the mark of a row back.
    case unmark(String)
    /// Show the next of several open records, e.g. of two calls.
    case showNext
    /// Keep which rows follow a row, as they are shown now.
    case keepOrder(String)
    /// Go on from that row: select it or, if it is gone, nothing.
    case resume(String)
}

/// A form to be opened.
struct FormRequest {
    let action: any Action.Type
    /// Values that the form starts with and that can be changed, by field key.
    var prefill: [String: String] = [:]
    /// Values that are not asked for, by field key.
    var fixed: [String: String] = [:]
    /// Fields that must be filled in here although the action itself can do without.
    var required: Set<String> = []
    /// The field in which the form begins; `nil`: the first that is to be filled in.
    var first: String?
    /// The form's title; the action's label if `nil`.
    var title: Label?
    /// The request as it would be made now, when the estate has changed; `nil` if the form cannot be opened any more.
    var renew: (@Sendable (Context) -> FormRequest?)?
    /// What was done, for the status line; the action's label if `nil`.
    var done: Label?
    /// Performed once the action is durable. A draft of the form does not keep it.
    var then: [Intent] = []
}

extension FormRequest {
    /// What is asked in place of a form that has no field to be filled in; `nil` if it has any.
    func question(_ context: Context) -> Intent? {
        if action.description.contains(where: { fixed[$0.key] == nil }) { return nil }
        do {
            let read = try action.read(fixed.mapValues { JSONValue.string($0) }, context.present)
            let title = title ?? action.label
            return .confirm(
                Label("\(title.chinese)？", en: "\(title.english)?"), yes: action.label,
                .perform(read, done: done ?? action.label, then: then))
        } catch { return .error(error) }
    }
}

extension Intent {
    /// The same intent. If it opens a form, the form adopts what `renew` would open whenever the estate has changed:
    /// title, fixed values, and proposed values that the member has not edited.
    func renewed(by renew: @escaping @Sendable (Context) -> Intent?) -> Intent {
        guard case .fill(var request) = self else { return self }
        request.renew = { context in
            guard case .fill(let request) = renew(context) else { return nil }
            return request
        }
        return .fill(request)
    }

    /// Opens the form of an action. `fixed` values are not asked for.
    static func form(
        _ action: any Action.Type, prefill: [String: any FieldValue] = [:], fixed: [String: any FieldValue] = [:],
        required: Set<String> = [], first: String? = nil, title: Label? = nil, done: Label? = nil,
        then: [Intent] = []
    ) -> Intent {
        // None of the values that forms are opened with depends on the time zone.
        func texts(_ values: [String: any FieldValue]) -> [String: String] {
            values.mapValues { $0.text(zone: .shanghai) }
        }
        return .fill(
            FormRequest(
                action: action, prefill: texts(prefill), fixed: texts(fixed), required: required, first: first,
                title: title, done: done, then: then))
    }
}
