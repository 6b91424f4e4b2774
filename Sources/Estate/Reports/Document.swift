/// What a report says, sheet by sheet, in no format yet. Its texts are as the data has them; who writes a format makes them safe.
public struct Document: Sendable {
    /// What a file of it is called, without an ending: ASCII letters, digits and dashes.
    public let name: String
    public let title: String
    public let language: Language
    public let sheets: [Sheet]
    /// What is said in place of sheets where there are none.
    public let empty: String
}

/// What belongs on one piece of paper.
public struct Sheet: Sendable {
    public let heading: String
    /// What tells this sheet from others, small beside the heading.
    public let number: String
    public let blocks: [Block]
    /// Small print at the end.
    public let foot: String

    /// A part of a sheet, from one edge to the other.
    public enum Block: Sendable {
        case heading(String)
        /// Names and values, two beside another.
        case entries([Entry])
        /// Rows under heads; one of empty cells only is to be filled by hand.
        case table([String], [[String]])
        case choices(String, [Choice])
        /// Words of any length, or so many empty lines for them.
        case words(String, String?, lines: Int)
    }

    /// Entries as they stand in rows: two narrow ones, or one that takes the whole width.
    public static func rows(of entries: [Entry]) -> [[Entry]] {
        entries.reduce(into: []) { rows, entry in
            if !entry.isWide, let last = rows.last, last.count == 1, !last[0].isWide {
                rows[rows.count - 1].append(entry)
            } else {
                rows.append([entry])
            }
        }
    }

    /// A name and its value, or room to write one.
    public struct Entry: Sendable {
        public let name: String
        public let value: String?
        /// Whether it takes the whole width.
        public let isWide: Bool

        init(_ name: String, _ value: String?, isWide: Bool = false) {
            (self.name, self.value, self.isWide) = (name, value, isWide)
        }
    }

    /// Something to be ticked, with words or room for them behind it.
    public struct Choice: Sendable {
        public let text: String
        public let isTicked: Bool
        public let hasRoom: Bool
        public let value: String?

        init(_ text: String, isTicked: Bool, hasRoom: Bool = false, value: String? = nil) {
            (self.text, self.isTicked, self.hasRoom, self.value) = (text, isTicked, hasRoom, value)
        }
    }
}
