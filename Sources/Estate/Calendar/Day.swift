import Journal

/// A civil date in the estate's zone.
public struct Day: Hashable, Comparable, Sendable {
    /// Days since 1970-01-01.
    public let number: Int

    public init(number: Int) { self.number = number }

    public init(_ moment: Moment, in zone: Zone) {
        let civil = Civil(moment, in: zone)
        number = Civil.days(year: civil.year, month: civil.month, day: civil.day)
    }

    /// The day of an as-of moment: 0:00 counts as 24:00 of the day before (Rules, Time).
    public init(asOf moment: Moment, in zone: Zone) {
        self.init(Moment(milliseconds: moment.milliseconds - 1), in: zone)
    }

    public init?(year: Int, month: Int, day: Int) {
        guard Civil(year: year, month: month, day: day).isReal else { return nil }
        number = Civil.days(year: year, month: month, day: day)
    }

    public var civil: Civil { Civil(days: number) }
    public static func < (a: Day, b: Day) -> Bool { a.number < b.number }
    public func adding(_ days: Int) -> Day { Day(number: number + days) }
    public func days(since earlier: Day) -> Int { number - earlier.number }

    /// The same day `months` later, or that month's last day (自然月).
    public func adding(months: Int) -> Day {
        let civil = civil
        let period = Period(year: civil.year, month: civil.month).adding(months)
        return Day(number: period.first.number + min(civil.day, period.length) - 1)
    }

    /// 0:00 of the day.
    public func start(in zone: Zone) -> Moment { civil.moment(in: zone) }
    /// 24:00 of the day: a deadline ends here.
    public func end(in zone: Zone) -> Moment { adding(1).start(in: zone) }

    /// 1 for Monday to 7 for Sunday.
    public var weekday: Int { ((number + 3) % 7 + 7) % 7 + 1 }

    /// `2026-11-23`
    public var text: String {
        let civil = civil
        return civil.year.padded(4) + "-" + civil.month.padded(2) + "-" + civil.day.padded(2)
    }

    /// `11-23`
    public var short: String { String(text.dropFirst(5)) }
}

extension Int {
    /// Decimal digits, padded with leading zeros.
    func padded(_ width: Int) -> String {
        let digits = String(self)
        let missing = width - digits.utf8.count
        return missing > 0 ? String(repeating: "0", count: missing) + digits : digits
    }
}

extension Day: FieldValue {
    public static var type: FieldType { .date }
    public static var placeholder: Day { Day(number: 0) }

    public func text(zone: Zone) -> String { text }

    public init(scanning scanner: inout JSONScanner, zone: Zone) throws {
        var reader = DigitReader(bytes: try scanner.plain())
        guard let year = reader.number(4), reader.take("-"), let month = reader.number(2), reader.take("-"),
            let day = reader.number(2), reader.isAtEnd, let value = Day(year: year, month: month, day: day)
        else { throw scanner.malformed() }
        self = value
    }
}

/// A calendar month (账期), the unit of bills and rates.
public struct Period: Hashable, Comparable, Sendable {
    /// Months since the year 0.
    public let number: Int

    public init(number: Int) { self.number = number }
    public init(year: Int, month: Int) { number = year * 12 + month - 1 }

    public init(_ day: Day) {
        let civil = day.civil
        self.init(year: civil.year, month: civil.month)
    }

    public init(_ moment: Moment, in zone: Zone) { self.init(Day(moment, in: zone)) }

    public static func < (a: Period, b: Period) -> Bool { a.number < b.number }
    public func adding(_ months: Int) -> Period { Period(number: number + months) }
    public var first: Day { Day(number: Civil.days(year: number / 12, month: number % 12 + 1, day: 1)) }
    public var last: Day { adding(1).first.adding(-1) }
    /// Days in the month.
    public var length: Int { adding(1).first.days(since: first) }
    public var text: String { (number / 12).padded(4) + "-" + (number % 12 + 1).padded(2) }
    public func contains(_ day: Day) -> Bool { first <= day && day <= last }
    /// From 0:00 of its first day to 24:00 of its last.
    func span(in zone: Zone) -> Range<Moment> { first.start(in: zone)..<last.end(in: zone) }
}

extension Period: FieldValue {
    public static var type: FieldType { .period }
    public static var placeholder: Period { Period(number: 0) }

    public func text(zone: Zone) -> String { text }

    public init(scanning scanner: inout JSONScanner, zone: Zone) throws {
        var reader = DigitReader(bytes: try scanner.plain())
        guard let year = reader.number(4), reader.take("-"), let month = reader.number(2), (1...12).contains(month),
            reader.isAtEnd
        else { throw scanner.malformed() }
        self.init(year: year, month: month)
    }
}

/// A week from Monday to Sunday, numbered as in ISO 8601.
public struct Week: Hashable, Comparable, Sendable {
    /// The week's Monday.
    public let monday: Day

    public init(_ day: Day) { monday = day.adding(1 - day.weekday) }
    public static func < (a: Week, b: Week) -> Bool { a.monday < b.monday }
    public var sunday: Day { monday.adding(6) }

    /// `2026-W48`; a week belongs to the year of its Thursday.
    public var text: String {
        let thursday = monday.adding(3)
        let year = thursday.civil.year
        let number = thursday.days(since: Day(number: Civil.days(year: year, month: 1, day: 1))) / 7 + 1
        return "\(year.padded(4))-W\(number.padded(2))"
    }
}

extension Week: FieldValue {
    public static var type: FieldType { .week }
    public static var placeholder: Week { Week(Day.placeholder) }

    public init(text: String, zone: Zone) throws {
        let parts = text.plain.uppercased().split(separator: "-", omittingEmptySubsequences: false)
        if parts.count == 2, parts[1].hasPrefix("W"), parts[0].count == 4, let year = Int(parts[0]),
            let number = Int(parts[1].dropFirst()), (1...53).contains(number),
            let january = Day(year: year, month: 1, day: 4)
        {
            self.init(Week(january).monday.adding(7 * (number - 1)))
            if self.text == "\(year.padded(4))-W\(number.padded(2))" { return }
        }
        throw Refusal.input("week.malformed", "“\(text)”不是周次，例：2026-W48", en: "“\(text)” is not a week, e.g. 2026-W48")
    }

    public func text(zone: Zone) -> String { text }
}

extension Moment: FieldValue {
    public static var type: FieldType { .moment }
    public static var placeholder: Moment { Moment(milliseconds: 0) }

    public func text(zone: Zone) -> String { text(in: zone) }

    /// `2026-11-23 16:10`
    public func display(zone: Zone, language: Language) -> String {
        let text = text(in: zone)
        return "\(text.prefix(10)) \(text.dropFirst(11).prefix(5))"
    }

    /// `15:41` today, `11-23 15:41` on another day.
    public func clock(on today: Day, in zone: Zone) -> String {
        let text = display(zone: zone, language: .chinese)
        return String(text.suffix(Day(self, in: zone) == today ? 5 : 11))
    }

    public init(scanning scanner: inout JSONScanner, zone: Zone) throws {
        guard let moment = Moment(iso: try scanner.plain()) else {
            throw scanner.malformed()
        }
        self = moment
    }
}
