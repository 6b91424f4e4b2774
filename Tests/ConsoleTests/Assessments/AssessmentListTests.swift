import Screen
import Testing

@testable import Console
@testable import Estate

/// 考核: each member's own, those below, and the facts behind each figure.
@Suite struct AssessmentListTests {
    private func desk(as member: String, size: Size = Size(width: 80, height: 24)) throws -> ConsoleDriver {
        let console = try ConsoleDriver(as: member, size: size)
        for rings in ["2", "5"] {
            let call = try console.estate.do("call.ring", ["phone": ""], by: "S02")
            try console.estate.do("call.answer", ["call": call, "rings": rings, "greeting": "yes"], by: "S02")
            try console.estate.do("call.end", ["call": call, "closing": "yes"], by: "S02")
        }
        try console.estate.do("request.open", ["class": "complaint", "unit": "3-2-501", "text": "门岗态度不好"])
        _ = console.controller.catchUp()
        console.show("assessments")
        return console
    }

    @Test(arguments: [("王芳", true, false), ("马门岗", false, true), ("孙财务", false, false), ("周主管", true, true)])
    func eachSeesTheirOwnAndThoseBelow(member: String, seesOperator: Bool, seesGuard: Bool) throws {
        let console = try desk(as: member)
        #expect(console.sees("王芳  ") == seesOperator)
        #expect(console.lines.contains { $0.contains("马门岗") && $0.contains("被投诉") } == seesGuard)
        if seesOperator { console.expect("王芳", near: "50.0%") }
        console.expectNot("赵经理  ")
    }

    @Test func enterOpensTheFactsOfAFigure() throws {
        let console = try desk(as: "王芳")
        console.expect("三声内接听", near: "50.0%")
        console.press("Enter")
        console.expect("王芳 · 三声内接听", near: "1/2")
        console.expect("✗", near: "5 声")
        console.expect("✓", near: "2 声")
        console.press("Enter")
        console.expect("铃声", near: "5")
    }

    @Test func aComplaintIsLinkedToAMember() throws {
        let console = try desk(as: "周主管")
        console.press("Ctrl-F")
        console.type("马门岗")
        console.press("Enter", "Ctrl-N")
        console.expect("投诉涉及 马门岗")
        console.type("态度")
        console.press("Enter", "Ctrl-S")
        let complaint = try #require(console.store.estate.requests.all.values.first { $0.class == .complaint })
        #expect(console.store.estate.assessments.concerns("S03", complaint.id))
    }

    @Test func thePageIsOfTheMemberOnly() throws {
        let console = try desk(as: "王芳")
        console.press("Ctrl-E")
        console.expect("已写好 1 张")
        console.press("Esc")
        console.signIn("马门岗")
        console.show("assessments")
        #expect(!console.lines.contains { $0.contains("王芳") && $0.contains("三声内") })
    }
}
