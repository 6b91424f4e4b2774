import Estate
import Foundation
import Journal
import Testing

@testable import Demo

@Suite struct CoverageTests {
    let sample: SampleEstate

    init() throws { sample = try shared.get() }

    @Test("the estate has about nine hundred households")
    func households() throws {
        let people = sample.estate.people
        #expect((880...920).contains(people.units.count))
        for code in ["3-2-501", "5-1-1201", "1-1-302", "2-3-804", "4-1-203", "1-2-1102"] {
            #expect(people.units[try UnitCode(text: code, zone: .shanghai)] != nil)
        }
        let withCars = Set(people.vehicles.values).count
        #expect((40...50).contains(withCars * 100 / people.units.count))
        let plates = sample.estate.handbook.gate.plates
        #expect(people.vehicles.keys.allSatisfy { $0.isRecognised(by: plates) })
        #expect(people.vehicles.keys.contains { $0.text.count == 8 })
        let phones = people.persons.values.flatMap(\.numbers).map(\.phone.text)
        #expect(phones.allSatisfy { $0.count == 11 && $0.hasPrefix("1") && $0.dropFirst(3).hasPrefix("0000") })
        #expect(phones.count * 10 > people.persons.count * 8)
        let names = Set(people.persons.values.map(\.name))
        for name in PersonNames.remarkable { #expect(names.contains(name), "\(name)") }
        #expect(Set(people.persons.values.map(\.role)) == Set(Tenure.allCases))
    }

    @Test("every state of every record occurs")
    func states() throws {
        let followUps = try sample.rows(FollowUpsView())
        #expect(Set(followUps.map(\.state)) == Set(FollowUpState.allCases))
        #expect(Set(followUps.map(\.stage)) == Set(FollowUpStage.allCases))
        #expect(Set(followUps.map(\.class)) == Set(RequestClass.allCases))
        let results = sample.estate.followUps.all.values.flatMap { $0.reports.map(\.result) }
        #expect(Set(results) == Set(FollowUpResult.allCases))
        #expect(followUps.contains { !$0.absent.isEmpty })
        #expect(followUps.contains { $0.cycle > 1 })
        #expect(followUps.contains { $0.awaitsRectification })
        #expect(followUps.contains { $0.state == .open && $0.due == Day(sample.now, in: .shanghai) })

        let requests = try sample.rows(RequestsView())
        #expect(Set(requests.map(\.class)) == Set(RequestClass.allCases))
        #expect(Set(requests.map(\.state)) == Set(RequestState.allCases))
        #expect(requests.contains { $0.cycle > 1 })
        #expect(requests.contains { $0.households > 10 })
        let open = requests.filter { $0.state == .open }
        #expect(open.contains { $0.assigned != nil } && open.contains { $0.progress != nil })
        #expect(requests.contains { !$0.workers.isEmpty } && followUps.contains { !$0.ownWork.isEmpty })

        let calls = try sample.rows(CallsView())
        #expect(Set(calls.flatMap(\.omitted)) == Set(CallOmission.allCases))
        #expect(Set(calls.map(\.direction)) == Set(CallDirection.allCases))
        #expect(sample.estate.calls.all.values.contains { $0.isMissed })
        #expect(calls.contains { $0.phone == nil } && calls.contains { $0.unit == nil })

        let gate = try sample.rows(GateView())
        #expect(Set(gate.map(\.state)) == Set(VisitState.allCases))
        #expect(Set(gate.map(\.plateState)) == Set(PlateState.allCases))
        #expect(Set(gate.map(\.purpose)) == Set(sample.estate.handbook.gate.purposes))
        #expect(gate.contains { $0.resident != nil } && gate.contains { $0.count > 1 })
        #expect(sample.estate.shifts.all.values.contains { !$0.handed.isEmpty })

        let rectifications = try sample.rows(RectificationsView())
        #expect(Set(rectifications.map(\.state)) == Set(RectificationState.allCases))
        #expect(rectifications.contains { $0.inspection != nil } && rectifications.contains { $0.followUp != nil })
        #expect(rectifications.contains { $0.who == nil } && rectifications.contains { $0.isOverdue })
        let matters = try sample.rows(MattersView())
        #expect(Set(matters.map(\.state)).isSuperset(of: [.answered, .late]))
        #expect(Set(matters.map(\.kind)) == Set(MatterKind.allCases))
        #expect(try sample.rows(NoticesView()).contains(where: \.isShown))
    }

    @Test("5.2 the collection rates miss, meet and miss their targets")
    func collection() throws {
        let rows = try sample.rows(CollectionView())
        #expect(rows.map(\.met) == [false, true, false])
        let rates = rows.compactMap { $0.rate.flatMap(Double.init) }
        #expect(rates.count == 3 && (74.5...78).contains(rates[0]), "\(rates)")
        #expect(rates.count == 3 && (90.3...92.5).contains(rates[1]), "\(rates)")
        #expect(rates.count == 3 && (98.2...99.3).contains(rates[2]), "\(rates)")
        let fees = sample.estate.fees
        #expect(fees.payments.values.contains { $0.voided != nil })
        #expect(fees.payments.values.contains { $0.prepaid > .zero })
        #expect(fees.bills.values.contains { $0.reduced > .zero })
        #expect(fees.bills.values.contains { $0.paid > .zero && $0.outstanding > .zero })
        let receipts = try sample.rows(ReceiptsView())
        #expect(Set(receipts.map(\.invoice)) == Set(InvoiceState.allCases))
        #expect(Set(receipts.map(\.printings.count)) == [0, 1, 2])
        let arrears = try sample.rows(ArrearsView())
        #expect(arrears.contains { $0.periods >= 5 } && arrears.contains { $0.periods == 3 })
        let today = Day(sample.now, in: .shanghai)
        #expect(
            arrears.contains { ($0.promise ?? today) < today } && arrears.contains { ($0.promise ?? today) > today })
        #expect(arrears.contains { $0.isContacted } && arrears.contains { !$0.isContacted })
        let letters = try sample.rows(LettersView())
        #expect(letters.contains { $0.renews } && letters.contains { !$0.renews && $0.way == "贴在门上" })
        #expect(letters.contains { $0.number != nil })
        let report = try sample.rows(ArrearsReport())
        #expect(report.contains { $0.solution != nil } && report.contains { $0.reason == nil })
    }

