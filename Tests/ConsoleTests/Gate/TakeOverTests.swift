import Screen
import Testing

@testable import Console
@testable import Estate

/// Taking over a shift (门岗 8): one action that closes the other's shift and opens the member's.
@Suite struct TakeOverTests {
    private func onDuty() throws -> ConsoleDriver {
        let console = try ConsoleDriver(as: "马门岗")
        try console.estate.do("staff.add", ["staff": "S09", "name": "夏杰", "role": "guard"])
        try console.estate.do("shift.open", ["post": "门岗", "staff": "S09"], by: "S09")
        try console.estate.do("visitor.arrive", ["name": "张三", "host": "3-2-501", "purpose": "快递"], by: "S09")
        _ = console.controller.catchUp()
        console.press("Ctrl-G")
        console.expect("接 夏杰 的班（门岗）？")
        return console
    }

    @Test func bothShiftsChangeTogether() throws {
        let console = try onDuty()
        console.press("Enter")
        console.expect("马门岗 已接 夏杰 的班")
        let open = console.store.estate.gate.openShifts
        #expect(open.map(\.staff) == ["S03"])
        console.expect("跨班")
        // Another terminal sees the same.
        #expect(try console.estate.secondStore().estate.gate.openShifts.map(\.staff) == ["S03"])
    }

    /// Actions that are performed together: a refusal of the second leaves nothing of the first.
    @Test func aRefusedOpeningLeavesTheOtherShiftOpen() throws {
        let console = try onDuty()
        console.press("Esc")
        let shift = try #require(console.store.estate.gate.openShifts.first)
        let inside = console.store.estate.gate.inside
        let command = Command("test", OpenShift.label, doc: OpenShift.label, keys: []) { _, _ in
            .perform(
                CloseShift(shift: shift.id, next: "S03", handed: Array(inside)),
                OpenShift(post: shift.post, staff: "S99"), done: OpenShift.label)
        }
        console.controller.run(command)
        #expect(console.controller.session.notice?.isError == true)
        #expect(console.store.estate.gate.openShifts.map(\.id) == [shift.id])
        let other = try console.estate.secondStore()
        #expect(other.estate.gate.openShifts.map(\.id) == [shift.id])
        #expect(other.estate.gate.visits.values.filter(\.isInside).count == inside.count)
    }
}
