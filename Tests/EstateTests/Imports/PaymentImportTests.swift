import Journal
import Sheets
import TestSupport
import Testing

@testable import Estate

@Suite("Import of payments: no yuan twice, none lost")
struct PaymentImportTests {
    private static let header = ["房号", "金额", "付款方式", "时间", "账期", "流水号"]

    private func codes(_ test: TestEstate, _ rows: [[String]], _ change: (inout ImportRun) -> Void = { _ in }) throws
        -> [String]
    {
        try test.refusals("payments", ([Self.header] + rows).map { $0.map { Spreadsheet.Cell($0) } }, change)
    }

    private func total(_ test: TestEstate) throws -> Int {
        try test.show(PaymentsView.self).reduce(0) { $0 + $1.amount.cents }
    }

    @Test("the same slip number is the same money, whatever else differs; another one is other money")
    func slips() throws {
        let test = try TestEstate()
        let row = ["3-2-501", "10", "微信", "2026-03-05 10:00", "", "4200 0012ab"]
        #expect(try codes(test, [row]) == [])
        #expect(try test.only(PaymentsView.self).slip == "42000012AB")
        #expect(try codes(test, [["3-2-501", "11", "现金", "2026-03-06", "", "42000012AB"]]) == ["2 import.doubled"])
        // Two payments of a day, told apart by their slips.
        #expect(try codes(test, [["3-2-501", "10", "微信", "2026-03-05 10:00", "", "43"]]) == [])
        // Without a slip it may be either.
        #expect(try codes(test, [["3-2-501", "10", "微信", "2026-03-05 10:00", "", "无"]]) == ["2 import.doubled"])
        #expect(try codes(test, [["3-2-501", "10", "微信", "2026-03-05 10:00", "", ""]]) { $0.allowsTwice = true } == [])
        #expect(try codes(test, [["3-2-501", "10", "微信", "", "", "1.2E+15"]]) == ["2 slip.damaged"])
        #expect(try test.show(PaymentsView.self).count == 3)
    }

    @Test("one sum for several months, or for several units on one slip, is no double within its file, but in the next")
    func parts() throws {
        let test = try TestEstate()
        let months = (1...3).map { ["3-2-501", "241.25", "微信", "2026-03-05 10:00", "2026-0\($0)", ""] }
        let units = ["3-2-502", "3-2-503"].map { [$0, "100", "银行转账", "2026-03-05", "", "S1"] }
        #expect(try codes(test, months + units) == [])
        #expect(try total(test) == 72375 + 20000)
        #expect(try codes(test, months + units).count == 5)
        #expect(try codes(test, [months[0], months[1], months[0]]) { $0.skipsKnown = true } == [])
        #expect(try codes(test, months + [months[0]]) { $0.skipsKnown = true } == ["5 import.doubled"])
        #expect(try total(test) == 72375 + 20000)
    }

    @Test("a column of items says which bills are paid: those of the item in the period, else of all periods")
    func items() throws {
        let test = try TestEstate()
        for (period, item, amount) in [
            ("2026-01", "物业费", "100"), ("2026-02", "物业费", "100"), ("2026-02", "车位费", "100"),
        ] {
            try test.do("bill.issue", test.bill(period: period, item: item, amount: amount, due: "\(period)-28"))
        }
        func paid() -> [String] { test.estate.fees.bills(of: unit("3-2-501")).map(\.paid.text) }
        let header = ["房号", "金额", "付款方式", "时间", "账期", "费用名称"]
        func rows(_ rows: [String]...) -> [[String]] { [header] + rows }
        let february = rows(
            ["3-2-501", "100", "微信", "2026-03-05 10:00", "2026-02", "物业费"],
            ["3-2-501", "100", "微信", "2026-03-05 10:00", "2026-02", "车位费"])
        // The same unit, sum, time and way, for two items.
        let result = try test.importRows("payments", february)
        #expect(result.imported == 2 && result.warnings["payment.item"] == nil)
        #expect(paid() == ["0.00", "100.00", "100.00"])
        #expect(try test.importRows("payments", february) { $0.skipsKnown = true }.differing.isEmpty)
        let other = try test.importRows(
            "payments", rows(["3-2-501", "10", "微信", "2026-03-06 10:00", "2026-02", "水费"]))
        #expect(other.warnings == ["payment.item": [2]])
        #expect(paid() == ["10.00", "100.00", "100.00"])
        // What is named as bills counts before the item.
        try test.do("bill.issue", test.bill(period: "2026-03", item: "车位费", amount: "50"))
        try test.do(
            "payment.receive",
            ["unit": "3-2-501", "amount": "30", "item": "车位费", "bills": "2026-01 物业费"])
        try test.do("payment.receive", ["unit": "3-2-501", "amount": "30", "item": "车位费"])
        #expect(paid() == ["40.00", "100.00", "100.00", "30.00"])
    }

