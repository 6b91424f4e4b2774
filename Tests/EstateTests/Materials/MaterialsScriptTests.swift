import Testing

@testable import Estate

@Suite("Materials: names that scripts rely on")
struct MaterialsScriptTests {
    @Test(
        "actions have these fields; a question mark marks an optional one",
        arguments: [
            ("stock.item", "sku name unit kind quota? min? max? place? opening? value? price?"),
            ("stock.receive", "sku qty price rejected? why? supplier?"), ("stock.reprice", "receipt price why"),
            ("stock.issue", "sku qty to request? purpose? ask?"), ("stock.return", "issue qty"),
            ("stock.lend", "sku qty to due?"), ("stock.back", "loan qty damaged? lost?"), ("stock.move", "sku place"),
            ("stock.scrap", "sku qty why"), ("stock.plan", "sku qty why"), ("stock.order", "plan supplier"),
            ("stock.ask", "sku qty why"), ("stock.approve", "plan? ask? refused?"), ("stock.card", "sku qty"),
            ("stock.count", "sku qty card?"), ("stock.settle", "sku"), ("stock.takeover", "why"),
        ])
    func fields(action: String, fields: String) throws { try expectFields(action, fields) }

    @Test(
        "views have these columns",
        arguments: [
            ("stock", "sku name ledger value card count verdict counted lent unit kind place quota min max price"),
            ("movements", "id at sku what qty value ledger total to request"),
            ("loans", "id sku to qty outstanding due"),
            ("purchases", "id sku qty unit why state at by approved refused supplier"),
            ("stock.asks", "id sku qty unit why at by approved refused used"),
            ("stocktakes", "id sku at by ledger card count difference value verdict"),
            ("shortages", "sku name ledger min max coming missing"), ("requests", "cost"),
        ])
    func columns(view: String, keys: String) throws { try expectColumns(view, keys) }

    @Test(
        "columns have these values",
        arguments: [
            ("stock", "verdict", "agree|surplus|shortage|unposted|card|recount|uncounted"),
            ("stock", "kind", "consumable|turnover|equipment"),
            ("purchases", "state", "planned|approved|ordered|received|refused"),
        ])
    func values(view: String, key: String, values: String) throws { try expectValues(view, key, values) }

    @Test("the keeper keeps the store, everybody may ask, the supervisor approves and settles")
    func roles() {
        for action in Materials.actions {
            switch action.name {
            case "stock.ask": #expect(action.roles == Set(Role.allCases))
            case "stock.approve", "stock.settle": #expect(action.roles == [.supervisor])
            case "stock.item": #expect(action.roles == [.keeper, .supervisor])
            case "stock.takeover": #expect(action.roles == [])
            default: #expect(action.roles == [.keeper], "\(action.name)")
            }
        }
    }
}
