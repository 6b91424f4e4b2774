import Journal

/// A figure of a work report.
public struct StockFigure: Sendable {
    public let name: Label
    public let value: Label

    init(_ name: Label, _ value: Label) { (self.name, self.value) = (name, value) }
}

extension Label {
    fileprivate static let nothing = Label("没有", en: "nothing")
}

extension Materials {
    /// What corrected prices changed: of what was there and, besides, of what had been issued.
    func repriced(in span: Range<Moment>) -> Label {
        let moved = movements(of: [.repriced], in: span)
        if moved.isEmpty { return .nothing }
        let there = moved.reduce(Money.zero) { $0 + $1.value.money }.grouped
        let issued = moved.reduce(Money.zero) { $0 + $1.issuedValue.money }.grouped
        return Label("库存 \(there) 元，已领部分 \(issued) 元", en: "\(there) of what is there, \(issued) of what was issued")
    }
}

/// The keeper's work report of a month or a year (物资工作报告), drafted from the facts.
public struct StockWorkReport: Report {
    public static let name = "stockwork"
    public static let label = Label("物资工作报告", en: "Work report of the store")
    var period: Period?
    var year: Int?

    public static var columns: [ViewColumn<Self>] {
        Column("figure", Label("事项", en: "What")) { $0.subject.name }
        Column("value", Label("数字", en: "Figure")) { $0.subject.value }
    }

    public init() {}