    @Test("a unit's former code in the file is the unit: its money is known")
    func formerCode() throws {
        let test = try TestEstate()
        let rows = ["08:00", "09:00"].map { ["3-2-501", "10", "现金", "2026-03-05 \($0)", "", ""] }
        #expect(try codes(test, rows) == [])
        try test.do("unit.change", ["unit": "3-2-501", "newCode": "3-2-511"])
        let result = try test.importRows("payments", [Self.header] + rows) { $0.skipsKnown = true }
        #expect((result.imported, result.known) == (0, 2))
        #expect(try codes(test, rows) == ["2 import.doubled", "3 import.doubled"])
    }

    @Test("--skip-known counts: what stands once is known once")
    func skipKnown() throws {
        let test = try TestEstate()
        let months = (1...4).map { ["3-2-501", "241.25", "微信", "2026-03-05 10:00", "2026-0\($0)", ""] }
        #expect(try codes(test, [months[0]]) == [])
        let result = try test.importRows("payments", [Self.header] + months) { $0.skipsKnown = true }
        #expect((result.imported, result.known) == (3, 1))
        #expect(try total(test) == 4 * 24125)
        let again = try test.importRows("payments", [Self.header] + months) { $0.skipsKnown = true }
        #expect((again.imported, again.known, again.id) == (0, 4, nil))
        // The same row twice in one file is refused, unless both stand already or it is said that they are two.
        let row = ["3-2-502", "5", "现金", "2026-03-06 09:00", "", ""]
        #expect(try codes(test, [row, row]) { $0.skipsKnown = true } == ["3 import.doubled"])
        let twice = try test.importRows("payments", [Self.header, row, row]) {
            ($0.skipsKnown, $0.allowsTwice) = (true, true)
        }
        #expect((twice.imported, twice.known) == (2, 0))
        let both = try test.importRows("payments", [Self.header, row, row]) { $0.skipsKnown = true }
        #expect((both.imported, both.known) == (0, 2))
        #expect(try codes(test, [row, row, row]) { $0.skipsKnown = true } == ["4 import.doubled"])
        // What differs is shown: the slip of a payment that stood without one does not.
        let known = try test.importRows("payments", [Self.header, row.dropLast() + ["S9"]]) { $0.skipsKnown = true }
        #expect(known.differing.map(\.chinese) == ["第 2 行 3-2-502 5.00 2026-03-06T09:00:00+08:00 现金：单号 — → S9"])
    }

    @Test("a row without a slip number, above the one that has it, makes no second payment of it")
    func withoutSlip() throws {
        let test = try TestEstate()
        let row = ["3-2-501", "10", "微信", "2026-03-05 10:00", "", "S1"]
        try test.importRows("payments", [Self.header, row])
        let bare = Array(row.dropLast()) + [""]
        let result = try test.importRows("payments", [Self.header, bare, row]) { $0.skipsKnown = true }
        #expect((result.imported, result.known) == (0, 2))
        // Where both stand, each is known by its own.
        try test.importRows("payments", [Self.header, bare]) { $0.allowsTwice = true }
        let both = try test.importRows("payments", [Self.header, bare, row]) { $0.skipsKnown = true }
        #expect((both.imported, both.known, both.differing.count) == (0, 2, 0))
    }

    @Test("a payment says which bills it pays, by period and item or by id; the rest goes to the oldest due")
    func bills() throws {
        let test = try TestEstate()
        var ids: [String] = []
        for (period, item) in [("2026-01", "物业费"), ("2026-02", "物业费"), ("2026-02", "水费 冷")] {
            ids.append(
                try test.do(
                    "bill.issue",
                    ["unit": "3-2-501", "period": period, "item": item, "amount": "100", "due": "\(period)-28"]))
        }
        func pay(_ bills: String, _ amount: String = "130") throws {
            try test.do("payment.receive", ["unit": "3-2-501", "amount": amount, "bills": bills])
        }
        #expect(refusal { try pay("2026-03 物业费") }?.code == "bill.unknown")
        #expect(refusal { try pay("2026-02 物业费 100.01") }?.code == "bills.amount")
        #expect(refusal { try pay("2026-02 物业费 80；2026-01 物业费 80") }?.code == "bills.amount")
        #expect(refusal { try pay("物业费") }?.code == "bills.malformed")
        try pay("2026年2月 水费 冷 30.5； 2026-02 物业费")
        #expect(try test.show(BillsView.self).map(\.paid.text) == ["0.00", "99.50", "30.50"])
        try pay("预收", "7")
        try pay("\(ids[0]),\(ids[1])", "50")
        #expect(try test.show(BillsView.self).map(\.paid.text) == ["57.00", "99.50", "30.50"])
        #expect(try test.show(PaymentsView.self).map(\.prepaid.text) == ["0.00", "0.00", "0.00"])
        #expect(try test.secondStore().estate.fees.bills.values.map(\.paid.text) == ["57.00", "99.50", "30.50"])
    }

