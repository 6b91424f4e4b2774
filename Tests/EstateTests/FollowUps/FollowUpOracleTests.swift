import Foundation
import Handbook
import Journal
import Testing

@testable import Estate

/// Return visits and their rates against a calculation of another kind, over random histories.
///
/// `FRONTDESK_SEED=4711` plays the one history of that seed again; a failure names its own.
@Suite("3 return visits as an independent calculation has them")
struct FollowUpOracleTests {
    private let ground: Estate

    init() throws { ground = FollowUpChronicle.ground(try Handbook(chapters: Estate.chapters)) }

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
            // The first is what is to be looked at.
            return
        }
    }

    @Test("what is compared does happen: every class, state, result, a voided and a second visit, an absent visitor")
    func coverage() throws {
        var seen: Set<String> = []
        for seed in 0..<1000 {
            var chronicle = try FollowUpChronicle(on: ground, seed: UInt64(seed))
            for moment in chronicle.moments(2) {
                for visit in FollowUpOracle(chronicle.told, asOf: moment).visits {
                    seen.insert("\(visit.requestClass) \(visit.state(at: moment))")
                    seen.insert(visit.lastResult ?? "")
                    if visit.isAgain { seen.insert("again \(visit.state(at: moment))") }
                    if !visit.absent.isEmpty { seen.insert("absent \(visit.requestClass)") }
                    if visit.awaitsRectification { seen.insert("wanting \(visit.name.stage)") }
                }
            }
        }
        for requestClass in RequestClass.allCases {
            for state in FollowUpState.allCases where state != .upcoming || requestClass == .special {
                #expect(seen.contains("\(requestClass.rawValue) \(state.rawValue)"))
            }
            #expect(seen.contains("absent \(requestClass.rawValue)"))
        }
        #expect(seen.isSuperset(of: VisitResult.allCases.map(\.rawValue) + ["again done", "again late"]))
        #expect(seen.isSuperset(of: ["wanting single", "wanting middle", "wanting end"]))
    }

    /// The first difference between the product and the oracle in the history of a seed.
    private func difference(_ seed: Int) -> String? {
        do {
            var chronicle = try FollowUpChronicle(on: ground, seed: UInt64(seed))
            for moment in chronicle.moments(3) {
                if let difference = difference(chronicle, at: moment) {
                    func clock(_ time: Int) -> String { Moment(milliseconds: Int64(time)).text(in: .shanghai) }
                    let story = chronicle.told.map { "\(clock($0.time)) \($0.request) \($0.kind)" }
                    return "\(difference)\nas of \(clock(moment)) of\n\(story.joined(separator: "\n"))"
                }
            }
            return nil
        } catch {
            return "\(error)"
        }
    }

    private func difference(_ chronicle: FollowUpChronicle, at moment: Int) -> String? {
        let (estate, at) = (chronicle.estate(asOf: moment), Moment(milliseconds: Int64(moment)))
        let oracle = FollowUpOracle(chronicle.told, asOf: moment)
        let expected = oracle.visits.map { line($0, at: moment) }
        let context = ViewContext(estate, at: at)
        let found = FollowUpsView().subjects(in: context).map { line(.init($0, in: context), chronicle.requests) }
        if found != expected {
            return "expected\n\(expected.joined(separator: "\n"))\nfound\n\(found.joined(separator: "\n"))"
        }
        let states = oracle.visits.map { ($0.state(at: moment), $0.due) }
        let today = Almanac.shared.day(of: moment)
        let tally = FollowUpTally(
            overdue: states.count { $0.0 == "overdue" }, today: states.count { $0.0 == "open" && $0.1 == today },
            open: states.count { $0.0 == "open" })
        let counted = estate.followUps.tally(at: at, in: estate.zone)
        if counted != tally { return "the tally is \(counted) and not \(tally)" }
        for month in Set(oracle.visits.map { Almanac.shared.month(of: $0.due) }).sorted() {
            for row in RatesView(period: EstateTests.month(month)).subjects(in: context) {
                let expected = oracle.rate(row.class.rawValue, month: month, at: moment)
                if expected != (row.matured, row.covered, row.onTime, row.met) {
                    return "the rate of \(row.class) in \(month) is \(row) and not \(expected)"
                }
            }
        }
        return nil
    }

    private func line(_ visit: ExpectedVisit, at moment: Int) -> String {
        let (name, almanac) = (visit.name, Almanac.shared)
        return "\(name.request) \(visit.requestClass) \(name.stage) \(name.unit) \(name.cycle) "
            + "\(almanac.text(of: visit.opens)) \(almanac.text(of: visit.due)) \(visit.state(at: moment)) "
            + "\(visit.lastResult ?? "-") \(visit.attempts) \(visit.absent) \(visit.awaitsRectification)"
    }

    private func line(_ row: FollowUpsView.Row, _ requests: [Ref<Request>]) -> String {
        "\(requests.firstIndex(of: row.request) ?? -1) \(row.class.rawValue) \(row.stage.rawValue) \(row.unit.text) "
            + "\(row.cycle) \(row.opens.text) \(row.due.text) \(row.state.rawValue) \(row.result?.rawValue ?? "-") "
            + "\(row.attempts) \(row.absent.map(\.rawValue)) \(row.awaitsRectification)"
    }
}
