import Estate
import Screen

/// One field of a form: its text or choice, its completions and its error.
struct FormField {
    let description: FieldDescription
    var input: TextInput
    /// The index of the chosen value; `nil` until one is chosen. There is no default.
    var choice: Int?
    /// The completion that was taken: its value goes to the action, its text is shown.
    var taken: Completion?
    /// Earlier values of the field, newest first.
    let earlier: [Completion]
    /// The index of the earlier value that is shown, and the text that was typed before.
    private var recalled: (index: Int, own: TextInput)?
    /// Whether the field holds a proposed amount, which the first typed digit replaces.
    private var isProposed: Bool
    var error: String?
    /// Whether the last element of a list is complete: further typing begins a new one.
    private(set) var isElementComplete: Bool
    var completions: [Completion] = []
    /// The index of the completion that Enter takes; `nil`: Enter keeps the text.
    var completion: Int?

    init(_ description: FieldDescription, prefill: String?, earlier: [Completion] = []) {
        (self.description, self.earlier) = (description, earlier)
        input = TextInput(prefill ?? "")
        isProposed = prefill?.isEmpty == false && description.type == .amount
        isElementComplete = prefill?.isEmpty == false && description.type.isList
        choice = choices.firstIndex { $0.value == prefill }
        if isChoice { input = TextInput() }
    }

    /// The text that the action reads.
    var value: String { choice.map { choices[$0].value } ?? (isChoice ? "" : taken?.value ?? input.text) }
    func shown(_ language: Language) -> String {
        choice.map { choices[$0].label[language] } ?? (isChoice ? "" : input.text)
    }

    /// `true` if the key has changed the text.
    mutating func type(_ key: Key) -> Bool {
        let before = input.text
        if isProposed, case .character = key { input = TextInput() }
        isProposed = false
        // Chinese input methods send full-width digits.
        let key = description.type.isOfDigits ? key.commandEquivalent : key
        if case .character(let sign) = key { separate(before: sign) }
        guard input.handle(key), input.text != before else { return false }
        (taken, recalled, isElementComplete) = (nil, nil, false)
        return true
    }

    mutating func paste(_ text: String) {
        if let sign = text.first { separate(before: sign) }
        input.insert(text)
        (taken, recalled, isProposed, isElementComplete) = (nil, nil, false, false)
    }

    /// Adds a comma after a complete element of a list before a new one begins.
    private mutating func separate(before sign: Character) {
        guard isElementComplete, input.afterCaret.isEmpty, !Completion.isSeparator(sign) else { return }
        input.insert(",")
    }

    /// Shows the next older (1) or newer (-1) earlier value; after the newest comes the typed text.
    mutating func recall(_ step: Int) {
        let index = (recalled?.index ?? -1) + step
        let own = recalled?.own ?? input
        guard index < earlier.count, index >= -1 else { return }
        recalled = index < 0 ? nil : (index, own)
        input = index < 0 ? own : TextInput(earlier[index].text)
        (taken, isProposed, error) = (nil, false, nil)
        isElementComplete = index >= 0 && description.type.isList
    }

    /// The earlier values that match the text; none for an empty field.
    var earlierFitting: [Completion] {
        if taken != nil || input.isEmpty { return [] }
        let fitting = earlier.lazy.filter { [input] in
            Pinyin.matches(input.text, in: $0.text) && ($0.text != input.text || !$0.others.isEmpty)
        }
        return Array(fitting.prefix(Completion.most))
    }

    /// Sets the value of an empty field, as part of a completion of another field.
    mutating func fill(_ value: String) {
        guard self.value.isEmpty else { return }
        if isChoice { choice = choices.firstIndex { $0.value == value } } else { input = TextInput(value) }
        isElementComplete = description.type.isList
        error = nil
    }

    mutating func take(_ completion: Completion) {
        input = TextInput(completion.replacing(input.text, in: description))
        // If text and value are the same, the text alone is enough.
        let isPlain = completion.value == completion.text && completion.detail.isEmpty
        isElementComplete = description.type.isList
        taken = isElementComplete || isPlain ? nil : completion
        error = nil
    }

    /// The only completion that the text can mean, in a field that must have a known value; `nil` if there are several or
    /// the text is complete.
    var sole: Completion? {
        guard completion != nil, completions.count < Completion.most, description.type.isOfKnown,
            let first = completions.first
        else { return nil }
        if Set(completions.map(\.value)).count == 1 { return description.type.reads(input.text) ? nil : first }
        // Digits alone mean the room itself, not one of its residents.
        let isRoom = input.text.halfwidth.allSatisfy { $0.isASCII && $0.isNumber }
        return isRoom && description.type == .host && Set(completions.map(\.text)).count == 1
            ? Completion(first.text) : nil
    }
}
