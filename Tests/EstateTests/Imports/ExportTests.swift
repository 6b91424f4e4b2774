import Sheets
import TestSupport
import Testing

@testable import Estate

@Suite("Export: what is written is imported to the same values")
struct ExportTests {
    /// The rows of a view without ids.
    private func rows<V: View>(_: V.Type, _ test: TestEstate) throws -> [[String]] {
        // The other estate gives its own ids and numbers of receipts.
        let ids = Set(V.columnDescriptions.indices.filter { ["id", "receipt"].contains(V.columnDescriptions[$0].key) })
        return try test.show(V.self).map { row in
            row.texts.enumerated().filter { !ids.contains($0.offset) }.map(\.element)
        }.sorted { $0.lexicographicallyPrecedes($1) }
    }

    private func filled() throws -> TestEstate {
        let test = try TestEstate()
        try test.do("unit.add", ["unit": "3-2-601", "area": "88.8"])
        try test.do("person.add", ["name": "=王五", "unit": "3-2-601", "role": "tenant", "phone": "01062345678#12"])
        try test.do("vehicle.add", ["plate": "浙A12345", "unit": "3-2-601"])
        for (period, amount) in [("2026-03", "100.05"), ("2026-04", "100"), ("2026-05", "100")] {
            try test.do(
                "bill.issue",
                ["unit": "3-2-601", "period": period, "item": "物业费", "amount": amount, "due": "\(period)-28"],
                at: "\(period)-01T08:00:05")
        }
        try test.do("payment.receive", ["unit": "3-2-601", "amount": "150", "period": "2026-04", "method": "微信"])
        try test.do("payment.receive", ["unit": "3-2-601", "amount": "100", "period": "2026-05"], at: "2026-05-07")
        test.clock.pass(milliseconds: 1_234)
        try test.do("payment.receive", ["unit": "3-2-501", "amount": "30"])
        return test
    }

    @Test("xlsx and CSV, in both languages", arguments: SpreadsheetFormat.allCases, [Language.chinese, .english])
    func roundTrip(format: SpreadsheetFormat, language: Language) throws {
        let (test, other) = (try filled(), try TestEstate(now: "2027-02-01T12:00"))
        for kind in Estate.imports {
            let bytes = try test.store.export(kind, as: format, by: "S01", language).table.bytes
            var run = ImportRun()
            run.skipsKnown = true
            _ = try other.store.perform(run, on: ImportTable(Spreadsheet(bytes), as: kind), by: "S01")
        }
        #expect(try rows(UnitsView.self, other) == rows(UnitsView.self, test))
        #expect(try rows(PeopleView.self, other) == rows(PeopleView.self, test))
        #expect(try rows(VehiclesView.self, other) == rows(VehiclesView.self, test))
        #expect(try rows(BillsView.self, other) == rows(BillsView.self, test))
        #expect(try rows(PaymentsView.self, other) == rows(PaymentsView.self, test))
        #expect(other.estate.people.persons(named: "=王五").first?.phone?.text == "01062345678#12")
    }

    @Test("Telephone numbers and plates are whole for managers, masked for others; a guard gets no money")
    func roles() throws {
        let test = try filled()
        func export(_ kind: String, _ member: String) throws -> Export {
            try test.store.export(Estate.importKind(named: kind), as: .csv, by: member, .chinese)
        }
        for (kind, member, isAllowed) in [
            ("people", "S01", true), ("people", "S04", true), ("vehicles", "S03", true), ("units", "S02", true),
            ("bills", "S07", true), ("bills", "S03", false), ("payments", "S03", false),
        ] {
            #expect(refusal { try export(kind, member) }?.code == (isAllowed ? nil : "export.notAllowed"))
        }
        func text(_ export: Export) -> String { String(decoding: export.table.bytes, as: UTF8.self) }
        let (whole, masked) = (try export("people", "S01"), try export("people", "S04"))
        #expect(text(whole).contains("13800001111") && whole.notes.isEmpty)
        #expect(!text(masked).contains("13800001111") && text(masked).contains("138****1111"))
        #expect(masked.notes.map(\.chinese) == ["电话和车牌已遮住，完整的由经理导出"])
        #expect(try !text(export("vehicles", "S03")).contains("浙A12345"))
        // Nobody takes what is masked for a number.
        let kind = try Estate.importKind(named: "people")
        let other = try TestEstate()
        var run = ImportRun()
        run.skipsKnown = true
        #expect(throws: RefusedRows.self) {
            try other.store.perform(run, on: ImportTable(Spreadsheet(masked.table.bytes), as: kind), by: "S01")
        }
    }

    @Test("As of an earlier moment")
    func earlier() throws {
        let test = try filled()
        let kind = try Estate.importKind(named: "payments")
        #expect(try test.store.export(kind, as: .csv, by: "S01", at: at("2026-06-01"), .chinese).count == 1)
    }
}
