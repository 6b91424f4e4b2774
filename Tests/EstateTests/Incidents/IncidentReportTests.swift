import Journal
import Testing
import TestSupport

@testable import Estate

@Suite("The report of an incident")
struct IncidentReportTests {
    private func document(handbook: [String: String] = [:], _ language: Language = .chinese) throws -> (
        Document, String
    ) {
        let test = try TestEstate(now: "2026-11-23T09:00", handbook: handbook)
        let visits = try ["甲", "乙"].map { try test.arrive($0) }
        let incident = try test.do("incident.open", ["kind": "火灾", "drill": "yes"], by: "S03")
        test.clock.set("09:04")
        try test.do("incident.step", ["incident": incident, "step": "2"], by: "S03")
        try test.do("incident.told", ["incident": incident, "who": "S04"], by: "S03")
        try test.do("incident.seen", ["incident": incident, "visit": visits[0]], by: "S03")
        test.clock.set("09:40")
        try test.do("incident.close", ["incident": incident, "note": "演练结束"], by: "S03")
        let report = IncidentReport(incident: Ref(try #require(EntryID(incident))))
        let document = try report.document(of: test.estate, at: test.store.now, language)
        let text = try #require(document.sheets.first).blocks.map { "\($0)" }.joined(separator: "\n")
        return (document, text)
    }

    @Test("it has the clock of each step, who was told, the roll call and room for signatures")
    func contents() throws {
        let (document, text) = try document()
        #expect(document.title == "事件报告" && document.sheets.count == 1)
        for words in [
            "演练", "40 分", "1/10", "+4", "2. 拨119", "（未按次序）", "周主管", "点名：在场 2 人，未见到 1 人", "见到 09:04", "未见到", "演练结束",
            "主管签名",
        ] { #expect(text.contains(words), "\(words)") }
    }

    @Test("7.10 a placeholder says so until the estate has supplied its own card")
    func placeholder() throws {
        let sentence = "占位文字，不是本小区的《紧急事件处理程序》。"
        #expect(try document().1.contains(sentence))
        let own = ["incidents.json": #"{"policy":{"playbooks":{"火灾":{"supplied":true,"steps":["报警","疏散"]}}}}"#]
        let supplied = try document(handbook: own).1
        #expect(!supplied.contains(sentence))
        #expect(supplied.contains("1/2") && supplied.contains("2. 疏散"))
    }

    @Test("in English too")
    func english() throws {
        let (document, text) = try document(.english)
        #expect(document.title == "Incident report")
        #expect(text.contains("Roll call: 2 inside, 1 unaccounted for") && text.contains("Fire"))
    }
}
