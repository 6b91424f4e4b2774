import Handbook
import Journal

/// The direction of a call.
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

/// An interruption of a call for something urgent (1.6).
public struct Hold: Sendable {
    public let from: Moment
    /// The other side agreed and was thanked.
    public let consent: Bool
    public internal(set) var until: Moment?
    /// An apology was made on resuming; `nil` while held.
    public internal(set) var apology: Bool?
}

/// A pause in which the caller waits while a colleague is fetched (1.3).
public struct Fetch: Sendable {
    public let from: Moment
    /// The colleague, if known.
    public let who: String?
    /// The caller was asked to wait.
    public let asked: Bool
    /// The handset was put down softly.
    public let softly: Bool
    public internal(set) var until: Moment?
}

/// Prescribed words besides greeting and closing, recorded when they are said.
public enum CallWords: String, NamedChoice {
    case greet, introduce, purpose, putonghua

    public var label: Label {
        switch self {
        case .greet: Label("问候", en: "greeting")
        case .introduce: Label("自我介绍", en: "introduction")
        case .purpose: Label("说明来意", en: "whom and what for")
        case .putonghua: Label("请用普通话", en: "asked for Putonghua")
        }
    }
}

/// The state of a call.
public enum CallState: String, NamedChoice {
    case ringing, talking, fetching, held, ended, missed, returned, unreached, wrong

    public var label: Label {
        switch self {
        case .ringing: Label("响铃", en: "ringing")
        case .talking: Label("通话中", en: "talking")
        case .fetching: Label("请人接听", en: "fetching")
        case .held: Label("暂停", en: "held")
        case .ended: Label("已结束", en: "ended")
        case .missed: Label("未接", en: "missed")
        case .returned: Label("未接已回", en: "called back")
        case .unreached: Label("未通", en: "not reached")
        case .wrong: Label("打错", en: "wrong number")
        }
    }
}

/// A telephone call (通话), from its first ring to its end.
public struct Call: Entity, Sendable {
    public static let entity = "call"
    public static let label = Label("通话", en: "call")
    public let id: Ref<Call>
    public let direction: CallDirection
    /// The other side's number.
    public let number: Particular<CallerNumber?>
    /// The staff member at the telephone; while it rings, the author of the entry, which may be a telephone system.
    public internal(set) var by: String
    public let rang: Moment
    /// The subject of an outgoing call, and the purpose to state.
    public internal(set) var about: CallSubject?
    public internal(set) var purpose: String?
    public internal(set) var unit: UnitCode?
    public internal(set) var person: Ref<Person>?
    public internal(set) var rings: Int?
    public internal(set) var answered: Moment?
    public internal(set) var greeted: Bool?
    public internal(set) var demands: [Demand] = []
    public internal(set) var holds: [Hold] = []
    public internal(set) var fetches: [Fetch] = []
    /// The prescribed words that were said, in order, without repeats.
    public internal(set) var said: [CallWords] = []
    public internal(set) var closing: Bool?
    /// The other side hung up first (1.4).
    public internal(set) var hungUp: Bool?
    /// Whether it was a wrong number.
    public internal(set) var isWrong = false
    public internal(set) var ended: Moment?
    /// The later call in which the missed caller was spoken to.
    public internal(set) var returned: Ref<Call>?
    /// The missed calls that this call returns.
    var returns: [Ref<Call>] = []

    public var phone: Phone? { (number.value ?? nil)?.phone }
    public var isHeld: Bool { holds.last.map { $0.until == nil } ?? false }
    public var isFetching: Bool { fetches.last.map { $0.until == nil } ?? false }
    public var isOpen: Bool { ended == nil }
    /// Whether it is an incoming call that nobody has answered yet.
    public var isRinging: Bool { isOpen && answered == nil && direction == .incoming }
    public var isMissed: Bool { ended != nil && answered == nil && direction == .incoming }
    /// Whether the two sides have spoken. Recorded words, demands or closing imply that an outgoing call was answered.
    public var isReached: Bool {
        answered != nil || direction == .outgoing && (!said.isEmpty || !demands.isEmpty || closing != nil)
    }

