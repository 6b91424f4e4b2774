import Estate
import Screen

/// Text to read, such as all fields of a record.
struct DetailLayer: Layer {
    let title: Line
    private var text: TextPopup
    private let isHelp: Bool

    init(title: Line, lines: [Line], isHelp: Bool = false) {
        (self.title, text, self.isHelp) = (title, TextPopup(lines, widest: 72), isHelp)
    }

    var lines: [Line] { text.lines }
    var isModal: Bool { false }

    mutating func handle(_ event: Event, _ context: Context) -> LayerResult {
        switch event {
        case .key(.escape), .key(.enter), .key(.character(" ")): return .dismissed()
        case .key(.down): text.scroll(by: 1, context)
        case .key(.up): text.scroll(by: -1, context)
        case .key(.pageDown): text.scroll(by: 10, context)
        case .key(.pageUp): text.scroll(by: -10, context)
        default: return .ignored
        }
        return .handled()
    }

    func draw(into grid: inout Grid, rect: Rect, _ context: Context) {
        text.draw(into: &grid, rect: rect, title, context)
    }

    func hints(_ context: Context) -> [KeyHint] { .reading(Label("滚动", en: "scroll"), context) }

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
