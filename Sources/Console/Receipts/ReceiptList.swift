import Estate
import Screen

/// The receipts, the latest first: printed here, or printed again.
struct ReceiptList: ViewSource {
    typealias Shown = ReceiptsView
    static let name = "receipts"
    static let label = ReceiptsView.label
    static let creates: (any Action.Type)? = nil
    static let refreshPolicy = RefreshPolicy.inSight
    static func parts(of estate: Estate) -> [Int] { [estate.$fees, estate.$receipts, estate.$staff] }
    static let granularity = ClockGranularity.day
    static let nothingSelected = Label("没有选中的收据", en: "no receipt is selected")
    static func empty(_ context: Context) -> Label { Label("没有收据", en: "no receipts") }

    static let commands: [Command] = [
        rowCommand(
            "receipts.print", Label("打印", en: "Print"),
            doc: Label("打印收据，再打即补打", en: "print the receipt; printed again it is a copy"), keys: [.control("e")],
            priority: 8, action: PrintReceipt.self, run: { row, context in print(row.id, context) }),
        rowCommand(
            "receipts.invoice", Label("发票", en: "Invoice"),
            doc: Label("登记已开的发票，或红冲", en: "an invoice was made out, or written off"), keys: [.control("r")],
            priority: 4, action: InvoicePayment.self
        ) { row, _ in
            let isRed = row.invoice == .issued
            let fixed: [String: any FieldValue] = isRed ? ["payment": row.id, "red": true] : ["payment": row.id]
            return .form(
                InvoicePayment.self, fixed: fixed,
                title: isRed
                    ? Label("红冲 \(row.invoiceNumber ?? "")", en: "Write off \(row.invoiceNumber ?? "")")
                    : Label("发票 · \(row.unit.text) \(row.amount.grouped)", en: "Invoice · \(row.unit.text)"))
        },
    ]

    /// Records that a receipt is printed, and writes it to be printed.
    static func print(_ payment: Ref<Payment>, _ context: Context) -> Intent {
        guard let member = context.member,
            let document = try? ReceiptSheet(payment: payment).printed(
                in: context.estate, at: context.now, by: member.code, context.language)
        else { return .none }
        return .perform(
            PrintReceipt(payment: payment), done: PrintReceipt.label, then: [.effect(.save(document))])
    }

    private static let limit = 2000

    static func rows(_ context: Context) -> [Row] { rows(context, limit) }
    static func allRows(_ context: Context) -> [Row] { rows(context, .max) }
    static func isCut(_ count: Int) -> Bool { count >= limit }

    private static func rows(_ context: Context, _ limit: Int) -> [Row] {
        ReceiptsView().subjects(in: context.view).suffix(limit).sorted { $0.received > $1.received }
            .map { Row($0, in: context.view) }
    }

    static func updated(_ payment: Payment, _ context: Context) -> Row? {
        context.estate.fees.payments[payment.id].map { Row($0, in: context.view) }
    }

    static func id(_ row: Row) -> String { row.id.id.text }
    static func words(_ row: Row) -> [String] {
        [row.unit.text, row.number ?? "", row.method ?? "", row.amount.text, row.invoiceNumber ?? ""]
    }

    static let columns: [ListColumn<Row>] = [
        ListColumn("at", Label("收到", en: "Received"), .fixed("", 11, priority: 8)) { $0.received },
        ListColumn("unit", .unit, .fixed("", 8, priority: 9)) { $0.unit },
        ListColumn("amount", Label("金额", en: "Amount"), .fixed("", 10, alignment: .right, priority: 9)) { $0.amount },
        ListColumn("method", Label("方式", en: "Method"), Column("", min: 4, ideal: 8, priority: 4)) { $0.method ?? "" },
        ListColumn("number", Label("收据号", en: "Receipt"), .filling("", min: 12, priority: 6)) { $0.number ?? "" },
        ListColumn("printed", Label("打印", en: "Printed"), Column("", min: 6, ideal: 8, priority: 5)) {
            $0.printings.count
        },
        ListColumn("invoice", Label("发票", en: "Invoice"), .fixed("", 6, priority: 3)) { $0.invoice.rawValue },
    ]

    static func cells(_ row: Row, _ glyphs: Glyphs, _ context: Context) -> [Line] {
        let isVoid = row.voided != nil
        let count = row.printings.count
        let printed =
            count == 0
            ? Line(context(Label("未打印", en: "not yet")), .faint)
            : Line(
                context(count == 1 ? Label("已打印", en: "printed") : Label("补打 \(count - 1)", en: "\(count - 1) more")))
        return [
            Line(context.clock(row.received), .muted), Line(row.unit.text, .strong),
            Line(row.amount.grouped, isVoid ? .faint : .text), Line(row.method ?? "—", .muted),
            Line([
                Span(row.number ?? "—", isVoid ? .faint : .text),
                Span(isVoid ? context(Label(" 作废", en: " void")) : "", .warning),
            ]), printed,
            Line(context(row.invoice.label), row.invoice == .issued ? .text : row.invoice == .red ? .warning : .faint),
        ]
    }

    static func summary(_ rows: [Row], _ glyphs: Glyphs, _ context: Context) -> [Span] {
        rows.count != limit ? [] : [Span(context(Label("最近 \(limit)", en: "latest \(limit)")), .warning)]
    }

    static func detail(_ row: Row, _ context: Context) -> [Line] { row.detailLines(context, without: ["payment"]) }
}
