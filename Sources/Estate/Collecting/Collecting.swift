import Handbook
import Journal

/// The work on arrears besides reminders: letters that were served, and how each debt is to be solved.
public struct Collecting: Sendable {
    private(set) var letters = EntityTable<Letter>()
    private var lettersByUnit: [UnitCode: [Ref<Letter>]] = [:]
    private var plansByUnit: [UnitCode: [ArrearsPlan]] = [:]
    /// The reports of the 28th that were handed in, in the order of recording.
    private(set) var reports: [FiledReport] = []
    /// The manager's instructions on them, in the order of recording.
    var approvals: [Approval] = []

    /// The letters to a unit, in the order of recording.
    func letters(to unit: UnitCode) -> [Letter] { lettersByUnit[unit]?.compactMap { letters[$0] } ?? [] }

    /// The plans for a unit, in the order of recording.
    func plans(for unit: UnitCode) -> [ArrearsPlan] { plansByUnit[unit] ?? [] }

    mutating func add(_ letter: Letter) {
        letters.add(letter)
        lettersByUnit[letter.unit, default: []].append(letter.id)
    }

    mutating func add(_ report: FiledReport) { reports.append(report) }

    mutating func add(_ plan: ArrearsPlan) { plansByUnit[plan.unit, default: []].append(plan) }

    /// What a checkpoint keeps: what is about these bills, and the last letter to every unit.
    func retainedIDs(about bills: Set<EntryID>) -> [EntryID] {
        func isWanted(_ own: [Ref<Bill>]) -> Bool { own.contains { bills.contains($0.id) } }
        let letters = lettersByUnit.keys.flatMap { unit in
            let own = self.letters(to: unit)
            let last = own.indices.max { own[$0].at < own[$1].at || own[$0].at == own[$1].at && $0 < $1 }
            return own.indices.filter { $0 == last || isWanted(own[$0].bills) }.map { own[$0].id.id }
        }
        return letters + plansByUnit.values.joined().filter { isWanted($0.bills) }.map(\.id.id)
    }

    fileprivate mutating func rename(_ unit: UnitCode, to code: UnitCode) {
        for id in lettersByUnit[unit] ?? [] { letters.change(id) { $0.unit = code } }
        lettersByUnit[code] = lettersByUnit.removeValue(forKey: unit)
        guard var plans = plansByUnit.removeValue(forKey: unit) else { return }
        for index in plans.indices { plans[index].unit = code }
        plansByUnit[code] = plans
    }
}

extension Collecting: Feature {
    static let chapters: [any Chapter.Type] = [Handbook.Collecting.self]
    static let actions: [any Action.Type] = [
        ServeLetter.self, PlanArrears.self, ReportArrears.self, ApproveReport.self,
    ]
    static let views: [any View.Type] = [
        LettersView.self, ArrearsGroupsView.self, ArrearsReportsView.self,
    ]
    static let reports: [any Report.Type] = [DunningLetter.self, ArrearsReport.self]
    /// The 28th (5.7), from the first month with bills on.
    static let duties = [
        DutyRule.monthly(
            "arrears", ReportArrears.label, .supervisor, by: ReportArrears.self, on: { $0.fees.arrearsReport },
            parts: { [$0.$fees, $0.$collecting] },
            since: { $0.fees.billsByPeriod.keys.min { $0.number < $1.number } },
            done: { estate, month in
                estate.collecting.reports.first { $0.period == month }.map {
                    Duty.Fulfilment(fact: $0.id, at: $0.at, due: $0.due)
                }
            }, prefill: { duty, _ in ["period": duty.period.text] })
    ]
    /// A guard sees no debt anywhere (Rules, Collection).
    static let hiddenFrom = Fees.hiddenFrom
    static let warnings = [
        "dunning.forbidden": Label("有不得用来催缴的办法", en: "names what is never a way to collect")
    ]

    static func isCovered(_ action: any Action, by window: RetentionWindow) -> Bool { true }

    /// The reports of the last year, and what was said of them.
    static func retainedIDs(in estate: Estate, _ window: RetentionWindow) -> [EntryID] {
        let first = Period(window.today).adding(-12)
        return estate.collecting.reports.filter { $0.period >= first }.map(\.id.id)
            + estate.collecting.approvals.filter { $0.period >= first }.map(\.id.id)
    }

    static func needsParticulars(of record: EntryID, in estate: Estate, on day: Day) -> Label? {
        guard let letter = estate.collecting.letters[Ref(record)], estate.fees.isOpen(any: letter.bills) else {
            return nil
        }
        return Label("函里的欠费还没有付清", en: "what the letter asks for is not paid")
    }

    static func rename(_ unit: UnitCode, to code: UnitCode, in estate: inout Estate) {
        estate.collecting.rename(unit, to: code)
    }
}

extension Fees {
    /// Whether one of some bills is still to be paid.
    func isOpen(any bills: [Ref<Bill>]) -> Bool {
        bills.contains { self.bills[$0].map { $0.outstanding > .zero } ?? false }
    }
}
