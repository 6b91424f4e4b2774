extension Handbook {
    /// What the published calendar says of a day. A name is the holiday's, such as 国庆节.
    public enum DayKind: Equatable, Sendable {
        /// 放假, by the State Council's arrangement.
        case off(String)
        /// 调休: worked, though it is a weekend's day.
        case worked(String)
        /// Neither: its weekday decides.
        case ordinary
        /// No arrangement has been published for its year: nobody knows.
        case unpublished
    }

    /// The State Council's published holidays and make-up workdays (调休). The estate's own file may add a year as soon as
    /// it is published.
    public struct Calendar: Decodable, Equatable, Sendable {
        private struct Year: Decodable, Equatable {
            /// Days as `MM-dd`, by holiday.
            let off: [String: [String]]
            let work: [String: [String]]
        }

        public let clause: String
        public let source: String
        /// In order.
        public let publishedYears: [Int]
        /// Every day that is not ordinary, by its number: 2026-02-14 is 20260214.
        private let days: [Int: DayKind]

        public func dayKind(year: Int, month: Int, day: Int) -> DayKind {
            days[Self.number(year, month, day)] ?? (publishedYears.contains(year) ? .ordinary : .unpublished)
        }

        private static func number(_ year: Int, _ month: Int, _ day: Int) -> Int {
            (year * 100 + month) * 100 + day
        }
    }
}

extension Handbook.Calendar {
    private enum CodingKeys: String, CodingKey {
        case clause, source, years
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        clause = try container.decode(String.self, forKey: .clause)
        source = try container.decode(String.self, forKey: .source)

        var days: [Int: Handbook.DayKind] = [:]
        let years = try container.decode([String: Year].self, forKey: .years)
        for (name, year) in years {
            // A year without holidays is a slip, and would pass for one of plain weeks.
            guard year.off.values.contains(where: { !$0.isEmpty }) else {
                throw HandbookError.Reason.invalid("years.\(name)", chinese: "没有放假日", english: "has no holidays")
            }
            let entries =
                year.off.flatMap { holiday, dates in dates.map { ($0, Handbook.DayKind.off(holiday)) } }
                + year.work.flatMap { holiday, dates in dates.map { ($0, Handbook.DayKind.worked(holiday)) } }
            for (date, kind) in entries {
                guard let number = Self.number(year: name, date: date) else {
                    throw HandbookError.Reason.invalid("\(name)-\(date)", chinese: "不是日期", english: "is no date")
                }
                guard days.updateValue(kind, forKey: number) == nil else {
                    throw HandbookError.Reason.invalid("\(name)-\(date)", chinese: "出现两次", english: "is there twice")
                }
            }
        }
        self.days = days
        publishedYears = years.keys.compactMap(Int.init).sorted()
    }

    /// The number of a day written `2026` and `02-14`, or nil if there is no such day.
    private static func number(year: String, date: String) -> Int? {
        let parts = date.split(separator: "-", omittingEmptySubsequences: false)
        guard year.count == 4, parts.count == 2, parts.allSatisfy({ $0.count == 2 }),
            (parts + [year[...]]).allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } }), let year = Int(year),
            let month = Int(parts[0]), let day = Int(parts[1]),
            (1...12).contains(month), (1...lastDay(of: month, in: year)).contains(day)
        else { return nil }
        return number(year, month, day)
    }

    /// Whether a text is a day written `2026-02-14`.
    static func isDay(_ text: String) -> Bool {
        let (year, date) = (text.prefix(4), text.dropFirst(5))
        return text.utf8.count == 10 && text == "\(year)-\(date)"
            && number(year: String(year), date: String(date)) != nil
    }

    private static func lastDay(of month: Int, in year: Int) -> Int {
        switch month {
        case 4, 6, 9, 11: 30
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        default: 31
        }
    }
}

extension Handbook {
    public var calendar: Calendar { self[Calendar.self] }

    /// The kind of a day by the published calendar.
    public func dayKind(year: Int, month: Int, day: Int) -> DayKind {
        calendar.dayKind(year: year, month: month, day: day)
    }
}

extension Handbook.Calendar: Chapter {
    public static let file = "calendar.json"
    public static var shipped: [UInt8] { PackageResources.calendar_json }

    /// Holidays are announced, not prescribed by the standards, so the estate may change any of them.
    public static func merged(_ shipped: JSONTree, with own: JSONTree) throws(HandbookError.Reason) -> JSONTree {
        try own.requireKeys(of: shipped, at: [])
        return shipped.merging(own)
    }
}
