import Estate
import enum Journal.JSONValue
import Screen

extension CallPane {
    var commands: [Command] { CallPane.commands }

    /// What Enter does now.
    var enterLabel: Label {
        if isRinging { return Label("接听", en: "Answer") }
        if current != nil { return Label("下一步", en: "Next step") }
        return CallPane.idleLabels[selectedPast == nil ? 0 : 1]
    }

    /// What Enter does while no call is shown: without a past call selected, and with one.
    static let idleLabels = [Label("来电响铃", en: "Incoming call"), Label("查看", en: "Show")]

    /// What the key for calling out does now.
    func outLabel(_ context: Context) -> Label { CallPane.outLabels[selectedMissed(context) == nil ? 0 : 1] }

    private static let outLabels = [Label("拨出", en: "Call out"), Label("回拨", en: "Call back")]

    /// A command on the call that is shown. It is disabled without one, if `disabledReason` gives a reason, or if the
    /// member's role may not do the action.
    private static func callCommand(
        _ name: String, _ label: Label, doc: Label, key: Key, priority: Int, action: any Action.Type,
        whileTalking: Bool = false, run: @escaping @Sendable (Call, CallPane, Context) -> Intent
    ) -> Command {
        Command(
            name, label, doc: doc, keys: [key], priority: priority, action: { _ in action },
            disabledReason: { session, context in
                guard let call = session.pane(CallPane.self)?.call(context) else {
                    return Label("现在没有通话", en: "there is no call")
                }
                if whileTalking, call.isRinging { return Label("这个来电还没有接听", en: "this call has not been answered") }
                return context.disabledReason(action)
            },
            run: { session, context in
                guard let pane = session.pane(CallPane.self), let call = pane.call(context) else { return .none }
                return run(call, pane, context)
            })
    }

