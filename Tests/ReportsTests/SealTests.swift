import Journal
import Screen
import Testing

@testable import Estate
@testable import Reports

@Suite("The head of the journal under documents")
struct SealTests {
    private let seal = HeadSeal("1234:3f2a91bc77e015d4")

    private func text(_ document: Document, _ format: ReportFormat) -> String {
        format == .html ? document.html(sealedBy: seal) : TextDocument(document.sealed(by: seal)).text
    }

    @Test("each sheet ends with it, as text and for the printer, after its own small print")
    func sheets() throws {
        for format in [ReportFormat.text, .html] {
            let parts = text(.sample("文字"), format).components(separatedBy: "记录核对码 1234:3f2a-91bc-77e0-15d4")
            #expect(parts.count == 3, "\(format)")
            #expect(parts[0].contains("文字"))
        }
        let lines = text(.sample("文字"), .text).split(separator: "\n")
        #expect(lines.suffix(2) == ["文字", "记录核对码 1234:3f2a-91bc-77e0-15d4"])
    }

    @Test("a document without a sheet has it once, and a sheet without small print has it alone")
    func others() {
        let none = Document(name: "none", title: "催缴函", language: .english, sheets: [], empty: "nobody owes")
        for format in [ReportFormat.text, .html] {
            #expect(text(none, format).components(separatedBy: "Record code 1234:3f2a-91bc-77e0-15d4").count == 2)
        }
        let sheet = Sheet(heading: "一", number: "", blocks: [.text("二")], foot: "")
        let bare = Document(name: "bare", title: "一", language: .chinese, sheets: [sheet], empty: "")
        #expect(text(bare, .text).hasSuffix("=\n记录核对码 1234:3f2a-91bc-77e0-15d4\n"))
    }

    @Test("it fits into a line with the longest number")
    func width() throws {
        let seal = try #require(HeadSeal("a-gate-with-a-name:9007199254740992:3f2a91bc77e015d4"))
        for language in [Language.chinese, .english] {
            #expect(TextWidth().width(of: seal.label[language]) <= 80)
        }
    }
}
