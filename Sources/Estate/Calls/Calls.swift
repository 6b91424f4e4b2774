import Handbook
import Journal

/// The calls of the front desk (section 1).
public struct Calls: Sendable {
    public internal(set) var all = EntityTable<Call>()
    /// Calls that have not ended, in the order in which they rang.
    public internal(set) var open: [Ref<Call>] = []

    /// Missed calls whose callers were not spoken to since, in the order in which they rang.
    public private(set) var missed: [Ref<Call>] = []

    public subscript(id: Ref<Call>) -> Call? { all[id] }

    /// A call that has not ended. Throws ``Refusal`` `call.unknown` or `call.ended`.
    func openCall(_ id: Ref<Call>) throws -> Call {
        guard let call = all[id] else { throw id.unknown }
        guard call.isOpen else { throw Refusal.rule("call.ended", "这个通话已经结束", en: "this call has ended") }
        return call
    }

    /// A call whose two sides are connected. Throws as ``openCall(_:)`` does, and `call.notAnswered`.
    func answeredCall(_ id: Ref<Call>) throws -> Call {
        let call = try openCall(id)
        if call.answered == nil, call.direction == .incoming {
            throw Refusal.rule("call.notAnswered", "这个来电还没有接听", en: "this call has not been answered yet")
        }
        return call
    }

    /// The calls of each unit, in the order in which the callers were identified.
    private var byUnit: [UnitCode: [Ref<Call>]] = [:]

    /// The calls with a unit, the latest first.
    public func with(unit: UnitCode) -> some Sequence<Call> {
        (byUnit[unit] ?? []).reversed().lazy.compactMap { all[$0] }
    }

    /// The call in which a demand was made. Searched from the end: it is nearly always recent.
    func call(of demand: Ref<Demand>) -> Call? {
        all.values.last { $0.demands.contains { $0.id == demand } }
    }

    /// The calls with unsettled demands among the last 200, the latest first.
    public var unsettled: [Call] { all.values.suffix(200).reversed().filter { $0.openDemands > 0 } }

    mutating func change(_ demand: Ref<Demand>, of call: Ref<Call>, _ body: (inout Demand) -> Void) {
        all.change(call) { call in
            if let index = call.demands.firstIndex(where: { $0.id == demand }) { body(&call.demands[index]) }
        }
    }

    /// Ends a call. A missed call then waits to be returned; the calls that this one was to return wait again if it
    /// reached nobody.
    mutating func end(_ id: Ref<Call>) {
        open.removeAll { $0 == id }
        guard let call = all[id] else { return }
        // A withheld number cannot be called back.
        if call.isMissed, call.phone != nil { missed.append(id) }
        if call.isReached { return }
        for other in call.returns where all[other]?.returned == id {
            all.change(other) { $0.returned = nil }
            missed.append(other)
        }
    }

    /// Marks the missed calls from the other side of a call as returned. Applied when the two sides speak, and when a
    /// call out begins.
    mutating func resolveMissed(by id: Ref<Call>) {
        guard let call = all[id], !missed.isEmpty else { return }
        let returned = missed.filter { other in
            guard let waiting = all[other], waiting.rang <= call.rang else { return false }
            return waiting.phone == call.phone || call.about == .record(other.id)
        }
        if returned.isEmpty { return }
        missed.removeAll(where: returned.contains)
        all.change(id) { $0.returns += returned }
        for other in returned { all.change(other) { $0.returned = id } }
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
    static let chapters: [any Chapter.Type] = [Handbook.Calls.self]
    static let actions: [any Action.Type] = [
        RingCall.self, AnswerCall.self, NameCaller.self, RecordDemand.self, SettleDemand.self, SayWords.self,
        FetchSomebody.self, ComeBack.self, HoldCall.self, ResumeCall.self, EndCall.self,
    ]
    static let facts: [any Fact.Type] = [DemandSettled.self]
    static let views: [any View.Type] = [CallsView.self, DemandsView.self, CallQualityView.self]
    static let entities: [any Entity.Type] = [Call.self, Demand.self]

    /// Open, missed and recent calls, the missed ones that open calls return, and the requests that their demands became.
    static func retainedIDs(in estate: Estate, _ window: RetentionWindow) -> [EntryID] {
        let calls = estate.calls
        let waiting = calls.open + calls.missed + calls.open.flatMap { calls[$0]?.returns ?? [] }
        let kept = waiting.compactMap { calls[$0] } + calls.all.values.filter { $0.rang >= window.since }
        let requests = kept.flatMap { $0.demands.compactMap(\.request) }
        return kept.map(\.id.id) + requests.flatMap { [$0.id] + estate.followUps.of($0).map(\.id.id) }
    }

    static func isCovered(_ action: any Action, by window: RetentionWindow) -> Bool {
        switch action {
        case is RingCall, is AnswerCall, is NameCaller, is EndCall, is RecordDemand, is SettleDemand, is SayWords,
            is FetchSomebody, is ComeBack, is HoldCall, is ResumeCall:
            true
        default: false
        }
    }

    static func relatedIDs(of id: EntryID, in estate: Estate) -> [EntryID] {
        estate.calls[Ref(id)]?.demands.map(\.id.id) ?? []
    }
}
