import Journal
import Testing
import TestSupport

@testable import Estate

@Suite("Days, months, weeks and moments")
struct DayTests {
    @Test(
        "weeks run Monday to Sunday and are numbered as in ISO 8601",
        arguments: [
            ("2026-11-23", "2026-W48"), ("2026-11-29", "2026-W48"), ("2026-11-30", "2026-W49"),
            ("2025-12-28", "2025-W52"), ("2025-12-29", "2026-W01"), ("2026-01-01", "2026-W01"),
            ("2026-12-31", "2026-W53"), ("2027-01-03", "2026-W53"), ("2027-01-04", "2027-W01"),
            ("2024-12-30", "2025-W01"), ("2023-01-01", "2022-W52"), ("2021-01-03", "2020-W53"),
        ])
    func weeks(date: String, week: String) throws {
        #expect(Week(day(date)).text == week)
        #expect(try Week(text: week, zone: .shanghai) == Week(day(date)))
        #expect(Week(day(date)).monday.weekday == 1)
        #expect(Week(day(date)).sunday.weekday == 7)
    }

    @Test(
        "a week number that the year does not have is refused",
        arguments: ["2025-W53", "2026-W54", "2026-W00", "2026-48", "W48"])
    func noWeek(text: String) {
        #expect(refusal { try Week(text: text, zone: .shanghai) }?.code == "week.malformed")
    }

    @Test(
        "a date that does not exist is refused",
        arguments: ["2026-02-29", "2026-13-01", "2026-1-1", "2026/01/01", "26-01-01", "2026-11-23T00:00", "今天", ""])
    func noDay(text: String) {
        #expect(refusal { try Day(text: text, zone: .shanghai) }?.code == "date.malformed")
    }

    @Test("full-width digits are accepted in a date")
    func fullWidthDate() { #expect(day("２０２６－１１－２３").text == "2026-11-23") }

    @Test(
        "a month knows its length and its last day",
        arguments: [("2026-02", 28), ("2028-02", 29), ("2026-12", 31), ("2026-11", 30)])
    func months(text: String, length: Int) {
        #expect(month(text).length == length)
        #expect(month(text).text == text)
        #expect(month(text).contains(month(text).last))
        #expect(!month(text).contains(month(text).last.adding(1)))
    }

    @Test(
        "a period in another form than YYYY-MM is refused",
        arguments: ["2026-13", "2026-00", "2026", "2026-1", "2026-11-01"])
    func noPeriod(text: String) {
        #expect(refusal { try Period(text: text, zone: .shanghai) }?.code == "period.malformed")
    }

    @Test(
        "a moment is a date, a local time or a time with an offset",
        arguments: [
            ("2026-11-23", "2026-11-23T00:00:00+08:00"), ("2026-11-23T16:10", "2026-11-23T16:10:00+08:00"),
            ("2026-11-23 16:10:05", "2026-11-23T16:10:05+08:00"), ("2026-11-23T16:10Z", "2026-11-24T00:10:00+08:00"),
            ("2026-11-23T16:10:05-05:00", "2026-11-24T05:10:05+08:00"),
            ("２０２６－１１－２３　１６：１０", "2026-11-23T16:10:00+08:00"),
        ])
    func moments(typed: String, iso: String) throws {
        #expect(try Moment(text: typed, zone: .shanghai).text(in: .shanghai) == iso)
    }

    @Test("a date alone can mean its 24:00")
    func dateMeansEnd() throws {
        let end = try Moment(typed: "2026-11-23", zone: .shanghai, dateMeansEnd: true)
        #expect(end == day("2026-11-24").start(in: .shanghai))
        #expect(Day(asOf: end, in: .shanghai) == day("2026-11-23"))
    }

    @Test(
        "a malformed time is refused",
        arguments: ["2026-11-23T25:00", "2026-11-23T16", "16:10", "昨天", "2026-02-30T10:00"])
    func noMoment(typed: String) {
        #expect(refusal { try Moment(text: typed, zone: .shanghai) }?.code == "time.malformed")
    }
}
