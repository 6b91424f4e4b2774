import Foundation
import Screen
import Testing

@testable import Console
@testable import Estate

/// Importing a file at the console: kind, file, sheet, what the check found, a question, and the record of it.
@Suite struct ImportTests {
    private let folder = FileManager.default.temporaryDirectory.appendingPathComponent("files-\(UUID().uuidString)")

    /// Writes a file of the folder; returns its path.
    private func file(_ name: String, _ text: String) throws -> String {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let path = folder.appendingPathComponent(name).path
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        return path
    }

    private func begin(_ console: ConsoleDriver, _ kind: String, _ path: String) {
        console.press("F9")
        console.type("导入")
        console.press("Enter")
        console.type(kind)
        console.press("Enter")
        console.type(path)
        console.press("Enter")
        console.awaitImport()
    }

    @Test func aFileIsCheckedAskedAboutAndImported() throws {
        let console = try ConsoleDriver(as: "周主管")
        let path = try file("房屋.csv", "翠湖花园房屋清单\n房间号,建筑面积,备注\n9-1-101,88,a\n9-1-102,,b\n合计,88,\n")
        begin(console, "房号", path)
        console.expect("导入 · 房号 · 房屋.csv")
        console.expect("✓ 检查通过，可导入 2 行")
        for note in ["跳过标题（第 1 行）", "跳过合计", "没有导入的列：备注", "导错了可整份撤回"] { console.expect(note) }
        console.expectNothingRecorded { console.press("Down", "Up") }
        console.press("Enter")
        console.expect("从 房屋.csv 导入房号 2 行？")
        console.expectNothingRecorded { console.press("Enter") }
        // The file may change now: what was checked is imported.
        _ = try file("房屋.csv", "房号\n1-1-1\n")
        console.agree()
        console.awaitImport()
        console.expect("✓ 已导入 2 行")
        #expect(console.lines[0].contains("已导入 2 行"))
        console.press("Enter")
        #expect(console.controller.session.layers.isEmpty)
        #expect(console.store.estate.people.units.count == 6)
        #expect(console.store.estate.imports.all.values.map(\.by) == ["S04"])
        // It is taken back by its command.
        console.press("F9")
        console.type("撤回导入")
        console.press("Enter")
        console.fill("导入", "房号")
        console.fill("原因", "文件错了")
        console.expectNothingRecorded { console.press("Ctrl-S") }
        console.expect("撤回这次导入？")
        console.agree()
        #expect(console.store.estate.people.units.count == 4, "\(console.screen)")
    }

    @Test func refusedRowsAreListedByColumnAndReason() throws {
        let console = try ConsoleDriver(as: "周主管", size: Size(width: 80, height: 24))
        let bad = (1...8).map { "人\($0),3-2-501,业主,138000\($0)" } + ["某,9-9-999,业主,"]
        let path = try file("住户.csv", (["姓名,房号,身份,电话"] + bad).joined(separator: "\n"))
        begin(console, "住户", path)
        console.expect("✗ 共 9 行，其中 9 行有误")
        console.expect("“电话”列：8 行")
        console.expect("第 6 行 1380005")
        console.expectNot("第 7 行")
        console.expect("……还有 3 行")
        #expect(console.lines.count { $0.contains("应为 11 位") } == 1)
        console.press("End")
        console.expect("“房号”列：1 行")
        console.expect("可用的列：姓名*")
        // The file is corrected, and checked once more.
        _ = try file("住户.csv", "姓名,房号,身份,电话\n人,3-2-501,业主,13800000001\n")
        console.press("Enter")
        console.awaitImport()
        console.expect("✓ 检查通过，可导入 1 行")
        // Esc goes one step back: to the file, the kinds, the panes.
        console.press("Esc")
        console.expect(path.suffix(20).description)
        #expect(console.styles(of: "住户.csv").contains { $0.ground == .selected })
        console.press("Esc")
        console.expect("哪一种文件")
        console.press("Esc")
        #expect(console.controller.session.layers.isEmpty)
    }

    @Test func whatIsThereIsSkippedWhenAsked() throws {
        let console = try ConsoleDriver(as: "赵经理")
        let path = try file("房屋.csv", "房号,面积\n3-2-501,90\n3-2-601,\n9-1-101,\n")
        begin(console, "units", path)
        console.expect("房号已", near: "第 2 行")
        console.press("Ctrl-N")
        console.awaitImport()
        for words in ["可导入 1 行", "已有 2 行，跳过", "1 行与已有的不同", "面积 — → 90.00", "文件里没有的", "3-2-502"] {
            console.expect(words)
        }
        console.press("Enter")
        for words in ["导入房号 1 行？", "已有 2 行，跳过", "文件里没有的 2 项，不动"] { console.expect(words) }
        console.agree()
        console.awaitImport()
        #expect(console.store.estate.people.units.count == 5)
    }

    @Test func doubledMoneyIsShownAndItsSumAsked() throws {
        let console = try ConsoleDriver(as: "孙财务")
        let rows = "房号,金额,付款方式,时间\n3-2-501,100.5,微信,2026-11-20 10:00\n3-2-502,20,现金,2026-11-20 11:00\n"
        let path = try file("收款.csv", rows)
        begin(console, "收款", path)
        console.press("Enter")
        console.expect("导入收款 2 行？")
        console.expect("金额合计 120.50 元")
        console.expect("收款不能整份撤回")
        console.agree()
        console.awaitImport()
        console.press("Enter")
        begin(console, "收款", path)
        console.expect("整行：2 行")
        console.expect("这一笔已经有了")
        #expect(console.store.estate.fees.payments.values.count == 2)
        // A voided one is imported again by itself.
        let voided = try #require(console.store.estate.fees.payments.values.first)
        try console.estate.do("payment.void", ["payment": voided.id.id.text, "why": "录错"])
        console.press("Ctrl-N")
        console.awaitImport()
        console.expect("可导入 1 行")
        console.expect("已有 1 行，跳过")
    }

