import Handbook
import Journal

/// The calls of the front desk.
public struct Calls: Sendable {
    public internal(set) var all = Register<Call>()
    /// Calls that have not ended, in the order in which they rang.
    public internal(set) var open: [Ref<Call>] = []

    /// Callers who were missed and have not been spoken to since, in the order in which they rang.
    public private(set) var missed: [Ref<Call>] = []

    public subscript(id: Ref<Call>) -> Call? { all[id] }

    /// A call that has not ended.
    func openCall(_ id: Ref<Call>) throws -> Call {
        guard let call = all[id] else { throw id.unknown }
        guard call.isOpen else { throw Refusal.rule("call.ended", "这个通话已经结束", en: "this call has ended") }
        return call
    }

    /// A call that is being held right now or talked in.
    func answeredCall(_ id: Ref<Call>) throws -> Call {
        let call = try openCall(id)
        if call.answered == nil, call.direction == .incoming {
            throw Refusal.rule("call.notAnswered", "这个来电还没有接听", en: "this call has not been answered yet")
        }
        return call
    }

    /// The calls whose caller was found to be of a unit, in the order in which that was found.
    private var byUnit: [UnitCode: [Ref<Call>]] = [:]

    /// The calls with a unit, the latest first.
    public func with(unit: UnitCode) -> some Sequence<Call> {
        (byUnit[unit] ?? []).reversed().lazy.compactMap { all[$0] }
    }

    /// The call in which a demand was made: nearly always a late one.
    func call(of demand: Ref<Demand>) -> Call? {
        all.values.last { $0.demands.contains { $0.id == demand } }
    }

    /// Those of the last two hundred calls of which some demand is not settled, the latest first.
    public var unsettled: [Call] { all.values.suffix(200).reversed().filter { $0.openDemands > 0 } }

    mutating func change(_ demand: Ref<Demand>, of call: Ref<Call>, _ body: (inout Demand) -> Void) {
        all.change(call) { call in
            if let index = call.demands.firstIndex(where: { $0.id == demand }) { body(&call.demands[index]) }
        }
    }

    /// A call has ended: one that nobody answered waits to be called back, and so does who could not be reached.
    mutating func end(_ id: Ref<Call>) {
        open.removeAll { $0 == id }
        guard let call = all[id] else { return }
        // A number that is not shown cannot be called back.
        if call.isMissed, call.phone != nil { missed.append(id) }
        if call.isReached { return }
        for other in call.returns where all[other]?.returned == id {
            all.change(other) { $0.returned = nil }
            missed.append(other)
        }
    }

    /// The two sides of a call speak, or are about to: whoever had been missed is no longer waiting.
    mutating func takeUpMissed(by id: Ref<Call>) {
        guard let call = all[id], !missed.isEmpty else { return }
        let found = missed.filter { other in
            guard let waiting = all[other], waiting.rang <= call.rang else { return false }
            return waiting.phone == call.phone || call.about == .record(other.id)
        }
        if found.isEmpty { return }
        missed.removeAll(where: found.contains)
        all.change(id) { $0.returns += found }
        for other in found { all.change(other) { $0.returned = id } }
    }

    mutating func add(_ call: Call) {
        all.add(call)
        open.append(call.id)
        if let unit = call.unit { byUnit[unit, default: []].append(call.id) }
    }

    mutating func name(_ id: Ref<Call>, _ unit: UnitCode, _ person: Ref<Person>?) {
        if all[id]?.unit != unit { byUnit[unit, default: []].append(id) }
        all.change(id) { call in
            call.unit = unit
            call.person = person
        }
    }
}

extension Calls: Feature {
    public static let chapters: [any Chapter.Type] = [Handbook.Calls.self]
    public static let facts: [FactKind] = [
        .of(CallRang.self), .of(CallAnswered.self), .of(CallerNamed.self), .of(DemandRecorded.self),
        .of(DemandSettled.self), .of(WordsSaid.self), .of(SomebodyFetched.self), .of(FetchEnded.self),
        .of(CallHeld.self), .of(CallResumed.self), .of(CallEnded.self),
    ]
    public static let actions: [any Action.Type] = [
        RingCall.self, AnswerCall.self, NameCaller.self, RecordDemand.self, SettleDemand.self, SayWords.self,
        FetchSomebody.self, ComeBack.self, HoldCall.self, ResumeCall.self, EndCall.self,
    ]
    public static let views: [any View.Type] = [CallsView.self, DemandsView.self, CallQualityView.self]
}
