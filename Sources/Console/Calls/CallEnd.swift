import Estate
import Screen

/// The end of a call: one question, and what follows from what the call was about.
extension CallPane {
    static func end(_ call: Call, _ context: Context) -> Intent {
        ArrearsCall(call, context)?.end ?? endPlainly(call, context)
    }

    /// The same whatever the call was about. `news`: what is said besides. `then`: performed afterwards in place of what
    /// follows from the subject.
    static func endPlainly(
        _ call: Call, saying news: Label? = nil, then: [Intent]? = nil, _ context: Context
    ) -> Intent {
        if !call.isReached {
            return call.direction == .incoming ? endRinging(call, context) : endUnreached(call, news, then ?? [])
        }
        let words = call.direction == .incoming ? "谢谢，再见！" : "谢谢，再见"
        // Open or missing demands are shown, but do not keep the call from ending.
        let open = call.openDemands
        let rest =
            open > 0
            ? Label("（诉求待处理 \(open)）", en: " (demands open: \(open))")
            : call.direction == .incoming && call.demands.isEmpty
                ? Label("（没有记录诉求）", en: " (no demand was recorded)") : .none
        let title = Label(
            "\(news.map { "\($0.chinese)。" } ?? "")结束通话：“\(words)”，等对方先挂\(rest.chinese)",
            en:
                "\(news.map { "\($0.english). " } ?? "")End: say the closing words; let them hang up first\(rest.english)"
        )
        let who = call.words(in: context.estate)
        func item(
            _ label: Label, _ doc: Label, closing: Bool, hungUp: Bool, wrong: Bool? = nil
        ) -> MenuLayer.Item {
            let end = EndCall(call: call.id, closing: closing, hungUp: hungUp, wrong: wrong)
            let done =
                wrong == true
                ? Label("已结束通话：打错", en: "ended: wrong number") : Label("已结束通话：\(who)", en: "ended: \(who)")
            return MenuLayer.Item(
                label: label, doc: doc,
                intents: [.perform(end, done: done, then: wrong == true ? [] : then ?? following(call, context))])
        }
        return .open(
            MenuLayer(
                title: Line(context(title), .title),
                items: [
                    item(
                        Label("已道别，对方先挂", en: "Closed, they hung up first"), Label("结束通话", en: "end the call"),
                        closing: true, hungUp: true),
                    item(
                        Label("打错电话", en: "Wrong number"), Label("已道别，对方先挂", en: "closed, they hung up first"),
                        closing: true, hungUp: true, wrong: true),
                    item(
                        Label("未道别", en: "Not closed"), Label("对方先挂", en: "they hung up first"), closing: false,
                        hungUp: true),
                    item(
                        Label("我方先挂", en: "We hung up first"), Label("已道别", en: "closed"), closing: true,
                        hungUp: false),
                    item(
                        Label("未道别，我方先挂", en: "Neither"), Label("两项均记为遗漏", en: "two omissions"),
                        closing: false, hungUp: false),
                ]))
    }

    /// The end of a ringing call: it was not answered, or nothing rang.
    private static func endRinging(_ call: Call, _ context: Context) -> Intent {
        let who = call.words(in: context.estate)
        let missed = MenuLayer.Item(
            label: Label("没有接到", en: "Not answered"), doc: Label("记为未接来电，待回电", en: "a missed call, to be returned"),
            intents: [
                .perform(
                    EndCall(call: call.id, closing: nil),
                    done: Label("未接来电已记录：\(who)", en: "a missed call was recorded: \(who)"))
            ])
        let mistake = MenuLayer.Item(
            label: Label("并没有响", en: "It did not ring"), doc: Label("撤销这次响铃", en: "undo the ring"),
            intents: [.run("undo")])
        let undone = context.member.flatMap { try? context.estate.nextUndo(of: $0.code, at: context.now) }
        let isRing = undone?.entries.contains(call.id.id) ?? false
        return .open(
            MenuLayer(
                title: Line(context(Label("来电没有接听", en: "The call was not answered")), .title),
                items: isRing ? [missed, mistake] : [missed]))
    }

    private static func endUnreached(_ call: Call, _ news: Label?, _ then: [Intent]) -> Intent {
        .perform(
            EndCall(call: call.id, closing: nil),
            done: Label(
                "未接通，已记录\(news.map { "；\($0.chinese)" } ?? "")",
                en: "recorded: not reached\(news.map { "; \($0.english)" } ?? "")"), then: then)
    }

    /// The commands that record the outcome of a call, in the pane that lists its subject.
    private static func following(_ call: Call, _ context: Context) -> [Intent] {
        switch call.about {
        case .arrears(let unit): outcome(of: unit.text, in: FeeList.name, commands: ["fees.dun"], context)
        case .record(let id) where context.estate.followUps[Ref(id)] != nil:
            outcome(
                of: id.text, in: "followups", commands: ["followups.record", "followups.appoint"], context)
        default: []
        }
    }

    /// Runs the one of these commands that exists, or offers a choice of several.
    private static func outcome(of id: String, in pane: String, commands names: [String], _ context: Context)
        -> [Intent]
    {
        let known = Windows.all.flatMap(\.tabs).first { $0.pane.name == pane }?.pane.commands ?? []
        let commands = names.compactMap { name in known.first { $0.name == name } }
        let items = commands.map { command in
            MenuLayer.Item(
                label: command.label, doc: command.doc, intents: [.runOn(command.name, record: id, in: pane)])
        }
        if items.count < 2 { return items.flatMap(\.intents) }
        return [.open(MenuLayer(title: Line(context(Label("通话结果", en: "What came of it")), .title), items: items))]
    }
}
