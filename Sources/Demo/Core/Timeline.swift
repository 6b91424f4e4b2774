import Estate
import Journal

/// The simulated time, from the founding of the estate to `now`, and moments within it.
struct Timeline {
    let now: Moment
    let zone: Zone
    let today: Day
    /// The first month that is billed.
    let firstMonth: Period
    /// The month of `now`.
    let currentMonth: Period

    /// - Parameter months: about so many has the history: up to a week more, or three weeks less. Figures have a trend of
    ///   twelve.
    init(now: Moment, zone: Zone, months: Int) {
        (self.now, self.zone) = (now, zone)
        today = Day(now, in: zone)
        currentMonth = Period(today)
        firstMonth = currentMonth.adding(today.civil.day < 8 ? -months : 1 - months)
    }

    var firstDay: Day { firstMonth.first }
    var months: [Period] { (firstMonth.number...currentMonth.number).map(Period.init(number:)) }
    var days: [Day] { (firstDay.number...today.number).map(Day.init(number:)) }

    /// The moment of founding, three days before the first bills.
    var founded: Moment { moment(firstDay.adding(-3), hour: 9) }

    func moment(_ day: Day, hour: Int, minute: Int = 0, second: Int = 0) -> Moment {
        day.start(in: zone).adding(seconds: hour * 3600 + minute * 60 + second)
    }

    func day(of moment: Moment) -> Day { Day(moment, in: zone) }

    /// Minutes since midnight.
    func minutes(of moment: Moment) -> Int { moment.seconds(since: day(of: moment).start(in: zone)) / 60 }

    /// The given moment if it lies within working hours (08:30 to 18:00), otherwise a random one in the next morning
    /// from 08:30 on. Weekends and holidays are workdays.
    func workingTime(from moment: Moment, _ random: inout SeededGenerator) -> Moment {
        let minute = minutes(of: moment)
        let day = day(of: moment)
        if minute < 8 * 60 + 30 { return self.moment(day, hour: 8, minute: 30).adding(seconds: random.below(5400)) }
        if minute >= 18 * 60 {
            return self.moment(day.adding(1), hour: 8, minute: 30).adding(seconds: random.below(9000))
        }
        return moment
    }

    /// A random second of a day between two full hours: `9...17` is 09:00:00 to 16:59:59.
    func randomTime(on day: Day, hours: ClosedRange<Int>, _ random: inout SeededGenerator) -> Moment {
        moment(day, hour: hours.lowerBound).adding(seconds: random.below((hours.count - 1) * 3600))
    }
}
