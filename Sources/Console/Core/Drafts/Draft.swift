import Estate
import enum Journal.JSONValue
import struct Journal.JSONWriter

/// A form that somebody has begun and not sent: what is kept of it, so that it outlives the console.
struct Draft: Equatable, Sendable {
    /// The staff number of who fills it in.
    let staff: String
    /// The action's name.
    let action: String
    let title: Label
    /// What the place where the form was opened had answered.
    let fixed: [String: String]
    /// What is filled in, by the fields' keys.
    let answers: [String: Answer]

    struct Answer: Equatable, Sendable {
        /// What stands in the field, or the value of a choice.
        let text: String
        /// What the action reads, and what stands beside the text, where a suggestion was taken.
        var value: String?
        var detail = ""
    }

    /// The first words that are filled in, but no telephone number: enough to know it again.
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
    var json: [UInt8] {
        var json = JSONWriter()
        json.openObject()
        json.key("staff")
        json.string(staff)
        json.key("action")
        json.string(action)
        json.key("title")
        json.openArray()
        json.string(title.chinese)
        json.string(title.english)
        json.closeArray()
        json.key("hidden")
        json.openObject()
        for (key, value) in fixed.sorted(by: { $0.key < $1.key }) {
            json.key(named: key)
            json.string(value)
        }
        json.closeObject()
        json.key("answers")
        json.openObject()
        for (key, answer) in answers.sorted(by: { $0.key < $1.key }) {
            json.key(named: key)
            json.openArray()
            for text in [answer.text] + (answer.value.map { [$0, answer.detail] } ?? []) { json.string(text) }
            json.closeArray()
        }
        json.closeObject()
        json.closeObject()
        return json.bytes + [0x0A]
    }

    /// Reads what ``json`` writes; `nil` for anything else.
    init?(json bytes: [UInt8]) {
        guard let text = String(validating: bytes, as: UTF8.self),
            case .object(let members)? = try? JSONValue(parsing: text.trimmed),
            case .string(let staff)? = members["staff"], case .string(let action)? = members["action"],
            let title = members["title"]?.texts, title.count == 2, case .object(let fixed)? = members["hidden"],
            case .object(let answers)? = members["answers"]
        else { return nil }
        var read: [String: Answer] = [:]
        for (key, answer) in answers {
            guard let texts = answer.texts, [1, 3].contains(texts.count) else { return nil }
            read[key] =
                texts.count == 1
                ? Answer(text: texts[0]) : Answer(text: texts[0], value: texts[1], detail: texts[2])
        }
        self.init(
            staff: staff, action: action, title: Label(title[0], en: title[1]),
            fixed: fixed.compactMapValues { if case .string(let text) = $0 { text } else { nil } }, answers: read)
    }
}

extension JSONValue {
    /// The elements of a list of texts.
    fileprivate var texts: [String]? {
        guard case .array(let elements) = self else { return nil }
        let texts = elements.compactMap { if case .string(let text) = $0 { text } else { nil } }
        return texts.count == elements.count ? texts : nil
    }
}
