import Estate
import Screen

/// What an estate without units says in place of empty lists: how to begin.
enum Beginning {
    static func isNow(_ context: Context) -> Bool { context.estate.people.units.isEmpty }

    /// The way in for the member, a line each; none once there are units.
    static func lines(_ context: Context) -> [Line] {
        guard isNow(context), context.member != nil else { return [] }
        let key = context.keys.key(of: "palette")
        func step(_ what: Label, _ doc: Label) -> Line {
            Line([Span("\(key) ", .key), Span(context(what), .strong), Span("  \(context(doc))", .muted)])
        }
        func may(_ action: any Action.Type) -> Bool { context.disabledReason(action) == nil }
        var lines: [Line] = []
        if may(AddUnit.self) {
            lines = [
                step(
                    Command.importing.label,
                    Label("从 .xlsx 或 CSV：先房号，再住户、账单……", en: "from .xlsx or CSV: units, then people, bills…")),
                step(AddUnit.label, Label("一户一户登记", en: "one by one")),
            ]
        }
        if may(AddStaff.self) {
            lines.append(step(AddStaff.label, Label("同事各用自己的工号登录", en: "each colleague signs in with a number")))
        }
        let rules = Label(
            "本小区的规定：数据文件夹的 handbook/，见使用手册", en: "the estate's own policy: handbook/ in the data folder")
        let none = Label("请主管或经理先导入房号", en: "a supervisor or the manager imports the units first")
        let title = Label("还没有房号，从这里开始：", en: "There are no units yet. To begin:")
        return lines.isEmpty
            ? [Line(context(none), .muted)]
            : [Line(context(title), .strong)] + lines + [Line(context(rules), .muted)]
    }

    /// The line in a list without the keyboard.
    static let short = Label("还没有房号", en: "no units yet")
}
