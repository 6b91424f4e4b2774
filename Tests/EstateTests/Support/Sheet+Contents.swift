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
    var headings: [String] {
        blocks.compactMap { block in if case .heading(let text) = block { text } else { nil } }
    }

    var tables: [[[String]]] {
        blocks.compactMap { block in if case .table(_, let rows) = block { rows } else { nil } }
    }

    /// All its texts, block by block.
    var contents: [String] {
        [heading, number]
            + blocks.flatMap { block -> [String] in
                switch block {
                case .heading(let text), .text(let text): [text]
                case .chart(let title, let bars): [title] + bars.flatMap { [$0.name, $0.figure] }
                case .entries(let entries): entries.flatMap { [$0.name, $0.value ?? ""] }
                case .table(let heads, let rows): heads + rows.flatMap { $0 }
                case .choices(let name, let choices): [name] + choices.map(\.text)
                case .words(let name, let words, _): [name, words ?? ""]
                }
            } + [foot]
    }
}