    /// When it was last held, resumed, or left to fetch a colleague and come back; else its answer or ring.
    var interrupted: Moment {
        (holds.map { $0.until ?? $0.from } + fetches.map { $0.until ?? $0.from }).reduce(answered ?? rang, max)
    }
    /// When the last thing in it happened.
    var latest: Moment { demands.map(\.at).reduce(interrupted, max) }

    /// The number of demands without an outcome.
    public var openDemands: Int { demands.count { $0.outcome == .open } }

    public var state: CallState {
        if isMissed { return returned == nil ? .missed : .returned }
        if !isOpen { return isReached ? isWrong ? .wrong : .ended : .unreached }
        if isHeld { return .held }
        if isFetching { return .fetching }
        return isReached ? .talking : .ringing
    }

    /// Whether it was answered within `limit` rings (1.1); `nil` for a missed or an outgoing call.
    public func inTime(limit: Int) -> Bool? {
        direction == .incoming ? rings.map { $0 <= limit } : nil
    }

    /// The steps of the script that were left out (1.1 to 1.8). They are recorded and block nothing.
    public func omissions(limit: Int) -> [CallOmission] {
        var omissions: [CallOmission] = []
        if inTime(limit: limit) == false { omissions.append(.rings) }
        if greeted == false { omissions.append(.greeting) }
        if direction == .outgoing, !isOpen, isReached {
            if greeted == nil { omissions.append(.greeting) }
            if !said.contains(.introduce) { omissions.append(.introduction) }
            if !said.contains(.purpose) { omissions.append(.purpose) }
        }
        if fetches.contains(where: { !$0.asked }) { omissions.append(.waiting) }
        if fetches.contains(where: { !$0.softly }) { omissions.append(.softly) }
        if holds.contains(where: { !$0.consent }) { omissions.append(.consent) }
        if holds.contains(where: { $0.apology == false || !isOpen && $0.apology == nil }) { omissions.append(.apology) }
        if isReached, closing == false { omissions.append(.closing) }
        if isReached, hungUp == false { omissions.append(.hangUp) }
        return omissions
    }
}

extension Call {
    /// The open calls.
    public static func candidates(in estate: Estate) -> [Candidate] {
        estate.calls.open.compactMap { estate.calls[$0] }.map {
            Candidate($0.id.id.text, text: $0.words(in: estate), detail: estate.staff.name(of: $0.by))
        }
    }

    /// The purpose, as far as a role may see what the call is about; all of it if there is no role.
    public func purpose(for role: Role?) -> String? {
        role.map(isHidden) ?? false ? nil : purpose
    }

    /// Whether a role must not see what the call is about.
    func isHidden(from role: Role) -> Bool { about?.hiddenFrom.contains(role) ?? false }

    public static func known(_ id: Ref<Call>, in estate: Estate) -> Call? { estate.calls[id] }

    public func words(in estate: Estate) -> String {
        let place = unit?.text ?? phone?.masked ?? direction.label.chinese
        return [place, person.flatMap { estate.people.persons[$0]?.name }].compactMap { $0 }.joined(separator: " ")
    }
}

extension Call: CallReason {
    func callDetails(in estate: Estate) -> CallSubject.Details {
        CallSubject.Details(unit: unit, person: person, phone: phone, words: Label("回复未接来电", en: "a missed call"))
    }
}

/// A step of the script that was left out.
public enum CallOmission: String, NamedChoice {
    case rings, greeting, introduction, purpose, waiting, softly, consent, apology, closing, hangUp

    public var label: Label {
        switch self {
        case .rings: Label("超过三声", en: "rings")
        case .greeting: Label("未问候", en: "no greeting")
        case .introduction: Label("未自我介绍", en: "no introduction")
        case .purpose: Label("未说明来意", en: "no purpose")
        case .waiting: Label("未请稍候", en: "not asked to wait")
        case .softly: Label("未轻放话筒", en: "handset not put down softly")
        case .consent: Label("未征得同意", en: "no consent")
        case .apology: Label("未致歉", en: "no apology")
        case .closing: Label("未道别", en: "no closing")
        case .hangUp: Label("先于对方挂断", en: "hung up first")
        }
    }
}
