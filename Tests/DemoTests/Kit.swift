import Foundation
import Journal

@testable import Demo
@testable import Estate

/// A made-up estate of a test's own, gone with the test.
final class Sample {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("demo-\(UUID().uuidString)").path
    let store: Store
    let now: Moment

    init(_ text: String, seed: UInt64 = 1) throws {
        now = at(text)
        try Demo.fill(at: folder, seed: seed, now: now)
        let now = now
        store = try Store(at: folder, clock: { now })
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    var estate: Estate { store.estate }

    func rows<Shown: View>(_ view: Shown) throws -> [Shown.Row] { try view.rows(of: store.estate, at: now) }

    func texts(_ view: some View) throws -> [[String]] {
        try view.rows(of: store.estate, at: now).map { $0.displayed(.chinese) }
    }
}

/// A moment by its ISO text; the epoch when the text is none, which no test expects.
func at(_ text: String) -> Moment { Moment(iso: text.utf8) ?? Moment(milliseconds: 0) }

let monday = "2026-11-23T16:10:00+08:00"

/// A whole estate takes a while, so most tests share one. Safe to share although the store is not: they only read it.
nonisolated(unsafe) let shared = Result { try Sample(monday) }
