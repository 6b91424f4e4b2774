import Foundation
import Screen
import Testing

@testable import Console
@testable import Estate

/// What somebody makes of lists and panes, and that it is there again.
@Suite struct SettingsTests {
    private func fees(as member: String = "赵经理", size: Size = Size(width: 120, height: 36)) throws -> Script {
        let desk = try Script(as: member, size: size)
        for (unit, amount) in [("3-2-502", "90.00"), ("5-1-1201", "900.00")] {
            try desk.estate.do(
                "bill.issue", ["unit": unit, "period": "2026-10", "item": "物业费", "amount": amount, "due": "2026-10-20"])
        }
        _ = desk.desk.catchUp()
        desk.press("F5")
        return desk
    }

    /// The units in the order in which they are listed.
    private func units(_ desk: Script) -> [String] {
        desk.lines.compactMap { line in
            ["3-2-501", "3-2-502", "3-2-601", "5-1-1201"].first { line.contains("\($0) ") && line.contains("期") }
        }
    }

    private func file(of staff: String, _ desk: Script) -> URL {
        URL(fileURLWithPath: desk.estate.folder).appendingPathComponent("preferences/\(staff).json")
    }

    // MARK: Sorting and columns

    @Test func aListIsSortedByAColumnBothWaysAndAsItWas() throws {
        let desk = try fees()
        #expect(units(desk) == ["5-1-1201", "3-2-501", "3-2-601", "3-2-502"], "by the sum")
        desk.press("Ctrl-K", "Right", "Esc")
        #expect(units(desk) == ["3-2-501", "3-2-502", "3-2-601", "5-1-1201"])
        desk.expect("房号▲")
        desk.press("Ctrl-K", "Left", "Esc")
        #expect(units(desk) == ["5-1-1201", "3-2-601", "3-2-502", "3-2-501"])
        desk.expect("房号▼")
        desk.press("Ctrl-K", "Left", "Esc")
        #expect(units(desk) == ["5-1-1201", "3-2-501", "3-2-601", "3-2-502"])
        desk.expectNot("房号▼")
    }

    @Test func namesAreSortedByTheirPinyin() throws {
        let desk = try fees()
        desk.press("Ctrl-K", "Down", "Right", "Esc")
        // Feng, Li, Shan; nobody owns the last.
        #expect(units(desk) == ["5-1-1201", "3-2-601", "3-2-501", "3-2-502"])
    }

    @Test func whatIsSortedIsLookedAtFromItsTop() throws {
        let desk = try fees()
        desk.press("Down", "Ctrl-K", "Left", "Esc", "Enter")
        desk.expect("收款 · 5-1-1201")
    }

    @Test func aColumnThatGoesLeavesTheSelectionAlone() throws {
        let desk = try fees()
        desk.press("Home", "Down", "Ctrl-K", "Enter", "Esc", "Enter")
        desk.expect("收款 · 3-2-501")
    }

    @Test func aColumnIsHiddenAndShownAgainButNeverTheLast() throws {
        let desk = try fees(size: Size(width: 80, height: 24))
        desk.expect("64 天")
        desk.press("Ctrl-K", "Down", "Down", "Down", "Down", "Enter")
        desk.press("Esc")
        desk.expectNot("64 天")
        desk.press("Ctrl-K", "Down", "Down", "Down", "Down", "Space", "Esc")
        desk.expect("64 天")
        desk.press("Ctrl-K")
        for _ in 0..<6 { desk.press("Enter", "Down") }
        desk.press("Esc")
        desk.expect("催缴结果")
    }

