import Journal

/// The week's inspections (5.1): each with its score, how the areas did, what failed and who puts it right, and the
/// signatures.
public struct InspectionReport: Report {
    public static let name = "inspections"
    public static let label = Label("巡检周报", en: "Inspections of a week")
    public static let changesWithTime = false
    public static let timeKey: String? = "opened"
    /// The present one unless given.
    var week: Week?

    public static var columns: [ViewColumn<Self>] {
        columns(of: InspectionsView.self)
    }

    public init() {}

    public init(week: Week) { self.week = week }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws { try visitor.field("week", &week) }

    public func subjects(in context: ViewContext) -> [Inspection] {
        context.estate.inspections.of(week ?? Week(context.day), in: context.zone)
    }
}

extension InspectionReport {
    public static func document(of rows: [Row], in estate: Estate, at moment: Moment, _ language: Language) -> Document
    {
        let week = rows.first.map { Week(Day($0.opened, in: estate.zone)) }
        return Document(
            name: week.map { "\(name)-\($0.text)" } ?? name, title: label[language], language: language,
            sheets: week.map { [WeekSheet($0, rows.map(\.subject), in: estate, at: moment, language).sheet] } ?? [],
            empty: Label("这一周没有巡检", en: "there were no inspections in this week")[language])
    }
}

/// The page of a week.
private struct WeekSheet {
    private let week: Week
    private let inspections: [Inspection]
    private let estate: Estate
    private let moment: Moment
    private let language: Language

    init(_ week: Week, _ inspections: [Inspection], in estate: Estate, at moment: Moment, _ language: Language) {
        (self.week, self.inspections, self.estate) = (week, inspections, estate)
        (self.moment, self.language) = (moment, language)
    }

    private func word(_ chinese: String, _ english: String) -> String { language == .chinese ? chinese : english }
    private func clock(_ moment: Moment) -> String { moment.display(zone: estate.zone, language: language) }
    private func names(_ codes: [String]) -> String {
        codes.map { estate.staff.name(of: $0) }.joined(separator: word("、", ", "))
    }

    var sheet: Sheet {
        Sheet(
            heading: "\(estate.name) \(InspectionReport.label[language])", number: week.text,
            blocks: head + made + areas + failures + earlier + signatures,
            foot: word("打印于 \(clock(moment))", "Printed \(clock(moment))"))
    }

    private var head: [Sheet.Block] {
        let (done, required) = (estate.areaInspections(of: week).count, estate.handbook.inspections.visits.perWeek)
        let failed = inspections.reduce(0) { $0 + $1.failed.count }
        return [
            .entries([
                .init(word("日期", "Days"), "\(week.monday.text) — \(week.sunday.text)"),
                // A third inspection of two is no fraction.
                .init(
                    word("客户区域巡检", "Of the areas"),
                    done > required
                        ? word("\(done) 次", "\(done)") : word("\(done)/\(required) 次", "\(done)/\(required)")),
                .init(word("不合格", "Failed"), word("\(failed) 项", "\(failed)")),
                .init(word("待整改", "To put right"), word("\(open.count) 项", "\(open.count)")),
            ])
        ]
    }

    private var made: [Sheet.Block] {
        let head = [
            word("开始", "Opened"), word("检查表", "Template"), word("检查人", "By"), word("被检查人、当班", "Inspected, on duty"),
            word("合格/应检", "Passed"), word("得分", "Score"), word("未检", "Unmarked"),
        ]
        let rows = inspections.map { inspection in
            [
                String(clock(inspection.opened).dropFirst(5)),
                TemplateName(inspection.template).words(in: estate, language), names([inspection.by]),
                names(inspection.staff.isEmpty ? inspection.onDuty : inspection.staff),
                "\(inspection.passed)/\(inspection.applicable)", inspection.score.map { "\($0.short)%" } ?? "—",
                inspection.closed == nil ? word("未结束", "open") : "\(inspection.unmarked)",
            ]
        }
        return [.heading(word("巡检", "Inspections")), .table(head, rows)]
    }

