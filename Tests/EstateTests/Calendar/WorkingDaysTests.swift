import Handbook
import Testing
import TestSupport

@testable import Estate

@Suite("Working days by the published calendar (Rules, Time)")
struct WorkingDaysTests {
    let handbook: Handbook

    init() throws { handbook = try Handbook(chapters: Estate.chapters) }

    @Test(
        "holidays and weekends are skipped, make-up workdays count",
        arguments: [
            ("2026-02-13", 2, "2026-02-24"), ("2026-09-30", 2, "2026-10-09"), ("2026-02-13", 1, "2026-02-14"),
            ("2026-03-02", 2, "2026-03-04"), ("2026-03-06", 1, "2026-03-09"), ("2026-01-01", 1, "2026-01-04"),
            ("2026-10-09", 1, "2026-10-10"), ("2026-02-13", 0, "2026-02-13"), ("2025-12-31", 1, "2026-01-04"),
        ])
    func due(from: String, add: Int, due: String) throws {
        #expect(try WorkingDays.deadline(from: day(from), adding: add, by: handbook).due.text == due)
    }

    @Test("the skipped days and their reasons are listed")
    func explained() throws {
        let skipped = try WorkingDays.deadline(from: day("2026-02-13"), adding: 2, by: handbook).skipped
        #expect(skipped.map(\.date) == (15...23).map { day("2026-02-\($0)") })
        #expect(Set(skipped.map(\.why)) == ["春节"])
    }

    @Test("a skipped weekend day has the name of its weekday")
    func weekend() throws {
        let skipped = try WorkingDays.deadline(from: day("2026-03-06"), adding: 1, by: handbook).skipped
        #expect(skipped.map(\.date.short) == ["03-07", "03-08"])
        #expect(skipped.map(\.why) == ["周六", "周日"])
    }

    @Test(
        "a day outside the published years is refused",
        arguments: [("2026-12-31", 1), ("2026-12-30", 2), ("2027-03-01", 0), ("2027-03-01", 1), ("2023-12-31", 1)])
    func unpublished(from: String, add: Int) throws {
        let refused = refusal { try WorkingDays.deadline(from: day(from), adding: add, by: handbook) }
        #expect(refused?.code == "calendar.unpublished")
        #expect(refused?.cause == .rule)
    }

    @Test("the last working day of the last published year is known")
    func lastDay() throws {
        #expect(try WorkingDays.deadline(from: day("2026-12-30"), adding: 1, by: handbook).due.text == "2026-12-31")
    }

    @Test("the view has one row with the skipped days")
    func view() throws {
        let test = try TestEstate()
        let row = try test.only(WorkdaysView.self, ["from": "2026-02-13", "add": "2"])
        #expect(row.due == day("2026-02-24"))
        #expect(row.skipped.count == 9)
    }
}
