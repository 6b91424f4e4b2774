import Estate
import Screen

/// The commands and movements of a list, and what can be copied of its rows.
extension ListPane {
    var commands: [Command] {
        Source.commands + [
            Source.rowCommand(
                "\(Source.name).detail", Label("详情", en: "Details"),
                doc: Label("选中记录的全部内容", en: "all of the selected record"), keys: [.character(" "), .control("d")],
                priority: 4
            ) { row, context in
                .open(DetailLayer(title: Line(context(Source.label), .title), lines: Source.detail(row, context)))
            },
            .history("\(Source.name).history") { session, context in
                Source.selected(in: session, context).flatMap(Source.subject)
            },
            Command(
                "\(Source.name).filter", Label("筛选", en: "Filter"),
                doc: Label("只看含有这些字或拼音的记录", en: "only what has these words or their pinyin"),
                keys: [.control("f"), .character("/")], priority: 4,
                run: { _, _ in .pane(.filter, name: Source.name) }),
            Command(
                "\(Source.name).columns", Label("列与排序", en: "Columns"),
                doc: Label("显示哪些列，按哪一列排序", en: "which columns are shown, and what the list is sorted by"),
                keys: [.control("k")], priority: 0,
                run: { session, _ in session.pane(Self.self).map { .open(ColumnLayer($0)) } ?? .none }),
            Command(
                "\(Source.name).copy", Label("复制", en: "Copy"),
                doc: Label("复制选中的整行，或其中一项", en: "copy the selected row, or one field of it"),
                keys: [.control("c")], priority: 0,
                disabledReason: { session, context in
                    Source.selected(in: session, context) == nil ? .nothingSelected : nil
                },
                run: { session, context in
                    let copies = session.pane(Self.self)?.copies(Glyphs(session.measure), context) ?? []
                    return .open(CopyLayer(copies, context))
                }),
        ]
    }

    func record(_ context: Context) -> String? { selected(context).flatMap(Source.subject) }

    var moves: [Move] {
        [
            Move(Label("上一条", en: "Up"), Label("选上一条记录", en: "the record above"), .up, .character("k")),
            Move(Label("下一条", en: "Down"), Label("选下一条记录", en: "the record below"), .down, .character("j")),
            Move(Label("上翻", en: "Page up"), Label("往上十条", en: "ten records up"), .pageUp),
            Move(Label("下翻", en: "Page down"), Label("往下十条", en: "ten records down"), .pageDown),
            Move(Label("第一条", en: "First"), Label("选第一条记录", en: "the first record"), .home, .character("g")),
            Move(Label("最后一条", en: "Last"), Label("选最后一条记录", en: "the last record"), .end, .character("G")),
            Move(Label("取消筛选", en: "No filter"), Label("重新列出全部记录", en: "all records again"), .escape),
        ]
    }

    /// The texts to copy of the selected row: the whole row as shown, then each field that has a value.
    private func copies(_ glyphs: Glyphs, _ context: Context) -> [Copy] {
        guard let selected = selected(context) else { return [] }
        let cells = Source.cells(selected, glyphs, context).map { VisibleText.visible($0.text).trimmed }
        let named = listColumns.indices.filter { listColumns[$0].isNamed }
        let whole = places.filter { listColumns[$0].isNamed }.map { cells[$0] }
        let details = Source.detail(selected, context).compactMap { line -> Copy? in
            guard line.spans.count == 2, let name = line.spans.first?.text.trimmed else { return nil }
            return Copy(name: name, text: VisibleText.visible(line.spans[1].text).trimmed)
        }
        let fields = named.map { Copy(name: context(listColumns[$0].label), text: cells[$0]) } + details
        var seen: Set<Copy> = []
        return [Copy(name: context(Label("整行", en: "The row")), text: whole.joined(separator: "\t"))]
            + fields.filter { !$0.text.isEmpty && $0.text != "—" && seen.insert($0).inserted }
    }
}
