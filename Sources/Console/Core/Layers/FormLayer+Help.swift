import Estate
import Screen

extension FormLayer {
    func hints(_ context: Context) -> [KeyHint] {
        let field = fields[current]
        let isLast = current == asked.last && field.completion == nil
        var hints = [
            KeyHint("Enter", context(isLast ? Label("提交", en: "submit") : Label("下一项", en: "next")), priority: 8)
        ]
        if field.isChoice {
            hints.append(KeyHint("←→", context(Label("选择", en: "choose")), priority: 5))
        } else if !field.completions.isEmpty {
            hints.append(KeyHint("↑↓", context(Label("候选", en: "suggestions")), priority: 5))
        }
        if !field.earlier.isEmpty {
            hints.append(KeyHint("Ctrl-P", context(Label("上次所填", en: "earlier")), priority: 4))
        }
        return hints + [
            KeyHint("Tab", context(Label("换项", en: "move")), priority: 3),
            KeyHint("Ctrl-S", context(Label("提交", en: "submit")), priority: 7),
            KeyHint("Esc", context(Label("放弃", en: "give up")), priority: 6),
            KeyHint(context.keys.key(of: "help"), context(Label("帮助", en: "help")), priority: 2),
        ]
    }
}

extension FormLayer {
    var reminder: Label? {
        Label("表单未提交：Ctrl-S 提交，Esc 放弃", en: "the form is not sent: Ctrl-S sends it, Esc gives it up")
    }

    func help(_ context: Context) -> (any Layer)? { DetailLayer(helpFor: fields[current], context) }
}

extension DetailLayer {
    /// The keys of a form, those of its current field first.
    fileprivate init(helpFor field: FormField, _ context: Context) {
        let digits = [("1–9", Label("还没有输入时：选列出的一项", en: "while nothing is typed: take one of the list"))]
        let own: [(String, Label)] =
            field.isChoice
            ? [("←→", Label("选择；也可输入汉字、拼音或首字母", en: "choose; or type a word, its pinyin or first letters"))]
            : [
                ("↑↓", Label("选候选", en: "choose a suggestion")),
                ("Ctrl-P Ctrl-N", Label("上次所填", en: "earlier input")),
                ("Ctrl-W Ctrl-U", Label("删去一词、全部", en: "cut a word, or all")),
                ("Ctrl-Y Ctrl-_", Label("放回、撤销", en: "paste the cut text, undo")),
            ]
        let others: [(String, Label)] = [
            ("Enter", Label("接受候选；下一项；在末项提交", en: "take the suggestion; go on; at the last field, submit")),
            ("Tab Shift-Tab", Label("下一项，上一项", en: "the next field, the one before")),
            ("Ctrl-S", Label("提交", en: "submit")),
            ("Esc", Label("收起候选；放弃（填过的要再按一次）", en: "no suggestions; give up (twice if anything is filled in)")),
        ]
        let overLayers = Command.global.filter { $0.worksOverLayers && $0.name != "help" }.map {
            (context.keys.key(of: $0.name), $0.label)
        }
        let keys = (field.isNumbered ? digits : []) + own + others + overLayers
        let measure = TextWidth()
        let width = keys.map { measure.width(of: $0.0) }.max() ?? 0
        let label = field.description.label
        self.init(
            title: Line(context(Label("帮助 · \(label.chinese)", en: "Help · \(label.english)")), .title),
            lines: keys.map { key, words in
                [Span(measure.pad(key, to: width, align: .left), .key), Span("  \(context(words))")]
            })
    }
}
