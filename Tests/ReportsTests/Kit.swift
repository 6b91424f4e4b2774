import Foundation
import Screen

@testable import Estate

/// Text with HTML, escape sequences, bidirectional overrides and a spreadsheet formula.
let hostile = "=1+1<script>alert('x')</script>&amp;\"\u{1B}[31m\u{202E}红\u{200B}\u{0C}\r\n@第二行 https://example.invalid/"

extension Document {
    /// A document of two sheets with every kind of block, in which every text is `text`.
    static func sample(_ text: String) -> Document {
        let blocks: [Sheet.Block] = [
            .heading(text),
            .entries([.init(text, text), .init(text, nil), .init(text, text, isWide: true), .init(text, nil)]),
            .table([text, text], [[text, text], ["", ""]]),
            .choices(text, [.init(text, isTicked: true, hasRoom: true, value: text), .init(text, isTicked: false)]),
            .words(text, text, lines: 2), .words(text, nil, lines: 2), .text(text),
            .chart(text, [.init(text, size: 3, text), .init(text, size: 0, text)]),
        ]
        let sheet = Sheet(heading: text, number: text, blocks: blocks, foot: text)
        return Document(name: "sample", title: text, language: .chinese, sheets: [sheet, sheet], empty: text)
    }
}

/// A temporary folder, deleted with the object.
final class Folder {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("reports-\(UUID().uuidString)").path

    init() throws { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    var names: [String] { (try? FileManager.default.contentsOfDirectory(atPath: path).sorted()) ?? [] }
}
