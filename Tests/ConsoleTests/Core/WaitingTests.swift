import Foundation
import Journal
import Screen
import Testing

@testable import Console
@testable import Estate

/// Another program keeps the data: the console tells who, stays usable, and keeps what was filled in.
@Suite struct WaitingTests {
    /// A lock of the data folder as another program holds it.
    private final class Holder {
        private let file: Int32
        init(_ folder: String) throws {
            file = open("\(folder)/LOCK", O_RDWR)
            try #require(file >= 0 && flock(file, LOCK_EX | LOCK_NB) == 0)
        }
        func letGo() { flock(file, LOCK_UN) }
        deinit { close(file) }
    }

    /// A console in whose form a visitor was filled in and sent while the data were held.
    private func sent() throws -> (ConsoleDriver, Holder) {
        let console = try ConsoleDriver(as: "马门岗")
        console.open("gate")
        console.press("F8")
        console.fill("姓名", "张三丰")
        console.fill("房号/被访人", "3-2-501")
        console.fill("事由", "探亲访友")
        let holder = try Holder(console.estate.folder)
        console.press("Ctrl-S")
        return (console, holder)
    }

    private func visitors(_ console: ConsoleDriver) -> [String] { console.store.estate.gate.visits.values.map(\.name) }

    @Test func whatWasSentIsRecordedOnceTheDataAreFree() throws {
        let (console, holder) = try sent()
        console.expect("另一程序正占用数据", near: "（\(getpid())）")
        _ = console.controller.catchUp()
        console.expect("另一程序正占用数据")
        #expect(visitors(console) == [])
        // Keys pressed meanwhile act on nothing, also not later.
        console.press("Enter", "F10", "Ctrl-S", "F6")
        console.type("xyz")
        holder.letGo()
        #expect(console.controller.catchUp())
        console.expectNot("占用")
        console.expect("✓ 来访登记 · 张三丰")
        #expect(visitors(console) == ["张三丰"] && !console.controller.isOver)
        #expect(try Store(at: console.estate.folder).estate.gate.visits.values.map(\.name) == ["张三丰"])
        _ = console.controller.catchUp()
        #expect(visitors(console) == ["张三丰"])
    }

    @Test func escapeGivesUpAndKeepsTheForm() throws {
        let (console, holder) = try sent()
        console.press("Esc")
        console.expect("没有记录")
        console.expect("张三丰")
        console.expect("来访登记")
        #expect(visitors(console) == [])
        holder.letGo()
        _ = console.controller.catchUp()
        #expect(visitors(console) == [], "it was given up")
        console.press("Ctrl-S")
        #expect(visitors(console) == ["张三丰"])
    }

    @Test func theWaitHasADeadline() throws {
        let (console, holder) = try sent()
        console.estate.clock.pass(milliseconds: 1_500)
        _ = console.controller.catchUp()
        console.expect("另一程序正占用数据")
        console.expectNot("没有记录")
        console.estate.clock.pass(milliseconds: 600)
        #expect(console.controller.catchUp())
        console.expect("没有记录")
        console.expect("张三丰")
        #expect(console.store.alarm(found: []) == nil, "the disk is well")
        holder.letGo()
        console.press("Ctrl-S")
        #expect(visitors(console) == ["张三丰"])
    }

    @Test func aHangupEndsTheWait() throws {
        let (console, holder) = try sent()
        console.controller.send(.hangup)
        #expect(console.controller.isOver && visitors(console) == [])
        holder.letGo()
    }

    /// Nor does it hold them itself: who sends a form in that moment would wait, and their keys would not count.
    @Test func aDraftDoesNotWaitForTheData() throws {
        let console = try ConsoleDriver(as: "马门岗")
        let folder = console.estate.folder
        let holder = try Holder(folder)
        console.open("gate")
        console.press("F8")
        console.fill("姓名", "张三丰")
        console.controller.flushDrafts()
        holder.letGo()
        let drafts = try FileManager.default.contentsOfDirectory(atPath: "\(folder)/drafts")
        #expect(drafts.count { $0.hasSuffix(".json") } == 1)
    }

    @Test func anExchangedFolderIsToldAndUsed() throws {
        let console = try ConsoleDriver(as: "马门岗")
        let (folder, manager) = (console.estate.folder, FileManager.default)
        defer { try? manager.removeItem(atPath: "\(folder).old") }
        try manager.copyItem(atPath: folder, toPath: "\(folder).copy")
        try manager.moveItem(atPath: folder, toPath: "\(folder).old")
        try manager.moveItem(atPath: "\(folder).copy", toPath: folder)
        #expect(console.controller.catchUp())
        console.expect("已不是打开时的数据文件夹")
        console.open("gate")
        console.press("F8")
        console.fill("姓名", "张三丰")
        console.fill("房号/被访人", "3-2-501")
        console.fill("事由", "探亲访友")
        console.press("Ctrl-S")
        #expect(visitors(console) == ["张三丰"])
        #expect(try Store(at: folder).estate.gate.visits.values.map(\.name) == ["张三丰"])
        #expect(try Store(at: "\(folder).old").estate.gate.visits.isEmpty)
    }
}
