import Foundation
import Journal
import Synchronization
import Testing

@testable import Estate

@Suite("Undo")
struct UndoTests {
    /// Those that are not taken back once they are done.
    static let final: Set<String> = ["staff.add", "staff.clearPin", "shift.close", "payment.receive", "action.undo"]

    @Test("of any action leaves everything as if it had never been done, here, elsewhere and for whoever reads anew")
    func everyAction() throws {
        let desk = try Desk()
        let other = try desk.secondStore()
        var undone: Set<String> = []
        desk.beforeEach = { [unowned desk] action in
            let name = type(of: action).name
            let before = try desk.told()
            // What is not taken back is only done by the caller.
            if UndoTests.final.contains(name) { return }
            try desk.store.perform(action, by: "S01")
            #expect(try desk.told() != before, "\(name) tells nothing")
            let deed = try desk.estate.nextUndo(of: "S01", at: desk.store.now)
            #expect(deed.written == desk.store.now)
            try desk.store.perform(UndoAction(deed), by: "S01")
            #expect(try desk.told() == before, "\(name)")
            undone.insert(name)
        }
        try desk.do("unit.add", ["unit": "9-9-901"])
        try desk.do("person.add", ["name": "新来", "unit": "3-2-502", "role": "tenant"])
        let call = try desk.answered()
        try desk.do("call.caller", ["call": call, "unit": "3-2-502"])
        try desk.do("call.say", ["call": call, "words": "putonghua"])
        let demand = try desk.do("call.demand", ["call": call, "text": "几点开门"])
        try desk.do("call.settle", ["demand": demand, "outcome": "answered", "note": "八点"])
        try desk.do("call.fetch", ["call": call, "asked": "yes", "softly": "yes"])
        try desk.do("call.back", ["call": call])
        try desk.liveADay()
        let known = Set(Estate.actions.map { $0.name })
        let missing = known.subtracting(undone).subtracting(UndoTests.final)
        #expect(missing == [], "not tried")

        #expect(try desk.told() == desk.told(of: Store(at: desk.folder, clock: desk.clock.clock).estate))
        try other.catchUp()
        #expect(try desk.told() == desk.told(of: other.estate))
        let end = try Moment(text: "2026-12-31T23:00", zone: .shanghai)
        #expect(try desk.told() == desk.told(of: desk.store.estate(asOf: end)))
    }

    @Test("what cannot be taken back says so", arguments: ["staff.add", "shift.close"])
    func final(name: String) throws {
        let desk = try Desk()
        if name == "staff.add" {
            try desk.do("staff.add", ["staff": "S09", "name": "新人", "role": "guard"])
        } else {
            let shift = try desk.do("shift.open", ["post": "东门", "staff": "S03"])
            try desk.do("shift.close", ["shift": shift, "next": "S02"])
        }
        #expect(refusal { try desk.do("action.undo") }?.code == "undo.never")
    }

    @Test("takes back one own action after the other, the last first, and is not taken back itself")
    func oneByOne() throws {
        let desk = try Desk()
        for name in ["甲", "乙"] { try desk.arrive(name, by: "S03") }
        try desk.arrive("丙", by: "S02")
        try desk.do("action.undo", by: "S03")
        #expect(try desk.show(GateView.self).map(\.name) == ["甲", "丙"])
        try desk.do("action.undo", ["why": "看错人"], by: "S03")
        #expect(try desk.show(GateView.self).map(\.name) == ["丙"])
        #expect(refusal { try desk.do("action.undo", by: "S03") }?.code == "undo.nothing")
        let row = try #require(try desk.show(UndoView.self).first { $0.staff != "S01" })
        #expect(row.staff == "S02")
        #expect(row.what.chinese == "来访登记 · 丙 · 3-2-501 · 探亲")
        #expect(row.refused == nil)
    }

    @Test("is for who did it, or a manager who names it")
    func whose() throws {
        let desk = try Desk()
        let visit = try desk.arrive("甲", by: "S03")
        #expect(refusal { try desk.do("action.undo", ["entry": visit], by: "S02") }?.code == "undo.notYours")
        #expect(try desk.show(GateView.self).count == 1)
        try desk.do("action.undo", ["entry": visit])
        #expect(try desk.show(GateView.self).isEmpty)
        #expect(refusal { try desk.do("action.undo", ["entry": visit]) }?.code == "undo.done")
        #expect(refusal { try desk.do("visitor.leave", ["visit": visit]) }?.code == "visit.unknown")
    }

    @Test("is for the same day in the estate's zone")
    func sameDay() throws {
        let desk = try Desk(now: "2026-12-31T23:59")
        let visit = try desk.arrive("甲")
        desk.clock.set("2027-01-01T00:00")
        #expect(refusal { try desk.do("action.undo") }?.code == "undo.nothing")
        #expect(refusal { try desk.do("action.undo", ["entry": visit]) }?.code == "undo.notToday")
        // When it happened does not matter, but when it was recorded.
        try desk.do("visitor.leave", ["visit": visit], at: "2026-12-31T23:59:30")
        try desk.do("action.undo")
        #expect(try desk.only(GateView.self).left == nil)
    }

