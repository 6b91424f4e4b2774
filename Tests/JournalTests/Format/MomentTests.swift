import Foundation
import Testing

@testable import Journal

@Suite struct MomentTests {
    @Test(arguments: [(2000, true), (1900, false), (2024, true), (2026, false), (2100, false), (2400, true)])
    func leapYearsFollowTheGregorianRule(year: Int, isLeap: Bool) {
        #expect(Civil(year: year, month: 2, day: 29).isReal == isLeap)
        let (february, march) = (Civil.days(year: year, month: 2, day: 28), Civil.days(year: year, month: 3, day: 1))
        #expect(march - february == (isLeap ? 2 : 1))
    }

    @Test func daysRoundTripForFourCenturies() {
        let first = Civil.days(year: 1800, month: 1, day: 1)
        var expected = (year: 1800, month: 1, day: 1)
        for day in first..<first + 146_097 {
            let civil = Civil(days: day)
            guard (civil.year, civil.month, civil.day) == expected, civil.isReal,
                Civil.days(year: civil.year, month: civil.month, day: civil.day) == day
            else {
                Issue.record("\(civil) is not \(expected)")
                return
            }
            expected.day += 1
            if !Civil(year: expected.year, month: expected.month, day: expected.day).isReal {
                expected = (expected.year, expected.month + 1, 1)
            }
            if expected.month == 13 { expected = (expected.year + 1, 1, 1) }
        }
    }

    @Test(arguments: ["Asia/Shanghai", "Europe/Berlin", "America/New_York", "Asia/Kathmandu"], Seed.current)
    func agreesWithFoundationsCalendar(name: String, seed: Seed) throws {
        var random = seed.generator
        let zone = try #require(Zone(name))
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = try #require(TimeZone(identifier: name))
        // Shanghai had summer time until 1991, which `Zone.shanghai` leaves out.
        let span = at("1992-01-01T00:00:00Z").milliseconds..<at("2099-01-01T00:00:00Z").milliseconds
        for _ in 0..<300 {
            let moment = Moment(milliseconds: .random(in: span, using: &random) / 1000 * 1000)
            let date = Date(timeIntervalSince1970: Double(moment.milliseconds) / 1000)
            let parts = calendar.dateComponents([.year, .month, .day, .hour, .minute, .second], from: date)
            let civil = Civil(moment, in: zone)
            #expect(parts.year == civil.year && parts.month == civil.month && parts.day == civil.day)
            #expect(parts.hour == civil.hour && parts.minute == civil.minute && parts.second == civil.second)
            #expect(Moment(iso: moment.text(in: zone).utf8) == moment)
        }
    }

    @Test func millisecondsAreWrittenIfNotZero() {
        #expect(at("2026-11-23T16:10:05.123+08:00").text(in: .shanghai) == "2026-11-23T16:10:05.123+08:00")
        #expect(at("2026-11-23T08:10Z").text(in: .shanghai) == "2026-11-23T16:10:00+08:00")
        #expect(at("2026-11-23T08:10Z").text(in: .shanghai, milliseconds: true) == "2026-11-23T16:10:00.000+08:00")
        #expect(Civil(Moment(milliseconds: -1), in: .shanghai).millisecond == 999)
    }

    @Test func secondsAreRoundedDown() {
        let moment = at(november)
        for (milliseconds, seconds) in [(1999, 1), (1000, 1), (999, 0), (-1, -1), (-1000, -1), (-1001, -2)] {
            #expect(Moment(milliseconds: moment.milliseconds + Int64(milliseconds)).seconds(since: moment) == seconds)
        }
    }

    @Test(arguments: [
        "", "2026-11-23", "2026-11-23T16:10:05", "2026-11-23 16:10:05Z", "2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z",
        "2026-00-01T00:00:00Z", "2026-11-00T00:00:00Z", "2026-11-31T00:00:00Z", "2026-11-23T24:00:00Z",
        "2026-11-23T16:60:00Z", "2026-11-23T16:10:60Z", "2026-11-23T16:10:05.12Z", "2026-11-23T16:10:05+08",
        "2026-11-23T16:10:05+24:00", "2026-11-23T16:10:05+08:60", "2026-11-23T16:10:05Z ", "２026-11-23T16:10:05Z",
        "0000-01-01T00:00:00Z", "26-11-23T16:10:05Z", "2026-11-23T16:10:05,123Z", "2026-11-23t16:10:05z",
    ])
    func malformedTextIsRefused(text: String) { #expect(Moment(iso: text.utf8) == nil) }
}
