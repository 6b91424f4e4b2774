import Estate
import Screen

/// A field with a few values side by side, chosen with the arrow keys or by typing a name.
extension FormField {
    /// The values to choose from; empty for a text field.
    var choices: [FieldType.Choice] {
        switch description.type {
        case .choice(let choices): choices
        case .flag:
            [.init(value: "true", label: Label("是", en: "yes")), .init(value: "false", label: Label("否", en: "no"))]
        default: []
        }
    }

    var isChoice: Bool { !choices.isEmpty }

    /// Moves to the next (1) or previous (-1) choice. In an optional field, no choice at all is one of the positions.
    mutating func choose(_ step: Int) {
        let count = choices.count + (description.isRequired ? 0 : 1)
        let now = choice ?? (description.isRequired && step > 0 ? -1 : choices.count)
        let next = (now + step + count) % count
        (choice, input) = (next < choices.count ? next : nil, TextInput())
    }

    /// The indices of the choices that match a text best: by the label shown, else by the other names.
    func choices(fitting text: String, _ language: Language) -> [Int] {
        let query = Query(text)
        let names = choices.map { choice in
            [choice.label[language], choice.label.chinese, choice.label.english, choice.value].map { [$0] }
                + [choice.synonyms]
        }
        for words in names.transposed {
            let found = words.enumerated().compactMap { index, words in
                query.rank(of: words).map { (index, $0.matchKind) }
            }
            // A single letter inside a word is not a match.
            .filter { $0.1 != .contained || text.count > 1 }
            if let best = found.map(\.1).min() { return found.filter { $0.1 == best }.map(\.0) }
        }
        return []
    }

    /// Chooses by Chinese, pinyin or initials, typed key by key. If the text so far matches nothing, matching starts again
    /// with the last key; a digit that matches nothing chooses by number. If that fails too, the choice stays and the
    /// result is `false`.
    mutating func choose(by key: Key, _ language: Language) -> Bool {
        var typed = input
        guard typed.handle(key), typed.text != input.text else { return true }
        if typed.isEmpty {
            (choice, input) = (nil, typed)
            return true
        }
        if choose(by: typed.text, language) { return true }
        guard case .character(let sign) = key else { return false }
        if choose(by: String(sign), language) { return true }
        guard case .character(let digit) = key.commandEquivalent else { return false }
        return choose(numbered: digit)
    }

    /// Chooses the value of a digit, as it stands before it.
    private mutating func choose(numbered digit: Character) -> Bool {
        guard let index = choices.indices.first(where: { self.digit(of: $0) == String(digit) }) else {
            return false
        }
        (choice, input, error) = (index, TextInput(), nil)
        return true
    }

    /// The digit that chooses a value, from 1; `nil` where there are more values than digits.
    func digit(of index: Int) -> String? { choices.count > 9 ? nil : String(index + 1) }

    /// Chooses the best match of a text, the first of several; `false` if there is none.
    mutating func choose(by text: String, _ language: Language) -> Bool {
        guard let first = choices(fitting: text, language).first else { return false }
        (choice, input, error) = (first, TextInput(text), nil)
        return true
    }
}

extension [[[String]]] {
    /// Rows become columns.
    fileprivate var transposed: [[[String]]] { (first ?? []).indices.map { column in map { $0[column] } } }
}
