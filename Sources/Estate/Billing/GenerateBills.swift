import Journal

/// The bills of a period follow from the tariffs (出账): all that are not there yet are issued in one action.
///
/// What is billed already stays as it is, also where it would be otherwise now.
public struct GenerateBills: Action {
    public static let name = "bill.generate"
    public static let label = Label("按标准出账", en: "Generate bills")
    public static let roles: Set<Role> = [.finance, .supervisor]
    var period = Period.placeholder
    var item: Word<TariffItems>?
    var unit: UnitCode?

    public init() {}

    public init(period: Period, item: String? = nil) { (self.period, self.item) = (period, item.map { Word($0) }) }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("period", &period)
        try visitor.field("item", &item, .fee)
        try visitor.field("unit", &unit)
    }

    private func run(in estate: Estate, at moment: Moment) -> BillingRun {
        BillingRun(estate, of: period, at: moment, item: item?.text, unit: unit)
    }

    public func perform(_ plan: inout Plan, in estate: Estate) throws {
        try check(in: estate, at: plan.now)
        let run = run(in: estate, at: plan.at)
        let new = run.lines.filter { $0.state == .new }
        if new.isEmpty { throw nothing(in: run) }
        for line in new {
            var bill = IssueBill(line, due: estate.dueDay(of: period))
            try bill.decide(&plan, in: estate)
            plan.record(bill)
        }
        if run.sum(.changed).count > 0 { plan.warn("billing.changed") }
        if !run.withoutArea.isEmpty { plan.warn("billing.area") }
        if !run.withoutTariff.isEmpty { plan.warn("billing.noTariff") }
    }

    private func check(in estate: Estate, at now: Moment) throws {
        if let item { try estate.billing.check(item: item.text) }
        if let unit { try estate.people.check(unit) }
        let last = Period(now, in: estate.zone).adding(estate.handbook.billing.monthsAhead)
        if period > last {
            throw Refusal(
                .rule, "billing.early", "最多出到 \(last.text) 的账", en: "bills can be generated up to \(last.text)",
                field: "period")
        }
    }

    private func nothing(in run: BillingRun) -> Refusal {
        let (exists, changed) = (run.sum(.exists).count, run.sum(.changed).count)
        if exists + changed == 0 {
            return .rule(
                "billing.none", "\(period.text) 没有可出的账单：没有适用的收费标准，或还没有抄表",
                en: "there is nothing to bill for \(period.text): no tariff applies, or no meter was read")
        }
        let more = changed == 0 ? Label.none : Label("，其中 \(changed) 笔不一致", en: ", \(changed) of them differ")
        return .rule(
            "billing.none", "\(period.text) 的账单都出过了（\(exists + changed) 笔\(more.chinese)）",
            en: "all bills of \(period.text) are there (\(exists + changed)\(more.english))")
    }

    public func confirmation(in estate: Estate, at moment: Moment) -> Confirmation? {
        guard (try? check(in: estate, at: moment)) != nil else { return nil }
        let run = run(in: estate, at: moment)
        let (count, amount) = run.sum(.new)
        if count == 0 { return nil }
        let (exists, changed) = (run.sum(.exists).count, run.sum(.changed).count)
        let items = Dictionary(grouping: run.lines.filter { $0.state == .new }, by: \.item)
        return Confirmation(
            Label(
                "出 \(period.text) 的账单 \(count) 笔，共 \(amount.grouped) 元？",
                en: "Issue \(count) bills of \(period.text), \(amount.grouped) yuan in all?"),
            items.sorted { $0.key < $1.key }.map { item, lines in
                let sum = lines.reduce(Money.zero) { $0 + $1.amount }
                return Label(
                    "\(item)：\(lines.count) 笔 \(sum.grouped)", en: "\(item): \(lines.count), \(sum.grouped)")
            } + [
                .fact(.dueDate, estate.dueDay(of: period).text),
                exists == 0
                    ? nil : Label("已出的 \(exists) 笔不重复出", en: "\(exists) are there already and stay as they are"),
                changed == 0
                    ? nil
                    : Label(
                        "\(changed) 笔与已出的不一致，不改动：核对后作废原账单再出",
                        en: "\(changed) differ from what was billed, which stays: void those to bill them anew"),
                run.withoutArea.isEmpty
                    ? nil
                    : Label(
                        "\(run.withoutArea.count) 户没有面积，没有算", en: "\(run.withoutArea.count) units have no area"),
                run.withoutTariff.isEmpty ? nil : .withoutTariff(run.withoutTariff),
            ], yes: Label("出账", en: "issue them"))
    }
}

extension Label {
    /// Says that items of the month before have no tariff.
    public static func withoutTariff(_ items: [String]) -> Label {
        let names = items.joined(separator: "、")
        return Label("\(names) 上期出过账，现在没有收费标准，没有算", en: "billed before, without a tariff now: \(names)")
    }
}

extension Estate {
    /// When a generated bill of a period is due (policy).
    func dueDay(of period: Period) -> Day {
        handbook.billing.dueDay.map { period.first.adding(min($0, period.length) - 1) } ?? period.last
    }
}

extension IssueBill {
    fileprivate init(_ line: BillingLine, due: Day) {
        self.init(unit: line.unit, period: line.period, item: line.item, amount: line.amount, due: due)
        (from, to, since) = (line.from, line.to, line.since)
        (nature, debtor, how) = (line.nature, line.debtor, line.how)
    }
}
