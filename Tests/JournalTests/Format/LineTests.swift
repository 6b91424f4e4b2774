import Crypto
import Foundation
import Testing

@testable import Journal

/// The line format, which other programs and later versions rely on.
@Suite struct LineTests {
    private func encode(_ entry: NewEntry, _ group: Line.Group = .single) -> String {
        var out: [UInt8] = []
        _ = Line.encode(
            entry, node: "desk", sequence: 42, time: HybridTime(milliseconds: 7, counter: 3),
            written: at(november).bytes(in: .shanghai, milliseconds: true),
            group: group, previous: .zero, into: &out)
        return String(decoding: out, as: UTF8.self)
    }

    private func proves(_ text: some StringProtocol) -> Bool {
        Array(text.utf8).withUnsafeBytes { Line(proving: $0) != nil }
    }

    private let arrival = NewEntry(
        id: EntryID(high: 0x019A_B0C1_D2E3_0001, low: 2), by: "S01", kind: "visitor.arrived",
        data: Array("{\"name\":\"张三\"}".utf8))

    private func hash(_ text: String) -> String {
        SHA256.hash(data: Array(text.utf8)).map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }.joined()
    }

    @Test func anEntrysSizeCountsAllItsParts() {
        let entry = NewEntry(
            id: arrival.id, by: "S01", kind: "visitor.left", idempotency: [1, 2], sealed: [1, 2, 3, 4, 5], data: [1])
        #expect(entry.size == 3 + 12 + 2 + 5 + 1)
    }

    @Test func lineHasTheDocumentedForm() {
        let body =
            "{\"v\":2,\"n\":\"desk\",\"s\":42,\"c\":[7,3],\"t\":\"2026-11-23T16:10:05.123+08:00\","
            + "\"id\":\"\(arrival.id)\",\"by\":\"S01\",\"k\":\"visitor.arrived\",\"d\":{\"name\":\"张三\"},\"p\":\""
            + String(repeating: "0", count: 64) + "\""
        #expect(encode(arrival) == "\(body),\"h\":\"\(hash(body))\"}\n")
    }

    @Test func sampleLineOfTheDocumentationProvesItself() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
            "../../../Sources")
        let text = try String(
            contentsOf: root.appendingPathComponent("Journal/Journal.docc/Journal.md"), encoding: .utf8)
        let samples = text.split(separator: "\n").filter { $0.hasPrefix("    {\"v\":2,") }
        #expect(samples.count == 1 && samples.allSatisfy { proves($0.dropFirst(4)) })
    }

    @Test func linesOfAnActionAreNumbered() {
        let second = encode(arrival, Line.Group(index: 1, count: 3))
        #expect(second.contains(",\"k\":\"visitor.arrived\",\"g\":[1,3],\"d\":{"))
        #expect(!encode(arrival).contains("\"g\""))
    }

    @Test func encodedLineIsDecoded() throws {
        let bytes = Array(encode(arrival, Line.Group(index: 1, count: 3)).utf8.dropLast())
        try bytes.withUnsafeBytes {
            let line = try #require(Line(proving: $0))
            #expect(line.version == 2 && line.node == "desk" && line.sequence == 42 && line.by == "S01")
            #expect(line.written == at(november) && line.id == arrival.id && line.previous == .zero)
            #expect(line.kind.elementsEqual("visitor.arrived".utf8) && line.data.elementsEqual(arrival.data))
            #expect(line.group == Line.Group(index: 1, count: 3))
            #expect(line.time == HybridTime(milliseconds: 7, counter: 3))
            #expect(line.idempotency.isEmpty && line.sealed.isEmpty)
        }
    }

    @Test func keyAndSealedParticularsAreRead() throws {
        let entry = NewEntry(
            id: arrival.id, by: "S01", kind: arrival.kind, idempotency: Array("[\"k,]\",\"d\"]".utf8),
            sealed: Array("[\"visits\",\"2026-11\",0,\"AA==\"]".utf8), data: arrival.data)
        let text = encode(entry)
        #expect(text.contains("\"i\":[\"k,]\",\"d\"],\"x\":[\"visits\",\"2026-11\",0,\"AA==\"],\"d\":{"))
        try Array(text.utf8.dropLast()).withUnsafeBytes {
            let line = try #require(Line(proving: $0))
            #expect(line.idempotency.elementsEqual(entry.idempotency) && line.sealed.elementsEqual(entry.sealed))
            #expect(line.data.elementsEqual(entry.data))
        }
        // The key stands on the action's first line only.
        #expect(!encode(entry, Line.Group(index: 1, count: 2)).contains("\"i\""))
    }

    @Test func firstVersionIsReadInTheOrderOfItsWriting() throws {
        let body =
            "{\"v\":1,\"n\":\"desk\",\"s\":7,\"t\":\"2026-11-23T16:10:05.123+08:00\",\"id\":\"\(arrival.id)\","
            + "\"by\":\"S01\",\"k\":\"visitor.arrived\",\"d\":{},\"p\":\"" + String(repeating: "0", count: 64) + "\""
        try Array("\(body),\"h\":\"\(hash(body))\"}".utf8).withUnsafeBytes {
            let line = try #require(Line(proving: $0))
            #expect(line.version == 1 && line.sequence == 7)
            #expect(line.time == HybridTime(milliseconds: at(november).milliseconds))
        }
    }

    @Test func onlyTheCanonicalFormIsALine() {
        let line = String(encode(arrival).dropLast())
        #expect(proves(line))
        for other in [
            "", "{}", " " + line, line + " ", String(line.dropLast()), line.replacingOccurrences("desk", "gate"),
            line.replacingOccurrences("\"s\":42", "\"s\":042"), line.replacingOccurrences("\"by\"", "\"By\""),
        ] { #expect(!proves(other), "\(other)") }
    }

    @Test func newerVersionProvesItself() throws {
        let body =
            "{\"v\":3,\"n\":\"desk\",\"s\":7,\"new\":[true],\"d\":5,\"p\":\"" + String(repeating: "a", count: 64) + "\""
        let bytes = Array("\(body),\"h\":\"\(hash(body))\"}".utf8)
        try bytes.withUnsafeBytes {
            let line = try #require(Line(proving: $0))
            #expect(line.version == 3 && line.sequence == 7 && line.node == "desk")
        }
        #expect(!proves("{\"v\":3,\"n\":\"desk\",\"s\":7}"))
    }
}

extension String {
    func replacingOccurrences(_ old: String, _ new: String) -> String {
        split(separator: old, omittingEmptySubsequences: false).joined(separator: new)
    }
}
