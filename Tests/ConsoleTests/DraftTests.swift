import Foundation
import Screen
import Testing

@testable import Console
@testable import Estate

/// Forms that were begun and not sent outlive their console.
@Suite struct DraftTests {
    private func half(as member: String = "马门岗") throws -> Script {
        let desk = try Script(as: member)
        desk.press("F6", "F8")
        desk.type("张三")
        desk.press("Tab")
        desk.type("ls")
        desk.press("Enter")
        desk.fill("电话", "13900005678")
        desk.desk.flushDrafts()
        return desk
    }

    private func files(_ estate: SmallEstate, _ ending: String = "json") -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "\(estate.folder)/drafts")) ?? []
        return names.filter { $0.hasSuffix(ending) }.map { "\(estate.folder)/drafts/\($0)" }
    }

    /// The estate of a console that has died with a form half filled in.
    private func died(as member: String = "马门岗") throws -> SmallEstate {
        let desk = try half(as: member)
        return desk.estate
    }

    @Test func aHalfFilledFormIsKeptPrivately() throws {
        let desk = try half()
        let file = try #require(files(desk.estate).first)
        #expect(files(desk.estate).count == 1)
        func mode(_ path: String) throws -> Int? {
            try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        }
        #expect(try mode(file) == 0o600)
        #expect(try mode("\(desk.estate.folder)/drafts") == 0o700)
        let draft = try #require(Draft(json: Array(Data(contentsOf: URL(fileURLWithPath: file)))))
        #expect(draft.staff == "S03" && draft.action == "visitor.arrive")
        #expect(draft.answers["name"] == Draft.Answer(text: "张三"))
        #expect(draft.answers["host"]?.value == "李四" && draft.answers["host"]?.text == "3-2-501")
    }

    @Test func nothingIsKeptOfAnEmptyFormNorAfterItIsSentOrGivenUp() throws {
        let desk = try Script(as: "马门岗")
        desk.press("F6", "F8")
        desk.desk.flushDrafts()
        #expect(files(desk.estate).isEmpty)
        desk.type("张三")
        desk.desk.flushDrafts()
        #expect(files(desk.estate).count == 1)
        desk.press("Esc", "Esc")
        desk.desk.flushDrafts()
        #expect(files(desk.estate).isEmpty)

        desk.press("F8")
        desk.type("张三")
        desk.fill("房号/被访人", "3-2-501")
        desk.fill("事由", "看房")
        desk.desk.flushDrafts()
        #expect(files(desk.estate).count == 1)
        desk.press("Ctrl-S")
        desk.desk.flushDrafts()
        #expect(files(desk.estate).isEmpty)
        #expect(desk.rows(GateView.self).count == 1)
    }

    @Test func theNextSignInOffersItAndEnterGoesOn() throws {
        let desk = try Script(try died(), as: "马门岗")
        desk.expect("未提交的表单")
        desk.expect("来访登记 · 张三 · 3-2-501")
        desk.expectNot("13900005678")
        desk.press("Enter")
        desk.expect("姓名", near: "张三")
        desk.expect("房号/被访人", near: "李四 业主")
        desk.expect("电话", near: "13900005678")
        desk.fill("事由", "看房")
        desk.press("Ctrl-S")
        desk.expectRow(GateView.self) { $0.name == "张三" && $0.host.text == "3-2-501" }
        desk.desk.flushDrafts()
        #expect(files(desk.estate).isEmpty)
    }

    @Test func aDraftIsItsOwnersAlone() throws {
        let estate = try died()
        let other = try Script(estate, as: "王芳")
        other.expectNot("未提交的表单")
        other.press("Ctrl-]")
        other.expect("没有未提交的表单")
        other.signIn("马门岗")
        other.expect("来访登记 · 张三")
    }

    @Test func aFormThatSomebodyIsAtIsNotOfferedElsewhere() throws {
        let desk = try half()
        let other = try Script(desk.estate, as: "马门岗")
        other.expectNot("未提交的表单")
        other.press("Ctrl-]")
        other.expect("没有未提交的表单")
        #expect(files(desk.estate).count == 1)
    }

    /// The screen is given over to another member, who works and leaves; then the console dies.
    @Test func whatIsSetAsideForAnotherMemberStaysKept() throws {
        let estate = try SmallEstate()
        try estate.store.setPIN(of: estate.store.estate.staff.named("S03"), to: PIN(typed: "2468"), current: nil)
        do {
            let desk = try Script(estate, as: nil)
            desk.signIn("马门岗")
            desk.type("2468")
            desk.press("Enter", "F6", "F8")
            desk.type("张三")
            desk.press("Ctrl-X", "Ctrl-T")
            desk.type("王芳")
            desk.press("Enter", "F6", "F8")
            desk.expectNot("张三")
            desk.type("李雷")
            desk.press("Esc", "Esc")
            desk.desk.flushDrafts()
        }
        #expect(files(estate).count == 1)
        let desk = try Script(estate, as: nil)
        desk.signIn("王芳")
        desk.expectNot("未提交的表单")
        desk.signIn("马门岗")
        desk.type("2468")
        desk.press("Enter")
        desk.expect("来访登记 · 张三")
    }

    @Test func ofTwoWhoGoOnWithOneOneDoes() throws {
        let estate = try died()
        let (first, second) = (try Script(estate, as: "马门岗"), try Script(estate, as: "马门岗"))
        second.expect("来访登记 · 张三")
        first.press("Enter")
        second.press("Enter")
        first.expect("姓名", near: "张三")
        second.expect("已在另一终端打开")
        second.expectNot("房号/被访人")
    }

    @Test func laterLeavesItAndDiscardingAsksOnce() throws {
        let desk = try Script(try died(), as: "马门岗")
        desk.press("Esc")
        desk.expectNot("未提交的表单")
        #expect(files(desk.estate).count == 1)
        desk.press("Ctrl-]")
        desk.expect("来访登记 · 张三")
        desk.press("Ctrl-D")
        desk.expect("再按 Ctrl-D 丢弃")
        desk.press("Esc")
        desk.expect("所填内容还在")
        #expect(files(desk.estate).count == 1)
        desk.press("Ctrl-D", "Ctrl-D")
        desk.expectNot("未提交的表单")
        #expect(files(desk.estate).isEmpty && files(desk.estate, "lock").isEmpty)
    }

    @Test func severalAreListed() throws {
        let estate = try died()
        do {
            let desk = try Script(estate, as: "马门岗")
            desk.press("Esc", "F8")
            desk.type("李雷")
            desk.desk.flushDrafts()
        }
        let desk = try Script(estate, as: "马门岗")
        desk.expect("1/2")
        desk.expect("来访登记 · 张三")
        desk.expect("来访登记 · 李雷")
        // The newest first.
        desk.press("Down", "Enter")
        desk.expect("姓名", near: "张三")
        #expect(files(estate).count == 2)
    }

    @Test func aDamagedDraftIsPassedOverAndKept() throws {
        let estate = try died()
        let file = try #require(files(estate).first)
        try Data(#"{"staff":"S03","action":"visitor.arr"#.utf8).write(to: URL(fileURLWithPath: file))
        let desk = try Script(estate, as: "马门岗")
        desk.expectNot("未提交的表单")
        #expect(files(estate).isEmpty && files(estate, "damaged").count == 1)
    }

    @Test func aDraftOfNoActionStaysAndSaysSo() throws {
        let estate = try died()
        let file = URL(fileURLWithPath: try #require(files(estate).first))
        let text = try String(contentsOf: file, encoding: .utf8).replacing("visitor.arrive", with: "visitor.gone")
        try Data(text.utf8).write(to: file)
        let desk = try Script(estate, as: "马门岗")
        desk.press("Enter")
        desk.expect("不能继续")
    }

    @Test(arguments: ["", "{}", "[]", "null", #"{"staff":"S03"}"#, "\u{0}"])
    func whatIsNoDraftIsNone(text: String) { #expect(Draft(json: Array(text.utf8)) == nil) }

    @Test func aDraftIsReadAsItWasWritten() {
        let draft = Draft(
            staff: "S03", action: "visitor.arrive", title: Label("来访登记 “甲”\n", en: "EntityTable"),
            hidden: ["visit": "01K"],
            answers: [
                "name": .init(text: "𠮷\u{1F468}\u{200D}\u{1F469}"), "host": .init(text: "3", value: "李四", detail: "业主"),
            ])
        #expect(Draft(json: draft.json) == draft)
    }
}
