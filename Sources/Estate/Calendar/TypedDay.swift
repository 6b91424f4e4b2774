import Journal

extension Day {
    /// A complete date: `2026-12-05`, `2026/12/5`, `2026年12月5日`, `2026.12.5`, `20261205`; a time of 0:00 and the right
    /// weekday may follow. Throws ``Refusal`` with cause `input`.
    public init(text: String, zone: Zone) throws {
        if let day = Day(canonical: text) { self = day } else { self = try DayReader(text).day() }
    }

    /// A date as people type it: a complete one, or `12-5`, `12月5日`, `5号`, `明天`, `+3`, `下周一`.
    ///
    /// Without a year, or without year and month, the nearest such day is meant; of two equally near days, the later
    /// one. A filter on the past means the latest such day instead. Ambiguous input is refused. Throws ``Refusal`` with
    /// cause `input`.
    public init(typed text: String, _ present: Present) throws {
        self = try DayReader(text, today: present.today, daysAhead: present.daysAhead).day()
    }

    /// The form `2026-12-05`; `nil` for others.
    init?(canonical text: String) {
        var text = text
        let day = text.withUTF8 { bytes -> Day? in
            var reader = DigitReader(bytes: UnsafeRawBufferPointer(bytes))
            guard let year = reader.number(4), reader.take("-"), let month = reader.number(2), reader.take("-"),
                let day = reader.number(2), reader.isAtEnd
            else { return nil }
            return Day(year: year, month: month, day: day)
        }
        guard let day else { return nil }
        self = day
    }

    /// The short name of the weekday.
    public var weekdayLabel: Label {
        Label(
            ["周一", "周二", "周三", "周四", "周五", "周六", "周日"][weekday - 1],
            en: ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"][weekday - 1])
    }
}

/// The forms of a date. Each method returns `nil` for input of another form.
private struct DayReader {
    /// The input for messages, and `typed`: the input in plain lower case without whitespace.
    let text: String
    let typed: String
    /// The day from which a date without a year counts; `nil`: the date must be complete.
    let today: Day?
    let daysAhead: Int?
    /// The weekday that follows the date, 1 for Monday.
    let weekdayBehind: Int?

    init(_ text: String, today: Day? = nil, daysAhead: Int? = nil) {
        (self.text, self.today, self.daysAhead) = (text, today, daysAhead)
        let date = text.plain.lowercased().withoutMidnight.filter { !$0.isWhitespace }
        let read = DayReader.withDigits(date).withoutZeroDecimals
        let behind = read.wholeMatch(of: /(.*[0-9日号])\(?(?:星期|周|礼拜)([一二三四五六日天])\)?/)
        typed = behind.map { String($0.output.1) } ?? read
        weekdayBehind = behind.flatMap { DayReader.weekdays[$0.output.2] }
    }

    func day() throws -> Day {
        guard let day = try word() ?? weekday() ?? date() ?? dayOfMonth() else { throw malformed }
        if let weekdayBehind, weekdayBehind != day.weekday {
            throw Refusal.input(
                "date.weekday", "“\(text)”：\(day.text) 是\(day.weekdayLabel.chinese)",
                en: "“\(text)”: \(day.text) is a \(day.weekdayLabel.english)")
        }
        return day
    }

    private static let weekdays: [Substring: Int] = [
        "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "日": 7, "天": 7, "1": 1, "2": 2, "3": 3, "4": 4, "5": 5, "6": 6,
        "7": 7,
    ]

    private static let words = [
        "大前天": -3, "前天": -2, "昨天": -1, "昨日": -1, "yesterday": -1, "今天": 0, "今日": 0, "today": 0, "明天": 1, "明日": 1,
        "tomorrow": 1, "后天": 2, "大后天": 3,
    ]

    /// 二〇二六年十二月五日 as 2026年12月5日.
    static func withDigits(_ text: String) -> String {
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return text }
        return text.replacing(/[零〇一二三四五六七八九]{4}(?=年)/) { match in
            match.output.compactMap { TypedNumber.number("\($0)").map(String.init) }.joined()
        }.replacing(/[一二三四五六七八九十]{1,3}(?=[月日号])/) { match in
            TypedNumber.number(match.output).map(String.init) ?? String(match.output)
        }
    }

    /// `明天`, `+3`.
    func word() -> Day? {
        guard let today else { return nil }
        if let days = DayReader.words[typed] { return today.adding(days) }
        guard let match = typed.wholeMatch(of: /[+-][0-9]{1,4}/), let days = Int(match.output) else { return nil }
        return today.adding(days)
    }

