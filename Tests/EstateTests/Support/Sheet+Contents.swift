@testable import Estate

extension Sheet {
    /// The value of each name; the last one if a name occurs twice.
    var values: [String: String?] {
        blocks.reduce(into: [:]) { values, block in
            switch block {
            case .entries(let entries): for entry in entries { values[entry.name] = .some(entry.value) }
            case .words(let name, let words, _): values[name] = .some(words)
            default: break
            }
        }
    }

    /// The rows of its tables.
    var tables: [[[String]]] {
        blocks.compactMap { block in if case .table(_, let rows) = block { rows } else { nil } }
    }
}
