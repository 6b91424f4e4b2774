import Estate
import Screen

extension CallPane {
    var commands: [Command] { CallPane.commands }

    /// A command on the call that is shown. It is disabled without one, if `disabledReason` gives a reason, or if the
    /// member's role may not do the action.
    private static func callCommand(
        _ name: String, _ label: Label, doc: Label, key: Key, priority: Int, action: any Action.Type,
        whileTalking: Bool = false, run: @escaping @Sendable (Call, CallPane, Context) -> Intent
    ) -> Command {
        Command(
            name, label, doc: doc, keys: [key], priority: priority, action: action,
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
            doc: Label("响铃、接听、记录诉求、转工单：脚本的下一步", en: "the script's next step: ring, answer, record, make a request"),
            keys: [.enter], priority: 9, action: RingCall.self,
            disabledReason: { _, context in context.disabledReason(RingCall.self) },
            run: { session, context in session.pane(CallPane.self).map { nextStep($0, context) } ?? .none }),
        callCommand(
            "calls.caller", Label("来电人", en: "Caller"),
            doc: Label("按电话、房号、姓名或拼音查来电人", en: "find the caller by number, room, name or pinyin"),
            key: .control("f"), priority: 7, action: NameCaller.self
        ) { call, _, context in .open(CallerLayer(call.id, context)) },
        callCommand(
            "calls.card", Label("住户详情", en: "Details"),
            doc: Label("来电人的欠费、工单、回访、车辆和上次来电", en: "all that stands open with the caller"),
            key: .control("d"), priority: 4, action: RingCall.self
        ) { call, _, context in
            .open(
                DetailLayer(
                    title: Line(context(Label("住户详情", en: "Details")), .title),
                    lines: CallCard(call: call, context: context).full))
        },
        callCommand(
            "calls.fetch", Label("找人/回来", en: "Fetch/back"),
            doc: Label("请对方稍候，轻放话筒，去找人；回来再按一次", en: "ask to wait, put down softly, fetch; again when back"),
            key: .control("g"), priority: 4, action: FetchSomebody.self, whileTalking: true
        ) { call, _, _ in
            if call.isFetching { return comeBack(call) }
            return .form(
                FetchSomebody.self, fixed: ["call": call.id],
                title: Label("请他人接听：请对方稍候，轻放话筒", en: "Fetch a colleague: ask to wait, put down softly"))
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
            "calls.hold", Label("保留/恢复", en: "Hold/resume"),
            doc: Label("征得同意并致谢后保留；恢复时致歉", en: "hold with consent and thanks; resume with an apology"),
            key: .control("b"), priority: 6, action: HoldCall.self, whileTalking: true
        ) { call, _, _ in holdOrResume(call) },
        callCommand(
            "calls.end", Label("结束", en: "End"),
            doc: Label("道别“谢谢，再见！”，对方先挂", en: "close, and let the other side hang up first"),
            key: .control("e"), priority: 8, action: EndCall.self
        ) { call, pane, context in
            // Every demand is recorded (1.3), also one that was typed without Enter.
            pane.input.isBlank
                ? end(call) : record(pane.input.text, of: call, then: [.run("calls.end")], context)
        },
        Command(
            "calls.out", Label("拨出/回拨", en: "Call out"),
            doc: Label("拨出电话；选中未接来电时回拨", en: "call out; with a missed call selected, call back"),
            keys: [.control("o")], priority: 3, action: RingCall.self,
            disabledReason: { _, context in context.disabledReason(RingCall.self) },
            run: { session, context in
                if let missed = session.pane(CallPane.self)?.selectedMissed(context) {
                    return .perform(
                        RingCall(direction: .outgoing, about: .record(missed.id.id)),
                        done: Label("正在回拨", en: "calling back"))
                }
                return .form(
                    RingCall.self, fixed: ["direction": CallDirection.outgoing],
                    title: Label("拨出电话", en: "Call out"))
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
            return .perform(RingCall(direction: .incoming), done: Label("来电响铃", en: "it rings"))
        }
        if call.isRinging {
            return .perform(
                AnswerCall(call: call.id, rings: pane.rings(call, context), greeting: true),
                done: Label("已接听：“您好，\(context.estate.name)”", en: "answered"))
        }
        if call.isHeld { return holdOrResume(call) }
        if call.isFetching { return comeBack(call) }
        if let selected = pane.selectedDemand, call.demands.indices.contains(selected) {
            return .open(MenuLayer.settling(call.demands[selected], of: call, context))
        }
        if !pane.input.isBlank { return record(pane.input.text, of: call, context) }
        if call.direction == .outgoing, let next = nextWords(call, pane, context) { return next }
        let end = context.keys.key(of: "calls.end")
        return .error(Label("先输入诉求；↑ 选一条处理，\(end) 结束", en: "type a demand; ↑ chooses one, \(end) ends"))
    }

    private static func holdOrResume(_ call: Call) -> Intent {
        .form(
            call.isHeld ? ResumeCall.self : HoldCall.self, fixed: ["call": call.id],
            title: call.isHeld
                ? Label("恢复通话：先致歉“对不起”", en: "Resume: apologise first")
                : Label("保留通话：先征得同意，并致谢", en: "Hold: ask for consent, and thank"))
    }

    private static func comeBack(_ call: Call) -> Intent {
        .perform(ComeBack(call: call.id), done: Label("已回到电话", en: "back at the telephone"))
    }

    private static func end(_ call: Call) -> Intent {
        if !call.isReached {
            let done =
                call.direction == .incoming
                ? Label("未接来电已记录", en: "a missed call was recorded")
                : Label("未接通，已记录", en: "recorded: not reached")
            return .perform(EndCall(call: call.id, closing: nil), done: done)
        }
        // Open demands are shown, but do not keep the call from ending.
        let open = call.openDemands
        let rest = open > 0 ? Label("（诉求未落实 \(open)）", en: " (demands open: \(open))") : .none
        return .form(
            EndCall.self, fixed: ["call": call.id], required: ["closing", "hungUp"],
            title: Label(
                "结束通话：“谢谢，再见！”，等对方先挂\(rest.chinese)",
                en: "End: say the closing words; let them hang up first\(rest.english)"))
    }

    /// Records a typed demand; `then` follows once it is on the disk.
    private static func record(
        _ text: String, of call: Call, then: [Intent] = [], _ context: Context
    ) -> Intent {
        do {
            let demand = try RecordDemand.read(
                ["call": .string(call.id.id.text), "text": .string(text)], zone: context.estate.zone)
            return .perform(demand, done: Label("已记录诉求：\(text.trimmed)", en: "recorded: \(text.trimmed)"), then: then)
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
        guard let words = CallScript(call, context).nextWords else { return nil }
        return .perform(
            SayWords(call: call.id, words: words),
            done: Label("已\(words.label.chinese)", en: "said: \(words.label.english)"))
    }
}

extension MenuLayer {
    /// The possible outcomes of a demand (1.3): a request, an answer, or passing it on.
    static func settling(_ demand: Demand, of call: Call, _ context: Context) -> MenuLayer {
        let request: Intent =
            demand.request != nil
            ? .error(Label("这一条已转工单", en: "this one is a request already"))
            : .form(
                OpenRequest.self, prefill: ["unit": call.unit?.text ?? "", "text": demand.text],
                fixed: ["call": call.id, "demand": demand.id],
                title: Label("诉求转工单", en: "A demand becomes a request"))
        return MenuLayer(
            title: Line(demand.text, .title),
            items: [
                Item(
                    label: Label("转工单", en: "Request"),
                    doc: Label("派人处理，并按时回访", en: "a worker is sent, and a return visit follows"),
                    intents: [request]),
                settling(demand, as: .answered, "note", Label("写明答复内容", en: "say what was answered")),
                settling(demand, as: .passed, "to", Label("写明转交给谁", en: "say to whom")),
            ])
    }

    private static func settling(
        _ demand: Demand, as outcome: DemandSettlement, _ needed: String, _ doc: Label
    ) -> Item {
        var fixed: [String: any FieldValue] = ["demand": demand.id, "outcome": outcome.rawValue]
        if outcome == .answered { fixed["to"] = "" }
        return Item(
            label: outcome.label, doc: doc,
            intents: [
                .form(
                    SettleDemand.self, fixed: fixed, required: [needed],
                    title: Label(
                        "\(outcome.label.chinese) · \(demand.text)", en: "\(outcome.label.english) · \(demand.text)"))
            ])
    }
}
