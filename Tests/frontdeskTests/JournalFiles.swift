import Foundation

/// The journal's lines, read from its files without the program's code, to check the program's results independently.
struct JournalFiles {
    /// A complete line that no later line sets aside.
    struct Entry {
        let id: String
        let kind: String
        let sequence: Int
        /// Index among the lines of its action, and their number.
        let place: Int
        let count: Int
        let members: JSON
    }

    private(set) var entries: [Entry] = []
    /// Number of byte ranges set aside.
    private(set) var asides = 0
    /// Number of complete lines in those ranges.
    private(set) var linesAside = 0

    init(_ home: TestHome) throws {
        let lines = try home.segments().flatMap { try JournalFiles.lines($0) }
        let asides = lines.filter { $0.json["k"].text == "journal.setAside" }.map { $0.json["d"] }
        for line in lines where line.json.exists && line.json["k"].text != "journal.setAside" {
            let isAside = asides.contains { aside in
                let start = aside["offset"].number ?? 0
                return aside["segment"].text == line.segment
                    && (start..<start + (aside["bytes"].number ?? 0)).contains(line.offset)
            }
            if isAside {
                linesAside += 1
                continue
            }
            entries.append(
                Entry(
                    id: line.json["id"].text ?? "", kind: line.json["k"].text ?? "",
                    sequence: line.json["s"].number ?? 0, place: line.json["g"][0].number ?? 0,
                    count: line.json["g"][1].number ?? 1, members: line.json["d"]))
        }
        self.asides = asides.count
    }

    private static func lines(_ segment: URL) throws -> [(segment: String, offset: Int, json: JSON)] {
        var offset = 0
        return try Data(contentsOf: segment).split(separator: 0x0A, omittingEmptySubsequences: false).map { line in
            defer { offset += line.count + 1 }
            return (segment.lastPathComponent, offset, JSON(String(decoding: line, as: UTF8.self)))
        }
    }

    /// First lines of incomplete actions.
    var brokenActions: [Entry] {
        var (broken, index) = ([Entry](), 0)
        while index < entries.count {
            let first = entries[index]
            let action = entries[index...].prefix(first.count)
            let hasFullHistory = action.enumerated().allSatisfy { place, entry in
                entry.place == place && entry.count == first.count && entry.sequence == first.sequence + place
            }
            if hasFullHistory && action.count == first.count {
                index += first.count
            } else {
                broken.append(first)
                index += 1
            }
        }
        return broken
    }
}
