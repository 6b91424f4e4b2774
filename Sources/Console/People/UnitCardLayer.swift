import Estate
import Screen

/// What a line of a card is about.
enum CardSubject: Hashable, Sendable {
    case unit
    case person(Ref<Person>)
    /// One of several numbers, or one with a note.
    case number(Ref<Person>, Phone)
    case vehicle(Plate)
    /// A record of a pane, by its id and the pane's name.
    case record(String, pane: String)
    /// A heading, or text about no record.
    case text

    var person: Ref<Person>? {
        switch self {
        case .person(let id), .number(let id, _): id
        default: nil
        }
    }

    fileprivate var isSelectable: Bool { self != .text }

    /// Whether both are lines of one section.
    fileprivate func isLike(_ other: CardSubject) -> Bool {
        switch (self, other) {
        case (.person, .person), (.person, .number), (.number, .person), (.number, .number): true
        case (.vehicle, .vehicle): true
        case (.record(_, let pane), .record(_, let another)): pane == another
        default: false
        }
    }
}

/// The card of a unit or a place as a layer: from the selected line one calls, reports, corrects, records who left.
struct UnitCardLayer: RowLayer {
    struct Row {
        let line: Line
        let subject: CardSubject
    }

    private(set) var unit: UnitCode
    private(set) var title = Line([])
    private(set) var rows: [Row] = []
    private var position = ListPosition(selection: 0)

    /// It selects the line of `person`, or of the car with `plate`.
    init(_ unit: UnitCode, _ person: Person?, _ context: Context, plate: Plate? = nil) {
        self.unit = unit
        refresh(context)
        let wanted = plate.map { CardSubject.vehicle($0) } ?? person.map { CardSubject.person($0.id) } ?? .unit
        position.selection = rows.firstIndex { $0.subject == wanted } ?? selectable.first
    }

    var isModal: Bool { false }
    var commands: [Command] { UnitCardCommand.commands + [.undo, .drafts] }

    private var selectable: [Int] { rows.indices.filter { rows[$0].subject.isSelectable } }

    /// What the selected line is about.
    var subject: CardSubject {
        position.selection.flatMap { rows.indices.contains($0) ? rows[$0].subject : nil } ?? .text
    }

    mutating func refresh(_ context: Context) {
        unit = context.estate.people.current(unit)
        let (former, place) = (subject, position.selection ?? 0)
        let card = UnitCard(unit, nil, context)
        (title, rows) = (card.heading, card.rows)
        func nearest(_ isFitting: (CardSubject) -> Bool) -> Int? {
            selectable.filter { isFitting(rows[$0].subject) }.min { abs($0 - place) < abs($1 - place) }
        }
        // The same line; of one that is gone the same person's, else that which has come in its place among its kind. What
        // is of another kind does something else on the same key: then it is the unit's.
        position.selection =
            nearest { $0 == former } ?? nearest { $0.person != nil && $0.person == former.person }
            ?? nearest { $0.isLike(former) } ?? selectable.first
    }

    mutating func handle(_ event: Event, _ context: Context) -> LayerResult {
        guard case .key(let key) = event else { return .ignored }
        if key == .escape { return .dismissed() }
        return position.step(on: key, among: selectable) ? .handled() : .ignored
    }

    mutating func choose(at point: Point, in screen: Rect, _ measure: TextWidth, _ context: Context) -> Bool {
        let before = position
        let isChosen = position.choose(at: point, of: rows.count, in: place(in: screen))
        if !subject.isSelectable { position = before }
        return isChosen && subject.isSelectable
    }

    private func popup(in screen: Rect) -> Popup {
        let width = min(screen.width - 4, max(72, min(96, screen.width * 3 / 4)))
        return Popup(
            title: title,
            size: Size(width: width, height: min(screen.height - 2, max(5, rows.count + 2))))
    }

    private func place(in screen: Rect) -> Rect { popup(in: screen).inner(in: screen).inset(horizontal: -1) }

    func draw(into grid: inout Grid, rect: Rect, _ context: Context) {
        popup(in: rect).draw(into: &grid, rect: rect)
        Table(
            columns: [.filling("", min: 10)], rows: rows.map { Table.Row([$0.line]) }, position: position,
            isFocused: true
        ).draw(into: &grid, rect: place(in: rect))
    }

    func hints(_ context: Context) -> [KeyHint] {
        let place = CardPlace(self, context)
        let own = UnitCardCommand.all.compactMap { command -> KeyHint? in
            guard command.reason(at: place, context) == nil, let key = context.keys.firstKey(of: command.name) else {
                return nil
            }
            return KeyHint(key, context(command.hint(subject) ?? command.label), priority: command.priority)
        }
        // Where two keys do the same now, the first is enough.
        let distinct = own.indices.filter { index in !own[..<index].contains { $0.label == own[index].label } }
        let undo = context.disabledReason(UndoAction.self) == nil ? context.keys.firstKey(of: Command.undo.name) : nil
        return distinct.map { own[$0] } + (undo.map { [KeyHint($0, context(Command.undo.label), priority: 1)] } ?? [])
            + [KeyHint("F1", context(Label("更多", en: "more")), priority: 5)]
            + .reading(Label("选择", en: "choose"), context)
    }
}

extension UnitCardLayer {
    /// A number selects a line. An empty line does what Enter does on the selected line.
    func keys(answering line: String, _ context: Context) -> [Key]? {
        if line.isEmpty { return [.enter] }
        guard let number = Int(line.halfwidth), (1...max(1, selectable.count)).contains(number) else { return nil }
        return [.home] + Key.moving(by: number - 1)
    }

    /// The lines, with the numbers of those that can be selected.
    func spoken(_ context: Context) -> [String] {
        var number = 0
        let lines = rows.map { row in
            let text = row.line.text.trimmed
            if text.isEmpty || !row.subject.isSelectable { return text }
            number += 1
            return "\(number)\(row.subject == subject ? context(Label("（选中）", en: " (selected)")) : "") \(text)"
        }
        return [title.text] + lines.filter { !$0.isEmpty }
    }
}