    @Test("5.1 most weeks have two inspections, the current one has one")
    func inspections() throws {
        let byWeek = Dictionary(
            grouping: try sample.rows(InspectionsView()).filter(\.coversAreas), by: \.week)
        let thisWeek = byWeek[Week(Day(sample.now, in: .shanghai))] ?? []
        #expect(thisWeek.count == 1 && thisWeek.allSatisfy { $0.closed != nil })
        #expect(byWeek.values.contains { $0.count == 1 })
        #expect(byWeek.values.count { $0.count == 2 } > byWeek.count / 2)
    }

    @Test("tills close with and without differences; the 5th was done in time, once late, and explained")
    func money() throws {
        let tills = try sample.rows(TillsView())
        #expect(tills.contains { $0.difference == .zero } && tills.contains { $0.why != nil })
        let reconciled = try sample.rows(ReconciliationView())
        #expect(Set(reconciled.map(\.state)).isSuperset(of: [.agrees, .explained]))
        #expect(Set(try sample.rows(UnmatchedView()).map(\.side)) == Set(Unmatched.Side.allCases))
        let duties = try sample.rows(DutiesView()).filter { $0.rule.kind == "reconcile" }
        #expect(Set(duties.map(\.state)).isSuperset(of: [.done, .late]))
    }

    @Test("the roster was kept, but for some who came late or in another's place; certificates end")
    func staff() throws {
        let roster = try sample.rows(RosterView())
        #expect(Set(roster.map(\.state)).isSuperset(of: [.present, .late, .replaced, .upcoming]))
        #expect(roster.count { $0.state == .present } * 10 > roster.count * 8)
        let trainings = try sample.rows(TrainingsView())
        #expect(Set(trainings.map(\.source)) == Set(TrainingSource.allCases))
        #expect(Set(trainings.compactMap(\.state)).isSuperset(of: [.valid, .expiring, .expired]))
        let manager = try AssessmentsView().rows(of: sample.estate, at: sample.now, for: .manager, member: "S01")
        #expect(Set(manager.map(\.measure)).isSuperset(of: [.rings, .steps, .visits, .shifts, .drill]))
        #expect(manager.contains { $0.measure == .complaints && ($0.count > 0 || $0.last != "0") })
    }

