import Screen
import TestSupport
import Testing

@testable import Console
@testable import Estate

/// After a key, a fact or a new minute only the windows that have changed are worked out and drawn again.
@Suite struct KeptPictureTests {
    /// The names of the windows that `body` changes, or lets be drawn again.
    private func changed(_ console: ConsoleDriver, _ body: () throws -> Void) rethrows -> [String] {
        func scenes() -> [PaneCache.Scene] {
            _ = console.grid
            return console.controller.session.paneCache?.scenes ?? []
        }
        let before = scenes()
        try body()
        return zip(before, scenes()).filter { $0 != $1 }.map(\.0.window)
    }

    private func record(_ name: String, _ fields: [String: String], _ store: Store, by staff: String) throws {
        let action = try Estate.action(named: name).read(fields.mapValues { .string($0) }, zone: .shanghai)
        try store.perform(action, by: staff)
    }

    /// The operator's screen shows calls, requests, return visits, fees and the gate.
    private func desk() throws -> ConsoleDriver {
        let console = try ConsoleDriver(as: "王芳")
        console.open("fees")
        _ = console.grid
        #expect(console.controller.session.paneCache?.scenes.count == 5)
        return console
    }

    @Test func aKeyDrawsThePaneItMovesIn() throws {
        let console = try desk()
        #expect(changed(console) { console.press("Down") } == ["fees"])
        #expect(changed(console) { console.press("Ctrl-F") } == ["fees"])
        #expect(changed(console) { console.press("Esc", "F6") } == ["fees", "gate"])
        #expect(changed(console) { console.press("F9") } == ["gate"])
        #expect(changed(console) { console.type("zs") }.isEmpty)
    }

    @Test func aFactTouchesThePanesOfItsFeature() throws {
        let console = try desk()
        let other = try console.estate.secondStore()
        let facts: [(String, [String: String], String, [String])] = [
            ("visitor.arrive", ["name": "陈一", "host": "3-2-501", "purpose": "快递"], "S03", ["gate"]),
            ("payment.receive", ["unit": "3-2-501", "amount": "10.00", "method": "现金"], "S07", ["fees"]),
            ("call.ring", ["direction": "outgoing", "phone": "13800002222"], "S04", ["calls"]),
            (
                "request.open", ["unit": "3-2-502", "class": "repair.minor", "text": "灯不亮"], "S04",
                ["calls", "requests", "followups"]
            ),
            ("inspection.open", ["template": "weekly"], "S04", []),
        ]
        for (name, fields, staff, windows) in facts {
            try record(name, fields, other, by: staff)
            let touched = changed(console) { #expect(console.controller.catchUp()) }
            #expect(touched == windows, "\(name)")
        }
    }

    @Test func aMinuteTouchesThePanesThatShowTheTimeOfDay() throws {
        let console = try desk()
        #expect(changed(console) { console.at("09:01") } == ["requests", "followups", "gate"])
        #expect(changed(console) { console.at("09:01:30") }.isEmpty)
        let nextDay = changed(console) {
            console.estate.clock.set("2026-11-24 09:00")
            _ = console.controller.catchUp()
        }
        #expect(nextDay.count == 5)
    }

    @Test func aSecondInACallDrawsTheCall() throws {
        let console = try ConsoleDriver(as: "王芳")
        console.press("Enter", "Enter")
        for _ in 0..<3 {
            let drawn = changed(console) {
                console.estate.clock.pass(seconds: 1)
                #expect(console.controller.catchUp())
            }
            #expect(drawn == ["calls"])
        }
    }

    /// A list out of sight is worked out when it comes into sight, or when a command may look into it.
    @Test func aListOutOfSightIsUpToDateWhenItIsNeeded() throws {
        let console = try ConsoleDriver(as: "王芳", size: Size(width: 80, height: 24))
        let other = try console.estate.secondStore()
        try record("visitor.arrive", ["name": "陈一", "host": "3-2-501", "purpose": "快递"], other, by: "S03")
        #expect(changed(console) { _ = console.controller.catchUp() }.isEmpty)
        console.press("F9")
        console.type("陈一")
        console.expect("陈一", near: "3-2-501")
        try record("visitor.arrive", ["name": "陈二", "host": "3-2-501", "purpose": "快递"], other, by: "S03")
        _ = console.controller.catchUp()
        console.press("Esc")
        console.open("gate")
        console.expect("陈二")
    }

    @Test func aListScrollsByAThirdAtItsEdge() {
        var position = ListPosition(selection: 8)
        position.fit(count: 30, height: 9)
        #expect(position.offset == 0)
        position.selection = 9
        position.fit(count: 30, height: 9)
        #expect(position.offset == 3)
        position.selection = 2
        position.fit(count: 30, height: 9)
        #expect(position.offset == 0)
        position.selection = 29
        position.fit(count: 30, height: 9)
        #expect(position.offset == 21)
        position.selection = 0
        position.fit(count: 30, height: 9)
        #expect(position.offset == 0)
    }

    /// A filter, whether it fits all rows, some or none, leaves the line above the details where it was.
    @Test(arguments: [false, true]) func detailsKeepTheirLine(isSorted: Bool) throws {
        let console = try ConsoleDriver(as: "孙财务")
        if isSorted { console.press("Ctrl-K", "Right", "Esc") }
        console.press("F12")
        func line() -> Int? { console.lines.dropFirst(5).dropLast(2).firstIndex { $0.contains("───") } }
        let before = try #require(line())
        console.press("Ctrl-F")
        for (text, rows) in [("", 2), ("李四", 1), ("没有这样的人", 0)] {
            console.press("Ctrl-U")
            console.paste(text)
            #expect(console.lines[..<before].count { $0.contains("2期") } == rows, "\(console.screen)")
            #expect(line() == before, "\(console.screen)")
        }
        console.expect("没有符合的记录")
    }
}
