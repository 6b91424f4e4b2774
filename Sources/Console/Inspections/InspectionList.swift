import Estate
import Screen

/// The items of the inspection under way (巡检), or else the items of closed ones that are still to be rectified.
struct InspectionList: ListSource {
    static let name = "inspections"
    static let label = InspectionsView.label
    static let creates: (any Action.Type)? = OpenInspection.self
    static func parts(of estate: Estate) -> [Int] { [estate.$inspections, estate.$staff] }
    static let granularity = ClockGranularity.day
    /// The items are sentences, which a narrow list cuts.
    static let detailsHeight = 9
    static func empty(_ context: Context) -> Label {
        let key = context.keys.key(of: "new")
        let (done, required) = (closed(context), context.estate.handbook.inspections.visits.perWeek)
        if done == 0 {
            return Label("本周还没有巡检，按 \(key) 开始", en: "no inspection yet this week: \(key) begins one")
        }
        return done < required
            ? Label("本周已巡检 \(done)/\(required) 次，没有待整改；按 \(key) 再检", en: "nothing to rectify; \(key) begins the next")
            : Label("本周已巡检 \(done)/\(required) 次，没有待整改", en: "nothing to rectify; this week's inspections are done")
    }

    /// The whole checklist, which a supervisor goes through twice a week.
    static func proposal(_ context: Context) -> [String: String] {
        ["template": context.estate.handbook.template(named: "weekly")?.title ?? ""]
    }

    struct Row: Sendable {
        let inspection: Ref<Inspection>
        let item: String
        let text: String
        let finding: Finding?
        /// Whether the inspection is closed and the item still to be rectified.
        let isRectification: Bool
    }

    /// The inspection under way: the last one that is not closed.
    static func current(_ context: Context) -> Inspection? {
        context.estate.inspections.open.last.flatMap { context.estate.inspections[$0] }
    }

