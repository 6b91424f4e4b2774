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
            "calls.hold", Label("保留/恢复", en: "Hold/resume"),
            doc: Label("征得同意并致谢后保留；恢复时致歉", en: "hold with consent and thanks; resume with an apology"),
            keys: [.control("b")], priority: 6,
            whyNot: ifCall(HoldCall.self) { $0.answered == nil && $0.direction == .incoming ? unanswered : nil },
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
                if call.answered == nil, call.direction == .incoming {
                    return [
                        .perform(
                            EndCall(call: call.id, closing: nil),
                            done: Label("未接来电已记录", en: "a missed call was recorded"))
                    ]
                }
                session.fill(
                    in: EndCall.self, context, hidden: ["call": call.id.id.text],
                    title: Label("结束通话：“谢谢，再见！”，等对方先挂", en: "End: say the closing words; let them hang up first"))
                return []
            }),
        Command(
            "calls.out", Label("拨出", en: "Call out"),
            doc: Label("拨出电话：问候、自我介绍、何事", en: "call somebody: greet, introduce yourself, say what for"),
            keys: [.control("o")], priority: 3, whyNot: { _, context in context.whyNot(RingCall.self) },
            run: { session, context in
                session.fill(
                    in: RingCall.self, context, hidden: ["direction": "outgoing"], title: Label("拨出电话", en: "Call out"))
                return []
            }),
        Command(
            "calls.switch", Label("切换通话", en: "Other call"), doc: Label("在几个通话之间切换", en: "go to another open call"),
            keys: [.pageDown, .control("n")], priority: 2,
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
    ]

    /// Enter: whatever the script asks for next.
    @Sendable private static func takeNextStep(_ session: inout Session, _ context: Context) -> [Effect] {
        guard let pane = session.pane(CallPane.self) else { return [] }
        guard let call = pane.call(context) else {
            return [.perform(RingCall(direction: .incoming), done: Label("来电响铃", en: "it rings"))]
        }
        if call.answered == nil, call.direction == .incoming {
            return [
                .perform(
                    AnswerCall(call: call.id, rings: pane.rings(call, context), greeting: true),
                    done: Label("已接听：“您好，\(context.estate.name)”", en: "answered"))
            ]
        }
        if call.isHeld { return Command.named("calls.hold", in: session)?.run(&session, context) ?? [] }
        if let selected = pane.selected, call.demands.indices.contains(selected) {
            let demand = call.demands[selected]
            if demand.request != nil {
                session.say(context(Label("这一条已转工单", en: "this one is a request already")), isTrouble: true, context)
                return []
            }
            session.fill(
                in: OpenRequest.self, context, given: ["unit": call.unit?.text ?? "", "text": demand.text],
                hidden: ["call": call.id.id.text, "demand": demand.id.id.text],
                title: Label("诉求转工单", en: "A demand becomes a request"))
            return []
        }
        let text = pane.input.text
        guard !text.allSatisfy(\.isWhitespace) else {
            session.say(
                context(Label("先输入诉求；↑ 选一条转工单，Ctrl-E 结束", en: "type a demand; ↑ chooses one, Ctrl-E ends")),
                isTrouble: true, context)
            return []
        }
        do {
            let demand = try RecordDemand.read(
                ["call": .string(call.id.id.text), "text": .string(text)], zone: context.estate.zone)
            return [.perform(demand, done: Label("已记录诉求", en: "recorded"))]
        } catch {
            session.say(context((error as? Refusal)?.message ?? .none), isTrouble: true, context)
            return []
        }
    }
}

extension Command {
    /// The command of a name, of those that have a key now.
    static func named(_ name: String, in session: Session) -> Command? { session.commands.first { $0.name == name } }
}
