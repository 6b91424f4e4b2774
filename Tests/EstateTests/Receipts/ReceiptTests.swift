import Journal
import TestSupport
import Testing

@testable import Estate

@Suite("Rules, Receipt: the paper of a payment, its copies and its invoice")
struct ReceiptTests {
    private let test: TestEstate

    init() throws {
        test = try TestEstate(now: "2026-11-23T12:00")
        try test.do("bill.issue", test.bill(period: "2026-10", amount: "1240.5", due: "2026-10-31"), at: "2026-10-01")
        try test.do(
            "bill.issue", test.bill(period: "2026-10", item: "停车费", amount: "150", due: "2026-10-31"),
            at: "2026-10-01")
    }

    private func receive(_ amount: String, _ more: [String: String] = [:], at time: String? = nil) throws -> String {
        let members = ["unit": "3-2-501", "amount": amount, "method": "现金"].merging(more) { $1 }
        return try test.do("payment.receive", members, by: "S02", at: time)
    }

    private func document(
        _ payment: String, for reader: Role? = nil, at moment: Moment? = nil, _ language: Language = .chinese
    ) throws -> Document {
        try ReceiptSheet.make(
            of: test.estate, at: moment ?? test.store.now, members: ["payment": .string(payment)], for: reader, language
        ).document
    }

    private func sheet(_ payment: String, for reader: Role? = nil, at moment: Moment? = nil) throws -> Sheet {
        try #require(try document(payment, for: reader, at: moment).sheets.first)
    }

