import Estate
import Screen

/// The courtesy phrases of all twelve classes (section 2), to be read: those that fit now stand first.
struct PhrasesLayer: ChoiceLayer {
    var list: ChoiceList<FittingPhrase>

    init(_ occasion: PhraseOccasion, _ context: Context) {
        let items = context.estate.handbook.phrases(for: occasion).map { phrase in
            ChoiceList<FittingPhrase>.Item(
                choice: phrase, name: Line(phrase.class, .muted),
                detail: Line(phrase.text, phrase.why == nil ? .text : .strong),
                trailing: Line(phrase.why.map { context($0) } ?? "", .accent), words: [phrase.text, phrase.class])
        }
        list = ChoiceList(items, context)
    }

    mutating func handle(_ event: Event, _ context: Context) -> LayerAnswer {
        switch event {
        case .key(.escape), .key(.enter): return .close
        default:
            _ = list.handle(event, context)
            return .stay
        }
    }

    func draw(into grid: inout Grid, rect: Rect, _ context: Context) {
        list.draw(
            into: &grid, rect: rect, title: Line(context(Label("用语", en: "Phrases")), .title),
            placeholder: context(Label("中文或拼音，类别亦可", en: "Chinese or pinyin, or a class")),
            empty: context(Label("没有这样的用语", en: "no such phrase")))
    }

    /// They are read, and none is taken.
    func keys(answering line: String, _ context: Context) -> [Key]? {
        line.isEmpty ? [.enter] : Key.typing(anew: line)
    }

    func hints(_ context: Context) -> [KeyHint] {
        [
            KeyHint("↑↓", context(Label("浏览", en: "look")), priority: 3),
            KeyHint("Esc", context(Label("返回", en: "back")), priority: 5),
        ]
    }
}
