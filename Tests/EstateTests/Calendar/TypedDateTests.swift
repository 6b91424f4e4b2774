import Journal
import Testing
import TestSupport

@testable import Estate

@Suite("Dates as people type them")
struct TypedDateTests {
    /// Wednesday 2026-11-25, 15:40.
    let present = Present(day("2026-11-25").start(in: .shanghai).adding(minutes: 15 * 60 + 40), in: .shanghai)

    @Test(
        "a relative date counts from today",
        arguments: [
            ("今天", "2026-11-25"), ("今日", "2026-11-25"), ("明天", "2026-11-26"), ("后天", "2026-11-27"),
            ("大后天", "2026-11-28"),
            ("昨天", "2026-11-24"), ("前天", "2026-11-23"), ("tomorrow", "2026-11-26"), ("+3", "2026-11-28"),
            ("＋３", "2026-11-28"), ("-2", "2026-11-23"), ("+40", "2027-01-04"),
        ])
    func words(typed: String, date: String) throws { #expect(try Day(typed: typed, present).text == date) }

    @Test(
        "a moment whose year cannot be written in the estate's zone is refused: no such fact could be read",
        arguments: ["0001-01-01T00:00+09:00", "9999-12-31T20:00-12:00", "9999-12-31T23:59-12:00"])
    func unwritable(typed: String) {
        #expect(refusal { try Moment(typed: typed, zone: .shanghai, dateMeansEnd: false) }?.code == "time.malformed")
        #expect(refusal { try Moment(typed: typed, present) }?.code == "time.malformed")
    }

    @Test("the last day and the first moment that can be written")
    func outermost() throws {
        let end = try Moment(typed: "9999-12-31", zone: .shanghai, dateMeansEnd: true)
        #expect(end == day("9999-12-31").end(in: .shanghai))
        #expect(
            try Moment(typed: "0001-01-01 00:00", zone: .shanghai, dateMeansEnd: false).text(in: .shanghai).hasPrefix(
                "0001-01-01T00:00"))
    }

