import Foundation
import Screen
import Testing

@testable import Console
@testable import Estate

/// Drafts outlive their console.
@Suite struct DraftTests {
    private func half(as member: String = "马门岗") throws -> ConsoleDriver {
        let console = try ConsoleDriver(as: member)
        console.open("gate")
        console.press("F8")
        console.type("张三")
        console.press("Tab")
        console.type("ls")
        console.press("Enter")
        console.fill("电话", "13900005678")
        console.controller.flushDrafts()
        return console
    }

    private func files(_ estate: TestEstate, _ ending: String = "json") -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "\(estate.folder)/drafts")) ?? []
        return names.filter { $0.hasSuffix(ending) }.map { "\(estate.folder)/drafts/\($0)" }
    }

    /// The estate of a console that has died with a form half filled in.
    private func died(as member: String = "马门岗") throws -> TestEstate {
        let console = try half(as: member)
        return console.estate
    }

    @Test func aHalfFilledFormIsKeptPrivately() throws {
        let console = try half()
        let file = try #require(files(console.estate).first)
        #expect(files(console.estate).count == 1)
        func mode(_ path: String) throws -> Int? {
            try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        }
        #expect(try mode(file) == 0o600)
        #expect(try mode("\(console.estate.folder)/drafts") == 0o700)
        let (draft, text) = try opened(file, in: console.estate)
        #expect(draft.staff == "S03" && draft.action == "visitor.arrive")
        #expect(draft.answers["name"] == Draft.Answer(text: "张三"))
        #expect(draft.answers["host"]?.value == "李四" && draft.answers["host"]?.text == "3-2-501")
        // What was typed about persons is sealed, under a key of the draft's own.
        for typed in ["张三", "13900005678", "S03"] { #expect(!text.contains(typed)) }
        #expect(try keys(console.estate).count == 1)
        console.press("Esc", "Esc")
        console.controller.flushDrafts()
        #expect(try files(console.estate).isEmpty && keys(console.estate).isEmpty)
    }

    /// The draft of a file, and the file's text.
    private func opened(_ file: String, in estate: TestEstate) throws -> (Draft, String) {
        let (data, name) = (try Data(contentsOf: URL(fileURLWithPath: file)), URL(fileURLWithPath: file))
        let id = name.deletingPathExtension().lastPathComponent
        let folder = DraftFolder(of: estate.folder, now: estate.store.now)
        return (try #require(folder.opened(Array(data), of: id)), String(decoding: data, as: UTF8.self))
    }

    /// The names of the drafts' keys.
    private func keys(_ estate: TestEstate) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: "\(estate.folder)/keys").filter { $0.hasPrefix("drafts.") }
    }

    @Test func draftWhoseKeyHasEndedIsRemoved() throws {
        let estate = try died()
        for key in try keys(estate) { try FileManager.default.removeItem(atPath: "\(estate.folder)/keys/\(key)") }
        let console = try ConsoleDriver(estate, as: "马门岗")
        console.expectNot("未提交的表单")
        #expect(files(estate).isEmpty && files(estate, "damaged").isEmpty)
    }

    /// The key is there, and cannot be read now: as of a folder that is mounted late.
    @Test func draftWhoseKeyIsOutOfReachStays() throws {
        let (estate, manager) = (try died(), FileManager.default)
        try manager.moveItem(atPath: "\(estate.folder)/keys", toPath: "\(estate.folder)/elsewhere")
        _ = try ConsoleDriver(estate, as: "马门岗")
        #expect(files(estate).count == 1)
        try? manager.removeItem(atPath: "\(estate.folder)/keys")
        try manager.moveItem(atPath: "\(estate.folder)/elsewhere", toPath: "\(estate.folder)/keys")
        try ConsoleDriver(estate, as: "马门岗").expect("未提交的表单")
    }

    /// For how long a draft is kept counts from when it was begun, not from when the console was opened.
    @Test func aDraftOfALaterMonthHasAKeyOfThatMonth() throws {
        let console = try half()
        #expect(try keys(console.estate).allSatisfy { $0.hasPrefix("drafts.2026-11.") })
        console.press("Esc", "Esc")
        console.controller.flushDrafts()
        console.estate.clock.set("2027-02-03 09:00")
        _ = console.controller.catchUp()
        console.press("F8")
        console.type("李四")
        console.controller.flushDrafts()
        let names = try keys(console.estate)
        #expect(names.count == 1 && names.allSatisfy { $0.hasPrefix("drafts.2027-02.") })
        #expect(files(console.estate).count == 1 && files(console.estate, "lock").count == 1)
    }

    /// Their class is `drafts`: 30 days after the month.
    @Test func draftsEndWithTheirClass() throws {
        let estate = try died()
        let visit = try estate.do("visitor.arrive", ["name": "甲", "host": "3-2-501", "purpose": "探亲"])
        try estate.do("visitor.leave", ["visit": visit])
        #expect(try keys(estate).count == 1)
        estate.clock.set("2027-06-01 09:00")
        try estate.do("particulars.expire")
        #expect(try keys(estate).isEmpty)
    }

    /// The offer at the sign-in keeps nobody from the help, the way out and the telephone.
    @Test func theOfferYieldsToCommands() throws {
        let estate = try died(as: "王芳")
        try estate.do("staff.add", ["staff": "T01", "name": "总机", "role": "operator"])
        let console = try ConsoleDriver(estate, as: "王芳")
        let isPalette: (any Layer) -> Bool = { $0 is PaletteLayer }
        let isQuestion: (any Layer) -> Bool = { $0 is ConfirmLayer }
        for (key, isOpen) in [("F1", isPalette), ("F10", isQuestion), ("F9", isPalette)] {
            console.expect("未提交的表单")
            console.press(key)
            #expect(console.controller.session.layers.count == 2, "\(key)")
            #expect(console.controller.session.layers.last.map(isOpen) == true, "\(key)")
            console.press("Esc")
        }
        try estate.do("call.ring", ["phone": "13800002222"], by: "T01")
        _ = console.controller.catchUp()
        console.expect("响铃 单国强 F2")
        console.press("F2")
        console.expectRow(CallsView.self) { $0.by == "王芳" && $0.answered != nil }
        console.press("Ctrl-E", "Enter")
        console.expect("未提交的表单")
    }

    @Test func theOfferSaysWhichKeysAnswerIt() throws {
        for key in ["x", "F40", "Ctrl-F", "Left"] {
            let console = try ConsoleDriver(try died(), as: "马门岗")
            console.expectNothingRecorded { console.press(key) }
            console.expect("先选未提交的表单：Enter 继续，Esc 稍后，Ctrl-D 丢弃")
        }
    }

    @Test func nothingIsKeptOfAnEmptyFormNorAfterItIsSentOrGivenUp() throws {
        let console = try ConsoleDriver(as: "马门岗")
        console.open("gate")
        console.press("F8")
        console.controller.flushDrafts()
        #expect(files(console.estate).isEmpty)
        console.type("张三")
        console.controller.flushDrafts()
        #expect(files(console.estate).count == 1)
        console.press("Esc", "Esc")
        console.controller.flushDrafts()
        #expect(files(console.estate).isEmpty)

        console.press("F8")
        console.type("张三")
        console.fill("房号/被访人", "3-2-501")
        console.fill("事由", "看房")
        console.controller.flushDrafts()
        #expect(files(console.estate).count == 1)
        console.press("Ctrl-S")
        console.controller.flushDrafts()
        #expect(files(console.estate).isEmpty)
        #expect(console.rows(GateView.self).count == 1)
    }

    @Test func signInOffersDraftAndEnterContinues() throws {
        let console = try ConsoleDriver(try died(), as: "马门岗")
        console.expect("未提交的表单")
        console.expect("来访登记 · 张三 · 3-2-501")
        console.expectNot("13900005678")
        console.press("Enter")
        console.expect("姓名", near: "张三")
        console.expect("房号/被访人", near: "李四 业主")
        console.expect("电话", near: "13900005678")
        console.fill("事由", "看房")
        console.press("Ctrl-S")
        console.expectRow(GateView.self) { $0.name == "张三" && $0.host.text == "3-2-501" }
        console.controller.flushDrafts()
        #expect(files(console.estate).isEmpty)
    }

    @Test func aDraftIsItsOwnersAlone() throws {
        let estate = try died()
        let other = try ConsoleDriver(estate, as: "王芳")
        other.expectNot("未提交的表单")
        other.press("Ctrl-]")
        other.expect("没有未提交的表单")
        other.signIn("马门岗")
        other.expect("来访登记 · 张三")
    }

    @Test func aDraftOfARunningConsoleIsNotOffered() throws {
        let console = try half()
        let other = try ConsoleDriver(console.estate, as: "马门岗")
        other.expectNot("未提交的表单")
        other.press("Ctrl-]")
        other.expect("没有未提交的表单")
        #expect(files(console.estate).count == 1)
    }

    /// Another member signs in, works and leaves; then the console crashes.
    @Test func draftsOfAnotherMemberStayStored() throws {
        let estate = try TestEstate()
        try estate.givePIN("2468", to: "S03")
        do {
            let console = try ConsoleDriver(estate, as: nil)
            console.signIn("马门岗")
            console.type("2468")
            console.press("Enter")
            console.open("gate")
            console.press("F8")
            console.type("张三")
            console.press("Ctrl-X", "Ctrl-T")
            console.type("王芳")
            console.press("Enter")
            console.open("gate")
            console.press("F8")
            console.expectNot("张三")
            console.type("李雷")
            console.press("Esc", "Esc")
            console.controller.flushDrafts()
        }
        #expect(files(estate).count == 1)
        let console = try ConsoleDriver(estate, as: nil)
        console.signIn("王芳")
        console.expectNot("未提交的表单")
        console.signIn("马门岗")
        console.type("2468")
        console.press("Enter")
        console.expect("来访登记 · 张三")
    }

    @Test func aDraftIsTakenByOneConsoleOnly() throws {
        let estate = try died()
        let (first, second) = (try ConsoleDriver(estate, as: "马门岗"), try ConsoleDriver(estate, as: "马门岗"))
        second.expect("来访登记 · 张三")
        first.press("Enter")
        second.press("Enter")
        first.expect("姓名", near: "张三")
        second.expect("已在另一终端打开")
        second.expectNot("房号/被访人")
    }

    @Test func discardingADraftAsksOnce() throws {
        let console = try ConsoleDriver(try died(), as: "马门岗")
        console.press("Esc")
        console.expectNot("未提交的表单")
        #expect(files(console.estate).count == 1)
        console.press("Ctrl-]")
        console.expect("来访登记 · 张三")
        console.press("Ctrl-D")
        console.expect("再按 Ctrl-D 丢弃")
        console.press("Esc")
        console.expect("所填内容还在")
        #expect(files(console.estate).count == 1)
        console.press("Ctrl-D", "Ctrl-D")
        console.expectNot("未提交的表单")
        #expect(files(console.estate).isEmpty && files(console.estate, "lock").isEmpty)
    }

    @Test func severalDraftsAreListed() throws {
        let estate = try died()
        do {
            let console = try ConsoleDriver(estate, as: "马门岗")
            console.press("Esc", "F8")
            console.type("李雷")
            console.controller.flushDrafts()
        }
        let console = try ConsoleDriver(estate, as: "马门岗")
        console.expect("1/2")
        console.expect("来访登记 · 张三")
        console.expect("来访登记 · 李雷")
        // The newest first.
        console.press("Down", "Enter")
        console.expect("姓名", near: "张三")
        #expect(files(estate).count == 2)
    }

    @Test func aDamagedDraftIsPassedOverAndKept() throws {
        let estate = try died()
        let file = try #require(files(estate).first)
        try Data(#"{"staff":"S03","action":"visitor.arr"#.utf8).write(to: URL(fileURLWithPath: file))
        let console = try ConsoleDriver(estate, as: "马门岗")
        console.expectNot("未提交的表单")
        #expect(files(estate).isEmpty && files(estate, "damaged").count == 1)
    }

    @Test func draftOfUnknownActionStaysAndIsReported() throws {
        let estate = try died()
        let file = URL(fileURLWithPath: try #require(files(estate).first))
        // In the form of older consoles, which is read all the same.
        let json = String(decoding: try opened(file.path, in: estate).0.json, as: UTF8.self)
        try Data(json.replacing("visitor.arrive", with: "visitor.gone").utf8).write(to: file)
        let console = try ConsoleDriver(estate, as: "马门岗")
        console.press("Enter")
        console.expect("不能继续")
    }

    @Test(arguments: ["", "{}", "[]", "null", #"{"staff":"S03"}"#, "\u{0}"])
    func malformedDraftIsRejected(text: String) { #expect(Draft(json: Array(text.utf8)) == nil) }

    @Test func aDraftIsReadAsItWasWritten() {
        let draft = Draft(
            staff: "S03", action: "visitor.arrive", title: Label("来访登记 “甲”\n", en: "Register"),
            fixed: ["visit": "01K"],
            answers: [
                "name": .init(text: "𠮷\u{1F468}\u{200D}\u{1F469}"), "host": .init(text: "3", value: "李四", detail: "业主"),
            ],
            key: "01K9")
        #expect(Draft(json: draft.json) == draft)
    }

    @Test func allThatWasNotSentIsSeenAtOnce() throws {
        let estate = try died()
        func diesAgain() throws {
            let console = try ConsoleDriver(estate, as: "马门岗")
            console.press("Esc")
            console.open("gate")
            console.press("F8")
            console.type("诸葛明")
            console.controller.flushDrafts()
        }
        try diesAgain()
        let console = try ConsoleDriver(estate, as: "马门岗")
        console.expect("未提交的表单", near: "1/2")
        for name in ["张三", "诸葛明"] { console.expect(name) }
        // On a narrow screen the window below is still seen on both sides.
        let narrow = try ConsoleDriver(estate, as: "马门岗", size: Size(width: 60, height: 20))
        #expect(!narrow.line(with: "未提交的表单").hasPrefix("╭"))
    }
}
