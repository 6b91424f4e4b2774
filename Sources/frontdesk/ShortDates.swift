import Estate
import Journal

/// The dates that were typed short, with what they were read as: an answer tells of them, so that no year is guessed unseen.
struct ShortDates {
    private(set) var read: [(key: String, text: String)] = []

    /// Those among `members`, which the fields have accepted.
    init(in members: [String: JSONValue], _ fields: [FieldDescription], _ present: Present) {
        for field in fields where [.date, .moment, .period, .week].contains(field.type) {
            guard case .string(let typed)? = members[field.key], let text = try? field.normalise(typed, present),
                text != typed
            else { continue }
            // A whole moment may be written in more ways than one; its day is in all of them.
            if field.type == .moment, typed.halfwidth.hasPrefix(text.prefix(10)) { continue }
            if !read.contains(where: { $0.key == field.key }) { read.append((field.key, text)) }
        }
    }

    /// Tells of each beside the answer.
    func tell() { for (key, text) in read { complain("\(key) → \(text)") } }

    /// `"read":{"promise":"2026-12-05"}`, if there are any.
    func write(to json: inout JSONWriter) {
        if read.isEmpty { return }
        json.key("read")
        json.openObject()
        for (key, text) in read {
            json.key(named: key)
            json.string(text)
        }
        json.closeObject()
    }
}
