import Journal
import Sheets
import TestSupport
import Testing

@testable import Estate

@Suite("Import: which column is which field")
struct ImportHeaderTests {
    private func table(_ kind: String, _ rows: [[String]], map: [(column: String, field: String)] = []) throws
        -> ImportTable
    {
        let sheet = Spreadsheet(.xlsx, name: "a", header: rows[0], rows: rows.dropFirst().map { $0.map { .init($0) } })
        return try ImportTable(
            try Spreadsheet(sheet.bytes), as: Estate.importKind(named: kind), map: map)
    }

    @Test(
        "Columns have the usual Chinese names, English ones, or keys",
        arguments: [
            ("bills", "房间号", "unit"), ("bills", "户号", "unit"), ("people", "业主姓名", "name"),
            ("people", "联系电话", "phone"), ("people", "手机", "phone"), ("vehicles", "车牌号", "plate"),
            ("bills", "费用名称", "item"), ("bills", "应收金额", "amount"), ("bills", "缴费截止日", "due"),
            ("units", "建筑面积", "area"), ("units", "建筑面积（㎡）", "area"), ("bills", "金额(元)", "amount"),
            ("people", "姓 名*", "name"), ("people", "Phone", "phone"), ("people", "ＰＨＯＮＥ", "phone"),
            ("payments", "收款日期", "at"), ("payments", "实收金额", "amount"), ("units", "房号:", "unit"),
        ])
    func names(kind: String, header: String, key: String) throws {
        #expect(try Estate.importKind(named: kind).fieldsByHeader[header.asHeader]?.key == key)
    }

    @Test("The names of the table are those of their fields", arguments: ValueRow.all(of: "header"))
    func tableOfNames(_ row: ValueRow) throws {
        let named = Estate.imports.map { (kind: $0, key: $0.fieldsByHeader[row.typed.asHeader]?.key) }
        #expect(Set(named.compactMap(\.key)) == [row.result])
        for (kind, key) in named where key != nil {
            let names = kind.fields.filter(\.isRequired).map { $0.key == key ? row.typed : $0.label.chinese }
            let header = names.contains(row.typed) ? names : names + [row.typed]
            let read = try table(kind.name, [header, header.map { _ in "1" }])
            #expect(read.columnNames[row.result] == row.typed && read.count == 1)
        }
    }

    @Test("The table has ten of them")
    func countOfNames() { #expect(ValueRow.all(of: "header").count == 10) }

    @Test("No name is that of two fields of a kind", arguments: Estate.imports.map(\.name))
    func distinct(kind: String) throws {
        let kind = try Estate.importKind(named: kind)
        let names = kind.fields.flatMap { field in Set(kind.headers(of: field, .chinese).map(\.asHeader)) }
        #expect(Set(names).count == names.count)
    }

    @Test("Titles, totals, notes, repeated headers and unknown columns are passed over and told")
    func passedOver() throws {
        let table = try table(
            "units",
            [
                ["翠湖花园房屋清单", ""], [""], ["序号", "房间号", "建筑面积", ""], ["1", "3-2-601", "88", ""], ["", "小计", "88"],
                ["序号", "房间号", "建筑面积"], ["2", "3-2-602", "", "x"], ["合 计", "", "176"], ["制表人：王芳"], ["说明：含公摊"],
            ])
        #expect(table.rows.map(\.number) == [4, 7])
        let notes = table.notes.map(\.chinese)
        #expect(
            notes == [
                "跳过标题（第 1 行）", "跳过合计、说明等 4 行（第 5、8、9、10 行）", "跳过重复的表头（第 6 行）", "没有导入的列：序号、（无名）",
            ])
    }

    @Test("A column that names the owner says that each person is one")
    func implied() throws {
        let rows = try table("people", [["业主姓名", "房号"], ["李", "3-2-501"]]).rows
        #expect(try rows.map { try $0.members.get()["role"] } == [.string("owner")])
        let stated = try table("people", [["业主姓名", "房号", "身份"], ["李", "3-2-501", "租户"]]).rows
        #expect(try stated.map { try $0.members.get()["role"] } == [.string("租户")])
    }

    @Test("Building, entrance and room may have columns of their own")
    func unitInParts() throws {
        func units(_ rows: [[String]]) throws -> [JSONValue?] {
            try table("units", rows).rows.map { try $0.members.get()["unit"] }
        }
        #expect(
            try units([["楼栋", "单元", "房号"], ["3栋", "2单元", "501室"], ["3", "2", "502"], ["3栋", "2单元", "3-2-503"]]) == [
                .string("3-2-501"), .string("3-2-502"), .string("3-2-503"),
            ])
        #expect(try units([["楼号", "房间号"], ["6号楼", "501"]]) == [.string("6-501")])
        #expect(try units([["楼栋", "房号"], ["", "3-2-501"]]) == [.string("3-2-501")])
        #expect(refusal { try table("units", [["单元", "房号"], ["2", "501"]]) }?.code == "import.column")
    }

    @Test("--map names a column, or leaves one out")
    func map() throws {
        let rows = [["户", "电话", "手机", "姓名", "身份"], ["3-2-501", "1", "2", "李", "业主"]]
        let read = try table("people", rows, map: [("户", "unit"), ("电话", "-")]).rows
        #expect(try read.map { try $0.members.get()["phone"] } == [.string("2")])
        #expect(try read.map { try $0.members.get()["unit"] } == [.string("3-2-501")])
        #expect(refusal { try table("people", rows, map: [("户", "unit")]) }?.code == "import.column")
        #expect(refusal { try table("people", rows, map: [("户", "nothing")]) }?.code == "import.map")
        #expect(refusal { try table("people", rows, map: [("无", "unit")]) }?.code == "import.map")
    }

    @Test("What is missing is named with the names that it may have")
    func missing() throws {
        let found = try #require(refusal { try table("bills", [["户", "金额"], ["3-2-501", "1"]]) })
        #expect(found.code == "import.column")
        #expect(found.message.chinese.contains("房号（也可写作 "))
        #expect(found.message.chinese.contains("不认识的列：户"))
        #expect(found.message.english.contains("Unit (or "))
        // A file that is no such table may be nothing that the reader may see.
        let other = try #require(refusal { try table("bills", [["s3cret-password"], ["x"]]) })
        #expect(other.code == "import.column" && !"\(other)".contains("s3cret"))
        #expect(refusal { try table("bills", [["房号", "房间号"]]) }?.message.chinese.contains("都是房号") == true)
    }
}
