import CBuild
import Estate
import Journal

/// The version of the program. The package and the manual page ask the program for it.
enum Version {
    /// The only place that holds it. Rises with every release: `dpkg` compares it.
    static let number = "0.9.0"

    /// The commit that it was built from, with a `+` if files had changed since; `nil` outside a repository.
    static var commit: String? {
        let text = String(cString: build_commit())
        return text.isEmpty ? nil : text
    }

    /// `frontdesk 0.9.0 (commit 10d1df974d, line format 2)`
    static var line: String {
        "frontdesk \(number) (\(commit.map { "commit \($0)" } ?? "commit unknown"), line format \(Line.version))"
    }
}
