import Foundation
import Journal
import Screen
import Testing
import TestSupport

@testable import Console
@testable import Estate

@Suite("Other nodes and clocks at the console")
struct NodesNoticeTests {
    private func copy(_ source: String, to target: String) throws {
        try FileManager.default.copyItem(atPath: source, toPath: target)
    }

    @Test("conflicts are told with their number, and the palette leads to their list")
    func conflicts() throws {
        let driver = try ConsoleDriver(as: "赵经理", size: Size(width: 160, height: 36))
        let (folder, gate) = (driver.estate.folder, "\(driver.estate.folder)-gate")
        defer { try? FileManager.default.removeItem(atPath: gate) }
        let visit = try driver.estate.do("visitor.arrive", ["name": "甲", "host": "3-2-501", "purpose": "探亲"])
        try copy(folder, to: gate)
        try FileManager.default.createDirectory(atPath: "\(gate)/journal/gate", withIntermediateDirectories: true)
        // A node of its own, no copy.
        try FileManager.default.removeItem(atPath: "\(gate)/INSTANCE")
        try "gate\n".write(toFile: "\(gate)/NODE", atomically: false, encoding: .utf8)
        try driver.estate.do("visitor.leave", ["visit": visit])
        driver.estate.clock.pass(seconds: 60)
        let leave = try Estate.action(named: "visitor.leave").read(["visit": .string(visit)], zone: .shanghai)
        try Store(at: gate, clock: driver.estate.clock.clock).perform(leave, by: "S03")
        #expect(!driver.sees("冲突"))
        try copy("\(gate)/journal/gate", to: "\(folder)/journal/gate")
        #expect(driver.controller.catchUp())
        #expect(driver.sees("1 处冲突"))
        driver.press("F9")
        driver.type("冲突")
        driver.press("Enter", "F12")
        #expect(driver.sees("重复：这位访客已登记离场"))
        #expect(driver.sees("visitor.left") && driver.sees("马门岗"))
        // Told once.
        driver.at("09:10")
        #expect(!driver.sees("1 处冲突"))
    }

    @Test("what is no node's log is told once, and the work goes on")
    func stranger() throws {
        let driver = try ConsoleDriver(as: "赵经理")
        let log = "\(driver.estate.folder)/journal"
        try copy("\(log)/desk", to: "\(log)/desk.bak")
        #expect(driver.controller.catchUp())
        #expect(driver.sees("desk.bak"))
        driver.at("09:10")
        #expect(!driver.sees("desk.bak") && !driver.sees("损坏"))
        try driver.estate.do("patrol.check", ["route": "一号线", "point": "东门"])
    }

    @Test("a clock more than a day off the last record asks once", arguments: ["2099-05-01 09:00", "2026-11-21 09:00"])
    func farOff(time: String) throws {
        let estate = try TestEstate()
        estate.clock.set(time)
        let driver = try ConsoleDriver(estate, as: "赵经理")
        #expect(driver.sees("请核对时钟") && driver.sees("2026-11-23 09:00"))
        driver.agree()
        #expect(!driver.sees("请核对时钟"))
        driver.estate.clock.pass(seconds: 600)
        _ = driver.controller.catchUp()
        #expect(!driver.sees("请核对时钟"))
    }

    @Test("a clock some minutes behind is told and asks nothing")
    func behind() throws {
        let estate = try TestEstate()
        estate.clock.set("2026-11-23 08:50")
        let driver = try ConsoleDriver(estate, as: "赵经理")
        #expect(driver.sees("请核对时钟") && !driver.sees("请确认"))
        driver.at("08:55")
        #expect(!driver.sees("请核对时钟"))
        // An hour without records is no sign of a wrong clock.
        driver.at("15:00")
        #expect(!driver.sees("请核对时钟"))
    }
}
