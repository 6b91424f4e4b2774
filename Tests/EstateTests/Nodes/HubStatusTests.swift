import Foundation
import Journal
import TestSupport
import Testing

@testable import Estate

@Suite("How far a folder and its hub are in step")
struct HubStatusTests {
    private var status: HubStatus {
        var status = HubStatus()
        (status.node, status.hub, status.at) = ("desk", "hub.example/cuihu", at("2026-12-31T12:00"))
        (status.reached, status.trouble, status.detail) = (at("2026-12-31T11:00"), .login, "no \"role\"")
        status.next = at("2026-12-31T12:01")
        status.logs = [.init(node: "desk", here: 45, hub: 42), .init(node: "gate", here: 7, hub: 9)]
        status.logs[1].unconfirmedKeys = 2
        status.stops = [.init(node: "gate", trouble: .gap, sequence: 8)]
        return status
    }

    @Test("the file gives back what was written, and anything else is none")
    func file() throws {
        let estate = try TestEstate()
        #expect(HubStatus(in: estate.folder) == nil)
        let folder = "\(estate.folder)/hub"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try status.save(in: estate.folder)
        #expect(HubStatus(in: estate.folder) == status)
        for text in ["", "{", "[]", "{}", #"{"at":"x"}"#, #"{"at":1,"logs":[{"node":"a"},7],"stops":{}}"#] {
            try Data(text.utf8).write(to: URL(fileURLWithPath: "\(folder)/STATUS"))
            #expect(HubStatus(in: estate.folder)?.logs ?? [] == [], "\(text)")
        }
    }

    @Test("a status holds until the next attempt, and one of a clock that was put back holds no more")
    func current() {
        var status = status
        #expect(status.isCurrent(at: at("2026-12-31T12:02")))
        #expect(!status.isCurrent(at: at("2026-12-31T12:03")))
        #expect(!status.isCurrent(at: at("2026-12-31T11:59")))
        status.next = nil
        #expect(status.isCurrent(at: at("2026-12-31T12:01")) && !status.isCurrent(at: at("2026-12-31T12:02")))
    }

    @Test("a trouble that only another version knows is one of the server")
    func unknown() throws {
        let estate = try TestEstate()
        try FileManager.default.createDirectory(atPath: "\(estate.folder)/hub", withIntermediateDirectories: true)
        let text = #"{"at":1,"trouble":"hub.other","next":5}"#
        try Data(text.utf8).write(to: URL(fileURLWithPath: "\(estate.folder)/hub/STATUS"))
        let status = try #require(HubStatus(in: estate.folder))
        #expect(status.trouble == .server && status.next == Moment(milliseconds: 5))
    }

    @Test("the view of nodes tells what the hub has, what is to be sent and to come, and keys that are not destroyed")
    func view() throws {
        let estate = try TestEstate()
        #expect(try estate.show(NodesView.self).map(\.exchanged) == [nil])
        try FileManager.default.createDirectory(atPath: "\(estate.folder)/hub", withIntermediateDirectories: true)
        try status.save(in: estate.folder)
        try estate.store.catchUp()
        let row = try #require(try estate.show(NodesView.self).first)
        #expect(row.texts.suffix(4) == ["42", "3", "0", "0"])
        // Of a node of which no line has come, the hub tells.
        let gate = try #require(try estate.show(NodesView.self).last)
        #expect(gate.texts == ["gate", "0", "", "", "9", "0", "2", "2"])
        // As of an earlier moment nobody knows.
        #expect(try estate.show(NodesView.self, asOf: "2026-12-31T11:00").first?.exchanged == nil)
    }

    @Test("each trouble and each stop has words in both languages, and a remedy where somebody has to act")
    func words() {
        for trouble in HubStatus.LogTrouble.allCases {
            let label = HubStatus.Stop(node: "gate", trouble: trouble, sequence: 8).label
            #expect(label.chinese.contains("gate") && label.english.contains("gate") && label.chinese.contains("8"))
        }
        var all: Set<String> = []
        for trouble in HubTrouble.allCases {
            let label = Label.ofHub(trouble: trouble, detail: "x")
            #expect(label.chinese.hasSuffix("（x）") && label.english.hasSuffix(" (x)"))
            all.formUnion([label.chinese, label.english])
            var status = status
            status.trouble = trouble
            let lasts = ![.unreachable, .busy].contains(trouble)
            #expect(
                status.notices.contains { $0.chinese == label.chinese.replacing("（x）", with: "（no \"role\"）") } == lasts
            )
        }
        #expect(all.count == 2 * HubTrouble.allCases.count)
        #expect(status.alarm == nil)
    }
}
