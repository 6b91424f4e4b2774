import Testing

@testable import Sheets

@Suite("Workbooks are read")
struct WorkbookTests {
    @Test("Shared strings: plain, rich text, phonetic guides left out, escapes, spaces kept")
    func sharedStrings() throws {
        let strings = """
            <si><t>房号</t></si><si><r><rPr><b/></rPr><t>李</t></r><r><t xml:space="preserve"> 建国</t></r>\
            <rPh sb="0" eb="1"><t>リ</t></rPh><phoneticPr fontId="1"/></si><si><t>a_x000D_b &lt;&amp;&#x4E2D;&#20013;</t></si>\
            <si><t/></si><si><t><![CDATA[<甲>]]></t></si>
            """
        let cells = (0...4).map { "<c t=\"s\"><v>\($0)</v></c>" }.joined()
        let sheet = try Spreadsheet(XLSXFixtures.sheet("<row>\(cells)</row>", strings: strings))
        #expect(sheet.texts == [["房号", "李 建国", "a\rb <&中中", "", "<甲>"]])
    }

    @Test("Inline strings, formulas' cached values, flags and errors")
    func otherTypes() throws {
        let data = """
            <row r="2"><c r="A2" t="inlineStr"><is><r><t>甲</t></r><r><t>乙</t></r></is></c>\
            <c r="C2" t="str"><f>A1&amp;B1</f><v>丙</v></c><c r="D2"><f>1+1</f><v>2</v></c><c r="E2"><f>1+1</f></c>\
            <c r="F2" t="b"><v>1</v></c><c r="G2" t="e"><v>#N/A</v></c><c r="H2" t="d"><v>2026-03-05T14:30:00</v></c></row>
            """
        let sheet = try Spreadsheet(XLSXFixtures.sheet(data))
        #expect(sheet.rows[0].number == 2)
        #expect(
            sheet.table == [
                [
                    .text("甲乙"), .empty, .text("丙"), .number("2"), .flawed(.uncalculated), .flag(true),
                    .flawed(.error("#N/A")), .date(CellDate(.init(year: 2026, month: 3, day: 5), seconds: 52_200)),
                ]
            ])
    }

    @Test("Names may have a prefix; cells and rows may lack their references")
    func prefixes() throws {
        let parts = [
            (
                "xl/workbook.xml",
                "<x:workbook xmlns:x=\"m\" xmlns:rel=\"r\"><x:sheets>"
                    + "<x:sheet name=\"甲\" sheetId=\"9\" rel:id=\"rId1\"/></x:sheets></x:workbook>"
            ), ("xl/_rels/workbook.xml.rels", XLSXFixtures.relationships([("worksheet", "../xl/worksheets/a.xml")])),
            (
                "xl\\worksheets\\A.xml",
                "<?xml version='1.0'?><!-- <row> --><x:worksheet xmlns:x='m'><x:sheetData><x:row>"
                    + "<x:c><x:v>1</x:v></x:c><x:c t='str'><x:v>b</x:v></x:c></x:row><x:row/></x:sheetData></x:worksheet>"
            ),
        ]
        #expect(try Spreadsheet(XLSXFixtures.archive(parts)).table == [[.number("1"), .text("b")]])
    }

    @Test(
        "A number is a date if its format says so",
        arguments: [
            (14, nil, true), (22, nil, true), (31, nil, true), (57, nil, true), (0, nil, false), (49, nil, false),
            (2, nil, false), (164, "yyyy&quot;年&quot;m&quot;月&quot;", true), (164, "[$-804]aaaa;@", false),
            (164, "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", true), (164, "0.00E+00", false), (164, "General", false),
            (164, "[Red]#,##0.00", false), (164, "&quot;每日&quot;0 &quot;days&quot;", false), (164, "[h]:mm", true),
            (164, "0\\d", false), (164, "_s0", false), (164, "#,##0;yyyy", false), (164, "上午/下午h&quot;时&quot;", true),
        ] as [(Int, String?, Bool)])
    func dateFormats(id: Int, code: String?, isDate: Bool) throws {
        let formats = code.map { [id: $0] } ?? [:]
        let sheet = try Spreadsheet(
            XLSXFixtures.sheet("<row><c s=\"1\"><v>46086</v></c></row>", formats: formats, styles: [0, id]))
        #expect(sheet.texts == [[isDate ? "2026-03-05" : "46086"]])
    }

    @Test(
        "Days are counted from 1900, with its day that never was, or from 1904",
        arguments: [
            ("46086", "2026-03-05", "2030-03-06"), ("46086.604166666664", "2026-03-05T14:30:00", "2030-03-06T14:30:00"),
            ("0.5", "12:00:00", "1904-01-01T12:00:00"), ("1", "1900-01-01", "1904-01-02"),
            ("59", "1900-02-28", "1904-02-29"), ("60", "60", "1904-03-01"), ("61", "1900-03-01", "1904-03-02"),
            ("46086.9999999", "2026-03-06", "2030-03-07"), ("2958465", "9999-12-31", "2958465"),
            ("2958466", "2958466", "2958466"), ("-1", "-1", "-1"),
        ])
    func dateSystems(serial: String, from1900: String, from1904: String) throws {
        for (properties, expected) in [
            ("", from1900), ("<workbookPr date1904=\"1\"/>", from1904), ("<workbookPr date1904=\"true\"/>", from1904),
            ("<workbookPr date1904=\"0\"/>", from1900),
        ] {
            let sheet = try Spreadsheet(
                XLSXFixtures.sheet(
                    "<row><c s=\"1\"><v>\(serial)</v></c></row>", styles: [0, 14], properties: properties))
            #expect(sheet.texts == [[expected]])
        }
    }

    @Test(
        "Numbers are plain digits, rounded to the 15 that Excel keeps; longer ones are marked",
        arguments: [
            ("1240.5", "1240.5"), ("1240.50", "1240.50"), ("0.30000000000000004", "0.3"),
            ("1.3812345678E10", "13812345678"),
            ("13800001030", "13800001030"), ("-12", "-12"), ("1E-7", "0.0000001"), ("1.5e-3", "0.0015"), ("0", "0"),
            ("-0", "0"), (".5", "0.5"), ("999999999999999", "999999999999999"),
            ("123456789012.3456", "123456789012.346"),
        ])
    func numbers(text: String, expected: String) throws {
        #expect(try Spreadsheet(XLSXFixtures.sheet("<row><c><v>\(text)</v></c></row>")).table == [[.number(expected)]])
    }

    @Test("An identity number that was typed as a number is marked as damaged")
    func digitsLost() throws {
        for text in ["110101199003074567", "1.1010119900307456E+17", "1000000000000000", "-1E15"] {
            let cell = try Spreadsheet(XLSXFixtures.sheet("<row><c><v>\(text)</v></c></row>")).table[0][0]
            guard case .flawed(.digitsLost(let shown)) = cell else {
                Issue.record("\(text): \(cell)")
                continue
            }
            #expect(!shown.contains("E"))
        }
    }

    @Test("A cell that was merged downwards stands in each row; one merged across does not")
    func mergedCells() throws {
        let data = """
            <row r="1"><c r="A1" t="str"><v>题</v></c></row><row r="3"><c r="A3" t="str"><v>3-2-501</v></c>\
            <c r="B3" t="str"><v>李</v></c></row><row r="4"><c r="B4" t="str"><v>王</v></c></row>\
            <row r="5"><c r="B5" t="str"><v>张</v></c></row>
            """
        let merged =
            "<mergeCells><mergeCell ref=\"A1:D1\"/><mergeCell ref=\"A3:A4\"/><mergeCell ref=\"x:y\"/></mergeCells>"
        let sheet = try Spreadsheet(XLSXFixtures.sheet(data, rest: merged))
        #expect(sheet.texts == [["题"], ["3-2-501", "李"], ["3-2-501", "王"], ["", "张"]])
    }

    @Test("The first visible sheet is read, or the one that is named; chart sheets are none")
    func sheets() throws {
        func sheet(_ text: String) -> String {
            "<worksheet><sheetData><row><c t=\"str\"><v>\(text)</v></c></row></sheetData></worksheet>"
        }
        let names = [("隐", "hidden"), ("图", "visible"), ("明", "visible"), ("Two", "veryHidden")]
        let tabs = names.enumerated().map { "<sheet name=\"\($1.0)\" state=\"\($1.1)\" r:id=\"rId\($0 + 1)\"/>" }
        let parts = [
            ("xl/workbook.xml", "<workbook><sheets>\(tabs.joined())</sheets></workbook>"),
            (
                "xl/_rels/workbook.xml.rels",
                XLSXFixtures.relationships([
                    ("worksheet", "1.xml"), ("chartsheet", "2.xml"), ("worksheet", "3.xml"), ("worksheet", "4.xml"),
                ])
            ), ("xl/1.xml", sheet("a")), ("xl/2.xml", "<chartsheet/>"), ("xl/3.xml", sheet("c")),
            ("xl/4.xml", sheet("d")),
        ]
        let bytes = XLSXFixtures.archive(parts)
        #expect(try Spreadsheet(bytes).texts == [["c"]])
        #expect(try Spreadsheet(bytes).name == "明")
        #expect(try Spreadsheet.sheetNames(in: bytes) == ["明"])
        #expect(try Spreadsheet.sheetNames(in: Array("a,b\n".utf8)) == [])
        #expect(try Spreadsheet(bytes, sheet: "two").texts == [["d"]])
        #expect(throws: SheetError.noSheet(named: "三", known: ["隐", "明", "Two"])) { try Spreadsheet(bytes, sheet: "三") }
    }

    @Test("Files of openpyxl: inline and rich strings, merged cells, dates, formulas without values")
    func openpyxl() throws {
        let sheet = try Spreadsheet(XLSXFixtures.file("openpyxl.xlsx"))
        #expect(sheet.name == "业主")
        #expect(
            sheet.texts == [
                ["翠湖花园业主名册"], ["房号", "姓名", "联系电话", "入住日期"], ["3-2-501", "李建国", "13812345678", "2026-03-05"],
                ["3-2-501", "王芳", "13912345678", "2026-03-05T14:30:00"], ["3-2-502", "买买提·艾力", "=", "14:30:00"],
                ["3-2-503", "<&>\"'\r", "110101199003075000", "TRUE"],
            ])
        #expect(sheet.table[4][2] == .flawed(.uncalculated))
        #expect(sheet.table[5][2] == .flawed(.digitsLost("110101199003075000")))
    }

    @Test("Files of XlsxWriter: shared strings, 1904, a hidden first sheet, formats of Chinese programs")
    func xlsxWriter() throws {
        let sheet = try Spreadsheet(XLSXFixtures.file("xlsxwriter.xlsx"))
        #expect(sheet.name == "账单")
        #expect(
            sheet.texts == [
                ["房间号", "应收金额", "缴费截止日", "时间"], ["3-2-501", "1240.5", "2026-03-31", "1904-01-01T08:05:00"],
                ["3-2-502", "0.3", "ab", "#DIV/0!"], ["3-2-503", "TRUE", "", "0.0000001"],
            ])
    }
}
