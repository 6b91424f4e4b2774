import Estate
import Screen

/// What is done at an item of the checklist. Nothing passes by itself, and a key that is held down marks one item.
extension InspectionList {
    static let commands: [Command] = [
        rowCommand(
            "inspections.pass", Label("合格", en: "Pass"),
            doc: Label("这一项合格，转到下一项", en: "this item passes; on to the next"),
            keys: [.enter, .character("p")], priority: 9, action: MarkItem.self
        ) { row, context in
            if row.finding?.mark == .pass { return .press(.down) }
            let done = Label("\(row.item) 合格", en: "\(row.item) passes")
            let pass = MarkItem(inspection: row.inspection, item: row.item, result: .pass)
            // What was found there before and is open passes as well, or nothing does.
            if !row.isRectification, !row.earlier.isEmpty {
                let rechecks: [any Action] = row.earlier.map {
                    RecheckItem(inspection: Ref($0.subject), item: row.item, result: .pass)
                }
                return .confirm(
                    Label(
                        "\(row.item) 上次不合格还没整改：现在合格，一并复查合格？",
                        en: "\(row.item) is still open: does it pass now, and is that put right?"),
                    about: row.earlier.map { one in
                        let found = words(one, context).joined(separator: "  ")
                        return Label(found, en: found)
                    },
                    yes: Label("合格", en: "passes"),
                    .effect(.perform([pass as any Action] + rechecks, done: done, then: [])))
            }
            guard row.isRectification else { return .perform(pass, done: done) }
            return .confirm(
                Label("\(row.item)“\(row.finding?.note ?? row.text)”复查合格？", en: "\(row.item): rectified?"),
                yes: Label("合格", en: "passes"),
                .perform(RecheckItem(inspection: row.inspection, item: row.item, result: .pass), done: done))
        },
        rowCommand(
            "inspections.fail", Label("不合格", en: "Fail"),
            doc: Label("这一项不合格：写明情况、位置、谁整改、到哪天", en: "this item fails: what, where, who puts it right, by when"),
            keys: [.control("n"), .delete, .character("x"), .character("f")], priority: 8, action: MarkItem.self
        ) { row, context in failing(row, context) },
        rowCommand(
            "inspections.skip", Label("不适用", en: "Not applicable"),
            doc: Label("这一项在这里不适用：写明原因，不计入得分", en: "it does not apply here: say why; it is left out of the score"),
            keys: [.control("o"), .character("-")], priority: 6, action: MarkItem.self,
            disabledReason: { row, _ in
                row.isRectification ? Label("复查只有合格、不合格", en: "a recheck passes or fails") : nil
            }
        ) { row, _ in
            .form(
                MarkItem.self, prefill: ["note": row.finding?.note ?? ""],
                fixed: ["inspection": row.inspection, "item": row.item, "result": ItemResult.notApplicable.rawValue],
                required: ["note"], title: Label("不适用 · \(row.item) \(row.text)", en: "Not applicable · \(row.item)"),
                done: Label("\(row.item) 不适用", en: "\(row.item) does not apply"))
        },
        Command(
            "inspections.next", Label("下一未检", en: "Next unmarked"),
            doc: Label("跳到下一个未检项", en: "to the next item without a result"), keys: [.control("u"), .character("u")],
            priority: 5,
            disabledReason: { session, context in
                unmarked(session, context).isEmpty ? Label("没有未检项", en: "every item has a result") : nil
            },
            run: { session, context in .select(unmarked(session, context)) }),
        Command(
            "inspections.close", Label("结束巡检", en: "Close"),
            doc: Label("结束这次巡检；不合格项转为整改", en: "close it; what failed is to be put right"),
            keys: [.control("e")], priority: 7, action: { _ in CloseInspection.self },
            disabledReason: { _, context in
                current(context) == nil
                    ? Label("没有进行中的巡检", en: "no inspection is under way")
                    : context.disabledReason(CloseInspection.self)
            },
            run: { _, context in
                guard let inspection = current(context) else { return .none }
                let done =
                    inspection.unmarked > 0
                    ? Label("巡检已结束；有未检项，不算完成", en: "the inspection is closed; it does not count as done")
                    : Label("巡检已结束", en: "the inspection is closed")
                return .perform(CloseInspection(inspection: inspection.id), done: done)
            }),
    ]

    /// The form of an item that fails. Of a safety item it says that the supervisor is told at once.
    private static func failing(_ row: Row, _ context: Context) -> Intent {
        let (item, text) = (row.item, row.text)
        let alarm = row.content.isCritical ? Label("：当天处置，立即报主管", en: ": report it now") : .none
        let who = row.remedy?.who?.name(in: context.estate) ?? ""
        return .form(
            row.isRectification ? RecheckItem.self : MarkItem.self,
            prefill: ["note": row.finding?.note ?? "", "place": row.finding?.place ?? "", "who": who],
            fixed: ["inspection": row.inspection, "item": item, "result": ItemResult.fail.rawValue], required: ["note"],
            title: Label("不合格 · \(item) \(text)", en: "Fails · \(item)"),
            done: Label("\(item) 不合格\(alarm.chinese)", en: "\(item) fails\(alarm.english)"))
    }

    /// The items without a result, those below the selected one first.
    private static func unmarked(_ session: Session, _ context: Context) -> [String] {
        guard current(context) != nil else { return [] }
        let rows = session.pane(ListPane<InspectionList>.self)?.shownRows(context) ?? []
        let selected = selected(in: session, context).map(id)
        let place = selected.flatMap { selected in rows.firstIndex { id($0) == selected } } ?? -1
        let ordered = rows.dropFirst(place + 1) + rows.prefix(place + 1)
        return ordered.filter { $0.finding == nil }.map(id)
    }
}