    @Test("is refused while something later builds on it, which is named")
    func used() throws {
        let desk = try Desk()
        func expect(_ code: String?, _ entry: String, _ sourceLocation: SourceLocation = #_sourceLocation) {
            let refused = refusal { try desk.do("action.undo", ["entry": entry]) }
            #expect(refused?.code == code, sourceLocation: sourceLocation)
            if code != nil {
                #expect(refused?.message.chinese.contains("12:00") == true, sourceLocation: sourceLocation)
            }
        }
        let visit = try desk.arrive("甲")
        try desk.do("visitor.leave", ["visit": visit], by: "S03")
        expect("undo.used", visit)
        try desk.do("action.undo", by: "S03")
        expect(nil, visit)

        // The return visits that a completion made.
        let request = try desk.do("request.open", ["class": "complaint", "unit": "3-2-501", "text": "吵"])
        try desk.do("request.complete", ["request": request], by: "S02")
        let completion = try #require(try desk.show(UndoView.self).first { $0.staff == "S02" }).entry.id.text
        let followUp = try #require(desk.estate.followUps.of(ref(request)).first).id.id.text
        try desk.do(
            "followup.record", ["followup": followUp, "result": "unreachable", "visitors": "S06"], by: "S06")
        expect("undo.used", completion)
        expect("undo.used", request)
        try desk.do("action.undo", by: "S06")
        expect(nil, completion)

        // A unit, which is named by its number.
        try desk.do("unit.add", ["unit": "9-9-901"])
        let unit = try #require(try desk.show(UndoView.self).first { $0.staff == "S01" }).entry.id.text
        try desk.do("person.add", ["name": "王五", "unit": "9-9-901", "role": "owner"], by: "S01")
        expect("undo.used", unit)
    }

    @Test("never pays a bill twice, or from money that is gone")
    func money() throws {
        let desk = try Desk()
        try desk.do("bill.issue", desk.bill(amount: "100"))
        let payment = try desk.do("payment.receive", ["unit": "3-2-501", "amount": "100"])
        try desk.do("payment.void", ["payment": payment, "why": "退票"], by: "S07")
        try desk.do("payment.receive", ["unit": "3-2-501", "amount": "100"], by: "S02")
        #expect(refusal { try desk.do("action.undo", by: "S07") }?.code == "undo.used")
        // Money that came in has come in: who may void it voids it, on the record.
        #expect(refusal { try desk.do("action.undo", by: "S02") }?.code == "undo.never")
        let second = try #require(try desk.show(PaymentsView.self).last).id.id.text
        try desk.do("payment.void", ["payment": second, "why": "退票"], by: "S07")
        try desk.do("action.undo", by: "S07")
        #expect(try desk.only(BillsView.self).paid.text(zone: .shanghai) == "100.00")

        // A reduction frees money, and another bill takes it up.
        let bill = try #require(try desk.show(BillsView.self).first).id.id.text
        try desk.do("bill.reduce", ["bill": bill, "amount": "40", "why": "停梯"])
        try desk.do("bill.issue", desk.bill(item: "停车费", amount: "40"), by: "S07")
        #expect(refusal { try desk.do("action.undo") }?.code == "undo.used")
    }

    @Test("of a departure is refused once the shift was handed over without the visitor")
    func handover() throws {
        let desk = try Desk()
        let shift = try desk.do("shift.open", ["post": "东门", "staff": "S03"])
        let visit = try desk.arrive("甲")
        try desk.do("visitor.leave", ["visit": visit], by: "S03")
        try desk.do("shift.close", ["shift": shift, "next": "S02"], by: "S02")
        #expect(refusal { try desk.do("action.undo", by: "S03") }?.code == "undo.used")
    }

    @Test("of a departure does not mind who takes over a post meanwhile")
    func takingOver() throws {
        let desk = try Desk()
        let shift = try desk.do("shift.open", ["post": "东门", "staff": "S03"])
        try desk.do("shift.close", ["shift": shift, "next": "S02"], by: "S03")
        desk.clock.set("2026-12-31T12:05")
        let visit = try desk.arrive("甲")
        try desk.do("visitor.leave", ["visit": visit], by: "S03")
        try desk.do("shift.open", ["post": "西门", "staff": "S02"], by: "S02")
        try desk.do("action.undo", by: "S03")
        #expect(desk.estate.gate.inside.count == 1)
    }