    @Test("the manager's papers and particulars are done in time; nothing has waited for a quarter of a year")
    func duties() throws {
        let duties = try sample.rows(DutiesView())
        for kind in ["summary", "publish", "particulars"] {
            let own = duties.filter { $0.rule.kind == kind }
            #expect(own.contains { $0.done != nil }, "\(kind)")
            #expect(own.allSatisfy { $0.state == .done || $0.state == .open }, "\(kind)")
        }
        let quarter = Day(sample.now, in: .shanghai).adding(-92)
        #expect(duties.allSatisfy { $0.done != nil || $0.state == .missed || $0.due > quarter })
    }

    @Test("events have plans, tasks done and late, costs below and above the budget")
    func events() throws {
        let events = try sample.rows(EventsView())
        #expect(events.allSatisfy { $0.plan != nil && $0.tasks.count >= 4 && $0.spent > .zero || $0.isOpen })
        #expect(events.contains { $0.state == .over && $0.met != nil })
        let tasks = try sample.rows(EventTasksView(request: nil))
        #expect(Set(tasks.map(\.state)).isSuperset(of: [.done, .doneLate, .late]))
        #expect(Set(tasks.map(\.department)).isSuperset(of: ["工程", "保洁", "秩序", "客服"]))
    }

    @Test("a drill was gone through, a real emergency waits for its debrief")
    func incidents() throws {
        let rows = try sample.rows(IncidentsView())
        #expect(
            rows.contains { $0.isDrill && $0.state == .debriefed }
                && rows.contains { !$0.isDrill && $0.state == .closed })
        #expect(rows.allSatisfy { $0.told.count == 3 && $0.doneCount >= 7 })
        let log = rows.flatMap { sample.estate.log(of: $0.subject) }
        #expect(log.contains { $0.flag == .early })
    }

    @Test("the registers have every kind but the others, open, overdue and closed")
    func registers() throws {
        let rows = try sample.rows(RegistersView())
        #expect(Set(rows.map(\.register)) == [.goods, .key, .parcel, .lost])
        #expect(rows.count { $0.register == .goods } == 2)
        #expect(rows.contains { !$0.isOpen } && rows.contains { $0.isOverdue })
    }

    @Test("the store was counted with every result; goods are short, lent for too long, planned, ordered and asked for")
    func materials() throws {
        let counts = try sample.rows(StocktakesView())
        #expect(Set(counts.map(\.verdict)).isSuperset(of: [.agree, .surplus, .shortage, .unposted, .card]))
        #expect(counts.contains { $0.state == .settled } && counts.contains { $0.state == .open })
        let stock = try sample.rows(StockView())
        #expect(stock.count == 33 && stock.contains { $0.isShort } && stock.allSatisfy { $0.subject.value >= .zero })
        #expect(try sample.rows(LoansView()).contains { $0.isOverdue })
        let purchases = try sample.rows(PurchasesView())
        #expect(purchases.contains { $0.state == .received } && purchases.contains { $0.state != .received })
        let asks = try sample.rows(AsksView())
        #expect(asks.contains { $0.approval != nil } && asks.contains { $0.approval == nil })
        #expect(try sample.rows(RequestsView()).contains { $0.cost != nil })
    }

    @Test("handovers have differences and reservations; patrols miss points, some go too fast, some break off")
    func gate() throws {
        let shifts = try sample.rows(ShiftsView())
        #expect(shifts.contains { !$0.differences.isEmpty } && shifts.contains { $0.signature?.reservation != nil })
        #expect(shifts.filter { $0.closed != nil }.allSatisfy { $0.signature?.confirmed.count == 10 })
        let patrols = try sample.rows(PatrolsView())
        #expect(Set(patrols.map(\.route)) == ["全区", "日间"])
        #expect(Set(patrols.map(\.state)).isSuperset(of: [.finished, .abandoned]))
        #expect(patrols.contains { !$0.progress.missed.isEmpty && $0.state == .finished })
        #expect(patrols.contains { !$0.progress.points(.tooFast).isEmpty })
    }

    @Test("the journal of a year has 85,000 to 130,000 lines, in a segment for each month")
    func volume() throws {
        let lines = try Verification(of: sample.folder).lines
        #expect((85_000...130_000).contains(lines), "\(lines)")
        let segments = try FileManager.default.contentsOfDirectory(atPath: "\(sample.folder)/journal/desk")
        #expect(segments.count { $0.hasSuffix(".jsonl") } >= 12)
    }
}
