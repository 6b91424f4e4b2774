/// A date, a time of day, or both, as a cell has it: without a time zone.
public struct CellDate: Hashable, Sendable {
    /// Year, month and day of the Gregorian calendar; `nil` for a time of day alone.
    public let day: Day?
    /// Seconds since midnight, 0 to 86,399.
    public let seconds: Int

    public struct Day: Hashable, Sendable {
        public let year, month, day: Int

        public init(year: Int, month: Int, day: Int) { (self.year, self.month, self.day) = (year, month, day) }
    }

    public init(_ day: Day?, seconds: Int = 0) { (self.day, self.seconds) = (day, seconds) }

    /// `2026-03-05`, `2026-03-05T14:30:00` or `14:30:00`.
    public var text: String {
        func digits(_ value: Int, _ count: Int = 2) -> String {
            let text = String(value)
            return String(repeating: "0", count: max(0, count - text.count)) + text
        }
        let date = day.map { "\(digits($0.year, 4))-\(digits($0.month))-\(digits($0.day))" }
        let time = "\(digits(seconds / 3600)):\(digits(seconds / 60 % 60)):\(digits(seconds % 60))"
        return date.map { seconds == 0 ? $0 : "\($0)T\(time)" } ?? time
    }
}

/// The two calendars of workbooks: days are counted from the end of 1899 or, in files from old Macintosh programs, from
/// 1904.
enum DateSystem {
    case from1900
    case from1904

    /// Days from 1970-01-01 to the day that counts as 0, for days after February 1900: the calendar of 1900 has a
    /// 29 February that never was, as day 60.
    private var epoch: Int { self == .from1900 ? -25_569 : -24_107 }
    /// The last day is 9999-12-31.
    private static let lastDay = 2_932_896

    /// The date of a serial number; `nil` if there is none.
    func date(_ serial: Double) -> CellDate? {
        guard serial.isFinite, serial >= 0, serial < 3_000_000 else { return nil }
        var (day, seconds) = (Int(serial), Int(((serial - serial.rounded(.down)) * 86_400).rounded()))
        if seconds == 86_400 { (day, seconds) = (day + 1, 0) }
        if self == .from1900 {
            // Day 0 is “1900-01-00”: a time of day alone.
            if day == 0 { return CellDate(nil, seconds: seconds) }
            if day == 60 { return nil }
            if day < 60 { day += 1 }
        }
        guard day + epoch <= DateSystem.lastDay else { return nil }
        return CellDate(CellDate.Day(daysSince1970: day + epoch), seconds: seconds)
    }

    /// The serial number of a date from March 1900 on, or of a time of day; `nil` for others.
    func serial(_ date: CellDate) -> Double? {
        let time = Double(date.seconds) / 86_400
        guard let day = date.day else { return time }
        let count = day.daysSince1970 - epoch
        return count > 60 ? Double(count) + time : nil
    }
}

extension CellDate.Day {
    /// Howard Hinnant's algorithm `civil_from_days`.
    init(daysSince1970 days: Int) {
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        self.init(
            year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month: month,
            day: dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }

    /// `days_from_civil`.
    var daysSince1970: Int {
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }
}
