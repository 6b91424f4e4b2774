import Foundation

/// A point in time: whole milliseconds since 1970-01-01T00:00:00Z.
///
/// Facts keep moments; what a person reads is always rendered in a zone (see ``Zone``).
public struct Moment: Hashable, Comparable, Sendable {
    public var milliseconds: Int64

    public init(milliseconds: Int64) { self.milliseconds = milliseconds }

    public static let distantPast = Moment(milliseconds: .min / 4)
    public static let distantFuture = Moment(milliseconds: .max / 4)

    /// The machine's clock, truncated to a millisecond.
    public static func now() -> Moment {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Moment(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
    }

    public static func < (a: Moment, b: Moment) -> Bool { a.milliseconds < b.milliseconds }

    public func adding(seconds: Int) -> Moment { Moment(milliseconds: milliseconds + Int64(seconds) * 1000) }

    public func adding(minutes: Int) -> Moment { adding(seconds: minutes * 60) }

    /// Whole seconds from `earlier` to this moment, rounded towards the past.
    public func seconds(since earlier: Moment) -> Int {
        let span = milliseconds - earlier.milliseconds
        return Int((span - (span % 1000 + 1000) % 1000) / 1000)
    }
}

/// A source of the present moment; tests give their own.
public typealias Clock = @Sendable () -> Moment

/// A time zone with the one fast path that matters: an offset that has not changed since 1991 (Asia/Shanghai).
public struct Zone: Hashable, Sendable {
    public let name: String
    /// Seconds east of UTC when the zone never changes; `nil` asks Foundation for each moment.
    private let fixed: Int?

    public static let shanghai = Zone(name: "Asia/Shanghai", fixed: 8 * 3600)

    public static let utc = Zone(name: "UTC", fixed: 0)

    private init(name: String, fixed: Int?) {
        self.name = name
        self.fixed = fixed
    }

    /// A zone by its IANA name; `nil` when there is none of that name.
    public init?(_ name: String) {
        if name == Zone.shanghai.name {
            self = .shanghai
        } else {
            guard let zone = TimeZone(identifier: name) else { return nil }
            let start = Date(timeIntervalSince1970: 0)
            self.init(
                name: name,
                fixed: zone.nextDaylightSavingTimeTransition(after: start) == nil ? zone.secondsFromGMT() : nil)
        }
    }

    /// Seconds east of UTC at a moment.
    public func offset(at moment: Moment) -> Int {
        if let fixed { return fixed }
        let date = Date(timeIntervalSince1970: Double(moment.milliseconds) / 1000)
        return TimeZone(identifier: name)?.secondsFromGMT(for: date) ?? 0
    }
}

/// The fields of a civil date and time of day.
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

    /// Days from 1970-01-01 to a proleptic Gregorian date.
    public static func days(year: Int, month: Int, day: Int) -> Int {
        let y = month <= 2 ? year - 1 : year
        let era = (y >= 0 ? y : y - 399) / 400
        let yearOfEra = y - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146097 + dayOfEra - 719468
    }

    /// The date that lies `days` after 1970-01-01.
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

    /// What clocks in `zone` show at a moment.
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

    /// The moment at which clocks with `offset` seconds east of UTC show this.
    public func moment(offset: Int) -> Moment {
        let days = Int64(Civil.days(year: year, month: month, day: day))
        let seconds = Int64(hour * 3600 + minute * 60 + second - offset)
        return Moment(milliseconds: days * 86_400_000 + seconds * 1000 + Int64(millisecond))
    }

    /// The moment at which clocks in `zone` show this.
    public func moment(in zone: Zone) -> Moment {
        let first = moment(offset: zone.offset(at: moment(offset: 0)))
        return moment(offset: zone.offset(at: first))
    }
}

extension Moment {
    /// ISO 8601 with offset, e.g. `2026-11-23T16:10:05.123+08:00`; milliseconds only when there are any, unless asked for.
    public func text(in zone: Zone, milliseconds always: Bool = false) -> String {
        String(decoding: bytes(in: zone, milliseconds: always), as: UTF8.self)
    }

