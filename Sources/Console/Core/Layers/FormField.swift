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
    /// Whether digits choose from the listed values while nothing is typed.
    let isNumbered: Bool
    /// The index of the earlier value that is shown, and the text that was typed before.
    private var recalled: (index: Int, own: TextInput)?
    /// Whether the field holds a proposal, which the first typed sign replaces.
    private(set) var isProposed = false
    var error: String?
    /// Whether the last element of a list is complete: further typing begins a new one.
    private(set) var isElementComplete = false
    private(set) var completions: [Completion] = []
    /// The index of the highlighted completion, which is taken when the field is left; `nil`: the text stays.
    private(set) var completion: Int?
    /// Whether the highlight was moved by hand.
    private(set) var isCompletionChosen = false

    init(_ description: FieldDescription, prefill: String?, earlier: [Completion] = [], isNumbered: Bool = false) {
        (self.description, self.earlier, input) = (description, earlier, TextInput())
        self.isNumbered = isNumbered
        propose(prefill ?? "")
    }

    /// Sets a first value. The first typed sign replaces an amount, and any text if it `yields`.
    mutating func propose(_ value: String, yields: Bool = false) {
        choice = choices.firstIndex { $0.value == value }
        input = isChoice ? TextInput() : TextInput(value)
        isProposed = !value.isEmpty && !isChoice && (yields || description.type == .amount)
        isElementComplete = !value.isEmpty && description.type.isList
        (taken, error) = (nil, nil)
    }

    /// The text that the action reads.
    var value: String { choice.map { choices[$0].value } ?? (isChoice ? "" : taken?.value ?? input.text) }
    func shown(_ language: Language) -> String {
        choice.map { choices[$0].label[language] } ?? (isChoice ? "" : input.text)
    }

    /// Whether the key has changed the text; `nil` if it is no editing key.
    mutating func type(_ key: Key) -> Bool? {
        let before = input.text
        let key = description.type.isOfDigits ? key.commandEquivalent : key
        if case .character(let sign) = key {
            if isProposed { input = TextInput() }
            separate(before: sign)
        }
        guard input.handle(key) else { return nil }
        isProposed = false
        guard input.text != before else { return false }
        (taken, recalled, isElementComplete) = (nil, nil, false)
        return true
    }

    mutating func paste(_ text: String) {
        if isProposed { input = TextInput() }
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
    private var earlierFitting: [Completion] {
        let query = Query(input.text)
        if taken != nil || query.isEmpty { return [] }
        return earlier.filter {
            (query.matchKind(of: $0.text) != nil || isPart(of: $0)) && ($0.text != input.text || !$0.others.isEmpty)
        }
    }

    /// Whether some digits are part of an earlier value's code.
    private func isPart(of completion: Completion) -> Bool {
        let part = input.text.halfwidth.uppercased()
        guard part.count >= 3, part.contains(where: \.isNumber), part.allSatisfy(\.isASCII) else { return false }
        return completion.code?.contains(part) ?? false
    }

    /// The texts that the value consists of: the elements of a list, or the one text.
    var elements: [String] {
        description.type.isList ? Completion.elements(of: value).filter { !$0.isEmpty } : [value.trimmed]
    }

    mutating func replace(_ element: String, by completion: Completion) {
        guard description.type.isList else { return take(completion) }
        input = TextInput(elements.map { $0 == element ? completion.text : $0 }.joined(separator: ","))
    }

    // MARK: Completions

    /// Offers what fits the text. The best is highlighted, except for an empty field, one whose text is a value already,
    /// where only earlier input fits, and where the text may be meant as it is.
    mutating func offer(_ fitting: [Completion]) {
        let typed = description.type.isList ? Completion.elements(of: input.text).last : input.text
        let isValue = fitting.contains {
            $0.text == typed && description.type.isValue($0.text, of: $0) && !bringsOthers($0)
        }
        let isTaken = taken != nil || isElementComplete || isValue && !offersAll
        let offered = isTaken ? [] : fitting
        completions = Array((offered + earlierFitting).prefix(Completion.most))
        let isOpen =
            typed?.trimmed.isEmpty != false || offered.isEmpty || offersAll || standsByItself(before: offered[0])
            || description.type.reads(input.text, among: offered)
        (completion, isCompletionChosen) = (isOpen ? nil : 0, false)
    }

    /// Whether a completion of a text fills in other fields too, so that it is worth taking though its text is there.
    private func bringsOthers(_ completion: Completion) -> Bool {
        description.type == .text && !completion.others.isEmpty
    }

    /// Whether a free text is a value of its own and only a part of a completion: 维修班 of 维修班 老高, 3 of A-3. Letters
    /// alone are pinyin, which is a value of nothing; for what fills in other fields so are digits, the end of a plate.
    private func standsByItself(before completion: Completion) -> Bool {
        guard description.type == .text, !description.meansCandidates, !completion.isExact else { return false }
        if bringsOthers(completion) { return !input.text.allSatisfy(\.isASCII) }
        return !input.text.trimmed.allSatisfy { $0.isASCII && ($0.isLetter || $0.isWhitespace) }
    }

    mutating func dropCompletions() { (completions, completion) = ([], nil) }

    /// Moves the highlight, which begins at the first completion.
    mutating func highlight(_ step: Int) { highlight(at: completion.map { $0 + step } ?? 0) }

    mutating func highlight(at index: Int) {
        completion = completions.isEmpty ? nil : min(completions.count - 1, max(0, index))
        isCompletionChosen = true
    }

    /// The highlighted completion.
    var highlighted: Completion? {
        completion.flatMap { completions.indices.contains($0) ? completions[$0] : nil }
    }

    /// Whether the highlighted completion is one of several that may be meant.
    var isDoubtful: Bool {
        guard isAsking, !isCompletionChosen, let best = highlighted else { return false }
        return !best.isExact || completions.contains { $0.isExact && $0.value != best.value }
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
}
