import Foundation
import Journal
import TestSupport
import Testing

@testable import Estate

/// A state as text: all that follows from the facts, and nothing that keys open.
enum StateText {
    static func of(_ estate: Estate) -> String {
        var text = ""
        write(estate, into: &text)
        return text
    }

    private static func write(_ value: Any, into text: inout String) {
        switch value {
        // No part of the state: keys, and what is found by opened values.
        case is KeyRing, is PeopleIndex: return
        case let sealed as SealedObject: text += "sealed(\(String(decoding: sealed.text, as: UTF8.self)))"
        case let string as String: text += string.debugDescription
        default:
            let mirror = Mirror(reflecting: value)
            if mirror.children.isEmpty { return text += "\(value)" }
            let isUnordered = mirror.displayStyle == .dictionary || mirror.displayStyle == .set
            var parts = mirror.children.map { child in
                var part = child.label.map { "\($0):" } ?? ""
                write(child.value, into: &part)
                return part
            }
            if isUnordered { parts.sort() }
            text += "\(type(of: value))(" + parts.joined(separator: ",") + ")"
        }
    }
}

@Suite("The state does not depend on keys")
struct BlindStateTests {
    @Test("without keys it is byte-equal, and so is its checkpoint", arguments: 1...6)
    func withoutKeys(seed: Int) throws {
        let test = try TestEstate(now: "2026-11-23T12:00")
        var actions = RandomActions(seed: UInt64(seed))
        for _ in 0..<150 {
            test.clock.pass(seconds: 600)
            let action = try actions.next(in: test.estate, at: test.store.now)
            _ = refusal { try test.store.perform(action, by: "S01") }
        }
        test.store.leaveCheckpoint()
        let blind = test.folder + "-blind"
        defer { try? FileManager.default.removeItem(atPath: blind) }
        try FileManager.default.copyItem(atPath: test.folder, toPath: blind)
        try FileManager.default.removeItem(atPath: "\(blind)/keys")
        let checkpoint = "checkpoint/working-set.jsonl"
        try? FileManager.default.removeItem(atPath: "\(blind)/\(checkpoint)")

        let seeing = try test.secondStore()
        let other = try Store(at: blind, clock: test.clock.clock)
        #expect(!other.estate.sealedLines.places.isEmpty)
        #expect(StateText.of(seeing.estate) == StateText.of(other.estate))
        other.leaveCheckpoint()
        func bytes(_ folder: String) -> Data? { FileManager.default.contents(atPath: "\(folder)/\(checkpoint)") }
        #expect(bytes(test.folder) == bytes(blind))
        // From checkpoints as well.
        let (a, b) = (
            try Store(at: test.folder, fullHistory: false, clock: test.clock.clock),
            try Store(at: blind, fullHistory: false, clock: test.clock.clock)
        )
        #expect(StateText.of(a.estate) == StateText.of(b.estate))
    }
}