    @Test(
        "a date may be written in many forms",
        arguments: [
            "2026-12-05", "2026-12-5", "2026.12.5", "2026/12/05", "20261205", "2026年12月5日", "2026 年 12 月 5 号", "12-5",
            "12/5", "12.5", "12月5日", "12月5号", "十二月五日", "１２－５", "5日", "5号", " 5号 ",
        ])
    func ways(typed: String) throws { #expect(try Day(typed: typed, present).text == "2026-12-05") }

    @Test(
        "without year or month the nearest such day is meant",
        arguments: [
            ("1-5", "2027-01-05"), ("10-5", "2026-10-05"), ("11-25", "2026-11-25"), ("12-31", "2026-12-31"),
            ("5-28", "2026-05-28"), ("5-1", "2027-05-01"), ("6-1", "2026-06-01"), ("20日", "2026-11-20"),
            ("25日", "2026-11-25"),
            ("8日", "2026-12-08"),
        ])
    func nearest(typed: String, date: String) throws { #expect(try Day(typed: typed, present).text == date) }

    @Test("of two equally near days the later is meant, in a year that has it")
    func edges() throws {
        func read(_ typed: String, on date: String) throws -> String {
            try Day(typed: typed, Present(day(date).start(in: .shanghai), in: .shanghai)).text
        }
        // 2027-09-01 is 183 days after 2027-03-02 and 183 before 2028-03-02.
        #expect(try read("3-2", on: "2027-09-01") == "2028-03-02")
        #expect(try read("2-29", on: "2027-11-25") == "2028-02-29")
        #expect(try read("12-31", on: "2027-01-01") == "2026-12-31")
        #expect(try read("31日", on: "2026-12-31") == "2026-12-31")
    }

    @Test(
        "a weekday is the next one, or that of a named week",
        arguments: [
            ("周五", "2026-11-27"), ("星期五", "2026-11-27"), ("礼拜天", "2026-11-29"), ("周一", "2026-11-30"),
            ("周二", "2026-12-01"),
            ("下周一", "2026-11-30"), ("下周五", "2026-12-04"), ("下下周一", "2026-12-07"), ("本周一", "2026-11-23"),
            ("这周日", "2026-11-29"), ("上周五", "2026-11-20"), ("下个星期天", "2026-12-06"),
        ])
    func weekdays(typed: String, date: String) throws { #expect(try Day(typed: typed, present).text == date) }

    @Test(
        "an ambiguous or impossible date is refused with the cause",
        arguments: [
            ("周三", "date.ambiguous"), ("125", "date.ambiguous"), ("1205", "date.ambiguous"), ("5", "date.ambiguous"),
            ("12/5/2026", "date.ambiguous"), ("26-12-5", "date.year"), ("2-30", "date.impossible"),
            ("13-5", "date.impossible"), ("20261305", "date.impossible"), ("2026-02-29", "date.impossible"),
            ("31日", "date.impossible"), ("2-29", "date.impossible"), ("改天", "date.malformed"),
            ("12-", "date.malformed"),
            ("", "date.malformed"), ("下周八", "date.malformed"), ("12-5-", "date.malformed"),
        ])
    func refused(typed: String, code: String) {
        #expect(refusal { try Day(typed: typed, present) }?.code == code)
    }

    @Test(
        "a moment is a time of today, or a time after a typed date",
        arguments: [
            ("14:30", "2026-11-25T14:30:00+08:00"), ("9:05", "2026-11-25T09:05:00+08:00"),
            ("今天 14:30", "2026-11-25T14:30:00+08:00"), ("昨天 9:05", "2026-11-24T09:05:00+08:00"),
            ("昨天9:05", "2026-11-24T09:05:00+08:00"), ("12-5 14:30:09", "2026-12-05T14:30:09+08:00"),
            ("现在", "2026-11-25T15:40:00+08:00"), ("９：０５", "2026-11-25T09:05:00+08:00"),
            ("9点半", "2026-11-25T09:30:00+08:00"),
            ("前天 15点", "2026-11-23T15:00:00+08:00"), ("15点5分", "2026-11-25T15:05:00+08:00"),
            ("2026-11-23T16:10", "2026-11-23T16:10:00+08:00"), ("2026.11.23 16:10", "2026-11-23T16:10:00+08:00"),
            ("昨天", "2026-11-24T00:00:00+08:00"),
            // As they are said.
            ("明天下午三点", "2026-11-26T15:00:00+08:00"), ("下午3点", "2026-11-25T15:00:00+08:00"),
            ("明天下午３：００", "2026-11-26T15:00:00+08:00"), ("周一上午10点半", "2026-11-30T10:30:00+08:00"),
            ("周二十点", "2026-12-01T10:00:00+08:00"), ("明天十二点", "2026-11-26T12:00:00+08:00"),
            ("周二二十点", "2026-12-01T20:00:00+08:00"), ("后天早上八点一刻", "2026-11-27T08:15:00+08:00"),
            ("今晚七点", "2026-11-25T19:00:00+08:00"), ("明早8:30", "2026-11-26T08:30:00+08:00"),
            ("中午十二点半", "2026-11-25T12:30:00+08:00"), ("中午1点", "2026-11-25T13:00:00+08:00"),
            ("凌晨两点", "2026-11-25T02:00:00+08:00"), ("晚上12点", "2026-11-26T00:00:00+08:00"),
            ("12月5日 下午 2点20", "2026-12-05T14:20:00+08:00"), ("十二月五号下午两点二十分", "2026-12-05T14:20:00+08:00"),
            ("5号三点钟", "2026-12-05T03:00:00+08:00"), ("下周五14时", "2026-12-04T14:00:00+08:00"),
            ("十点零五分", "2026-11-25T10:05:00+08:00"), ("上午十二点", "2026-11-25T12:00:00+08:00"),
            ("下午15点", "2026-11-25T15:00:00+08:00"), ("3pm", "2026-11-25T15:00:00+08:00"),
            ("tomorrow 3:30 pm", "2026-11-26T15:30:00+08:00"), ("12-5 9am", "2026-12-05T09:00:00+08:00"),
        ])
    func moments(typed: String, iso: String) throws {
        #expect(try Moment(typed: typed, present).text(in: .shanghai) == iso)
    }

    @Test("a typed date alone can mean its 24:00")
    func dateMeansEnd() throws {
        #expect(try Moment(typed: "昨天", present, dateMeansEnd: true) == day("2026-11-25").start(in: .shanghai))
    }

    @Test(
        "a malformed or ambiguous time is refused",
        arguments: [
            ("24:00", "time.malformed"), ("9:60", "time.malformed"), ("9:5", "time.malformed"),
            ("改天", "time.malformed"),
            ("2-30 9:00", "date.impossible"), ("周三 9:00", "date.ambiguous"), ("上午15点", "time.malformed"),
            ("下午", "time.malformed"), ("明天下午", "time.malformed"), ("晚上两点", "time.ambiguous"),
            ("下午三十点", "time.malformed"), ("三点六十分", "time.malformed"), ("明天一十点", "time.malformed"),
            ("中午5点", "time.malformed"), ("119:00", "time.malformed"), ("改天下午三点", "time.malformed"),
        ])
    func noMoment(typed: String, code: String) {
        #expect(refusal { try Moment(typed: typed, present) }?.code == code)
    }

    @Test(
        "months and weeks may be relative",
        arguments: [
            ("本月", "2026-11"), ("上月", "2026-10"), ("下个月", "2026-12"), ("2026.9", "2026-09"), ("2026年12月", "2026-12"),
            ("202601", "2026-01"),
        ])
    func months(typed: String, text: String) throws {
        #expect(try Period(typed: typed, present).text == text)
        #expect(try Week(typed: "上周", present).text == "2026-W47")
    }

    @Test(
        "a filter on the past means the last such day",
        arguments: [
            ("3月1日", "2026-03-01"), ("12-5", "2025-12-05"), ("11-25", "2026-11-25"), ("11-26", "2025-11-26"),
            ("30日", "2026-10-30"), ("31日", "2026-10-31"), ("周五", "2026-11-20"), ("周二", "2026-11-24"),
            ("明天", "2026-11-26"),
            ("2027-01-05", "2027-01-05"), ("上周五", "2026-11-20"),
        ])
    func past(typed: String, date: String) throws { #expect(try Day(typed: typed, present.ofPast).text == date) }

    @Test("a filter on due dates may mean one of the next weeks")
    func ahead() throws {
        let present = present.ofPast(ahead: 60)
        for (typed, date) in [
            ("12-5", "2026-12-05"), ("3月1日", "2026-03-01"), ("1-24", "2027-01-24"), ("1-25", "2026-01-25"),
        ] {
            #expect(try Day(typed: typed, present).text == date)
        }
    }

    @Test("a month without a year is the nearest, in a filter on the past the last")
    func monthAlone() throws {
        for (typed, nearest, past) in [
            ("11月", "2026-11", "2026-11"), ("3月", "2027-03", "2026-03"), ("12月", "2026-12", "2025-12"),
            ("6月份", "2026-06", "2026-06"), ("十月", "2026-10", "2026-10"),
        ] {
            #expect(try Period(typed: typed, present).text == nearest)
            #expect(try Period(typed: typed, present.ofPast).text == past)
        }
    }

    @Test("views filter the past, and those of due dates a little ahead")
    func viewFilters() throws {
        let test = try TestEstate()
        try test.arrive("张三", at: "2026-03-02T10:00")
        let now = at("2026-12-31T12:00")
        func names(_ filters: [String: JSONValue]) throws -> [String] {
            try GateView.select(of: test.estate, at: now, members: filters).rows.map { $0.texts.joined(separator: " ") }
        }
        #expect(try names(["from": "3月1日"]).count == 1)
        #expect(try names(["from": "3月3日"]).isEmpty)
        #expect(try names(["to": "3月2日"]).count == 1)
        try test.do("bill.issue", test.bill(amount: "100"))
        let due = try BillsView.select(of: test.estate, at: now, members: ["to": "1月20日", "from": "1月1日"])
        let all = try BillsView.select(of: test.estate, at: now, members: [:])
        #expect(all.rows.count == 1 && due.rows.isEmpty, "next January")
    }

    @Test("facts need full dates")
    func facts() throws {
        #expect(refusal { try Day(text: "明天", zone: .shanghai) }?.code == "date.malformed")
        let members: [String: JSONValue] = ["unit": "3-2-501", "channel": "电话", "outcome": "承诺", "promise": "明天"]
        #expect(refusal { try RecordDunning(members: members, zone: .shanghai) }?.field == "promise")
        #expect(try RecordDunning(members: members, present).promise == day("2026-11-26"))
    }

    @Test("a view counts relative dates from the moment that it is asked as of")
    func views() throws {
        let test = try TestEstate()
        let estate = test.store.estate
        let asOf = day("2026-03-06").start(in: .shanghai)
        // 24:00 of the 5th belongs to the 5th.
        let rows = try WorkdaysView.select(of: estate, at: asOf, members: ["from": "今天", "add": "1"])
        let same = try WorkdaysView.select(of: estate, at: asOf, members: ["from": "2026-03-05", "add": "1"])
        #expect(rows.rows.map(\.texts) == same.rows.map(\.texts))
    }
}
