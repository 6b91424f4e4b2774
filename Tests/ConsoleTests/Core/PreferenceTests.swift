import Foundation
import Screen
import Testing

@testable import Console
@testable import Estate

/// View settings of lists and panes, and their storage.
@Suite struct PreferenceTests {
    private func fees(as member: String = "赵经理", size: Size = Size(width: 120, height: 36)) throws -> ConsoleDriver {
        let console = try ConsoleDriver(as: member, size: size)
        for (unit, amount) in [("3-2-502", "90.00"), ("5-1-1201", "900.00")] {
            try console.estate.do(
                "bill.issue", ["unit": unit, "period": "2026-10", "item": "物业费", "amount": amount, "due": "2026-10-20"])
        }
        _ = console.controller.catchUp()
        console.open("fees")
        return console
    }

    /// The units in the order in which they are listed.
    private func units(_ console: ConsoleDriver) -> [String] {
        console.lines.compactMap { line in
            ["3-2-501", "3-2-502", "3-2-601", "5-1-1201"].first { line.contains("\($0) ") && line.contains("期") }
        }
    }

    private func file(of staff: String, _ console: ConsoleDriver) -> URL {
        URL(fileURLWithPath: console.estate.folder).appendingPathComponent("preferences/\(staff).json")
    }

    // MARK: Sorting and columns

    @Test func aListIsSortedByAColumnBothWaysAndAsItWas() throws {
        let console = try fees()
        #expect(units(console) == ["5-1-1201", "3-2-501", "3-2-601", "3-2-502"], "by the sum")
        console.press("Ctrl-K", "Right", "Esc")
        #expect(units(console) == ["3-2-501", "3-2-502", "3-2-601", "5-1-1201"])
        console.expect("房号▲")
        console.press("Ctrl-K", "Left", "Esc")
        #expect(units(console) == ["5-1-1201", "3-2-601", "3-2-502", "3-2-501"])
        console.expect("房号▼")
        console.press("Ctrl-K", "Left", "Esc")
        #expect(units(console) == ["5-1-1201", "3-2-501", "3-2-601", "3-2-502"])
        console.expectNot("房号▼")
    }

    @Test func namesAreSortedByTheirPinyin() throws {
        let console = try fees()
        console.press("Ctrl-K", "Down", "Right", "Esc")
        // Feng, Li, Shan; nobody owns the last.
        #expect(units(console) == ["5-1-1201", "3-2-601", "3-2-501", "3-2-502"])
    }

    @Test func sortingSelectsTheFirstRow() throws {
        let console = try fees()
        console.press("Down", "Ctrl-K", "Left", "Esc", "Enter")
        console.expect("收款 · 5-1-1201")
    }

    @Test func hidingAColumnKeepsSelection() throws {
        let console = try fees()
        console.press("Home", "Down", "Ctrl-K", "Enter", "Esc", "Enter")
        console.expect("收款 · 3-2-501")
    }

    @Test func aColumnIsHiddenAndShownAgainButNeverTheLast() throws {
        let console = try fees(size: Size(width: 80, height: 24))
        console.expect("64 天")
        console.press("Ctrl-K", "Down", "Down", "Down", "Down", "Enter")
        console.press("Esc")
        console.expectNot("64 天")
        console.press("Ctrl-K", "Down", "Down", "Down", "Down", "Space", "Esc")
        console.expect("64 天")
        console.press("Ctrl-K")
        for _ in 0..<6 { console.press("Enter", "Down") }
        console.press("Esc")
        console.expect("催缴结果")
    }

