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
        "a date that does not exist, is incomplete or is relative is refused",
        arguments: [
            ("2026-02-29", "date.impossible"), ("2026-13-01", "date.impossible"), ("26-01-01", "date.year"),
            ("12-5", "date.year"), ("2026-11-23T16:10", "date.time"), ("今天", "date.malformed"),
            ("周五", "date.malformed"),
            ("2026年3月", "date.malformed"), ("3/5/2026", "date.ambiguous"), ("46086", "date.damaged"),
            ("2026-03-05 星期五", "date.weekday"), ("31", "date.malformed"), ("", "date.malformed"),
        ])
    func noDay(text: String, code: String) {
        #expect(refusal { try Day(text: text, zone: .shanghai) }?.code == code)
    }

    @Test(
        "a complete date is read in the usual notations",
        arguments: [
            "2026-3-5", "2026/03/05", "2026.3.5", "2026年03月05日", "2026年3月5号", "二〇二六年三月五日", "2026-03-05T00:00:00",
            "2026/3/5 0:00:00", "2026年3月5日 星期四", "2026-03-05(周四)", "20260305.0", "2026 年 3 月 5 日",
        ])
    func complete(text: String) { #expect(day(text).text == "2026-03-05") }

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
        "a period of more or less than a month is refused",
        arguments: [
            ("2026-13", "period.malformed"), ("2026-00", "period.malformed"), ("2026", "period.malformed"),
            ("26-03", "period.malformed"), ("2026Q1", "period.malformed"), ("2026.1", "period.ambiguous"),
            ("2026-11-02", "period.day"), ("20261", "period.malformed"), ("46086", "period.malformed"),
            ("26-Mar", "period.damaged"), ("本月", "period.malformed"),
        ])
    func noPeriod(text: String, code: String) {
        #expect(refusal { try Period(text: text, zone: .shanghai) }?.code == code)
    }

    @Test(
        "a period is read in the usual notations",
        arguments: [
            "2026-3", "2026/03", "2026.03", "2026.3", "2026年03月", "2026年3月份", "202603", "2026-03-01", "20260301",
            "2026/3/1 0:00:00", "二〇二六年三月", "202603.0",
        ])
    func periods(text: String) { #expect(month(text).text == "2026-03") }

    @Test(
        "a moment is a date, a local time or a time with an offset",
        arguments: [
            ("2026-11-23", "2026-11-23T00:00:00+08:00"), ("2026-11-23T16:10", "2026-11-23T16:10:00+08:00"),
            ("2026-11-23 16:10:05", "2026-11-23T16:10:05+08:00"), ("2026-11-23T16:10Z", "2026-11-24T00:10:00+08:00"),
            ("2026-11-23T16:10:05-05:00", "2026-11-24T05:10:05+08:00"),
            ("２０２６－１１－２３　１６：１０", "2026-11-23T16:10:00+08:00"),
            ("2026/11/23 16:10:05", "2026-11-23T16:10:05+08:00"), ("2026年11月23日16时10分", "2026-11-23T16:10:00+08:00"),
            ("2026/11/23 下午 4:10:00", "2026-11-23T16:10:00+08:00"), ("20261123161005", "2026-11-23T16:10:05+08:00"),
            ("2026-11-23 16:10:05.0", "2026-11-23T16:10:05+08:00"), ("2026-11-23 4:10 PM", "2026-11-23T16:10:00+08:00"),
            ("2026-11-23 12:10 am", "2026-11-23T00:10:00+08:00"),
            ("2026-11-23 16:10+0900", "2026-11-23T15:10:00+08:00"),
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
        arguments: [
            ("2026-11-23T25:00", "time.malformed"), ("2026-11-23T16", "time.malformed"), ("16:10", "time.malformed"),
            ("昨天", "time.malformed"), ("2026-02-30T10:00", "date.impossible"), ("11-23 16:10", "date.year"),
            ("3/5/2026 14:30", "date.ambiguous"), ("46086.604", "time.damaged"),
        ])
    func noMoment(typed: String, code: String) {
        #expect(refusal { try Moment(text: typed, zone: .shanghai) }?.code == code)
    }
}
