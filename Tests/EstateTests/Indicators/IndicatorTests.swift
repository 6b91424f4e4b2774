import Foundation
import Journal
import TestSupport
import Testing

@testable import Estate

@Suite("The month at a glance: each figure by its clause")
struct IndicatorTests {
    private let test: TestEstate

    init() throws {
        test = try TestEstate(now: "2026-01-01T08:00", handbook: ["inspections.json": RandomMonths.areas])
    }

    /// A figure of a month, as `show kpi` gives it at the present moment.
    private func figure(_ name: String, _ period: String) throws -> [String: String] {
        let rows = try test.store.rows(of: IndicatorsView.self, ["period": .string(period)])
        let texts = try #require(rows.rows.map(\.texts).first { $0[0] == name })
        return Dictionary(uniqueKeysWithValues: zip(rows.columns.map(\.key), texts))
    }

    private func cases(_ name: String, _ period: String) throws -> [String] {
        try test.store.rows(of: IndicatorCasesView.self, ["period": .string(period), "name": .string(name)])
            .rows.map(\.texts).map { "\($0[5]) \($0[7]) \($0[8])" }
    }

    @Test("5.2 the three cohorts as of the same moment, truncated, each against its own target")
    func collection() throws {
        test.clock.set("2026-03-31T12:00")
        for period in ["2026-01", "2026-02", "2026-03"] {
            for unit in ["3-2-501", "3-2-502", "3-2-503"] {
                try test.do(
                    "bill.issue", test.bill(unit: unit, period: period, amount: "100"), at: "\(period)-01T09:00")
            }
        }
        for (unit, amount) in [("3-2-501", "300"), ("3-2-502", "200"), ("3-2-503", "199.99")] {
            try test.do("payment.receive", ["unit": unit, "amount": amount], at: "2026-03-10T09:00")
        }
        let rows = try ["collection.0", "collection.1", "collection.2"].map { try figure($0, "2026-03") }
        #expect(rows.map { $0["value"] } == ["33.33", "99.99", "100.00"])
        #expect(rows.map { $0["target"] } == ["80", "90", "100"])
        #expect(rows.map { $0["met"] } == ["false", "true", "true"])
        #expect(rows[0]["note"] == "缴清 1/3 户")
        #expect(
            try cases("collection.1", "2026-03") == [
                "3-2-501 缴清 true", "3-2-502 缴清 true", "3-2-503 欠 0.01 false",
            ])
    }

    @Test("the month before is as of its own end: what is paid later does not change it, what is entered late does")
    func lastMonth() throws {
        test.clock.set("2026-03-20T12:00")
        try test.do("bill.issue", test.bill(period: "2026-02", amount: "100"), at: "2026-02-01T09:00")
        try test.do("payment.receive", ["unit": "3-2-501", "amount": "40"], at: "2026-02-20T09:00")
        try test.do("payment.receive", ["unit": "3-2-501", "amount": "50"], at: "2026-03-02T09:00")
        #expect(try figure("collection.0", "2026-02")["value"] == "40.00")
        #expect(try figure("collection.0", "2026-03")["last"] == "40.00")
        #expect(try figure("collection.1", "2026-03")["value"] == "90.00")
        try test.do("payment.receive", ["unit": "3-2-501", "amount": "10"], at: "2026-02-28T23:59")
        #expect(try figure("collection.0", "2026-03")["last"] == "50.00")
        // 0:00 belongs to the day that begins.
        try test.do("bill.issue", test.bill(unit: "3-2-502", period: "2026-02", amount: "100"), at: "2026-02-01")
        try test.do("payment.receive", ["unit": "3-2-502", "amount": "100"], at: "2026-03-01T00:00")
        #expect(try figure("collection.0", "2026-03")["last"] == "25.00")
    }

    @Test("4 satisfied visits of those with an answer, beside the last survey and its verdict")
    func satisfaction() throws {
        test.clock.set("2026-02-28T12:00")
        let results: [FollowUpResult] = [.satisfied, .satisfied, .unsatisfied, .unreachable]
        for (day, result) in zip(10..., results) {
            let visit = try test.minorRepair(done: "2026-02-0\(day - 9)T10:00")
            try test.visit(visit, result, at: "2026-02-0\(day - 8)T10:00")
        }
        let row = try figure("satisfaction", "2026-02")
        #expect((row["value"], row["target"], row["met"], row["note"]) == ("66.66", "95", "false", ""))
        #expect(try cases("satisfaction", "2026-02").count == 3)
        let survey = try test.do(
            "survey.plan", ["name": "冬季调查", "questions": "总的来说；前台", "from": "2026-02-20", "to": "2026-02-27"],
            at: "2026-02-20T09:00")
        try test.do("survey.answer", ["survey": survey, "unit": "3-2-501", "answers": "5,1"], at: "2026-02-21T09:00")
        #expect(try figure("satisfaction", "2026-02")["note"] == "冬季调查 100.0% 达标")
    }

    @Test(
        "complaints per 100 occupied households; a reopened one counts once, reopenings beside it; no target of its own"
    )
    func complaints() throws {
        test.clock.set("2026-03-15T12:00")
        try test.do("person.add", ["name": "张三", "unit": "3-2-502", "role": "owner"], at: "2026-01-05")
        for day in ["03", "04", "05"] {
            try test.do(
                "request.open", ["class": "complaint", "unit": "3-2-501", "text": "噪声"], at: "2026-02-\(day)T09:00")
        }
        let ids = test.estate.requests.all.values.map(\.id.id.text)
        for time in ["10", "12"] {
            try test.do("request.complete", ["request": ids[0]], at: "2026-02-\(time)T09:00")
            try test.do("request.reopen", ["request": ids[0], "why": "又吵"], at: "2026-02-\(time)T10:00")
        }
        try test.do("request.open", ["class": "repair.minor", "unit": "3-2-501", "text": "灯"], at: "2026-02-06T09:00")
        let row = try figure("complaints", "2026-02")
        #expect((row["value"], row["target"], row["met"]) == ("150.00", "", ""))
        #expect(row["note"] == "3 件，2 户，返工 2 次")
        #expect(try cases("complaints", "2026-02").count == 3)
        #expect(try figure("complaints", "2026-03")["value"] == "0.00")
    }

    @Test("1.1 answered within three rings of those answered, and by member; missed and outgoing calls stay out")
    func rings() throws {
        test.clock.set("2026-02-10T12:00")
        for (rings, member) in [(2, "S02"), (3, "S02"), (4, "S02"), (1, "S04")] {
            let call = try test.do("call.ring", ["direction": "incoming"], by: "S02")
            try test.do("call.answer", ["call": call, "rings": "\(rings)"], by: member)
        }
        let missed = try test.do("call.ring", ["direction": "incoming"], by: "S02")
        try test.do("call.end", ["call": missed], by: "S02")
        try test.do("call.ring", ["direction": "outgoing"], by: "S02")
        let row = try figure("rings", "2026-02")
        #expect((row["value"], row["target"], row["met"]) == ("75.00", "100", "false"))
        // Whose they are, superiors alone read.
        #expect(row["note"] == "")
        func rows(_ view: any View.Type, _ reader: Role) throws -> String {
            let rows = try test.store.rows(of: view, ["name": "rings"], for: reader).rows
            return rows.map { $0.texts.joined(separator: " ") }.joined(separator: "\n")
        }
        for reader in [Role.supervisor, .manager] {
            #expect(try rows(IndicatorTrendView.self, reader).contains("陈接待 2/3，周主管 1/1"))
            #expect(try rows(IndicatorCasesView.self, reader).contains("陈接待"))
        }
        for view in [IndicatorTrendView.self, IndicatorCasesView.self] as [any View.Type] {
            #expect(try !rows(view, .operator).contains("陈接待"))
            #expect(try rows(view, .operator).contains("三声内接听"))
        }
        func report(_ reader: Role?) throws -> String {
            try MonthReport.make(
                of: test.estate, at: test.store.now, members: [:], for: reader, .chinese,
                figures: { try test.store.pastFigures(of: $0) }
            ).document.sheets.flatMap(\.contents).joined(separator: "\n")
        }
        #expect(try report(.manager).contains("陈接待 2/3") && !report(nil).contains("陈接待"))
    }

    @Test("5.1 two a week, on two days, of the weeks that end in the month and are over; unmarked items do not count")
    func inspections() throws {
        func inspect(_ day: String, items: Int = 8, template: String = "small") throws {
            let id = try test.do("inspection.open", ["template": template], at: "\(day)T09:00")
            for item in 1...items {
                try test.do(
                    "inspection.mark",
                    ["inspection": id, "item": template == "small" ? "X\(item)" : "1.\(item)", "result": "pass"],
                    at: "\(day)T09:30")
            }
            try test.do("inspection.close", ["inspection": id], at: "\(day)T10:00")
        }
        test.clock.set("2026-02-18T12:00")
        // The week of 26 January ends on 1 February: it is February's.
        try inspect("2026-01-27")
        try inspect("2026-01-29")
        // Two on one day are one.
        try inspect("2026-02-03")
        try inspect("2026-02-03")
        try inspect("2026-02-10")
        try inspect("2026-02-11", items: 7)
        // Not of the customer areas.
        try inspect("2026-02-12", template: "frontdesk")
        // The running week waits.
        try inspect("2026-02-17")
        let row = try figure("inspections", "2026-02")
        #expect((row["value"], row["note"], row["met"]) == ("66.66", "4/6 次", "false"))
        let february = try cases("inspections", "2026-02")
        #expect(february.count == 6 && february.count { $0.hasSuffix("true") } == 4)
    }

    @Test("the cases of the inspections make the figure: what was missed is among them, what was made beyond is not")
    func missedInspections() throws {
        test.clock.set("2026-03-18T12:00")
        #expect(try figure("inspections", "2026-03")["note"] == "0/6 次")
        #expect(try cases("inspections", "2026-03") == Array(repeating: " 没有做 false", count: 6))
        for day in ["2026-03-10", "2026-03-11", "2026-03-12"] {
            let id = try test.do("inspection.open", ["template": "small"], at: "\(day)T09:00")
            for item in 1...8 {
                try test.do(
                    "inspection.mark", ["inspection": id, "item": "X\(item)", "result": "pass"], at: "\(day)T09:30")
            }
            try test.do("inspection.close", ["inspection": id], at: "\(day)T10:00")
        }
        #expect(try figure("inspections", "2026-03")["note"] == "2/6 次")
        let march = try cases("inspections", "2026-03")
        #expect(march.count == 6 && march.count { $0.hasSuffix("true") } == 2)
    }

    @Test("5.1 rectifications that are open, until they pass")
    func rectifications() throws {
        test.clock.set("2026-02-18T12:00")
        let id = try test.do("inspection.open", ["template": "frontdesk"])
        for item in ["1.1", "1.2"] {
            try test.do(
                "inspection.mark", ["inspection": id, "item": item, "result": "fail", "note": "不合格"])
        }
        #expect(try figure("rectifications", "2026-02")["value"] == "0")
        try test.do("inspection.close", ["inspection": id])
        #expect(try figure("rectifications", "2026-02")["value"] == "2")
        try test.do("inspection.recheck", ["inspection": id, "item": "1.1", "result": "pass"])
        #expect(try figure("rectifications", "2026-02")["value"] == "1")
        let texts = try test.store.rows(of: IndicatorCasesView.self, ["name": "rectifications"]).rows.map(\.texts)
        #expect(texts.map { $0[3] } == ["1.2"])
    }

    @Test("5.5 requests that nobody has, with the oldest; those over their day; those taken up within a day")
    func requests() throws {
        test.clock.set("2026-02-10T12:00")
        func open(_ day: String) throws -> String {
            try test.do("request.open", ["class": "other", "unit": "3-2-501", "text": "事"], at: "2026-02-\(day)T09:00")
        }
        _ = try open("03")
        let assigned = try open("04")
        try test.do("request.assign", ["request": assigned, "to": "S06", "due": "2026-02-09"], at: "2026-02-04T10:30")
        let late = try open("05")
        try test.do("request.assign", ["request": late, "to": "S06", "due": "2026-02-20"], at: "2026-02-08T10:00")
        let done = try open("06")
        try test.do("request.complete", ["request": done], at: "2026-02-06T09:20")
        // Its day is not over.
        _ = try open("10")
        let row = try figure("requests.unassigned", "2026-02")
        #expect((row["value"], row["met"], row["note"]) == ("2", "false", "最久 7 天"))
        // Over its day, or with nobody sent in half an hour.
        #expect(try figure("requests.overdue", "2026-02")["value"] == "3")
        let response = try figure("requests.response", "2026-02")
        #expect((response["value"], response["note"]) == ("50.00", "中位 1 小时 30 分"))
        #expect(try cases("requests.response", "2026-02").count == 4)
        // Reopened, it was taken up all the same.
        try test.do("request.reopen", ["request": done, "why": "又坏"], at: "2026-02-09T09:00")
        #expect(try figure("requests.response", "2026-02")["value"] == "50.00")
    }

    @Test("5.3 formalities that were due in the month, also on its last day")
    func permits() throws {
        test.clock.set("2026-04-10T12:00")
        _ = try test.permitted(unit: "3-2-501", at: "2026-03-02T09:00")
        // Complete on Friday the 27th, due on Tuesday the 31st.
        _ = try test.renovation(unit: "3-2-502", ["papers": "complete", "applicant": "owner"], at: "2026-03-27T09:00")
        let row = try figure("permits", "2026-03")
        #expect((row["value"], row["target"], row["met"]) == ("50.00", "100", "false"))
        #expect(try cases("permits", "2026-03") == ["3-2-501 按期 true", "3-2-502 未办妥 false"])
        #expect(try figure("permits", "2026-04")["value"] == "")
    }

    @Test("a guard sees no figure of money, in no view")
    func money() throws {
        for view in [IndicatorsView.self, IndicatorTrendView.self, IndicatorCasesView.self] as [any View.Type] {
            let names = try test.store.rows(of: view, [:], for: .guard).rows.map { $0.text(0) }
            #expect(!names.contains { $0.hasPrefix("collection") }, "\(view.name)")
        }
        #expect(try test.store.rows(of: IndicatorsView.self, [:], for: .guard).rows.count > 10)
    }

    @Test("a month that has not come is refused; so is a figure that there is not")
    func refused() throws {
        #expect(
            refusal { _ = try test.store.rows(of: IndicatorsView.self, ["period": "2026-02"]) }?.code == "period.early")
        #expect(
            refusal { _ = try test.store.rows(of: IndicatorTrendView.self, ["name": "sales"]) }?.code
                == "indicator.unknown")
    }

    @Test("the trend has twelve months, each as of its end, the last as of now")
    func trend() throws {
        test.clock.set("2026-03-20T12:00")
        try test.do("bill.issue", test.bill(period: "2026-02", amount: "100"), at: "2026-02-01T09:00")
        try test.do("payment.receive", ["unit": "3-2-501", "amount": "40"], at: "2026-02-20T09:00")
        try test.do("payment.receive", ["unit": "3-2-501", "amount": "50"], at: "2026-03-02T09:00")
        let rows = try test.store.rows(of: IndicatorTrendView.self, ["name": "collection.0"]).rows.map(\.texts)
        #expect(rows.count == 12 && rows.first?[2] == "2025-04" && rows.last?[2] == "2026-03")
        #expect(rows.map { $0[3] }.suffix(2) == ["40.00", ""])
    }

    @Test("scripts rely on these names")
    func names() throws {
        try expectColumns("kpi", "name value target met last unit")
        try expectColumns("kpitrend", "name period value target met")
        try expectColumns("kpicases", "name id day place text state counted")
        let names =
            "collection.0 collection.1 collection.2 satisfaction complaints visits.complaint visits.minor visits.works "
            + "visits.special visits.event visits.other rings inspections rectifications requests.unassigned "
            + "requests.overdue requests.response permits stock.differences"
        #expect(test.estate.indicators().map(\.name).joined(separator: " ") == names)
    }
}
