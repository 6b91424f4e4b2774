import Foundation
import FuzzTargets
import TestSupport
import Testing

/// The corpus of the fuzzers, and changes of it by seed. `Tests/Fuzzing/fuzz` goes on from there.
@Suite("Bytes that others wrote")
struct CorpusTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("Fuzzing/Corpus")

    private static func corpus(of target: FuzzTarget) throws -> [[UInt8]] {
        let place = folder.appendingPathComponent(target.rawValue)
        return try FileManager.default.contentsOfDirectory(atPath: place.path).sorted().map {
            Array(try Data(contentsOf: place.appendingPathComponent($0)))
        }
    }

    @Test("each file of the corpus is read to its end", arguments: FuzzTarget.allCases)
    func files(target: FuzzTarget) throws {
        let files = try Self.corpus(of: target)
        #expect(files.count >= 3, "a fuzzer begins with something")
        for bytes in files { bytes.withUnsafeBytes { target.read($0) } }
    }

    @Test("so are its changes, and bytes of no form", arguments: FuzzTarget.allCases, 1...3)
    func changes(target: FuzzTarget, seed: Int) throws {
        var fuzz = Fuzz(seed)
        let files = try Self.corpus(of: target)
        let isLong = ProcessInfo.processInfo.environment["FRONTDESK_LONG_TESTS"] == "1"
        for _ in 0..<(isLong ? 5_000 : 60) {
            let bytes = fuzz.below(8) == 0 ? fuzz.bytes(fuzz.below(200)) : fuzz.mutate(fuzz.pick(files))
            bytes.withUnsafeBytes { target.read($0) }
        }
    }
}
