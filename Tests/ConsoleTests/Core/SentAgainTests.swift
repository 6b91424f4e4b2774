import Foundation
import Journal
import Screen
import Testing

@testable import Console
@testable import Estate
@testable import TestDisks

/// A form that was recorded and sent again, because the answer did not come or its draft came back, is recorded once.
@Suite struct SentAgainTests {
    private func fillInVisitor(_ console: ConsoleDriver) {
        console.open("gate")
        console.press("F8")
        console.type("张三")
        console.fill("房号/被访人", "3-2-501")
        console.fill("事由", "看房")
    }

    private func drafts(_ estate: TestEstate) throws -> [URL] {
        let folder = URL(fileURLWithPath: "\(estate.folder)/drafts")
        return try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil).filter {
            $0.pathExtension == "json"
        }
    }

    /// The files of the drafts and of their keys, with their contents.
    private func copy(_ estate: TestEstate) throws -> [(file: URL, data: Data)] {
        let keys = try FileManager.default.contentsOfDirectory(
            at: URL(fileURLWithPath: "\(estate.folder)/keys"), includingPropertiesForKeys: nil
        ).filter { $0.lastPathComponent.hasPrefix("drafts.") }
        return try (drafts(estate) + keys).map { ($0, try Data(contentsOf: $0)) }
    }

    /// A console whose program loses its disk when it syncs the visitor that a form registers, so that it is unknown
    /// whether the visitor was recorded.
    private func unconfirmed() throws -> (ConsoleDriver, FaultyDisk) {
        func send(failing place: Int) throws -> (ConsoleDriver, FaultyDisk, before: Int) {
            let estate = try TestEstate()
            let disk = FaultyDisk(
                SystemDisk(), failing: place, with: .killed, lasting: false, in: "\(estate.folder)/journal")
            let console = try ConsoleDriver(estate, as: "马门岗", on: disk)
            fillInVisitor(console)
            let before = disk.calls
            console.press("Ctrl-S")
            return (console, disk, before)
        }
        let (_, probe, before) = try send(failing: .max)
        for place in before + 1...probe.calls {
            let (console, disk, _) = try send(failing: place)
            if disk.failed == ["fdatasync"], console.sees("写入未能确认") { return (console, disk) }
        }
        throw Missing()
    }

    private struct Missing: Error {}

    @Test func aFormThatWasNotConfirmedIsRecordedOnce() throws {
        let (console, disk) = try unconfirmed()
        #expect(console.controller.session.layers.last is FormLayer)
        disk.startProgram()
        _ = console.controller.catchUp()
        console.press("Ctrl-S")
        console.expect("先前已记录，没有重复")
        #expect(console.controller.session.layers.isEmpty)
        #expect(console.rows(GateView.self).map(\.name) == ["张三"])
        #expect(try console.estate.secondStore().estate.gate.visits.count == 1)
    }

    @Test func aFormThatWasNotConfirmedIsNotRecordedWithOtherContent() throws {
        let (console, disk) = try unconfirmed()
        disk.startProgram()
        _ = console.controller.catchUp()
        console.fill("事由", "送货")
        console.press("Ctrl-S")
        console.expect("先前已按原来的内容记录")
        #expect(console.controller.session.layers.last is FormLayer)
        #expect(try console.estate.secondStore().estate.gate.visits.values.map(\.purpose) == ["看房"])
    }

    /// The draft's removal failed or was cut short.
    @Test func aDraftThatCameBackIsRecordedOnce() throws {
        let estate = try TestEstate()
        let left: [(file: URL, data: Data)]
        do {
            let console = try ConsoleDriver(estate, as: "马门岗")
            fillInVisitor(console)
            console.controller.flushDrafts()
            left = try copy(estate)
            console.press("Ctrl-S")
            console.controller.flushDrafts()
            #expect(try left.count == 2 && drafts(estate).isEmpty)
        }
        for (file, data) in left { try data.write(to: file) }
        let console = try ConsoleDriver(estate, as: "马门岗")
        console.expect("未提交的表单")
        console.press("Enter", "Ctrl-S")
        console.expect("先前已记录，没有重复")
        #expect(console.rows(GateView.self).count == 1)
        console.controller.flushDrafts()
        #expect(try drafts(estate).isEmpty)
    }

    /// The draft of a typed demand carries a key as well: what is recorded is not typed a second time.
    @Test func aDemandWhoseDraftCameBackIsRecordedOnce() throws {
        let estate = try TestEstate()
        try estate.do("call.ring", ["direction": "incoming"], by: "S02")
        try estate.do("call.answer", ["call": estate.store.estate.calls.open[0].id.text, "rings": "1"], by: "S02")
        let left: [(file: URL, data: Data)]
        do {
            let console = try ConsoleDriver(estate, as: "王芳")
            console.type("楼上太吵")
            console.controller.flushDrafts()
            left = try copy(estate)
            console.press("Enter")
            console.controller.flushDrafts()
            #expect(try left.count == 2 && drafts(estate).isEmpty)
        }
        for (file, data) in left { try data.write(to: file) }
        let console = try ConsoleDriver(estate, as: "王芳")
        console.expectNot("2 楼上太吵")
        // The same words typed anew are another demand.
        console.type("楼上太吵")
        console.press("Enter")
        #expect(try estate.secondStore().estate.calls.all.values.map(\.demands.count) == [2])
        console.controller.flushDrafts()
        #expect(try drafts(estate).isEmpty)
    }

    /// A payment is asked about before it is recorded; one that is recorded is not asked about again.
    @Test func aPaymentWhoseDraftCameBackIsPaidOnce() throws {
        let estate = try TestEstate()
        let left: [(file: URL, data: Data)]
        func pays(_ console: ConsoleDriver) throws -> Int {
            try console.estate.secondStore().estate.fees.payments.count
        }
        do {
            let console = try ConsoleDriver(estate, as: "孙财务")
            console.open("fees")
            console.press("Enter")
            console.fill("方式", "现金")
            console.controller.flushDrafts()
            left = try copy(estate)
            console.press("Ctrl-S")
            console.agree()
            console.controller.flushDrafts()
            #expect(try pays(console) == 1 && left.count == 2)
        }
        for (file, data) in left { try data.write(to: file) }
        let console = try ConsoleDriver(estate, as: "孙财务")
        console.press("Enter", "Ctrl-S")
        console.expect("先前已记录，没有重复")
        #expect(try pays(console) == 1)
        // Another form has another key: what is in arrears may be paid as well.
        console.open("fees")
        console.press("Enter")
        console.fill("方式", "现金")
        console.fill("金额", "1")
        console.press("Ctrl-S")
        console.agree()
        #expect(try pays(console) == 2)
    }

    /// What the form was opened on is dealt with by what it has recorded itself.
    @Test func aFormThatIsObsoleteByItselfIsAnsweredWithTheReceipt() throws {
        let console = try ConsoleDriver(as: "孙财务")
        console.open("fees")
        console.press("Enter")
        console.fill("方式", "现金")
        let form = try #require(console.controller.session.layers.last as? FormLayer)
        // As if it had been sent and the answer had not come.
        let members = form.request.fixed.mapValues { JSONValue.string($0) }.merging(
            form.asked.map { form.fields[$0] }.filter { !$0.value.isEmpty }.map {
                ($0.description.key, JSONValue.string($0.value))
            }
        ) { $1 }
        let store = try console.estate.secondStore()
        try store.perform(
            ReceivePayment.read(members, console.controller.context.present), by: "S07",
            key: IdempotencyKey(form.key, of: form.action.name, [members]))
        _ = console.controller.catchUp()
        console.expectNot("情况有变")
        console.press("Ctrl-S")
        console.expect("先前已记录，没有重复")
        #expect(console.controller.session.layers.isEmpty)
        #expect(try console.estate.secondStore().estate.fees.payments.count == 1)
    }

    @Test func eachFormHasItsOwnKeyAndKeepsItInItsDraft() throws {
        let console = try ConsoleDriver(as: "马门岗")
        console.open("gate")
        func key() throws -> String { try #require(console.controller.session.layers.last as? FormLayer).key }
        console.press("F8")
        console.type("张三")
        let first = try key()
        console.type("丰")
        #expect(try key() == first)
        console.controller.flushDrafts()
        let file = try #require(drafts(console.estate).first)
        let draft = try #require(
            DraftFolder(of: console.estate.folder, now: console.store.now).opened(
                Array(Data(contentsOf: file)), of: file.deletingPathExtension().lastPathComponent))
        #expect(draft.key == first)
        #expect(FormLayer(draft, console.controller.context)?.key == first)
        console.press("Esc", "Esc", "F8")
        #expect(try key() != first)
    }

    /// A draft of an earlier version of the program has no key.
    @Test func aDraftWithoutAKeyGetsOne() throws {
        let text = #"{"action":"visitor.arrive","answers":{"name":["张三"]},"hidden":{},"staff":"S03","title":["甲","a"]}"#
        let draft = try #require(Draft(json: Array(text.utf8)))
        #expect(draft.key == nil)
        let console = try ConsoleDriver(as: "马门岗")
        #expect(try #require(FormLayer(draft, console.controller.context)).key.count == 26)
    }
}
