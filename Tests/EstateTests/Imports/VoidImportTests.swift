import Journal
import TestSupport
import Testing

@testable import Estate

@Suite("Import: a whole import is voided")
struct VoidImportTests {
    private func void(_ result: ImportResult, in test: TestEstate, by: String = "S01") throws {
        try test.do("import.void", ["import": result.id?.id.text ?? "", "why": "错了"], by: by)
    }

    @Test("also after its day and from another terminal, all of its many rows, and it stays listed")
    func afterItsDay() throws {
        let test = try TestEstate(now: "2026-11-23 09:00")
        let rows = (1...2500).map { ["9-1-\($0)"] }
        let result = try test.importRows("units", [["房号"]] + rows)
        test.clock.set("2026-12-20 09:00")
        let other = try test.secondStore()
        #expect(other.estate.people.units.count == 2503)
        try void(result, in: test, by: "S07")
        #expect(test.estate.people.units.count == 3)
        #expect(try test.only(ImportsView.self).texts.prefix(4) == [result.id?.id.text ?? "", "units", "2500", "true"])
        try other.catchUp()
        #expect(other.estate.people.units.count == 3)
        #expect(try test.secondStore().estate.imports.all.values.first?.entries.count == 2500)
        #expect(refusal { try void(result, in: test) }?.code == "import.voided")
        // The units may be added again.
        try test.importRows("units", [["房号"]] + rows)
    }

    @Test("not while later records build on it")
    func dependents() throws {
        let test = try TestEstate()
        let units = try test.importRows("units", [["房号"], ["9-1-101"], ["9-1-102"]])
        let people = try test.importRows("people", [["业主姓名", "房号"], ["王", "9-1-102"]])
        test.clock.pass(seconds: 3 * 86_400)
        let found = try #require(refusal { try void(units, in: test) })
        #expect(found.code == "undo.used")
        #expect(found.message.chinese.contains("1 条"))
        try void(people, in: test)
        try void(units, in: test)
        #expect(test.estate.people.units.count == 3)
    }

    @Test("bills, unless money was received for them; money never")
    func money() throws {
        let test = try TestEstate()
        let header = ["房号", "账期", "收费项目", "金额", "到期日"]
        let bills = try test.importRows("bills", [header, ["3-2-501", "2026-03", "物业费", "100", "2026-03-31"]])
        let more = try test.importRows("bills", [header, ["3-2-502", "2026-03", "物业费", "100", "2026-03-31"]])
        let payments = try test.importRows("payments", [["房号", "金额"], ["3-2-501", "40"]])
        test.clock.pass(seconds: 86_400)
        #expect(refusal { try void(bills, in: test) }?.code == "undo.used")
        #expect(refusal { try void(payments, in: test) }?.code == "undo.never")
        try void(more, in: test)
        #expect(try test.show(BillsView.self).count == 1)
    }

    @Test("by finance, a supervisor or the manager; not one that is unknown")
    func roles() throws {
        let test = try TestEstate()
        let result = try test.importRows("units", [["房号"], ["9-1-101"]])
        #expect(refusal { try void(result, in: test, by: "S02") }?.code == "staff.notAllowed")
        #expect(
            refusal { try test.do("import.void", ["import": "01K0123456789ABCDEFGHJKMNP", "why": "x"]) }?.code
                == "import.unknown")
        try void(result, in: test, by: "S04")
    }
}
