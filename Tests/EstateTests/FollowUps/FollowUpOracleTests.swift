import Foundation
import Handbook
import Journal
import TestSupport
import Testing

@testable import Estate

/// Compares return visits and rates with an independent calculation over random histories.
///
/// A failure names its seed; `FRONTDESK_SEED=4711` repeats the history of a seed.
@Suite("3 Return visits agree with an independent calculation")
struct FollowUpOracleTests {
    private let initialState: Estate

    init() throws { initialState = RandomFollowUps.initialState(try Handbook(chapters: Estate.chapters)) }

    @Test("10,000 random histories, each as of several moments", arguments: 0..<8)
    func histories(part: Int) {
        let environment = ProcessInfo.processInfo.environment
        let isLong = environment["FRONTDESK_LONG_TESTS"] == "1"
        let share = (isLong ? 100_000 : 10_000) / 8
        var seeds = part * share..<(part + 1) * share
        if let seed = environment["FRONTDESK_SEED"].flatMap(Int.init) { seeds = part == 0 ? seed..<seed + 1 : 0..<0 }
        for seed in seeds {
            guard let difference = difference(seed) else { continue }
            Issue.record("FRONTDESK_SEED=\(seed): \(difference)")
            // One difference is enough; later ones are likely consequences.
            return
        }
    }

    @Test("the histories contain every class, state and result, repeated visits and absent visitors")
    func coverage() throws {
        var seen: Set<String> = []
        for seed in 0..<2000 {
            var history = try RandomFollowUps(on: initialState, seed: UInt64(seed))
            for moment in history.moments(2) {
                for visit in FollowUpOracle(history.events, asOf: moment).visits {
                    seen.insert("\(visit.requestClass) \(visit.state(at: moment))")
                    seen.insert(visit.lastResult ?? "")
                    if visit.isRepetition { seen.insert("repeated \(visit.state(at: moment))") }
                    if !visit.absent.isEmpty { seen.insert("absent \(visit.requestClass)") }
                    if visit.awaitsRectification { seen.insert("unsatisfactory \(visit.key.stage)") }
                }
            }
        }
        for requestClass in RequestClass.allCases {
            for state in FollowUpState.allCases where state != .upcoming || requestClass == .special {
                #expect(seen.contains("\(requestClass.rawValue) \(state.rawValue)"))
            }
            #expect(seen.contains("absent \(requestClass.rawValue)"))
        }
        #expect(seen.isSuperset(of: FollowUpResult.allCases.map(\.rawValue) + ["repeated done", "repeated late"]))
        #expect(seen.isSuperset(of: ["unsatisfactory single", "unsatisfactory middle", "unsatisfactory end"]))
    }

    /// The first difference between the product and the oracle in the history of a seed.
    private func difference(_ seed: Int) -> String? {
        do {
            var history = try RandomFollowUps(on: initialState, seed: UInt64(seed))
            for moment in history.moments(3) {
                if let difference = difference(history, at: moment) {
                    func clock(_ time: Int) -> String { Moment(milliseconds: Int64(time)).text(in: .shanghai) }
                    let story = history.events.map { "\(clock($0.time)) \($0.request) \($0.kind)" }
                    return "\(difference)\nas of \(clock(moment)) of\n\(story.joined(separator: "\n"))"
                }
            }
            return nil
        } catch {
            return "\(error)"
        }
    }

    private func difference(_ history: RandomFollowUps, at moment: Int) -> String? {
        let (estate, at) = (history.estate(asOf: moment), Moment(milliseconds: Int64(moment)))
        let oracle = FollowUpOracle(history.events, asOf: moment)
        let expected = oracle.visits.map { line($0, at: moment) }
        let context = ViewContext(estate, at: at)
        let found = FollowUpsView().subjects(in: context).map { line(.init($0, in: context), history.requests) }
        if found != expected {
            return "expected\n\(expected.joined(separator: "\n"))\nfound\n\(found.joined(separator: "\n"))"
        }
        let states = oracle.visits.map { ($0.state(at: moment), $0.due) }
        let today = TestCalendar.shared.day(of: moment)
        let tally = FollowUpTally(
            overdue: states.count { $0.0 == "overdue" }, today: states.count { $0.0 == "open" && $0.1 == today },
            open: states.count { $0.0 == "open" })
        let counted = estate.followUps.tally(at: at, in: estate.zone)
        if counted != tally { return "the tally is \(counted) and not \(tally)" }
        for month in Set(oracle.visits.map { TestCalendar.shared.month(of: $0.due) }).sorted() {
            for row in RatesView(period: TestSupport.month(month)).subjects(in: context) {
                let expected = oracle.rate(row.class.rawValue, month: month, at: moment)
                if expected != (row.matured, row.covered, row.onTime, row.met) {
                    return "the rate of \(row.class) in \(month) is \(row) and not \(expected)"
                }
            }
        }
        return nil
    }

    private func line(_ visit: ExpectedVisit, at moment: Int) -> String {
        let (key, calendar) = (visit.key, TestCalendar.shared)
        return "\(key.request) \(visit.requestClass) \(key.stage) \(key.unit) \(key.cycle) "
            + "\(calendar.text(of: visit.opens)) \(calendar.text(of: visit.due)) \(visit.state(at: moment)) "
            + "\(visit.lastResult ?? "-") \(visit.attempts) \(visit.absent) \(visit.awaitsRectification)"
    }

    private func line(_ row: FollowUpsView.Row, _ requests: [Ref<Request>]) -> String {
        "\(requests.firstIndex(of: row.request) ?? -1) \(row.class.rawValue) \(row.stage.rawValue) \(row.unit.text) "
            + "\(row.cycle) \(row.opens.text) \(row.due.text) \(row.state.rawValue) \(row.result?.rawValue ?? "-") "
            + "\(row.attempts) \(row.absent.map(\.rawValue)) \(row.awaitsRectification)"
    }
}
