import Estate
import Screen

/// A text that can be copied, with its name on the screen.
struct Copy: Hashable {
    let name: String
    /// Visible characters only; the fields of a row are separated by tabs.
    let text: String
}

/// Chooses the text that is copied to the clipboard: the whole row, or one of its fields.
struct CopyLayer: ChoiceLayer {
    var list: ChoiceList<Copy>

    init(_ copies: [Copy], _ context: Context) {
        list = ChoiceList(
            copies.map { copy in
                .init(
                    choice: copy, name: Line(copy.name, .strong),
                    detail: Line(copy.text.replacing("\t", with: "  "), .text), trailing: Line([]),
                    words: [copy.name, copy.text])
            }, context)
    }

    /// The key that opened the layer copies too.
    mutating func handle(_ event: Event, _ context: Context) -> LayerResult {
        choose(by: event == .key(.control("c")) ? .key(.enter) : event, context)
    }

    func take(_ copy: Copy, _ context: Context) -> LayerResult {
        let shown = copy.text.replacing("\t", with: "  ")
        let done = Label("已复制 \(copy.name)：\(shown)", en: "copied \(copy.name): \(shown)")
        return .dismissed([.say(done), .effect(.copy(copy.text))])
    }

    func heading(_ context: Context) -> ChoiceHeading {
        ChoiceHeading(
            title: Line(context(Label("复制", en: "Copy")), .title),
            placeholder: Label("哪一项：名称、内容或拼音", en: "which field: its name or what is in it"),
            empty: Label("没有这一项", en: "no such field"))
    }

    func hints(_ context: Context) -> [KeyHint] { .choosing(Label("复制", en: "copy"), context) }
}
