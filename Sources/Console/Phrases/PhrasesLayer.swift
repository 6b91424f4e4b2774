import Estate
import Screen

/// The courtesy phrases of all twelve classes (section 2); those that fit now stand first.
struct PhrasesLayer: ChoiceLayer {
    var list: ChoiceList<FittingPhrase>

    init(_ occasion: PhraseOccasion, _ context: Context) {
        let items = context.estate.handbook.phrases(for: occasion).map { phrase in
            ChoiceList<FittingPhrase>.Item(
                choice: phrase, name: Line(context(Label(phrase.class, en: phrase.englishClass)), .muted),
                detail: [
                    Span(phrase.text, phrase.why == nil ? .text : .strong),
                    Span(context.language == .english ? phrase.gloss.map { "  \($0)" } ?? "" : "", .muted),
                ],
                trailing: Line(phrase.why.map { context($0) } ?? "", .accent),
                words: [phrase.text, phrase.class] + (context.language == .english ? [phrase.gloss ?? ""] : []))
        }
        list = ChoiceList(items, context)
    }

    var isModal: Bool { false }

    /// Phrases are read: Enter closes the list.
    func take(_ phrase: FittingPhrase, _ context: Context) -> LayerResult { .dismissed() }

    func heading(_ context: Context) -> ChoiceHeading {
        ChoiceHeading(
            title: Line(context(Label("用语", en: "Phrases")), .title),
            placeholder: Label("中文或拼音，类别亦可", en: "Chinese or pinyin, or a class"),
            empty: Label("没有这样的用语", en: "no such phrase"))
    }

    /// A typed line filters: phrases are read, not taken.
    func keys(answering line: String, _ context: Context) -> [Key]? {
        line.isEmpty ? [.enter] : Key.typing(anew: line)
    }

    func hints(_ context: Context) -> [KeyHint] { .reading(Label("浏览", en: "look"), context) }
}

/// A pane that knows what the member is doing now, so that the phrases for it stand first.
protocol PhraseOccasionSource {
    func phraseOccasion(_ context: Context) -> PhraseOccasion?
}

extension Command {
    static let phrases = Command(
        "phrases", Label("用语", en: "Phrases"),
        doc: Label("十二类礼貌用语，此时合用的在前", en: "the courtesy phrases, those that fit now first"),
        keys: [.function(11)], priority: 3, worksOverLayers: true,
        run: { session, context in
            let sources = session.panes.lazy.compactMap { $0 as? any PhraseOccasionSource }
            let occasion = sources.compactMap { $0.phraseOccasion(context) }.first
            return .open(PhrasesLayer(occasion ?? PhraseOccasion(context.now, in: context.estate.zone), context))
        })
}
