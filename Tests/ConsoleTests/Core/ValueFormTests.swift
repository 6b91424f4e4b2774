import Screen
import TestSupport
import Testing

@testable import Console
@testable import Estate

/// The values of `Tests/Fixtures/values.tsv`, typed into forms.
@Suite struct ValueFormTests {
    /// A form, the field that a value is typed into, and what its other fields are given.
    private struct Form: Sendable {
        let action: String
        let field: String
        var others: [(field: String, text: String)] = []
        /// The value that was recorded last.
        let recorded: @Sendable (ConsoleDriver) -> String?
    }

    private static let units = ["3-2-501", "3-501", "A-1201", "商铺-108", "别墅-12", "1-3-2-501", "3-2-501A"]

    private static func bill(_ field: String, _ recorded: @escaping @Sendable (BillsView.Row) -> String) -> Form {
        let others = [("房号", "3-2-501"), ("账期", "2026-11"), ("收费项目", "水费"), ("金额", "10"), ("到期日", "2026-12-01")]
        return Form(action: "生成账单", field: field, others: others.filter { $0.0 != field }) {
            $0.rows(BillsView.self).last.map(recorded)
        }
    }

    private static func person(_ field: String, _ recorded: @escaping @Sendable (Person) -> String) -> Form {
        let others = [("姓名", "新来"), ("房号", "5-1-1201"), ("身份", "家属")]
        return Form(action: "登记住户", field: field, others: others.filter { $0.0 != field }) {
            $0.store.estate.people.persons.values.last.map(recorded)
        }
    }

    private static let forms: [String: Form] = [
        "amount": bill("金额") { $0.amount.text }, "date": bill("到期日") { $0.due.text },
        "period": bill("账期") { $0.period.text }, "unit": bill("房号") { $0.unit.text },
        "phone": person("电话") { $0.phone?.text ?? "∅" }, "name": person("姓名") { $0.name },
        "role": person("身份") { $0.role.rawValue },
        "plate": Form(action: "登记车辆", field: "车牌", others: [("房号", "3-2-502")]) {
            let people = $0.store.estate.people
            guard let unit = people.units.keys.first(where: { $0.text == "3-2-502" }) else { return nil }
            return people.vehicles(of: unit).compactMap { $0.number.value?.text }.joined(separator: " ")
        },
    ]

    private func fill(_ form: Form, _ typed: String, _ console: ConsoleDriver) {
        console.press("F9")
        console.type(form.action)
        console.press("Enter")
        for (field, text) in form.others { console.fill(field, text) }
        console.fill(form.field, typed)
    }

    @Test(arguments: ValueRow.all.filter { forms[$0.kind] != nil })
    func aFormReadsIt(_ row: ValueRow) throws {
        let form = try #require(ValueFormTests.forms[row.kind])
        let console = try ConsoleDriver(as: "赵经理")
        for unit in ValueFormTests.units where console.store.estate.people.units[TestSupport.unit(unit)] == nil {
            try console.estate.do("unit.add", ["unit": unit])
        }
        _ = console.controller.catchUp()
        let isMissing = row.kind == "plate" && row.result == "∅"
        if row.isRefused || isMissing {
            console.expectNothingRecorded {
                fill(form, row.typed, console)
                console.press("Ctrl-S")
            }
            console.expect("✗")
        } else {
            fill(form, row.typed, console)
            console.press("Ctrl-S")
            #expect(form.recorded(console) == row.result, "\(console.screen)")
        }
    }

    @Test(arguments: ValueRow.all(of: "moment"))
    func aFormShowsWhichMomentItReads(_ row: ValueRow) throws {
        let console = try ConsoleDriver(as: "赵经理")
        let request = try console.estate.do(
            "request.open", ["class": "complaint", "unit": "3-2-501", "text": "楼上太吵"])
        try console.estate.do("request.complete", ["request": request])
        _ = console.controller.catchUp()
        console.press("F9")
        console.type("预约回访")
        console.press("Enter")
        console.fill("预约时间", row.typed)
        console.expect("→ \(row.result.prefix(10)) \(row.result.dropFirst(11).prefix(5))")
    }

    @Test func aResidentIsFoundByWhatPeopleCallThem() throws {
        let console = try ConsoleDriver(as: "赵经理")
        for query in ["5-1孙", "孙先生", "5栋孙七", "sunxiansheng"] {
            console.press("F9")
            console.type(query)
            console.expect("孙七", near: "5-1-1201")
            console.press("Esc")
        }
    }
}
