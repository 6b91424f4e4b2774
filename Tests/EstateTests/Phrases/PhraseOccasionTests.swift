import Handbook
import Testing
import TestSupport

@testable import Estate

@Suite("2 Phrases that fit the occasion come first")
struct PhraseOccasionTests {
    private func fitting(_ time: String, step: String? = nil, isComplaint: Bool = false) throws -> [String] {
        let handbook = try Handbook(chapters: Estate.chapters)
        let occasion = PhraseOccasion(
            at(time), in: .shanghai, step: step.flatMap { handbook.calls.step($0) }, isComplaint: isComplaint)
        return handbook.phrases(for: occasion).filter { $0.why != nil }.map(\.text)
    }

    @Test(
        "2.1, 2.4 the greeting follows the hour",
        arguments: [
            ("2026-11-23T05:00", "早上好"), ("2026-11-23T10:59", "早上好"), ("2026-11-23T13:00", "下午好"),
            ("2026-11-23T17:59", "下午好"), ("2026-11-23T20:00", "晚安"), ("2026-11-23T23:59", "晚安"),
        ])
    func hours(time: String, greeting: String) throws { #expect(try fitting(time).first == greeting) }

    @Test(
        "2.3 the blessing follows the festival, solar or lunar",
        arguments: [
            ("2026-01-01", "祝您新年快乐"), ("2026-12-31", "祝您新年快乐"),
            // 春节 2026-02-17, its eve and its last day; 2025-01-29; 2028-01-26.
            ("2026-02-16", "祝您新春快乐"), ("2026-02-17", "祝您新春快乐"), ("2026-03-03", "祝您新春快乐"), ("2025-01-29", "恭喜发财"),
            ("2028-01-26", "祝您新春快乐"),
            // 元宵, 端午, 中秋 (2025 has a leap sixth month), 国庆, 圣诞.
            ("2026-03-03", "祝您节日愉快"), ("2026-06-19", "祝您节日愉快"), ("2026-09-25", "祝您节日愉快"), ("2025-10-06", "祝您节日愉快"),
            ("2026-10-01", "祝您节日愉快"), ("2026-10-07", "祝您节日愉快"), ("2026-12-24", "祝您圣诞快乐"),
        ])
    func festivals(date: String, blessing: String) throws { #expect(try fitting("\(date)T09:00").contains(blessing)) }

    @Test(
        "2.3 an ordinary day has no blessing",
        arguments: ["2026-02-15", "2026-03-04", "2026-10-08", "2026-11-23", "2026-12-26"])
    func plainDays(date: String) throws {
        let blessings = Set(try Handbook(chapters: Estate.chapters).phrases(in: .blessing))
        #expect(try fitting("\(date)T09:00").filter(blessings.contains) == [])
    }

    @Test(
        "2.5 to 2.10 a step of the call brings its classes",
        arguments: [
            ("resume", "对不起"), ("record", "请问您有什么事？"), ("close", "谢谢"), ("hold", "……您看这样好不好？"), ("fetch", "请您协助我们……"),
        ])
    func steps(step: String, first: String) throws {
        #expect(try fitting("2026-11-23T09:00", step: step).contains(first))
    }

    @Test("2.5, 2.11 a complaint brings apology and explanation first")
    func complaint() throws {
        let phrases = try fitting("2026-11-23T09:00", step: "record", isComplaint: true)
        #expect(phrases.prefix(5) == ["对不起", "请原谅", "打扰您了", "失礼了", "很抱歉，这种情况，公司的规定是这样的"])
    }

    @Test("2.1 to 2.12 the order omits no phrase")
    func all() throws {
        let test = try TestEstate(now: "2026-02-17T09:00")
        let plain = try test.show(PhrasesView.self)
        let fitting = try test.show(PhrasesView.self, ["fitting": "yes"])
        #expect(plain.allSatisfy { $0.why == nil })
        #expect(fitting.prefix(2).map(\.text) == ["祝您新春快乐", "恭喜发财"])
        #expect(fitting.first?.subject.why?.chinese == "春节")
        func key(_ row: PhrasesView.Row) -> String { "\(row.class) \(row.text)" }
        #expect(fitting.map(key).sorted() == plain.map(key).sorted())
    }

    @Test("the estate may add phrases and occasions, but not remove a prescribed phrase")
    func own() throws {
        let own = """
            {"classes":[{"id":"blessing","phrases":["祝您中秋团圆"]},{"id":"thanks","phrases":[]}],
            "policy":{"festivals":[{"name":"中秋","calendar":"lunar","from":"08-15","days":1,"phrases":["祝您中秋团圆"]}]}}
            """
        let handbook = try Handbook(overrides: ["phrases.json": .init(own.utf8)], chapters: Estate.chapters)
        let occasion = PhraseOccasion(at("2026-09-25T12:00"), in: .shanghai)
        #expect(handbook.phrases(for: occasion).first?.text == "祝您中秋团圆")
        #expect(handbook.phrases(in: .thanks) == ["谢谢", "非常感谢"])
        for broken in [
            #"{"policy":{"festivals":[{"name":"中秋","calendar":"lunar","from":"08-15","days":1,"phrases":["嗨"]}]}}"#,
            #"{"policy":{"hours":[{"from":9,"to":8,"phrases":["早"]}]}}"#, #"{"clause":"3","classes":[]}"#,
        ] {
            #expect(throws: HandbookError.self) {
                try Handbook(overrides: ["phrases.json": .init(broken.utf8)], chapters: Estate.chapters)
            }
        }
    }
}
