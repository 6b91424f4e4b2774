import Foundation

/// Measures what a front desk waits for, and prints it as one JSON object.
///
/// Every figure that depends on the machine stands beside a peer or a floor measured in the same run, on the same file
/// system and on the same bytes: the ratios are what may be compared. Nothing is asserted; that is for whoever reads.
@main
struct Benchmarks {
    /// In the order in which they run.
    private static let all: [any Measure.Type] = [Append.self, Groups.self, Rebuild.self, Screen.self, Show.self]

    static func main() {
        do {
            let arguments = Array(CommandLine.arguments.dropFirst())
            if arguments.first == Chore.flag {
                try Chore.run(Array(arguments.dropFirst()))
            } else {
                try measure(try Options(arguments))
            }
        } catch {
            note("\(error)")
            exit(1)
        }
    }

    private static func measure(_ options: Options) throws {
        let known = all.map { $0.name }
        if let stranger = options.only.first(where: { !known.contains($0) }) {
            throw Misuse("there is no measure \(stranger) (there are: \(known.joined(separator: ", ")))")
        }
        var report = Report(facts: options.facts)
        for measure in all where options.only.isEmpty || options.only.contains(measure.name) {
            note("\(measure.name) …")
            report.measures.append(try measure.take(options))
        }
        print(try report.json)
    }
}

/// One thing that is measured.
protocol Measure: SendableMetatype {
    /// As `--only` names it.
    static var name: String { get }
    static func take(_ options: Options) throws -> Findings
}

/// Progress, for whoever waits.
func note(_ text: String) { try? FileHandle.standardError.write(contentsOf: Data("\(text)\n".utf8)) }
