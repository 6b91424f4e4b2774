import Estate
import Screen

extension FollowUpList {
    /// Writes 《回访记录》 sheets for printing: of the selected visit, or of all that are due by today.
    static let sheet = Command(
        "followups.sheet", Label("回访单", en: "Sheets"),
        doc: Label("打印用的《回访记录》：选中的一件，或今日到期和逾期的", en: "visit sheets to print: of the selected case, or of all due"),
        keys: [.control("e")], priority: 3,
        disabledReason: { _, context in context.member == nil ? Label("请先登录", en: "sign in first") : nil },
        run: { session, context in
            func item(_ label: Label, _ sheet: FollowUpSheet, _ doc: (Document?) -> Label) -> MenuLayer.Item {
                let document = try? sheet.document(of: context.estate, at: context.now, context.language)
                return MenuLayer.Item(
                    label: label, doc: doc(document), intents: document.map { [.effect(.save($0))] } ?? [])
            }
            let selected = selected(in: session, context).map { row in
                item(Label("选中的一件", en: "The selected case"), FollowUpSheet(followup: row.id)) { _ in
                    Label("\(row.unit.text) \(row.text)", en: "\(row.unit.text) \(row.text)")
                }
            }
            let due = item(Label("今日到期和逾期", en: "All due"), FollowUpSheet()) {
                Label("\($0?.sheets.count ?? 0) 件", en: "\($0?.sheets.count ?? 0) cases")
            }
            let items = [selected, due].compactMap { $0 }
            return .open(MenuLayer(title: Line(context(FollowUpSheet.label), .title), items: items))
        })
}
