import Foundation
import Handbook
import Testing

@Suite("Limits and words of requests, departments, answers")
struct RequestsTests {
    private func handbook(_ overrides: [String: String] = [:]) throws -> Handbook {
        try Handbook(
            overrides: overrides.mapValues { Data($0.utf8) },
            chapters: [Handbook.Requests.self, Handbook.Matters.self, Handbook.Board.self])
    }

    @Test("a limit is written in minutes, hours or days")
    func spans() throws {
        let limits = try handbook().requests.deadlines(of: .minorRepair, isUrgent: true)
        #expect(limits.respond == .minutes(10) && limits.finish == .minutes(24 * 60))
        #expect(try handbook().requests.deadlines(of: .minorRepair, isUrgent: false).arrive == .days(0))
        #expect(throws: HandbookError.self) {
            try handbook(["requests.json": #"{"policy":{"deadlines":{"other":{"respond":"soon"}}}}"#])
        }
        #expect(throws: HandbookError.self) {
            try handbook(["requests.json": #"{"policy":{"words":{"other":[""]}}}"#])
        }
    }

    @Test("an estate changes one limit and keeps the others")
    func own() throws {
        let own = try handbook(["requests.json": #"{"policy":{"deadlines":{"complaint":{"finish":"1d"}}}}"#])
        let limits = own.requests.deadlines(of: .complaint, isUrgent: false)
        #expect(limits.finish == .days(1) && limits.respond == .minutes(30))
    }

    @Test("every answer has words, and the departments have names")
    func faults() throws {
        #expect(try handbook().matters.departments == ["工程", "保洁", "保安", "财务"])
        #expect(throws: HandbookError.self) { try handbook(["matters.json": #"{"policy":{"departments":[]}}"#]) }
        #expect(throws: HandbookError.self) {
            try handbook(["board.json": #"{"policy":{"answers":[{"question":"问","words":[],"answer":"答"}]}}"#])
        }
    }
}
