import Estate
import Screen

extension CallPane {
    var commands: [Command] { CallPane.commands }

    private static func ifCall(
        _ action: any Action.Type, _ check: @escaping @Sendable (Call) -> Label? = { _ in nil }
    ) -> @Sendable (Session, Context) -> Label? {
        { session, context in
            guard let call = session.pane(CallPane.self)?.call(context) else {
                return Label("现在没有通话", en: "there is no call")
            }
            return check(call) ?? context.whyNot(action)
        }
    }

    /// The same, for what is done while talking.
    private static func ifAnswered(_ action: any Action.Type) -> @Sendable (Session, Context) -> Label? {
        ifCall(action) { $0.isRinging ? unanswered : nil }
    }

    private static func comeBack(_ call: Call) -> Effect {
        .perform(ComeBack(call: call.id), done: Label("已回到电话", en: "back at the telephone"))
    }

    private static let unanswered = Label("这个来电还没有接听", en: "this call has not been answered")

    private static let commands: [Command] = [
        Command(
            "calls.enter", Label("下一步", en: "Next step"),
            doc: Label("响铃、接听、记录诉求、转工单：脚本的下一步", en: "the script's next step: ring, answer, record, make a request"),
            keys: [.enter], priority: 9, whyNot: { _, context in context.whyNot(RingCall.self) }, run: takeNextStep),
        Command(
            "calls.caller", Label("来电人", en: "Caller"),
            doc: Label("按电话、房号、姓名或拼音查来电人", en: "find the caller by number, room, name or pinyin"),
            keys: [.control("f")], priority: 7, whyNot: ifCall(NameCaller.self),
            run: { session, context in
                if let call = session.pane(CallPane.self)?.current { session.open(CallerLayer(call, context)) }
                return []
            }),
        Command(
            "calls.card", Label("住户详情", en: "Details"),
            doc: Label("来电人的欠费、工单、回访、车辆和上次来电", en: "all that stands open with the caller"),
            keys: [.control("d")], priority: 4, whyNot: ifCall(RingCall.self),
            run: { session, context in
                guard let call = session.pane(CallPane.self)?.call(context) else { return [] }
                session.open(
                    DetailLayer(
                        title: Line(context(Label("住户详情", en: "Details")), .title),
                        lines: CallCard(call: call, context: context).full))
                return []
            }),
        Command(
            "calls.fetch", Label("找人/回来", en: "Fetch/back"),
            doc: Label("请对方稍候，轻放话筒，去找人；回来再按一次", en: "ask to wait, put down softly, fetch; again when back"),
            keys: [.control("g")], priority: 4, whyNot: ifAnswered(FetchSomebody.self),
            run: { session, context in
                guard let call = session.pane(CallPane.self)?.call(context) else { return [] }
                if call.isFetching { return [comeBack(call)] }
                session.fill(
                    in: FetchSomebody.self, context, hidden: ["call": call.id.id.text],
                    title: Label("请他人接听：请对方稍候，轻放话筒", en: "Fetch somebody: ask to wait, put down softly"))
                return []
            }),
        Command(
            "calls.putonghua", Label("请用普通话", en: "Putonghua"),
            doc: Label("“对不起，请您用普通话，好吗？”", en: "ask the caller for Putonghua, in the prescribed words"),
            keys: [.control("r")], priority: 3, whyNot: ifAnswered(SayWords.self),
            run: { session, context in
                guard let call = session.pane(CallPane.self)?.call(context) else { return [] }
                let words = context.estate.handbook.calls.step("putonghua")?.words(estate: context.estate.name) ?? ""
                return [
                    .perform(
                        SayWords(call: call.id, words: .putonghua),
                        done: Label("已说：“\(words)”", en: "asked for Putonghua"))
                ]
            }),
        Command(
            "calls.hold", Label("保留/恢复", en: "Hold/resume"),
            doc: Label("征得同意并致谢后保留；恢复时致歉", en: "hold with consent and thanks; resume with an apology"),
            keys: [.control("b")], priority: 6, whyNot: ifAnswered(HoldCall.self),
            run: { session, context in
                guard let call = session.pane(CallPane.self)?.call(context) else { return [] }
                session.fill(
                    in: call.isHeld ? ResumeCall.self : HoldCall.self, context, hidden: ["call": call.id.id.text],
                    title: call.isHeld
                        ? Label("恢复通话：先致歉“对不起”", en: "Resume: apologise first")
                        : Label("保留通话：先征得同意，并致谢", en: "Hold: ask for consent, and thank"))
                return []
            }),
        Command(
            "calls.end", Label("结束", en: "End"),
            doc: Label("道别“谢谢，再见！”，对方先挂", en: "close, and let the other side hang up first"),
            keys: [.control("e")], priority: 8, whyNot: ifCall(EndCall.self),
            run: { session, context in
                guard let call = session.pane(CallPane.self)?.call(context) else { return [] }
                // Every demand is recorded (1.3), and so is one that was typed without Enter.
                if let typed = session.pane(CallPane.self)?.input, !typed.isBlank {
                    return record(typed.text, of: call, next: end, &session, context)
                }
                return end(&session, context)
            }),
        Command(
            "calls.out", Label("拨出/回拨", en: "Call out"),
            doc: Label("拨出电话；选中未接来电时回拨", en: "call somebody; or call back who was missed"),
            keys: [.control("o")], priority: 3, whyNot: { _, context in context.whyNot(RingCall.self) },
            run: { session, context in
                if let missed = session.pane(CallPane.self)?.chosenMissed(context) {
                    return [
                        .perform(
                            RingCall(direction: .outgoing, about: .record(missed.id.id)),
                            done: Label("正在回拨", en: "calling back"))
                    ]
                }
                session.fill(
                    in: RingCall.self, context, hidden: ["direction": "outgoing"], title: Label("拨出电话", en: "Call out"))
                return []
            }),
        .history("calls.history") { session, context in
            // Of whoever is on the telephone, once that is known.
            session.pane(CallPane.self)?.call(context).map { $0.unit?.text ?? $0.id.id.text }
        },
        Command(
            "calls.switch", Label("切换通话", en: "Other call"), doc: Label("在几个通话之间切换", en: "go to another open call"),
            keys: [.control("n"), .pageDown], priority: 2,
            whyNot: { session, _ in
                (session.pane(CallPane.self)?.open.count ?? 0) > 1 ? nil : Label("只有一个通话", en: "there is no other call")
            },
            run: { session, context in
                _ = session.change(CallPane.self) {
                    $0.showNext()
                    $0.refresh(context)
                }
                return []
            }),
        .figures("calls.quality", .calls),
    ]

