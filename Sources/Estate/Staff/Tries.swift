import Foundation
import Journal

/// The tries at a PIN since the last right one, and its lock, as `pins/ID.tries` holds them: one line of fixed size,
///
///     00000005 0001 0001764390000000 0001764390060000
///
/// the tries, the locks, and the last lock's beginning and end in milliseconds of Unix time.
struct Tries: Equatable {
    /// Tries since the last right one, those in progress included. A lock does not reset it.
    private(set) var count = 0
    /// The locks, each less than 24 hours after the one before.
    private var locks = 0
    private var since = Moment(milliseconds: 0)
    private var until = Moment(milliseconds: 0)

    /// What came of a try before its PIN is compared.
    enum Outcome {
        /// The PIN is not to be compared.
        case locked(Moment)
        /// It is to be compared. If `after` is locked, it was the last try.
        case counted(before: Tries, after: Tries)
    }

    init(count: Int = 0) { self.count = count }

    // MARK: The line

    private static let widths = [8, 4, 16, 16]
    /// The bytes of the line, with its newline.
    static let size = widths.reduce(0) { $0 + $1 + 1 }

    /// `nil` if the bytes are not such a line.
    init?(_ bytes: [UInt8]) {
        guard bytes.count == Tries.size, bytes.last == UInt8(ascii: "\n") else { return nil }
        let words = bytes.dropLast().split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
        guard words.map(\.count) == Tries.widths,
            words.joined().allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains)
        else { return nil }
        let numbers = words.compactMap { Int64(String(decoding: $0, as: UTF8.self)) }
        (count, locks) = (Int(numbers[0]), Int(numbers[1]))
        (since, until) = (Moment(milliseconds: numbers[2]), Moment(milliseconds: numbers[3]))
    }

    var bytes: [UInt8] {
        let numbers = [Int64(count), Int64(locks), since.milliseconds, until.milliseconds]
        let words = zip(numbers, Tries.widths).map { number, width in
            let digits = String(number)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        return Array((words.joined(separator: " ") + "\n").utf8)
    }

    // MARK: Counting

    /// The end of the lock; `nil` if it is not locked. A lock that begins later was written by a clock that was ahead.
    func locked(at now: Moment) -> Moment? { since.isPast(at: now) && until > now ? until : nil }

    /// With one more try, which locks if it is the last of as many as the limit.
    func counting(limit: Int, at now: Moment, minutes: (_ locks: Int) -> Int) -> Tries {
        var after = self
        after.count = count % 99_999_999 + 1
        guard after.left(of: limit) == 0 else { return after }
        let isRecent = since.isPast(at: now) && now.seconds(since: since) < 24 * 3600
        let former = isRecent ? locks : 0
        after.locks = min(former + 1, 9999)
        (after.since, after.until) = (now, now.adding(minutes: minutes(former)))
        return after
    }

    /// The tries that are left before the next lock.
    func left(of limit: Int) -> Int { (limit - count % limit) % limit }

    /// After a right try: the locks count on for a day.
    var forgetting: Tries {
        var tries = self
        tries.count = 0
        return tries
    }
}

extension Moment {
    /// Whether the moment is past, as far as clocks agree.
    func isPast(at now: Moment) -> Bool { self <= now.adding(seconds: Store.tolerance) }
}
