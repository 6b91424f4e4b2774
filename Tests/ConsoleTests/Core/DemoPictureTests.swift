import Foundation
import Screen
import Testing

@testable import Console
@testable import Estate

/// What every pane shows of the demo estate, with its styles, as it stands in `Golden/`.
///
/// After a change that is meant, `FRONTDESK_WRITE_DOCS=1 swift test --filter DemoPictureTests` writes the files anew; read
/// the difference before it is committed.
@Suite struct DemoPictureTests {
    /// Three months of the demo estate, as of a Monday afternoon.
    private nonisolated(unsafe) static let estate = Result { try TestEstate(demoOf: 3) }
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Golden")

    @Test(arguments: Windows.all.map(\.name))
    func window(name: String) throws {
        let console = try ConsoleDriver(Self.estate.get(), as: "周敏", size: Size(width: 120, height: 24))
        let window = try #require(Windows.all.first { $0.name == name })
        var text: [String] = []
        for tab in window.tabs {
            console.show(tab.pane.name)
            while let reading = console.controller.pastReading {
                reading.work.wait()
                _ = console.controller.catchUp()
            }
            #expect(console.controller.session.focused.name == tab.pane.name)
            text += ["# \(tab.label.chinese)"] + described(console.grid)
        }
        let file = Self.folder.appendingPathComponent("\(name).txt")
        if ProcessInfo.processInfo.environment["FRONTDESK_WRITE_DOCS"] == "1" {
            try (text.joined(separator: "\n") + "\n").write(to: file, atomically: true, encoding: .utf8)
        }
        let golden = try String(contentsOf: file, encoding: .utf8).split(
            separator: "\n", omittingEmptySubsequences: false
        ).dropLast().map(String.init)
        for (number, (line, former)) in zip(text, golden).enumerated() where line != former {
            Issue.record("line \(number + 1) of \(name).txt is\n\(line)\nand was\n\(former)")
            break
        }
        #expect(text.count == golden.count)
    }

    /// Each row as text, and below it the styles of its characters, if any is not plain.
    private func described(_ grid: Grid) -> [String] {
        (0..<grid.size.height).flatMap { y -> [String] in
            let row = grid.row(y)
            let text = row.reduce(into: "") { $0 += $1.text }.replacing(Self.code) { _ in "0:0000-0000-0000-0000" }
            let styles = String(row.map { Self.sign(of: $0) }).trimmingSuffix(" ")
            return ["|" + text.trimmingSuffix(" ")] + (styles.isEmpty ? [] : [" " + styles])
        }
    }

    /// The hash of a line, which keys of particulars make another each time.
    private static var code: some RegexComponent { /\d+:[0-9a-f]{4}(-[0-9a-f]{4}){3}/ }

    /// The tone of a character, a capital on a background of its own; frames and blanks have none.
    private static func sign(of cell: Cell) -> Character {
        if cell.text.unicodeScalars.allSatisfy({ $0 == " " || ("\u{2500}"..."\u{257F}").contains($0) }) { return " " }
        let sign: Character =
            switch cell.style.tone {
            case .text: "."
            case .strong: "s"
            case .muted: "m"
            case .faint: "f"
            case .accent: "a"
            case .good: "g"
            case .warning: "w"
            case .danger: "d"
            case .info: "i"
            case .title: "t"
            case .key: "k"
            case .match: "x"
            case .frame, .frameFocused: " "
            }
        switch cell.style.ground {
        case nil, .plain, .stripe, .popup: return sign
        default: return sign == "." ? "o" : Character(sign.uppercased())
        }
    }
}

extension StringProtocol {
    /// Without this sign at the end.
    fileprivate func trimmingSuffix(_ sign: Character) -> String {
        String(reversed().drop { $0 == sign }.reversed())
    }
}
