/// A script's question, from its start to its end.
enum Show: Measure {
    static let name = "show"

    private static let rounds = 5

    static func take(_ options: Options) throws -> Findings {
        var findings = Findings(name)
        guard let frontdesk = options.frontdesk else {
            findings.lacks("--frontdesk")
            return findings
        }
        let few = try arrears(frontdesk, Growth.estate(facts: Options.few, options))
        let many = try arrears(frontdesk, Growth.estate(facts: options.facts, options))
        findings.figure("show arrears, \(Options.few) facts", few.median, "s")
        findings.figure("show arrears, \(options.facts) facts", many.median, "s")
        findings.ratio("show arrears of \(options.facts) facts to \(Options.few)", many.median / few.median)
        return findings
    }

    private static func arrears(_ frontdesk: String, _ folder: EstateFolder) throws -> Samples {
        let program = Program([frontdesk, "show", "arrears", "--json", "--data", folder.path])
        var samples = Samples()
        for round in 0...rounds {
            guard let seconds = program.seconds() else { throw Misuse("frontdesk show arrears fails") }
            if round > 0 { samples.add(seconds) }
        }
        return samples
    }
}
