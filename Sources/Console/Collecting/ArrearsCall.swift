import Estate
import Screen

/// A call about arrears. When it ends, the console asks for the outcome, records the reminder, and opens the next debtor.
struct ArrearsCall {
    private let call: Call
    private let account: Account
    private let context: Context

    /// `nil` for a call about something else, or about what was paid meanwhile.
    init?(_ call: Call, _ context: Context) {
        guard call.direction == .outgoing, let about = call.about,
            let account = context.estate.indebted(about, at: context.now)
        else { return nil }
        (self.call, self.account, self.context) = (call, account, context)
    }

    private var who: String { "\(account.unit.text) \(context.estate.owner(of: account)?.name ?? "")" }

    /// The form for the next household, in the list that the call was begun from.
    private var next: [Intent] { [.runOn("fees.next", record: account.id, in: FeeList.name)] }

    private func end(_ outcome: String, by day: Day? = nil) -> Intent {
        let isReached = call.isReached
        return .perform(
            EndCall(call: call.id, closing: isReached ? true : nil, hungUp: isReached ? true : nil),
            RecordDunning(unit: account.unit, channel: "电话", outcome: outcome, promise: day),
            done: Label(
                "已记 \(who)：\(outcome)\(day.map { " \($0.short)" } ?? "")", en: "\(who): \(outcome)"), then: next)
    }

    var end: Intent {
        if !call.isReached { return end("未接通") }
        let title = Label(
            "“谢谢，再见”，对方先挂 · \(who) 怎么说？", en: "closed, they hung up first · what did \(who) say?")
        return .open(
            MenuLayer(
                title: Line(context(title), .title), items: promises + [otherDay] + outcomes + [inWords, otherEnd],
                isNumbered: true))
    }

    private var promises: [MenuLayer.Item] {
        let days = context.estate.handbook.collecting.promiseDays.map { context.today.adding($0) }
        let last = Period(context.today).last
        return Set(days + [last]).sorted { $0.number < $1.number }.filter { context.today < $0 }.map { day in
            let left = day.days(since: context.today)
            return MenuLayer.Item(
                label: Label("承诺 \(day.short)", en: "Pays by \(day.short)"),
                doc: day == last
                    ? Label("本月底", en: "the end of the month") : Label("\(left) 天内", en: "in \(left) days"),
                intents: [end("承诺付款", by: day)])
        }
    }

    /// The call ends; what was said is filled into the form of a reminder.
    private func filling(
        _ label: Label, _ doc: Label, fixed: [String: String], required: Set<String>, first: String
    ) -> MenuLayer.Item {
        var form = FormRequest.reminder(of: account.unit.text, owner: context.estate.owner(of: account)?.name)
        form.fixed.merge(fixed) { $1 }
        (form.required, form.first, form.then) = (required, first, next)
        return MenuLayer.Item(
            label: label, doc: doc,
            intents: [
                .perform(
                    EndCall(call: call.id, closing: true, hungUp: true),
                    done: Label("已结束通话：\(who)", en: "ended: \(who)"), then: [.fill(form)])
            ])
    }

    private var otherDay: MenuLayer.Item {
        filling(
            Label("承诺另定日期…", en: "Another day…"), Label("填日期", en: "enter the day"),
            fixed: ["channel": "电话", "outcome": "承诺付款"], required: ["promise"], first: "promise")
    }

    private var outcomes: [MenuLayer.Item] {
        context.estate.handbook.collecting.afterCalls.map { outcome in
            MenuLayer.Item(
                label: Label(outcome, en: outcome), doc: .none, intents: [end(outcome)])
        }
    }

    private var inWords: MenuLayer.Item {
        filling(
            Label("其他结果…", en: "Something else…"), Label("填结果", en: "enter it"),
            fixed: ["channel": "电话"], required: [], first: "outcome")
    }

    private var otherEnd: MenuLayer.Item {
        MenuLayer.Item(
            label: Label("结束有遗漏…", en: "Ended otherwise…"), doc: Label("未道别、我方先挂、打错", en: "omissions, wrong number"),
            intents: [CallPane.endPlainly(call, context)])
    }
}