    /// `周五` is the next Friday, in a filter on the past the last one; with 本, 下 or 上 it is the Friday of this, the
    /// next or the last week, from Monday to Sunday.
    func weekday() throws -> Day? {
        let form = /(本|这|上|下下?)?个?(?:周|星期|礼拜)([一二三四五六日天1-7])/
        guard let today, let match = typed.wholeMatch(of: form), let place = DayReader.weekdays[match.output.2] else {
            return nil
        }
        guard let week = match.output.1 else {
            if place == today.weekday {
                let name = today.weekdayLabel
                throw Refusal.input(
                    "date.ambiguous", "今天就是\(name.chinese)：请填 今天 或 \(daysAhead == nil ? "下" : "上")\(name.chinese)",
                    en: "today is \(name.english): say +0 for today, or \(daysAhead == nil ? "+" : "-")7")
            }
            let days = (place - today.weekday + 7) % 7
            return today.adding(daysAhead.map { days > $0 } ?? false ? days - 7 : days)
        }
        let weeks = ["上": -1, "下": 1, "下下": 2][week] ?? 0
        return Week(today).monday.adding(7 * weeks + place - 1)
    }

    /// `2026-12-5`, `20261205`, `12/5`.
    func date() throws -> Day? {
        if let match = typed.wholeMatch(of: /([0-9]{4})([0-9]{2})([0-9]{2})/) {
            return try day(match.output.1, match.output.2, match.output.3)
        }
        if typed.wholeMatch(of: /[0-9]{1,2}[\-\/.][0-9]{1,2}[\-\/.][0-9]{4}/) != nil {
            throw Refusal.input("date.ambiguous", "请按 年-月-日 填：\(text)", en: "year first, then month and day: \(text)")
        }
        let form = /(?:([0-9]+)[\-\/.年])?([0-9]{1,2})[\-\/.月]([0-9]{1,2})[日号]?/
        guard let match = typed.wholeMatch(of: form) else { return nil }
        if let year = match.output.1 { return try day(year, match.output.2, match.output.3) }
        guard let month = Int(match.output.2), let day = Int(match.output.3) else { return nil }
        guard let today else { throw yearless }
        let year = today.civil.year
        return try meant(of: (year - 1...year + 1).compactMap { Day(year: $0, month: month, day: day) })
    }

    /// `5日`.
    func dayOfMonth() throws -> Day? {
        guard let today else { return nil }
        if typed.wholeMatch(of: /[0-9]{1,4}/) != nil {
            throw Refusal.input(
                "date.ambiguous", "“\(text)”分不清月和日，请填 12-5 或 5日",
                en: "“\(text)” may be more than one day: say month and day, as 12-5")
        }
        guard let match = typed.wholeMatch(of: /([0-9]{1,2})[日号]/), let day = Int(match.output.1) else { return nil }
        let month = Period(today)
        if daysAhead == nil, day > month.length { throw impossible }
        return try meant(
            of: (-2...1).map { month.adding($0) }.filter { 1...$0.length ~= day }.map { $0.first.adding(day - 1) })
    }

    private func day(_ year: Substring, _ month: Substring, _ day: Substring) throws -> Day {
        if year.count != 4 {
            throw Refusal.input("date.year", "年份请填四位：\(text)", en: "a year has four digits: \(text)")
        }
        guard let year = Int(year), let month = Int(month), let day = Int(day),
            let value = Day(year: year, month: month, day: day)
        else { throw impossible }
        return value
    }

    /// The nearest to today of some days in ascending order, of two equally near the later; in a filter on the past the
    /// latest.
    private func meant(of days: [Day]) throws -> Day {
        guard let today else { throw yearless }
        let day =
            daysAhead.map { ahead in days.last { $0 <= today.adding(ahead) } }
            ?? days.reversed().min { abs($0.days(since: today)) < abs($1.days(since: today)) }
        guard let day else { throw impossible }
        return day
    }

    private var impossible: Refusal {
        .input("date.impossible", "没有这一天：\(text)", en: "there is no such day: \(text)")
    }

    private var yearless: Refusal {
        .input("date.year", "请写上年份：\(text)", en: "the year is missing: \(text)")
    }

    /// What is wrong with a text of no known form.
    private var malformed: Refusal {
        if typed.wholeMatch(of: /[0-9]{5}(\.[0-9]+)?/) != nil { return .damaged("date.damaged", text, .dayNumber) }
        if text.plain.namesEnglishMonth {
            return .input("date.malformed", "请按 年-月-日 填：\(text)", en: "year first, then month and day: \(text)")
        }
        if let time = text.plain.firstMatch(of: /\s*[0-9]{1,2}:[0-9]{2}.*$/),
            time.range.lowerBound > text.plain.startIndex
        {
            return .input("date.time", "这里只填日期，不带时刻：\(text)", en: "a date without a time is expected: \(text)")
        }
        return .input(
            "date.malformed", "“\(text)”不是日期，例：2026-11-23、12-5、12月5日、明天、周五",
            en: "“\(text)” is not a date, e.g. 2026-11-23, 12-5, +1 for tomorrow")
    }
}

