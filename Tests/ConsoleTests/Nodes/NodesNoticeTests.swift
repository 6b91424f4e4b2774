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

    private func write(_ status: HubStatus, to driver: ConsoleDriver) throws {
        var status = status
        status.at = driver.estate.store.now
        try FileManager.default.createDirectory(
            atPath: "\(driver.estate.folder)/hub", withIntermediateDirectories: true)
        try status.save(in: driver.estate.folder)
        _ = driver.controller.catchUp()
    }

    private var status: HubStatus {
        var status = HubStatus()
        (status.node, status.hub) = ("desk", "hub.example/cuihu")
        status.logs = [.init(node: "desk", here: 42, hub: 42), .init(node: "gate", here: 7, hub: 7)]
        return status
    }

    @Test("the status bar tells whether the hub is in step, and what is to be sent and to come")
    func hub() throws {
        let driver = try ConsoleDriver(as: "赵经理", size: Size(width: 120, height: 36))
        #expect(!driver.sees("中心库"))
        var status = status
        try write(status, to: driver)
        #expect(driver.sees("中心库 已同步"))
        status.trouble = .unreachable
        status.logs = [.init(node: "desk", here: 45, hub: 42), .init(node: "gate", here: 7, hub: 9)]
        try write(status, to: driver)
        #expect(driver.sees("中心库 断开 待传 3 待收 2"))
        // The process that followed has ended.
        driver.estate.clock.pass(seconds: HubStatus.staleAfter + 1)
        _ = driver.controller.catchUp()
        #expect(driver.sees("中心库 没有运行"))
    }

    @Test("a fork is told once with what to do, and stays in red as long as it is there")
    func fork() throws {
        let driver = try ConsoleDriver(as: "赵经理", size: Size(width: 160, height: 36))
        var status = status
        status.stops = [.init(node: "gate", trouble: .fork, sequence: 5)]
        try write(status, to: driver)
        #expect(driver.sees("节点 gate 第 5 条有两份不同的记录"))
        driver.at("09:10")
        status.reached = driver.estate.store.now
        try write(status, to: driver)
        #expect(!driver.sees("有两份不同的记录") && driver.sees("节点 gate 记录分叉"))
    }

    @Test("a narrow screen shows a hub that is cut off, and cuts nothing else short")
    func narrow() throws {
        let driver = try ConsoleDriver(as: "赵经理")
        var status = status
        status.trouble = .unreachable
        try write(status, to: driver)
        #expect(driver.sees("中心库 断开") && driver.sees("赵经理"))
    }
}
