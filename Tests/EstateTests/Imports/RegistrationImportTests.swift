import Sheets
import TestSupport
import Testing

@testable import Estate

@Suite("Files of units, residents and places with what became of them")
struct RegistrationImportTests {
    private let test: TestEstate

    init() throws { test = try TestEstate(now: "2026-11-23T12:00") }

    /// Exports all kinds as CSV and imports them into another estate.
    private func moved() throws -> TestEstate {
        let other = try TestEstate(now: "2026-12-01T12:00")
        for kind in Estate.imports {
            let bytes = try test.store.export(kind, as: .csv, by: "S01", .chinese).table.bytes
            var run = ImportRun()
            run.skipsKnown = true
            let result = try other.store.perform(run, on: ImportTable(Spreadsheet(bytes), as: kind), by: "S01")
            #expect(result.differing.isEmpty && result.gone.isEmpty, "\(kind.name)")
        }
        return other
    }

    private func numbers(_ test: TestEstate, _ name: String) -> [String] {
        test.estate.people.persons(named: name).first?.numbers.map { "\($0.phone.text) \($0.note ?? "")" } ?? []
    }

    @Test("states with their days, and former codes")
    func units() throws {
        try test.importRows(
            "units",
            [
                ["房号", "房屋类型", "房屋状态", "状态起始", "曾用房号"], ["9-1-101", "商铺", "空置", "2026-03-01", "9-1-100"],
                ["9-1-102", "", "空置、出租", "2026-01-01、2026-05-01", ""], ["9-1-103", "", "自住", "", ""],
            ])
        let rows = try test.show(UnitsView.self).suffix(3)
        #expect(
            rows.map { $0.texts.suffix(3).joined(separator: " ") } == [
                "shop vacant 2026-03-01", "residence rented 2026-05-01", "residence owner 2026-11-23",
            ])
        #expect(test.estate.people.search("91100", limit: 2).map(\.unit.text) == ["9-1-101"])
        #expect(
            try test.refusals("units", [[.text("房号"), .text("曾用房号")], [.text("9-1-109"), .text("9-1-100")]])
                == ["2 unit.exists"])
        #expect(
            try test.refusals(
                "units",
                [
                    [.text("房号"), .text("状态"), .text("状态起始")],
                    [.text("9-1-109"), .text("空置"), .text("2026-01-01、2026-02-01")],
                ]
            ) == ["2 unit.states"])
        let other = try moved()
        #expect(try other.show(UnitsView.self).suffix(3).map(\.texts) == rows.map(\.texts))
        #expect(other.estate.people.search("91100", limit: 2).map(\.unit.text) == ["9-1-101"])
    }

    @Test("several numbers, each with a note, from several columns")
    func phones() throws {
        try test.importRows(
            "people",
            [
                ["业主姓名", "房号", "电话1", "电话2", "备用电话"],
                ["甲一", "3-2-502", "13900000001", "13900000002（老婆）", "057188887777转12 办公室"],
                ["乙二", "3-2-503", "", "无", "儿子13900000003"],
            ])
        let expected = ["13900000001 ", "13900000002 老婆", "057188887777#12 办公室"]
        #expect(numbers(test, "甲一") == expected)
        #expect(numbers(test, "乙二") == ["13900000003 儿子"])
        #expect(
            try test.refusals(
                "people",
                [
                    [.text("业主姓名"), .text("房号"), .text("备用电话")],
                    [.text("丙三"), .text("3-2-503"), .text("1390000000")],
                    [.text("丁四"), .text("3-2-503"), .text("1.39E+10")],
                ]) == ["2 phone.malformed", "3 phone.damaged"])
        let person = try #require(test.estate.people.persons(named: "甲一").first)
        try test.do("phone.add", ["person": person.id.id.text, "phone": "13900000001", "note": "上班；18 点前"])
        let other = try moved()
        #expect(numbers(other, "甲一") == ["13900000001 上班；18 点前"] + expected.dropFirst())
        #expect(numbers(other, "乙二") == numbers(test, "乙二"))
        let masked = try test.store.export(Estate.importKind(named: "people"), as: .csv, by: "S04", .chinese)
        #expect(!String(decoding: masked.table.bytes, as: UTF8.self).contains("13900000002"))
    }

    @Test("sales: two former owners and a tenant who bought owe elsewhere what they owe here")
    func sales() throws {
        for period in ["2026-01", "2026-03", "2026-05"] {
            try test.do("bill.issue", test.bill(period: period, amount: "100"), at: "\(period)-02")
        }
        try test.do("unit.sell", ["unit": "3-2-501", "owner": "买一"], at: "2026-02-10T10:00:05")
        try test.do("person.add", ["name": "租二", "unit": "3-2-501", "role": "tenant"])
        try test.do("unit.sell", ["unit": "3-2-501", "owner": "租二"], at: "2026-04-10")
        try test.do("payment.receive", ["unit": "3-2-501", "amount": "30", "period": "2026-03"])
        try test.do("payment.receive", ["unit": "3-2-501", "amount": "10"])
        let former = try test.do("person.add", ["name": "走三", "unit": "3-2-502", "role": "owner"])
        try test.do("bill.issue", test.bill(unit: "3-2-502", period: "2026-03", amount: "7"))
        try test.do("person.leave", ["person": former], at: "2026-06-01")
        let table = try test.store.export(Estate.importKind(named: "people"), as: .csv, by: "S01", .chinese).table
        #expect(table.rows.map { $0.cells[0].text } == ["姓名", "李四", "买一", "走三", "租二"])

        let other = try TestEstate(now: "2026-12-01T12:00")
        // 李四 is registered there.
        try other.do("unit.change", ["unit": "3-2-501", "newCode": "1-1-101"])
        try other.do("unit.add", ["unit": "8-8-801"])
        for kind in Estate.imports {
            var text = String(
                decoding: try test.store.export(kind, as: .csv, by: "S01", .chinese).table.bytes, as: UTF8.self)
            text = text.replacing("3-2-501", with: "8-8-801")
            var run = ImportRun()
            run.skipsKnown = true
            _ = try other.store.perform(
                run, on: ImportTable(Spreadsheet(Array(text.utf8)), as: kind), by: "S01")
        }
        func arrears(_ test: TestEstate) throws -> [String] {
            try test.show(ArrearsView.self, asOf: "2026-11-30").map {
                $0.texts.joined(separator: "|").replacing("3-2-501", with: "8-8-801")
            }
        }
        #expect(try arrears(other) == arrears(test))
        #expect(try arrears(test).count == 4)
        let sales = other.estate.fees.sales(of: unit("8-8-801"))
        #expect(sales.map { $0.former.flatMap { other.estate.people.persons[$0]?.name } } == ["李四", "买一"])
        #expect(sales.map(\.at) == test.estate.fees.sales(of: unit("3-2-501")).map(\.at))
        #expect(other.estate.people.owner(of: unit("8-8-801"))?.name == "租二")
    }

    @Test("what lies ahead, or out of order, is refused; who left is not missed in a list of residents")
    func refusals() throws {
        func codes(_ bought: String, _ left: String) throws -> [String] {
            try test.refusals(
                "people",
                [
                    [.text("业主姓名"), .text("房号"), .text("过户时间"), .text("搬离时间")],
                    [.text("甲"), .text("3-2-502"), .text(bought), .text(left)],
                ])
        }
        #expect(try codes("2027-01-01", "") == ["2 time.future"])
        #expect(try codes("2026-02-01", "2026-01-01") == ["2 time.order"])
        #expect(try codes("", "2026-01-01") == [])
        let result = try test.importRows("people", [["业主姓名", "房号"], ["李四", "3-2-501"]]) { $0.skipsKnown = true }
        #expect(result.known == 1 && result.gone.isEmpty)
    }

    @Test("places go with the others")
    func places() throws {
        try test.importRows("places", [["公共区域"], ["物业办公室"], ["东门"]])
        #expect(try moved().show(PlacesView.self).map { $0.texts[0] } == ["物业办公室", "东门"])
    }

    @Test("a plate that fits nothing is recorded and told; 无牌 is none")
    func plates() throws {
        let result = try test.importRows(
            "vehicles", [["车牌", "房号"], ["浙A12345", "3-2-501"], ["浙A1234", "3-2-501"], ["看不清", "3-2-502"]])
        #expect(result.lines(.chinese) == ["注意，2 行车牌不合规则，按未识别登记：请核对（第 3、4 行）"])
        #expect(try test.show(VehiclesView.self).count == 3)
        for text in ["无牌", "待上牌"] {
            #expect(
                try test.refusals("vehicles", [[.text("车牌"), .text("房号")], [.text(text), .text("3-2-501")]])
                    == ["2 field.missing"])
        }
    }

    @Test(
        "bills whose items have separators, quotes or a number at their end are paid elsewhere as here",
        arguments: ["物业费；2026-04 加收", "水费 2", "“热”；冷，\"三\"", "\"甲\"", "车位费, 2026/1", "电费 30.00"])
    func items(item: String) throws {
        for name in [item, "水费", "物业费"] {
            try test.do("bill.issue", test.bill(period: "2026-03", item: name, amount: "100"))
        }
        try test.do("payment.receive", ["unit": "3-2-501", "amount": "250", "period": "2026-03"])
        let other = try moved()
        func paid(_ test: TestEstate) throws -> [String] {
            try test.show(BillsView.self).map { $0.texts.dropFirst().joined(separator: "|") }
        }
        #expect(try paid(other) == paid(test))
        // Typed without an amount, the words of the whole item count first.
        try test.do("payment.receive", ["unit": "3-2-501", "amount": "20", "bills": "2026-03 物业费"])
        if item == "水费 2" {
            try test.do("bill.issue", test.bill(period: "2026-05", item: item, amount: "9"))
            try test.do("payment.receive", ["unit": "3-2-501", "amount": "9", "bills": "2026-05 水费 2"])
            #expect(try test.show(BillsView.self).last?.paid.text == "9.00")
        }
    }
}
