import Estate
import Journal

/// The months that are lived, from the founding to now.
struct Span {
    let now: Moment
    let zone: Zone
    let today: Day
    /// The first month that is billed, five to six months ago.
    let firstPeriod: Period
    /// The month of now.
    let period: Period

    init(now: Moment, zone: Zone) {
        (self.now, self.zone) = (now, zone)
        today = Day(now, in: zone)
        period = Period(today)
        firstPeriod = period.adding(today.civil.day < 8 ? -6 : -5)
    }

    var firstDay: Day { firstPeriod.first }
    var periods: [Period] { (firstPeriod.number...period.number).map(Period.init(number:)) }
    var days: [Day] { (firstDay.number...today.number).map(Day.init(number:)) }

    /// When the estate begins: a little before its first bills.
    var founded: Moment { moment(firstDay.adding(-3), hour: 9) }

    func moment(_ day: Day, hour: Int, minute: Int = 0, second: Int = 0) -> Moment {
        day.start(in: zone).adding(seconds: hour * 3600 + minute * 60 + second)
    }

    func day(of moment: Moment) -> Day { Day(moment, in: zone) }

    /// Minutes since midnight.
    func minutes(of moment: Moment) -> Int { moment.seconds(since: day(of: moment).start(in: zone)) / 60 }

    /// A time at which craftsmen and administrators work, at or after a moment.
    func office(from moment: Moment, _ dice: inout Dice) -> Moment {
        let minute = minutes(of: moment)
        let day = day(of: moment)
        if minute < 8 * 60 + 30 { return self.moment(day, hour: 8, minute: 30).adding(seconds: dice.below(5400)) }
        if minute >= 18 * 60 {
            return self.moment(day.adding(1), hour: 8, minute: 30).adding(seconds: dice.below(9000))
        }
        return moment
    }

    /// A time of day within hours.
    func someTime(_ day: Day, hours: ClosedRange<Int>, _ dice: inout Dice) -> Moment {
        moment(day, hour: hours.lowerBound).adding(seconds: dice.below((hours.count - 1) * 3600))
    }
}
