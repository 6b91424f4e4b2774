import Estate

/// What somebody has lately given to fields of free text, so that it need not be typed again.
struct RecentInput {
    private var texts: [String: [String: [String]]] = [:]

    /// How many different texts are remembered of one field.
    private static let most = 9

    /// The last texts of an action's fields, by their keys, newest first.
    func texts(of action: any Action.Type) -> [String: [String]] { texts[action.name] ?? [:] }

    mutating func remember(_ input: [String: String], of action: any Action.Type) {
        for (key, text) in input {
            let rest = texts[action.name]?[key]?.filter { $0 != text } ?? []
            texts[action.name, default: [:]][key] = [text] + rest.prefix(RecentInput.most - 1)
        }
    }
}
