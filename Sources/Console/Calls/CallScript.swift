import Estate
import Handbook
import Screen

/// The script of one call (section 1): its steps with their states and prescribed words.
struct CallScript {
    struct Step {
        let rule: Handbook.Calls.Step
        let mark: StepMark
        /// The prescribed words, or else an instruction.
        let words: String
        /// Whether the step is to be taken now.
        let isNow: Bool

        var isRecord: Bool { rule.id == "record" || rule.id == "purpose" }
        /// A step that ends the call; it stays in sight.
        var isClosing: Bool { rule.id == "close" || rule.id == "hangUp" }
    }

    private let call: Call
    private let context: Context
    private let limit: Int

    init(_ call: Call, _ context: Context) {
        (self.call, self.context) = (call, context)
        limit = context.estate.handbook.calls.rings.limit
    }

    private var isOutgoing: Bool { call.direction == .outgoing }

    /// The steps in order; those that only some calls need stand before the close.
    var steps: [Step] {
        let rule = context.estate.handbook.calls
        var rules = isOutgoing ? rule.outgoing : rule.incoming
        if isOutgoing, let close = rules.firstIndex(where: { $0.id == "close" }) {
            let used = rule.incoming.filter { $0.when == .asNeeded && mark(of: $0.id) != .none || $0.id == "hangUp" }
            rules.insert(contentsOf: used.filter { $0.id != "hangUp" }, at: close)
            rules += used.filter { $0.id == "hangUp" }
        }
        let now = self.now
        return rules.compactMap { step in
            if step.id == "resume" && !call.isHeld || step.id == "hold" && call.isHeld { return nil }
            return Step(rule: step, mark: mark(of: step.id), words: words(of: step), isNow: now.contains(step.id))
        }
    }

    /// The ids of the steps to take now. Enter takes the first, and all opening words of an outgoing call.
    private var now: [String] {
        if call.isRinging { return ["answer", "greet"] }
        if call.isHeld { return ["resume"] }
        if call.isFetching { return ["fetch"] }
        if !missingWords.isEmpty { return missingWords.map(\.rawValue) }
        return [isOutgoing ? "purpose" : "record"]
    }

    /// The opening words that an outgoing call still lacks, in order.
    var missingWords: [CallWords] {
        guard isOutgoing else { return [] }
        return (call.greeted == true ? [] : [.greet]) + [.introduce, .purpose].filter { !call.said.contains($0) }
    }

    /// The step, day and hour, for the phrases that fit.
    var occasion: PhraseOccasion {
        let classes = call.demands.compactMap { $0.request.flatMap { context.estate.requests[$0]?.class } }
        return PhraseOccasion(
            context.now, in: context.estate.zone,
            step: now.first.flatMap { context.estate.handbook.calls.step($0, isOutgoing: isOutgoing) },
            isComplaint: classes.contains(.complaint))
    }

    /// The words to say are Chinese; an English console adds their meaning.
    private func words(of step: Handbook.Calls.Step) -> String {
        let estate = context.estate.name
        func said(_ words: String, _ gloss: String?) -> String {
            context.language == .english ? gloss.map { "“\(words)” \($0)" } ?? "“\(words)”" : "“\(words)”"
        }
        let hint = context(Label(step.hint, en: step.english.hint))
        if let words = step.words(estate: estate) { return said(words, step.gloss(estate: estate)) }
        switch step.id {
        case "introduce":
            let (post, name) = (context.member?.role.label ?? .none, context.member?.name ?? "")
            return said("我是\(estate)\(post.chinese)\(name)", "I am \(name), \(post.english) of \(estate)")
        case "purpose" where call.purpose != nil || call.person != nil:
            let name = call.person.flatMap { context.estate.people.persons[$0]?.name } ?? ""
            return [name, call.purpose ?? "", hint].filter { !$0.isEmpty }.joined(separator: " · ")
        case "fetch" where call.isFetching:
            return context(
                Label("正在请\(call.fetches.last?.who ?? "人")接听", en: "fetching \(call.fetches.last?.who ?? "somebody")"))
        default: return hint
        }
    }

    private func mark(of step: String) -> StepMark {
        let isRinging = call.isRinging
        return switch step {
        case "answer": isRinging ? .current : call.inTime(limit: limit) == false ? .failed : .done
        case "greet" where isOutgoing: call.greeted == true ? .done : .current
        case "greet": isRinging ? .current : call.greeted == false ? .failed : .done
        case "introduce": said(.introduce)
        case "purpose": said(.purpose)
        case "record": call.demands.isEmpty ? (isRinging || call.isAway ? .open : .current) : .done
        case "fetch": used(call.fetches.map { $0.asked && $0.softly }, isGoingOn: call.isFetching)
        case "putonghua": call.said.contains(.putonghua) ? .done : .none
        case "hold": used(call.holds.map { $0.consent && $0.apology != false }, isGoingOn: call.isHeld)
        case "resume": .current
        case "voice": .none
        default: .open
        }
    }

    private func said(_ words: CallWords) -> StepMark {
        call.said.contains(words) ? .done : .current
    }

    private func used(_ times: [Bool], isGoingOn: Bool) -> StepMark {
        isGoingOn ? .current : times.isEmpty ? .none : times.contains(false) ? .failed : .done
    }
}

extension Call {
    /// Whether the other side is on hold or waits for a colleague.
    var isAway: Bool { isHeld || isFetching }
}