    static let commands: [Command] = [
        rowCommand(
            "inspections.pass", Label("合格", en: "Pass"),
            doc: Label("这一项合格，转到下一项", en: "this item passes; on to the next"),
            keys: [.enter], priority: 9, action: MarkItem.self
        ) { row, _ in
            if row.finding?.mark == .pass { return .press(.down) }
            let done = Label("\(row.item) 合格", en: "\(row.item) passes")
            guard row.isRectification else {
                return .perform(MarkItem(inspection: row.inspection, item: row.item, result: .pass), done: done)
            }
            return .confirm(
                Label("\(row.item)“\(row.finding?.note ?? row.text)”复查合格？", en: "\(row.item): rectified?"),
                yes: Label("合格", en: "passes"),
                .perform(RecheckItem(inspection: row.inspection, item: row.item, result: .pass), done: done))
        },
        rowCommand(
            "inspections.fail", Label("不合格", en: "Fail"),
            doc: Label("这一项不合格：写明情况，结束后转为整改", en: "this item fails: say how"),
            keys: [.control("n"), .delete, .character("x")], priority: 8, action: MarkItem.self
        ) { row, _ in
            .form(
                row.isRectification ? RecheckItem.self : MarkItem.self,
                prefill: ["note": row.finding?.note ?? ""],
                fixed: ["inspection": row.inspection, "item": row.item, "result": "fail"],
                title: Label("不合格 · \(row.item) \(row.text)", en: "Fails · \(row.item)"),
                done: Label("\(row.item) 不合格", en: "\(row.item) fails"))
        },
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
                let left = inspection.unmarked
                return .confirm(
                    left > 0
                        ? Label("还有 \(left) 项未检，就此结束？", en: "\(left) items are unmarked: close all the same?")
                        : Label("结束这次巡检？", en: "close this inspection?"),
                    yes: Label("结束", en: "close"),
                    .perform(
                        CloseInspection(inspection: inspection.id),
                        done: Label("巡检已结束", en: "the inspection is closed")))
            }),
    ]

    static let columns: [ListColumn<Row>] = [
        .sign(priority: 9),
        ListColumn("item", Label("条款", en: "Item"), .fixed("", 5, alignment: .right, priority: 7)) { row in
            // 1.10 sorts after 1.9.
            row.item.split(separator: ".").reduce(0) { $0 * 1000 + (Int($1) ?? 0) }
        },
        ListColumn("text", Label("内容", en: "Text"), .filling("", min: 16, priority: 8)) { Pinyin.spelled($0.text) },
    ]

    static func rows(_ context: Context) -> [Row] {
        if let inspection = current(context) {
            let texts = context.estate.itemTexts(of: inspection.template)
            return inspection.items.map {
                Row(
                    inspection: inspection.id, item: $0,
                    text: texts[$0] ?? "",
                    finding: inspection.findings[$0],
                    isRectification: false)
            }
        }
        return rectifications(context).map { item in
            let row = RectificationsView.Row(item, in: context.view)
            return Row(
                inspection: row.inspection, item: row.item, text: row.text,
                finding: context.estate.inspections[row.inspection]?.findings[row.item], isRectification: true)
        }
    }

    static func id(_ row: Row) -> String { "\(row.inspection.id) \(row.item)" }
    static func subject(_ row: Row) -> String? { row.inspection.id.text }
    static func isSettled(_ row: Row, since former: Row) -> Bool { former.finding == nil && row.finding != nil }
    static func words(_ row: Row) -> [String] { [row.item, row.text, row.finding?.note ?? ""] }

    static func cells(_ row: Row, _ glyphs: Glyphs, _ context: Context) -> [Line] {
        let mark: StepMark = row.finding.map { $0.mark == .pass ? .done : .failed } ?? .open
        var text = [Span(row.text, row.finding?.mark == .pass ? .muted : .text)]
        if let note = row.finding?.note { text.insert(Span("\(note) · ", .danger), at: 0) }
        return [Line([mark.span(glyphs)]), Line(row.item, .key), Line(text)]
    }

    /// The inspections closed this week, and the items still to be rectified.
    static func tally(_ rows: [Row], _ context: Context) -> (done: Int, items: Int) {
        (closed(context), rectifications(context).count)
    }

    private static func rectifications(_ context: Context) -> [RectificationsView.Subject] {
        RectificationsView().subjects(in: context.view).filter { $0.rectification == .open }
    }

    /// How many inspections of this week are closed.
    private static func closed(_ context: Context) -> Int {
        context.estate.inspections.of(Week(context.today), in: context.estate.zone).count { $0.closed != nil }
    }

    static func tally(
        filtered rows: [Row], of all: (done: Int, items: Int), _ context: Context
    ) -> (done: Int, items: Int) { (all.done, rows.count) }

    /// 本周 1/2 · 进行中 5/23
    static func summary(_ tally: (done: Int, items: Int), _ glyphs: Glyphs, _ context: Context) -> [Span] {
        let (done, required) = (tally.done, context.estate.handbook.inspections.visits.perWeek)
        // A third inspection of two is no fraction.
        let week =
            done > required
            ? Label("本周 \(done) 次", en: "this week \(done)")
            : Label("本周 \(done)/\(required)", en: "this week \(done)/\(required)")
        var spans = [Span(context(week), done >= required ? .good : .warning)]
        if let inspection = current(context) {
            let marked = inspection.items.count - inspection.unmarked
            spans.append(
                Span(
                    context(
                        Label(
                            "  已检 \(marked)/\(inspection.items.count)",
                            en: "  marked \(marked)/\(inspection.items.count)")), .muted))
            if !inspection.failed.isEmpty {
                spans.append(
                    Span(
                        context(Label("  不合格 \(inspection.failed.count)", en: "  failed \(inspection.failed.count)")),
                        .danger))
            }
        }
        if tally.items > 0 {
            spans.append(Span(context(Label("  待整改 \(tally.items)", en: "  to rectify \(tally.items)")), .danger))
        }
        return spans
    }

    static func detail(_ row: Row, _ context: Context) -> [Line] {
        var lines = [Line([Span("\(row.item)  ", .key), Span(row.text, .strong)])]
        if let finding = row.finding {
            lines.append(
                detailLine(
                    context(finding.mark.label),
                    [context.clock(finding.at), context.estate.staff.name(of: finding.by), finding.note ?? ""].joined(
                        separator: "  "),
                    finding.mark == .fail ? .danger : .good))
        }
        if row.isRectification, context.disabledReason(RecheckItem.self) == nil {
            let (pass, fail) = (context.keys.key(of: "inspections.pass"), context.keys.key(of: "inspections.fail"))
            let words = Label("\(pass) 复查合格 · \(fail) 仍不合格", en: "\(pass) passes it · \(fail) fails it again")
            lines.append(Line(context(words), .muted))
        }
        return lines
    }
}
