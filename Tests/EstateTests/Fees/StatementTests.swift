import TestSupport
import Testing

@testable import Estate

@Suite("Statements of units")
struct StatementTests {
    private let test: TestEstate

    init() throws { test = try TestEstate(now: "2026-11-23T12:00") }

    private func entries(_ members: [String: String] = [:], asOf time: String? = nil) throws -> [String] {
        try test.show(StatementView.self, ["unit": "3-2-501"].merging(members) { $1 }, asOf: time).map { row in
            let day = Day(row.at, in: .shanghai).short
            return
                "\(day) \(row.what.chinese): \(row.charge?.text ?? "-") \(row.credit?.text ?? "-") \(row.balance.text)"
        }
    }

    private func document(_ more: [String: String] = [:]) throws -> Document {
        let members = ["unit": "3-2-501"].merging(more) { $1 }
        return try StatementView.make(
            of: test.estate, at: test.store.now, members: members.mapValues { .string($0) }, .chinese
        ).document
    }

    @Test("bills, payments and what corrected them stand in order of time, each with the balance")
    func order() throws {
        let bill = try test.do(
            "bill.issue", test.bill(period: "2026-09", amount: "100", due: "2026-09-30"), at: "2026-09-01")
        let wrong = try test.do(
            "bill.issue", test.bill(period: "2026-09", item: "停车费", amount: "50", due: "2026-09-30"), at: "2026-09-01")
        let bounced = try test.do(
            "payment.receive", ["unit": "3-2-501", "amount": "80", "method": "银行转账"], at: "2026-09-10")
        try test.do("bill.reduce", ["bill": bill, "amount": "30", "why": "停梯"], at: "2026-09-12")
        try test.do("payment.void", ["payment": bounced, "why": "退票"], at: "2026-09-13")
        try test.do("payment.receive", ["unit": "3-2-501", "amount": "200", "method": "现金"], at: "2026-09-20")
        try test.do("bill.void", ["bill": wrong, "why": "没有车"], at: "2026-09-21")
        try test.do("payment.refund", ["unit": "3-2-501", "amount": "40", "why": "多收"], at: "2026-09-22")
        let all = [
            "09-01 账单 2026-09 物业费: 100.00 - 100.00", "09-01 账单 2026-09 停车费: 50.00 - 150.00",
            "09-10 收款 银行转账 desk-000001: - 80.00 70.00", "09-12 减免 2026-09 物业费: - 30.00 40.00",
            "09-13 收款作废 desk-000001: 80.00 - 120.00", "09-20 收款 现金 desk-000002: - 200.00 -80.00",
            "09-21 账单作废 2026-09 停车费: - 50.00 -130.00", "09-22 退款 现金 多收: 40.00 - -90.00",
        ]
        #expect(try entries() == all)
        #expect(test.estate.fees.prepaid(of: unit("3-2-501")) == money("90"))
        #expect(try entries(asOf: "2026-09-12") == Array(all[..<4]))
        // A bill of the month that comes late holds from the month's first day.
        try test.do("bill.issue", test.bill(period: "2026-08", amount: "10", due: "2026-08-31"))
        #expect(try entries().first == "08-01 账单 2026-08 物业费: 10.00 - 10.00")
        #expect(try entries().last?.hasSuffix(" -80.00") == true)
    }

    @Test("each owner's account stands apart")
    func accounts() throws {
        try test.do("bill.issue", test.bill(period: "2026-08", amount: "100", due: "2026-08-31"), at: "2026-08-01")
        try test.do("unit.sell", ["unit": "3-2-501", "owner": "钱新"], at: "2026-10-01")
        try test.do("bill.issue", test.bill(period: "2026-10", amount: "70", due: "2026-10-31"), at: "2026-10-01")
        #expect(
            try entries() == [
                "08-01 账单 2026-08 物业费: 100.00 - 100.00", "10-01 账单 2026-10 物业费: 70.00 - 70.00",
            ])
        let sheets = try document().sheets
        #expect(sheets.map { $0.values["原业主"] ?? nil } == ["李四", nil])
        #expect(sheets.map { $0.values["业主"] ?? nil } == [nil, "钱新"])
        #expect(refusal { try test.show(StatementView.self, ["unit": "9-9-999"]) }?.code == "unit.unknown")
    }

    @Test("the paper has the table with what was brought forward, and what is owed in capitals")
    func paper() throws {
        try test.do("bill.issue", test.bill(period: "2026-08", amount: "1609.02", due: "2026-08-31"), at: "2026-08-01")
        try test.do("bill.issue", test.bill(period: "2026-09", amount: "100", due: "2026-09-30"), at: "2026-09-01")
        try test.do("payment.receive", ["unit": "3-2-501", "amount": "300"], at: "2026-09-10")
        let sheet = try #require(try document(["from": "2026-09-01"]).sheets.first)
        #expect(sheet.heading == "翠湖花园 对账单")
        #expect(
            sheet.tables == [
                [
                    ["", "期初余额", "", "", "1,609.02"], ["2026-09-01", "账单 2026-09 物业费", "100.00", "", "1,709.02"],
                    ["2026-09-10", "收款 desk-000001", "", "300.00", "1,409.02"],
                ]
            ])
        #expect(sheet.values["欠费"] == "￥1,409.02")
        #expect(sheet.values["大写"] == "人民币壹仟肆佰零玖元零贰分")
        try test.do("payment.receive", ["unit": "3-2-501", "amount": "1500"])
        #expect(try document().sheets.first?.values["预收"] == "￥90.98")
        #expect(try test.show(StatementView.self, ["unit": "3-2-502"]).isEmpty)
    }
}
