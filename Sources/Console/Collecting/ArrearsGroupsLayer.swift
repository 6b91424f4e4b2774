import Estate
import Screen

/// The arrears by building, age, collector or promise. Enter shows the households of a group in the list.
struct ArrearsGroupsLayer: RowLayer {
    private var by: ArrearsGrouping
    private let settings: ListSettings
    private var groups: [ArrearsGroup] = []
    private var position = ListPosition(selection: 0)

    /// `settings`: those of the list, which it keeps but for the group.
    init(_ by: ArrearsGrouping, _ settings: ListSettings, _ context: Context) {
        (self.by, self.settings) = (by, settings)
        refresh(context)
    }

    mutating func refresh(_ context: Context) {
        groups = ArrearsGroupsView(by: by).subjects(in: context.view)
        position.move(by: 0, count: groups.count)
    }

    /// The next way to put them together; `nil` after the last.
    private var next: ArrearsGrouping? {
        let all = ArrearsGrouping.allCases
        return all.firstIndex(of: by).flatMap { all.indices.contains($0 + 1) ? all[$0 + 1] : nil }
    }

    mutating func handle(_ event: Event, _ context: Context) -> LayerResult {
        guard case .key(let key) = event else { return .ignored }
        switch key.commandEquivalent {
        case .escape: return .dismissed()
        case .control("b"):
            guard let next else { return .dismissed() }
            (by, position) = (next, ListPosition(selection: 0))
            refresh(context)
        case .enter:
            guard let index = position.selection, groups.indices.contains(index) else { return .handled() }
            var settings = settings
            settings.group = ListGroup(id: groups[index].id, label: groups[index].label)
            return .dismissed([.settings(settings, pane: FeeList.name)])
        case let key: return position.step(on: key, count: groups.count) ? .handled() : .ignored
        }
        return .handled()
    }

    mutating func choose(at point: Point, in screen: Rect, _ measure: TextWidth, _ context: Context) -> Bool {
        guard let index = table(context).index(at: point, in: place(in: screen, context)) else { return false }
        defer { position.selection = index }
        return position.selection == index
    }

    // MARK: Drawing

    private func columns(_ context: Context) -> [Column] {
        func column(_ label: Label, _ width: Int, _ priority: Int) -> Column {
            .fixed(
                context(label), max(width, TextWidth().width(of: context(label))), alignment: .right, priority: priority
            )
        }
        return [
            Column(context(by.label), min: 8, ideal: 14, priority: 9),
            column(Label("户数", en: "Units"), 4, 8), column(Label("欠费", en: "Owed"), 12, 9),
            column(Label("当月收缴率", en: "Rate"), 6, 4), column(Label("今日承诺", en: "Due"), 4, 5),
            column(Label("失约", en: "Broken"), 4, 6), column(Label("未联系", en: "Not called"), 6, 7),
        ]
    }

    private func cells(_ group: ArrearsGroup, _ context: Context) -> [Line] {
        func count(_ number: Int, _ style: Style) -> Line { Line("\(number)", number == 0 ? .faint : style) }
        return [
            Line(context(group.label), .strong), Line("\(group.households)"), Line(group.owed.grouped),
            Line(group.rate.map { "\($0.short)%" } ?? "—", .muted), count(group.due, .warning),
            count(group.broken, .warning), count(group.uncontacted, .text),
        ]
    }

    private func popup(_ context: Context) -> Popup {
        let total = groups.reduce(Money.zero) { $0 + $1.owed }
        let columns = columns(context)
        return Popup(
            title: [
                Span(context(ArrearsGroupsView.label), .title), Span(" · ", .faint),
                Span(context(by.label), .accent),
            ],
            trailing: Line(context(Label("合计 \(total.grouped)", en: "total \(total.grouped)")), .muted),
            size: Size(width: columns.reduce(columns.count + 3) { $0 + $1.ideal }, height: max(groups.count, 1) + 3))
    }

    private func place(in screen: Rect, _ context: Context) -> Rect {
        popup(context).inner(in: screen).inset(horizontal: -1)
    }

    private func table(_ context: Context) -> Table {
        let groups = groups
        return Table(
            columns: columns(context), count: groups.count, position: position, isFocused: true, showsHeader: true,
            emptyMessage: Line(context(FeeList.empty(context)), .muted), gap: 1
        ) { Table.Row(cells(groups[$0], context)) }
    }

    func draw(into grid: inout Grid, rect: Rect, _ context: Context) {
        popup(context).draw(into: &grid, rect: rect)
        table(context).draw(into: &grid, rect: place(in: rect, context))
    }

    func hints(_ context: Context) -> [KeyHint] {
        let other = next.map(\.label) ?? Label("住户", en: "households")
        return [
            KeyHint("↑↓", context(Label("选择", en: "choose")), priority: 3),
            KeyHint("Enter", context(Label("进入这一组", en: "its households")), priority: 6),
            KeyHint(
                context.keys.key(of: "fees.groups"), context(Label("按\(other.chinese)", en: "by \(other.english)")),
                priority: 5),
            KeyHint("Esc", context(Label("返回", en: "back")), priority: 7),
        ]
    }
}