    @Test func theHeadIsAPictureOfItsOwn() throws {
        let desk = try fees(size: Size(width: 80, height: 24))
        desk.press("Ctrl-K", "Down", "Down", "Right", "Esc")
        let head = "│ 房号      业主           欠费▲   期数    天数  催缴结果                      │"
        #expect(desk.lines[3] == head, "\n\(desk.screen)")
        let picker = """
            ╭─ 列与排序 · 欠费 ────────────────────╮
            │ ✓  房号                              │
            │ ✓  业主                              │
            │▌✓  欠费                       升序 ▲ │
            │ ✓  期数                              │
            │ ·  天数                              │
            │ ✓  催缴结果                          │
            ╰──────────────────────────────────────╯
            """
        desk.press("Ctrl-K", "Down", "Down", "Down", "Down", "Enter", "Up", "Up")
        let shown = desk.lines[8...15].map { $0.dropFirst(20).prefix { $0 != "\n" } }
        for (line, wanted) in zip(shown, picker.split(separator: "\n")) {
            #expect(line.hasPrefix(wanted), "\n\(desk.screen)")
        }
    }

    @Test func aLowListHasAHeadWhereItIsSorted() throws {
        let desk = try fees(size: Size(width: 60, height: 16))
        desk.press("Ctrl-F")
        desk.type("3")
        desk.press("Enter")
        desk.expectNot("业主")
        desk.press("Ctrl-K", "Right", "Esc")
        desk.expect("房号▲")
    }

    // MARK: Kept

