import Testing
import TestSupport

@testable import Estate

@Suite("Batches of actions")
struct BatchTests {
    @Test("each action sees the facts of those before it, and all are recorded")
    func batch() throws {
        let test = try TestEstate()
        let host = unit("3-2-501")
        try test.store.perform(by: "S03") { batch in
            let receipt = try batch.perform(ArriveVisitor(name: "张三", host: host, purpose: "探亲"))
            try batch.perform(LeaveVisitor(visit: Ref(receipt.id)))
            // A refused action does not stop the batch.
            let again = refusal { try batch.perform(LeaveVisitor(visit: Ref(receipt.id))) }
            #expect(again?.code == "visit.left")
            try batch.perform(ArriveVisitor(name: "李雷", host: host, purpose: "探亲"), by: "S02")
        }
        for store in [test.store, try test.secondStore()] {
            #expect(store.estate.gate.visits.values.map(\.name) == ["张三", "李雷"])
            #expect(store.estate.gate.visits.values.map(\.by) == ["S03", "S02"])
            #expect(store.estate.gate.inside.count == 1)
        }
    }

    @Test("a batch that throws leaves no trace on the disk and in the state")
    func batchThrows() throws {
        let test = try TestEstate()
        let size = try test.bytes()
        let refused = refusal {
            try test.store.perform(by: "S03") { batch in
                try batch.perform(ArriveVisitor(name: "张三", host: unit("3-2-501"), purpose: "探亲"))
                try batch.perform(ArriveVisitor(name: "李雷", host: Host("3-2-501"), purpose: "探亲", count: 0))
            }
        }
        #expect(refused?.code == "visitor.count")
        #expect(test.estate.gate.visits.isEmpty)
        #expect(try test.bytes() == size)
        try test.arrive("韩梅")
        #expect(try test.secondStore().estate.gate.visits.values.map(\.name) == ["韩梅"])
    }
}
