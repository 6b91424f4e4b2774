import Journal
import TestSupport
import Testing

@testable import Estate

@Suite("Rules, Materials: ledger, card and goods agree")
struct StocktakeTests {
    private let test: TestEstate

    init() throws {
        test = try TestEstate(now: "2026-11-23T09:00")
        try keep(
            "item",
            ["sku": "S-01", "name": "角阀", "unit": "个", "kind": "consumable", "opening": "10", "price": "2"],
            at: "2026-11-01T08:00")
    }

    @discardableResult
    private func keep(_ action: String, _ members: [String: String] = [:], at time: String) throws -> String {
        try test.do("stock.\(action)", ["sku": "S-01"].merging(members) { $1 }, by: "S08", at: time)
    }

    private func count(_ qty: String, card: String? = nil, at time: String = "2026-11-20T10:00") throws {
        if let card { try keep("card", ["qty": card], at: time) }
        try keep("count", ["qty": qty], at: time)
    }

    private func settle(by member: String = "S04") throws { try test.do("stock.settle", ["sku": "S-01"], by: member) }
    private func row(asOf time: String? = nil) throws -> StockView.Row { try test.only(StockView.self, asOf: time) }
    private func last() throws -> StocktakesView.Row { try #require(try test.show(StocktakesView.self).last) }

    /// The verdict as the standard words it.
    private func verdict(ledger: Int, card: Int, count: Int) -> StockVerdict {
        if ledger == card, card == count { return .agree }
        if ledger == card { return count > ledger ? .surplus : .shortage }
        if card == count { return .unposted }
        if ledger == count { return .card }
        return .recount
    }

    @Test("the five verdicts and agreement, for all figures near the ledger's", arguments: 8...12)
    func verdicts(card: Int) throws {
        for counted in 8...12 {
            try count("\(counted)", card: "\(card)", at: "2026-11-20T10:00")
            let row = try row()
            #expect(row.verdict == verdict(ledger: 10, card: card, count: counted), "card \(card), count \(counted)")
            #expect(row.verdict == StockVerdict(count: counted - 10, card: card - 10))
            #expect(row.card?.text == "\(card)" && row.count?.counted.text == "\(counted)")
        }
    }

    @Test("what was not counted is uncounted, not zero; without a card its figure is the ledger's")
    func uncounted() throws {
        #expect(try row().verdict == .uncounted && row().count == nil && row().card == nil)
        try count("9")
        #expect(try row().verdict == .shortage)
        #expect(try row(asOf: "2026-11-19").verdict == .uncounted)
    }

    @Test("each line has its own moment: movements meanwhile stay, and the difference is posted as a difference")
    func meanwhile() throws {
        try count("9", card: "10")
        try keep("issue", ["qty": "4", "to": "维修班"], at: "2026-11-21T08:00")
        try keep("receive", ["qty": "5", "price": "3"], at: "2026-11-22T08:00")
        #expect(try row().onHand.text == "11" && row().verdict == .shortage)
        #expect(try last().ledger.text == "10" && last().difference.text == "-1")
        try settle()
        #expect(try row().onHand.text == "10" && row().verdict == .agree)
        #expect(try row(asOf: "2026-11-21").onHand.text == "6")
        let movement = try #require(try test.show(MovementsView.self).last)
        #expect(movement.what == .shortage && movement.quantity.text == "-1" && movement.value.money < .zero)
        #expect(try last().value?.money == movement.value.money && last().verdict == .shortage)
    }

    @Test("a voucher found later changes the ledger of the moment: an unposted difference becomes agreement")
    func voucher() throws {
        try count("7", card: "7")
        #expect(try row().verdict == .unposted)
        try keep("issue", ["qty": "3", "to": "维修班"], at: "2026-11-19T16:00")
        #expect(try row().verdict == .agree && last().difference.scaled == 0)
        try settle()
        #expect(try last().state == .settled && row().onHand.text == "7")
    }

    @Test("no difference is a fact, too; a surplus is worth what lies beside it")
    func settling() throws {
        try count("10", card: "10")
        try settle()
        #expect(try last().verdict == .agree && last().settlement?.difference.scaled == 0)
        #expect(refusal { try settle() }?.code == "stock.uncounted")
        try count("12", at: "2026-11-21T10:00")
        try settle()
        #expect(try row().onHand.text == "12" && row().subject.value.text == "24.00")
    }

    @Test("the approver is not the counter; what differs in all three is counted again")
    func refusals() throws {
        #expect(refusal { try settle() }?.code == "stock.uncounted")
        try test.do("stock.count", ["sku": "S-01", "qty": "9"], at: "2026-11-20T10:00")
        #expect(refusal { try settle(by: "S01") }?.code == "stock.counter")
        try count("9", card: "8", at: "2026-11-21T10:00")
        #expect(refusal { try settle() }?.code == "stock.recount")
        try count("8", at: "2026-11-21T11:00")
        #expect(try row().verdict == .unposted)
        #expect(try test.show(StocktakesView.self).map(\.state) == [.replaced, .replaced, .open])
    }

    @Test("a card that is wrong stays so until it is read anew")
    func card() throws {
        try count("10", card: "9")
        try settle()
        #expect(try row().verdict == .card && row().onHand.text == "10")
        try keep("card", ["qty": "10"], at: "2026-11-23T09:00")
        #expect(try row().verdict == .agree)
    }

    @Test("two counts at once with other results are noticed; only counting changes when it was last counted")
    func twice() throws {
        try count("9", card: "10")
        let action = try Estate.action(named: "stock.count").read(["sku": "S-01", "qty": "8"], zone: .shanghai)
        #expect(try test.store.perform(action, by: "S01").warnings == ["stock.counted"])
        let counted = try row().count?.at
        try keep("receive", ["qty": "1", "price": "1"], at: "2026-11-23T09:00")
        try keep("card", ["qty": "8"], at: "2026-11-23T09:00")
        #expect(try row().count?.at == counted)
    }

    @Test("a shortage of more than is left by now is refused")
    func tooMuch() throws {
        try count("2", card: "10")
        try keep("issue", ["qty": "9", "to": "维修班"], at: "2026-11-21T08:00")
        #expect(refusal { try settle() }?.code == "stock.insufficient")
    }

    @Test("the sheet is blind: no figure in it, nor in what is exported")
    func sheet() throws {
        try count("9", card: "8")
        let (rows, document) = try StockSheet.make(
            of: test.estate, at: test.store.now, members: [:], .chinese)
        #expect(rows.rows.map { $0.texts.suffix(3).joined() } == [""])
        #expect(document.sheets.first?.tables.first?.allSatisfy { $0.suffix(2).allSatisfy(\.isEmpty) } == true)
    }

    @Test("the result lists differences in quantity and fen, what was not counted, and asks for signatures")
    func result() throws {
        try test.do("stock.item", ["sku": "S-02", "name": "龙头", "unit": "个", "kind": "consumable"])
        try count("9", card: "10")
        try settle()
        let document = try StocktakeReport().document(of: test.estate, at: test.store.now, .chinese)
        let sheet = try #require(document.sheets.first)
        #expect(sheet.tables.first?.first == ["S-01", "角阀", "10", "10", "9", "-1", "-2.00", "盘亏", "周主管"])
        #expect(sheet.values["没有盘到"] == "龙头" && sheet.values.keys.contains("审批人签名"))
    }
}
