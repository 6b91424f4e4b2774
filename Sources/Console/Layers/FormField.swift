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
    /// What the field was given before, newest first.
    let earlier: [Completion]
    /// Which of those stands in the field now, and what stood there before.
    private var recalled: (index: Int, own: TextInput)?
    /// A sum that was proposed, and that the first digit typed replaces.
    private var isProposed: Bool
    var error: String?
    /// What fits the text typed so far.
    var completions: [Completion] = []
    /// The completion that Enter would take; `nil` leaves the text as typed.
    var completion: Int?

    init(_ description: FieldDescription, given: String?, earlier: [Completion] = []) {
        (self.description, self.earlier) = (description, earlier)
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
        // In Chinese, digits come full-width.
        let key = description.type.isOfDigits ? key.commandEquivalent : key
        guard input.handle(key), input.text != before else { return false }
        (taken, recalled) = (nil, nil)
        return true
    }

    mutating func paste(_ text: String) {
        input.insert(text)
        (taken, recalled, isProposed) = (nil, nil, false)
    }

    /// Puts what was given before into the field: the one before that, or with -1 the one after, up to what was typed.
    mutating func recall(_ step: Int) {
        let index = (recalled?.index ?? -1) + step
        let own = recalled?.own ?? input
        guard index < earlier.count, index >= -1 else { return }
        recalled = index < 0 ? nil : (index, own)
        input = index < 0 ? own : TextInput(earlier[index].text)
        (taken, isProposed, error) = (nil, false, nil)
    }

    /// Those given before that fit what is typed; an empty field is left in peace.
    var earlierFitting: [Completion] {
        if taken != nil || input.isEmpty { return [] }
        let fitting = earlier.lazy.filter { [input] in
            Pinyin.matches(input.text, in: $0.text) && ($0.text != input.text || !$0.others.isEmpty)
        }
        return Array(fitting.prefix(Completion.most))
    }

    /// Answers an empty field along with another one.
    mutating func fill(_ value: String) {
        guard self.value.isEmpty else { return }
        input = TextInput(value)
        choice = choices.firstIndex { $0.value == value }
        error = nil
    }

    mutating func take(_ completion: Completion) {
        input = TextInput(completion.replacing(input.text, in: description))
        // What reads as it is written needs no other value behind it.
        let isPlain = completion.value == completion.text && completion.detail.isEmpty
        if case .list = description.type { taken = nil } else { taken = isPlain ? nil : completion }
        error = nil
    }
}
