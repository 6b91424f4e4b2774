import Estate
import Screen

/// A value proposed for a field.
struct Completion: Hashable {
    /// The text that the action reads.
    let value: String
    /// The text for the field.
    let text: String
    let detail: String
    /// Values for other fields that are still empty, by key.
    let others: [String: String]

    init(_ value: String, text: String? = nil, detail: String = "", others: [String: String] = [:]) {
        (self.value, self.text, self.detail, self.others) = (value, text ?? value, detail, others)
    }

    init(_ candidate: Candidate) {
        self.init(candidate.value, text: candidate.text, detail: candidate.detail, others: candidate.others)
    }
}

extension Completion {
    /// The maximum number of completions shown.
    static let most = 6

    /// The completions for the text of a field. Lists are completed one element at a time.
    static func fitting(_ text: String, _ field: FieldDescription, _ context: Context) -> [Completion] {
        switch field.type {
        case .unit: people(text, context) { match in match.unit.text }
        case .host: people(text, context) { match in host(match, context) }
        case .plate: plates(text, context)
        case .list(.staff): staff(lastElement(of: text), context)
        case .staff:
            // The field's own candidates come first; without any, all staff.
            listed(text, field, context).nonEmpty ?? staff(text, context)
        case .worker: workers(text, field, context)
        case .list(.worker): workers(lastElement(of: text), field, context)
        default: listed(text, field, context)
        }
    }

    /// The field's text with the completion in place of the text, or of a list's last element.
    func replacing(_ typed: String, in field: FieldDescription) -> String {
        guard field.type.isList else { return text }
        let kept = typed.split(omittingEmptySubsequences: false, whereSeparator: Completion.isSeparator).dropLast()
        return (kept.map(String.init) + [text]).joined(separator: ",")
    }

    private static func lastElement(of text: String) -> String {
        text.split(omittingEmptySubsequences: false, whereSeparator: isSeparator).last.map(String.init) ?? ""
    }

    static func isSeparator(_ sign: Character) -> Bool { ",，、".contains(sign) }

    private static func people(_ text: String, _ context: Context, value: (PersonHit) -> String) -> [Completion] {
        context.estate.people.search(text, limit: most).map { match in
            let words = [match.name, match.tenure.map { context($0.label) }].compactMap { $0 }
            return Completion(value(match), text: match.unit.text, detail: words.joined(separator: " "))
        }
    }

    /// The resident's name if it is unique, else the unit.
    private static func host(_ match: PersonHit, _ context: Context) -> String {
        guard let name = match.name, context.estate.people.persons(named: name).count == 1 else {
            return match.unit.text
        }
        return name
    }

    private static func staff(_ text: String, _ context: Context) -> [Completion] {
        context.estate.staff.members.values.filter {
            text.isEmpty || Pinyin.matches(text, in: $0.name) || Pinyin.matches(text, in: $0.code)
                || Pinyin.matches(text, in: $0.role.label.chinese)
        }.map { Completion($0.name, detail: "\($0.code) \(context($0.role.label))") }
    }

    /// Staff members and others who had work assigned lately.
    private static func workers(_ text: String, _ field: FieldDescription, _ context: Context) -> [Completion] {
        let others = field.candidates(context.estate).filter { Pinyin.matches(text, in: $0.text) }
        return Array((others.map { Completion($0) } + staff(text, context)).prefix(most))
    }

    private static func plates(_ text: String, _ context: Context) -> [Completion] {
        let part = text.halfwidth.uppercased()
        guard part.count >= 3 else { return [] }
        return context.estate.people.vehicles.elements.lazy.filter { $0.key.text.contains(part) }.prefix(most).map {
            Completion($0.key.text, detail: $0.value.text)
        }
    }

    /// The candidates of the field's type or action.
    private static func listed(_ text: String, _ field: FieldDescription, _ context: Context) -> [Completion] {
        field.candidates(context.estate).lazy.filter {
            Pinyin.matches(text, in: $0.text) || Pinyin.matches(text, in: $0.detail)
        }.prefix(most).map { Completion($0) }
    }
}

extension Array {
    fileprivate var nonEmpty: [Element]? { isEmpty ? nil : self }
}
