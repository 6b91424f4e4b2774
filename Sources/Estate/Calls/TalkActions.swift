import Journal

/// Prescribed words are said: the request for Putonghua (1.5), or the words of calling out (1.8).
public struct SayWords: ActionFact {
    public static let name = "call.say"
    static let kind: StaticString = "call.wordsSaid"
    public static let label = Label("已说用语", en: "Say the prescribed words")
    public static let roles = telephoneRoles
    var call = Ref<Call>.placeholder
    var words = CallWords.greet

    public init() {}

    public init(call: Ref<Call>, words: CallWords) { (self.call, self.words) = (call, words) }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("call", &call)
        try visitor.field("words", &words, Label("用语", en: "Words"))
    }

    var subject: EntryID? { call.id }
    func affectedIDs(in estate: Estate) -> [String]? { [] }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws { _ = try estate.calls.answeredCall(call, plan) }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        estate.calls.all.change(call) { call in
            if !call.said.contains(words) { call.said.append(words) }
            if words == .greet { call.greeted = true }
        }
    }
}

extension Label {
    /// The event that a hold, a fetch, or the end of one must not precede, for refusals.
    static let interruption = Label("上一次暂停或请人接听", en: "it was last held or left")
}

/// The caller is asked to wait, the handset is put down softly, and a colleague is fetched (1.3).
public struct FetchSomebody: ActionFact {
    public static let name = "call.fetch"
    static let kind: StaticString = "call.somebodyFetched"
    public static let label = Label("请他人接听", en: "Fetch a colleague")
    public static let roles = telephoneRoles
    var call = Ref<Call>.placeholder
    var who: String?
    var asked = false
    var softly = false

    public init() {}

    public init(call: Ref<Call>, who: String? = nil, asked: Bool, softly: Bool) {
        (self.call, self.who, self.asked, self.softly) = (call, who, asked, softly)
    }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("call", &call)
        try visitor.field("who", &who, Label("请谁接听", en: "Whom"))
        try visitor.field("asked", &asked, Label("已请对方稍候", en: "Asked to wait"))
        try visitor.field("softly", &softly, Label("已轻放话筒", en: "Put down softly"))
    }

    var subject: EntryID? { call.id }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        let known = try estate.calls.answeredCall(call, plan)
        if known.isHeld {
            throw Refusal.rule("call.held", "这个通话已暂停，请先继续通话", en: "this call is on hold: resume it first")
        }
        if known.isFetching {
            throw Refusal.rule("call.fetching", "已在请人接听", en: "a colleague is being fetched already")
        }
        try plan.refuse(before: known.interrupted, .interruption)
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        estate.calls.all.change(call) {
            $0.fetches.append(Fetch(from: metadata.at, who: who, asked: asked, softly: softly))
        }
    }
}

/// The operator, or the fetched colleague, is back at the handset.
public struct ComeBack: ActionFact {
    public static let name = "call.back"
    static let kind: StaticString = "call.fetchEnded"
    public static let label = Label("回到通话", en: "Back at the telephone")
    public static let roles = telephoneRoles
    var call = Ref<Call>.placeholder

    public init() {}

    public init(call: Ref<Call>) { self.call = call }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws { try visitor.field("call", &call) }

    var subject: EntryID? { call.id }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        let known = try estate.calls.answeredCall(call, plan)
        guard known.isFetching else {
            throw Refusal.rule("call.notFetching", "没有在请人接听", en: "nobody is being fetched")
        }
        try plan.refuse(before: known.interrupted, .interruption)
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        estate.calls.all.change(call) { call in
            if let last = call.fetches.indices.last { call.fetches[last].until = metadata.at }
        }
    }
}

/// The call is interrupted for something urgent, with consent and thanks (1.6).
public struct HoldCall: ActionFact {
    public static let name = "call.hold"
    static let kind: StaticString = "call.held"
    public static let label = Label("暂停通话", en: "Hold")
    public static let roles = telephoneRoles
    var call = Ref<Call>.placeholder
    var consent = false

    public init() {}

    public init(call: Ref<Call>, consent: Bool) { (self.call, self.consent) = (call, consent) }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("call", &call)
        try visitor.field("consent", &consent, Label("已征得同意并致谢", en: "Consent and thanks"))
    }

    var subject: EntryID? { call.id }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        let known = try estate.calls.answeredCall(call, plan)
        if known.isHeld { throw Refusal.rule("call.held", "这个通话已经暂停", en: "this call is on hold already") }
        if known.isFetching {
            throw Refusal.rule("call.fetching", "正在请人接听，请先回到通话", en: "come back to the telephone first")
        }
        try plan.refuse(before: known.interrupted, .interruption)
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        estate.calls.all.change(call) { $0.holds.append(Hold(from: metadata.at, consent: consent)) }
    }
}

/// The call is resumed, with an apology (1.6).
public struct ResumeCall: ActionFact {
    public static let name = "call.resume"
    static let kind: StaticString = "call.resumed"
    public static let label = Label("继续通话", en: "Resume")
    public static let roles = telephoneRoles
    var call = Ref<Call>.placeholder
    var apology = false

    public init() {}

    public init(call: Ref<Call>, apology: Bool) { (self.call, self.apology) = (call, apology) }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("call", &call)
        try visitor.field("apology", &apology, Label("已致歉", en: "Apologised"))
    }

    var subject: EntryID? { call.id }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        let known = try estate.calls.answeredCall(call, plan)
        guard known.isHeld else { throw Refusal.rule("call.notHeld", "这个通话没有暂停", en: "this call is not on hold") }
        try plan.refuse(before: known.interrupted, .interruption)
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        estate.calls.all.change(call) { call in
            guard let last = call.holds.indices.last else { return }
            call.holds[last].until = metadata.at
            call.holds[last].apology = apology
        }
    }
}
