import Foundation
import Journal

@testable import Demo
@testable import Estate

/// A simulated estate in a temporary folder, removed with the object.
final class SampleEstate {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("demo-\(UUID().uuidString)").path
    let store: Store
    let now: Moment

    static let isLong = ProcessInfo.processInfo.environment["FRONTDESK_LONG_TESTS"] == "1"
    /// The history of an estate that is not shared.
    static let months = isLong ? 12 : 3

    init(_ text: String, seed: UInt64 = 1, months: Int = 12) throws {
        now = at(text)
        try Demo.fill(at: folder, seed: seed, now: now, months: months)
        let now = now
        store = try Store(at: folder, clock: { now })
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    var estate: Estate { store.estate }

    /// The number and the hash of a line, as a handover has them.
    private static var code: some RegexComponent { /\d+:[0-9a-f]{4}(-[0-9a-f]{4}){3}/ }

    /// The lines of the segments, in order, without ciphertexts, which are never the same twice, and without hashes, which a
    /// handover names, too.
    func journal() throws -> [Data] {
        let code = Self.code
        let segments = URL(fileURLWithPath: "\(folder)/journal/desk")
        let hashes = #","p":"","h":""}"#.utf8.count + 2 * 64
        return try FileManager.default.contentsOfDirectory(at: segments, includingPropertiesForKeys: nil)
            .filter { $0.pathExtension == "jsonl" }.sorted { $0.path < $1.path }
            .flatMap { try Data(contentsOf: $0).split(separator: 0x0A) }.map { line in
                var line = line.dropLast(hashes)
                if line.range(of: Data(#""k":"shift."#.utf8)) != nil {
                    line = Data(String(decoding: line, as: UTF8.self).replacing(code, with: "").utf8)
                }
                guard let start = line.range(of: Data(#""x":["#.utf8)),
                    let end = line[start.upperBound...].firstIndex(of: UInt8(ascii: "]"))
                else { return line }
                return line[..<start.upperBound] + line[end...]
            }
    }

    func rows<Shown: View>(_ view: Shown) throws -> [Shown.Row] { try view.rows(of: store.estate, at: now) }

    func texts(_ view: some View) throws -> [[String]] {
        try view.rows(of: store.estate, at: now).map { row in
            row.displayed(.chinese).map { view is ShiftsView ? $0.replacing(Self.code, with: "") : $0 }
        }
    }
}

/// The moment of an ISO 8601 text; the epoch if the text is invalid.
func at(_ text: String) -> Moment { Moment(iso: text.utf8) ?? Moment(milliseconds: 0) }

let monday = "2026-11-23T16:10:00+08:00"

/// An estate shared by the tests that only read it, because its simulation takes seconds. The store is not `Sendable`.
nonisolated(unsafe) let shared = Result { try SampleEstate(monday) }
