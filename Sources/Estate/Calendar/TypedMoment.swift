import Journal

extension Moment {
    /// A complete moment; a date alone means its 0:00.
    public init(text: String, zone: Zone) throws { self = try Moment(typed: text, zone: zone, dateMeansEnd: false) }

    /// A complete moment: `2026-11-23T16:10:05+08:00`, `2026/11/23 16:10`, `2026年11月23日 下午4:10`, `20261123161005`, in `zone`
    /// where no offset is given. A date alone means its 24:00 if `dateMeansEnd`, else its 0:00. Throws ``Refusal`` with
    /// cause `input`.
    public init(typed text: String, zone: Zone, dateMeansEnd: Bool) throws {
        self = try Moment(read: text, zone, nil, dateMeansEnd)
    }

    /// In any form, if its year can be written in the zone; of an end, the year that ends.
    private init(read text: String, _ zone: Zone, _ present: Present?, _ dateMeansEnd: Bool) throws {
        self =
            try Moment(iso: text.utf8) ?? Moment(plain: text, zone)
            ?? TimeReader(text, zone, present).moment(dateMeansEnd: dateMeansEnd)
        let day = dateMeansEnd ? Day(asOf: self, in: zone) : Day(self, in: zone)
        guard (1...9999).contains(day.civil.year) else {
            throw Refusal.input(
                "time.malformed", "“\(text)”的年份不在 1 到 9999 之间", en: "the year of “\(text)” is not between 1 and 9999")
        }
    }

    /// `2026-11-23T16:10`, `2026-11-23 16:10:05`, as scripts and files have most; `nil` for all else.
    private init?(plain text: String, _ zone: Zone) {
        guard var civil = Day(canonical: String(text.prefix(10)))?.civil else { return nil }
        var time = String(text.dropFirst(10))
        let isRead = time.withUTF8 { bytes in
            var reader = DigitReader(bytes: UnsafeRawBufferPointer(bytes))
            guard reader.take("T") || reader.take(" "), let hour = reader.number(2), reader.take(":"),
                let minute = reader.number(2), let second = reader.take(":") ? reader.number(2) : 0, reader.isAtEnd
            else { return false }
            (civil.hour, civil.minute, civil.second) = (hour, minute, second)
            return civil.isReal
        }
        guard isRead else { return nil }
        self = civil.moment(in: zone)
    }

    public init(typed text: String, _ present: Present) throws {
        self = try Moment(typed: text, present, dateMeansEnd: false)
    }

    /// A moment as people type or say it: complete, `现在`, a time of today (`14:30`, `9点半`, `下午3点`, `3pm`), or a time after
    /// a typed date (`明天下午三点`, `周一上午10点半`). Throws ``Refusal`` with cause `input`.
    public init(typed text: String, _ present: Present, dateMeansEnd: Bool) throws {
        if ["现在", "now"].contains(text.plain.lowercased()) {
            self = present.now
        } else {
            self = try Moment(read: text, present.zone, present, dateMeansEnd)
        }
    }

    static func malformed(_ text: String) -> Refusal {
        .input(
            "time.malformed", "“\(text)”不是时间，例：明天下午3点、周一10点半、12-5 9:05、14:30",
            en: "“\(text)” is not a time, e.g. tomorrow 3pm, 12-5 9:05, 14:30")
    }

    /// The same where the date must be complete, as in files.
    fileprivate static func incomplete(_ text: String) -> Refusal {
        .input(
            "time.malformed", "“\(text)”不是时间，要写全日期，例：2026-12-05 14:30",
            en: "“\(text)” is not a time: write the whole date as well, e.g. 2026-12-05 14:30")
    }
}

/// A time of day, with or without a date before it. What stands before the time is the date, a part of the day, or both.
private struct TimeReader {
    /// The input for messages, and `typed`: the input in plain lower case.
    let text: String
    let typed: String
    let zone: Zone
    /// The moment from which a date or a time alone counts; `nil`: the date must be complete.
    let present: Present?

    init(_ text: String, _ zone: Zone, _ present: Present? = nil) {
        (self.text, self.zone, self.present) = (text, zone, present)
        typed = text.plain.lowercased()
    }