    /// - Parameter year: `nil` for the report of the present month.
    public init(year: Int?) { self.year = year }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("period", &period, Label("月份", en: "Month"))
        try visitor.field("year", &year, .year)
    }

    public static func isCovered(_ filters: [String: String], by window: RetentionWindow) -> Bool { true }

    /// The months that it is about, and their name.
    private func span(in context: ViewContext) throws -> (first: Period, last: Period, name: Label) {
        if let year, period == nil {
            let first = Period(year: year, month: 1)
            if first > context.month { _ = try Optional(first).month(in: context) }
            return (first, first.adding(11), Label("\(year) 年", en: "\(year)"))
        }
        let month = try period.month(in: context)
        return (month, month, Label(month.text))
    }

    /// What moved in the months, and what there was before and after them by the account book.
    public func subjects(in context: ViewContext) throws -> [StockFigure] {
        let (materials, zone, months) = (context.estate.materials, context.zone, try span(in: context))
        if materials.items.isEmpty { return [] }
        let span = months.first.first.start(in: zone)..<months.last.last.end(in: zone)
        // On loan goods are not among the stock.
        let outside: Set<StockMovementKind> = [.damaged, .lost]
        func figure(_ chinese: String, _ english: String, _ kinds: Set<StockMovementKind>) -> StockFigure {
            let moved = materials.movements(of: kinds, in: span)
            let value = moved.reduce(Money.zero) {
                $0 + $1.value.money + (kinds == outside ? $1.issuedValue.money : .zero)
            }
            let amount = (value < .zero ? Money.zero - value : value).grouped
            return StockFigure(
                Label(chinese, en: english),
                moved.isEmpty
                    ? .nothing : Label("\(moved.count) 笔 \(amount) 元", en: "\(moved.count), \(amount)"))
        }
        func yuan(_ value: Money) -> Label { Label("\(value.grouped) 元", en: value.grouped) }
        func value(before moment: Moment) -> Label {
            yuan(materials.movements.reduce(Money.zero) { $1.at < moment ? $0 + $1.value.money : $0 })
        }
        // Opening + in − out = closing.
        func sum(_ isCounted: (Money) -> Bool) -> Label {
            let values = materials.movements.filter { span.contains($0.at) }.map(\.value.money).filter(isCounted)
            let sum = values.reduce(Money.zero, +)
            return yuan(sum < .zero ? .zero - sum : sum)
        }
        let lent = materials.movements.reduce(Money.zero) { sum, movement in
            guard movement.at < span.upperBound else { return sum }
            return switch movement.what {
            case .lent, .back: sum - movement.value.money
            case .damaged, .lost: sum + movement.issuedValue.money
            default: sum
            }
        }
        return [
            StockFigure(Label("期间", en: "Of"), months.name),
            StockFigure(Label("期初库存", en: "Value before"), value(before: span.lowerBound)),
            figure("期初登记", "Opening balances", [.opening]), figure("验收入库", "Received", [.received]),
            figure("领用出库", "Issued", [.issued]), figure("退库", "Returned", [.returned]),
            figure("借出", "Lent", [.lent]), figure("归还", "Back", [.back]),
            figure("借用损坏丢失", "Damaged or lost on loan", outside),
            figure("报废", "Scrapped", [.scrapped]),
            figure("盘盈", "Surplus", [.surplus]), figure("盘亏", "Shortage", [.shortage]),
            StockFigure(Label("改价差额", en: "Price differences"), materials.repriced(in: span)),
            StockFigure(Label("本期增加合计", en: "In, in all"), sum { $0 > .zero }),
            StockFigure(Label("本期减少合计", en: "Out, in all"), sum { $0 < .zero }),
            StockFigure(Label("期末库存", en: "Value after"), value(before: span.upperBound)),
            StockFigure(Label("期末借出金额", en: "Value lent"), yuan(lent)),
        ] + work(in: span, context)
    }

    /// What was counted and asked for in the months, and what was lent and short at their end.
    private func work(in span: Range<Moment>, _ context: ViewContext) -> [StockFigure] {
        let materials = context.estate.materials
        let counts = materials.counts.values.filter {
            !$0.isReplaced && $0.refusal == nil && span.contains($0.at)
        }
        // What is not settled is counted as that only: the report is for everybody, and counting is blind.
        let settled = StockVerdict.allCases.map { verdict in
            (verdict.label, counts.count { $0.settlement?.verdict == verdict })
        }
        let open = (StockCountState.open.label, counts.count { $0.settlement == nil })
        let verdicts = (settled + [open]).filter { $0.1 > 0 }.map { label, count in
            Label("\(label.chinese) \(count)", en: "\(label.english) \(count)")
        }
        let last = Moment(milliseconds: span.upperBound.milliseconds - 1)
        let day = min(context.day, Day(last, in: context.zone))
        let loans = materials.loans.values.filter { loan in
            loan.at <= last && (loan.isOpen || loan.back.map { $0 > last } ?? false)
        }
        let late = loans.count { $0.due.map { $0 < day } ?? false }
        let short = materials.items.values.filter { item in
            item.since <= last && item.least.map { item.ledger.quantity(at: last) < $0.scaled } ?? false
        }.map(\.name)
        let asks = materials.asks.values.filter { span.contains($0.at) }
        let approved = asks.count { $0.approval != nil }
        return [
            StockFigure(Label("盘点", en: "Counted"), Label.joined(verdicts) ?? .nothing),
            StockFigure(
                Label("期末借出未还", en: "Still lent"),
                loans.isEmpty ? .nothing : Label("\(loans.count) 笔，逾期 \(late)", en: "\(loans.count), overdue \(late)")),
            StockFigure(
                Label("超定额申请", en: "Asked beyond the quota"),
                asks.isEmpty
                    ? .nothing : Label("\(asks.count) 笔，批准 \(approved)", en: "\(asks.count), approved \(approved)")),
            StockFigure(
                Label("期末短缺", en: "Short"), short.isEmpty ? .nothing : Label(short.joined(separator: "、"))),
        ]
    }

    public static func document(of rows: [Row], in estate: Estate, at moment: Moment, _ language: Language) -> Document
    {
        let span = rows.first?.value[language] ?? ""
        let entries = rows.dropFirst().map {
            Sheet.Entry($0.subject.name[language], $0.subject.value[language], isWide: true)
        }
        return Document(
            name: rows.first.map { "\(name)-\($0.value.english)" } ?? name, title: label[language], language: language,
            sheets: rows.isEmpty
                ? []
                : [
                    Sheet(
                        heading: "\(estate.name) \(span) \(label[language])", number: "",
                        blocks: [
                            .entries(entries),
                            .words(Label("做了什么、现场检查", en: "Work and site visits")[language], nil, lines: 4),
                            .words(Label("问题和下一步打算", en: "Problems and plans")[language], nil, lines: 3),
                            .entries([.init(Label("物管科长签名", en: "Keeper")[language], nil)]),
                        ],
                        foot: Label("由记录自动汇总。打印于 ", en: "Drafted from the records. Printed ")[language]
                            + moment.display(zone: estate.zone, language: language))
                ],
            empty: Label("还没有登记物资", en: "there are no items")[language])
    }
}