    @Test func everythingIsThereAgainAtTheNextSignIn() throws {
        let desk = try fees()
        desk.press("Ctrl-K", "Right", "Down", "Enter", "Esc", "Ctrl-F")
        desk.type("32")
        desk.press("Enter", "Ctrl-Right", "Ctrl-Right", "F12")
        let shown = desk.screen
        for store in [desk.store, try desk.estate.secondStore()] {
            let again = Desk(store, as: store.estate.staff.member("赵经理"), language: .chinese)
            #expect(again.picture(desk.size).lines.joined(separator: "\n") == shown)
        }
        // Somebody else has their own, and finds the first one's as they left it.
        desk.signIn("王芳")
        desk.press("F5")
        desk.expectNot("房号▲")
        desk.expectNot("筛选 32")
        desk.signIn("赵经理")
        #expect(desk.screen == shown)
        let mode = try FileManager.default.attributesOfItem(atPath: file(of: "S01", desk).path)[.posixPermissions]
        #expect(mode as? Int == 0o600)
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: desk.estate.folder + "/preferences") == ["S01.json"])
    }

    @Test func aFilterIsKeptOnceItIsTypedAndGoesWithEsc() throws {
        let desk = try fees()
        desk.press("Ctrl-F")
        desk.type("501")
        #expect(!FileManager.default.fileExists(atPath: file(of: "S01", desk).path), "not while it is typed")
        desk.press("Enter")
        #expect(try String(contentsOf: file(of: "S01", desk), encoding: .utf8).contains("\"501\""))
        desk.press("Esc")
        #expect(try !String(contentsOf: file(of: "S01", desk), encoding: .utf8).contains("501"))
    }

    @Test(arguments: [
        "", "{", "[]", #"{"lists":7}"#, #"{"lists":{},"arrangement":{"left":[],"right":[],"share":45}}"#, "\u{0}",
    ])
    func aDamagedFileIsPassedOver(text: String) throws {
        let desk = try fees()
        let plain = Desk(desk.store, as: desk.store.estate.staff.member("赵经理"), language: .chinese).picture(desk.size)
        desk.press("F12")
        try Data(text.utf8).write(to: file(of: "S01", desk))
        let again = Desk(desk.store, as: desk.store.estate.staff.member("赵经理"), language: .chinese)
        #expect(again.picture(desk.size) == plain)
        again.send(.key(.function(12)))
        #expect(try String(contentsOf: file(of: "S01", desk), encoding: .utf8).contains("zoomed"))
    }

    @Test func whatAnotherTerminalKeepsDisturbsNobody() throws {
        let desk = try fees()
        let other = Desk(try desk.estate.secondStore(), as: desk.store.estate.staff.member("赵经理"), language: .chinese)
        desk.press("Ctrl-K", "Right", "Esc")
        other.send(.key(.function(12)))
        _ = desk.desk.catchUp()
        desk.expect("房号▲")
        desk.expect("F6 门岗")
        // The layout that was changed last fills the screen with what has no such column.
        let again = Desk(desk.store, as: desk.store.estate.staff.member("赵经理"), language: .chinese)
        let shown = again.picture(desk.size).lines.joined(separator: "\n")
        #expect(!shown.contains("房号▲"))
        #expect(shown.contains("F2 通话 │ F3 工单"))
    }

    @Test func twoTerminalsOfOneMemberKeepEachTheirChanges() throws {
        let desk = try fees()
        let other = Desk(
            try desk.estate.secondStore(), as: desk.store.estate.staff.member(desk.desk.session.signedIn ?? ""),
            language: .chinese)
        desk.press("Ctrl-K", "Right", "Esc")
        other.send(.key(.function(12)))
        let again = Desk(
            try desk.estate.secondStore(), as: desk.store.estate.staff.member(desk.desk.session.signedIn ?? ""),
            language: .chinese)
        #expect(again.session.isZoomed)
        #expect(again.session.pane(ListPane<FeeList>.self)?.settings.sort == "unit")
    }

    /// Else every key would cost a whole picture.
    @Test func movingInAPaneLeavesTheOthersAsTheyWereDrawn() throws {
        let desk = try fees()
        _ = desk.grid
        desk.desk.send(.key(.down))
        #expect(desk.desk.session.backdrop != nil)
        _ = desk.grid
        desk.press("Ctrl-F")
        #expect(desk.desk.session.backdrop == nil)
    }

    @Test func whatAListCannotShowIsNotHidden() {
        var settings = ListSettings()
        (settings.hidden, settings.sort) = (["a", "b", "x"], "x")
        #expect(settings.valid(among: ["a", "b", "c"]).hidden == ["a", "b"])
        #expect(settings.valid(among: ["a", "b"]) == ListSettings())
    }

    @Test func whereItCannotBeKeptThatIsSaidAndHoldsNobodyUp() throws {
        let desk = try fees()
        try Data().write(to: URL(fileURLWithPath: desk.estate.folder + "/preferences"))
        desk.press("F12")
        desk.expect("版面未能保存")
        desk.expectNot("上上月 0.0/100▼ ─────╮╭")
    }

    // MARK: Layout

    @Test func theDividerAndThePanesMove() throws {
        let desk = try Script(as: "赵经理")
        func corner(_ pane: String) -> Point? {
            for (y, line) in desk.lines.enumerated() {
                if let range = line.range(of: "╭─ \(pane)") {
                    return Point(x: TextWidth().width(of: String(line[..<range.lowerBound])), y: y)
                }
            }
            return nil
        }
        let (right, below) = (try #require(corner("F5")), try #require(corner("F3")))
        desk.press("Ctrl-Right")
        #expect(corner("F5")?.x == right.x + 2)
        desk.press("Ctrl-Left", "Ctrl-Left")
        #expect(try #require(corner("F5")).x < right.x)
        desk.press("Ctrl-Down", "Ctrl-Down")
        #expect(corner("F3")?.y == below.y - 2)
        desk.press("Ctrl-Up")
        #expect(corner("F3")?.y == below.y - 1)
        desk.press("Ctrl-PageDown")
        #expect(try #require(corner("F3")).y < #require(corner("F4")).y)
        desk.press("F2", "Ctrl-PageUp")
        #expect(desk.sees("F2 通话"))
        desk.press("Ctrl-Home")
        #expect(corner("F5") == right)
        #expect(corner("F3") == below)
    }

    @Test func noPaneIsPressedFlat() throws {
        let desk = try Script(as: "赵经理")
        desk.press("Ctrl-Up", times: 60)
        desk.expect("F3 工单")
        desk.press("Ctrl-Left", times: 60)
        desk.press("Ctrl-Right", times: 120)
        for pane in ["F3", "F4", "F5", "F6", "F7"] { desk.expect("╭─ \(pane)") }
    }

    @Test func aloneThereIsNothingToArrange() throws {
        let desk = try Script(as: "赵经理", size: Size(width: 80, height: 24))
        desk.press("Ctrl-Right")
        desk.expect("只有一个窗格")
    }
}
