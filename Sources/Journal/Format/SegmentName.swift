/// The names of segments, in the order of writing.
///
/// A segment is named after the month of its first line: `2026-11.jsonl`. After a clock that was far ahead its month is
/// written behind the one that it follows, so that names still sort as they follow one another: `2099-05.jsonl`,
/// `2099-05~2026-11.jsonl`, `2099-05~2026-12.jsonl`.
struct SegmentName {
    /// Months as `2026-11`, each but the first earlier than the one before it.
    private var months: [String]

    private static let suffix = ".jsonl"
    private static let separator: Character = "~"
    /// HEAD has room for the name; see ``Head``.
    private static let mostMonths = 5

    /// `nil` for another file's name.
    init?(_ text: String) {
        guard text.hasSuffix(SegmentName.suffix) else { return nil }
        months = text.dropLast(SegmentName.suffix.count)
            .split(separator: SegmentName.separator, omittingEmptySubsequences: false).map(String.init)
        guard months.count <= SegmentName.mostMonths, months.allSatisfy(SegmentName.isMonth) else { return nil }
    }

    private static func isMonth(_ text: String) -> Bool {
        text.utf8.count == 7
            && text.utf8.enumerated().allSatisfy {
                $0.offset == 4 ? $0.element == UInt8(ascii: "-") : (48...57).contains($0.element)
            }
    }

    private var text: String { months.joined(separator: String(SegmentName.separator)) + SegmentName.suffix }

    /// Months since the year 0.
    private static func number(_ month: String) -> Int {
        (Int(month.prefix(4)) ?? 0) * 12 + (Int(month.suffix(2)) ?? 0)
    }

    /// The segment for lines of a month. A clock that went back by up to a month goes on with the latest segment.
    private mutating func advance(to month: String) {
        guard let latest = months.last, month != latest else { return }
        let isBehind = month < latest
        if isBehind, SegmentName.number(latest) - SegmentName.number(month) <= 1 { return }
        if isBehind, months.count == SegmentName.mostMonths { return }
        if !isBehind { while let last = months.last, last < month { months.removeLast() } }
        months.append(month)
    }

    /// The name of the segment for lines of a month, after the latest segment; `latest` is empty if there is none.
    static func next(after latest: String, month: String) -> String {
        guard var name = SegmentName(latest) else { return month + suffix }
        name.advance(to: month)
        return name.text
    }
}

extension Moment {
    /// The name of the segment for lines written at the moment, after the latest segment.
    func segmentName(after latest: String, in zone: Zone) -> String {
        let month = String(decoding: bytes(in: zone, milliseconds: false).prefix(7), as: UTF8.self)
        return SegmentName.next(after: latest, month: month)
    }
}

extension LogReader {
    /// Whether a file is a segment. Other files in the folder, such as backups, are ignored.
    static func isSegment(_ name: String) -> Bool { SegmentName(name) != nil }
}
