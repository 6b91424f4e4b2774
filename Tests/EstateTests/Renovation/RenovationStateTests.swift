import Foundation
import Handbook
import Journal
import TestSupport
import Testing

@testable import Estate

@Suite("Rules, Renovation: the states and what leads from one to another")
struct RenovationStateTests {
    private static let states = RenovationState.allCases
    private let test: TestEstate

    init() throws { test = try TestEstate(now: "2026-06-01T12:00") }

    /// A renovation in a state.
    private func renovation(in state: RenovationState) throws -> String {
        let id = try test.renovation(["applicant": "owner"], at: "2026-03-02T09:00")
        func go(_ name: String, _ more: [String: String] = [:]) throws {
            try test.do("renovation.\(name)", ["renovation": id].merging(more) { $1 }, at: "2026-03-02T09:00")
        }
        if state == .applied { return id }
        try go("papers")
        if state == .papers { return id }
        try go("permit", ["deposit": "100", "fee": "0", "until": "2026-06-30"])
        if state == .permitted { return id }
        if state == .withdrawn {
            try go("withdraw", ["why": "不装了"])
            return id
        }
        try go("finish")
        if state == .finished { return id }
        try go("accept", ["result": state == .rectifying ? "failed" : "passed"])
        if state == .refunded { try go("refund", ["refund": "100"]) }
        return id
    }

    /// Every action about a renovation, with what it needs.
    private static let members: [String: [String: String]] = [
        "renovation.consent": ["signer": "李四"], "renovation.paper": ["paper": "装修登记表"], "renovation.papers": [:],
        "renovation.notice": ["decorator": "李四", "contractor": "王工"], "renovation.neighbours": [:],
        "renovation.agree": ["from": "2026-03-02", "to": "2026-05-01", "hours": "8–12"],
        "renovation.permit": ["deposit": "0", "fee": "0", "until": "2026-06-30"],
        "renovation.extend": ["until": "2026-07-31", "why": "材料"], "renovation.pass": ["name": "刘师傅"],
        "renovation.check": ["note": "好"], "renovation.violation": ["what": "堆料"], "renovation.finish": [:],
        "renovation.accept": ["result": "passed"], "renovation.deduct": ["amount": "1", "why": "划痕"],
        "renovation.refund": ["refund": "1"], "renovation.withdraw": ["why": "不装了"],
    ]

    /// What these actions lead to; otherwise the state stays.
    private static let next: [String: [RenovationState: RenovationState]] = [
        "renovation.papers": [.applied: .papers], "renovation.permit": [.papers: .permitted],
        "renovation.finish": [.permitted: .finished],
        "renovation.accept": [.finished: .accepted, .rectifying: .accepted],
        "renovation.withdraw": [.applied: .withdrawn, .papers: .withdrawn, .permitted: .withdrawn],
    ]

    @Test("in every state exactly the actions of the handbook are possible, and lead where it says", arguments: states)
    func table(state: RenovationState) throws {
        let id = try renovation(in: state)
        #expect(try test.renovation(id).state == state)
        let rule = test.estate.handbook.renovation
        let plan = Plan(by: "S01", at: test.store.now, now: test.store.now, node: "desk") { EntryID(at: $0) }
        for (name, more) in RenovationStateTests.members {
            var (estate, attempt) = (test.estate, plan)
            let members = ["renovation": id].merging(more) { $1 }.mapValues { JSONValue.string($0) }
            let action = try Estate.action(named: name).read(members, zone: .shanghai)
            let refused = refusal { try action.perform(&attempt, in: estate) }
            if rule.allows(name, in: state) {
                #expect(refused == nil, "\(name) in \(state)")
                for fact in attempt.facts {
                    fact.fact.apply(to: &estate, Metadata(id: fact.id, at: fact.at, by: "S01"))
                }
                let next = try #require(try estate.renovations.all[Ref(text: id, zone: .shanghai)]).state
                #expect(next == RenovationStateTests.next[name]?[state] ?? state, "\(name) in \(state)")
            } else {
                let code = name == "renovation.permit" && state == .applied ? "renovation.papers" : "renovation.state"
                #expect(refused?.code == code, "\(name) in \(state)")
            }
        }
    }

    @Test("a refusal says in which state it is, and what can be done")
    func refusalSaysWhatFollows() throws {
        let id = try renovation(in: .finished)
        let refused = refusal { try test.do("renovation.finish", ["renovation": id]) }
        #expect(refused?.message.chinese == "3-2-501 装修现在是“已完工”，不能报完工；可以办：完工检查、扣押金")
        let over = try renovation(in: .refunded)
        let none = refusal { try test.do("renovation.finish", ["renovation": over]) }
        #expect(none?.message.chinese.hasSuffix("没有下一步") == true)
    }

    @Test("the table of the documents is that of the handbook")
    func documents() throws {
        let root = URL(fileURLWithPath: #filePath).pathComponents.dropLast(4).joined(separator: "/")
        let text = try String(contentsOfFile: "\(root)/Sources/Estate/Estate.docc/Renovation.md", encoding: .utf8)
        let rows = text.split(separator: "\n").filter { $0.hasPrefix("| renovation.") }.map { line in
            line.split(separator: "|", omittingEmptySubsequences: false).map { $0.trimmingCharacters(in: .whitespaces) }
        }
        #expect(
            rows.map { Array($0[1...3]) }
                == test.estate.handbook.renovation.transitions.map {
                    [$0.action, $0.from.joined(separator: " "), $0.to.joined(separator: " ")]
                })
    }

    @Test("the table names the states and actions that there are")
    func names() throws {
        let rule = test.estate.handbook.renovation
        #expect(rule.stages.map(\.id) == RenovationStateTests.states.map(\.rawValue))
        #expect(rule.stages.map(\.name) == RenovationStateTests.states.map(\.label.chinese))
        for transition in rule.transitions {
            #expect(Renovations.actions.contains { $0.name == transition.action }, "\(transition.action)")
            for state in transition.from + transition.to { #expect(RenovationState(rawValue: state) != nil) }
        }
        let others = Set(Renovations.actions.map { $0.name }).subtracting(rule.transitions.map(\.action))
        #expect(others == ["renovation.obeyed", "renovation.reported", "renovation.takeover"])
    }

    @Test("a step is not dated before the last one")
    func order() throws {
        let id = try renovation(in: .permitted)
        let refused = refusal {
            try test.do("renovation.finish", ["renovation": id], at: "2026-03-01T09:00")
        }
        #expect(refused?.code == "time.order")
    }

    @Test("failed works are rectified and checked again, as often as needed")
    func rectifying() throws {
        let id = try renovation(in: .rectifying)
        try test.do("renovation.accept", ["renovation": id, "result": "failed", "note": "烟道"])
        #expect(try test.renovation(id).state == .rectifying)
        try test.do("renovation.accept", ["renovation": id, "result": "passed"])
        #expect(try test.renovation(id).acceptances.map(\.result) == [.failed, .failed, .passed])
    }
}
