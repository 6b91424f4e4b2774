import Estate
import Journal
import Testing

@Suite struct RenovationCoverageTests {
    let sample: SampleEstate

    init() throws { sample = try shared.get() }

    @Test("renovations of every state, with and without what goes wrong")
    func states() throws {
        let rows = try sample.rows(RenovationsView())
        #expect(rows.count == 16)
        #expect(Set(rows.map(\.state)) == Set(RenovationState.allCases))
        #expect(Set(rows.map(\.applicant)) == Set(RenovationApplicant.allCases))
        let flags = Set(rows.flatMap(\.flags))
        #expect(flags.isSuperset(of: [.violation, .noConsent]), "\(flags)")
        #expect(rows.contains { $0.inTime == true } && rows.count { $0.inTime == false } == 1)
        #expect(rows.contains { $0.isSimple && !$0.isOpen && $0.held == .zero })
        #expect(rows.contains { $0.permit == nil && $0.withdrawn != nil })
        #expect(rows.contains { $0.withdrawn != nil && $0.refunded > .zero })
        #expect(rows.contains { !$0.extensions.isEmpty } && rows.contains { $0.acceptances.count > 1 })
        #expect(Set(try sample.rows(ViolationsView()).map(\.state)) == Set(ViolationState.allCases))
        #expect(Set(try sample.rows(PermitsView()).compactMap(\.permitState)).isSuperset(of: [.valid, .ended]))
    }

    @Test("0 ≤ refunds + deductions ≤ held; a deduction is signed; what may be charged is set")
    func deposits() throws {
        let rows = try sample.rows(RenovationsView())
        #expect(rows.allSatisfy { $0.balance >= .zero && $0.refunded + $0.deducted <= $0.held })
        let deductions = rows.flatMap(\.deductions)
        #expect(!deductions.isEmpty && deductions.allSatisfy { $0.signer != nil && $0.evidence != nil })
        #expect(sample.estate.handbook.renovation.allowance.deposit.allowed == true)
        let fees = sample.estate.fees.bills.values.filter { $0.item == "装修管理费" }
        #expect(fees.count == 3 && fees.allSatisfy { $0.outstanding == .zero })
    }

    @Test("workers pass the gate, with a pass and without one")
    func gate() throws {
        let units = Dictionary(
            sample.estate.renovations.all.values.map { ($0.unit, $0) }, uniquingKeysWith: { first, _ in first })
        let workers = sample.estate.gate.visits.values.filter { $0.purpose == "装修" && units[$0.host] != nil }
        func hasPass(_ visit: Visit) -> Bool {
            units[visit.host].map { sample.estate.renovations.passes(of: $0).contains { $0.name.value == visit.name } }
                ?? false
        }
        #expect(workers.contains(where: hasPass) && workers.contains { !hasPass($0) })
    }

    @Test("permits, refunds and reports are duties; one permit was late")
    func duties() throws {
        let duties = try sample.rows(DutiesView())
        for kind in ["permit", "refund", "report"] {
            #expect(duties.contains { $0.rule.kind == kind && $0.done != nil }, "\(kind)")
        }
        #expect(duties.count { $0.rule.kind == "permit" && $0.state == .late } == 1)
        #expect(duties.contains { $0.rule.kind == "refund" && $0.done == nil && $0.state == .late })
    }
}
