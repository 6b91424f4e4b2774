import Estate
import Journal

/// Dates typed in a short form and their interpretation, which is part of every answer so that a wrong guess is
/// noticed.
struct ShortDates {
    private(set) var read: [(key: String, text: String)] = []

    /// The short dates among `members`. Values that a field rejects are skipped, and so are those that are complete, in
    /// whichever spelling.
    init(
        in members: [String: JSONValue], _ fields: [FieldDescription], _ present: Present,
        for key: (String) -> Present? = { _ in nil }
    ) {
        for field in fields where [.date, .moment, .period, .week].contains(field.type) {
            guard case .string(let typed)? = members[field.key],
                let text = try? field.normalise(typed, key(field.key) ?? present), text != typed,
                !typed.halfwidth.hasPrefix(text.prefix(10))
            else { continue }
            if !read.contains(where: { $0.key == field.key }) { read.append((field.key, text)) }
        }
    }

    /// Prints each interpretation on standard error.
    func print() { for (key, text) in read { printError("\(key) → \(text)") } }

    /// Writes `"read":{"promise":"2026-12-05"}`; nothing if there are no short dates.
    func write(to json: inout JSONWriter) {
        if read.isEmpty { return }
        json.key("read")
        json.object { json in
            for (key, text) in read {
                json.key(named: key)
                json.string(text)
            }
        }
    }
}
