import Crypto
import Foundation
import Testing

@testable import Journal
@testable import TestDisks

/// Random and absurd bytes as lines: intact lines are read, the rest is reported, and nothing crashes or loops.
@Suite struct FuzzTests {
    private let path = "\(MemoryDisk.log)/2026-11.jsonl"

    private func hash(_ text: String) -> String {
        Array(text.utf8).withUnsafeBytes { Digest(of: $0) }.text
    }

    private func string(_ random: inout SeededGenerator) -> String {
        random.string(of: "az09 .-\"\\/\u{0}\u{1f}\u{7f}\n\t张門\u{2028}😀\u{E9}", below: 10)
    }

    @Test(.hangLimit, arguments: Seed.current) func linesDecodeAsFoundationDecodesThem(seed: Seed) throws {
        var random = seed.generator
        for _ in 0..<(isLong ? 50_000 : 1_000) {
            let (node, by) = (string(&random), string(&random))
            let sequence = random.bool() ? random.int(1...1_000) : random.int(1...(1 << 53))
            let count = random.int(1...4)
            let group = Line.Group(index: random.int(0..<count), count: count)
            let time = HybridTime(
                milliseconds: Int64(random.int(0..<253_402_300_800_000)), counter: random.int(0..<1 << 20))
            let written = Moment(milliseconds: Int64(random.int(0..<4_000_000_000_000)))
            var data = JSONWriter()
            data.openObject()
            for _ in 0..<random.int(0..<3) {
                data.key(named: string(&random))
                data.string(string(&random))
            }
            data.closeObject()
            let entry = NewEntry(
                id: EntryID(at: written, using: &random), by: by, kind: "test.x\(random.int(0..<100))",
                data: data.bytes)
            let previous = hash(string(&random))
            var bytes: [UInt8] = []
            let digest = Line.encode(
                entry, node: node, sequence: sequence, time: time,
                written: written.bytes(in: .shanghai, milliseconds: true),
                group: group, previous: try #require(Digest(previous)), into: &bytes)
            bytes.removeLast()
            let json = try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
            try bytes.withUnsafeBytes { raw in
                let line = try #require(Line(proving: raw), "\(String(decoding: raw, as: UTF8.self))")
                #expect(line.version == json["v"] as? Int && line.node == json["n"] as? String)
                #expect(json["c"] as? [Int] == [Int(time.milliseconds), time.counter] && line.time == time)
                #expect(line.sequence == json["s"] as? Int && line.by == json["by"] as? String)
                #expect(line.node == node && line.by == by && line.sequence == sequence)
                #expect(line.id.text == json["id"] as? String && line.written.text(in: .utc) == written.text(in: .utc))
                #expect(String(decoding: line.kind, as: UTF8.self) == json["k"] as? String)
                #expect(line.previous.text == json["p"] as? String && line.hash.text == json["h"] as? String)
                #expect(line.hash == digest && line.data.elementsEqual(data.bytes))
                let parts = json["g"] as? [Int] ?? [0, 1]
                #expect(line.group == Line.Group(index: parts[0], count: parts[1]))
                let (object, inner) = (json["d"] as? NSDictionary, Data(line.data))
                #expect(try JSONSerialization.jsonObject(with: inner) as? NSDictionary == object)
                #expect(line.isOf(Line.text(ofNode: node)) && !line.isOf(Line.text(ofNode: node + "x")))
            }
        }
    }

    @Test func changedLinesDoNotProveThemselves() throws {
        var bytes: [UInt8] = []
        _ = Line.encode(
            newEntry(5), node: "desk", sequence: 42, time: HybridTime(milliseconds: 7, counter: 3),
            written: at(november).bytes(in: .shanghai, milliseconds: true),
            group: Line.Group(index: 1, count: 2), previous: .zero, into: &bytes)
        bytes.removeLast()
        for place in bytes.indices {
            for value in isLong ? Array(UInt8.min...UInt8.max) : [0, 0x22, 0x2C, 0x30, 0x5C, 0x67, 0x7F, 0x80, 0xFF] {
                var changed = bytes
                changed[place] = value
                let proves = changed.withUnsafeBytes { Line(proving: $0) != nil }
                #expect(proves == (value == bytes[place]))
            }
            #expect(bytes[..<place].withUnsafeBytes { Line(proving: $0) == nil })
        }
    }

    @Test(arguments: Seed.current) func digestIsDecodedFromHexadecimalDigitsOnly(seed: Seed) throws {
        var random = seed.generator
        let zeros = String(repeating: "0", count: 64)
        for byte in UInt8.min...UInt8.max {
            for place in [0, 1, 15, 31, 32, 63] {
                var text = Array(zeros.utf8)
                text[place] = byte
                let digest = text.withUnsafeBytes { Digest(hexadecimal: $0) }
                let isDigit = (48...57).contains(byte) || (97...102).contains(byte)
                #expect((digest != nil) == isDigit)
                if let digest { #expect(digest.hexadecimal == text) }
            }
        }
        for _ in 0..<200 {
            let text = hash(string(&random))
            #expect(Digest(text)?.text == text)
        }
        #expect(
            Digest(zeros + "0") == nil && Digest("") == nil && Digest(zeros)?.bytes == [UInt8](repeating: 0, count: 32))
    }

    @Test(.hangLimit) func intactLinesWithAbsurdFieldsDoNoHarm() throws {
        let disk = try MemoryDisk.withJournal()
        try disk.journal().record(1)
        let big = Int.max
        for (sequence, group, data) in [
            ("\(big)", "", "{}"), ("\(1 << 53)", "", "{}"), ("0", "", "{}"), ("-1", "", "{}"),
            ("3", "[0,\(big)]", "{}"),
            ("2", "[\(big),\(big)]", "{}"), ("2", "[0,\(1 << 53)]", "{}"), ("2", "[1,2]", "{}"),
            ("900", "[899,900]", "{}"),
            ("2", "", "{\"segment\":\"2026-11.jsonl\",\"offset\":\(big),\"bytes\":\(big),\"lines\":0}"),
            ("2", "", "{\"segment\":\"2026-11.jsonl\",\"offset\":-1,\"bytes\":\(1 << 53),\"lines\":-3}"),
            ("2", "", "{\"segment\":\"x\",\"offset\":0,\"bytes\":\(1 << 53),\"lines\":0}"),
        ] {
            let kind = data == "{}" ? "test.absurd" : "journal.setAside"
            let body =
                "{\"v\":1,\"n\":\"desk\",\"s\":\(sequence),\"t\":\"\(november)\",\"id\":\"\(EntryID(high: 0, low: 9))\","
                + "\"by\":\"S01\",\"k\":\"\(kind)\"\(group.isEmpty ? "" : ",\"g\":" + group),\"d\":\(data),\"p\":\"\(hash(""))\""
            var files = disk.files
            files[path]?.append(contentsOf: "\(body),\"h\":\"\(hash(body))\"}\n".utf8)
            let absurd = MemoryDisk(files: files)
            try absurd.setMirror()
            // No number is left after the highest.
            let isFull = (try? absurd.journal().record(2, 3)) == nil
            #expect(isFull == (sequence == "\(1 << 53)"))
            let expected = isFull ? [1] : [1, 2, 3]
            #expect(try absurd.journal().numbers().filter { $0 < 9 } == expected, "\(body)")
            let found = try absurd.verification()
            #expect(!found.damages.isEmpty || !found.setAsides.isEmpty, "\(body)")
            _ = try absurd.repair()
            #expect(try absurd.journal().numbers().filter { $0 < 9 } == expected, "\(body)")
        }
    }

