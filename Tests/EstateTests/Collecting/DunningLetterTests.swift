import Journal
import TestSupport
import Testing

@testable import Estate

@Suite("Rules, 催缴函: who, how much of what, by when, how, and whom to ask")
struct DunningLetterTests {
    private let test: TestEstate

    init() throws {
        test = try TestEstate(now: "2026-11-23T12:00")
        try test.do(
            "bill.issue", test.bill(period: "2026-09", amount: "1000.02", due: "2026-09-30"), at: "2026-09-01")
        try test.do(
            "bill.issue", test.bill(period: "2026-10", item: "停车费", amount: "680.30", due: "2026-10-31"),
            at: "2026-10-01")
        try test.do(
            "bill.issue", test.bill(period: "2026-11", amount: "55", due: "2026-11-23"), at: "2026-11-01")
    }

    private func document(_ members: [String: String] = [:]) throws -> Document {
        try DunningLetter.make(
            of: test.estate, at: test.store.now, members: members.mapValues { .string($0) }, .chinese
        ).document
    }

    private func texts(_ sheet: Sheet) -> [String] {
        sheet.blocks.compactMap { if case .text(let text) = $0 { text } else { nil } }
    }

    @Test("what is due today is not asked for; the total is written out and is the sum of the table")
    func contents() throws {
        let sheet = try #require(document(["unit": "3-2-501"]).sheets.first)
        #expect(sheet.heading == "翠湖花园物业服务中心 催缴函")
        #expect(
            sheet.tables == [
                [["2026-09", "物业费", "2026-09-30", "1,000.02"], ["2026-10", "停车费", "2026-10-31", "680.30"]]
            ])
        let words = texts(sheet)
        #expect(words[0] == "3-2-501 李四：")
        #expect(words[1].contains("《物业服务合同》") && words[1].contains("截至 2026-11-23"))
        #expect(words[2] == "合计人民币壹仟陆佰捌拾元零叁角贰分（¥1,680.32）。")
        #expect(words[3].contains("请于 2026-12-08 前交纳") && words[3].contains("3-2-501"))
        #expect(words.last?.contains("调解、申请支付令、诉讼或仲裁") == true)
        #expect(!words.joined().contains("{") && !words.joined().contains("滞纳金"))
        #expect(sheet.values["催收单位（章）"] == "翠湖花园物业服务中心" && sheet.values.keys.contains("签收人"))
    }

    @Test("what the estate has not filled in is named")
    func blanks() throws {
        #expect(DunningLetter.blanks(in: test.estate).map(\.chinese) == ["合同条款", "交费方式", "联系人"])
        let letter = #"{"policy":{"letter":{"clauseNumber":"五","ways":"前台","contactPerson":"王芳"}}}"#
        let filled = try TestEstate(handbook: ["collecting.json": letter])
        #expect(DunningLetter.blanks(in: filled.estate).isEmpty)
    }

    @Test("one household, many, or all in arrears, each on a sheet of its own; the day to pay by can be given")
    func many() throws {
        try test.do(
            "bill.issue", test.bill(unit: "3-2-502", period: "2026-10", amount: "9", due: "2026-10-31"),
            at: "2026-10-01")
        #expect(try document().sheets.count == 2)
        #expect(
            try document(["unit": "3-2-502,3-2-501"]).sheets.map { texts($0)[0] } == ["3-2-502 业主：", "3-2-501 李四："])
        #expect(try document(["unit": "3-2-503"]).sheets.isEmpty)
        #expect(try texts(document(["due": "2026-12-01"]).sheets[0])[3].contains("2026-12-01"))
        #expect(refusal { _ = try document(["unit": "9-9-999"]) }?.code == "unit.unknown")
        let rows = try test.show(DunningLetter.self).map { [$0.texts[0], $0.texts[3], $0.texts[4]] }
        #expect(rows == [["3-2-501", "1680.32", "人民币壹仟陆佰捌拾元零叁角贰分"], ["3-2-502", "9.00", "人民币玖元整"]])
    }

    @Test("the owner of a let unit is told of the tenant's debt, and that both owe; a former owner gets their own")
    func debtors() throws {
        try test.do(
            "tariff.set", ["item": "物业服务费", "basis": "fixed", "rate": "100", "from": "2026-08-01", "payer": "occupant"])
        try test.do("unit.state", ["unit": "3-2-502", "state": "rented", "from": "2026-01-01"], at: "2026-01-01")
        try test.do(
            "person.add", ["name": "周租", "unit": "3-2-502", "role": "tenant", "phone": "13800009999"], at: "2026-01-01")
        try test.do(
            "person.add", ["name": "张三", "unit": "3-2-502", "role": "owner", "phone": "13800002222"], at: "2026-01-01")
        try test.do("unit.state", ["unit": "3-2-503", "state": "undelivered", "from": "2026-01-01"], at: "2026-01-01")
        try test.do("bill.generate", ["period": "2026-10", "item": "物业服务费"])
        let letters = try document(["unit": "3-2-502,3-2-503"]).sheets
        #expect(letters.map { texts($0)[0] } == ["3-2-502 周租、张三：", "3-2-503 建设单位："])
        #expect(texts(letters[0]).contains { $0.contains("业主负连带交纳责任") && $0.contains("张三") })
        #expect(!texts(letters[1]).contains { $0.contains("连带") })
        try test.do("unit.sell", ["unit": "3-2-501", "owner": "钱新"], at: "2026-11-20")
        #expect(try document(["unit": "3-2-501"]).sheets.map { texts($0)[0] } == ["3-2-501 李四："])
    }

    @Test("the shipped letter has no forbidden word, and a guard gets none")
    func allowed() throws {
        #expect(DunningLetter.warning(in: test.estate) == nil)
        #expect(
            refusal {
                _ = try DunningLetter.make(of: test.estate, at: test.store.now, members: [:], for: .guard, .chinese)
            }?.code == "view.notAllowed")
    }
}
