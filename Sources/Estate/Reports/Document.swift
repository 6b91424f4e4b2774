/// The contents of a report, independent of any format. Its texts are not escaped: the writer of each format does that.
public struct Document: Sendable {
    /// The file name without extension: ASCII letters, digits and dashes.
    public let name: String
    public let title: String
    public let language: Language
    public let sheets: [Sheet]
    /// The text to show if there are no sheets.
    public let empty: String

    /// The document with a further line of small print on each sheet; on none, after the text that says so.
    public func adding(foot: String) -> Document {
        Document(
            name: name, title: title, language: language, sheets: sheets.map { $0.adding(foot: foot) },
            empty: sheets.isEmpty ? "\(empty)\n\(foot)" : empty)
    }
}

/// One form or record, which starts on a page of its own.
public struct Sheet: Sendable {
    public let heading: String
    /// The identifier of the sheet, in small print beside the heading.
    public let number: String
    public let blocks: [Block]
    /// Small print at the end.
    public let foot: String

    fileprivate func adding(foot line: String) -> Sheet {
        Sheet(heading: heading, number: number, blocks: blocks, foot: foot.isEmpty ? line : "\(foot)\n\(line)")
    }

    /// A part of a sheet over its full width.
    public enum Block: Sendable {
        case heading(String)
        /// A paragraph.
        case text(String)
        /// A title and bars, the longest of full length.
        case chart(String, [Bar])
        /// Names and values, in two columns.
        case entries([Entry])
        /// Column heads and rows. A row of empty cells is to be filled in by hand.
        case table([String], [[String]])
        case choices(String, [Choice])
        /// A name and a text of any length; without a text, the number of lines to write on.
        case words(String, String?, lines: Int)
    }

    /// Arranges entries in rows: two narrow ones, or one wide one.
    public static func rows(of entries: [Entry]) -> [[Entry]] {
        entries.reduce(into: []) { rows, entry in
            if !entry.isWide, let last = rows.last, last.count == 1, !last[0].isWide {
                rows[rows.count - 1].append(entry)
            } else {
                rows.append([entry])
            }
        }
    }

    /// The columns of a table that hold amounts, quantities or rates, which are aligned at their ends.
    public static func figures(in rows: [[String]]) -> Set<Int> {
        // An amount, or a number that is no name: one of a telephone has more digits, one of a document begins with 0.
        let figure = /[-+]?(?:[0-9,]+\.[0-9]{2}|(?:0|[1-9][0-9,]{0,9})(?:\.[0-9]+)?(?: ?%)?)/
        let columns = rows.map(\.count).min() ?? 0
        return Set(
            (0..<columns).filter { column in
                let cells = rows.map { $0[column] }.filter { !$0.isEmpty }
                return !cells.isEmpty && cells.allSatisfy { $0.wholeMatch(of: figure) != nil }
            })
    }

    /// A bar of a chart: its name, its size of zero or more, and the figure beside it.
    public struct Bar: Sendable {
        public let name: String
        public let size: Int
        public let figure: String

        init(_ name: String, size: Int, _ figure: String) { (self.name, self.size, self.figure) = (name, size, figure) }

        /// The length of each bar in `length` steps; a bar above zero has one at least.
        public static func lengths(of bars: [Bar], in length: Int) -> [Int] {
            let most = max(1, bars.map(\.size).max() ?? 0)
            return bars.map { $0.size <= 0 ? 0 : max(1, Int(Double($0.size) / Double(most) * Double(length))) }
        }
    }

    /// A name and its value; `nil` leaves room to write one.
    public struct Entry: Sendable {
        public let name: String
        public let value: String?
        /// Whether it takes the full width.
        public let isWide: Bool

        init(_ name: String, _ value: String?, isWide: Bool = false) {
            (self.name, self.value, self.isWide) = (name, value, isWide)
        }
    }

    /// A box to tick with its text, followed by a value or room to write one.
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

extension Money {
    /// The size of its bar in a chart: fen, none below zero.
    var size: Int { max(0, Int(clamping: fen)) }
}
