import Estate
import Screen

/// The items of the inspection under way (巡检), or else the items of closed ones that are still to be rectified.
struct InspectionList: ListSource {
    static let name = "inspections"
    static let label = InspectionsView.label
    static let creates: (any Action.Type)? = OpenInspection.self
    /// Its items are gone through at once.
    static let showsNew = true
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

    struct Row: Sendable {
        let inspection: Ref<Inspection>
        let item: String
        /// Its place in the checklist.
        let place: Int
        let content: InspectionItem
        let finding: Finding?
        let remedy: Remedy?
        /// How far the item's area is, `3/7`, and whether the item is its first.
        let progress: String
        let isFirst: Bool
        /// Whether the inspection is closed and the item still to be rectified.
        let isRectification: Bool
        /// What earlier inspections found of the item and is still to be put right, the earliest first.
        var earlier: [Rectification] = []

        var text: String { content.text }
    }

    /// The inspection under way: the last one that is not closed.
    static func current(_ context: Context) -> Inspection? {
        context.estate.inspections.open.last.flatMap { context.estate.inspections[$0] }
    }

    static let columns: [ListColumn<Row>] = [
        .sign(priority: 9),
        ListColumn("item", Label("条款", en: "Item"), .fixed("", 5, alignment: .right, priority: 7)) { $0.place },
        ListColumn("text", Label("内容", en: "Text"), .filling("", min: 16, ideal: 40, priority: 8)) {
            Pinyin.spelled($0.text)
        },
        ListColumn("section", Label("区域", en: "Area"), .fixed("", 19, priority: 4)) { $0.place },
    ]

    static func rows(_ context: Context) -> [Row] {
        if let inspection = current(context) {
            let open = context.estate.rectifications(onlyOpen: true).filter { one in
                let found = context.estate.inspections[Ref(one.subject)]
                return one.kind == Inspection.entity && found?.template == inspection.template
            }
            let earlier = Dictionary(grouping: open) { $0.item ?? "" }
            return rows(of: inspection, inspection.items, context).map { row in
                var row = row
                row.earlier = earlier[row.item] ?? []
                return row
            }
        }
        let open = context.estate.inspections.all.values.filter { inspection in
            inspection.failed.contains { inspection.rectification(of: $0) == .open }
        }
        return open.flatMap { inspection in
            rows(of: inspection, inspection.failed.filter { inspection.rectification(of: $0) == .open }, context)
        }
    }

    private static func rows(of inspection: Inspection, _ items: [String], _ context: Context) -> [Row] {
        let contents = context.estate.contents(of: inspection)
        let sections = inspection.items.reduce(into: [String: (marked: Int, all: Int)]()) { sections, item in
            let section = contents[item]?.section ?? ""
            sections[section, default: (0, 0)].all += 1
            if inspection.findings[item] != nil { sections[section]?.marked += 1 }
        }
        var former: String?
        return items.map { item in
            let content = contents[item] ?? InspectionItem()
            let count = sections[content.section] ?? (0, 0)
            defer { former = content.section }
            return Row(
                inspection: inspection.id, item: item, place: inspection.items.firstIndex(of: item) ?? 0,
                content: content, finding: inspection.findings[item], remedy: inspection.remedies[item],
                progress: "\(count.marked)/\(count.all)", isFirst: former != content.section,
                isRectification: inspection.closed != nil)
        }
    }

    static func id(_ row: Row) -> String { "\(row.inspection.id) \(row.item)" }
    static func subject(_ row: Row) -> String? { row.inspection.id.text }
    static func isSettled(_ row: Row, since former: Row) -> Bool { former.finding == nil && row.finding != nil }
    static func words(_ row: Row) -> [String] {
        [row.item, row.text, row.content.section, row.finding?.note ?? "", row.finding?.place ?? ""]
    }

    static func cells(_ row: Row, _ glyphs: Glyphs, _ context: Context) -> [Line] {
        let mark: StepMark =
            switch row.finding?.mark {
            case .pass: .done
            case .fail: .failed
            case .notApplicable: .none
            case nil: .open
            }
        var text = [Span(row.text, row.finding == nil || row.finding?.mark == .fail ? .text : .muted)]
        if row.content.isCritical { text.insert(Span("★ ", .warning), at: 0) }
        if row.finding == nil, let earlier = row.earlier.last {
            let words = Label("未整改：\(earlier.note ?? "") · ", en: "still open: \(earlier.note ?? "") · ")
            text.insert(Span(context(words), .warning), at: 0)
        }
        if let note = row.finding?.note {
            text.insert(Span("\(note) · ", row.finding?.mark == .fail ? .danger : .muted), at: 0)
        }
        let section =
            row.isRectification
            ? [Span(remedyWords(row, context), isLate(row, context) ? .danger : .muted)]
            : row.isFirst ? [Span(row.content.section, .accent), Span(" \(row.progress)", .muted)] : []
        return [Line([mark.span(glyphs)]), Line(row.item, .key), Line(text), Line(section)]
    }

