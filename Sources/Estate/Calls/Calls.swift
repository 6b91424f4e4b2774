import Handbook
import Journal

/// The calls of the front desk (section 1).
public struct Calls: Sendable {
    public internal(set) var all = EntityTable<Call>()
    private var timeline = CallTimeline()
    /// Calls that have not ended, in the order in which they rang.
    public private(set) var open = CallTimeline()

    /// Missed calls whose callers were not spoken to since, in the order in which they rang.
    public private(set) var missed = CallTimeline()
    /// Calls with demands that have no outcome, in the order in which they rang.
    private var withOpenDemands = CallTimeline()
    /// The calls of each unit.
    private var byUnit: [UnitCode: CallTimeline] = [:]
    /// The latest answers to demands.
    public private(set) var answers = EarlierAnswers()

    public subscript(id: Ref<Call>) -> Call? { all[id] }

    /// A call that has not ended, and rang before the action happens. Throws ``Refusal`` `call.unknown`, `call.ended` or
    /// `time.order`.
    func openCall(_ id: Ref<Call>, _ plan: Plan) throws -> Call {
        guard let call = all[id] else { throw id.unknown }
        guard call.isOpen else { throw Refusal.rule("call.ended", "这个通话已经结束", en: "this call has ended") }
        try plan.refuse(before: call.rang, .ring)
        return call
    }

    /// A call whose two sides are connected when the action happens. Throws as ``openCall(_:_:)`` does, and
    /// `call.notAnswered`.
    func answeredCall(_ id: Ref<Call>, _ plan: Plan) throws -> Call {
        let call = try openCall(id, plan)
        if call.answered == nil, call.direction == .incoming {
            throw Refusal.rule("call.notAnswered", "这个来电还没有接听", en: "this call has not been answered yet")
        }
        if let answered = call.answered { try plan.refuse(before: answered, Label("接听", en: "it was answered")) }
        return call
    }

    /// The calls that rang at the moment or later, in that order.
    public func since(_ moment: Moment) -> [Call] { timeline.since(moment).compactMap { all[$0] } }

    /// The calls with a unit, the latest first.
    public func with(unit: UnitCode) -> some Sequence<Call> {
        (byUnit[unit] ?? CallTimeline()).reversed().lazy.compactMap { all[$0] }
    }

    /// The call in which a demand was made. Searched from the end: it is nearly always recent.
    func call(of demand: Ref<Demand>) -> Call? {
        all.values.last { $0.demands.contains { $0.id == demand } }
    }

    /// The calls with unsettled demands, the latest first.
    public var unsettled: some Sequence<Call> { withOpenDemands.reversed().lazy.compactMap { all[$0] } }

    mutating func add(_ demand: Demand, to call: Ref<Call>) {
        all.change(call) { $0.demands.append(demand) }
        noteDemands(of: call)
    }

    mutating func change(_ demand: Ref<Demand>, of call: Ref<Call>, _ body: (inout Demand) -> Void) {
        all.change(call) { call in
            if let index = call.demands.firstIndex(where: { $0.id == demand }) { body(&call.demands[index]) }
        }
        noteDemands(of: call)
    }

    private mutating func noteDemands(of id: Ref<Call>) {
        guard let call = all[id] else { return }
        if call.openDemands > 0 { withOpenDemands.insert(call) } else { withOpenDemands.remove(call) }
    }

    mutating func remember(_ answer: EarlierAnswer) { answers.add(answer) }

    /// Ends a call. A missed call then waits to be returned; the calls that this one was to return wait again if it
    /// reached nobody.
    mutating func end(_ id: Ref<Call>) {
        guard let call = all[id] else { return }
        open.remove(call)
        // A withheld number cannot be called back.
        if call.isMissed, call.number.isGiven() { missed.insert(call) }
        if call.isReached { return }
        for other in call.returns {
            guard let waiting = all[other], waiting.returned == id else { continue }
            all.change(other) { $0.returned = nil }
            missed.insert(waiting)
        }
    }

    /// The missed calls from a number, in whichever form, that rang by a moment. `areaCode`: that of the estate.
    func missed(from phone: Phone?, by moment: Moment, areaCode: String?) -> [Ref<Call>] {
        guard let phone else { return [] }
        return missed.filter { id in
            all.value(of: id) { $0.rang <= moment && $0.phone?.mayBe(phone, areaCode: areaCode) == true } ?? false
        }
    }