    private static let commands: [Command] = [
        Command(
            "calls.enter", Label("下一步", en: "Next step"),
            doc: Label("来电响铃、接听、记录诉求、处理诉求：脚本的下一步", en: "the script's next step: ring, answer, record, settle"),
            keys: [.enter], priority: 9, action: { _ in RingCall.self },
            hint: { session, _ in session.pane(CallPane.self)?.enterLabel }, hints: idleLabels,
            disabledReason: { _, context in context.disabledReason(RingCall.self) },
            run: { session, context in session.pane(CallPane.self).map { nextStep($0, context) } ?? .none }),
        callCommand(
            "calls.caller", Label("来电人", en: "Caller"),
            doc: Label("按电话、房号、姓名或拼音查来电人", en: "find the caller by number, room, name or pinyin"),
            key: .control("f"), priority: 7, action: NameCaller.self
        ) { call, _, context in .open(CallerLayer(call.id, context)) },
        callCommand(
            "calls.card", Label("住户详情", en: "Details"),
            doc: Label("来电人的欠费、工单、回访、车辆和最近通话", en: "all that stands open with the caller"),
            key: .control("d"), priority: 4, action: RingCall.self
        ) { call, _, context in
            .open(
                DetailLayer(
                    title: Line(context(Label("住户详情", en: "Details")), .title),
                    lines: CallCard(call: call, context: context).full))
        },
        callCommand(
            "calls.fetch", Label("请人接听", en: "Fetch/back"),
            doc: Label("请对方稍候，轻放话筒，去请人；再按一次回到通话", en: "ask to wait, put down softly, fetch; again when back"),
            key: .control("g"), priority: 4, action: FetchSomebody.self, whileTalking: true
        ) { call, _, context in
            if call.isFetching { return comeBack(call, context) }
            return .form(
                FetchSomebody.self, prefill: ["asked": true, "softly": true], fixed: ["call": call.id],
                title: Label("请人接听：请对方稍候，轻放话筒", en: "Fetch a colleague: ask to wait, put down softly"))
        },
        callCommand(
            "calls.putonghua", Label("请用普通话", en: "Putonghua"),
            doc: Label("“对不起，请您用普通话，好吗？”", en: "ask the caller for Putonghua, in the prescribed words"),
            key: .control("r"), priority: 3, action: SayWords.self, whileTalking: true
        ) { call, _, context in
            let words = context.estate.handbook.calls.step("putonghua")?.words(estate: context.estate.name) ?? ""
            return .perform(
                SayWords(call: call.id, words: .putonghua), done: Label("已说：“\(words)”", en: "asked for Putonghua"))
        },
        callCommand(
            "calls.hold", Label("暂停/继续", en: "Hold/resume"),
            doc: Label("征得同意并致谢后暂停通话；继续时致歉", en: "hold with consent and thanks; resume with an apology"),
            key: .control("b"), priority: 6, action: HoldCall.self, whileTalking: true
        ) { call, _, context in holdOrResume(call, context) },
        callCommand(
            "calls.end", Label("结束", en: "End"),
            doc: Label("道别“谢谢，再见！”，对方先挂", en: "close, and let the other side hang up first"),
            key: .control("e"), priority: 8, action: EndCall.self
        ) { call, pane, context in
            // Every demand is recorded (1.3), also one that was typed without Enter.
            pane.input.isBlank
                ? end(call, context) : pane.record([pane.input.text], of: call, then: [.run("calls.end")], context)
        },
        Command(
            "calls.out", Label("拨出/回拨", en: "Call out"),
            doc: Label("拨出电话；选中未接来电时回拨", en: "call out; with a missed call selected, call back"),
            keys: [.control("o")], priority: 3, action: { _ in RingCall.self },
            hint: { session, context in session.pane(CallPane.self)?.outLabel(context) }, hints: outLabels,
            disabledReason: { _, context in context.disabledReason(RingCall.self) },
            run: { session, context in
                if let missed = session.pane(CallPane.self)?.selectedMissed(context) {
                    return .perform(
                        RingCall(direction: .outgoing, about: .record(missed.id.id)),
                        done: Label("正在回拨", en: "calling back"))
                }
                return .form(
                    RingCall.self, fixed: ["direction": CallDirection.outgoing],
                    title: Label("拨出电话", en: "Call out"), done: .dialled)
            }),
        // The history of the caller's unit, once it is known.
        .history("calls.history") { session, context in
            session.pane(CallPane.self)?.call(context).map { $0.unit?.text ?? $0.id.id.text }
        },
        Command(
            "calls.switch", Label("切换通话", en: "Other call"), doc: Label("在几个通话之间切换", en: "go to another open call"),
            keys: [.control("n"), .pageDown], priority: 2,
            disabledReason: { session, _ in
                (session.pane(CallPane.self)?.open.count ?? 0) > 1 ? nil : Label("只有一个通话", en: "there is no other call")
            },
            run: { _, _ in .pane(.showNext, name: name) }),
        .figures("calls.quality", .calls),
    ]

    /// Enter: the next step of the script.
    private static func nextStep(_ pane: CallPane, _ context: Context) -> Intent {
        guard let call = pane.call(context) else {
            if let past = pane.selectedPast { return .open(CallLayer(past)) }
            return ring()
        }
        if call.isRinging {
            return .perform(
                AnswerCall(call: call.id, rings: pane.rings(call, context), greeting: true),
                done: Label("已接听：“您好，\(context.estate.name)”", en: "answered"))
        }
        if call.isHeld { return holdOrResume(call, context) }
        if call.isFetching { return comeBack(call, context) }
        if let selected = pane.selectedDemand, call.demands.indices.contains(selected) {
            return .open(MenuLayer.settling(call.demands[selected], of: call, context))
        }
        if !pane.input.isBlank { return pane.record([pane.input.text], of: call, context) }
        if call.direction == .outgoing, let next = nextWords(call, pane, context) { return next }
        if let open = call.latestOpenDemand { return .open(MenuLayer.settling(open, of: call, context)) }
        let end = context.keys.key(of: "calls.end")
        return .error(Label("先输入诉求；↑ 选一条处理，\(end) 结束", en: "type a demand; ↑ chooses one, \(end) ends"))
    }