extension String {
    /// Without a time of 0:00, which spreadsheets put behind a date.
    fileprivate var withoutMidnight: String {
        replacing(/([0-9日号])(?:t|\s+)0{1,2}:00(?::00(?:\.0+)?)?$/) { String($0.output.1) }
    }
}

extension Period {
    /// A complete period: `2026-11`, `2026/11`, `2026年11月`, `202611`, or the first day of the month, which is what
    /// spreadsheets make of it. Throws ``Refusal`` with cause `input`.
    public init(text: String, zone: Zone) throws {
        if let period = Period(canonical: text) { self = period } else { self = try PeriodReader(text).period() }
    }

    /// The same, or `本月`, `上月`, `下月`, `11月`: the nearest such month, in a filter on the past the latest.
    public init(typed text: String, _ present: Present) throws {
        self = try PeriodReader(text, present).period()
    }

    /// The form `2026-11`; `nil` for others.
    private init?(canonical text: String) {
        var text = text
        let period = text.withUTF8 { bytes -> Period? in
            var reader = DigitReader(bytes: UnsafeRawBufferPointer(bytes))
            guard let year = reader.number(4), year > 0, reader.take("-"), let month = reader.number(2),
                1...12 ~= month, reader.isAtEnd
            else { return nil }
            return Period(year: year, month: month)
        }
        guard let period else { return nil }
        self = period
    }
}

/// The forms of a period.
private struct PeriodReader {
    /// The input for messages, and `typed`: the input in plain form without whitespace.
    let text: String
    let typed: String
    /// The moment from which a month without a year counts; `nil`: the period must be complete.
    let present: Present?

    init(_ text: String, _ present: Present? = nil) {
        (self.text, self.present) = (text, present)
        let period = text.plain.lowercased().withoutMidnight.filter { !$0.isWhitespace }
        typed = DayReader.withDigits(period).withoutZeroDecimals
    }

    private static let words = ["上月": -1, "上个月": -1, "本月": 0, "这个月": 0, "当月": 0, "下月": 1, "下个月": 1]

    func period() throws -> Period {
        if let present {
            let now = Period(present.today)
            if let months = PeriodReader.words[typed] { return now.adding(months) }
            if let match = typed.wholeMatch(of: /([0-9]{1,2})月份?/), let month = Int(match.output.1), 1...12 ~= month {
                // The months from eleven before to `last` after this one, each of which is there once.
                let last = present.daysAhead.map { $0 / 28 } ?? 6
                let ahead = (month - now.number % 12 - 1 + 12) % 12
                return now.adding(ahead > last ? ahead - 12 : ahead)
            }
        }
        // 2026.10 is 2026.1 in a spreadsheet.
        if typed.wholeMatch(of: /[0-9]{4}\.1/) != nil {
            throw Refusal.input(
                "period.ambiguous", "“\(text)”分不清是 1 月还是 10 月：请填 2026-01 的形式",
                en: "“\(text)” may be January or October: say 2026-01")
        }
        if let match = typed.wholeMatch(of: /([0-9]{4})[\-\/.年]([0-9]{1,2})月?份?/) {
            return try period(match.output.1, match.output.2)
        }
        if let match = typed.wholeMatch(of: /([0-9]{4})([0-9]{2})/) {
            return try period(match.output.1, match.output.2)
        }
        if let day = try? DayReader(text).day() {
            if day.civil.day == 1 { return Period(day) }
            throw Refusal.input(
                "period.day", "“\(text)”是一天，账期是一个月，例：2026-11",
                en: "“\(text)” is a day; a period is a month, e.g. 2026-11")
        }
        if typed.namesEnglishMonth { throw Refusal.damaged("period.damaged", text, .madeDate) }
        throw malformed
    }

    private func period(_ year: Substring, _ month: Substring) throws -> Period {
        guard let year = Int(year), let month = Int(month), 1...12 ~= month, year > 0 else { throw malformed }
        return Period(year: year, month: month)
    }

    private var malformed: Refusal {
        .input(
            "period.malformed", "“\(text)”不是账期，一次填一个月，例：2026-11",
            en: "“\(text)” is not a period of one month, e.g. 2026-11")
    }
}

extension Week {
    /// `2026-W48`, or `本周`, `上周`, `下周`.
    public init(typed text: String, _ present: Present) throws {
        let weeks = ["上周": -1, "本周": 0, "这周": 0, "下周": 1]
        if let weeks = weeks[text.plain] {
            self.init(present.today.adding(7 * weeks))
        } else {
            self = try Week(text: text, zone: present.zone)
        }
    }
}
