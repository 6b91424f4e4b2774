import Estate
import Screen

/// One field of a form: what is typed or chosen, and what is wrong with it.
struct FormField {
    let description: FieldDescription
    var input: TextInput
    /// For a choice: which one; `nil` until one is chosen. Nothing is chosen for anybody beforehand.
    var choice: Int?
    /// The suggestion that was taken: what the action reads, while the text shows what people read.
    var taken: Completion?
    /// A sum that was proposed, and that the first digit typed replaces.
    private var isProposed: Bool
    var error: String?
    /// What fits the text typed so far.
    var completions: [Completion] = []
    /// The completion that Enter would take; `nil` leaves the text as typed.
    var completion: Int?

    init(_ description: FieldDescription, given: String?) {
        self.description = description
        input = TextInput(given ?? "")
        isProposed = given?.isEmpty == false && description.type == .amount
        choice = choices.firstIndex { $0.value == given }
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
    var value: String { choice.map { choices[$0].value } ?? (isChoice ? "" : taken?.value ?? input.text) }
    /// What a person reads.
    func shown(_ language: Language) -> String { choice.map { choices[$0].label[language] } ?? input.text }

    /// Goes on to the next or previous choice; a field that may be left empty can be emptied again.
    mutating func choose(_ step: Int) {
        let count = choices.count + (description.isRequired ? 0 : 1)
        // After the last choice comes none, where none may be.
        let now = choice ?? (description.isRequired && step > 0 ? -1 : choices.count)
        let next = (now + step + count) % count
        choice = next < choices.count ? next : nil
    }

    /// Types or edits; `true` if the text has changed.
    mutating func type(_ key: Key) -> Bool {
        let before = input.text
        if isProposed, case .character = key { input = TextInput() }
        isProposed = false
        guard input.handle(key), input.text != before else { return false }
        taken = nil
        return true
    }

    mutating func paste(_ text: String) {
        input.insert(text)
        (taken, isProposed) = (nil, false)
    }

    mutating func take(_ completion: Completion) {
        input = TextInput(completion.replacing(input.text, in: description))
        if case .list = description.type { taken = nil } else { taken = completion }
        error = nil
    }
}
