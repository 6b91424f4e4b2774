import Screen
import Testing

@testable import Console
@testable import Estate

/// The collection of three months, of twelve as bars, by building and by collector. It is 23 November 2026; 3-2-501 and
/// 3-2-601 owe 186.50 each of September and October.
@Suite struct CollectionListTests {
    private func console(size: Size = Size(width: 120, height: 36)) throws -> ConsoleDriver {
        let console = try ConsoleDriver(as: "孙财务", size: size)
        for (unit, amount) in [("3-2-501", "300"), ("3-2-601", "100"), ("5-1-1201", "100")] {
            try console.estate.do(
                "bill.issue",
                ["unit": unit, "period": "2026-11", "item": "物业费", "amount": amount, "due": "2026-11-30"])
        }
        try console.estate.do(
            "payment.receive", ["unit": "5-1-1201", "amount": "100", "method": "现金"], by: "S02")
        _ = console.controller.catchUp()
        console.show("collection")
        console.press("F12")
        return console
    }

    @Test(arguments: [Size(width: 80, height: 24), Size(width: 120, height: 36), Size(width: 160, height: 45)])
    func everySizeShowsRateTargetAndWhatIsMissing(size: Size) throws {
        let console = try console(size: size)
        // 100 of 500; 80 % are 400.
        console.expect("当月", near: "20.00/80▼")
        console.expect("当月", near: "300.00")
        console.expect("上上月", near: "0.00/100▼")
        console.expect("当月还差 300.00（1 户）")
        console.expect("按楼栋")
        if size.width > 80 { console.expect("王芳", near: "20.00") }
        if size.width >= 120 { console.expect("█") }
    }

    @Test func enterListsTheHouseholdsThatCloseTheGap() throws {
        let console = try console()
        console.press("Enter")
        console.expect("300.00 元，收齐下面 1 户即达标")
        console.expect("3-2-501", near: "300.00  李四")
        console.expectNot("3-2-601  100.00")
        console.press("Esc", "Down", "Down", "Enter")
        console.expect("收齐下面 2 户即达标")
        console.expect("3-2-601", near: "186.50  冯六")
    }

    @Test func whatComesInIsShownAtOnce() throws {
        let console = try console()
        try console.estate.do("payment.receive", ["unit": "3-2-501", "amount": "673", "method": "微信"], by: "S07")
        _ = console.controller.catchUp()
        console.expect("当月", near: "80.00/80✓")
        console.expectNot("当月还差")
    }
}
