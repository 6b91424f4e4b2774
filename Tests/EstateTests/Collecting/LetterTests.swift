import Foundation
import Journal
import TestSupport
import Testing

@testable import Estate

@Suite("Rules, Ageing: served letters, and from when on limitation runs")
struct LetterTests {
    private let test: TestEstate

    init() throws {
        test = try TestEstate(now: "2026-11-23T12:00")
        try test.do(
            "bill.issue", test.bill(period: "2024-02", amount: "100", due: "2024-02-29"), at: "2025-01-01")
    }

    @discardableResult
    private func serve(_ way: String, at time: String, _ more: [String: String] = [:]) throws -> String {
        try test.do("letter.serve", ["unit": "3-2-501", "way": way].merging(more) { $1 }, by: "S04", at: time)
    }

    private func limitation(_ time: String? = nil) throws -> String? {
        try test.only(AgeingView.self, asOf: time).limitation?.text
    }

    @Test(
        "three years begin anew with what proves that the demand came",
        arguments: [
            ("当面签收", "2029-05-06"), ("同住成年家属签收", "2029-05-06"), ("EMS 签收", "2029-05-06"), ("电子送达", "2029-05-06"),
            ("贴在门上", "2027-02-28"), ("公告栏", "2027-02-28"), ("拒签", "2027-02-28"), ("退回", "2027-02-28"),
            ("托邻居转交", "2027-02-28"),
        ])
    func renewed(way: String, limitation: String) throws {
        try serve(way, at: "2026-05-06")
        #expect(try self.limitation() == limitation)
        #expect(try self.limitation("2026-05-05") == "2027-02-28")
    }

    @Test("a letter is about the bills that were open then; a suit, a promise and a part payment count as well")
    func bills() throws {
        try serve("当面签收", at: "2026-05-06")
        try test.do(
            "bill.issue", test.bill(period: "2026-06", amount: "50", due: "2026-06-30"), at: "2026-06-01")
        #expect(try limitation() == "2029-05-06")
        try test.do(
            "dunning.record", ["unit": "3-2-501", "channel": "诉讼或仲裁", "outcome": "已立案"], at: "2026-07-01")
        // Both bills were open: each begins anew.
        #expect(try limitation() == "2029-07-01")
        try test.do("dunning.record", ["unit": "3-2-501", "channel": "电话", "outcome": "拒付"], at: "2026-08-01")
        #expect(try limitation() == "2029-07-01")
    }

