import Foundation

/// The whole state from nothing but the journal, every hash checked: the worst start there is, and its memory.
enum Rebuild: Measure {
    static let name = "rebuild"

    private static let rounds = 3

    static func take(_ options: Options) throws -> Findings {
        let folder = try Growth.estate(facts: options.facts, options)
        let bytes = Double(try folder.journalBytes)
        let facts = Double(options.facts)
        var (ours, decoder, hash, jq) = (Samples(), Samples(), Samples(), Samples())
        var peak = 0
        for _ in 0..<rounds {
            let opened = try folder.withNothingButJournal { try Chore.open.measured(on: $0) }
            ours.add(opened.seconds)
            peak = max(peak, opened.peak)
            hash.add(try Chore.hash.measured(on: folder).seconds)
            decoder.add(try Chore.decode.measured(on: folder).seconds)
            if let seconds = Program(["jq", "-c", "."] + (try folder.segments)).seconds() { jq.add(seconds) }
        }
        var findings = Findings(name)
        func rate(_ name: String, _ samples: Samples) {
            findings.figure("\(name), facts", facts / samples.median, "facts/s")
            findings.figure("\(name), bytes", bytes / samples.median / 1e6, "MB/s")
        }
        findings.figure("journal", bytes / 1e6, "MB")
        findings.figure("rebuild", ours.median, "s")
        rate("rebuild", ours)
        rate("SHA-256 of every line", hash)
        rate("JSONDecoder", decoder)
        findings.ratio("rebuild to SHA-256 of every line", hash.median / ours.median)
        findings.ratio("rebuild to JSONDecoder", decoder.median / ours.median, atLeast: 8)
        if jq.median > 0 {
            rate("jq -c .", jq)
            findings.ratio("rebuild to jq -c .", jq.median / ours.median, atLeast: 10)
        } else {
            findings.lacks("jq")
        }
        findings.figure("peak memory", Double(peak) / 1e6, "MB")
        findings.ratio("peak memory to journal", Double(peak) / bytes, atMost: 3)
        return findings
    }
}
