import Journal

extension Day {
    /// A date as people type it: `2026-12-05`, `2026.12.5`, `20261205`, `12-5`, `12月5日`, `5号`, `明天`, `+3`, `下周一`.
    ///
    /// Without a year, or without year and month, the nearest such day is meant; of two equally near days, the later
    /// one. Ambiguous input is refused. Throws ``Refusal`` with cause `input`.
    public init(typed text: String, _ present: Present) throws {
        let typed = DayReader.withDigits(text.halfwidth.lowercased().filter { !$0.isWhitespace })
        let reader = DayReader(text: text, typed: typed, today: present.today)
        guard let day = try reader.word() ?? reader.weekday() ?? reader.date() ?? reader.dayOfMonth() else {
            throw reader.malformed
        }
        self = day
    }

    /// The short name of the weekday.
    public var weekdayLabel: Label {
        Label(
            ["周一", "周二", "周三", "周四", "周五", "周六", "周日"][weekday - 1],
            en: ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"][weekday - 1])
    }
}

/// The forms of a typed date. Each method returns `nil` for input of another form.
private struct DayReader {
    /// The input for messages, and `typed`: the input in half-width lower case without whitespace.
    let text: String
    let typed: String
    let today: Day

    private static let words = [
        "大前天": -3, "前天": -2, "昨天": -1, "昨日": -1, "yesterday": -1, "今天": 0, "今日": 0, "today": 0, "明天": 1, "明日": 1,
        "tomorrow": 1, "后天": 2, "大后天": 3,
    ]

    /// 十二月五日 as 12月5日.
    static func withDigits(_ text: String) -> String {
        text.replacing(/[一二三四五六七八九十]{1,3}(?=[月日号])/) { match in
            TypedNumber.number(match.output).map(String.init) ?? String(match.output)
        }
    }

    /// `明天`, `+3`.
    func word() -> Day? {
        if let days = DayReader.words[typed] { return today.adding(days) }
        guard let match = typed.wholeMatch(of: /[+-][0-9]{1,4}/), let days = Int(match.output) else { return nil }
        return today.adding(days)
    }

    /// `周五` is the next Friday; with 本, 下 or 上 it is the Friday of this, the next or the last week, from Monday to
    /// Sunday.
    func weekday() throws -> Day? {
        let form = /(本|这|上|下下?)?个?(?:周|星期|礼拜)([一二三四五六日天1-7])/
        guard let match = typed.wholeMatch(of: form), let sign = match.output.2.first,
            let place = "一二三四五六日".firstIndex(of: sign == "天" ? "日" : sign).map({
                "一二三四五六日".distance(from: "一二三四五六日".startIndex, to: $0) + 1
            }) ?? sign.wholeNumberValue
        else { return nil }
        guard let week = match.output.1 else {
            if place == today.weekday {
                let name = today.weekdayLabel
                throw Refusal.input(
                    "date.ambiguous", "今天就是\(name.chinese)：请填 今天 或 下\(name.chinese)",
                    en: "today is \(name.english): say +0 for today, or +7")
            }
            return today.adding((place - today.weekday + 7) % 7)
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
        let year = today.civil.year
        return try nearest((year - 1...year + 1).compactMap { Day(year: $0, month: month, day: day) })
    }

    /// `5日`.
    func dayOfMonth() throws -> Day? {
        if typed.wholeMatch(of: /[0-9]{1,4}/) != nil {
            throw Refusal.input(
                "date.ambiguous", "“\(text)”分不清月和日，请填 12-5 或 5日",
                en: "“\(text)” may be more than one day: say month and day, as 12-5")
        }
        guard let match = typed.wholeMatch(of: /([0-9]{1,2})[日号]/), let day = Int(match.output.1) else { return nil }
        let month = Period(today)
        if !(1...month.length).contains(day) { throw impossible }
        return try nearest(
            [-1, 0, 1].map { month.adding($0) }.filter { day <= $0.length }.map { $0.first.adding(day - 1) })
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

    /// The nearest to today of some days in ascending order; of two equally near, the later.
    private func nearest(_ days: [Day]) throws -> Day {
        guard let day = days.reversed().min(by: { abs($0.days(since: today)) < abs($1.days(since: today)) }) else {
            throw impossible
        }
        return day
    }

    private var impossible: Refusal {
        .input("date.impossible", "没有这一天：\(text)", en: "there is no such day: \(text)")
    }

    var malformed: Refusal {
        .input(
            "date.malformed", "“\(text)”不是日期，例：2026-11-23、12-5、12月5日、明天、周五",
            en: "“\(text)” is not a date, e.g. 2026-11-23, 12-5, +1 for tomorrow")
    }
}

extension Period {
    /// `2026-11`, `2026.11`, `2026年11月`, `202611`, or `本月`, `上月`, `下月`.
    public init(typed text: String, _ present: Present) throws {
        let typed = text.halfwidth.filter { !$0.isWhitespace }
        let months = ["上月": -1, "上个月": -1, "本月": 0, "这个月": 0, "下月": 1, "下个月": 1]
        if let months = months[typed] {
            self = Period(present.today).adding(months)
        } else if let match = typed.wholeMatch(of: /([0-9]{4})[\-\/.年]?([0-9]{1,2})月?/) {
            let month = match.output.2
            self = try Period(text: "\(match.output.1)-\(month.count == 1 ? "0" : "")\(month)", zone: present.zone)
        } else {
            self = try Period(text: text, zone: present.zone)
        }
    }
}

extension Week {
    /// `2026-W48`, or `本周`, `上周`, `下周`.
    public init(typed text: String, _ present: Present) throws {
        let weeks = ["上周": -1, "本周": 0, "这周": 0, "下周": 1]
        if let weeks = weeks[text.halfwidth] {
            self.init(present.today.adding(7 * weeks))
        } else {
            self = try Week(text: text, zone: present.zone)
        }
    }
}