    @Test("an export pays the same bills elsewhere: money that came before its bills, in parts, and prepaid")
    func elsewhere() throws {
        let test = try TestEstate()
        func bill(_ period: String, _ item: String = "物业费") throws {
            try test.do(
                "bill.issue",
                ["unit": "3-2-501", "period": period, "item": item, "amount": "100", "due": "\(period)-28"],
                at: "\(period)-02")
        }
        try bill("2026-01")
        try test.do(
            "payment.receive", ["unit": "3-2-501", "amount": "250", "method": "银行转账", "slip": "A1"], at: "2026-01-05")
        try bill("2026-03", "水费；热（二期，3 号）")
        try bill("2026-02")
        try test.do(
            "payment.receive", ["unit": "3-2-501", "amount": "20", "period": "2026-02"], at: "2026-03-05 10:00")
        try test.do("payment.receive", ["unit": "3-2-502", "amount": "5", "bills": "预收"], at: "2026-03-05 10:00")
        let other = try TestEstate()
        for kind in Estate.imports {
            let bytes = try test.store.export(kind, as: .xlsx, by: "S01", .chinese).table.bytes
            var run = ImportRun()
            run.skipsKnown = true
            let result = try other.store.perform(run, on: ImportTable(Spreadsheet(bytes), as: kind), by: "S01")
            #expect(result.differing.isEmpty && result.gone.isEmpty)
        }
        func rows(_ test: TestEstate) throws -> [[String]] {
            try test.show(BillsView.self).map { Array($0.texts.dropFirst()) }
                + test.show(PaymentsView.self).map { Array($0.texts.dropFirst()) }
        }
        #expect(try rows(other) == rows(test))
        #expect(try rows(test).flatMap { $0 }.contains("A1"))
    }

    @Test("what a file cannot have is told: voided payments, reductions")
    func omitted() throws {
        let test = try TestEstate()
        let bill = try test.do(
            "bill.issue",
            ["unit": "3-2-501", "period": "2026-01", "item": "物业费", "amount": "100", "due": "2026-01-28"])
        try test.do("bill.reduce", ["bill": bill, "amount": "10", "why": "减"])
        let payment = try test.do("payment.receive", ["unit": "3-2-501", "amount": "5"])
        try test.do("payment.void", ["payment": payment, "why": "错"])
        func notes(_ kind: String) throws -> [String] {
            try test.store.export(Estate.importKind(named: kind), as: .csv, by: "S01", .chinese).notes.map(\.chinese)
        }
        #expect(try notes("bills") == ["1 笔账单的减免不在文件里"])
        #expect(try notes("payments") == ["已作废的 1 笔不在文件里"])
        #expect(try notes("units") == [])
    }

    @Test("a voided payment of a file that tells times is imported again; without times the whole file is refused")
    func voided() throws {
        let test = try TestEstate()
        let rows = (1...3).map { ["3-2-50\($0)", "10", "微信", "2026-03-05 10:00", "", ""] }
        func void() throws {
            let last = try #require(test.estate.fees.payments.values.last { $0.voided == nil })
            try test.do("payment.void", ["payment": last.id.id.text, "why": "录错"])
        }
        #expect(try codes(test, rows) == [])
        try void()
        #expect(try codes(test, rows) == ["2 import.doubled", "3 import.doubled"])
        let result = try test.importRows("payments", [Self.header] + rows) { $0.skipsKnown = true }
        #expect((result.imported, result.known) == (1, 2))
        let untimed = [["房号", "金额"], ["3-2-501", "7"], ["3-2-502", "7"]]
        try test.importRows("payments", untimed)
        try void()
        for skips in [false, true] {
            #expect(
                refusal { try test.importRows("payments", untimed) { $0.skipsKnown = skips } }?.code == "import.twice")
        }
    }
}
