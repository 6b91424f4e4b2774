/// A date and time of day in the proleptic Gregorian calendar, without a zone.
///
/// Days are counted with Howard Hinnant's algorithms: a year begins in March, so that the leap day is its last, and 400
/// years (an era) have 146,097 days.
public struct Civil: Hashable, Sendable {
    public var year: Int
    public var month: Int
    public var day: Int
    public var hour = 0
    public var minute = 0
    public var second = 0
    public var millisecond = 0

    public init(year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0, millisecond: Int = 0)
    {
        self.year = year
        self.month = month
        self.day = day
        self.hour = hour
        self.minute = minute
        self.second = second
        self.millisecond = millisecond
    }

    /// Days from 1970-01-01 to a date; negative before it.
    public static func days(year: Int, month: Int, day: Int) -> Int {
        let y = month <= 2 ? year - 1 : year
        let era = (y >= 0 ? y : y - 399) / 400
        let yearOfEra = y - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146097 + dayOfEra - 719468
    }

    /// The date `days` days after 1970-01-01.
    public init(days: Int) {
        let z = days + 719468
        let era = (z >= 0 ? z : z - 146096) / 146097
        let dayOfEra = z - era * 146097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        let month = shifted < 10 ? shifted + 3 : shifted - 9
        self.init(
            year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month: month,
            day: dayOfYear - (153 * shifted + 2) / 5 + 1)
    }

    /// The local time in `zone` at a moment.
    public init(_ moment: Moment, in zone: Zone) {
        let local = moment.milliseconds + Int64(zone.offset(at: moment)) * 1000
        let rest = Int((local % 86_400_000 + 86_400_000) % 86_400_000)
        let days = Int((local - Int64(rest)) / 86_400_000)
        self.init(days: days)
        hour = rest / 3_600_000
        minute = rest / 60_000 % 60
        second = rest / 1000 % 60
        millisecond = rest % 1000
    }

    /// The moment of this local time, `offset` seconds east of UTC.
    public func moment(offset: Int) -> Moment {
        let days = Int64(Civil.days(year: year, month: month, day: day))
        let seconds = Int64(hour * 3600 + minute * 60 + second - offset)
        return Moment(milliseconds: days * 86_400_000 + seconds * 1000 + Int64(millisecond))
    }

    /// The moment of this local time in `zone`. Where a change of the offset skips or repeats it, one of the moments
    /// around.
    public func moment(in zone: Zone) -> Moment {
        let first = moment(offset: zone.offset(at: moment(offset: 0)))
        return moment(offset: zone.offset(at: first))
    }
}

extension Civil {
    /// Whether the date and time exist, in the years 1 to 9999.
    public var isReal: Bool {
        guard (1...9999).contains(year), (1...12).contains(month), day >= 1, hour < 24, minute < 60, second < 60,
            hour >= 0, minute >= 0, second >= 0
        else { return false }
        let back = Civil(days: Civil.days(year: year, month: month, day: day))
        return back.month == month && back.day == day
    }
}
