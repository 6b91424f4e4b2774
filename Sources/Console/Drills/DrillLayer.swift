import Estate
import Screen

/// One plate after the other: its last four characters, then whose it is, then whether the member knew it. Two keys a card.
struct DrillLayer: Layer {
    private var session: DrillSession
    private var question: DrillQuestion?
    private var isOpen = false
    /// How many the member has answered since the layer was opened.
    private var count = 0

    init(_ context: Context) {
        session = context.estate.drill(of: context.member?.code ?? "", at: context.now)
        question = session.next
    }

    var isModal: Bool { false }

    mutating func refresh(_ context: Context) {
        let member = context.member?.code ?? ""
        if let question {
            let card = context.estate.drillCard(of: question.vehicles.map(\.id), for: member)
            let isAsked = context.estate.people.vehicles[question.plate ?? .placeholder] != nil
            if isAsked, card?.recall == question.card?.recall { return }
            if isOpen, isAsked { count += 1 }
        }
        isOpen = false
        session = context.estate.drill(of: member, at: context.now)
        question = session.next
    }

    // MARK: Keys

    mutating func handle(_ event: Event, _ context: Context) -> LayerResult {
        guard case .key(let key) = event else { return .ignored }
        if key == .escape { return .dismissed() }
        guard let question else { return key == .enter ? .dismissed() : .ignored }
        if !isOpen {
            guard key == .enter || key.commandEquivalent == .character(" ") else { return .ignored }
            isOpen = true
            return .handled()
        }
        guard let plate = question.plate else { return .ignored }
        switch key.commandEquivalent {
        case .character("1"): return .handled([answer(plate, .again)])
        case .character("2"): return .handled([answer(plate, .good)])
        // The key that showed the answer does not give one.
        default: return .ignored
        }
    }

    private func answer(_ plate: Plate, _ result: DrillResult) -> Intent {
        .perform(
            AnswerDrill(plate: plate, result),
            done: Label("\(plate.text)：\(result.label.chinese)", en: "\(plate.text): \(result.label.english)"))
    }

    // MARK: Picture

    private func lines(_ context: Context) -> [Line] {
        guard let question else {
            let more = session.soon.isEmpty ? Label.none : Label("，几分钟后还有", en: "; more in some minutes")
            return [
                Line([]), Line(context(Label("今天练完了\(more.chinese)", en: "done for today\(more.english)")), .good),
                Line(context(Label("这次答了 \(count) 张", en: "\(count) answered")), .muted),
            ]
        }
        let many = question.vehicles.count
        let head = Line([
            Span(context(Label("尾号  ", en: "ending  ")), .muted), Span(question.ending, .strong),
            Span(many > 1 ? context(Label("  有 \(many) 辆", en: "  \(many) vehicles")) : "", .muted),
        ])
        if !isOpen {
            return [
                head, Line([]), Line(context(Label("哪一户？住户姓什么？想好再看", en: "whose is it? Think, then look")), .muted),
            ]
        }
        return [head, Line([])]
            + question.vehicles.map { vehicle in
                let residents = context.estate.people.residents(of: vehicle.unit)
                let names = residents.filter { $0.role == .owner || $0.role == .tenant }.prefix(3).map {
                    "\($0.name)（\(context($0.role.label))）"
                }
                return Line([
                    Span(vehicle.words(in: context.estate), .strong), Span("  \(vehicle.unit.text)  "),
                    Span(names.joined(separator: "、")),
                ])
            }
    }

    /// 已答 3 · 待复习 12 · 新 20.
    private func progress(_ context: Context) -> Line {
        Line(
            context(
                Label(
                    "已答 \(count) · 待复习 \(session.due.count) · 新 \(session.new.count)",
                    en: "answered \(count) · due \(session.due.count) · new \(session.new.count)")), .muted)
    }

    private func popup(_ context: Context, in rect: Rect) -> Popup {
        let height = max(5, question?.vehicles.count ?? 0) + 4
        return Popup(
            title: Line(context(DrillsView.label), .title), trailing: progress(context),
            size: Size(width: min(rect.width - 4, 66), height: min(rect.height - 2, height)))
    }

    func draw(into grid: inout Grid, rect: Rect, _ context: Context) {
        let popup = popup(context, in: rect)
        popup.draw(into: &grid, rect: rect)
        grid.cursor = nil
        let inner = popup.inner(in: rect)
        Paragraph(lines(context)).draw(into: &grid, rect: inner)
        if isOpen, question != nil {
            let keys = [
                Span("1", .key), Span(" \(context(DrillResult.again.label))    "), Span("2", .key),
                Span(" \(context(DrillResult.good.label))"),
            ]
            grid.put(Line(keys), in: inner.row(inner.height - 1), align: .right)
        }
    }

    func hints(_ context: Context) -> [KeyHint] {
        let stop = KeyHint("Esc", context(Label("停下", en: "stop")), priority: 5)
        guard question != nil else { return [stop] }
        if !isOpen { return [KeyHint("Enter", context(Label("看答案", en: "look")), priority: 6), stop] }
        return [
            KeyHint("1", context(DrillResult.again.label), priority: 6),
            KeyHint("2", context(DrillResult.good.label), priority: 6), stop,
        ]
    }

    func keys(answering line: String, _ context: Context) -> [Key]? {
        if line.isEmpty { return [.enter] }
        return ["1", "2"].contains(line.halfwidth) && isOpen ? [.character(Character(line.halfwidth))] : nil
    }

    func spoken(_ context: Context) -> [String] {
        let lines = lines(context).map(\.text).filter { !$0.isEmpty }
        return [context(DrillsView.label)] + lines + [progress(context).text]
    }
}