    @Test func headerPicture() throws {
        let console = try fees(size: Size(width: 80, height: 24))
        console.press("Ctrl-K", "Down", "Down", "Right", "Esc")
        let head = "│ 房号      业主     欠费▲  期数   逾期  催缴结果                              │"
        #expect(console.lines[3] == head, "\n\(console.screen)")
        let picker = """
            ╭─ 列与排序 · 欠费 ────────────────────╮
            │ ✓  房号                              │
            │ ✓  业主                              │
            │▌✓  欠费                       升序 ▲ │
            │ ✓  期数                              │
            │ ·  逾期                              │
            │ ✓  催缴结果                          │
            ╰──────────────────────────────────────╯
            """
        console.press("Ctrl-K", "Down", "Down", "Down", "Down", "Enter", "Up", "Up")
        for (line, part) in zip(console.lines[8...15], picker.split(separator: "\n")) {
            #expect(line.contains(part), "\n\(console.screen)")
        }
    }

    @Test func aLowListHasAHeadWhereItIsSorted() throws {
        let console = try fees(size: Size(width: 60, height: 16))
        console.press("Ctrl-F")
        console.type("3")
        console.press("Enter")
        console.expectNot("期数")
        console.press("Ctrl-K", "Right", "Esc")
        console.expect("房号▲")
    }

    // MARK: Kept