    @Test("says what it is about, and no telephone number whole")
    func words() throws {
        let desk = try Desk()
        try desk.do("call.ring", ["phone": "13812345678"])
        let call = try #require(desk.estate.calls.open.first).id.text
        let row = try #require(try desk.show(UndoView.self).first { $0.staff == "S01" })
        #expect(row.what.chinese.contains("138****5678") && !row.what.chinese.contains("13812345678"))
        try desk.do("call.answer", ["call": call, "rings": "2"])
        let demand = try desk.do("call.demand", ["call": call, "text": "楼上太吵"])
        try desk.do("call.settle", ["demand": demand, "outcome": "answered", "note": "已劝"])
        #expect(try #require(try desk.show(UndoView.self).first { $0.staff == "S01" }).what.chinese.contains("楼上太吵"))
    }

    @Test("of two who take back the same, one does")
    func twice() throws {
        let desk = try Desk()
        let visit = try desk.arrive("甲", by: "S01")
        let other = try desk.secondStore()
        let deed = try other.estate.nextUndo(of: "S01", at: other.now)
        #expect(deed.entries.map(\.text) == [visit])
        try desk.do("action.undo", ["entry": visit])
        #expect(refusal { try other.perform(UndoAction(deed), by: "S01") }?.code == "undo.done")
        #expect(try desk.told(of: other.estate) == desk.told())
    }

    @Test("holds at once for what follows in the same turn, and an import is one action")
    func batch() throws {
        let desk = try Desk()
        let before = try desk.told()
        try desk.store.perform(by: "S01") { batch in
            let visit = try batch.perform(try ArriveVisitor.read(UndoTests.visitor, zone: .shanghai))
            try batch.perform(UndoAction())
            #expect(refusal { try batch.perform(LeaveVisitor(visit: Ref(visit.id))) }?.code == "visit.unknown")
        }
        #expect(try desk.show(GateView.self).isEmpty)
        try desk.store.perform(by: "S01") { batch in
            batch.joinActions()
            for room in ["9-9-901", "9-9-902"] { try batch.perform(AddUnit(unit: unit(room))) }
        }
        try desk.do("action.undo")
        #expect(try desk.told() == before)
    }

    static let visitor = ["name": "甲", "host": "3-2-501", "purpose": "探亲"].mapValues { JSONValue.string($0) }

    @Test("a random history with undos is the history without what was taken back", arguments: 1...6)
    func random(seed: UInt64) throws {
        let history = try RandomHistory(seed: seed)
        defer { history.close() }
        try history.live(steps: 160)
        #expect(history.undos > 5)
        let whole = try history.told(history.store.estate)
        let straight = try history.told(history.straight())
        #expect(Set(whole).subtracting(straight) == [])
        #expect(Set(straight).subtracting(whole) == [])
        #expect(whole == straight)
        #expect(try whole == history.told(Store(at: history.folder, clock: history.clock.clock).estate))
    }
}

extension Desk {
    @discardableResult
    func arrive(_ name: String, by: String) throws -> String {
        try self.do("visitor.arrive", ["name": name, "host": "3-2-501", "purpose": "探亲"], by: by)
    }

    /// What all views say, as scripts read it.
    func told(of estate: Estate? = nil) throws -> [String] { try Estate.told(estate ?? self.estate, at: store.now) }
}

extension Estate {
    static func told(_ estate: Estate, at moment: Moment) throws -> [String] {
        func lines<V: View>(_: V.Type) throws -> [String] {
            try V().rows(of: estate, at: moment).map { "\(V.name): \($0.texts)" }
        }
        return try views.filter { $0 != WorkdaysView.self && $0 != InspectionItemsView.self }.flatMap { try lines($0) }
    }
}

/// Some weeks of an estate by chance, some of it taken back; and the same without that.
private final class RandomHistory {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("undo-\(UUID().uuidString)").path
    let clock = HandClock("2026-03-01T08:00")
    let store: Store
    private(set) var undos = 0
    private var dice: SystemlessDice
    private let ids: IDs
    /// What was done and not taken back: by whom, when, with which new ids.
    private var kept: [(action: any Action, by: String, at: String, ids: [EntryID], first: EntryID)] = []
    private var minute = 0

    /// Hands out ids, and knows which.
    private final class IDs: Sendable {
        let state = Mutex<(given: [EntryID], prepared: [EntryID])>(([], []))
        func next(_ moment: Moment) -> EntryID {
            state.withLock { state in
                let id = state.prepared.isEmpty ? EntryID(at: moment) : state.prepared.removeFirst()
                state.given.append(id)
                return id
            }
        }
        func take() -> [EntryID] {
            state.withLock { state in
                defer { state.given = [] }
                return state.given
            }
        }
        func prepare(_ ids: [EntryID]) { state.withLock { $0.prepared = ids } }
    }

    init(seed: UInt64) throws {
        dice = SystemlessDice(state: seed)
        let ids = IDs()
        self.ids = ids
        store = try RandomHistory.found(folder, clock, ids)
    }

