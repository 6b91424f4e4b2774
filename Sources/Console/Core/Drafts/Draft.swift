import Estate
import Foundation

/// The contents of an unsent form or of other unsent text, stored so that they outlive the console.
struct Draft: Equatable, Sendable {
    /// The staff number of the member who typed it.
    let staff: String
    let action: String
    let title: Label
    /// The values that the form does not ask for, by field key.
    let fixed: [String: String]
    /// The filled-in values, by field key.
    let answers: [String: Answer]
    /// The idempotency key of the form or text; `nil` in drafts of former versions.
    var key: String?

    struct Answer: Equatable, Sendable {
        /// The field's text, or the value of a choice.
        let text: String
        /// The value and the detail of a completion that was taken.
        var value: String?
        var detail = ""
    }

    /// The title and the first two values, telephone numbers left out.
    func summary(_ language: Language) -> String {
        let fields = (try? Estate.action(named: action))?.description ?? []
        let words = fields.filter { $0.type != .phone }.compactMap { field -> String? in
            guard let text = answers[field.key]?.text else { return nil }
            guard case .choice(let choices) = field.type else { return text }
            return choices.first { $0.value == text }?.label[language] ?? text
        }
        return ([title[language]] + words.filter { !$0.isEmpty }.prefix(2)).joined(separator: " · ")
    }
}

extension Draft {
    /// The file format: an answer is its text, or text, value and detail.
    private struct File: Codable {
        let staff, action: String
        let title: [String]
        let hidden: [String: String]
        let answers: [String: [String]]
        let key: String?
    }

    var json: [UInt8] {
        let file = File(
            staff: staff, action: action, title: [title.chinese, title.english], hidden: fixed,
            answers: answers.mapValues { answer in [answer.text] + (answer.value.map { [$0, answer.detail] } ?? []) },
            key: key)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return ((try? encoder.encode(file)).map { [UInt8]($0) } ?? []) + [0x0A]
    }

    /// Reads the output of ``json``; `nil` for anything else.
    init?(json bytes: [UInt8]) {
        guard let file = try? JSONDecoder().decode(File.self, from: Data(bytes)), file.title.count == 2,
            file.answers.values.allSatisfy({ [1, 3].contains($0.count) })
        else { return nil }
        self.init(
            staff: file.staff, action: file.action, title: Label(file.title[0], en: file.title[1]), fixed: file.hidden,
            answers: file.answers.mapValues { texts in
                texts.count == 1 ? Answer(text: texts[0]) : Answer(text: texts[0], value: texts[1], detail: texts[2])
            },
            key: file.key)
    }
}
