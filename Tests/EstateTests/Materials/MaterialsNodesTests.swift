import Journal
import TestSupport
import Testing

@testable import Estate

extension TwoNodes {
    private static func item(_ sku: String) -> Step {
        Step("stock.item", ["sku": sku, "name": "物资\(sku)", "unit": "个", "kind": "equipment"], by: "S08")
    }

    private static let receive = Step(
        "stock.receive", ["sku": "A-1", "qty": "5", "price": "2"], by: "S08", as: "receipt")
    private static let plan = Step("stock.plan", ["sku": "A-1", "qty": "5", "why": "补足"], by: "S08", as: "plan")
    private static let approve = Step("stock.approve", ["plan": "$plan"], by: "S04")

    /// Everything that moves goods, on a stock of one's own.
    private static let everything = [
        item("B-1"), Step("stock.receive", ["sku": "B-1", "qty": "9", "price": "2"], by: "S08", as: "own"),
        Step("stock.reprice", ["receipt": "$own", "price": "3", "why": "票"], by: "S08"),
        Step("stock.issue", ["sku": "B-1", "qty": "2", "to": "维修班"], by: "S08", as: "issue"),
        Step("stock.return", ["issue": "$issue", "qty": "1"], by: "S08"),
        Step("stock.lend", ["sku": "B-1", "qty": "2", "to": "维修班"], by: "S08", as: "loan"),
        Step("stock.back", ["loan": "$loan", "qty": "1"], by: "S08"),
        Step("stock.move", ["sku": "B-1", "place": "A"], by: "S08"),
        Step("stock.scrap", ["sku": "B-1", "qty": "1", "why": "坏"], by: "S08"),
        Step("stock.card", ["sku": "B-1", "qty": "5"], by: "S08"),
        Step("stock.count", ["sku": "B-1", "qty": "5"], by: "S08"), Step("stock.settle", ["sku": "B-1"], by: "S04"),
    ]

    static let materials: [TwoNodes] = [
        TwoNodes(
            what: "both begin a store: it belongs to the first", first: [item("A-1"), receive], second: everything,
            conflicts: [
                "stock.itemSet", "stock.received", "stock.repriced", "stock.issued", "stock.returned", "stock.lent",
                "stock.cameBack", "stock.moved", "stock.scrapped", "stock.carded", "stock.counted", "stock.settled",
            ],
            expect: { estate, _ in
                estate.materials.items.values.map(\.number) == ["A-1"]
                    && estate.materials.items.values.first?.onHand.text == "5"
            }),
        TwoNodes(
            what: "both approve a plan", before: [item("A-1"), plan], first: [approve],
            second: [Step("stock.approve", ["plan": "$plan"])], conflicts: ["stock.approved"],
            expect: { estate, _ in estate.materials.plans.values.first?.approval?.by == "S04" }),
        TwoNodes(
            what: "both order a plan", before: [item("A-1"), plan, approve],
            first: [Step("stock.order", ["plan": "$plan", "supplier": "甲店"], by: "S08")],
            second: [Step("stock.order", ["plan": "$plan", "supplier": "乙店"], by: "S08")],
            conflicts: ["stock.ordered"],
            expect: { estate, _ in estate.materials.plans.values.first?.order?.supplier == "甲店" }),
        TwoNodes(
            what: "one asks beyond the quota, the other plans: both stand", before: [item("A-1")],
            first: [Step("stock.ask", ["sku": "A-1", "qty": "1", "why": "急"], by: "S06")], second: [plan],
            conflicts: [],
            expect: { estate, _ in estate.materials.asks.count == 1 && estate.materials.plans.count == 1 }),
        TwoNodes(
            what: "the other takes the stock over, and gives out of it",
            before: [item("A-1"), receive],
            first: [], second: [Step("stock.takeover", ["why": "旧机器坏了"]), issueOne], conflicts: [],
            expect: { estate, _ in estate.materials.items.values.first?.onHand.text == "4" }),
    ]

    private static let issueOne = Step("stock.issue", ["sku": "A-1", "qty": "1", "to": "维修班"], by: "S08")
}

@Suite("Materials on two nodes")
struct MaterialsNodesTests {
    private let nodes: TestNodes

    init() throws {
        nodes = try TestNodes(3, skew: 0)
        try nodes[0].do("stock.item", ["sku": "A-1", "name": "角阀", "unit": "个", "kind": "consumable"], by: "S08")
        nodes.pass(seconds: 60)
        try nodes[0].do("stock.receive", ["sku": "A-1", "qty": "5", "price": "2"], by: "S08")
        try nodes.deliverAll()
        nodes.pass(seconds: 60)
    }

    private func issue(_ qty: String, at node: Int) throws {
        try nodes[node].do("stock.issue", ["sku": "A-1", "qty": qty, "to": "维修班"], by: "S08")
    }

    @Test("elsewhere stock is refused, naming the node; asking is not")
    func elsewhere() throws {
        let refused = refusal { try issue("1", at: 1) }
        #expect(refused?.code == "node.owner")
        #expect(refused?.message.chinese.contains(nodes[0].name) == true)
        // Its form is not opened there, nor any other that moves goods.
        let estate = nodes[1].store.estate
        for action in Materials.actions {
            let isFree = action is any PurchaseFact.Type || action == TakeOverStock.self
            let reason = action.disabledReason(in: estate, on: nodes[1].name)
            #expect((reason == nil) == isFree, "\(action.name)")
            #expect(reason?.chinese.contains("由经理 F9 接管物资") ?? true)
            #expect(action.disabledReason(in: estate, on: nodes[0].name) == nil)
        }
        try nodes[1].do("stock.ask", ["sku": "A-1", "qty": "1", "why": "急"], by: "S06")
        #expect(refusal { try nodes[0].do("stock.takeover", ["why": "误"]) }?.code == "stock.here")
    }

    @Test("two nodes take the stock over: it is the first one's, and what the others record does nothing")
    func takeover() throws {
        try nodes[1].do("stock.takeover", ["why": "旧机器坏了"])
        nodes.pass(seconds: 60)
        try nodes[2].do("stock.takeover", ["why": "旧机器坏了"])
        for node in 0..<3 {
            nodes.pass(seconds: 60)
            try issue("\(node + 1)", at: node)
        }
        let estate = try nodes.expectAgreement()
        #expect(estate.materials.items.values.first?.onHand.text == "3")
        #expect(
            estate.conflicts.map { $0.kind.kind.description }.sorted() == [
                "stock.issued", "stock.issued", "stock.takenOver",
            ])
        #expect(refusal { try issue("1", at: 0) }?.code == "node.owner")
        try issue("1", at: 1)
    }
}
