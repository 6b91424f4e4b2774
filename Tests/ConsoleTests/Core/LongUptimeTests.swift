import Foundation
import Journal
import Screen
import TestSupport
import Testing

@testable import Console
@testable import Estate

/// A console that stays open for a month, by a virtual clock: what it keeps beside the record does not grow.
@Suite("A month of uptime")
struct LongUptimeTests {
    /// Minutes between two looks of the console; a real one looks each second.
    private static let step = ProcessInfo.processInfo.environment["FRONTDESK_LONG_TESTS"] == "1" ? 1 : 30

    private let console: ConsoleDriver
    private let other: Store

    init() throws {
        console = try ConsoleDriver(as: "马门岗", now: "2026-11-01 00:00")
        other = try console.estate.secondStore()
        // As the program does at its start; from then on states are kept for undo.
        console.store.readHistory()
    }

    @Test("caches, notices, drafts, kept states and the undo window are no larger after thirty days than after ten")
    func aMonth() throws {
        for _ in 1...10 { try live() }
        let early = sizes()
        #expect(early.elements["session.recentInput.texts"] != nil || early.elements.count > 20, "it looks inside")
        for _ in 11...30 { try live() }
        let late = sizes()
        for (path, count) in late.elements.sorted(by: { $0.key < $1.key }) {
            let before = early.elements[path] ?? 0
            #expect(count <= before + max(32, before / 4), "\(path) grew from \(before) to \(count)")
        }
        #expect(late.window <= early.window * 5 / 4 && late.window > 0, "bytes that can be undone: \(late.window)")
        let lines = try Verification(of: console.estate.folder).lines
        #expect(lines > 30 * 40, "facts arrived")
        // Of former heads the latest, and of the lines one in a thousand.
        #expect(console.store.heads.count <= 64 + lines / 1000 + 2)
        #expect(console.store.timeline.states.count <= 8)
        // The session goes on as if it had begun today.
        try arrive("最后一位")
        _ = console.controller.catchUp()
        console.open("gate")
        console.expectRow(GateView.self) { $0.name == "最后一位" }
    }

    @Test("what is looked at includes each collection of the console")
    func sizesCount() {
        struct Inner { let texts = ["a", "b"] }
        final class Outer {
            let inner = [Inner(), Inner()]
            let map = ["x": Inner()]
        }
        let found = Sizes(of: Outer(), skipping: []).elements
        #expect(found == ["inner": 2, "inner.texts": 4, "map": 1, "map.value.texts": 2])
    }

    // MARK: Life

    /// One day: visitors registered and gone at another terminal, calls, an undo, and work at this one.
    private func live() throws {
        for minute in stride(from: 0, to: 1440, by: LongUptimeTests.step) {
            console.estate.clock.pass(seconds: LongUptimeTests.step * 60)
            if minute % 60 == 0 { try happen(inHour: minute / 60) }
            _ = console.controller.catchUp()
            // By its clock the replay after an undo takes no time.
            while let replaying = console.store.replaying {
                replaying.wait()
                _ = console.controller.catchUp()
            }
            if minute % 240 == 0 { work(minute) }
            _ = console.grid
        }
    }

    private func happen(inHour hour: Int) throws {
        if let visit = other.estate.gate.inside.first { try other.perform(LeaveVisitor(visit: visit), by: "S03") }
        try arrive("客\(hour)")
        if hour % 6 == 2 {
            // An undo makes every open store rewind.
            try arrive("误登\(hour)")
            try other.perform(Estate.action(named: "action.undo").read([:], zone: .shanghai), by: "S03")
        }
    }

    private func arrive(_ name: String) throws {
        let members = ["name": name, "host": "3-2-501", "purpose": "快递"].mapValues { JSONValue.string($0) }
        try other.perform(ArriveVisitor.read(members, zone: .shanghai), by: "S03")
    }

    /// A form begun and left, one sent, a search, a filter, an error, and the check of the journal.
    private func work(_ minute: Int) {
        console.open("gate")
        console.press("F8")
        console.type("半\(minute)")
        console.press("Esc", "Esc")
        console.press("F8")
        console.fill("姓名", "张\(minute)")
        console.fill("房号/被访人", "3-2-501")
        console.fill("事由", "事\(minute)")
        console.press("Ctrl-S", "Esc", "Esc")
        console.press("F9")
        console.type("客\(minute / 60)")
        console.press("Esc", "Ctrl-F")
        console.type("ke")
        console.press("Esc", "Esc")
        console.press("Ctrl-Y")
        console.awaitVerification()
        console.press("Esc", "Esc")
    }

    // MARK: Sizes

    private struct Held {
        /// The number of elements of each collection, by where it stands in the console.
        let elements: [String: Int]
        /// The bytes of the undo window.
        let window: Int
    }

    private func sizes() -> Held {
        // The state is the record; panes and pictures show it.
        let skipped: Set = ["estate", "windows", "handbook", "kept", "paneCache", "past", "present", "clock"]
        return Held(
            elements: Sizes(of: console.controller, skipping: skipped).elements,
            window: console.store.estate.undoWindow.size)
    }
}

/// The number of elements of all collections that a value reaches, by the names of the properties on the way.
private struct Sizes {
    private(set) var elements: [String: Int] = [:]
    private let skipped: Set<String>
    private var seen: Set<ObjectIdentifier> = []

    init(of value: Any, skipping skipped: Set<String>) {
        self.skipped = skipped
        add(value, "", 0)
    }

    private mutating func add(_ value: Any, _ path: String, _ depth: Int) {
        let mirror = Mirror(reflecting: value)
        if mirror.displayStyle == .class, !seen.insert(ObjectIdentifier(value as AnyObject)).inserted { return }
        let isCollection = [.collection, .set, .dictionary].contains(mirror.displayStyle)
        if isCollection { elements[path, default: 0] += mirror.children.count }
        if depth > 12 || value is [UInt8] || value is String { return }
        var superclass = mirror.superclassMirror
        while let mirror = superclass {
            for child in mirror.children { add(child, path, depth, false) }
            superclass = mirror.superclassMirror
        }
        for child in mirror.children { add(child, path, depth, isCollection || mirror.displayStyle == .optional) }
    }

    private mutating func add(_ child: Mirror.Child, _ path: String, _ depth: Int, _ isElement: Bool) {
        let label = child.label.map { String($0.drop { $0 == "_" }) } ?? ""
        if skipped.contains(label) { return }
        let isNamed = !isElement && !label.isEmpty && label.first != "."
        // A dictionary's element is a pair.
        add(child.value, isNamed ? (path.isEmpty ? label : "\(path).\(label)") : path, depth + 1)
    }
}
