import Foundation
import Journal
import Screen
import TestSupport
import Testing

@testable import Console
@testable import Estate

/// What an estate without units says.
@Suite struct BeginningTests {
    private let clock = TestClock("2026-11-23 09:00")

    private func console(_ member: StaffMember, _ size: Size) throws -> (ConsoleController, Store) {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("new-\(UUID().uuidString)").path
        let store = try Store.found(at: folder, name: "新小区", staff: [member], clock: clock.clock)
        return (ConsoleController(store, as: member, language: .chinese), store)
    }

    @Test(arguments: [Size(width: 80, height: 24), Size(width: 120, height: 36), Size(width: 160, height: 45)])
    func itSaysHowToBegin(size: Size) throws {
        let (controller, store) = try console(StaffMember(code: "S01", name: "赵经理", role: .manager), size)
        func screen() -> String { controller.picture(size).lines.joined(separator: "\n") }
        for words in ["还没有房号，从这里开始：", "F9 导入", "F9 登记房号", "handbook/"] { #expect(screen().contains(words)) }
        let action = try Estate.action(named: "unit.add").read(["unit": .string("3-2-501")], zone: .shanghai)
        try store.perform(action, by: "S01")
        _ = controller.catchUp()
        #expect(!screen().contains("还没有房号"), "\(screen())")
        #expect(screen().contains("当月收缴率"))
        // What works in the background may still look at it.
        try? FileManager.default.removeItem(atPath: store.folder)
    }

    @Test func whoMayNotBeginSeesWhoMay() throws {
        let size = Size(width: 80, height: 24)
        let (controller, store) = try console(StaffMember(code: "S01", name: "马门岗", role: .guard), size)
        let screen = controller.picture(size).lines.joined(separator: "\n")
        #expect(screen.contains("请主管或经理先导入房号") && !screen.contains("F9 导入"))
        // What works in the background may still look at it.
        try? FileManager.default.removeItem(atPath: store.folder)
    }
}
