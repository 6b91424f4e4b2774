import Foundation
import Testing

@testable import Console
@testable import Estate

/// Every label in the sources has English words, and no Chinese ones among them.
@Suite struct EnglishTests {
    private func sources() throws -> [(path: String, text: String)] {
        let root = URL(fileURLWithPath: #filePath).pathComponents.prefix { $0 != "Tests" }.joined(separator: "/")
        return try ["Sources/Console", "Sources/Estate", "Sources/Curses", "Sources/frontdesk"].flatMap { folder in
            let files = FileManager.default.enumerator(atPath: "\(root)/\(folder)")?.compactMap { $0 as? String } ?? []
            return try files.filter { $0.hasSuffix(".swift") }.map { file in
                ("\(folder)/\(file)", try String(contentsOfFile: "\(root)/\(folder)/\(file)", encoding: .utf8))
            }
        }
    }

    /// The literal without what is interpolated.
    private func words(_ literal: Substring) -> String {
        String(literal).replacing(/\\\((?:[^()]|\([^()]*\))*\)/, with: "")
    }

    @Test func englishWordsAreEnglish() throws {
        let sources = try sources()
        #expect(sources.count > 100)
        var count = 0
        for (path, text) in sources {
            for match in text.matches(of: /\ben:\s*("(?:[^"\\]|\\.)*")/) {
                count += 1
                let english = words(match.output.1)
                #expect(!english.hasChinese, "\(path): \(english)")
            }
        }
        #expect(count > 500)
    }

    @Test func noLabelIsWithoutEnglish() throws {
        for (path, text) in try sources() {
            for match in text.matches(of: /Label\(\s*("(?:[^"\\]|\\.)*")\s*\)/) {
                #expect(!words(match.output.1).hasChinese, "\(path): \(match.output.1)")
            }
        }
    }

    /// Words that nobody can read without knowing them.
    @Test func englishIsNotAbbreviated() throws {
        let abbreviations = /\b(yest|tmrw|insp|rect|req|qty|amt|mgr|incl|approx|pcs|msg|nr|prev)\b\.?/
        for (path, text) in try sources() {
            for match in text.matches(of: /\ben:\s*("(?:[^"\\]|\\.)*")/) {
                let english = words(match.output.1)
                #expect(english.firstMatch(of: abbreviations) == nil, "\(path): \(english)")
            }
        }
    }
}
