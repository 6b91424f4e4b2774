/// A calendar for the oracle that shares no code with the product: a list of all days from 2025 to 2029. Days are
/// numbered from 2025-01-01; moments are milliseconds of Unix time; the zone is UTC+8.
struct TestCalendar {
    static let shared = TestCalendar()

    private(set) var days: [(year: Int, month: Int, day: Int)] = []

    private init() {
        var (year, month, day) = (2025, 1, 1)
        while year < 2030 {
            days.append((year, month, day))
            day += 1
            if day > TestCalendar.length(year, month) { (day, month) = (1, month + 1) }
            if month > 12 { (month, year) = (1, year + 1) }
        }
    }

    private static func length(_ year: Int, _ month: Int) -> Int {
        if month == 2 { return year % 4 == 0 ? 29 : 28 }
        return [4, 6, 9, 11].contains(month) ? 30 : 31
    }

    /// 0:00 of 2025-01-01.
    private static let epoch = 1_735_660_800_000
    static let dayLength = 86_400_000

    /// The day on which a moment lies; 0:00 belongs to the day that begins.
    func day(of time: Int) -> Int { (time - TestCalendar.epoch) / TestCalendar.dayLength }
    /// 0:00 of a day.
    func start(of day: Int) -> Int { TestCalendar.epoch + day * TestCalendar.dayLength }
    /// 24:00 of a day.
    func end(of day: Int) -> Int { start(of: day + 1) }

    func month(of day: Int) -> String { String(text(of: day).prefix(7)) }

    func text(of day: Int) -> String {
        let (year, month, day) = days[day]
        return "\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
    }

    /// The same day of the next month, or its last day; found by counting days.
    func monthAfter(_ day: Int) -> Int {
        var next = day
        while days[next].month == days[day].month { next += 1 }
        while days[next].day != days[day].day, days[next + 1].month == days[next].month { next += 1 }
        return next
    }
}
