import Foundation

/// From the start of the program to its first picture.
enum Screen: Measure {
    static let name = "screen"

    private static let rounds = 5

    static func take(_ options: Options) throws -> Findings {
        var findings = Findings(name)
        guard let frontdesk = options.frontdesk else {
            findings.lacks("--frontdesk")
            return findings
        }
        let few = try first(frontdesk, Growth.estate(facts: Options.few, options))
        let many = try first(frontdesk, Growth.estate(facts: options.facts, options))
        // What any start costs: loading, and a line of help.
        var empty = Samples()
        for _ in 0..<rounds { if let seconds = Program([frontdesk, "--help"]).seconds() { empty.add(seconds) } }
        findings.figure("first screen, \(Options.few) facts", few.median, "s")
        findings.figure("first screen, \(options.facts) facts", many.median, "s")
        findings.figure("start without an estate", empty.median, "s")
        findings.ratio("first screen of \(Options.few) facts to a start without an estate", few.median / empty.median)
        findings.ratio("first screen of \(options.facts) facts to \(Options.few)", many.median / few.median)
        return findings
    }

    private static func first(_ frontdesk: String, _ folder: EstateFolder) throws -> Samples {
        // As an operator: all panes but the inspections are up.
        var program = Program([frontdesk, "--data", folder.path, "--as", Crew.operators[0]])
        program.environment.merge(["TERM": "xterm-256color", "LC_ALL": "C.UTF-8"]) { $1 }
        var samples = Samples()
        for round in 0...rounds {
            let terminal = try Terminal(columns: 120, rows: 36)
            // The first start only leaves behind what makes the next ones faster, for which it may need a while.
            let seconds = try terminal.firstPicture(of: program, showing: Growth.name, endingWhenIdle: round == 0)
            guard let seconds else { throw Misuse("the console shows nothing") }
            if round > 0 { samples.add(seconds) }
        }
        return samples
    }
}