/// The draft of a contract for what is ordered from a supplier, from the handbook's clauses.
public struct PurchaseContract: Report {
    public static let name = "contract"
    public static let label = Label("采购合同", en: "Purchase contract")
    public static let changesWithTime = false
    var supplier: String?

    public static var columns: [ViewColumn<Self>] {
        columns(of: PurchasesView.self)
    }

    public init() {}

    public init(supplier: String) { self.supplier = supplier }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("supplier", &supplier, .supplier)
    }

    public static func isCovered(_ filters: [String: String], by window: RetentionWindow) -> Bool { true }

    /// What is ordered and has not all come.
    public func subjects(in context: ViewContext) -> [StockPlan] {
        context.estate.materials.plans.values.filter { plan in
            guard plan.state == .ordered, let order = plan.order else { return false }
            return supplier.map { order.supplier == $0 } ?? true
        }
    }

    public static func document(of rows: [Row], in estate: Estate, at moment: Moment, _ language: Language) -> Document
    {
        let suppliers = rows.compactMap { $0.order?.supplier }
            .reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        return Document(
            name: suppliers.count == 1 ? "\(name)-\(suppliers[0])-\(Day(asOf: moment, in: estate.zone).text)" : name,
            title: label[language], language: language,
            sheets: suppliers.map { supplier in
                sheet(for: supplier, rows.filter { $0.order?.supplier == supplier }, in: estate, at: moment, language)
            }, empty: Label("没有已订货、未到货的计划", en: "nothing is ordered")[language])
    }

    private static func sheet(
        for supplier: String, _ rows: [Row], in estate: Estate, at moment: Moment, _ language: Language
    ) -> Sheet {
        let clauses = estate.handbook.materials.contract.map {
            $0.replacing("〔买方〕", with: "\(estate.name)物业服务中心").replacing("〔卖方〕", with: supplier)
        }
        let head = [
            Label.itemName, .quantity, .measure, Label("参考单价", en: "Last price"), Label("约定单价", en: "Price"),
        ].map { $0[language] }
        let table = rows.map { row -> [String] in
            let item = estate.materials.items[row.subject.item]
            return [
                item?.name ?? "", row.quantity.text, item?.measure ?? "", item?.lastPrice?.text ?? "", "",
            ]
        }
        let paragraphs = clauses.map { Sheet.Block.text($0) }
        let signatures = Sheet.Block.entries([
            .init(Label("甲方（盖章）", en: "Buyer")[language], nil), .init(Label("乙方（盖章）", en: "Seller")[language], nil),
            .init(Label("日期", en: "Day")[language], nil),
        ])
        // The goods stand after the parties and the first clause.
        var blocks = paragraphs
        blocks.insert(.table(head, table), at: min(2, blocks.count))
        blocks.append(signatures)
        return Sheet(
            heading: label[language], number: "", blocks: blocks,
            foot: Label("草稿：空白处谈妥后填写。", en: "A draft: fill in what is agreed.")[language])
    }
}
