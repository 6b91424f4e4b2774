import Foundation
import Journal
import Screen
import TestSupport
import Testing

@testable import Console
@testable import Estate

@Suite struct RandomTests {
    private static let keys: [Key] = {
        var keys = (1...13).map { Key.function($0) }
        keys += "abcdefghijklmnopqrstuvwxyz".map { Key.control($0) }
        keys += "asdjkgGnx/? 0359-+,张三李王测试￥？ｎ（".map { Key.character($0) }
        keys += [.enter, .escape, .tab, .backTab, .backspace, .delete, .insert, .alt("b"), .controlled(.left)]
        keys += [.up, .down, .left, .right, .home, .end, .pageUp, .pageDown, .shifted(.up)]
        return keys
    }()
    /// Keys that advance the work are pressed more often.
    private static let likely: [Key] = [.enter, .enter, .down, .right, .tab, .control("s"), .escape, .function(8)]
    private static let texts = ["张三", "32501", "3-2-501", "12.50", "2026-11", "weekly", "满意\n不满意", "\u{202E}👨‍👩‍👧\t", ""]

    /// Pieces of real work. Strings that are no key names are typed.
    private static let gestures = [
        "Esc Esc F6 F8 张三 Tab 32501 Enter 快递 Ctrl-S", "Esc Esc F6 Enter Enter", "Esc F6 Ctrl-F zs Down Esc",
        "Esc Esc F2 Enter Ctrl-S Enter 漏水 Enter Up Enter Ctrl-S", "Esc Esc F2 Ctrl-F ls Enter",
        "Esc Esc F2 Ctrl-E Right Enter",
        "Esc Esc F2 Ctrl-B Right Enter", "Esc Esc F3 Enter Enter", "Esc Esc F3 F8 Ctrl-S 3-2-502 Tab 电梯 Ctrl-S",
        "Esc Esc F4 Enter Ctrl-S", "Esc Esc F4 Enter Right Ctrl-S", "Esc Esc F4 Ctrl-R Enter",
        "Esc Esc F5 Enter Ctrl-S",
        "Esc Esc F5 Ctrl-R 已通知 Ctrl-S", "Esc Esc F7 F8 Ctrl-S", "Esc Esc F7 Enter Enter Enter",
        "Esc Esc F7 Ctrl-N 不洁 Ctrl-S",
        "Esc Esc F7 Ctrl-E Enter", "Esc Esc Ctrl-T S01 Enter", "Esc Esc Ctrl-T S02 Enter",
        "Esc Esc F9 bill.issue Enter", "Esc Esc Ctrl-_ Enter", "Esc Esc F6 Ctrl-\\ PageDown Esc",
        "Esc Esc Alt-j 2 Enter Enter", "F8 张三 Alt-j Enter Down Enter",
        "Esc Esc Alt-j Tab Enter F8 119 Ctrl-S Ctrl-E 完 Ctrl-S Enter",
    ].map { $0.split(separator: " ").map(String.init) }

    private static let isLong = ProcessInfo.processInfo.environment["FRONTDESK_LONG_TESTS"] == "1"

    /// What another terminal records: an action, its fields and who does it. `#visit` and so on stand for an open record.
    private static let elsewhere: [(action: String, fields: [String: String], by: String)] = [
        ("visitor.arrive", ["name": "陈一", "host": "3-2-501", "purpose": "快递"], "S03"),
        ("visitor.leave", ["visit": "#visit"], "S03"), ("shift.open", ["post": "门岗", "staff": "S03"], "S03"),
        ("call.ring", ["direction": "incoming", "phone": "13800002222"], "S02"),
        ("call.answer", ["call": "#call", "rings": "2"], "S02"),
        ("call.demand", ["call": "#call", "text": "漏水"], "S02"),
        ("call.end", ["call": "#call"], "S02"),
        ("request.open", ["unit": "3-2-502", "class": "repair.minor", "text": "灯不亮"], "S02"),
        ("request.assign", ["request": "#request", "to": "吴师傅"], "S02"),
        ("request.complete", ["request": "#request", "workers": "吴师傅"], "S06"),
        ("payment.receive", ["unit": "3-2-601", "amount": "10.00", "method": "现金"], "S07"),
        ("dunning.record", ["unit": "3-2-501", "channel": "电话", "outcome": "已通知"], "S07"),
        ("inspection.open", ["template": "weekly"], "S04"),
        ("inspection.mark", ["inspection": "#inspection", "item": "1.1", "result": "fail", "note": "不洁"], "S04"),
        ("inspection.close", ["inspection": "#inspection"], "S04"),
        ("incident.open", ["kind": "停电", "drill": "yes"], "S02"),
        ("incident.close", ["incident": "#incident", "note": "来电"], "S02"),
        ("register.add", ["register": "key", "what": "门卡", "who": "王五"], "S03"),
        ("person.add", ["name": "周新", "unit": "3-2-502", "role": "family", "phone": "13800005555"], "S06"),
        ("staff.add", ["staff": "S02", "name": "王芳芳", "role": "operator"], "S01"),
    ]

    private func recordElsewhere(_ dice: inout SeededRandom, _ store: Store) {
        let (name, fields, staff) = dice.pick(RandomTests.elsewhere)
        let open = [
            "#visit": store.estate.gate.inside.last?.id, "#call": store.estate.calls.open.last?.id,
            "#request": store.estate.requests.open.last?.id,
            "#incident": store.estate.incidents.open.last?.id.id,
            "#inspection": store.estate.inspections.all.values.last { $0.closed == nil }?.id.id,
        ]
        let members = fields.mapValues { JSONValue.string(open[$0].map { $0?.text ?? "" } ?? $0) }
        // Much of it is refused.
        guard let action = try? Estate.action(named: name).read(members, zone: .shanghai) else { return }
        _ = try? store.perform(action, by: staff)
    }

