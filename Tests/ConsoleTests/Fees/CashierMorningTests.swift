import Screen
import Testing

@testable import Console
@testable import Estate

/// A cashier's morning of thirty payments from the keyboard, with an input method on: what is typed comes as whole words.
@Suite struct CashierMorningTests {
    private final class Cashier {
        let console: ConsoleDriver
        private(set) var keys = 0

        init(_ console: ConsoleDriver) { self.console = console }

        func press(_ names: String...) {
            for name in names { console.press(name) }
            keys += names.count
        }

        func type(_ text: String) {
            console.type(text)
            keys += text.count
        }

        func agree() {
            console.agree()
            keys += 1
        }

        /// Tab, until a field is the current one.
        func go(to field: String) {
            for _ in 0..<10 where !console.styles(of: field).contains(where: { $0.tone == .accent }) { press("Tab") }
        }

        /// The whole debt of the selected household by the method used last.
        func payAll() {
            press("Enter", "Ctrl-S")
            agree()
        }
    }

    /// Thirty households that owe 100.00 and 50.00, the largest debt first: 8-1-101 and so on.
    private func desk() throws -> ConsoleDriver {
        let console = try ConsoleDriver(as: "王芳")
        for number in 0..<30 {
            let unit = "8-1-\(101 + number)"
            try console.estate.do("unit.add", ["unit": unit])
            try console.estate.do("person.add", ["name": "住户\(number)", "unit": unit, "role": "owner"])
            for (period, amount) in [("2026-09", "\(9100 - number)"), ("2026-10", "50")] {
                let due = "\(period)-20"
                try console.estate.do(
                    "bill.issue", ["unit": unit, "period": period, "item": "物业费", "amount": amount, "due": due])
            }
        }
        _ = console.controller.catchUp()
        console.open("fees")
        console.press("F12", "Home")
        return console
    }

    @Test func thirtyPayments() throws {
        let console = try desk()
        let cashier = Cashier(console)
        var taken = 0
        // The first by WeChat, which is kept from then on.
        cashier.press("Enter")
        cashier.type("微信")
        cashier.press("Ctrl-S")
        cashier.agree()
        taken += 1
        while taken < 20 {
            cashier.press("Down")
            cashier.payAll()
            taken += 1
        }
        let perPayment = Double(cashier.keys) / Double(taken)
        #expect(perPayment <= 4.1, "\(perPayment) keys a payment")

        // Cash with change: the method, then what was handed over.
        cashier.press("Down", "Enter")
        cashier.type("现金")
        cashier.go(to: "收到现金")
        cashier.type("9200")
        cashier.press("Ctrl-S")
        console.expect("找零：70.00")
        cashier.agree()
        // Designated: the later bill, which is sent while it is still highlighted.
        cashier.press("Down", "Enter")
        cashier.go(to: "所付账单")
        cashier.type("2026-10物业")
        cashier.press("Ctrl-S")
        console.expect("8-1-122 住户21 50.00 元？")
        cashier.agree()
        // The same again is asked about, and not taken.
        cashier.press("Ctrl-F")
        cashier.type("8-1-122")
        cashier.press("Enter", "Enter")
        cashier.go(to: "金额")
        cashier.press("Ctrl-U")
        cashier.type("50")
        cashier.press("Ctrl-S")
        console.expect("疑似重复")
        console.expectNothingRecorded { cashier.press("Esc", "Esc", "Esc", "Esc") }
        cashier.press("Home")
        // Two wrong ones, voided by the cashier with a reason.
        for _ in 0..<2 {
            cashier.payAll()
            console.show("records.payments")
            console.press("F12", "Home")
            cashier.press("Ctrl-U")
            cashier.type("录错户")
            cashier.press("Ctrl-S")
            cashier.agree()
            console.open("fees")
            console.press("F12", "Home")
            taken += 1
        }
        taken += 2
        // The rest, more than is owed among them.
        cashier.press("Home", "Enter")
        cashier.go(to: "金额")
        cashier.press("Ctrl-U")
        cashier.type("9300")
        cashier.press("Ctrl-S")
        console.expect("转预收")
        cashier.agree()
        taken += 1
        while taken < 30 {
            cashier.press("Down")
            cashier.payAll()
            taken += 1
        }
        let payments = console.store.estate.fees.payments.values
        #expect(payments.count == 30)
        #expect(payments.count { $0.voided != nil } == 2)
        #expect(payments.map(\.receipt) == Array(1...30))
        #expect(payments.filter { $0.prepaid > .zero }.count == 1)
        #expect(payments.allSatisfy { $0.by == "S02" })

        // What was prepaid goes back, by finance.
        let prepaid = try #require(payments.first { $0.prepaid > .zero })
        let finance = try ConsoleDriver(console.estate, as: "孙财务")
        finance.press("F9")
        finance.type("退款")
        finance.press("Enter")
        finance.fill("房号", prepaid.unit.text)
        finance.fill("金额", prepaid.prepaid.text)
        finance.fill("原因", "多收")
        finance.press("Ctrl-S")
        finance.expect("退给 \(prepaid.unit.text)")
        finance.agree()
        #expect(finance.store.estate.fees.payments[prepaid.id]?.prepaid == .zero)
    }
}
