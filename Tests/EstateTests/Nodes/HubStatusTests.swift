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
        (status.reached, status.trouble, status.detail) = (at("2026-12-31T11:00"), "hub.login", "no \"role\"")
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

    @Test("the view of nodes tells what the hub has, what is to be sent and to come, and keys that are not destroyed")
    func view() throws {
        let estate = try TestEstate()
        #expect(try estate.show(NodesView.self).map(\.exchanged) == [nil])
        try FileManager.default.createDirectory(atPath: "\(estate.folder)/hub", withIntermediateDirectories: true)
        try status.save(in: estate.folder)
        try estate.store.catchUp()
        let row = try #require(try estate.show(NodesView.self).first)
        #expect(row.texts.suffix(4) == ["42", "3", "0", "0"])
        // As of an earlier moment nobody knows.
        #expect(try estate.show(NodesView.self, asOf: "2026-12-31T11:00").first?.exchanged == nil)
    }

    @Test("each trouble and each stop has words in both languages, and a remedy where somebody has to act")
    func words() {
        for trouble in HubStatus.LogTrouble.allCases {
            let label = HubStatus.Stop(node: "gate", trouble: trouble, sequence: 8).label
            #expect(label.chinese.contains("gate") && label.english.contains("gate") && label.chinese.contains("8"))
        }
        #expect(Label.ofHub(trouble: "hub.login", detail: "x").chinese.hasSuffix("（x）"))
        #expect(status.alarm == nil)
    }
}
