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
    /// Whether the last element of a list is complete, so that what is typed on begins another.
    private(set) var isElementComplete: Bool
    /// What fits the text typed so far.
    var completions: [Completion] = []
    /// The completion that Enter would take; `nil` leaves the text as typed.
    var completion: Int?

    init(_ description: FieldDescription, prefill: String?, earlier: [Completion] = []) {
        (self.description, self.earlier) = (description, earlier)
        input = TextInput(prefill ?? "")
        isProposed = prefill?.isEmpty == false && description.type == .amount
        isElementComplete = prefill?.isEmpty == false && description.type.isList
        choice = choices.firstIndex { $0.value == prefill }
        if isChoice { input = TextInput() }
    }

    /// What the action reads.
    var value: String { choice.map { choices[$0].value } ?? (isChoice ? "" : taken?.value ?? input.text) }
    /// What a person reads.
    func shown(_ language: Language) -> String {
        choice.map { choices[$0].label[language] } ?? (isChoice ? "" : input.text)
    }

    /// Types or edits; `true` if the text has changed.
    mutating func type(_ key: Key) -> Bool {
        let before = input.text
        if isProposed, case .character = key { input = TextInput() }
        isProposed = false
        // In Chinese, digits come full-width.
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

    /// Puts a separator behind a complete element of a list before another is begun.
    private mutating func separate(before sign: Character) {
        guard isElementComplete, input.afterCaret.isEmpty, !Completion.isSeparator(sign) else { return }
        input.insert(",")
    }

    /// Puts what was given before into the field: the one before that, or with -1 the one after, up to what was typed.
    mutating func recall(_ step: Int) {
        let index = (recalled?.index ?? -1) + step
        let own = recalled?.own ?? input
        guard index < earlier.count, index >= -1 else { return }
        recalled = index < 0 ? nil : (index, own)
        input = index < 0 ? own : TextInput(earlier[index].text)
        (taken, isProposed, error) = (nil, false, nil)
        isElementComplete = index >= 0 && description.type.isList
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
        if isChoice { choice = choices.firstIndex { $0.value == value } } else { input = TextInput(value) }
        isElementComplete = description.type.isList
        error = nil
    }

    mutating func take(_ completion: Completion) {
        input = TextInput(completion.replacing(input.text, in: description))
        // What reads as it is written needs no other value behind it.
        let isPlain = completion.value == completion.text && completion.detail.isEmpty
        isElementComplete = description.type.isList
        taken = isElementComplete || isPlain ? nil : completion
        error = nil
    }

    /// What the typed text can only mean, where it has to be one of those offered; `nil` if it may mean several, or is
    /// complete as it stands.
    var sole: Completion? {
        guard completion != nil, completions.count < Completion.most, description.type.isOfKnown,
            let first = completions.first
        else { return nil }
        if Set(completions.map(\.value)).count == 1 { return description.type.reads(input.text) ? nil : first }
        // The digits of a room mean the room, whoever lives there.
        let isRoom = input.text.halfwidth.allSatisfy { $0.isASCII && $0.isNumber }
        return isRoom && description.type == .host && Set(completions.map(\.text)).count == 1
            ? Completion(first.text) : nil
    }
}
