import Estate
import Foundation
import Journal
import Testing

@Suite struct MomentsTests {
    /// The first and the last minutes of a month and a leap day, of a season; in the long form more, of a year.
    private static let moments =
        ["2026-11-01T00:02:00+08:00", "2026-11-30T23:58:00+08:00", "2028-02-29T14:05:00+08:00"]
        + (SampleEstate.isLong
            ? ["2026-11-23T08:05:00+08:00", "2027-01-01T00:30:00+08:00", "2026-11-26T15:00:00.250+08:00"] : [])

    @Test(
        "at any moment nothing is refused, no fact lies in the future, and today has calls and visitors",
        arguments: MomentsTests.moments)
    func anyMoment(_ text: String) throws {
        let sample = try SampleEstate(text, seed: 3, months: SampleEstate.months)
        let now = sample.now
        var latest = Moment.distantPast
        var writtenLatest = Moment.distantPast
        let journal = try Journal(at: sample.folder)
        try journal.catchUp { line in
            writtenLatest = max(writtenLatest, line.written)
            latest = max(latest, at(of: line))
        }
        #expect(latest <= now)
        #expect(writtenLatest <= now)
        #expect(sample.store.unknownFacts == 0)
        #expect(try Verification(of: sample.folder).damages.isEmpty)

        let estate = sample.estate
        let midnight = Day(now, in: .shanghai).start(in: .shanghai)
        if now.seconds(since: midnight) >= 25 * 60 {
            #expect(estate.gate.visits.values.contains { $0.arrived >= midnight })
            #expect(estate.calls.all.values.contains { $0.rang >= midnight })
        }
        #expect(estate.calls.open.isEmpty)
        #expect((5...9).contains(estate.gate.inside.count))
        let over = estate.gate.visits.values.count { $0.overstay(at: now, by: estate.handbook.gate) != nil }
        #expect((1...2).contains(over))
        let overdue = try sample.rows(FollowUpsView()).count { $0.state == .overdue }
        #expect((2...6).contains(overdue), "\(overdue)")
        #expect(estate.shifts.open(at: "门岗") != nil)
    }

    /// The moment of a fact: its `at`, or the time of writing.
    private func at(of line: Line) -> Moment {
        var scanner = JSONScanner(line.data)
        guard scanner.take("{"), scanner.takeKey("at") else { return line.written }
        return (try? scanner.plain()).flatMap { Moment(iso: $0) } ?? .distantFuture
    }
}
