import Foundation
import Journal
import Testing
import TestSupport

@testable import Estate

@Suite("The undo window")
struct UndoWindowTests {
    /// The text of a journal line.
    private func text() throws -> [UInt8] {
        let test = try TestEstate()
        try test.do("visitor.arrive", ["name": "张三", "host": "3-2-501", "purpose": "快递"])
        let folder = URL(fileURLWithPath: "\(test.folder)/journal/desk")
        let segment = try #require(
            try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
                .first { $0.pathExtension == "jsonl" })
        return Array(try #require(try Data(contentsOf: segment).split(separator: 0x0A).last))
    }

    @Test("it keeps the last lines, of a bounded size, and their actions, joined over blocks or not")
    func bounds() throws {
        var window = UndoWindow(now: nil)
        let text = try text()
        try text.withUnsafeBytes { text in
            let line = try #require(Line(text))
            let size = line.bytes.count
            func isBounded() -> Bool {
                (UndoWindow.capacity..<UndoWindow.capacity + UndoWindow.blockSize + 2 * size).contains(window.size)
            }
            for _ in 0..<UndoWindow.capacity / size + 1 { window.append(line) }
            #expect(isBounded())
            let former = window
            for _ in 0..<UndoWindow.capacity / size { window.append(line) }
            #expect(isBounded() && window.actions.count == window.size / size)
            var (places, count) = ([Int](), 0)
            window.forEach(in: 150..<1_000) { index, line in
                places.append(index)
                count += line.id == window.actions.first?.entries.first ? 1 : 0
            }
            #expect(places == Array(150..<1_000) && count == 850)
            window.join(last: 1_000)
            #expect(window.actions.last?.entries.count == 1_000)
            #expect(window.actions.count == window.size / size - 999)
            #expect(former.actions.allSatisfy { $0.entries.count == 1 }, "a copy that was kept is as it was")
        }
    }
}
