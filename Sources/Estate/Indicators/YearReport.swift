import Journal

/// The year-end summary (年终总结, 4), drafted from the facts: each sentence cites its figure.
public struct YearReport: ReportOfYear {
    public static let name = "year"
    public static let label = Label("年终总结（草稿）", en: "Year-end summary (draft)")
    public var year: Int?

    /// A sentence.
    public struct Subject: Sendable {
        public let year: Int
        /// The heading that it stands below.
        public let part: Label
        public let text: Label
        /// The figure that it is made of, by its name in scripts, and its value.
        public let figure: String
        public let value: String
        /// The value as people read it, with its unit.
        public let words: Label
        public let met: Bool?
        /// The figure by its name for persons.
        public let label: Label
    }

    public static var columns: [ViewColumn<Self>] {
        Column("year", Label("年度", en: "Year")) { $0.year }
        Column("part", Label("部分", en: "Part")) { $0.part }
        Column("text") { $0.text }
        Column("figure", Label("依据", en: "Figure")) { $0.figure }
        Column("value", Label("数值", en: "Value")) { $0.value }
        Column("met") { $0.met }
        Column("label", Label("指标", en: "Figure")) { $0.label }
    }

    public init() {}

    public func subjects(in context: ViewContext) throws -> [Subject] {
        let year = reportedYear(in: context)
        let estate = context.estate
        let isOver = YearFigures.months(of: year).last.map { $0 < context.month } ?? true
        let drafts =
            [estate.feeDraft(of: year, context), estate.surveyDraft(of: year, context)].compactMap { $0 }
            + YearFigures(year, in: context).figures.compactMap { draft($0, year, isOver: isOver) }
            + [estate.planDraft(of: year, context)].compactMap { $0 }
        // Part by part, in the order of their figures.
        let parts: [Label] = [.fees, .customers, .sites, .plan]
        return parts.flatMap { part in drafts.filter { $0.part == part } }
    }

    /// `客户满意率全年 96.31%，达到 95% 的标准；11 个月中 9 个月达标，最低 2026-03 的 91.20%。`
    private func draft(_ figure: YearFigures.Figure, _ year: Int, isOver: Bool) -> Subject? {
        guard let value = figure.value.text else { return nil }
        let (label, unit) = (figure.indicator.label, figure.indicator)
        func words(_ value: IndicatorValue, _ language: Language) -> String { unit.words(value, language) }
        let isShare = if case .share = figure.value { true } else { false }
        let when = isShare ? (isOver ? "全年" : "今年以来") : isOver ? "年末" : "目前"
        var chinese = ["\(label.chinese)\(when) \(words(figure.value, .chinese))"]
        var english = ["\(label.english): \(words(figure.value, .english)) \(isShare ? "over the year" : "at its end")"]
        if let target = figure.target, let met = figure.met {
            chinese[0] += "，\(met ? "达到" : "未达到")标准（\(unit.words(target, .chinese))）"
            english[0] += ", target \(unit.words(target, .english)) \(met ? "met" : "not met")"
        }
        if figure.watchedMonths > 0 {
            let all = figure.watchedMonths == figure.months.count
            chinese.append("\(all ? "" : "有标准的 ")\(figure.watchedMonths) 个月中 \(figure.metMonths) 个月达标")
            english.append("\(figure.metMonths) of \(figure.watchedMonths) months\(all ? "" : " with a target") met it")
        }
        if figure.months.count > 1, let least = figure.least, let most = figure.most, least.value != most.value {
            chinese.append(
                "最低 \(least.period.text) 的 \(words(least.value, .chinese))，最高 \(most.period.text) 的 \(words(most.value, .chinese))"
            )
            english.append(
                "from \(words(least.value, .english)) in \(least.period.text) to \(words(most.value, .english)) in \(most.period.text)"
            )
        }
        return Subject(
            year: year, part: figure.indicator.part,
            text: Label(chinese.joined(separator: "；") + "。", en: english.joined(separator: "; ") + "."),
            figure: figure.indicator.name, value: value,
            words: Label(words(figure.value, .chinese), en: words(figure.value, .english)), met: figure.met,
            label: label)
    }
}

extension Indicator {
    /// The part of the summary that it stands in.
    fileprivate var part: Label {
        switch name.prefix(while: { $0 != "." }) {
        case "collection": .fees
        case "satisfaction", "complaints", "visits": .customers
        default: .sites
        }
    }
}

extension Label {
    fileprivate static let fees = Label("收费", en: "Fees")
    fileprivate static let customers = Label("客户服务", en: "Customers")
    fileprivate static let sites = Label("现场与工单", en: "Sites and requests")
    fileprivate static let plan = Label("工作计划", en: "The plan")
}

