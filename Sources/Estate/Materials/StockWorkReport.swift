import Journal

/// A figure of the month's work report.
public struct StockFigure: Sendable {
    public let name: Label
    public let value: Label
}

/// The keeper's work report of a month (物资工作月报), drafted from the facts.
public struct StockWorkReport: Report {
    public static let name = "stockwork"
    public static let label = Label("物资工作月报", en: "Work report of the store")
    var period: Period?

    public static var columns: [ViewColumn<Self>] {
        Column("figure", Label("事项", en: "What")) { $0.subject.name }
        Column("value", Label("数字", en: "Figure")) { $0.subject.value }
    }

    public init() {}

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("period", &period, Label("月份", en: "Month"))
    }

    public static func isCovered(_ filters: [String: String], by window: RetentionWindow) -> Bool { true }

    public func subjects(in context: ViewContext) -> [StockFigure] {
        let (materials, zone, month) = (context.estate.materials, context.zone, context.period(period))
        if materials.items.isEmpty { return [] }
        func figure(_ chinese: String, _ english: String, _ kinds: Set<StockMovementKind>) -> StockFigure {
            let (count, value) = (
                materials.count(of: kinds, in: month, zone), materials.value(of: kinds, in: month, zone)
            )
            let amount = (value < .zero ? Money.zero - value : value).grouped
            return StockFigure(
                name: Label(chinese, en: english), value: Label("\(count) 笔 \(amount) 元", en: "\(count), \(amount)"))
        }
        let counts = materials.counts.values.filter { !$0.isReplaced && Period($0.at, in: zone) == month }
        let verdicts = StockVerdict.allCases.compactMap { verdict -> Label? in
            let count = counts.count { ($0.settlement?.verdict ?? materials.verdict(of: $0)) == verdict }
            return count == 0
                ? nil : Label("\(verdict.label.chinese) \(count)", en: "\(verdict.label.english) \(count)")
        }
        let loans = materials.loans.values.filter(\.isOpen)
        let short = materials.items.values.filter(\.isShort).map(\.name)
        let asks = materials.asks.values.filter { Period($0.at, in: zone) == month }
        let late = loans.count { $0.isOverdue(on: context.day) }
        let approved = asks.count { $0.approval != nil }
        let value = materials.items.values.reduce(Money.zero) { $0 + $1.value }
        return [
            figure("验收入库", "Received", [.opening, .received]), figure("领用出库", "Issued", [.issued]),
            figure("退库", "Returned", [.returned]), figure("报废", "Scrapped", [.scrapped]),
            figure("盘盈", "Surplus", [.surplus]), figure("盘亏", "Shortage", [.shortage]),
            StockFigure(
                name: Label("盘点", en: "Counted"),
                value: Label.joined(verdicts) ?? Label("没有盘点", en: "nothing was counted")),
            StockFigure(
                name: Label("借出未还", en: "Still lent"),
                value: Label("\(loans.count) 笔，逾期 \(late)", en: "\(loans.count), overdue \(late)")),
            StockFigure(
                name: Label("超定额申请", en: "Asked beyond the quota"),
                value: Label("\(asks.count) 笔，批准 \(approved)", en: "\(asks.count), approved \(approved)")),
            StockFigure(
                name: Label("短缺", en: "Short"),
                value: short.isEmpty ? Label("没有", en: "nothing") : Label(short.joined(separator: "、"))),
            StockFigure(
                name: Label("库存总额", en: "Value of the stock"), value: Label("\(value.grouped) 元", en: value.grouped)),
        ]
    }

    public static func document(of rows: [Row], in estate: Estate, at moment: Moment, _ language: Language) -> Document
    {
        let entries = rows.map { Sheet.Entry($0.subject.name[language], $0.subject.value[language], isWide: true) }
        return Document(
            name: name, title: label[language], language: language,
            sheets: rows.isEmpty
                ? []
                : [
                    Sheet(
                        heading: "\(estate.name) \(label[language])", number: "",
                        blocks: [
                            .entries(entries),
                            .words(Label("做了什么、现场检查", en: "Work and site visits")[language], nil, lines: 4),
                            .words(Label("问题和下月打算", en: "Problems and plans")[language], nil, lines: 3),
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
        PurchasesView.columns.map { column in
            Column(column.description) { column.value(PurchasesView.Row($0.subject, in: $0.context)) }
        }
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
            name: name, title: label[language], language: language,
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