    @Test("a delivery is recorded later with its day, from which limitation runs; a day to come is refused")
    func delivered() throws {
        try serve("EMS 签收", at: "2026-05-20T10:00", ["on": "2026-05-06"])
        #expect(try limitation() == "2029-05-06")
        #expect(try limitation("2026-05-19") == "2027-02-28", "it was not known before it was recorded")
        let letter = try test.only(LettersView.self)
        #expect(letter.day == day("2026-05-06") && letter.at == at("2026-05-20T10:00"))
        #expect(test.estate.contacts(of: unit("3-2-501")).map { Day($0.at, in: .shanghai) } == [day("2026-05-06")])
        #expect(refusal { try serve("EMS 签收", at: "2026-06-01", ["on": "2026-06-02"]) }?.code == "letter.future")
        // It was about what was open and known then.
        try test.do("bill.issue", test.bill(period: "2026-06", amount: "50", due: "2026-06-30"), at: "2026-06-01")
        try serve("EMS 签收", at: "2026-07-10", ["on": "2026-05-08"])
        #expect(test.estate.collecting.letters(to: unit("3-2-501")).map(\.bills.count) == [1, 1])
        #expect(
            refusal { try serve("EMS 签收", at: "2026-07-11", ["on": "2024-01-01"]) }?.code == "letter.nothing")
        let proposals = ServeLetter.proposals(with: [:], to: "S04", in: test.estate, at: test.store.now)
        #expect(proposals == ["on": "2026-11-23", "way": "EMS 签收"])
    }

    @Test("a letter to the present owner does not extend what a former one owes, and the other way round")
    func accounts() throws {
        try test.do("unit.sell", ["unit": "3-2-501", "owner": "钱新"], at: "2026-04-01")
        #expect(refusal { try serve("当面签收", at: "2026-05-06") }?.code == "letter.nothing")
        try test.do(
            "bill.issue", test.bill(period: "2026-05", amount: "50", due: "2026-05-31"), at: "2026-05-01")
        try serve("当面签收", at: "2026-06-06")
        func days() throws -> [String?] {
            try test.show(AgeingView.self).sorted { $0.account.id < $1.account.id }.map { $0.limitation?.text }
        }
        #expect(try Set(days()) == ["2029-06-06", "2027-02-28"])
        try serve("当面签收", at: "2026-07-07", ["former": "yes"])
        #expect(try Set(days()) == ["2029-06-06", "2029-07-07"])
    }

    @Test("who owes nothing gets no letter; a way that is never one is warned of")
    func refusals() throws {
        #expect(refusal { try test.do("letter.serve", ["unit": "3-2-502", "way": "当面签收"]) }?.code == "letter.nothing")
        #expect(refusal { try test.do("letter.serve", ["unit": "9-9-999", "way": "当面签收"]) }?.code == "unit.unknown")
        #expect(refusal { try test.do("letter.serve", ["unit": "3-2-501", "way": "当面签收"], by: "S06") } != nil)
        let receipt = try test.store.perform(ServeLetter(unit: unit("3-2-501"), way: "业主群通报"), by: "S04")
        #expect(receipt.warnings == ["dunning.forbidden"])
        let values = ["unit": "3-2-501", "way": "贴在门上"]
        #expect(ServeLetter.cautions(with: values, by: "S04", in: test.estate).keys.sorted() == ["way"])
        #expect(
            ServeLetter.cautions(with: ["unit": "3-2-501", "way": "当面签收"], by: "S04", in: test.estate).isEmpty)
    }

    @Test("who took it is sealed, and shown to finance alone")
    func sealed() throws {
        try serve("当面签收", at: "2026-05-06", ["number": "催 12", "taken": "李四之妻"])
        let text = try String(contentsOfFile: "\(test.folder)/\(logName())", encoding: .utf8)
        #expect(text.contains("letter.served") && !text.contains("李四之妻"))
        func taken(_ reader: Role) throws -> String {
            let rows = try test.store.rows(of: LettersView.self, [:], for: reader)
            let place = try #require(rows.columns.firstIndex { $0.key == "taken" })
            return rows.rows[0].texts[place]
        }
        #expect(try (taken(.finance), taken(.manager), taken(.operator)) == ("李四之妻", "李四之妻", ""))
        #expect(refusal { try test.store.rows(of: LettersView.self, [:], for: .guard) }?.code == "view.notAllowed")
        #expect(test.estate.sealingRule(of: ServeLetter())?.kind == "signers")
        #expect(test.estate.handbook.particulars.days(of: "signers") == 10957)
    }

    /// The file of the journal with the last line.
    private func logName() throws -> String {
        let names = try FileManager.default.subpathsOfDirectory(atPath: test.folder).filter { $0.hasSuffix(".jsonl") }
        return try #require(names.sorted().last)
    }

    @Test("90 days before the end it is told")
    func near() throws {
        func isNear(_ time: String) throws -> Bool { try test.only(ArrearsView.self, asOf: time).isLimitationNear }
        test.clock.set("2027-03-01T12:00")
        #expect(try !isNear("2026-11-29"))
        #expect(try isNear("2026-11-30"))
        #expect(try isNear("2027-03-01"))
    }

    @Test("a letter can be undone, and a renamed unit keeps it")
    func corrected() throws {
        try serve("当面签收", at: "2026-05-06")
        try test.do("unit.change", ["unit": "3-2-501", "newCode": "3-2-509"])
        #expect(try test.only(LettersView.self).unit == unit("3-2-509"))
        #expect(try limitation() == "2029-05-06")
        try test.do("letter.serve", ["unit": "3-2-509", "way": "EMS 签收"], by: "S04")
        #expect(try limitation() == "2029-11-23")
        try test.do("action.undo", by: "S04")
        #expect(try limitation() == "2029-05-06")
    }

    @Test("a delivery that renews limitation without a number or a signer is asked about")
    func unproven() throws {
        let test = try TestEstate()
        func asks(_ way: String, _ number: String? = nil, _ taken: String? = nil) -> Bool {
            let letter = ServeLetter(unit: unit("3-2-501"), way: way, number: number, taken: taken)
            return letter.confirmation(in: test.estate, at: test.store.now) != nil
        }
        #expect(asks("EMS 签收"))
        #expect(!asks("EMS 签收", "EX1") && !asks("EMS 签收", nil, "李四") && !asks("贴在门上"))
    }
}