    /// The form for a call that rings, where no telephone system records it.
    static func ring(_ number: String = "") -> Intent {
        .form(
            RingCall.self, prefill: ["phone": number], fixed: ["direction": CallDirection.incoming],
            title: Label("来电响铃：来电显示的号码，没有就空着", en: "Incoming call: its number, if one is shown"),
            done: Label("来电响铃", en: "it rings"))
    }

    private static func holdOrResume(_ call: Call, _ context: Context) -> Intent {
        let who = call.words(in: context.estate)
        if call.isHeld {
            return asking(
                Label("继续通话：先致歉“对不起”", en: "Resume: apologise first"),
                yes: Label("已致歉", en: "Apologised"), Label("继续通话", en: "go on"),
                no: Label("未致歉", en: "Not apologised"), Label("继续通话，记为遗漏", en: "go on; an omission"),
                done: Label("已继续通话：\(who)", en: "resumed: \(who)"), context
            ) { ResumeCall(call: call.id, apology: $0) }
        }
        return asking(
            Label("暂停通话：先征得同意，并致谢", en: "Hold: ask for consent, and thank"),
            yes: Label("对方同意，已致谢", en: "Agreed, thanked"), Label("暂停通话", en: "hold"),
            no: Label("未征得同意", en: "No consent"), Label("暂停通话，记为遗漏", en: "hold; an omission"),
            done: Label("已暂停通话：\(who)", en: "on hold: \(who)"), context
        ) { HoldCall(call: call.id, consent: $0) }
    }

    /// Asks whether the prescribed words were said; either answer records the action.
    private static func asking(
        _ title: Label, yes: Label, _ yesDoc: Label, no: Label, _ noDoc: Label, done: Label, _ context: Context,
        action: (_ wereSaid: Bool) -> any Action
    ) -> Intent {
        .open(
            MenuLayer(
                title: Line(context(title), .title),
                items: [
                    MenuLayer.Item(label: yes, doc: yesDoc, intents: [.perform(action(true), done: done)]),
                    MenuLayer.Item(label: no, doc: noDoc, intents: [.perform(action(false), done: done)]),
                ]))
    }

    private static func comeBack(_ call: Call, _ context: Context) -> Intent {
        let who = call.words(in: context.estate)
        return .perform(ComeBack(call: call.id), done: Label("已回到通话：\(who)", en: "back: \(who)"))
    }

    /// Records demands, all of them or none, and once however often they are sent; `then` follows once they are on the disk.
    func record(_ texts: [String], of call: Call, then: [Intent] = [], _ context: Context) -> Intent {
        do {
            let members: [[String: JSONValue]] = texts.map {
                ["call": .string(call.id.id.text), "text": .string($0)]
            }
            let demands = try members.map { try RecordDemand.read($0, zone: context.estate.zone) }
            let key = try inputs[call.id].map { try IdempotencyKey($0.key, of: RecordDemand.name, members) }
            let first = texts.first?.trimmed ?? ""
            let done =
                texts.count == 1
                ? Label("已记录诉求：\(first)", en: "recorded: \(first)")
                : Label("已记录诉求 \(texts.count) 条：\(first)…", en: "\(texts.count) demands recorded: \(first)…")
            return .effect(.perform(demands, done: done, then: then, key: key))
        } catch {
            return .error(error)
        }
    }

    /// The next step of an outgoing call: answered, then greeting, introduction and purpose.
    private static func nextWords(_ call: Call, _ pane: CallPane, _ context: Context) -> Intent? {
        if !call.isReached {
            return .perform(
                AnswerCall(call: call.id, rings: pane.rings(call, context)), done: Label("已接通", en: "answered"))
        }
        let words = CallScript(call, context).missingWords
        if words.isEmpty { return nil }
        let (said, english) = (words.map(\.label.chinese), words.map(\.label.english))
        return .effect(
            .perform(
                words.map { SayWords(call: call.id, words: $0) },
                done: Label(
                    "已\(said.joined(separator: "、"))", en: "said: \(english.joined(separator: ", "))"), then: []))
    }
}
