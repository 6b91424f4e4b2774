import Estate
import Screen

/// A value that fits what is being typed.
struct Completion: Hashable {
    /// What is put into the field.
    let value: String
    /// What is shown beside it.
    let detail: String
}

extension Completion {
    /// How many are offered at once.
    static let most = 6

    /// What fits the text of a field. Lists are completed one element at a time.
    static func fitting(_ text: String, _ field: FieldDescription, _ context: Context) -> [Completion] {
        switch field.type {
        case .unit, .host: people(text, context)
        case .staff: staff(text, context)
        case .plate: plates(text, context)
        case .list(.text) where field.key == "visitors": staff(lastElement(of: text), context)
        case .text where field.key == "staff" || field.key == "next": staff(text, context)
        case .text where field.key == "purpose": words(context.estate.handbook.gate.purposes, text)
        case .text where field.key == "document":
            words(
                context.estate.handbook.gate.documents.kinds + [context.estate.handbook.gate.documents.verified], text)
        case .text where field.key == "template":
            context.estate.handbook.inspections.names.compactMap { name in
                context.estate.handbook.template(named: name).map { Completion(value: name, detail: $0.title) }
            }.filter { Pinyin.matches(text, in: $0.value) || Pinyin.matches(text, in: $0.detail) }
        case .text where field.key == "method": words(["微信", "支付宝", "银行转账", "现金", "刷卡"], text)
        case .text where field.key == "channel": words(["电话", "上门", "微信", "书面通知"], text)
        default: []
        }
    }

    /// Puts a completion in place of the text, or of a list's last element.
    func replacing(_ text: String, in field: FieldDescription) -> String {
        guard case .list = field.type else { return value }
        let kept = text.split(omittingEmptySubsequences: false) { ",，、".contains($0) }.dropLast()
        return (kept.map(String.init) + [value]).joined(separator: ",")
    }

    private static func lastElement(of text: String) -> String {
        text.split(omittingEmptySubsequences: false) { ",，、".contains($0) }.last.map(String.init) ?? ""
    }

    private static func people(_ text: String, _ context: Context) -> [Completion] {
        context.estate.people.search(text, limit: most).map { match in
            let words = [match.name, match.tenure.map { context($0.label) }].compactMap { $0 }
            return Completion(value: match.unit.text, detail: words.joined(separator: " "))
        }
    }

    private static func staff(_ text: String, _ context: Context) -> [Completion] {
        context.estate.staff.members.values.filter {
            text.isEmpty || Pinyin.matches(text, in: $0.name) || Pinyin.matches(text, in: $0.code)
                || Pinyin.matches(text, in: $0.role.label.chinese)
        }.map { Completion(value: $0.name, detail: "\($0.code) \(context($0.role.label))") }
    }

    private static func plates(_ text: String, _ context: Context) -> [Completion] {
        let wanted = text.halfwidth.uppercased()
        guard wanted.count >= 3 else { return [] }
        return context.estate.people.vehicles.elements.lazy.filter { $0.key.text.contains(wanted) }.prefix(most).map {
            Completion(value: $0.key.text, detail: $0.value.text)
        }
    }

    private static func words(_ words: [String], _ text: String) -> [Completion] {
        words.filter { Pinyin.matches(text, in: $0) }.map { Completion(value: $0, detail: "") }
    }
}
