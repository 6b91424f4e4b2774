import Estate
import Screen

/// Finds the caller by number, room, name or pinyin.
struct CallerLayer: ChoiceLayer {
    var list: ChoiceList<PersonHit>
    private let call: Ref<Call>

    init(_ call: Ref<Call>, _ context: Context) {
        self.call = call
        list = ChoiceList(context) { query, context in
            context.estate.people.search(query, limit: 50).map { match in
                .init(
                    choice: match, name: Line(match.name ?? "—", .strong), detail: Line(match.unit.text, .text),
                    trailing: Line(match.tenure.map { context($0.label) } ?? "", .muted), words: [])
            }
        }
    }

    func take(_ match: PersonHit, _ context: Context) -> LayerResult {
        .dismissed([
            .perform(
                NameCaller(call: call, unit: match.unit, person: match.person),
                done: Label("来电人：\(match.unit.text) \(match.name ?? "")", en: "the caller is from \(match.unit.text)"))
        ])
    }

    func heading(_ context: Context) -> ChoiceHeading {
        ChoiceHeading(
            title: Line(context(Label("来电人", en: "Caller")), .title),
            placeholder: Label("电话、房号（32501）、姓名或拼音（zs）", en: "telephone, room (32501), name or pinyin"),
            empty: list.input.isEmpty ? Label("输入即查", en: "type to search") : Label("没有找到", en: "nobody found"))
    }

    func hints(_ context: Context) -> [KeyHint] { .choosing(Label("确认", en: "take"), context) }
}