    @Test(.hangLimit, arguments: Seed.current) func randomBytesLoseNoIntactLine(seed: Seed) throws {
        var random = seed.generator
        let sample = try RepairTests.Sample(actions: 4)
        let name = RepairTests.names[0]
        let lines = sample.lines(name)
        for round in 0..<(isLong ? 5_000 : 60) {
            func noise() -> [UInt8] {
                let count = random.int(0..<(round.isMultiple(of: 10) ? 3_000 : 60))
                let kinds: [ClosedRange<UInt8>] = [0...255, 0x0A...0x0A, 0x20...0x7E, 0...0]
                let kind = random.pick(kinds)
                return (0..<count).map { _ in .random(in: kind, using: &random) }
            }
            func garbled() -> [UInt8] {
                var out: [UInt8] = []
                for line in lines {
                    switch random.int(0..<6) {
                    case 0: out += noise() + [0x0A] + line
                    case 1: out += noise()
                    case 2: out += line.dropLast(random.int(0..<line.count)) + noise()
                    default: out += line
                    }
                }
                return out + noise()
            }
            let disk = sample.disk([(.primary, name, garbled()), (.mirror, name, garbled())])
            let before = try disk.journal().numbers()
            #expect(Set(before).count == before.count)
            _ = try disk.verification()
            _ = try disk.repair()
            let after = try disk.journal().numbers()
            #expect(Set(before).isSubset(of: after), "lost by the repair: \(Set(before).subtracting(after))")
            #expect(Set(after).count == after.count)
            let rest = try disk.repair()
            #expect(rest == [], "a second repair found more to do")
            try disk.journal(TestClock(december)).record(900, 901)
            #expect(try disk.journal().numbers().suffix(2) == [900, 901])
        }
    }
}