    /// The share of each area's items that passed.
    private var areas: [Sheet.Block] {
        var order: [String] = []
        var counts: [String: (passed: Int, all: Int)] = [:]
        for inspection in inspections {
            let contents = estate.contents(of: inspection)
            for (item, finding) in inspection.findings where finding.mark != .notApplicable {
                let section = contents[item]?.section ?? ""
                counts[section, default: (0, 0)].all += 1
                if finding.mark == .pass { counts[section]?.passed += 1 }
            }
            order += inspection.items.compactMap { contents[$0]?.section }
        }
        var seen: Set<String> = []
        let bars = order.filter { !$0.isEmpty && seen.insert($0).inserted }.compactMap { section -> Sheet.Bar? in
            guard let count = counts[section], let share = Share(count.passed, of: count.all) else { return nil }
            return Sheet.Bar(
                section, size: count.passed * 1000 / count.all, "\(count.passed)/\(count.all)  \(share.short)%")
        }
        return bars.isEmpty ? [] : [.chart(word("各区域合格率", "Passed by area"), bars)]
    }

    /// All that is still to be put right, of this week or earlier.
    private var open: [Rectification] {
        estate.rectifications(onlyOpen: true).filter { $0.found < week.sunday.end(in: estate.zone) }
    }

    private var failures: [Sheet.Block] {
        let own = Set(inspections.map(\.id.id))
        return table(
            word("本周不合格", "Failed this week"), estate.rectifications().filter { own.contains($0.subject) })
    }

    private var earlier: [Sheet.Block] {
        let own = Set(inspections.map(\.id.id))
        return table(
            word("先前和回访留下的待整改", "Still open from before"), open.filter { !own.contains($0.subject) })
            + table(word("本周复查合格的先前问题", "Put right this week"), settled.filter { !own.contains($0.subject) })
    }

    /// What was put right in the week, whenever it was found.
    private var settled: [Rectification] {
        estate.rectifications().filter { one in
            one.state == .rectified && one.lastCheck.map { Week(Day($0.at, in: estate.zone)) == week } ?? false
        }
    }

    /// The first note, and that of the last check: `积水；11-28 复查：还有`.
    private func notes(_ row: Rectification) -> String {
        let check = row.lastCheck.flatMap { check in
            check.note.map { "\(Day(check.at, in: estate.zone).short) \(word("复查：", "checked: "))\($0)" }
        }
        return [row.note, check].compactMap { $0 }.joined(separator: word("；", "; "))
    }

    /// Open ones whose day is over are late.
    private func state(_ row: Rectification) -> String {
        let isLate = row.state == .open && row.due?.isOver(asOf: moment, in: estate.zone) ?? false
        return row.state.label[language] + (isLate ? word(" 超期", ", late") : "")
    }

    private func table(_ title: String, _ rows: [Rectification]) -> [Sheet.Block] {
        if rows.isEmpty { return [] }
        let head = [
            word("条款", "Item"), word("标准", "Standard"), word("情况", "What"), word("位置、照片", "Place, photo"),
            word("整改人", "By"), word("期限", "Until"), word("状态", "State"),
        ]
        return [
            .heading(title),
            .table(
                head,
                rows.map { row in
                    let photo = row.photo.map { word("照片 \($0)", "photo \($0)") }
                    return [
                        (row.item ?? word("回访", "visit")) + (row.isCritical ? " ★" : ""), row.text, notes(row),
                        [row.place, photo].compactMap { $0 }.joined(separator: " "),
                        row.who.map { estate.staff.name(of: $0) } ?? word("未指派", "nobody"),
                        row.due.map { $0.short } ?? "", state(row),
                    ]
                }),
        ]
    }

    private var signatures: [Sheet.Block] {
        [
            .entries([
                .init(word("检查人签名", "Inspected by"), nil), .init(word("主管签名", "Supervisor"), nil),
                .init(word("经理签名", "Manager"), nil), .init(word("日期", "Date"), nil),
            ])
        ]
    }
}