    @Test("it shows number, unit, owner, bills, amount, capitals, change and who received it")
    func contents() throws {
        let payment = try receive("1640.9", ["tendered": "1700", "payer": "李小四"], at: "2026-11-23T10:05")
        try test.do("receipt.print", ["payment": payment], by: "S02")
        let sheet = try sheet(payment, for: .finance)
        #expect(sheet.heading == "翠湖花园 收据")
        for (name, value) in [
            ("收据号", "desk-000001"), ("收款时间", "2026-11-23 10:05"), ("房号", "3-2-501"), ("业主", "李四"), ("交款人", "李小四"),
            ("付款方式", "现金"), ("金额", "￥1,640.90"), ("大写", "人民币壹仟陆佰肆拾元零玖角整"), ("收到现金", "1,700.00"), ("找零", "59.10"),
            ("收款人", "陈接待"),
        ] {
            #expect(sheet.values[name] == .some(value), "\(name)")
        }
        #expect(sheet.values["作废"] == nil)
        #expect(
            sheet.tables == [
                [["2026-10", "物业费", "1,240.50"], ["2026-10", "停车费", "150.00"], ["—", "预收", "250.40"]]
            ])
        #expect(sheet.foot.contains("不作发票使用"))
        #expect(try document(payment).name == "receipt-desk-000001")
        let english = try #require(try document(payment, .english).sheets.first)
        #expect(english.values.keys.allSatisfy { $0.allSatisfy(\.isASCII) }, "\(english.values.keys)")
    }

    @Test("a paper says that it is a copy, that no printing is recorded, that the payment was voided")
    func marks() throws {
        let payment = try receive("100")
        #expect(try sheet(payment).heading == "翠湖花园 收据（预览，未打印）")
        try test.do("receipt.print", ["payment": payment], by: "S02")
        #expect(try sheet(payment).heading == "翠湖花园 收据")
        try test.do("receipt.print", ["payment": payment], by: "S07")
        #expect(try sheet(payment).heading == "翠湖花园 收据（补打，第 2 次打印）")
        try test.do("payment.void", ["payment": payment, "why": "退票"])
        #expect(try sheet(payment).heading == "翠湖花园 收据（补打，第 2 次打印）（作废）")
        #expect(try sheet(payment).values["作废"] == "2026-11-23 12:00")
        // A void keeps its number, and the next payment takes the next.
        let next = try receive("200")
        #expect(try sheet(next).values["收据号"] == "desk-000002")
        let rows = try test.show(ReceiptsView.self)
        #expect(rows.map(\.number) == ["desk-000001", "desk-000002"])
        #expect(rows.map(\.printings.count) == [2, 0] && rows.map { $0.voided != nil } == [true, false])
    }

    @Test("it keeps the bills as they were posted, though the money is elsewhere now")
    func posted() throws {
        let payment = try receive("1240.5")
        let bill = try #require(try test.show(BillsView.self).first).id.id.text
        try test.do("bill.reduce", ["bill": bill, "amount": "240.5", "why": "停梯"])
        #expect(try test.show(BillsView.self).map(\.paid.text) == ["1000.00", "150.00"])
        #expect(try sheet(payment).tables == [[["2026-10", "物业费", "1,240.50"]]])
        #expect(try test.only(ReceiptsView.self).texts[4] == "2026-10 物业费 1240.50")
    }

    @Test("a printing is recorded after the payment, is asked about if it is another, and is never undone")
    func printing() throws {
        let payment = try receive("100")
        #expect(refusal { try test.do("receipt.print", ["payment": payment], by: "S03") }?.code == "staff.notAllowed")
        #expect(
            refusal { try test.do("receipt.print", ["payment": payment], at: "2026-11-22") }?.code == "time.order")
        let print = PrintReceipt(payment: ref(payment))
        #expect(print.confirmation(in: test.estate, at: test.store.now) == nil)
        let printed = try ReceiptSheet(payment: ref(payment)).printed(
            in: test.estate, at: test.store.now, by: "S02", .chinese)
        #expect(printed.sheets.map(\.heading) == ["翠湖花园 收据"])
        try test.do("receipt.print", ["payment": payment], by: "S02")
        let asked = try #require(print.confirmation(in: test.estate, at: test.store.now))
        #expect(asked.facts.map(\.chinese) == ["已打印：1 次", "上次：2026-11-23 12:00 陈接待"])
        #expect(refusal { try test.do("action.undo", by: "S02") } != nil)
    }

    @Test("a checkpoint keeps the printings and the invoice with the payment")
    func retained() throws {
        let payment = try receive("100")
        try test.do("receipt.print", ["payment": payment], by: "S02")
        let set = WorkingSet(of: test.estate, at: test.store.now)
        let metadata = Metadata(id: EntryID(at: test.store.now), at: test.store.now, by: "S02")
        #expect(PrintReceipt(payment: ref(payment)).isRetained(in: set, metadata))
        #expect(!PrintReceipt(payment: ref("01K00000000000000000000000")).isRetained(in: set, metadata))
    }

    @Test("who paid is printed on the day itself; later for finance only, and others see the owner")
    func payer() throws {
        let payment = try receive("100", ["payer": "王代付"], at: "2026-11-23T10:00")
        func payer(_ reader: Role, on day: String) throws -> String?? {
            try sheet(payment, for: reader, at: at("\(day)T18:00")).values["交款人"]
        }
        #expect(try payer(.operator, on: "2026-11-23") == "王代付")
        #expect(try payer(.keeper, on: "2026-11-23") == "李四")
        #expect(try payer(.operator, on: "2026-11-24") == "李四")
        #expect(try payer(.finance, on: "2026-11-24") == "王代付")
    }

    @Test("a guard sees no receipt")
    func hidden() throws {
        let payment = try receive("100")
        #expect(refusal { _ = try document(payment, for: .guard) }?.code == "view.notAllowed")
        #expect(
            refusal { try ReceiptsView.select(of: test.estate, at: test.store.now, members: [:], for: .guard) }?.code
                == "view.notAllowed")
    }

    @Test("an invoice is recorded once, written off by a red one, and then made out anew")
    func invoice() throws {
        let payment = try receive("100")
        func invoice(_ number: String, red: String? = nil) throws {
            var members = ["payment": payment, "number": number]
            members["red"] = red
            try test.do("payment.invoice", members, by: "S07")
        }
        func row() throws -> ReceiptsView.Row { try test.only(ReceiptsView.self) }
        #expect(try row().invoice == .none)
        #expect(refusal { try invoice("24000", red: "yes") }?.code == "invoice.none")
        try invoice("24001")
        #expect(try (row().invoice, row().invoiceNumber) == (.issued, "24001"))
        #expect(refusal { try invoice("24009") }?.code == "payment.invoiced")
        try invoice("24002", red: "yes")
        #expect(try (row().invoice, row().invoiceNumber) == (.red, "24002"))
        try invoice("24003")
        #expect(try row().invoice == .issued)
    }

    @Test("the same invoice number on two payments is asked about and warned of, until one is written off")
    func doubledInvoice() throws {
        func paid(_ amount: String) throws -> Ref<Payment> {
            ref(try test.do("payment.receive", ["unit": "3-2-502", "amount": amount], by: "S02"))
        }
        let (first, second) = (try paid("10"), try paid("20"))
        func warnings(_ payment: Ref<Payment>, red: Bool = false) throws -> [String] {
            try test.store.perform(InvoicePayment(payment: payment, number: "24001", isRed: red), by: "S07").warnings
        }
        #expect(try warnings(first) == [])
        let again = InvoicePayment(payment: second, number: "24001")
        let asked = again.confirmation(in: test.estate, at: test.store.now)
        #expect(asked?.question.chinese == "发票 24001 已登记在另一笔收款上，照样登记？")
        #expect(try warnings(second) == ["invoice.doubled"])
        #expect(try warnings(first, red: true) == [])
        #expect(try warnings(second, red: true) == [])
        #expect(
            InvoicePayment(payment: first, number: "24001").confirmation(in: test.estate, at: test.store.now) == nil)
        #expect(try warnings(first) == [])
    }

    @Test("an invoiced payment is voided or refunded only after the red invoice")
    func invoicedStays() throws {
        let payment = try receive("1500")
        try test.do("payment.invoice", ["payment": payment, "number": "24001"])
        let void = ["payment": payment, "why": "退票"]
        let refund = ["unit": "3-2-501", "amount": "9.5", "why": "多收"]
        #expect(refusal { try test.do("payment.void", void) }?.code == "payment.invoiced")
        #expect(refusal { try test.do("payment.refund", refund) }?.code == "payment.invoiced")
        // Another payment, whose prepaid money goes back first, has no invoice.
        let other = try receive("9.5")
        try test.do("payment.refund", refund)
        #expect(refusal { try test.do("payment.refund", refund) }?.code == "payment.invoiced")
        try test.do("payment.invoice", ["payment": payment, "number": "24002", "red": "yes"])
        try test.do("payment.void", void)
        #expect(
            refusal { try test.do("payment.invoice", ["payment": payment, "number": "24004"]) }?.code
                == "payment.voided")
        #expect(other != payment)
    }

    @Test("amounts are written out up to 10¹² yuan, more than any that is recorded")
    func greatCapitals() throws {
        func capitals(_ amount: String) throws -> String {
            try #require(try test.only(CapitalsView.self, ["amount": amount]).texts.first)
        }
        #expect(try capitals("1,000,000,000,000.00") == "人民币壹万亿元整")
        #expect(try capitals("999999999999.99") == "人民币玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分")
        #expect(refusal { _ = try capitals("1000000000000.01") }?.code == "amount.malformed")
        #expect(refusal { _ = try self.receive("1000000000000") }?.code == "amount.large")
    }
}