    /// What is said of a text that is no time: its examples are such as are read here.
    private var unread: Refusal { present == nil ? Moment.incomplete(text) : Moment.malformed(text) }

    func moment(dateMeansEnd: Bool) throws -> Moment {
        if let moment = try digits() ?? withOffset() ?? time(typed).map({ $0.moment(in: zone) }) { return moment }
        if typed.wholeMatch(of: /[0-9]{5}\.[0-9]+/) != nil { throw Refusal.damaged("time.damaged", text, .dayNumber) }
        let day = try day(typed)
        return dateMeansEnd ? day.end(in: zone) : day.start(in: zone)
    }

    /// `20261123161005`, as statements of banks have it.
    private func digits() throws -> Moment? {
        guard let match = typed.wholeMatch(of: /([0-9]{8})([0-9]{2})([0-9]{2})([0-9]{2})?/) else { return nil }
        let (_, date, hour, minute, second) = match.output
        return try time("\(date) \(hour):\(minute):\(second ?? "00")")?.moment(in: zone)
    }

    /// A time with an offset from UTC: `06:30Z`, `14:30 +0800`.
    private func withOffset() throws -> Moment? {
        guard let match = typed.wholeMatch(of: /(.*[0-9]:[0-9]{2}(?:\.[0-9]+)?)\s*(?:z|([+-])([0-9]{2}):?([0-9]{2}))/)
        else { return nil }
        let (_, local, sign, hours, minutes) = match.output
        guard let civil = try time(String(local)), let hours = Int(hours ?? "0"), let minutes = Int(minutes ?? "0"),
            hours < 24, minutes < 60
        else { throw unread }
        return civil.moment(offset: (hours * 3600 + minutes * 60) * (sign == "-" ? -1 : 1))
    }

    /// The time when it ends a text; `nil` if no time does. The longest hour that leaves a date is meant: 周二十点 is
    /// ten o'clock on Tuesday.
    private func time(_ typed: String) throws -> Civil? {
        guard let match = typed.firstMatch(of: TimeReader.form) else { return nil }
        let (_, hours, colon, seconds, rest, bare, half) = match.output
        // A number alone is an hour only with am or pm.
        guard let digits = hours ?? (half == nil ? nil : bare) else { return nil }
        let minute = try colon.flatMap { Int($0) } ?? rest.map { try self.minute(String($0)) } ?? 0
        let second = seconds.flatMap { Int($0) } ?? 0
        var malformed: Refusal?
        for start in digits.indices {
            guard let hour = TypedNumber.number(digits[start...]) else { continue }
            // 9 of 19:00 is no hour of its own.
            if start > digits.startIndex, digits[digits.index(before: start)].isASCII { break }
            do {
                var before = typed[..<start]
                // 2026-11-23T16:10
                if before.last == "t", before.dropLast().last?.isNumber == true { before.removeLast() }
                // 12 am begins the day.
                let hour = half == "am" && hour == 12 ? 0 : hour
                return try at(hour, minute, second, before: String(before).trimmed + (half ?? ""))
            } catch let refusal as Refusal where refusal.code == "time.malformed" { malformed = refusal }
        }
        throw malformed ?? unread
    }

    /// `h:mm`, `h:mm:ss`, `h点` with 钟, 整, 半, 一刻 or minutes; or `h`, `h:mm` with am or pm.
    private static var form: Regex<(Substring, Substring?, Substring?, Substring?, Substring?, Substring?, Substring?)>
    {
        /(?:([0-9零〇一二两三四五六七八九十]+)\s*(?::([0-9]{2})(?::([0-9]{2})(?:\.[0-9]+)?)?|[点时](钟|整|半|[一三]刻|[0-9零〇一二三四五六七八九十]{1,3}分?(?:0?0秒)?)?)|([0-9]{1,2}))\s*(am|pm)?$/
    }

    private func at(_ hour: Int, _ minute: Int, _ second: Int, before: String) throws -> Civil {
        let (date, part) = TimeReader.split(before)
        if present == nil, date.isEmpty { throw unread }
        let day = try date.isEmpty ? nil : self.day(date)
        guard let day = day ?? present?.today, let hours = try part.map({ try self.hour(hour, in: $0) }) ?? hour else {
            throw unread
        }
        // 晚上12点 ends the day.
        var civil = (hours == 24 && part != nil ? day.adding(1) : day).civil
        (civil.hour, civil.minute, civil.second) = (hours == 24 && part != nil ? 0 : hours, minute, second)
        guard civil.isReal else { throw unread }
        return civil
    }