    /// 维修班 12-05, 未指派 超 2 天
    private static func remedyWords(_ row: Row, _ context: Context) -> String {
        let who = row.remedy?.who?.name(in: context.estate) ?? context(.nobody)
        return [who, row.remedy?.due.map { context(.until($0, context)) }].compactMap { $0 }.joined(separator: " ")
    }

    private static func isLate(_ row: Row, _ context: Context) -> Bool {
        row.remedy?.due.map { $0 < context.today } ?? false
    }

    /// The inspections closed this week, and the items still to be rectified.
    static func tally(_ rows: [Row], _ context: Context) -> (done: Int, items: Int) {
        (closed(context), context.estate.rectifications(onlyOpen: true).count { $0.kind == Inspection.entity })
    }

    /// How many inspections of the customer areas were made this week.
    private static func closed(_ context: Context) -> Int {
        context.estate.areaInspections(of: Week(context.today)).count
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
        var lines = [
            Line(
                [Span("\(row.item)  ", .key)] + (row.content.isCritical ? [Span("★ ", .warning)] : [])
                    + [Span(row.text, .strong)])
        ]
        if !row.isRectification {
            lines.append(detailLine(row.content.section, row.progress))
        }
        if let finding = row.finding {
            let place = finding.place.map { [$0] } ?? []
            let photo = finding.photo.map { [context(Label("照片 \($0)", en: "photo \($0)"))] } ?? []
            let by = [context.clock(finding.at), context.estate.staff.name(of: finding.by)]
            lines.append(
                detailLine(
                    context(finding.mark.label),
                    ([finding.note ?? ""] + place + photo + by).filter { !$0.isEmpty }
                        .joined(separator: "  "), finding.mark == .fail ? .danger : .good))
        }
        if row.finding?.mark == .fail {
            lines.append(
                detailLine(
                    context(Label("整改", en: "Rectification")), remedyWords(row, context),
                    isLate(row, context) ? .danger : .text))
        }
        lines += row.earlier.map { one in
            detailLine(context(Label("未整改", en: "Still open")), words(one, context).joined(separator: "  "), .warning)
        }
        lines += trend(of: row.item, context)
        if row.isRectification, context.disabledReason(RecheckItem.self) == nil {
            let (pass, fail) = (context.keys.key(of: "inspections.pass"), context.keys.key(of: "inspections.fail"))
            let words = Label("\(pass) 复查合格 · \(fail) 仍不合格", en: "\(pass) passes it · \(fail) fails it again")
            lines.append(Line(context(words), .muted))
        }
        return lines
    }

    /// What was found where, who puts it right, and by when.
    static func words(_ one: Rectification, _ context: Context) -> [String] {
        let who = one.who.map { context.estate.staff.name(of: $0) } ?? context(.nobody)
        return [one.note, one.place, who, one.due.map { context(.until($0, context)) }].compactMap { $0 }
    }

    /// How often the item passed in the last eight weeks.
    private static func trend(of item: String, _ context: Context) -> [Line] {
        guard let row = try? InspectionTrendView().subjects(in: context.view).first(where: { $0.item == item }) else {
            return []
        }
        let weeks = row.counts.filter { $0.rate != nil }.map {
            "\($0.week.text.suffix(3)) \($0.passed)/\($0.passed + $0.failed)"
        }
        return weeks.count < 2
            ? [] : [detailLine(context(Label("近几周合格", en: "Passed by week")), weeks.joined(separator: " · "))]
    }
}

extension Label {
    /// Nobody is named to put something right.
    static let nobody = Label("未指派", en: "nobody yet")

    /// `12-05 止`, 今日止, 超 2 天
    static func until(_ due: Day, _ context: Context) -> Label {
        let late = context.today.days(since: due)
        if late < 0 { return Label("\(due.short) 止", en: "until \(due.short)") }
        return late == 0 ? Label("今日止", en: "today") : Label("超 \(late) 天", en: "\(late) d late")
    }
}
