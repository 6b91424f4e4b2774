import Estate
import Screen

/// Something that can be copied, under the name that it has on the screen.
struct Copy: Hashable {
    let name: String
    /// Made of visible signs only; the fields of a row with tabs between them.
    let text: String
}

/// What of a record is copied to the clipboard: the whole row, unless another line is chosen.
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

    mutating func handle(_ event: Event, _ context: Context) -> LayerAnswer {
        switch event {
        case .key(.escape): return .close
        // The key that opened it, once more, takes the row.
        case .key(.enter), .key(.control("c")):
            guard let copy = list.selected?.choice else { return .stay }
            return .leave { session, context in
                let shown = copy.text.replacing("\t", with: "  ")
                session.say(context(Label("已复制 \(copy.name)：\(shown)", en: "copied \(copy.name): \(shown)")), context)
                return [.copy(copy.text)]
            }
        default:
            _ = list.handle(event, context)
            return .stay
        }
    }

    func draw(into grid: inout Grid, rect: Rect, _ context: Context) {
        list.draw(
            into: &grid, rect: rect, title: Line(context(Label("复制", en: "Copy")), .title),
            placeholder: context(Label("哪一项：名称、内容或拼音", en: "which field: its name or what is in it")),
            empty: context(Label("没有这一项", en: "no such field")))
    }

    func hints(_ context: Context) -> [KeyHint] {
        [
            KeyHint("↑↓", context(Label("选择", en: "choose")), priority: 3),
            KeyHint("Enter", context(Label("复制", en: "copy")), priority: 4),
            KeyHint("Esc", context(Label("返回", en: "back")), priority: 5),
        ]
    }
}
