import Estate
import Screen

/// One field of a form: what is typed or chosen, and what is wrong with it.
struct FormField {
    let description: FieldDescription
    var input: TextInput
    /// For a choice: which one; `nil` until one is chosen.
    var choice: Int?
    var error: String?
    /// What fits the text typed so far.
    var completions: [Completion] = []
    /// The completion that Enter would take; `nil` leaves the text as typed.
    var completion: Int?

    init(_ description: FieldDescription, given: String?) {
        self.description = description
        input = TextInput(given ?? "")
        choice = choices.firstIndex { $0.value == given }
        if choice == nil, description.isRequired, description.type != .flag, !choices.isEmpty { choice = 0 }
    }

    /// The values to choose from with the arrow keys; empty for a field to type in.
    var choices: [FieldType.Choice] {
        switch description.type {
        case .choice(let choices): choices
        case .flag:
            [
                .init(value: "true", label: Label("是", en: "yes")), .init(value: "false", label: Label("否", en: "no")),
            ]
        default: []
        }
    }

    var isChoice: Bool { !choices.isEmpty }

    /// What the action reads.
    var value: String { choice.map { choices[$0].value } ?? (isChoice ? "" : input.text) }

    mutating func choose(_ step: Int) {
        // A field that may be left empty can be emptied again: after its last choice comes none.
        let count = choices.count + (description.isRequired ? 0 : 1)
        let now = choice ?? (description.isRequired && step > 0 ? -1 : choices.count)
        let next = (now + step + count) % count
        choice = next < choices.count ? next : nil
    }
}
