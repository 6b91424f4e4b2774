import Handbook
import Journal
import TestSupport
import Testing

@testable import Estate

@Suite("Rules, Renovation: working hours (policy)")
struct WorkHoursTests {
    private let test: TestEstate

    init() throws { test = try TestEstate(now: "2026-12-31T12:00") }

    @Test(
        "noisy work on working days from 8 to 12 and 14 to 18, make-up workdays included",
        arguments: [
            ("2026-03-02T08:00", true, "今天工作日，8:00–12:00、14:00–18:00 可以有噪声施工"),
            ("2026-03-02T07:59", false, "今天工作日，只准 8:00–12:00、14:00–18:00 有噪声施工"),
            ("2026-03-02T12:00", false, "今天工作日，只准 8:00–12:00、14:00–18:00 有噪声施工"),
            ("2026-03-02T17:59", true, "今天工作日，8:00–12:00、14:00–18:00 可以有噪声施工"),
            ("2026-03-07T09:00", false, "今天休息日，不准有噪声施工"), ("2026-02-16T09:00", false, "今天春节，不准有噪声施工"),
            ("2026-02-14T09:00", true, "今天补班，8:00–12:00、14:00–18:00 可以有噪声施工"),
            ("2027-03-01T09:00", true, "今天工作日，8:00–12:00、14:00–18:00 可以有噪声施工（2027 年放假安排未公布，按星期推算）"),
            ("2027-03-06T09:00", false, "今天休息日，不准有噪声施工（2027 年放假安排未公布，按星期推算）"),
        ])
    func noisy(time: String, isAllowed: Bool, words: String) {
        let verdict = test.estate.noisyWork(at: at(time))
        #expect(verdict.isAllowed == isAllowed)
        #expect(verdict.words.chinese == words)
    }

    @Test("quiet work every day from 8 to 20", arguments: [("2026-03-07T08:00", true), ("2026-03-07T20:00", false)])
    func quiet(time: String, isAllowed: Bool) { #expect(test.estate.quietWork(at: at(time)).isAllowed == isAllowed) }

    @Test("days without noise by notice of the place")
    func silent() throws {
        let own = #"{"policy":{"silent":[{"from":"2026-06-07","to":"2026-06-09","why":"高考"}]}}"#
        let estate = try TestEstate(handbook: ["renovation.json": own]).estate
        #expect(estate.noisyWork(at: at("2026-06-08T09:00")).words.chinese == "高考期间，不准有噪声施工")
        #expect(estate.noisyWork(at: at("2026-06-10T09:00")).isAllowed)
    }

    @Test("hours that are none are refused when the handbook is read")
    func malformed() {
        for hours in ["8-12", "12:00-08:00", "08:00-24:30", "早上"] {
            let own = #"{"policy":{"hours":{"noisy":{"working":["\#(hours)"],"off":[]}}}}"#
            #expect(throws: HandbookError.self, "\(hours)") { try TestEstate(handbook: ["renovation.json": own]) }
        }
    }

    @Test("a demand about noise shows the hours, and who has works nearby")
    func demand() throws {
        _ = try test.permitted(unit: "3-2-503", until: "2027-03-31", at: "2026-12-01T09:00")
        func rows(_ text: String, _ time: String) -> [String] {
            OpenRequest.outlook(with: ["text": text, "unit": "3-2-501"], in: test.estate, at: at(time)).flatMap {
                $0.cells.map(\.chinese)
            }
        }
        #expect(rows("楼上电钻太吵", "2026-12-05T09:00") == ["今天休息日，不准有噪声施工", "3-2-503 在装修，到 03-31（好家装饰）"])
        #expect(rows("水管漏水", "2026-12-05T09:00") == [])
        let call = try test.answered()
        let said = RecordDemand.outlook(
            with: ["call": call, "text": "装修噪声"], in: test.estate, at: at("2026-12-05T09:00"))
        #expect(said.flatMap { $0.cells.map(\.chinese) } == ["今天休息日，不准有噪声施工"])
    }

    @Test("an agreement states the hours once where all days have the same")
    func words() throws {
        let noisy = "有噪声：工作日 8:00–12:00、14:00–18:00，休息日、节假日不做；"
        #expect(test.estate.handbook.renovation.hours.text == "\(noisy)无噪声：每天 8:00–20:00")
        let own = #"{"policy":{"hours":{"quiet":{"working":["08:00-20:00"],"off":["09:00-18:00"]}}}}"#
        let other = try TestEstate(handbook: ["renovation.json": own]).estate.handbook.renovation.hours
        #expect(other.text == "\(noisy)无噪声：工作日 8:00–20:00，休息日 9:00–18:00")
    }
}
