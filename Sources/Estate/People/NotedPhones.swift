import Journal

/// Telephone numbers of a person, each with its note: `13812345678 本人；057188887777 办公室`.
struct NotedPhones: FieldValue, Hashable {
    let numbers: [Person.Number]

    static var type: FieldType { .list(.phone) }
    static var placeholder: NotedPhones { NotedPhones(numbers: []) }
    static func isNothing(_ text: String) -> Bool { text.meansNothing }

    init(numbers: [Person.Number]) { self.numbers = numbers }

    /// Numbers separated by `；` or `,` and the like. A note stands behind its number, before it, or in brackets. Throws
    /// ``Refusal`` with cause `input`.
    init(text: String, zone: Zone) throws {
        var numbers: [Person.Number] = []
        for part in text.withoutInvisible.split(whereSeparator: { "；;，,、|".contains($0) || $0.isNewline }) {
            let part = String(part).trimmed
            if part.meansNothing { continue }
            do { numbers.append(try NotedPhones.number(part, zone)) } catch let refusal as Refusal {
                // A note may have the separator.
                guard let last = numbers.last, let note = last.note, Phone.digits(in: part) < 7 else { throw refusal }
                numbers[numbers.count - 1] = Person.Number(phone: last.phone, note: "\(note)；\(part)")
            }
        }
        self.numbers = numbers
    }

    private static func number(_ text: String, _ zone: Zone) throws -> Person.Number {
        let words = text.split(maxSplits: 1, whereSeparator: \.isWhitespace).map(String.init)
        if words.count == 2, let phone = try? Phone(text: words[0], zone: zone) {
            return Person.Number(phone: phone, note: words[1].trimmed)
        }
        let whole = try Phone(text: text, zone: zone)
        let note = text.halfwidth.replacing(/[+(]?[0-9][-0-9 ().]*(?:(?:转|分机|#|x|ext)\s*[0-9]+)?/, with: " ")
            .filter { !"():：".contains($0) }.trimmed
        return Person.Number(phone: whole, note: note.isEmpty || note.meansNothing ? nil : note)
    }

    func text(zone: Zone) -> String {
        numbers.map { number in number.phone.text + (number.note.map { " \($0)" } ?? "") }.joined(separator: "；")
    }

    /// The text with the middle of each number hidden.
    var masked: String {
        numbers.map { number in number.phone.masked + (number.note.map { " \($0)" } ?? "") }.joined(separator: "；")
    }
}

extension Phone {
    /// The number of digits of a text.
    fileprivate static func digits(in text: String) -> Int { text.halfwidth.utf8.count { 48...57 ~= $0 } }
}