    /// Random keys, pastes, clicks and sizes break nothing, the journal can be read again, and drawing changes only gives the
    /// same picture as working out and drawing everything, whatever another terminal records meanwhile. The long form has
    /// a million events.
    @Test(arguments: 1...4) func nothingBreaks(seed: Int) throws {
        var dice = SeededRandom(seed: UInt64(seed))
        let members = ["赵经理", "王芳", "马门岗", "周主管"]
        let console = try ConsoleDriver(as: members[seed % 4], language: seed == 4 ? .english : .chinese)
        let other = try console.estate.secondStore()
        var size = Size(width: 120, height: 36)
        var measure = TextWidth()
        for round in 0..<(RandomTests.isLong ? 250_000 : 4000) {
            console.controller.send(event(&dice))
            if round % 20 == 0 {
                for step in dice.pick(RandomTests.gestures) {
                    if Key(step) == nil { console.type(step) } else { console.press(step) }
                }
            }
            if round % 16 == 0 {
                console.estate.clock.pass(milliseconds: dice.below(200_000))
                for _ in 0..<dice.below(3) { recordElsewhere(&dice, other) }
                _ = console.controller.catchUp()
            }
            if round % 4 == 0 { _ = console.controller.picture(size, measure: measure) }
            guard round % 20 == 0 else { continue }
            // Within the minute or the second, what was drawn still holds.
            console.estate.clock.pass(milliseconds: dice.below(900))
            let grid = console.controller.picture(size, measure: measure)
            console.controller.drawAnew()
            let whole = console.controller.picture(size, measure: measure)
            #expect(whole == grid, "\(grid)\n\(whole)")
            guard whole == grid else { return }
            let hasFullHistory = (0..<size.height).allSatisfy { y in
                grid.row(y).reduce(0) { $0 + Int($1.width) } == size.width
            }
            #expect(hasFullHistory)
            if round % 200 == 0 {
                size = Size(width: 56 + dice.below(110), height: 14 + dice.below(35))
                measure = TextWidth(ambiguousIsWide: dice.below(4) == 0)
            }
        }
        #expect(console.store.revision > 100)
        let again = try console.estate.secondStore()
        #expect(again.damages.isEmpty && again.unknownFacts == 0)
        #expect(try normalizedRows(of: again) == normalizedRows(of: console.store))
    }

    /// Any Unicode scalar as a key or as pasted text.
    @Test(arguments: 1...4) func anySignMayBeTyped(seed: Int) throws {
        var dice = SeededRandom(seed: UInt64(seed))
        let console = try ConsoleDriver(as: ["赵经理", "王芳", "马门岗", "周主管"][seed % 4])
        let places = [
            ["F6", "F8"], ["F6", "Ctrl-F"], ["F2", "Ctrl-F"], ["F3", "F8", "Tab"], ["F2", "Enter", "Enter"], ["F9"],
            ["Ctrl-T"], ["F1"],
        ]
        for _ in 0..<(RandomTests.isLong ? 3000 : 150) {
            for name in ["Esc", "Esc", "Esc"] + dice.pick(places) { console.press(name) }
            for _ in 0..<1 + dice.below(12) {
                let signs = (0..<1 + dice.below(4)).map { _ in sign(&dice) }
                if dice.below(3) == 0 {
                    console.paste(String(String.UnicodeScalarView(signs)))
                } else {
                    console.type(String(String.UnicodeScalarView(signs)))
                }
            }
            console.size = Size(width: 60 + dice.below(100), height: 16 + dice.below(30))
            let grid = console.grid
            let hasFullHistory = (0..<grid.size.height).allSatisfy { y in
                grid.row(y).reduce(0) { $0 + Int($1.width) } == grid.size.width
            }
            #expect(hasFullHistory)
            if let cursor = grid.cursor { #expect(grid.bounds.contains(cursor)) }
            console.press(dice.pick(["Enter", "Ctrl-S", "Tab", "Backspace", "Ctrl-W", "Left"]))
        }
        let again = try console.estate.secondStore()
        #expect(again.damages.isEmpty && again.unknownFacts == 0)
        #expect(try normalizedRows(of: again) == normalizedRows(of: console.store))
    }

    private func sign(_ dice: inout SeededRandom) -> Unicode.Scalar {
        let limit = dice.pick([0x20, 0x80, 0x800, 0x3000, 0x1_0000, 0x11_0000])
        return Unicode.Scalar(UInt32(dice.below(limit))) ?? "\u{FFFD}"
    }

    private func event(_ dice: inout SeededRandom) -> Event {
        switch dice.below(40) {
        case 0: return .paste(dice.pick(RandomTests.texts))
        case 1: return .resize(Size(width: dice.below(200), height: dice.below(60)))
        case 2:
            let action: Mouse.Action = dice.pick([.press(.left), .wheelUp, .wheelDown, .drag, .release(.left)])
            return .mouse(Mouse(action, at: Point(x: dice.below(170), y: dice.below(50))))
        case 3: return dice.pick([.focusGained, .focusLost, .resumed])
        case 4..<16: return .key(dice.pick(RandomTests.likely))
        default: return .key(dice.pick(RandomTests.keys))
        }
    }
}
