import Estate
import Screen

extension FollowUpList {
    /// 《回访记录》 to be printed: of the selected case, or of all that have to be visited by today.
    static let sheet = Command(
        "followups.sheet", Label("回访单", en: "Sheets"),
        doc: Label("打印用的《回访记录》：选中的一件，或今日到期和逾期的", en: "visit sheets to print: of the selected case, or of all due"),
        keys: [.control("e")], priority: 3,
        whyNot: { _, context in context.member == nil ? Label("请先登录", en: "sign in first") : nil },
        run: { session, context in
            let due = try? VisitSheet().document(of: context.estate, at: context.now, context.language)
            let count = due?.sheets.count ?? 0
            var items = [
                MenuLayer.Item(
                    label: Label("今日到期和逾期", en: "All due"),
                    doc: Label("\(count) 件", en: "\(count) cases")
                ) { _, _ in [due].compactMap { $0 }.map(Effect.save) }
            ]
            if let row = session.pane(ListPane<FollowUpList>.self)?.selected {
                let words = "\(row.unit.text) \(row.text)"
                let selected = MenuLayer.Item(
                    label: Label("选中的一件", en: "The selected case"), doc: Label(words, en: words)
                ) { _, context in
                    let sheet = try? VisitSheet(followup: row.id).document(
                        of: context.estate, at: context.now, context.language)
                    return sheet.map { [.save($0)] } ?? []
                }
                items.insert(selected, at: 0)
            }
            session.open(MenuLayer(title: Line(context(VisitSheet.label), .title), items: items))
            return []
        })
}

extension DetailLayer {
    /// Where something to be printed was put.
    init(saved document: Document, at path: String, _ context: Context) {
        let count = document.sheets.count
        self.init(
            title: Line(document.title, .title),
            lines: [
                Line(context(Label("已写好 \(count) 张：", en: "\(count) sheets are written:")), .text), Line(path, .strong),
                Line([]),
                Line(
                    context(
                        Label(
                            "用浏览器打开，按 A4 打印。只有本机的这个用户可读。",
                            en: "Open it in a browser and print it on A4. Only you can read it.")),
                    .muted),
            ])
    }
}
