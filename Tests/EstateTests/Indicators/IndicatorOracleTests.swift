import class Foundation.ProcessInfo
import Journal
import TestSupport
import Testing

@testable import Estate

/// Compares every figure, and the records behind it, with a second calculation over random histories.
///
/// A failure names its seed; `FRONTDESK_SEED=4711` repeats the history of a seed.
@Suite("The month: each figure agrees with a second calculation and opens exactly its cases")
struct IndicatorOracleTests {
    @Test("random histories of three months, each month as of its end and one as of a moment in it", arguments: 0..<4)
    func histories(part: Int) throws {
        let environment = ProcessInfo.processInfo.environment
        let share = environment["FRONTDESK_LONG_TESTS"] == "1" ? 250 : 15
        var seeds = part * share..<(part + 1) * share
        if let seed = environment["FRONTDESK_SEED"].flatMap(Int.init) { seeds = part == 0 ? seed..<seed + 1 : 0..<0 }
        for seed in seeds {
            guard let difference = try difference(seed) else { continue }
            Issue.record("FRONTDESK_SEED=\(seed): \(difference)")
            return
        }
    }

    @Test("the histories have cases of every figure, and months that differ")
    func coverage() throws {
        var seen: Set<String> = []
        for seed in 0..<8 {
            let history = try history(seed)
            let figures = try history.test.store.pastFigures(of: RandomMonths.months.prefix(2).map(month))
            for indicator in Estate.indicators {
                let values = RandomMonths.months.prefix(2).compactMap { figures[month($0), indicator.name] }
                if values.contains(where: { !$0.cases.isEmpty }) { seen.insert(indicator.name) }
                if values.contains(where: { $0.cases.contains { !$0.isCounted } }) {
                    seen.insert("\(indicator.name) not")
                }
                if Set(values.map(\.value)).count == 2 { seen.insert("\(indicator.name) changes") }
            }
        }
        let names = [
            "satisfaction", "complaints", "rings", "inspections", "rectifications", "requests.unassigned",
            "requests.overdue", "requests.response", "collection.0", "visits.complaint", "visits.minor",
        ]
        for name in names { #expect(seen.contains(name) && seen.contains("\(name) changes"), "\(name)") }
        for name in ["satisfaction", "rings", "inspections", "requests.response", "collection.0", "visits.complaint"] {
            #expect(seen.contains("\(name) not"), "\(name)")
        }
    }

    private func history(_ seed: Int) throws -> RandomMonths {
        var history = try RandomMonths(seed: UInt64(seed))
        try history.run(160)
        if seed % 2 == 0 {
            for day in ["2026-01-06", "2026-01-08", "2026-02-10", "2026-02-10"] { try history.inspect(on: day) }
        }
        return history
    }

    /// The first difference between the product and the oracle in the history of a seed.
    private func difference(_ seed: Int) throws -> String? {
        let test = try history(seed).test
        let entries = try IndicatorOracle.entries(of: test.folder)
        let ends = RandomMonths.months.map { month($0) }.map { ($0, $0.last.end(in: .shanghai)) }
        // The first two as the program reads them in one go; each also in a state of its own.
        let past = try test.store.pastFigures(of: ends.prefix(2).map(\.0))
        for (period, end) in ends.prefix(2) {
            let state = try test.store.estate(asOf: end)
            for indicator in Estate.indicators {
                let found = try #require(past[period, indicator.name])
                let alone = indicator.measure(state, period, end)
                if found.value != alone.value || found.cases != alone.cases || found.note != alone.note {
                    return "\(indicator.name) of \(period.text) is \(found) in one reading and \(alone) alone"
                }
            }
            if let difference = difference(past: { past[period, $0] }, entries, state, period, end) {
                return difference
            }
        }
        let noon = at("2026-03-20T12:00")
        let state = try test.store.estate(asOf: noon)
        let context = ViewContext(state, at: noon)
        return difference(
            past: { name in
                state.indicators().first { $0.name == name }.flatMap {
                    context.measurement(of: $0, in: month("2026-03"))
                }
            }, entries, state, month("2026-03"), noon)
    }

    private func difference(
        past: (String) -> IndicatorReading?, _ entries: [IndicatorOracle.Entry], _ state: Estate, _ period: Period,
        _ moment: Moment
    ) -> String? {
        let oracle = IndicatorOracle(entries, period, at: moment)
        var expected: [(String, IndicatorOracle.Figure)] = [
            ("rings", oracle.rings), ("satisfaction", oracle.satisfaction), ("complaints", oracle.complaints),
            ("requests.unassigned", oracle.unassigned), ("requests.overdue", oracle.overdue),
            ("requests.response", oracle.response), ("inspections", oracle.weekly),
            ("rectifications", rectifications(oracle, state)),
        ]
        expected += (0...2).map { ("collection.\($0)", collection(state, period.adding(-$0), moment)) }
        for (name, requestClass) in [("complaint", "complaint"), ("minor", "repair.minor"), ("other", "other")] {
            expected.append(("visits.\(name)", visits(state, requestClass, period, moment)))
        }
        for (name, figure) in expected {
            guard let measured = past(name) else { return "\(name) of \(period.text) is not there" }
            let value = figure.whole.map { IndicatorValue.share(figure.part, of: $0) } ?? .count(figure.part)
            let cases = Set(
                measured.cases.map {
                    IndicatorOracle.Figure.Case(id: $0.id?.text ?? "", part: $0.part, isCounted: $0.isCounted)
                })
            if measured.value != value || cases != figure.cases || measured.cases.count != figure.cases.count {
                let other = cases.symmetricDifference(figure.cases).map { oracle.lines(about: $0.id) }
                return
                    "\(name) of \(period.text) at \(moment.text(in: .shanghai)) is \(measured), not \(value) \(figure)\n"
                    + other.joined(separator: "\n\n")
            }
        }
        let reopened = "返工 \(oracle.reopenedComplaints) 件"
        if past("complaints")?.note?.chinese.hasSuffix(reopened) != true {
            return "\(String(describing: past("complaints")?.note)) is not \(reopened)"
        }
        return nil
    }

    /// With the visits that await rectification, which the tests of return visits check.
    private func rectifications(_ oracle: IndicatorOracle, _ state: Estate) -> IndicatorOracle.Figure {
        var figure = oracle.rectifications
        for visit in state.followUps.awaitingRectification {
            figure.cases.insert(.init(id: visit.id.text, isCounted: true))
        }
        figure.part = figure.cases.count
        return figure
    }

    /// From the rows of the bills, as scripts read them.
    private func collection(_ state: Estate, _ period: Period, _ moment: Moment) -> IndicatorOracle.Figure {
        func fen(_ text: String) -> Int { Int(text.replacing(".", with: "")) ?? 0 }
        let rows = (try? BillsView.select(of: state, at: moment, members: ["period": .string(period.text)])) ?? nil
        let keys = rows?.columns.map(\.key) ?? []
        var figure = IndicatorOracle.Figure(part: 0, whole: 0, cases: [])
        for texts in rows?.rows.map(\.texts) ?? [] {
            let row = Dictionary(zip(keys, texts)) { first, _ in first }
            guard row["voided"] == "", !["income", "deposit"].contains(row["nature"]) else { continue }
            let (amount, reduced, paid) = (fen(row["amount"] ?? ""), fen(row["reduced"] ?? ""), fen(row["paid"] ?? ""))
            figure.part += paid
            figure.whole = (figure.whole ?? 0) + amount - reduced
            figure.cases.insert(.init(id: row["id"] ?? "", isCounted: amount - reduced <= paid))
        }
        return figure
    }

    /// From the rows of the return visits, which another calculation checks.
    private func visits(
        _ state: Estate, _ requestClass: String, _ period: Period, _ moment: Moment
    ) -> IndicatorOracle.Figure {
        let members: [String: JSONValue] = ["class": .string(requestClass), "period": .string(period.text)]
        let rows = (try? FollowUpsView.select(of: state, at: moment, members: members)) ?? nil
        let keys = rows?.columns.map(\.key) ?? []
        let cases = (rows?.rows.map(\.texts) ?? []).map { texts in
            let row = Dictionary(zip(keys, texts)) { first, _ in first }
            return IndicatorOracle.Figure.Case(id: row["id"] ?? "", isCounted: row["covered"] == "true")
        }
        return .init(part: cases.count(where: \.isCounted), whole: cases.count, cases: Set(cases))
    }
}
