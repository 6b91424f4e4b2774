import Estate
import Screen

/// A call about arrears. When it ends, the console reads the balance anew, asks for the outcome, records the reminder, and
/// opens the next debtor.
struct ArrearsCall {
    private let call: Call
    private let account: Account
    /// What the account owes now of overdue bills.
    private let owed: Money
    /// What was received of it since the call began, perhaps by another terminal.
    private let paid: Money
    private let context: Context

    /// `nil` for a call about something else, or about what was paid before.
    init?(_ call: Call, _ context: Context) {
        let estate = context.estate
        guard call.direction == .outgoing, let about = call.about,
            let account = estate.indebted(about, since: call.rang, at: context.now)
        else { return nil }
        (self.call, self.account, self.context) = (call, account, context)
        owed = estate.fees.arrears(of: account, at: context.now, zone: estate.zone)?.owed ?? .zero
        paid = estate.received(of: account, since: call.rang)
    }

    private var who: String { "\(account.unit.text) \(context.estate.owner(of: account)?.name ?? "")" }

    /// The form for the household that followed this one in the list that the call was begun from.
    private var next: [Intent] { [.runAfter("fees.next", record: account.id, in: FeeList.name)] }

    /// What was paid meanwhile; `nil` for nothing.
    private var news: Label? {
        if paid == .zero { return nil }
        let (sum, left) = (paid.grouped, owed.grouped)
        return owed == .zero
            ? Label("通话中已付清 \(sum)", en: "paid meanwhile: \(sum)")
            : Label("通话中已付 \(sum)，现欠 \(left)", en: "paid meanwhile: \(sum), \(left) is owed")
    }

    private func end(_ outcome: String, by day: Day? = nil) -> Intent {
        let isReached = call.isReached
        let more = news.map { Label("（\($0.chinese)）", en: " (\($0.english))") } ?? .none
        return .perform(
            EndCall(call: call.id, closing: isReached ? true : nil, hungUp: isReached ? true : nil),
            RecordDunning(unit: account.unit, channel: "电话", outcome: outcome, promise: day),
            done: Label(
                "已记 \(who)：\(outcome)\(day.map { " \($0.short)" } ?? "")\(more.chinese)",
                en: "\(who): \(outcome)\(more.english)"), then: next)
    }

    var end: Intent {
        // Who has paid is reminded of nothing.
        if owed == .zero { return CallPane.endPlainly(call, saying: news, then: next, context) }
        if !call.isReached { return end("未接通") }
        let title = Label(
            "\(news.map { "\($0.chinese)。" } ?? "")“谢谢，再见”，对方先挂 · \(who) 怎么说？",
            en: "\(news.map { "\($0.english). " } ?? "")closed, they hung up first · what did \(who) say?")
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
