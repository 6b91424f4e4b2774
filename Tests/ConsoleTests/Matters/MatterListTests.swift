import Screen
import Testing

@testable import Console
@testable import Estate

@Suite struct MatterListTests {
    @Test func aRequestIsPassedToADepartmentWhichAnswers() throws {
        let console = try ConsoleDriver(as: "王芳", size: Size(width: 80, height: 24))
        try console.estate.do("request.open", ["class": "complaint", "unit": "3-2-501", "text": "楼道太脏"])
        _ = console.controller.catchUp()
        console.open("requests")
        console.press("Ctrl-B")
        console.expect("转部门 · 3-2-501 楼道太脏")
        console.type("保洁")
        console.press("Ctrl-S")
        console.expectRow(MattersView.self) { $0.to == "保洁" && $0.what == "楼道太脏" && $0.request != nil }
        console.show("matters")
        console.expect("待回话 1")
        console.expect("11-25 止", near: "楼道太脏")
        console.press("Enter")
        console.expect("回话 · 保洁 楼道太脏")
        console.type("已清扫")
        console.press("Ctrl-S")
        console.expectRow(MattersView.self) { $0.answer?.text == "已清扫" }
        // The request tells of it, and the matter names the request in words.
        let request = try #require(console.store.estate.requests.all.values.first).id.id.text
        console.press("F12")
        console.expectNot(request)
        console.open("requests")
        console.press("Space")
        console.expect("转部门", near: "已清扫")
    }

    @Test func whatIsNotAnsweredIsTheSupervisorsAndNobodyElses() throws {
        let console = try ConsoleDriver(as: "王芳")
        try console.estate.do("matter.pass", ["to": "工程", "what": "地库灯不亮"])
        console.at("2026-11-27 09:00")
        console.expectNot("催部门回话")
        console.signIn("zhouzg")
        console.expect("催部门回话 迟 2 天")
        console.press("Insert", "Enter")
        console.type("已换灯")
        console.press("Ctrl-S")
        console.expectRow(MattersView.self) { $0.answer?.text == "已换灯" }
        console.expectNot("催部门回话 迟")
    }
}
