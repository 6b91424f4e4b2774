import Testing

@testable import Estate
@testable import Reports

@Suite("Reports as HTML")
struct HTMLTests {
    /// The tags except `<br>`, which stands for line breaks in texts.
    private func tags(_ html: String) -> [String] {
        html.matches(of: /<[^>]*>/).map { String($0.output) }.filter { $0 != "<br>" }
    }

    @Test("text from data adds no tag, entity or attribute: hostile text gives the same tags as harmless text")
    func escapesData() {
        let (harmful, harmless) = (
            Document.sample(hostile).html(sealedBy: nil), Document.sample("文字").html(sealedBy: nil)
        )
        #expect(tags(harmful) == tags(harmless))
        #expect(harmful.contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;amp;&quot;␛[31m⟨U+202E⟩红"))
        let signs = Set("\u{1B}\u{202E}\u{200B}\u{0C}\r".unicodeScalars)
        #expect(!harmful.unicodeScalars.contains { signs.contains($0) })
    }

    @Test("the file loads no external resource and contains no script")
    func isSelfContained() {
        let html = Document.sample("文字").html(sealedBy: nil).lowercased()
        for sign in ["<script", "http:", "https:", "src=", "href=", "url(", "@import", "onload", "javascript"] {
            #expect(!html.contains(sign), "\(sign)")
        }
        #expect(html.contains("default-src 'none'"))
        #expect(html.contains("@page { size: a4"))
    }

    @Test("each sheet is a page; a report without sheets has a message")
    func onePagePerSheet() {
        #expect(Document.sample("文字").html(sealedBy: nil).components(separatedBy: "<section").count == 3)
        let none = Document(name: "none", title: "回访记录", language: .english, sheets: [], empty: "没有<b>到期</b>")
        #expect(none.html(sealedBy: nil).contains("没有&lt;b&gt;到期&lt;/b&gt;"))
        #expect(none.html(sealedBy: nil).contains("<html lang=\"en\">"))
    }
}
