import Journal
import TestSupport
import Testing

@testable import Estate

@Suite("Rules, Renovation: deposits at several nodes")
struct DepositNodesTests {
    private let nodes: TestNodes
    private let id: String

    /// A case of which two nodes know that its papers are complete.
    init() throws {
        nodes = try TestNodes(2, skew: 0)
        id = try nodes[0].do(
            "renovation.apply",
            ["unit": "3-2-501", "contractor": "甲", "works": "刷墙", "papers": "complete", "applicant": "owner"])
        nodes.pass(seconds: 60)
        try nodes.deliverAll()
    }

    private func go(_ name: String, _ more: [String: String] = [:], at node: Int, by member: String = "S01") throws {
        try nodes[node].do("renovation.\(name)", ["renovation": id].merging(more) { $1 }, by: member)
        nodes.pass(seconds: 60)
    }

    private func permit(at node: Int) throws {
        try go("permit", ["deposit": "2000", "fee": "0", "until": "2026-08-31", "method": "现金"], at: node)
    }

    private func code(_ name: String, _ more: [String: String], at node: Int, by member: String = "S01") -> String? {
        refusal { try go(name, more, at: node, by: member) }?.code
    }

    private func known(_ estate: Estate) throws -> RenovationCase {
        try #require(try estate.renovations.all[Ref(text: id, zone: .shanghai)])
    }

    @Test("a deposit that two nodes collected is there twice, and each goes back from its own node")
    func twice() throws {
        try permit(at: 0)
        try permit(at: 1)
        var state = try nodes.expectAgreement()
        #expect(state.deposits.movements.map(\.amount) == [money("2000"), money("2000")])
        #expect(try known(state).held == money("4000") && known(state).strays.count == 1)
        #expect(state.nodes.conflicts.map(\.reason.counts) == [true])
        #expect(state.booked()[month("2026-03")]?["现金"]?[day("2026-03-10")] == money("4000"))
        // The works go on at the first; the second gives back what it need not have collected.
        #expect(code("refund", ["refund": "1"], at: 0) == "renovation.state")
        #expect(code("refund", ["refund": "2000.01"], at: 1) == "renovation.state")
        try go("refund", ["refund": "2000"], at: 1)
        state = try nodes.expectAgreement()
        #expect(try known(state).balance == money("2000") && known(state).state == .permitted)
        try go("withdraw", ["why": "不装了"], at: 1)
        #expect(code("refund", ["refund": "1"], at: 1) == "node.owner")
        #expect(code("deduct", ["amount": "1", "why": "划痕"], at: 1) == "node.owner")
        try nodes.deliverAll()
        try go("refund", ["refund": "2000"], at: 0)
        state = try nodes.expectAgreement()
        #expect(try known(state).state == .refunded && known(state).balance == .zero)
    }

    @Test("collected at one node while withdrawn at the other: held, open and due back; receipts never repeat")
    func withdrawn() throws {
        try go("withdraw", ["why": "不装了"], at: 0)
        try permit(at: 1)
        var state = try nodes.expectAgreement()
        #expect(try known(state).state == .withdrawn && known(state).isOpen)
        #expect(try state.refundDue(of: known(state)) == day("2026-03-17"))
        #expect(state.conflicts.map { $0.kind.kind.description } == ["renovation.permitted"])
        try nodes[1].do("payment.receive", ["unit": "3-2-502", "amount": "10", "method": "现金"])
        try go("refund", ["refund": "2000"], at: 1)
        state = try nodes.expectAgreement()
        #expect(state.fees.payments.values.map(\.receipt) == [2])
        #expect(state.deposits.movements.map(\.receipt) == [1, 0])
        #expect(try known(state).state == .refunded)
    }

    @Test("collected while the other node undid the papers: booked, and refunded there in whatever state")
    func undonePapers() throws {
        let other = try nodes[0].do("renovation.apply", ["unit": "3-2-502", "contractor": "乙", "works": "刷墙"])
        try nodes[0].do("renovation.papers", ["renovation": other])
        nodes.pass(seconds: 60)
        try nodes.deliverAll()
        try nodes[0].do("action.undo")
        nodes.pass(seconds: 60)
        let members = ["deposit": "500", "fee": "0", "until": "2026-08-31", "method": "现金", "renovation": other]
        try nodes[1].do("renovation.permit", members)
        nodes.pass(seconds: 60)
        var state = try nodes.expectAgreement()
        let renovation = Ref<RenovationCase>(try #require(EntryID(other)))
        #expect(state.renovations.all[renovation]?.state == .applied)
        #expect(state.renovations.all[renovation]?.balance == money("500"))
        try nodes[1].do("renovation.refund", ["renovation": other, "refund": "500"])
        nodes.pass(seconds: 60)
        state = try nodes.expectAgreement()
        #expect(state.renovations.all[renovation]?.balance == .zero)
        #expect(state.renovations.all[renovation]?.state == .applied)
    }

    @Test("collected while the other node undid the application: the money stays in the books, its number is used up")
    func undoneApplication() throws {
        try nodes[0].do("action.undo")
        nodes.pass(seconds: 60)
        try permit(at: 1)
        let state = try nodes.expectAgreement()
        #expect(state.renovations.all.isEmpty)
        #expect(state.deposits.movements.map(\.unit) == [unit("3-2-501")])
        #expect(state.lastReceipt(of: "node1") == 1)
    }

    @Test("a manager takes over the deposit of a node that is no longer in use; nothing goes back twice")
    func takenOver() throws {
        try permit(at: 0)
        try go("withdraw", ["why": "不装了"], at: 0)
        try go("refund", ["refund": "500"], at: 0)
        try nodes.deliverAll()
        #expect(code("refund", ["refund": "1"], at: 1) == "node.owner")
        #expect(code("takeover", ["why": "换机"], at: 1, by: "S04") == "staff.notAllowed")
        #expect(code("takeover", ["why": "换机"], at: 0) == "deposit.here")
        try go("takeover", ["why": "换机"], at: 1)
        #expect(code("takeover", ["why": "换机"], at: 1) == "deposit.here")
        #expect(code("refund", ["refund": "1500.01"], at: 1) == "deposit.exceeds")
        try nodes.deliverAll()
        #expect(code("refund", ["refund": "1"], at: 0) == "node.owner")
        try go("refund", ["refund": "1500"], at: 1)
        let state = try nodes.expectAgreement()
        #expect(try known(state).state == .refunded && known(state).refunded == money("2000"))
        #expect(state.deposits.movements.map { state.nodes.name(of: $0.node) } == ["node0", "node0", "node1"])
        #expect(state.conflicts.isEmpty)
        #expect(try state.receiptNumber(#require(known(state).permit).receipt, of: 1) == "node0-000001")
    }

    @Test("the confirmation of a taking-over warns that the other node may still pay")
    func takeoverConfirmed() throws {
        try permit(at: 0)
        try nodes.deliverAll()
        let store = nodes[1].store
        let action = try TakeOverDeposit(renovation: Ref(text: id, zone: .shanghai), why: "换机")
        let confirmation = try #require(action.confirmation(in: store.estate, by: "S01", on: "node1", at: store.now))
        #expect(confirmation.facts.contains { $0.chinese.contains("退两次") })
    }
}
