import Journal

/// Prescribed words are said: the request for Putonghua (1.5), or those of calling out.
public struct SayWords: Action {
    public static let name = "call.say"
    public static let label = Label("说规定用语", en: "Say the prescribed words")
    public static let roles = telephoneRoles
    var call = Ref<Call>.placeholder
    var words = CallWords.greet

    public init() {}

    public init(call: Ref<Call>, words: CallWords) { (self.call, self.words) = (call, words) }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("call", &call, .call)
        try visitor.field("words", &words, Label("用语", en: "Words"))
    }

    public func perform(_ plan: inout Plan, in estate: Estate) throws {
        _ = try estate.calls.answeredCall(call)
        plan.record(WordsSaid(call: call, words: words))
        plan.answer = call.id
    }
}

/// The caller is asked to wait, the handset is put down softly, and somebody else is fetched (1.3).
public struct FetchSomebody: Action {
    public static let name = "call.fetch"
    public static let label = Label("请他人接听", en: "Fetch somebody")
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
        try visitor.field("call", &call, .call)
        try visitor.field("who", &who, Label("找谁", en: "Whom"))
        try visitor.field("asked", &asked, Label("已请对方稍候", en: "Asked to wait"))
        try visitor.field("softly", &softly, Label("已轻放话筒", en: "Put down softly"))
    }

    public func perform(_ plan: inout Plan, in estate: Estate) throws {
        let known = try estate.calls.answeredCall(call)
        if known.isHeld { throw Refusal.rule("call.held", "这个通话在保留中，先恢复", en: "this call is on hold: resume it first") }
        if known.isFetching {
            throw Refusal.rule("call.fetching", "已经在找人", en: "somebody is being fetched already")
        }
        plan.record(SomebodyFetched(call: call, who: who, asked: asked, softly: softly))
        plan.answer = call.id
    }
}

/// Somebody is back at the handset, fetched or alone.
public struct ComeBack: Action {
    public static let name = "call.back"
    public static let label = Label("回到电话", en: "Back at the telephone")
    public static let roles = telephoneRoles
    var call = Ref<Call>.placeholder

    public init() {}

    public init(call: Ref<Call>) { self.call = call }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws { try visitor.field("call", &call, .call) }

    public func perform(_ plan: inout Plan, in estate: Estate) throws {
        guard try estate.calls.answeredCall(call).isFetching else {
            throw Refusal.rule("call.notFetching", "没有在找人", en: "nobody is being fetched")
        }
        plan.record(FetchEnded(call: call))
        plan.answer = call.id
    }
}

/// The call is broken off for something urgent, with consent and thanks (1.6).
public struct HoldCall: Action {
    public static let name = "call.hold"
    public static let label = Label("保留", en: "Hold")
    public static let roles = telephoneRoles
    var call = Ref<Call>.placeholder
    var consent = false

    public init() {}

    public init(call: Ref<Call>, consent: Bool) { (self.call, self.consent) = (call, consent) }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("call", &call, .call)
        try visitor.field("consent", &consent, Label("已征得同意并致谢", en: "Consent and thanks"))
    }

    public func perform(_ plan: inout Plan, in estate: Estate) throws {
        let known = try estate.calls.answeredCall(call)
        if known.isHeld { throw Refusal.rule("call.held", "这个通话已经在保留中", en: "this call is on hold already") }
        if known.isFetching {
            throw Refusal.rule("call.fetching", "正在找人，先回到电话", en: "come back to the telephone first")
        }
        plan.record(CallHeld(call: call, consent: consent))
        plan.answer = call.id
    }
}

/// The call goes on, with an apology (1.6).
public struct ResumeCall: Action {
    public static let name = "call.resume"
    public static let label = Label("恢复", en: "Resume")
    public static let roles = telephoneRoles
    var call = Ref<Call>.placeholder
    var apology = false

    public init() {}

    public init(call: Ref<Call>, apology: Bool) { (self.call, self.apology) = (call, apology) }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("call", &call, .call)
        try visitor.field("apology", &apology, Label("已致歉", en: "Apologised"))
    }

    public func perform(_ plan: inout Plan, in estate: Estate) throws {
        if try !estate.calls.answeredCall(call).isHeld {
            throw Refusal.rule("call.notHeld", "这个通话没有保留", en: "this call is not on hold")
        }
        plan.record(CallResumed(call: call, apology: apology))
        plan.answer = call.id
    }
}