    /// Marks missed calls as returned: those from the other side of a call, which its fact names, and the one that it is
    /// about. Applied when the two sides speak, and when a call out begins.
    mutating func resolveMissed(_ named: [Ref<Call>], by id: Ref<Call>) {
        guard let call = all[id], !missed.isEmpty else { return }
        // Older facts name none, and have the number in plain text. In whichever form: the state depends on no policy.
        func isSame(_ a: CallerNumber??, _ b: CallerNumber??) -> Bool {
            guard let a = a ?? nil, let b = b ?? nil else { return false }
            return a.phone.mayBe(b.phone, areaCode: nil)
        }
        let returned = missed.compactMap { all[$0] }.filter { waiting in
            waiting.rang <= call.rang
                && (named.contains(waiting.id) || call.about == .record(waiting.id.id)
                    || isSame(call.number.plain, waiting.number.plain))
        }
        if returned.isEmpty { return }
        all.change(id) { $0.returns += returned.map(\.id) }
        for other in returned {
            missed.remove(other)
            all.change(other.id) { $0.returned = id }
        }
    }

    mutating func add(_ call: Call) {
        all.add(call)
        timeline.insert(call)
        open.insert(call)
        if let unit = call.unit { byUnit[unit, default: CallTimeline()].insert(call) }
    }

    mutating func rename(_ unit: UnitCode, to code: UnitCode) {
        for id in all.values.map(\.id) {
            all.change(id) { call in
                if call.unit == unit { call.unit = code }
                if call.about == .arrears(unit) { call.about = .arrears(code) }
            }
        }
        byUnit[code] = byUnit.removeValue(forKey: unit)
    }

    mutating func name(_ id: Ref<Call>, _ unit: UnitCode, _ person: Ref<Person>?) {
        guard let call = all[id] else { return }
        if let former = call.unit, former != unit { byUnit[former]?.remove(call) }
        byUnit[unit, default: CallTimeline()].insert(call)
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

    /// Open, missed and recent calls, those of a month with open demands, the missed ones that open calls return, and the
    /// requests that their demands became.
    static func retainedIDs(in estate: Estate, _ window: RetentionWindow) -> [EntryID] {
        let calls = estate.calls
        let month = window.today.adding(-30).start(in: estate.zone)
        let waiting = Array(calls.open) + Array(calls.missed) + calls.open.flatMap { calls[$0]?.returns ?? [] }
        let kept =
            waiting.compactMap { calls[$0] } + calls.since(window.since) + calls.unsettled.prefix { $0.rang >= month }
        let requests = kept.flatMap { $0.demands.compactMap(\.request) }
        return kept.map(\.id.id) + requests.flatMap { [$0.id] + estate.followUps.of($0).map(\.id.id) }
    }

    static func isCovered(_ action: any Action, by window: RetentionWindow) -> Bool { true }

    /// Callers, by their numbers.
    static func personRecords(in estate: Estate, latest count: Int) -> [PersonRecord] {
        estate.calls.all.values.suffix(count).reversed().compactMap { call in
            PersonRecord(
                call.id.id, Call.entity, names: [], phones: [call.phone],
                about: [call.direction.label.chinese, call.unit?.text, Day(call.rang, in: estate.zone).text])
        }
    }

    static func rename(_ unit: UnitCode, to code: UnitCode, in estate: inout Estate) {
        estate.calls.rename(unit, to: code)
    }

    static func needsParticulars(of record: EntryID, in estate: Estate, on day: Day) -> Label? {
        let isCalling = estate.calls.open.contains { estate.calls[$0]?.person?.id == record }
        if isCalling { return Label("正在与本人通话", en: "the resident is on the telephone") }
        guard let call = estate.calls[Ref(record)] else { return nil }
        if call.isOpen { return Label("通话还没有结束", en: "the call has not ended") }
        if call.state == .missed { return Label("未接来电还没有回", en: "the missed call was not returned") }
        return call.openDemands > 0 ? Label("还有诉求没有处理", en: "a demand has no outcome") : nil
    }

    static func relatedIDs(of id: EntryID, in estate: Estate) -> [EntryID] {
        estate.calls[Ref(id)]?.demands.map(\.id.id) ?? []
    }
}