    @Test func everythingIsThereAgainAtTheNextSignIn() throws {
        let console = try fees()
        console.press("Ctrl-K", "Right", "Down", "Enter", "Esc", "Ctrl-F")
        console.type("32")
        console.press("Enter", "Ctrl-Right", "Ctrl-Right", "F12")
        let shown = console.screen
        for store in [console.store, try console.estate.secondStore()] {
            let again = ConsoleController(store, as: store.estate.staff.member("赵经理"), language: .chinese)
            #expect(again.picture(console.size).lines.joined(separator: "\n") == shown)
        }
        // Another member has other settings.
        console.signIn("王芳")
        console.open("fees")
        console.expectNot("房号▲")
        console.expectNot("筛选 32")
        console.signIn("赵经理")
        #expect(console.screen == shown)
        let mode = try FileManager.default.attributesOfItem(atPath: file(of: "S01", console).path)[.posixPermissions]
        #expect(mode as? Int == 0o600)
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: console.estate.folder + "/preferences") == ["S01.json"])
    }

    @Test func aFilterIsKeptOnceItIsTypedAndGoesWithEsc() throws {
        let console = try fees()
        console.press("Ctrl-F")
        console.type("501")
        #expect(!FileManager.default.fileExists(atPath: file(of: "S01", console).path), "not while it is typed")
        console.press("Enter")
        #expect(try String(contentsOf: file(of: "S01", console), encoding: .utf8).contains("\"501\""))
        console.press("Esc")
        #expect(try !String(contentsOf: file(of: "S01", console), encoding: .utf8).contains("501"))
    }

    @Test(arguments: [
        "", "{", "[]", #"{"lists":7}"#, #"{"lists":{},"arrangement":{"left":[],"right":[],"share":45}}"#, "\u{0}",
    ])
    func aDamagedFileIsPassedOver(text: String) throws {
        let console = try fees()
        let plain = ConsoleController(console.store, as: console.store.estate.staff.member("赵经理"), language: .chinese)
            .picture(console.size)
        console.press("F12")
        try Data(text.utf8).write(to: file(of: "S01", console))
        let again = ConsoleController(console.store, as: console.store.estate.staff.member("赵经理"), language: .chinese)
        #expect(again.picture(console.size) == plain)
        again.send(.key(.function(12)))
        #expect(try String(contentsOf: file(of: "S01", console), encoding: .utf8).contains("zoomed"))
    }

    @Test func layoutChangedAtAnotherTerminalIsNotApplied() throws {
        let console = try fees()
        let other = ConsoleController(
            try console.estate.secondStore(), as: console.store.estate.staff.member("赵经理"), language: .chinese)
        console.press("Ctrl-K", "Right", "Esc")
        other.send(.key(.function(12)))
        _ = console.controller.catchUp()
        console.expect("房号▲")
        console.expect("F3 回访")
        // The zoomed window of the other terminal has no such column.
        let again = ConsoleController(console.store, as: console.store.estate.staff.member("赵经理"), language: .chinese)
        let shown = again.picture(console.size).lines.joined(separator: "\n")
        #expect(!shown.contains("房号▲"))
        #expect(shown.contains("F2 本月 │ F3 回访"))
    }

    @Test func twoTerminalsOfOneMemberKeepEachTheirChanges() throws {
        let console = try fees()
        let other = ConsoleController(
            try console.estate.secondStore(),
            as: console.store.estate.staff.member(console.controller.session.signedIn ?? ""),
            language: .chinese)
        console.press("Ctrl-K", "Right", "Esc")
        other.send(.key(.function(12)))
        let again = ConsoleController(
            try console.estate.secondStore(),
            as: console.store.estate.staff.member(console.controller.session.signedIn ?? ""),
            language: .chinese)
        #expect(again.session.isZoomed)
        #expect(again.session.pane(ListPane<FeeList>.self)?.settings.sort == "unit")
    }

    @Test func unknownColumnsInPreferencesAreIgnored() {
        var settings = ListSettings()
        (settings.hidden, settings.sort) = (["a", "b", "x"], "x")
        #expect(settings.valid(among: ["a", "b", "c"]).hidden == ["a", "b"])
        #expect(settings.valid(among: ["a", "b"]) == ListSettings())
    }

    @Test func preferencesThatCannotBeStoredAreReported() throws {
        let console = try fees()
        try Data().write(to: URL(fileURLWithPath: console.estate.folder + "/preferences"))
        console.press("F12")
        console.expect("版面未能保存")
        console.expectNot("上上月 0.0/100▼ ─────╮╭")
    }

    // MARK: Layout

    @Test func theDividerAndThePanesMove() throws {
        let console = try ConsoleDriver(as: "吴区域")
        func corner(_ pane: String) -> Point? {
            for (y, line) in console.lines.enumerated() {
                if let range = line.range(of: "╭─ \(pane)") {
                    return Point(x: TextWidth().width(of: String(line[..<range.lowerBound])), y: y)
                }
            }
            return nil
        }
        let (right, below) = (try #require(corner("F4")), try #require(corner("F3")))
        console.press("Ctrl-Right")
        #expect(corner("F4")?.x == right.x + 2)
        console.press("Ctrl-Left", "Ctrl-Left")
        #expect(try #require(corner("F4")).x < right.x)
        console.press("Ctrl-Down", "Ctrl-Down")
        #expect(corner("F3")?.y == below.y - 2)
        console.press("Ctrl-Up")
        #expect(corner("F3")?.y == below.y - 1)
        console.press("Ctrl-PageDown")
        #expect(try #require(corner("F3")).y < #require(corner("F2")).y)
        console.open("calls")
        console.press("Ctrl-PageUp")
        #expect(console.sees("F6 通话"))
        console.press("Ctrl-Home")
        #expect(corner("F4") == right)
        #expect(corner("F3") == below)
    }

    @Test func eachSettingIsReadOnItsOwn() throws {
        let json = #"{"tabs":{"gate":"records.vehicles"},"arrangement":7,"mouse":false,"lists":[],"zoomed":5}"#
        let preferences = try JSONDecoder().decode(Preferences.self, from: Data(json.utf8))
        #expect(preferences.mouse == false)
        #expect(preferences.lists.isEmpty && preferences.zoomed == nil && preferences.arrangement == nil)
    }

    @Test func resizingKeepsPanesVisible() throws {
        let console = try ConsoleDriver(as: "吴区域")
        console.press("Ctrl-Up", times: 60)
        console.expect("F3 回访")
        console.press("Ctrl-Left", times: 60)
        console.press("Ctrl-Right", times: 120)
        for pane in ["F2", "F3", "F4", "F5"] { console.expect("╭─ \(pane)") }
    }

    @Test func layoutCommandsAreDisabledForSingleWindow() throws {
        let console = try ConsoleDriver(as: "赵经理", size: Size(width: 80, height: 24))
        console.press("Ctrl-Right")
        console.expect("只有一个窗格")
    }
}