    /// Enter: whatever the script asks for next.
    @Sendable private static func takeNextStep(_ session: inout Session, _ context: Context) -> [Effect] {
        guard let pane = session.pane(CallPane.self) else { return [] }
        guard let call = pane.call(context) else {
            if let looked = pane.looked {
                session.open(CallLayer(looked))
                return []
            }
            return [.perform(RingCall(direction: .incoming), done: Label("来电响铃", en: "it rings"))]
        }
        if call.isRinging {
            return [
                .perform(
                    AnswerCall(call: call.id, rings: pane.rings(call, context), greeting: true),
                    done: Label("已接听：“您好，\(context.estate.name)”", en: "answered"))
            ]
        }
        if call.isHeld { return Command.named("calls.hold", in: session)?.run(&session, context) ?? [] }
        if call.isFetching { return [comeBack(call)] }
        if let selected = pane.selected, call.demands.indices.contains(selected) {
            session.open(MenuLayer.settling(call.demands[selected], of: call, context))
            return []
        }
        let text = pane.input.text
        guard !pane.input.isBlank else {
            if call.direction == .outgoing, let effect = nextWords(call, pane, context) { return [effect] }
            let end = context.keys.key(of: "calls.end")
            session.say(
                context(Label("先输入诉求；↑ 选一条处理，\(end) 结束", en: "type a demand; ↑ chooses one, \(end) ends")),
                isTrouble: true, context)
            return []
        }
        return record(text, of: call, &session, context)
    }

