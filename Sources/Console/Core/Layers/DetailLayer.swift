import Estate
import Screen

/// Text to read, such as all fields of a record.
struct DetailLayer: Layer {
    /// A command that acts on what is shown.
    struct Link {
        /// The command whose key it has.
        let command: String
        let label: Label
        let intent: Intent
    }

    let title: Line
    let lines: [Line]
    private let links: [Link]
    private let isHelp: Bool
    private var offset = 0

    init(title: Line, lines: [Line], links: [Link] = [], isHelp: Bool = false) {
        (self.title, self.lines, self.links, self.isHelp) = (title, lines, links, isHelp)
    }

    var isModal: Bool { false }

    mutating func handle(_ event: Event, _ context: Context) -> LayerResult {
        switch event {
        case .key(.escape), .key(.enter), .key(.character(" ")): return .dismissed()
        case .key(.down): offset = min(offset + 1, lastOffset(context))
        case .key(.up): offset = max(0, offset - 1)
        case .key(.pageDown): offset = min(offset + 10, lastOffset(context))
        case .key(.pageUp): offset = max(0, offset - 10)
        case .key(let key):
            guard let link = links.first(where: { Key(context.keys.key(of: $0.command)) == key }) else {
                return .ignored
            }
            return .dismissed([link.intent])
        default: return .ignored
        }
        return .handled()
    }

    func draw(into grid: inout Grid, rect: Rect, _ context: Context) {
        let popup = popup(in: rect, grid.measure)
        popup.draw(into: &grid, rect: rect)
        TruncatedText(lines: lines, offset: offset).draw(into: &grid, rect: popup.inner(in: rect), context)
    }

    private func popup(in rect: Rect, _ measure: TextWidth) -> Popup {
        let width = min(rect.width - 4, 72)
        let height = min(rect.height - 2, Paragraph(lines).height(width: width - 4, measure) + 2)
        return Popup(Frame(title: title, isFocused: true), size: Size(width: width, height: max(5, height)))
    }

    private func lastOffset(_ context: Context) -> Int {
        let inner = popup(in: Rect(context.screen), TextWidth()).inner(in: Rect(context.screen))
        return TruncatedText(lines: lines).lastOffset(in: inner.size, TextWidth())
    }

    func hints(_ context: Context) -> [KeyHint] {
        let own = links.map { KeyHint(context.keys.key(of: $0.command), context($0.label), priority: 4) }
        return own + .reading(Label("滚动", en: "scroll"), context)
    }

    func help(_ context: Context) -> (any Layer)? { isHelp ? nil : DetailLayer(helpOn: hints(context), context) }
}

extension DetailLayer {
    /// The keys that work in a layer.
    init(helpOn hints: [KeyHint], _ context: Context) {
        self.init(
            title: Line(context(Label("帮助", en: "Help")), .title),
            lines: hints.map { Line([Span("\(context.keys.name($0.key))  ", .key), Span($0.label)]) }, isHelp: true)
    }

    /// The faults in the key file.
    static func problems(_ context: Context) -> DetailLayer {
        let lines = context.keys.problems.map { Line(context($0.label)) }
        let rest = Label(
            "其余各行有效。frontdesk keys 列出现在的全部按键。", en: "all else holds; frontdesk keys lists the keys as they are.")
        return DetailLayer(
            title: Line(context(Label("按键文件有误", en: "Mistakes in the file of keys")), .warning),
            lines: lines + [Line([]), Line(context(rest), .muted)])
    }
}
