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

    @Test("what was not counted is uncounted, not zero")
    func uncounted() throws {
        #expect(try row().verdict == .uncounted && row().count == nil && row().card == nil)
        try count("9", card: "10")
        #expect(try row().verdict == .shortage)
        #expect(try row(asOf: "2026-11-19").verdict == .uncounted)
    }

    @Test(
        "without the card ledger and goods say it, and that it was not read is told beside",
        arguments: ["9", "10", "11"])
    func cardless(counted: String) throws {
        try count(counted)
        let expected: StockVerdict = counted == "9" ? .shortage : counted == "10" ? .agree : .surplus
        #expect(try row().verdict == expected && last().verdict == expected)
        #expect(try row().card == nil && last().subject.isCardless)
        let document = try StocktakeReport().document(
            in: ViewContext(test.estate, at: test.store.now, for: .supervisor), .chinese)
        #expect(document.sheets.first?.values["未抄卡"] == "1" && document.sheets.first?.tables.first?.first?[3] == "—")
        try keep("card", ["qty": "10"], at: "2026-11-20T11:00")
        #expect(try row().verdict == expected && !last().subject.isCardless)
    }

    @Test("a count may bring the card's figure with it")
    func both() throws {
        try keep("count", ["qty": "9", "card": "9"], at: "2026-11-20T10:00")
        #expect(try row().verdict == .unposted && row().card?.text == "9")
        // Another count without it is compared with the card as it was read.
        try count("10")
        #expect(try row().verdict == .card)
    }

    @Test("a count without the card is settled with a warning; a card that is read afterwards is compared")
    func settledWithout() throws {
        try count("9")
        let action = try Estate.action(named: "stock.settle").read(["sku": "S-01"], zone: .shanghai)
        #expect(try test.store.perform(action, by: "S04").warnings == ["stock.cardless"])
        #expect(try row().onHand.text == "9" && row().verdict == .agree && last().verdict == .shortage)
        try keep("card", ["qty": "10"], at: "2026-11-23T09:00")
        #expect(try row().verdict == .card)
        try keep("card", ["qty": "9"], at: "2026-11-23T09:00")
        #expect(try row().verdict == .agree)
    }

    @Test("a difference is not posted again for a count of the same time: what was approved later is in it")
    func once() throws {
        try count("8", card: "10", at: "2026-11-20T10:00")
        try settle()
        #expect(try row().onHand.text == "8")
        // Typed later from paper, of a moment between the count and its approval.
        try count("8", at: "2026-11-21T10:00")
        #expect(try last().difference.scaled == 0)
        try settle()
        try count("7", at: "2026-11-21T10:00")
        #expect(try last().difference.text == "-1")
        try settle()
        #expect(try row().onHand.text == "7")
    }

    @Test("no count is entered before one that is settled; of two the later one is the last, whichever was typed first")
    func order() throws {
        try count("8", at: "2026-11-20T10:00")
        try count("3", at: "2026-11-20T09:00")
        #expect(try row().count?.counted.text == "8")
        #expect(try test.show(StocktakesView.self).map(\.state) == [.open, .replaced])
        try settle()
        #expect(refusal { try count("5", at: "2026-11-20T09:30") }?.code == "stock.later")
    }

    @Test("what is entered after the approval and belongs before the count shows that they agree no more")
    func voucherAfterwards() throws {
        try count("10", card: "10")
        try settle()
        #expect(try row().verdict == .agree)
        try keep("issue", ["qty": "1", "to": "维修班"], at: "2026-11-19T16:00")
        #expect(try row().verdict == .surplus && last().verdict == .agree && last().ledger.text == "10")
    }

    @Test("a card that is read after the count is compared with the ledger at its own moment")
    func cardAfterwards() throws {
        try count("8", at: "2026-11-20T10:00")
        try keep("issue", ["qty": "2", "to": "维修班"], at: "2026-11-21T10:00")
        // The ledger has 8 by then, and the card as well; only the goods were 8 before.
        try keep("card", ["qty": "8"], at: "2026-11-22T10:00")
        #expect(try row().verdict == .shortage)
        try settle()
        // What is posted now stands on no card.
        #expect(try row().onHand.text == "6" && row().verdict == .card)
        // Noted later: at that moment the card had the goods' figure already.
        try keep("card", ["qty": "6"], at: "2026-11-22T11:00")
        #expect(try row().verdict == .agree)
    }

    @Test("a count is sent back with the reason: nothing is posted, and it is made again")
    func sentBack() throws {
        try count("7", card: "10")
        #expect(
            refusal { try test.do("stock.settle", ["sku": "S-01", "refused": "再数"], by: "S08") }?.code
                == "staff.notAllowed")
        try test.do("stock.settle", ["sku": "S-01", "refused": "架子后面没数"], by: "S04")
        #expect(try row().onHand.text == "10" && row().verdict == .recount && !row().isToSettle)
        #expect(try last().state == .refused && last().refusal?.refused == "架子后面没数")
        // Nobody else sees its figures.
        #expect(try row().isUnsettled)
        #expect(refusal { try settle() }?.code == "stock.uncounted")
        let action = try Estate.action(named: "stock.count").read(["sku": "S-01", "qty": "9"], zone: .shanghai)
        #expect(try test.store.perform(action, by: "S08").warnings.isEmpty)
        try settle()
        #expect(try row().onHand.text == "9" && test.show(StocktakesView.self).map(\.state) == [.refused, .settled])
        // What was counted first stays on the paper.
        let document = try StocktakeReport().document(of: test.estate, at: test.store.now, .chinese)
        #expect(document.sheets.first?.tables.first?.map { $0[4] } == ["7"])
    }

    @Test("who counted does not send it back; what differs in all three may be")
    func sendingBack() throws {
        try test.do("stock.card", ["sku": "S-01", "qty": "8"], at: "2026-11-20T10:00")
        try test.do("stock.count", ["sku": "S-01", "qty": "9"], at: "2026-11-20T10:00")
        #expect(
            refusal { try test.do("stock.settle", ["sku": "S-01", "refused": "重数"], by: "S01") }?.code
                == "stock.counter")
        try test.do("stock.settle", ["sku": "S-01", "refused": "重数"], by: "S04")
        #expect(try last().state == .refused)
    }

    @Test("an unposted voucher is warned of; entered after the approval it shows that they agree no more")
    func unposted() throws {
        try count("8", card: "8")
        let action = try Estate.action(named: "stock.settle").read(["sku": "S-01"], zone: .shanghai)
        #expect(try test.store.perform(action, by: "S04").warnings == ["stock.unposted"])
        try keep("issue", ["qty": "2", "to": "维修班"], at: "2026-11-19T16:00")
        #expect(try row().onHand.text == "6" && row().verdict == .surplus)
    }

    @Test("the result is in the order of the numbers, whichever was counted first")
    func resultInOrder() throws {
        try test.do("stock.item", ["sku": "S-00", "name": "弯头", "unit": "个", "kind": "consumable"], by: "S08")
        try count("10", at: "2026-11-20T09:00")
        try test.do("stock.count", ["sku": "S-00", "qty": "0"], by: "S08")
        let document = try StocktakeReport().document(of: test.estate, at: test.store.now, .chinese)
        #expect(document.sheets.first?.tables.first?.map { $0[0] } == ["S-00", "S-01"])
        #expect(refusal { _ = try test.show(StocktakeReport.self, ["period": "2026-12"]) }?.code == "period.early")
    }

    @Test("what was counted is told to nobody else before it is settled")
    func secret() throws {
        try count("9", card: "10")
        func figures<V: View>(_: V.Type, _ reader: Role?) throws -> [String] {
            let rows = try V.select(of: test.estate, at: test.store.now, members: [:], for: reader)
            let row = try #require(rows.rows.first)
            return zip(rows.columns, row.texts).filter { ["count", "card", "verdict"].contains($0.0.key) }.map(\.1)
        }
        for reader in [nil, Role.guard, .operator] {
            #expect(
                try figures(StocktakesView.self, reader) == ["", "", ""]
                    && figures(StockView.self, reader) == ["", "", ""])
        }
        #expect(try figures(StocktakesView.self, .supervisor) == ["10", "9", "shortage"])
        try settle()
        #expect(try figures(StocktakesView.self, .guard) == ["10", "9", "shortage"])
        #expect(
            StocktakesView.hasRestrictedColumns && StocktakeReport.hasRestrictedColumns
                && StockView.hasRestrictedColumns)
    }

    @Test("the month's figure counts what does not agree; what was counted without its card stands beside it")
    func indicator() throws {
        func reading() throws -> IndicatorReading {
            let month = Period(year: 2026, month: 11)
            return try #require(test.estate.measurements(of: month, at: at("2026-11-24"))["stock.differences"])
        }
        #expect(try reading().value == .count(0))
        try count("10")
        #expect(try reading().value == .count(0) && reading().note?.chinese == "未抄卡 1")
        try count("9")
        // Everybody reads it, and what waits to be settled is not for all.
        #expect(try reading().cases.map(\.state.chinese) == ["待审批"])
        try count("10", card: "9")
        try settle()
        #expect(try reading().cases.map(\.state.chinese) == ["卡片差错"] && reading().note == nil)
    }

    @Test("each line has its own moment: movements meanwhile stay, and the difference is posted as a difference")
    func meanwhile() throws {
        try count("9", card: "10")
        try keep("issue", ["qty": "4", "to": "维修班"], at: "2026-11-21T08:00")
        try keep("receive", ["qty": "5", "price": "3"], at: "2026-11-22T08:00")
        #expect(try row().onHand.text == "11" && row().verdict == .shortage)
        #expect(try last().ledger.text == "10" && last().difference.text == "-1")
        try settle()
        // The card still has what the ledger had.
        #expect(try row().onHand.text == "10" && row().verdict == .card)
        try keep("card", ["qty": "10"], at: "2026-11-23T09:00")
        #expect(try row().verdict == .agree)
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
        #expect(refusal { try settle() }?.message.chinese.contains("盘点以后又有出库，只剩 1 个") == true)
        // It is worth at most what is left.
        #expect(try last().value?.money.text == "-2.00")
    }

    @Test("the sheet is blind: no figure in it, nor in what is exported")
    func sheet() throws {
        try count("9", card: "8")
        let (rows, document) = try StockSheet.make(
            of: test.estate, at: test.store.now, members: [:], .chinese)
        #expect(rows.rows.map { $0.texts.suffix(3).joined() } == [""])
        #expect(document.sheets.first?.tables.first?.allSatisfy { $0.suffix(2).allSatisfy(\.isEmpty) } == true)
    }

    @Test("neither a history nor what can be undone tells of counts and cards to who does not see them in the store")
    func historyIsBlind() throws {
        try count("9", card: "8")
        let item = try row().subject.id.id.text
        func texts(_ view: any View.Type, _ members: [String: String], _ reader: Role?) throws -> String {
            try test.store.rows(of: view, members.mapValues { .string($0) }, for: reader).rows.flatMap(\.texts)
                .joined(separator: " ")
        }
        for reader in Role.allCases + [nil] {
            let isCounter = reader.map(Materials.openCountReaders.contains) ?? false
            let history = try texts(HistoryView.self, ["id": item], reader)
            #expect(history.contains("stock.counted") == isCounter && history.contains("stock.carded") == isCounter)
            #expect(history.contains("stock.itemSet"))
            #expect(try texts(UndoView.self, [:], reader).contains("角阀 · 9") == isCounter)
        }
        // Who sends a count back tells by how much it differed.
        try test.do("stock.settle", ["sku": "S-01", "refused": "再数"], by: "S04")
        for reader in Role.allCases + [nil] {
            let isCounter = reader.map(Materials.openCountReaders.contains) ?? false
            #expect(try texts(HistoryView.self, ["id": item], reader).contains("stock.settled") == isCounter)
            #expect(try texts(UndoView.self, [:], reader).contains("再数") == isCounter)
        }
        // That a count was approved is known to all, as its figures are.
        try count("10", card: "10", at: "2026-11-21T10:00")
        try settle()
        #expect(try texts(HistoryView.self, ["id": item], nil).contains("stock.settled"))
    }

    @Test("what waits to be settled is in no report, export or list of cases for who does not see it in the store")
    func openCountsStayClosed() throws {
        try count("7", card: "6")
        func result(_ reader: Role?) throws -> [String] {
            let document = try StocktakeReport.make(
                of: test.estate, at: test.store.now, members: [:], for: reader, .chinese
            ).document
            return try #require(document.sheets.first?.tables.first?.first)
        }
        let export = try Estate.importKind(named: "stockcounts")
        for member in test.estate.staff.members.values {
            let isCounter = Materials.openCountReaders.contains(member.role)
            #expect(try result(member.role)[5] == (isCounter ? "7" : ""))
            let refused = refusal { _ = try test.store.export(export, as: .csv, by: member.code, .chinese) }
            #expect(refused?.code == (isCounter ? nil : "export.notAllowed"))
        }
        #expect(try result(nil) == ["S-01", "角阀", "", "", "", "", "", "", "待审批", ""])
        try count("7", card: "10")
        try settle()
        #expect(try result(nil)[5] == "7")
    }

    @Test("the result lists differences in quantity and fen, what was not counted, and asks for signatures")
    func result() throws {
        try test.do("stock.item", ["sku": "S-02", "name": "龙头", "unit": "个", "kind": "consumable"])
        // What was counted first stays on the paper.
        try count("8", at: "2026-11-20T09:00")
        try count("9", card: "10")
        try settle()
        let document = try StocktakeReport().document(of: test.estate, at: test.store.now, .chinese)
        let sheet = try #require(document.sheets.first)
        #expect(sheet.tables.first?.first == ["S-01", "角阀", "10", "10", "8", "9", "-1", "-2.00", "盘亏", "周主管"])
        #expect(sheet.values["没有盘到"] == "龙头" && sheet.values.keys.contains("审批人签名"))
        #expect(sheet.values["未抄卡"] == "0" && sheet.values["未盘点"] == "1")
    }
}
