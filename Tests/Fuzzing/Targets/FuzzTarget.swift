import Estate
import Foundation
import Handbook
import Journal
import Screen
import Sheets

/// What reads bytes that others wrote. Each must end, must not crash, and must keep what is stated here of any bytes.
public enum FuzzTarget: String, CaseIterable, Sendable {
    /// Lines of a journal's segment.
    case lines
    /// A table as CSV, in any encoding.
    case csv
    /// A table as a workbook.
    case workbook
    /// What a terminal sends: keys, escape sequences, pasted text.
    case keys
    /// An estate's own file of the handbook; the first line names the chapter.
    case handbook
    /// Text on its way to the terminal.
    case text

    /// Reads bytes; ends the process if a statement does not hold.
    public func read(_ bytes: UnsafeRawBufferPointer) {
        switch self {
        case .lines: Self.readLines(bytes)
        case .csv, .workbook: Self.readTable(Array(bytes))
        case .keys: Self.readKeys(Array(bytes))
        case .handbook: Self.readHandbook(Array(bytes))
        case .text: Self.readText(Array(bytes))
        }
    }

    /// A line that proves itself is one that can be read, and all of its fields can.
    private static func readLines(_ bytes: UnsafeRawBufferPointer) {
        for part in bytes.split(separator: UInt8(ascii: "\n")) {
            let raw = UnsafeRawBufferPointer(rebasing: part)
            let line = Line(raw)
            if let line {
                precondition(line.sequence > 0)
                _ = (line.node, line.by, line.id.text, line.time, line.written, line.hash.text, line.previous.text)
                precondition(line.group.index >= 0 && line.group.index < line.group.count)
            }
            precondition(line != nil || Line(proving: raw) == nil)
        }
    }

    /// A table is read or refused with its reason.
    private static func readTable(_ bytes: [UInt8]) {
        do {
            _ = try Spreadsheet(bytes)
            _ = try Spreadsheet.sheetNames(in: bytes)
        } catch {
            precondition(error is SheetError, "\(error)")
        }
    }

    /// Bytes mean the same however they are cut on their way.
    private static func readKeys(_ bytes: [UInt8]) {
        var (whole, parts) = (InputDecoder(), InputDecoder())
        let atOnce = whole.decode(bytes)
        let oneByOne = bytes.flatMap { parts.decode([$0]) }
        precondition(merged(atOnce + whole.timeOut()) == merged(oneByOne + parts.timeOut()))
        precondition(whole.waitMilliseconds == nil && parts.waitMilliseconds == nil)
    }

    private enum Input: Equatable {
        case text(String)
        case other(String)
    }

    /// The events, with text in one: a mark may join its letter or come after it.
    private static func merged(_ events: [Event]) -> [Input] {
        events.reduce(into: []) { inputs, event in
            guard case .key(.character(let character)) = event else { return inputs.append(.other("\(event)")) }
            if case .text(let text)? = inputs.last {
                inputs[inputs.count - 1] = .text(text + String(character))
            } else {
                inputs.append(.text(String(character)))
            }
        }
    }

    /// A file of the handbook is taken or refused, and what is shipped is not touched.
    private static func readHandbook(_ bytes: [UInt8]) {
        let parts = bytes.split(separator: UInt8(ascii: "\n"), maxSplits: 1, omittingEmptySubsequences: false)
        let name = String(decoding: parts[0], as: UTF8.self)
        guard parts.count == 2, let chapter = Estate.chapters.first(where: { $0.file == name }) else { return }
        _ = try? Handbook(overrides: [chapter.file: Data(parts[1])], chapters: [chapter])
    }

    /// Nothing that a terminal acts upon is left of a text, and no width is negative.
    private static func readText(_ bytes: [UInt8]) {
        let text = VisibleText.visible(String(decoding: bytes, as: UTF8.self))
        for scalar in text.unicodeScalars {
            precondition(scalar.value >= 0x20 && !(0x7F...0x9F).contains(scalar.value), "\(scalar.value)")
        }
        precondition(TextWidth().width(of: text) >= 0)
    }
}
