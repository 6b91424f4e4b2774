import Estate
import Screen

/// A field whose value is one of a few, side by side: chosen with the arrow keys, or by typing what it is called.
extension FormField {
    /// The values to choose from; empty for a field to type in.
    var choices: [FieldType.Choice] {
        switch description.type {
        case .choice(let choices): choices
        case .flag:
            [.init(value: "true", label: Label("是", en: "yes")), .init(value: "false", label: Label("否", en: "no"))]
        default: []
        }
    }

    var isChoice: Bool { !choices.isEmpty }

    /// Goes on to the next or previous choice; a field that may be left empty can be emptied again.
    mutating func choose(_ step: Int) {
        let count = choices.count + (description.isRequired ? 0 : 1)
        // After the last choice comes none, where none may be.
        let now = choice ?? (description.isRequired && step > 0 ? -1 : choices.count)
        let next = (now + step + count) % count
        (choice, input) = (next < choices.count ? next : nil, TextInput())
    }

    /// The choices that a text fits best, by the word that is shown, else by the other words for them.
    func choices(fitting text: String, _ language: Language) -> [Int] {
        let wanted = Wanted(text)
        for words in choices.map({ [$0.label[language], $0.label.chinese, $0.label.english, $0.value] }).transposed {
            let found = words.enumerated().compactMap { index, word in wanted.likeness(of: word).map { (index, $0) } }
                // A single letter within a word, such as e in yes, was hardly meant.
                .filter { $0.1 != .contained || text.count > 1 }
            if let best = found.map(\.1).min() { return found.filter { $0.1 == best }.map(\.0) }
        }
        return []
    }

    /// Chooses what is typed: Chinese, pinyin or first letters, a key after the other. What fits nothing together with the
    /// keys before it begins anew, and if it fits nothing by itself either, the choice stays; then `false`.
    mutating func choose(by key: Key, _ language: Language) -> Bool {
        var typed = input
        guard typed.handle(key), typed.text != input.text else { return true }
        if typed.isEmpty {
            (choice, input) = (nil, typed)
            return true
        }
        if choose(by: typed.text, language) { return true }
        guard case .character(let sign) = key else { return false }
        return choose(by: String(sign), language)
    }

    /// Chooses what a text fits best, the first of several; `false` if it fits nothing.
    mutating func choose(by text: String, _ language: Language) -> Bool {
        guard let first = choices(fitting: text, language).first else { return false }
        (choice, input, error) = (first, TextInput(text), nil)
        return true
    }
}

extension [[String]] {
    /// The first of each row, then the second of each.
    fileprivate var transposed: [[String]] { (first ?? []).indices.map { column in map { $0[column] } } }
}
