import Estate

/// The last texts typed in free-text fields, offered again by Ctrl-P.
struct RecentInput {
    private var texts: [String: [String: [String]]] = [:]

    /// The number of texts remembered for each field.
    private static let most = 9

    /// The texts of an action's fields, newest first, by field key.
    func texts(of action: any Action.Type) -> [String: [String]] { texts[action.name] ?? [:] }

    mutating func remember(_ input: [String: String], of action: any Action.Type) {
        for (key, text) in input {
            let rest = texts[action.name]?[key]?.filter { $0 != text } ?? []
            texts[action.name, default: [:]][key] = [text] + rest.prefix(RecentInput.most - 1)
        }
    }
}