    @Sendable private static func end(_ session: inout Session, _ context: Context) -> [Effect] {
        guard let call = session.pane(CallPane.self)?.call(context) else { return [] }
        if !call.isReached {
            let done =
                call.direction == .incoming
                ? Label("未接来电已记录", en: "a missed call was recorded")
                : Label("未接通，已记录", en: "recorded: not reached")
            return [.perform(EndCall(call: call.id, closing: nil), done: done)]
        }
        // What nothing has become of is told, and never keeps anybody from hanging up.
        let open = call.openDemands
        let rest = open > 0 ? Label("（诉求未落实 \(open)）", en: " (demands open: \(open))") : .none
        session.fill(
            in: EndCall.self, context, hidden: ["call": call.id.id.text], required: ["closing", "hungUp"],
            title: Label(
                "结束通话：“谢谢，再见！”，等对方先挂\(rest.chinese)",
                en: "End: say the closing words; let them hang up first\(rest.english)"))
        return []
    }

    /// Puts what was typed on record, and goes on with `next` once it is.
    private static func record(
        _ text: String, of call: Call, next: (@Sendable (inout Session, Context) -> [Effect])? = nil,
        _ session: inout Session, _ context: Context
    ) -> [Effect] {
        do {
            let demand = try RecordDemand.read(
                ["call": .string(call.id.id.text), "text": .string(text)], zone: context.estate.zone)
            let done = Label("已记录诉求：\(text.trimmed)", en: "recorded: \(text.trimmed)")
            return [.perform(demand, done: done, next: next)]
        } catch {
            session.say(context((error as? Refusal)?.message ?? .none), isTrouble: true, context)
            return []
        }
    }
}

extension CallPane {
    /// An outgoing call is answered, then greets, introduces and says what for, each with a press of Enter.
    private static func nextWords(_ call: Call, _ pane: CallPane, _ context: Context) -> Effect? {
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
    /// What may become of a demand (1.3): a request, an answer, or somebody else's business.
    static func settling(_ demand: Demand, of call: Call, _ context: Context) -> MenuLayer {
        MenuLayer(
            title: Line(demand.text, .title),
            items: [
                Item(
                    label: Label("转工单", en: "Request"), doc: Label("派人处理，并按时回访", en: "somebody sees to it, and visits"),
                    run: { session, context in
                        if demand.request != nil {
                            session.say(
                                context(Label("这一条已转工单", en: "this one is a request already")), isTrouble: true, context
                            )
                            return []
                        }
                        session.fill(
                            in: OpenRequest.self, context, given: ["unit": call.unit?.text ?? "", "text": demand.text],
                            hidden: ["call": call.id.id.text, "demand": demand.id.id.text],
                            title: Label("诉求转工单", en: "A demand becomes a request"))
                        return []
                    }),
                settling(demand, as: .answered, "note", Label("写明答复内容", en: "say what was answered")),
                settling(demand, as: .passed, "to", Label("写明转交给谁", en: "say to whom")),
            ])
    }

    private static func settling(
        _ demand: Demand, as outcome: DemandSettlement, _ needed: String, _ doc: Label
    ) -> Item {
        Item(label: outcome.label, doc: doc) { session, context in
            session.fill(
                in: SettleDemand.self, context,
                hidden: ["demand": demand.id.id.text, "outcome": outcome.rawValue].merging(
                    outcome == .answered ? ["to": ""] : [:]
                ) { $1 },
                required: [needed],
                title: Label(
                    "\(outcome.label.chinese) · \(demand.text)", en: "\(outcome.label.english) · \(demand.text)"))
            return []
        }
    }
}

extension Command {
    /// The command of a name, of those that have a key now.
    static func named(_ name: String, in session: Session) -> Command? { session.commands.first { $0.name == name } }
}
