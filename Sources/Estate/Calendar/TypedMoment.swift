import Journal

extension Moment {
    public init(typed text: String, _ present: Present) throws {
        self = try Moment(typed: text, present, dateMeansEnd: false)
    }

    /// A moment as people type or say it: complete, `现在`, a time of today (`14:30`, `9点半`, `下午3点`, `3pm`), or a time after
    /// a typed date (`明天下午三点`, `周一上午10点半`). Throws ``Refusal`` with cause `input`.
    public init(typed text: String, _ present: Present, dateMeansEnd: Bool) throws {
        let typed = text.halfwidth.lowercased()
        if ["现在", "now"].contains(typed) {
            self = present.now
        } else if let complete = try? Moment(typed: text, zone: present.zone, dateMeansEnd: dateMeansEnd) {
            self = complete
        } else if let said = try TimeReader(text: text, typed: typed, present: present).moment() {
            self = said
        } else {
            let day = try TimeReader.day(text, present, in: text)
            self = dateMeansEnd ? day.end(in: present.zone) : day.start(in: present.zone)
        }
    }

    static func malformed(_ text: String) -> Refusal {
        .input(
            "time.malformed", "“\(text)”不是时间，例：明天下午3点、周一10点半、12-5 9:05、14:30",
            en: "“\(text)” is not a time, e.g. tomorrow 3pm, 12-5 9:05, 14:30")
    }
}

/// A time of day, with or without a date before it. What stands before the time is the date, a part of the day, or both.
private struct TimeReader {
    /// The input for messages, and `typed`: the input in half-width lower case.
    let text: String
    let typed: String
    let present: Present

    /// The time when it ends the text; `nil` if no time does. The longest hour that leaves a date is meant: 周二十点 is
    /// ten o'clock on Tuesday.
    func moment() throws -> Moment? {
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
                let before = String(typed[..<start]).trimmed
                return try at(hour, minute, second, before: before + (half ?? ""))
            } catch let refusal as Refusal where refusal.code == "time.malformed" { malformed = refusal }
        }
        throw malformed ?? Moment.malformed(text)
    }

    /// `h:mm`, `h:mm:ss`, `h点` with 钟, 整, 半, 一刻 or minutes; or `h`, `h:mm` with am or pm.
    private static var form: Regex<(Substring, Substring?, Substring?, Substring?, Substring?, Substring?, Substring?)>
    {
        /(?:([0-9零〇一二两三四五六七八九十]+)\s*(?::([0-9]{2})(?::([0-9]{2}))?|[点时](钟|整|半|[一三]刻|[0-9零〇一二三四五六七八九十]{1,3}分?)?)|([0-9]{1,2}))\s*(am|pm)?$/
    }

    private func at(_ hour: Int, _ minute: Int, _ second: Int, before: String) throws -> Moment {
        let (date, part) = TimeReader.split(before)
        let day = try date.isEmpty ? present.today : TimeReader.day(date, present, in: text)
        guard let hours = try part.map({ try self.hour(hour, in: $0) }) ?? hour else { throw Moment.malformed(text) }
        // 晚上12点 ends the day.
        var civil = (hours == 24 && part != nil ? day.adding(1) : day).civil
        (civil.hour, civil.minute, civil.second) = (hours == 24 && part != nil ? 0 : hours, minute, second)
        guard civil.isReal else { throw Moment.malformed(text) }
        return civil.moment(in: present.zone)
    }

    /// A typed date; one that is none makes the whole text no time.
    static func day(_ date: String, _ present: Present, in text: String) throws -> Day {
        do { return try Day(typed: date, present) } catch let refusal as Refusal where refusal.code == "date.malformed"
        {
            throw Moment.malformed(text)
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
            let digits = rest.hasSuffix("分") ? rest.dropLast() : rest[...]
            guard let minute = TypedNumber.number(digits) else { throw Moment.malformed(text) }
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