    func bytes(in zone: Zone, milliseconds always: Bool) -> [UInt8] {
        let civil = Civil(self, in: zone)
        var out: [UInt8] = []
        out.reserveCapacity(29)
        func digits(_ value: Int, _ count: Int) {
            var divisor = 1
            for _ in 1..<count { divisor *= 10 }
            while divisor > 0 {
                out.append(UInt8(48 + value / divisor % 10))
                divisor /= 10
            }
        }
        digits(civil.year, 4)
        out.append(UInt8(ascii: "-"))
        digits(civil.month, 2)
        out.append(UInt8(ascii: "-"))
        digits(civil.day, 2)
        out.append(UInt8(ascii: "T"))
        digits(civil.hour, 2)
        out.append(UInt8(ascii: ":"))
        digits(civil.minute, 2)
        out.append(UInt8(ascii: ":"))
        digits(civil.second, 2)
        if always || civil.millisecond != 0 {
            out.append(UInt8(ascii: "."))
            digits(civil.millisecond, 3)
        }
        let offset = zone.offset(at: self)
        out.append(UInt8(ascii: offset < 0 ? "-" : "+"))
        digits(abs(offset) / 3600, 2)
        out.append(UInt8(ascii: ":"))
        digits(abs(offset) / 60 % 60, 2)
        return out
    }

    /// Reads the form that ``text(in:milliseconds:)`` writes, with `Z` or a numeric offset; `nil` for anything else.
    public init?(iso text: String.UTF8View) {
        let moment = Array(text).withUnsafeBytes { Moment(iso: $0) }
        guard let moment else { return nil }
        self = moment
    }

    /// The same from bytes in place.
    public init?(iso bytes: UnsafeRawBufferPointer) {
        var reader = DigitReader(bytes: bytes)
        guard let year = reader.number(4), reader.take("-"), let month = reader.number(2), reader.take("-"),
            let day = reader.number(2), reader.take("T"), let hour = reader.number(2), reader.take(":"),
            let minute = reader.number(2)
        else { return nil }
        var civil = Civil(year: year, month: month, day: day, hour: hour, minute: minute)
        if reader.take(":") {
            guard let second = reader.number(2) else { return nil }
            civil.second = second
            if reader.take(".") {
                guard let millisecond = reader.number(3) else { return nil }
                civil.millisecond = millisecond
            }
        }
        var offset = 0
        if !reader.take("Z") {
            let isWest = reader.take("-")
            guard isWest || reader.take("+"), let hours = reader.number(2), reader.take(":"),
                let minutes = reader.number(2), hours < 24, minutes < 60
            else { return nil }
            offset = (hours * 3600 + minutes * 60) * (isWest ? -1 : 1)
        }
        guard reader.isAtEnd, civil.isReal else { return nil }
        self = civil.moment(offset: offset)
    }
}

/// Reads digits and signs in place.
public struct DigitReader {
    let bytes: UnsafeRawBufferPointer
    private var position = 0

    public init(bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    public var isAtEnd: Bool { position == bytes.count }

    /// Exactly `count` digits.
    public mutating func number(_ count: Int) -> Int? {
        guard position + count <= bytes.count else { return nil }
        var value = 0
        for place in position..<position + count {
            let digit = bytes[place] &- 48
            guard digit < 10 else { return nil }
            value = value * 10 + Int(digit)
        }
        position += count
        return value
    }

    public mutating func take(_ sign: Unicode.Scalar) -> Bool {
        guard position < bytes.count, bytes[position] == UInt8(ascii: sign) else { return false }
        position += 1
        return true
    }
}

extension Civil {
    /// Whether there is such a date and time of day.
    public var isReal: Bool {
        guard (1...9999).contains(year), (1...12).contains(month), day >= 1, hour < 24, minute < 60, second < 60,
            hour >= 0, minute >= 0, second >= 0
        else { return false }
        let back = Civil(days: Civil.days(year: year, month: month, day: day))
        return back.month == month && back.day == day
    }
}