    @Test func moneyWithoutTimesIsImportedTwiceOnlyWhenAsked() throws {
        let console = try ConsoleDriver(as: "孙财务")
        let path = try file("收款.csv", "房号,金额\n3-2-501,100.5\n3-2-502,20\n")
        begin(console, "收款", path)
        console.press("Enter")
        console.agree()
        console.awaitImport()
        console.press("Enter")
        begin(console, "收款", path)
        console.expect("同样的内容已于")
        console.expect("分不清哪几笔已有")
        console.expect("Ctrl-T 已有的也导入")
        console.press("Ctrl-T")
        console.awaitImport()
        console.expect("可导入 2 行")
        console.expect("Ctrl-T 不重复导入")
        console.press("Enter")
        console.expect("金额会重复计入")
        console.expectNothingRecorded { console.press("Esc") }
        console.press("Ctrl-T")
        console.awaitImport()
        console.expect("同样的内容已于")
        console.press("Esc")
        console.expect("收款.csv")
        #expect(console.store.estate.fees.payments.values.count == 2)
    }

    @Test func aWorkbookWithSeveralSheetsAsksWhichOne() throws {
        let console = try ConsoleDriver(as: "周主管")
        let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("Fixtures/two-sheets.xlsx").path
        begin(console, "房号", path)
        console.expect("哪一张工作表")
        console.expectNot("隐藏")
        console.type("房屋")
        console.press("Enter")
        console.awaitImport()
        console.expect("可导入 1 行")
        console.press("Esc")
        console.expect("哪一张工作表")
        #expect(console.styles(of: "房屋").contains { $0.ground == .selected })
        console.press("Esc")
        console.expect("two-sheets.xlsx")
    }

    @Test func theListHasTheTablesOfAFolder() throws {
        let console = try ConsoleDriver(as: "周主管")
        for name in ["房屋.csv", "住户.xlsx", "照片.jpg", ".藏.csv"] { _ = try file(name, "房号\n") }
        try FileManager.default.createDirectory(
            at: folder.appendingPathComponent("里面"), withIntermediateDirectories: true)
        console.press("F9")
        console.type("导入")
        console.press("Enter", "Enter")
        console.type("\(folder.path)/")
        for name in ["房屋.csv", "住户.xlsx", "里面/", "../"] { console.expect(name) }
        for name in ["照片", "藏"] { console.expectNot(name) }
        console.type("里面")
        console.press("Enter")
        console.expectNot("照片")
        console.press("Esc", "Esc")
        #expect(console.controller.session.layers.isEmpty)
    }

    @Test func aFileThatCannotBeReadIsToldAndAnotherIsChosen() throws {
        let console = try ConsoleDriver(as: "周主管")
        begin(console, "房号", try file("坏.csv", "房号\n\"3-2\n"))
        console.expect("引号不成对")
        #expect(console.styles(of: "坏.csv").contains { $0.ground == .selected })
    }

    @Test func itCanBeStopped() throws {
        let console = try ConsoleDriver(as: "周主管")
        let path = try file("大.csv", "房号\n" + (1...20_000).map { "9-\($0 / 100 + 1)-\($0 % 100 + 101)\n" }.joined())
        console.press("F9")
        console.type("导入")
        console.press("Enter")
        console.type("房号")
        console.press("Enter")
        console.type(path)
        console.press("Enter")
        console.expect("正在检查")
        // Other work goes on meanwhile: a call is answered.
        console.press("Esc")
        console.expect("正在停下")
        console.awaitImport()
        console.expect("已停止，一行也没有导入")
        #expect(console.store.estate.people.units.count == 4)
        console.press("Esc", "Esc")
        #expect(console.controller.session.layers.isEmpty)
    }

    @Test func itIsOfferedToWhoMayImport() throws {
        for (name, kinds) in [
            ("马门岗", ["车辆"]), ("王芳", ["住户", "车辆", "地点", "收款", "抄表读数"]), ("孙财务", ["账单", "收款", "抄表读数", "对账单流水"]),
        ] {
            let console = try ConsoleDriver(as: name)
            console.press("F9")
            console.type("导入")
            console.press("Enter")
            for kind in Estate.imports {
                console.expect(kind.label.chinese)
                let isOffered = console.styles(of: kind.label.chinese).contains { $0.tone == .strong }
                #expect(isOffered == kinds.contains(kind.label.chinese), "\(name) \(kind.name)\n\(console.screen)")
            }
        }
        let console = try ConsoleDriver(as: "吴区域")
        console.press("F9")
        console.type("import")
        console.press("Enter")
        #expect(console.controller.session.layers.last is PaletteLayer)
    }

    @Test func aRingIsAnsweredDuringAnImport() throws {
        let console = try ConsoleDriver(as: "王芳")
        let path = try file("住户.csv", "业主姓名,房号\n新,3-2-601\n")
        begin(console, "住户", path)
        try console.estate.do("call.ring", ["phone": "13800001111"])
        _ = console.controller.catchUp()
        console.press("F2")
        #expect(console.controller.session.parked.count == 1)
        console.expectNot("检查通过")
    }
}

extension ConsoleDriver {
    /// Waits until the step of an import is over.
    func awaitImport() {
        controller.importing?.work.wait()
        _ = controller.catchUp()
    }
}