    func close() { try? FileManager.default.removeItem(atPath: folder) }

    private static func found(_ folder: String, _ clock: HandClock, _ ids: IDs) throws -> Store {
        let store = try Store.found(
            at: folder, name: "翠湖花园",
            staff: [
                StaffMember(code: "S01", name: "王经理", role: .manager),
                StaffMember(code: "S02", name: "李经理", role: .manager),
            ], clock: clock.clock, newID: { ids.next($0) })
        for room in ["3-2-501", "3-2-502"] { try store.perform(AddUnit(unit: unit(room)), by: "S01") }
        return store
    }

    func live(steps: Int) throws {
        for _ in 0..<steps {
            minute += 1
            let time = "2026-03-\(String(format: "%02d", 2 + minute / 40))T09:\(String(format: "%02d", minute % 40))"
            clock.set(time)
            let by = dice.pick(["S01", "S02"])
            _ = ids.take()
            if dice.below(4) == 0 {
                guard let deed = try? store.estate.nextUndo(of: by, at: store.now) else { continue }
                try store.perform(UndoAction(deed), by: by)
                kept.removeAll { deed.entries.contains($0.first) }
                undos += 1
                continue
            }
            guard let (name, members) = move() else { continue }
            let action = try Estate.action(named: name).read(members.mapValues { .string($0) }, zone: .shanghai)
            guard (try? store.perform(action, by: by)) != nil else { continue }
            let given = ids.take()
            guard let first = store.estate.undoWindow.actions.last?.entries.first else { continue }
            kept.append((action, by, time, given, first))
        }
    }

    /// Something that may be done now.
    private func move() -> (String, [String: String])? {
        let estate = store.estate
        let unit = dice.pick(["3-2-501", "3-2-502"])
        func id(_ ids: [String]) -> String? { ids.isEmpty ? nil : dice.pick(ids) }
        switch dice.below(14) {
        case 0: return ("visitor.arrive", ["name": "客\(minute)", "host": unit, "purpose": "探亲"])
        case 1: return id(estate.gate.inside.map(\.id.text)).map { ("visitor.leave", ["visit": $0]) }
        case 2: return ("request.open", ["class": "complaint", "unit": unit, "text": "事\(minute)"])
        case 3: return id(estate.requests.open.map(\.id.text)).map { ("request.complete", ["request": $0]) }
        case 4:
            return id(estate.requests.all.values.map(\.id.id.text)).map {
                ("request.reopen", ["request": $0, "why": "又坏"])
            }
        case 5, 6:
            return id(estate.followUps.pending.map(\.id.text)).map {
                (
                    "followup.record",
                    [
                        "followup": $0, "result": dice.pick(["satisfied", "unsatisfied", "refused"]),
                        "visitors": "S01", "signer": "李四",
                    ]
                )
            }
        case 7: return id(estate.followUps.wanting.map(\.id.text)).map { ("followup.rectified", ["followup": $0]) }
        case 8:
            return (
                "bill.issue",
                ["unit": unit, "period": "2026-03", "item": "费\(minute)", "amount": "100", "due": "2026-03-31"]
            )
        case 9: return ("payment.receive", ["unit": unit, "amount": dice.pick(["30", "100", "170"])])
        case 10:
            return id(estate.fees.payments.values.filter { $0.voided == nil }.map(\.id.id.text)).map {
                ("payment.void", ["payment": $0, "why": "退票"])
            }
        case 11:
            return id(estate.fees.bills.values.map(\.id.id.text)).map {
                ("bill.reduce", ["bill": $0, "amount": "20", "why": "停梯"])
            }
        case 12: return ("call.ring", ["direction": "outgoing"])
        default:
            return id(estate.calls.open.map(\.id.text)).map { ("call.demand", ["call": $0, "text": "诉求\(minute)"]) }
        }
    }

    /// The estate in which what was taken back was never done.
    func straight() throws -> Estate {
        let folder = folder + "-straight"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let (clock, ids) = (HandClock("2026-03-01T08:00"), IDs())
        let store = try RandomHistory.found(folder, clock, ids)
        for step in kept {
            clock.set(step.at)
            ids.prepare(step.ids)
            // Whoever did it then may do it now: nothing that is left builds on what is gone.
            try store.perform(step.action, by: step.by)
        }
        return store.estate
    }

    func told(_ estate: Estate) throws -> [String] {
        try Estate.told(estate, at: store.now).filter { !$0.hasPrefix("undo:") }
    }
}

/// Chance that is the same each time.
private struct SystemlessDice {
    var state: UInt64

    mutating func below(_ limit: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int((state >> 33) % UInt64(limit))
    }

    mutating func pick<Element>(_ elements: [Element]) -> Element { elements[below(elements.count)] }
}
