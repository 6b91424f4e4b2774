import Screen
import Testing

@testable import Console
@testable import Estate

/// What the question before a payment says is what the form showed, and nothing is asked that will be refused.
@Suite struct PaymentQuestionTests {
    /// 3-2-501 owes 373.00: two bills of 186.50.
    private func form(method: String = "现金") throws -> ConsoleDriver {
        let console = try ConsoleDriver(as: "王芳", size: Size(width: 120, height: 36))
        console.open("fees")
        console.press("Enter")
        console.fill("付款方式", method)
        return console
    }

    @Test func aBillThatIsSentWhileHighlightedIsPaidAndNoOther() throws {
        let console = try form()
        console.go(to: "所付账单")
        console.type("2026-10物业")
        console.press("Ctrl-S")
        console.expect("收到 3-2-501 李四 186.50 元？")
        console.agree()
        #expect(console.store.estate.fees.payments.values.map(\.amount.text) == ["186.50"])
    }

    @Test func tooLittleCashIsRefusedWithoutAQuestion() throws {
        let console = try form()
        console.fill("收到现金", "50")
        console.expectNothingRecorded { console.press("Ctrl-S") }
        console.expect("收到的现金 50.00 元不够 373.00 元")
        console.expectNot("收到 3-2-501 李四 373.00 元？")
    }

    @Test func aFigureIsNoMethod() throws {
        let console = try form(method: "100")
        console.expectNothingRecorded { console.press("Ctrl-S", "Enter") }
        console.expect("“100”不是付款方式")
    }
}