    /// A date; one that is none makes the whole text no time.
    private func day(_ date: String) throws -> Day {
        do {
            return try present.map { try Day(typed: date, $0) } ?? Day(text: date, zone: zone)
        } catch let refusal as Refusal where ["date.malformed", "date.time"].contains(refusal.code) {
            throw unread
        }
    }

    // MARK: Parts of the day

    private enum DayPart: CaseIterable {
        case night, morning, noon, afternoon, evening

        var words: [String] {
            switch self {
            case .night: ["凌晨"]
            case .morning: ["早上", "早晨", "清晨", "上午", "早", "am"]
            case .noon: ["中午"]
            case .afternoon: ["下午", "午后", "傍晚", "pm"]
            case .evening: ["晚上", "夜里", "半夜", "晚"]
            }
        }
    }

    /// The date and the part of the day: 明天下午, 今晚.
    private static func split(_ text: String) -> (date: String, DayPart?) {
        for part in DayPart.allCases {
            guard let word = part.words.first(where: { text.hasSuffix($0) }) else { continue }
            let date = String(text.dropLast(word.count)).trimmed
            let days = ["今": "今天", "明": "明天", "昨": "昨天", "当": "今天"]
            return (days[date] ?? date, part)
        }
        return (text, nil)
    }

    /// The hour of the day, 0…24; `nil` if that part of the day does not have it.
    private func hour(_ hour: Int, in part: DayPart) throws -> Int? {
        switch part {
        case .night: return hour == 12 ? 0 : hour <= 6 ? hour : nil
        case .morning: return hour <= 12 ? hour : nil
        case .noon: return 11...14 ~= hour ? hour : 1...2 ~= hour ? hour + 12 : nil
        case .afternoon: return 1...11 ~= hour ? hour + 12 : 12...19 ~= hour ? hour : nil
        case .evening:
            if 1...4 ~= hour {
                throw Refusal.input(
                    "time.ambiguous", "“\(text)”是哪一天的凌晨？请填 凌晨\(hour)点",
                    en: "“\(text)”: of which day? Say the date and \(hour):00")
            }
            return 5...12 ~= hour ? hour + 12 : 17...23 ~= hour ? hour : nil
        }
    }

    // MARK: Numbers

    /// The minutes after 点: 半, 一刻, 05分, 二十. Throws for others.
    private func minute(_ rest: String) throws -> Int {
        switch rest {
        case "钟", "整": return 0
        case "半": return 30
        case "一刻": return 15
        case "三刻": return 45
        default:
            let digits = rest.prefix { !"分".contains($0) }
            guard let minute = TypedNumber.number(digits) else { throw unread }
            return minute
        }
    }
}

/// Numbers as they are typed or said.
enum TypedNumber {
    /// A number below 100 in digits or ideographs: 9, 09, 三, 十二, 二十五, 零五. `nil` for others.
    static func number(_ text: Substring) -> Int? {
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.count <= 2 ? Int(text) : nil }
        let signs = text.map { $0 == "两" ? "二" : $0 == "〇" ? "零" : $0 }
        func unit(_ sign: Character) -> Int? {
            Array("零一二三四五六七八九").firstIndex(of: sign)
        }
        switch signs.count {
        case 1: return signs[0] == "十" ? 10 : unit(signs[0])
        case 2 where signs[0] == "十": return unit(signs[1]).flatMap { $0 > 0 ? 10 + $0 : nil }
        case 2 where signs[0] == "零": return unit(signs[1])
        case 2 where signs[1] == "十": return unit(signs[0]).flatMap { $0 > 1 ? 10 * $0 : nil }
        case 3 where signs[1] == "十":
            guard let tens = unit(signs[0]), let ones = unit(signs[2]), tens > 1, ones > 0 else { return nil }
            return 10 * tens + ones
        default: return nil
        }
    }
}