extension Estate {
    /// What was billed for the months of a year, and what of it was received by the moment.
    fileprivate func feeDraft(of year: Int, _ context: ViewContext) -> YearReport.Subject? {
        if let reader = context.reader, Fees.hiddenFrom.contains(reader) { return nil }
        let sum = YearFigures.months(of: year).reduce(into: Fees.Collection()) { sum, month in
            for one in ratedBills(of: month) { sum.add(one.bill) }
        }
        guard let rate = sum.rate else { return nil }
        let day = context.day.text
        return YearReport.Subject(
            year: year, part: .fees,
            text: Label(
                "\(year == context.day.civil.year ? "今年以来" : "全年")应收 \(sum.net.grouped) 元（已扣减免 \(sum.reduced.grouped) 元），截至 \(day) 实收 \(sum.received.grouped) 元，收缴率 \(rate.text)%，缴清 \(sum.paidHouseholds)/\(sum.households) 户。",
                en:
                    "Billed \(sum.net.grouped), received \(sum.received.grouped) by \(day): \(rate.text) %; \(sum.paidHouseholds) of \(sum.households) households have paid up."
            ),
            figure: "collection", value: rate.text, words: Label(verbatim: "\(rate.text)%"), met: nil,
            label: Label("收缴率", en: "Collection rate"))
    }

    fileprivate func surveyDraft(of year: Int, _ context: ViewContext) -> YearReport.Subject? {
        let count = surveys.all.values.count { $0.from.civil.year == year }
        guard count > 0, let last = lastSurvey(at: context.moment, of: year) else { return nil }
        return YearReport.Subject(
            year: year, part: .customers,
            text: Label(
                "\(year) 年做满意度调查 \(count) 次，最近一次：\(last.chinese)。", en: "\(count) surveys; the last: \(last.english)."),
            figure: "surveyresults", value: last.chinese, words: last, met: nil, label: Survey.label)
    }

    fileprivate func planDraft(of year: Int, _ context: ViewContext) -> YearReport.Subject? {
        let items = planning.items(of: year)
        if items.isEmpty { return nil }
        let states = items.map { $0.state(at: context.moment, in: zone) }
        let (done, late, overdue) = (
            states.count { $0 == .done || $0 == .late }, states.count { $0 == .late }, states.count { $0 == .overdue }
        )
        return YearReport.Subject(
            year: year, part: .plan,
            text: Label(
                "年度计划 \(items.count) 项，完成 \(done) 项（其中逾期完成 \(late) 项），逾期未完成 \(overdue) 项。",
                en:
                    "Of \(items.count) items of the plan \(done) are done, \(late) of them late; \(overdue) are overdue."
            ),
            figure: "plan", value: "\(done)/\(items.count)",
            words: Label("\(done)/\(items.count) 项", en: "\(done)/\(items.count) items"), met: nil,
            label: PlanView.label)
    }
}

extension YearReport {
    public static func document(of rows: [Row], in estate: Estate, at moment: Moment, _ language: Language) -> Document
    {
        let year = rows.first?.subject.year
        return Document(
            name: year.map { "\(name)-\($0)" } ?? name, title: label[language], language: language,
            sheets: year.map { [sheet($0, rows, in: estate, at: moment, language)] } ?? [],
            empty: Label("这一年没有记录", en: "there are no records of the year")[language])
    }

    private static func sheet(
        _ year: Int, _ rows: [Row], in estate: Estate, at moment: Moment, _ language: Language
    ) -> Sheet {
        func word(_ chinese: String, _ english: String) -> String { language == .chinese ? chinese : english }
        let parts = rows.reduce(into: [Label]()) { if !$0.contains($1.part) { $0.append($1.part) } }
        let blocks = parts.flatMap { part -> [Sheet.Block] in
            let own = rows.enumerated().filter { $0.element.part == part }
            return [.heading(part[language])] + own.map { .text("\($0.element.text[language])〔\($0.offset + 1)〕") }
        }
        let sources = rows.enumerated().map { index, row in
            ["\(index + 1)", row.subject.label[language], row.subject.words[language]]
        }
        let draft = [Label("草稿", en: "draft"), YearFigures.asOf(moment, in: year, estate.zone)].compactMap { $0 }
        return Sheet(
            heading: "\(estate.name) \(year) \(word("年终总结", "Year-end summary"))",
            number: draft.map { $0[language] }.joined(separator: word("，", ", ")),
            blocks: blocks + [
                .heading(word("依据", "Sources")),
                .table([word("序号", "No."), word("指标", "Figure"), word("数值", "Value")], sources),
                .words(word("经验与不足", "What was learnt"), nil, lines: 2),
                .words(word("来年打算", "Next year"), nil, lines: 2),
                .entries([.init(word("经理", "Manager"), nil), .init(word("日期", "Date"), nil)]),
            ],
            foot: word(
                "由记录起草，每句后的序号指向所据的指标；打印于 ", "Drafted from the records; each number names its figure; printed ")
                + moment.display(zone: estate.zone, language: language))
    }
}
