import Estate
import Screen

/// The commands on visitors: departures, contact with the host, corrections, and the lists of expected and refused
/// visitors.
enum VisitCommands {
    private static func marked(_ session: Session, _ context: Context) -> [GateList.Row] {
        (session.pane(ListPane<GateList>.self)?.markedRows(context) ?? []).filter(\.isInside)
    }

    static let leaving: [Command] = [
        Command(
            "gate.leave", Label("离场", en: "Leaves"), doc: Label("选中的访客现在离场", en: "the selected visitors leave now"),
            keys: [.enter], priority: 9, action: { _ in LeaveVisitor.self },
            disabledReason: { session, context in
                guard let row = GateList.selected(in: session, context) else {
                    return marked(session, context).isEmpty ? GateList.nothingSelected : nil
                }
                return marked(session, context).isEmpty
                    ? GateList.hasLeft(row, context) : context.disabledReason(LeaveVisitor.self)
            },
            run: { session, context in
                let rows = marked(session, context)
                guard let first = rows.first else { return .none }
                if rows.count == 1 {
                    return .perform(
                        LeaveVisitor(visit: first.id), done: Label("\(first.name) 已离场", en: "\(first.name) has left"))
                }
                return .perform(
                    LeaveVisitor(visits: rows.map(\.id)),
                    done: Label("\(rows.count) 批访客已离场", en: "\(rows.count) visits have ended"),
                    then: rows.map { .pane(.unmark(GateList.id($0)), name: GateList.name) })
            }),
        GateList.rowCommand(
            "gate.mark", Label("选中", en: "Mark"),
            doc: Label("选中这位访客，再按取消；几位一起离场", en: "mark the visitor; several leave together"), keys: [.control("a")],
            priority: 4, disabledReason: GateList.hasLeft
        ) { _, _ in .pane(.mark, name: GateList.name) },
        GateList.rowCommand(
            "gate.part", Label("部分离场", en: "Some leave"),
            doc: Label("一批人中几位先走，或核对离场车牌", en: "some of a group leave, or another plate leaves"), keys: [.control("n")],
            priority: 3, action: LeaveVisitor.self, disabledReason: GateList.hasLeft
        ) { row, _ in
            .form(
                LeaveVisitor.self, fixed: ["visit": row.id], first: row.count > 1 ? "count" : "plate",
                title: Label("离场 · \(row.name)", en: "Leaves · \(row.name)"))
        },
    ]

    static let telling: [Command] = [
        GateList.rowCommand(
            "gate.contact", Label("联系", en: "Contact"),
            doc: Label("记下联系被访人或巡逻岗的结果", en: "what came of telling the host or the patrol"), keys: [.control("o")],
            priority: 5, action: ContactHost.self
        ) { row, context in contacting(row, context) },
        GateList.rowCommand(
            "gate.correct", Label("更正", en: "Correct"), doc: Label("登记错了：哪项不对改哪项", en: "what was registered wrongly"),
            keys: [.control("e")], priority: 3, action: CorrectVisit.self
        ) { row, context in
            .form(
                CorrectVisit.self, prefill: row.subject.correctable(in: context.estate), fixed: ["visit": row.id],
                title: Label("更正 · \(row.name)（\(row.hostName)）", en: "Correct · \(row.name) (\(row.hostName))"))
        },
        form(
            "gate.refuse", RefuseVisitor.self, Label("没让进的人和原因，不算在场", en: "who was turned away, and why"),
            [.control("b")]),
        form("gate.expect", ExpectVisitor.self, Label("提前登记要来的人", en: "who will come"), [.control("r")]),
    ]

    /// The outcomes to choose from, under the host's number: in full for a role that may dial, which is recorded.
    private static func contacting(_ row: GateList.Row, _ context: Context) -> Intent {
        guard let host = row.subject.hostToCall(in: context.estate) else { return .open(outcomes(row, nil, context)) }
        guard context.disabledReason(RevealPhone.self) == nil else {
            return .open(outcomes(row, "\(host.name) \(host.phone?.masked ?? "")", context))
        }
        return .perform(
            RevealPhone(person: host.id), done: .revealed,
            then: [.open(outcomes(row, "\(host.name) \(host.phone?.text ?? "")", context))])
    }

    private static func outcomes(_ row: GateList.Row, _ number: String?, _ context: Context) -> MenuLayer {
        let visitor = Label("\(row.name)（\(row.hostName)）", en: "\(row.name) (\(row.hostName))")
        let words = [context(Label("联系", en: "Contact")) + (number.map { " \($0)" } ?? ""), context(visitor)]
        return MenuLayer(
            title: Line(words.joined(separator: " · "), .title),
            items: ContactOutcome.allCases.map { outcome in
                MenuLayer.Item(
                    label: outcome.label, doc: .none,
                    intents: [
                        .perform(
                            ContactHost(visit: row.id, outcome: outcome),
                            done: Label(
                                "\(row.name)：\(outcome.label.chinese)", en: "\(row.name): \(outcome.label.english)"))
                    ])
            }, isNumbered: true)
    }

    private static func form(_ name: String, _ action: any Action.Type, _ doc: Label, _ keys: [Key]) -> Command {
        Command(
            name, action.label, doc: doc, keys: keys, priority: 1, action: { _ in action },
            disabledReason: { _, context in context.disabledReason(action) }, run: { _, _ in .form(action) })
    }
}

extension ExpectedView: ListedView {
    static var creates: (any Action.Type)? { ExpectVisitor.self }
}

extension RefusalsView: ListedView {
    static var creates: (any Action.Type)? { RefuseVisitor.self }
}

extension BarsView: ListedView {
    static var creates: (any Action.Type)? { BarVisitor.self }
}
