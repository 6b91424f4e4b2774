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
            "requests.overdue", "requests.response", "collection.0", "visits.complaint", "visits.minor", "visits.works",
            "visits.special", "visits.event", "visits.other", "permits", "stock.differences",
        ]
        for name in names { #expect(seen.contains(name) && seen.contains("\(name) changes"), "\(name)") }
        for name in [
            "satisfaction", "rings", "inspections", "requests.response", "collection.0", "visits.complaint",
            "visits.event", "permits",
        ] {
            #expect(seen.contains("\(name) not"), "\(name)")
        }
    }

    private func history(_ seed: Int) throws -> RandomMonths {
        var history = try RandomMonths(seed: UInt64(seed))
        try history.run(260)
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
            let context = ViewContext(test.estate, at: test.store.now, past: past)
            if let difference = try difference(entries, period, end, context) { return difference }
        }
        let noon = at("2026-03-20T12:00")
        return try difference(entries, month("2026-03"), noon, ViewContext(test.store.estate(asOf: noon), at: noon))
    }

    /// Compares the rows of `kpi` and `kpicases` with the figures of the oracle.
    private func difference(
        _ entries: [IndicatorOracle.Entry], _ period: Period, _ moment: Moment, _ context: ViewContext
    ) throws -> String? {
        let oracle = IndicatorOracle(entries, period, at: moment)
        let rows = try IndicatorsView(period: period).subjects(in: context)
        let cases = Dictionary(
            grouping: try IndicatorCasesView(period: period).subjects(in: context), by: \.indicator.name)
        let expected = oracle.figures
        if Set(rows.map(\.name)) != Set(expected.keys) { return "the oracle lacks some of \(rows.map(\.name))" }
        for row in rows {
            guard let figure = expected[row.name] else { continue }
            let value = figure.whole.map { IndicatorValue.share(figure.part, of: $0) } ?? .count(figure.part)
            let listed = cases[row.name] ?? []
            let behind = Set(
                listed.map {
                    IndicatorOracle.Figure.Case(
                        id: $0.one.id?.text ?? "", part: $0.one.part, isCounted: $0.one.isCounted)
                })
            if row.value != value || behind != figure.cases || listed.count != figure.cases.count {
                let other = behind.symmetricDifference(figure.cases).map { oracle.lines(about: $0.id) }
                return
                    "\(row.name) of \(period.text) at \(moment.text(in: .shanghai)) is \(row.value), not \(value) "
                    + "\(figure)\n" + other.joined(separator: "\n\n")
            }
        }
        let (reopened, note) = (
            "返工 \(oracle.reopenings) 次", rows.first { $0.name == "complaints" }?.measured?.note
        )
        return note?.chinese.hasSuffix(reopened) == true ? nil : "\(String(describing: note)) is not \(reopened)"
    }
}

extension IndicatorOracle {
    /// All figures by their names.
    fileprivate var figures: [String: Figure] {
        var figures = [
            "rings": rings, "satisfaction": satisfaction, "complaints": complaints, "requests.unassigned": unassigned,
            "requests.overdue": overdue, "requests.response": response, "inspections": weekly,
            "rectifications": rectifications, "permits": permits, "stock.differences": stockDifferences,
        ]
        for age in 0...2 { figures["collection.\(age)"] = collection(age) }
        for (name, requestClass) in [
            ("complaint", "complaint"), ("minor", "repair.minor"), ("works", "repair.works"), ("special", "special"),
            ("event", "event"), ("other", "other"),
        ] {
            figures["visits.\(name)"] = visits(of: requestClass)
        }
        return figures
    }
}
