import Handbook
import Journal

/// Who called whom.
public enum CallDirection: String, NamedChoice {
    case incoming
    case outgoing

    public var label: Label {
        switch self {
        case .incoming: Label("来电", en: "in")
        case .outgoing: Label("去电", en: "out")
        }
    }
}

/// Something the caller reported or asked for, recorded one by one (逐条记录, 1.3).
public struct Demand: Entity, Sendable {
    public static let entity = "demand"
    public static let label = Label("诉求", en: "demand")
    public let id: Ref<Demand>
    public let text: String
    public let at: Moment
    /// The request that it became.
    public internal(set) var request: Ref<Request>?
}

/// A break in a call for something urgent (1.6).
public struct Hold: Sendable {
    public let from: Moment
    /// The other side agreed and was thanked.
    public let consent: Bool
    public internal(set) var until: Moment?
    /// An apology was made on resuming; `nil` while held.
    public internal(set) var apology: Bool?
}

/// A telephone call (通话), from its first ring to its end.
public struct Call: Entity, Sendable {
    public static let entity = "call"
    public static let label = Label("通话", en: "call")
    public let id: Ref<Call>
    public let direction: CallDirection
    public let phone: Phone?
    /// The staff member at the telephone.
    public let by: String
    public let rang: Moment
    public internal(set) var unit: UnitCode?
    public internal(set) var person: Ref<Person>?
    public internal(set) var rings: Int?
    public internal(set) var answered: Moment?
    public internal(set) var greeted: Bool?
    public internal(set) var demands: [Demand] = []
    public internal(set) var holds: [Hold] = []
    public internal(set) var closing: Bool?
    public internal(set) var ended: Moment?

    public var isHeld: Bool { holds.last.map { $0.until == nil } ?? false }
    public var isOpen: Bool { ended == nil }
    public var isMissed: Bool { ended != nil && answered == nil && direction == .incoming }

    /// Whether it was answered within `limit` rings (1.1); `nil` for a call that was not answered or not ours to answer.
    public func inTime(limit: Int) -> Bool? {
        direction == .incoming ? rings.map { $0 <= limit } : nil
    }

    /// The steps of the script that were left out: recorded, never blocked.
    public func omissions(limit: Int) -> [CallOmission] {
        var omissions: [CallOmission] = []
        if inTime(limit: limit) == false { omissions.append(.rings) }
        if greeted == false { omissions.append(.greeting) }
        if holds.contains(where: { !$0.consent }) { omissions.append(.consent) }
        if holds.contains(where: { $0.apology == false || ended != nil && $0.apology == nil }) {
            omissions.append(.apology)
        }
        if answered != nil, closing == false { omissions.append(.closing) }
        return omissions
    }
}

extension Call {
    /// Those that have not ended.
    public static func candidates(in estate: Estate) -> [Candidate] {
        estate.calls.open.compactMap { estate.calls[$0] }.map {
            Candidate(
                $0.id.id.text, text: $0.unit?.text ?? $0.phone?.masked ?? $0.direction.label.chinese,
                detail: estate.staff.name(of: $0.by))
        }
    }
}

/// A step of the script that was left out.
public enum CallOmission: String, NamedChoice {
    case rings, greeting, consent, apology, closing

    public var label: Label {
        switch self {
        case .rings: Label("超过三声", en: "rings")
        case .greeting: Label("未问候", en: "no greeting")
        case .consent: Label("未征得同意", en: "no consent")
        case .apology: Label("未致歉", en: "no apology")
        case .closing: Label("未道别", en: "no closing")
        }
    }
}

/// The calls of the front desk.
public struct Calls: Sendable {
    public internal(set) var all = Register<Call>()
    /// Calls that have not ended, in the order in which they rang.
    public internal(set) var open: [Ref<Call>] = []

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
    static let facts: [FactKind] = [
        .of(CallRang.self), .of(CallAnswered.self), .of(CallerNamed.self), .of(DemandRecorded.self), .of(CallHeld.self),
        .of(CallResumed.self), .of(CallEnded.self),
    ]
    static let actions: [any Action.Type] = [
        RingCall.self, AnswerCall.self, NameCaller.self, RecordDemand.self, HoldCall.self, ResumeCall.self,
        EndCall.self,
    ]
    static let views: [any View.Type] = [CallsView.self, DemandsView.self]
}
