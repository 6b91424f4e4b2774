import Foundation
import Handbook
import Journal
import TestSupport
import Testing

@testable import Estate

@Suite("5.3 two working days from the last paper")
struct RenovationClockTests {
    private let test: TestEstate

    init() throws { test = try TestEstate(now: "2026-12-31T12:00") }

    private func completed(_ time: String, _ more: [String: String] = [:]) throws -> String {
        try test.renovation(["papers": "complete", "applicant": "owner"].merging(more) { $1 }, at: time)
    }

    private func row(_ id: String, asOf time: String) throws -> RenovationsView.Row {
        try #require(try test.show(RenovationsView.self, asOf: time).first { $0.subject.id.id.text == id })
    }

    @Test(
        "the worked cases, with their explanation",
        arguments: [
            ("2026-02-13T10:00", "2026-02-24", "还有 2 个工作日：02-14 补班算，02-15 至 02-23 春节不算"),
            ("2026-09-30T23:59", "2026-10-09", "还有 2 个工作日：10-01 至 10-07 国庆节不算"),
            ("2026-03-05T00:00", "2026-03-09", "还有 2 个工作日：03-07 至 03-08 周末不算"),
            ("2026-03-02T16:00", "2026-03-04", "还有 2 个工作日"),
        ])
    func cases(completed time: String, due: String, words: String) throws {
        let id = try completed(time)
        let row = try row(id, asOf: String(time.prefix(10)))
        #expect(row.due == day(due))
        #expect(row.clock?.chinese == words)
    }

    @Test("the words count down: working days left, today, days late")
    func words() throws {
        let id = try completed("2026-02-13T10:00")
        func words(_ time: String) throws -> String? { try row(id, asOf: time).clock?.chinese }
        #expect(try words("2026-02-20T12:00")?.hasPrefix("还有 1 个工作日：") == true)
        #expect(try words("2026-02-24T12:00")?.hasPrefix("今天到期：") == true)
        #expect(try words("2026-02-26T12:00")?.hasPrefix("超期 2 天：") == true)
    }

    @Test("in time until 24:00 of the day; open before; late after, done or not")
    func inTime() throws {
        let ids = try (0..<3).map { _ in try completed("2026-03-02T16:00") }
        func permit(_ id: String, _ time: String) throws {
            try test.do(
                "renovation.permit", ["renovation": id, "deposit": "0", "fee": "0", "until": "2026-12-31"], at: time)
        }
        try permit(ids[0], "2026-03-04T23:59")
        try permit(ids[1], "2026-03-05T00:01")
        #expect(try row(ids[0], asOf: "2026-03-06").inTime == true)
        #expect(try row(ids[1], asOf: "2026-03-06").inTime == false)
        #expect(try row(ids[2], asOf: "2026-03-04").inTime == nil)
        #expect(try row(ids[2], asOf: "2026-03-06").inTime == false)
    }

    @Test("a calendar that is not published: taken, 期限待定, counted once it is there; the permit keeps its day")
    func unpublished() throws {
        let early = try completed("2026-12-29T10:00")
        let id = try completed("2026-12-31T10:00")
        #expect(try row(early, asOf: "2026-12-31").due == day("2026-12-31"))
        let open = try row(id, asOf: "2026-12-31")
        #expect(open.due == nil && open.inTime == nil && open.flags == [.dueUnknown])
        #expect(open.clock?.chinese == "期限待定（放假安排未公布）")
        let own = #"{"years":{"2027":{"off":{"元旦":["01-01","01-02","01-03"]},"work":{}}}}"#
        let published = try TestEstate.reopened(test, handbook: ["calendar.json": own])
        let known = try #require(try published.renovations.all[Ref(text: id, zone: .shanghai)])
        #expect(published.due(of: known) == day("2027-01-05"))
        // A permit that was recorded while nobody knew is counted later; one with a day keeps it.
        try test.do(
            "renovation.permit", ["renovation": early, "deposit": "0", "fee": "0", "until": "2027-03-31"])
        let moved = #"{"years":{"2026":{"off":{"元旦":["12-30"]},"work":{}}}}"#
        let changed = try TestEstate.reopened(test, handbook: ["calendar.json": moved])
        let kept = try #require(try changed.renovations.all[Ref(text: early, zone: .shanghai)])
        #expect(changed.due(of: kept) == day("2026-12-31"))
    }

    @Test("a small matter has no clock")
    func small() throws {
        let id = try completed("2026-03-02T16:00", ["works": "装空调"])
        let row = try row(id, asOf: "2026-03-10")
        #expect(row.due == nil && row.clock == nil && row.inTime == nil && row.flags == [])
    }

    @Test("arrears delay nothing")
    func arrears() throws {
        try test.do("bill.issue", test.bill(period: "2025-03", amount: "9000", due: "2025-03-31"))
        let id = try completed("2026-03-02T16:00")
        #expect(try row(id, asOf: "2026-03-02").due == day("2026-03-04"))
        try test.do(
            "renovation.permit", ["renovation": id, "deposit": "0", "fee": "0", "until": "2026-12-31"],
            at: "2026-03-03T10:00")
    }

    @Test("every day of 2024 to 2026 has the day of a second calculation, from the calendar's file")
    func everyDay() throws {
        let root = URL(fileURLWithPath: #filePath).pathComponents.dropLast(4).joined(separator: "/")
        let file = try Data(contentsOf: URL(fileURLWithPath: "\(root)/Resources/chapters/calendar.json"))
        let json = try #require(try JSONSerialization.jsonObject(with: file) as? [String: Any])
        let years = try #require(json["years"] as? [String: [String: [String: [String]]]])
        /// Whether each day of the years is worked, in order.
        var worked: [(text: String, isWorked: Bool)] = []
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = try #require(TimeZone(identifier: "UTC"))
        var date = try #require(calendar.date(from: DateComponents(year: 2024, month: 1, day: 1)))
        while calendar.component(.year, from: date) < 2027 {
            let parts = calendar.dateComponents([.year, .month, .day, .weekday], from: date)
            let text = String(format: "%02d-%02d", parts.month ?? 0, parts.day ?? 0)
            let year = try #require(years["\(parts.year ?? 0)"])
            let isOff = year["off"]?.values.contains { $0.contains(text) } ?? false
            let isMadeUp = year["work"]?.values.contains { $0.contains(text) } ?? false
            let isWeekend = [1, 7].contains(parts.weekday ?? 0)
            worked.append(("\(parts.year ?? 0)-\(text)", isMadeUp || !isOff && !isWeekend))
            date = date.addingTimeInterval(86400)
        }
        #expect(worked.count == 366 + 365 + 365)
        for (index, start) in worked.enumerated() {
            let later = worked[(index + 1)...].filter(\.isWorked).prefix(2)
            let expected = later.count == 2 ? later.last?.text : nil
            #expect(test.estate.renovationDue(completed: day(start.text))?.text == expected, "\(start.text)")
        }
    }
}
