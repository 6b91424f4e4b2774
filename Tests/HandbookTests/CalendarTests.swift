import Foundation
import Handbook
import Testing

@Suite("The published calendar")
struct CalendarTests {
    static let days: [(year: Int, month: Int, day: Int, Handbook.DayKind)] = [
        (2024, 2, 18, .worked("春节")),
        (2024, 9, 15, .off("中秋节")),
        (2025, 10, 8, .off("国庆节、中秋节")),
        (2026, 1, 4, .worked("元旦")),
        (2026, 2, 13, .ordinary),
        (2026, 2, 14, .worked("春节")),
        (2026, 2, 15, .off("春节")),
        (2026, 2, 23, .off("春节")),
        (2026, 2, 24, .ordinary),
        (2026, 10, 1, .off("国庆节")),
        (2026, 10, 10, .worked("国庆节")),
        (2026, 12, 31, .ordinary),
        (2027, 1, 1, .unpublished),
        (2023, 12, 31, .unpublished),
    ]

    private func calendar(_ overrides: [String: Data] = [:]) throws -> Handbook {
        try Handbook(overrides: overrides, chapters: [Handbook.Calendar.self])
    }

    @Test("a day is off, worked, ordinary or unpublished", arguments: days)
    func kind(year: Int, month: Int, day: Int, kind: Handbook.DayKind) throws {
        #expect(try calendar().dayKind(year: year, month: month, day: day) == kind)
    }

    @Test("three years are published")
    func years() throws {
        #expect(try calendar().calendar.publishedYears == [2024, 2025, 2026])
    }

    @Test("the estate may add a year once it is published")
    func addition() throws {
        let own = #"{"years":{"2027":{"off":{"元旦":["01-01"]},"work":{"元旦":["01-02"]}}}}"#
        let handbook = try calendar(["calendar.json": Data(own.utf8)])
        #expect(handbook.dayKind(year: 2027, month: 1, day: 1) == .off("元旦"))
        #expect(handbook.dayKind(year: 2027, month: 1, day: 2) == .worked("元旦"))
        #expect(handbook.dayKind(year: 2027, month: 1, day: 4) == .ordinary)
        #expect(handbook.dayKind(year: 2026, month: 10, day: 1) == .off("国庆节"))
    }

    @Test(
        "a year that makes no sense is refused",
        arguments: [
            #"{"years":{"2027":{"off":{"元旦":["02-29"]},"work":{}}}}"#,
            #"{"years":{"2027":{"off":{"元旦":["1-1"]},"work":{}}}}"#,
            #"{"years":{"2027":{"off":{"元旦":["01-01"]},"work":{"元旦":["01-01"]}}}}"#,
            #"{"years":{"2027":{"off":{},"work":{}}}}"#,
            #"{"years":{"2027":{"off":{"元旦":[]},"work":{}}}}"#,
            #"{"years":{"+227":{"off":{"元旦":["01-01"]},"work":{}}}}"#,
            #"{"years":{"2027":{"off":{"元旦":["+1-01"]},"work":{}}}}"#,
            #"{"years":{"27":{"off":{"元旦":["01-01"]},"work":{}}}}"#,
        ])
    func refusal(own: String) throws {
        let error = try #require(throws: HandbookError.self) {
            try calendar(["calendar.json": Data(own.utf8)])
        }
        #expect(error.code == .invalid)
        #expect(error.file == "calendar.json")
    }

    @Test("what a year lacks is named with its own number")
    func missing() throws {
        let own = #"{"years":{"2027":{"off":{"元旦":["01-01"]}}}}"#
        let error = try #require(throws: HandbookError.self) { try calendar(["calendar.json": Data(own.utf8)]) }
        #expect(error.chinese.contains("缺少“years.2027.work”"))
    }
}
