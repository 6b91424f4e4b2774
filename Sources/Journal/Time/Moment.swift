import Foundation

/// A point in time, in whole milliseconds since 1970-01-01T00:00:00Z. Text for people is made with a ``Zone``.
public struct Moment: Hashable, Comparable, Sendable {
    public var milliseconds: Int64

    public init(milliseconds: Int64) { self.milliseconds = milliseconds }

    public static let distantPast = Moment(milliseconds: .min / 4)
    public static let distantFuture = Moment(milliseconds: .max / 4)

    /// The moments of years of four digits.
    public static let writable = Moment(milliseconds: -62_135_596_800_000)...Moment(milliseconds: 253_402_300_799_999)

    /// The machine's clock, truncated to a millisecond.
    public static func now() -> Moment {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Moment(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
    }

    public static func < (a: Moment, b: Moment) -> Bool { a.milliseconds < b.milliseconds }

    public func adding(seconds: Int) -> Moment { Moment(milliseconds: milliseconds + Int64(seconds) * 1000) }

    public func adding(minutes: Int) -> Moment { adding(seconds: minutes * 60) }

    /// Whole seconds from `earlier` to this moment, rounded down.
    public func seconds(since earlier: Moment) -> Int {
        let span = milliseconds - earlier.milliseconds
        return Int((span - (span % 1000 + 1000) % 1000) / 1000)
    }
}

/// A source of the current time; tests supply their own.
public typealias Clock = @Sendable () -> Moment
