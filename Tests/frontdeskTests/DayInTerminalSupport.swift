import Foundation
import Testing

/// Formats JSON values so that two equal days give equal text: ids are numbered in order of appearance, times replaced.
struct RowFormatter {
    private var numbers: [String: Int] = [:]

    mutating func text(_ value: JSON) -> String {
        switch value {
        case .nothing: return "—"
        case .null: return "null"
        case .flag(let flag): return "\(flag)"
        case .number(let number): return number.formatted(.number.grouping(.never))
        case .text(let text):
            if text.wholeMatch(of: /\d{4}-\d\d-\d\dT.+/) != nil { return "time" }
            guard text.wholeMatch(of: /[0-9A-HJKMNP-TV-Z]{26}/) != nil else { return text }
            let number = numbers[text] ?? numbers.count + 1
            numbers[text] = number
            return "#\(number)"
        case .array(let values): return "[\(values.map { text($0) }.joined(separator: ", "))]"
        case .object(let members):
            return members.sorted { $0.key < $1.key }.map { "\($0.key): \(text($0.value))" }.joined(separator: " ")
        }
    }
}

extension Tmux {
    /// Waits until one line of the screen contains both texts.
    func expect(_ text: String, near other: String, at location: SourceLocation = #_sourceLocation) throws {
        let found = try eventually { try has(text, near: other) }
        let shown = try screen()
        #expect(found, "no line has “\(text)” and “\(other)”\n\(shown)", sourceLocation: location)
    }

    /// Waits until no line of the screen contains both texts.
    func expectGone(
        _ text: String, near other: String = "", at location: SourceLocation = #_sourceLocation
    ) throws {
        let gone = try eventually { try !has(text, near: other) }
        let shown = try screen()
        #expect(gone, "a line has “\(text)” and “\(other)”\n\(shown)", sourceLocation: location)
    }

    private func has(_ text: String, near other: String) throws -> Bool {
        try screen().split(separator: "\n").contains { $0.contains(text) && (other.isEmpty || $0.contains(other)) }
    }

    /// Presses one key several times.
    func press(_ key: String, times: Int) throws {
        try tmux("send-keys", "-t", "s:a", "-N", "\(times)", key)
    }

    /// Presses one key for each of the texts that it brings, never so soon that it may be held down: a machine that pauses
    /// would deliver two at once.
    func pressApart(_ key: String, showing texts: [String]) throws {
        for text in texts {
            Thread.sleep(forTimeInterval: 0.95)
            try press(key)
            try expect(text)
        }
    }

    /// Answers yes to a question, after the pause in which Enter does not count.
    func agree() throws {
        Thread.sleep(forTimeInterval: 0.8)
        try press("Enter")
    }

    /// Moves to a field of a form with Tab and types into it.
    func fill(_ field: String, _ text: String) throws {
        for _ in 0..<12 {
            if try line(ofCursor()).contains(field) { break }
            let before = try ask("cursor_y")
            try press("Tab")
            _ = try eventually(within: 2) { try ask("cursor_y") != before }
        }
        try type(text)
        try expect(text, near: field)
    }

    private func ofCursor() throws -> Int { try #require(Int(try ask("cursor_y"))) }

    private func line(_ y: Int) throws -> Substring {
        let lines = try screen().split(separator: "\n", omittingEmptySubsequences: false)
        return lines.indices.contains(y) ? lines[y] : ""
    }
}

/// Dates in the estate's time zone.
enum Dates {
    private static let calendar: Calendar = {
        var calendar = Calendar(identifier: .iso8601)
        calendar.timeZone = TimeZone(identifier: "Asia/Shanghai") ?? .gmt
        return calendar
    }()

    private static func date(_ unit: Calendar.Component, _ count: Int) -> Date {
        calendar.date(byAdding: unit, value: count, to: Date()) ?? Date()
    }

    private static var style: Date.ISO8601FormatStyle { Date.ISO8601FormatStyle(timeZone: calendar.timeZone) }

    /// 2026-11-24
    static func day(inDays days: Int = 0) -> String { date(.day, days).formatted(style.year().month().day()) }
    /// 11-24
    static func monthAndDay(inDays days: Int) -> String { String(day(inDays: days).dropFirst(5)) }
    /// 2026-11, `months` from now.
    static func month(_ months: Int) -> String { date(.month, months).formatted(style.year().month()) }
    /// 2026-W48
    static var week: String { Date().formatted(style.year().weekOfYear()) }

    static var secondsLeftToday: Int {
        Int(calendar.startOfDay(for: date(.day, 1)).timeIntervalSince(Date()))
    }
}
